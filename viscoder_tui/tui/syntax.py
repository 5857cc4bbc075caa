# pyright: reportUnknownVariableType=false, reportMissingTypeStubs=false
# Pygments leaves the types of what is used here open.
"""Colours for program text in any language: Pygments' tokens as spans of a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    _TokenType,  # pyright: ignore[reportPrivateUsage]  # the type of all tokens has no other name
)
from pygments.util import ClassNotFound

Span = tuple[int, int, str]
"""Begin and end, in characters of the line, and the role."""

_ROLES: dict[_TokenType, str] = {
    Comment: "comment", Keyword: "keyword", Keyword.Constant: "constant", Keyword.Type: "type",
    Literal: "string", String: "string", Number: "number", Operator: "operator", Operator.Word: "keyword",
    Punctuation: "punctuation", Error: "error", Name.Tag: "tag", Name.Attribute: "attribute",
    Name.Function: "function", Name.Class: "type", Name.Builtin: "function", Name.Constant: "constant",
    Name.Variable: "variable", Name.Decorator: "attribute", Name.Namespace: "type", Name.Property: "attribute",
}  # fmt: skip
ROLES: tuple[str, ...] = tuple(dict.fromkeys(_ROLES.values()))


@lru_cache(maxsize=32)
def lexer_for(alias: str) -> Lexer:
    """The Pygments lexer of that alias; plain text where there is none."""
    try:
        return get_lexer_by_name(alias)
    except ClassNotFound:
        return TextLexer()


def _role(token: _TokenType) -> str | None:
    kind: _TokenType | None = token
    while kind is not None:
        if kind in _ROLES:
            return _ROLES[kind]
        kind = kind.parent
    return None


def spans(source: str, alias: str) -> Sequence[Sequence[Span]]:
    """For each line of `source`, what to colour.

    Args:
        source: the program; its lines end in ``\\n``.
        alias: of the Pygments lexer.
    """
    found: list[list[Span]] = [[] for _ in range(source.count("\n") + 1)]
    line = column = 0
    for _, token, text in lexer_for(alias).get_tokens_unprocessed(source):
        role = _role(token)
        for index, part in enumerate(text.split("\n")):
            if index:
                line, column = line + 1, 0
            if role and part:
                found[line].append((column, column + len(part), role))
            column += len(part)
    return found
