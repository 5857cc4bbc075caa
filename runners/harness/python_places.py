# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Where in a statement of several lines the argument stands that a library complains of.

Python tells the line on which a call begins. What is wrong is often one argument lines further
down: the one whose name, or whose value, is in the library's words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

_NAMED = (
    re.compile(r"unexpected keyword argument '(\w+)'"),
    re.compile(r"[Ii]nvalid (?:keyword )?arguments?(?:\(s\))?:? '?(\w+)"),
    re.compile(r"multiple values for (?:keyword )?argument '(\w+)'"),
    re.compile(r"received for the '(\w+)' property"),
    re.compile(r"[Ii]nvalid property specified for object of type [\w.]+: '(\w+)'"),
    re.compile(r"unexpected attribute '(\w+)'"),
    re.compile(r"Parameters? \{?'(\w+)'"),
    re.compile(r"^'(\w+)' argument\b"),
    re.compile(r"No property (\w+)|no property (?:called |named )?'(\w+)'"),
    re.compile(r"Unexpected keyword arguments?:? '?\{?'?(\w+)"),
    re.compile(r"(\w+) is not a valid (?:value for|parameter|argument|property)"),
    re.compile(r"`(\w+)` (?:must|should|is not|has to|did not)"),
    re.compile(r"^'?(\w+)'? (?:must|should|has to) (?:be|have|contain)"),
    re.compile(r"Could not interpret value `([^`]+)`"),
)
"""How libraries name an argument that they do not take; and what they say of one that they do."""
_CHECKED_LATE = re.compile(r"^`\w+` has no parameter named '(\w+)'")
_VALUES = (
    re.compile(r"^['\"]([^'\"\n]+)['\"]$"),
    re.compile(r"'([^'\n]{2,60})' is not"),
    re.compile(r"Received value: '([^'\n]{2,60})'"),
    re.compile(r"(?:color|specifier|argument|value|style|type|property)s?:? '([^'\n]{2,60})'"),
    re.compile(r"not '([^'\n]{2,60})'"),
    re.compile(r"`([^`\n]{2,60})`"),
)
_PERCENT = re.compile(r"incomplete format|unsupported format character|not all arguments converted|not enough arguments for format")  # fmt: skip
_BRACES = re.compile(r"Unknown format code|Invalid format specifier|format string")


class Place(NamedTuple):
    """An argument in a program.

    Attributes:
        line: counted from 1.
        column: counted from 1, in bytes as Python counts them.
        word: the argument's name as it is written; empty where it has none.
    """

    line: int
    column: int
    word: str


def argument_meant(said: str, source: str, first: int, last: int) -> Place | None:
    """The argument of which a message speaks.

    Args:
        said: the message.
        source: the program.
        first: line on which the call begins.
        last: line on which it ends.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    everywhere = list(_arguments(tree))
    here = [one for one in everywhere if first <= one[0].line <= last]
    late = _CHECKED_LATE.search(said)
    if late:  # Altair looks at a chart when it is shown
        return next((place for place, _ in everywhere if place.word == late[1]), None)
    names = [word for pattern in _NAMED for found in pattern.findall(said) for word in _parts(found)]  # fmt: skip
    for name in names:
        for place, _ in here:
            if place.word == name:
                return place
    for name in names:  # plotly's short form: xaxis_titel for the title of the xaxis
        for place, _ in here:
            if place.word.endswith(f"_{name}") or place.word.startswith(f"{name}_"):
                return place
    for value in (value for pattern in _VALUES for value in pattern.findall(said)):
        for place, node in here:
            if value in _texts(node):
                return place
    if _PERCENT.search(said):
        return next((place for place, node in here if any("%" in text for text in _texts(node))), None)  # fmt: skip
    if _BRACES.search(said):
        return next((place for place, node in here if place.word in ("fmt", "format", "annot_fmt") or any("{" in text for text in _texts(node))), None)  # fmt: skip
    return None


def _parts(found: str | tuple[str, ...]) -> list[str]:
    return [found] if isinstance(found, str) else [one for one in found if one]


def _arguments(tree: ast.AST) -> Iterator[tuple[Place, ast.expr]]:
    """The arguments of every call and the entries of every dictionary, with their values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for one in node.args:
                yield Place(one.lineno, one.col_offset + 1, ""), one
            for keyword in node.keywords:
                if keyword.arg:
                    yield Place(keyword.lineno, keyword.col_offset + 1, keyword.arg), keyword.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield Place(key.lineno, key.col_offset + 1, key.value), value


def _texts(node: ast.expr) -> list[str]:
    """The texts of an argument; those of calls and dictionaries in it are told by themselves."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, (ast.List, ast.Tuple)):
        return [text for one in node.elts for text in _texts(one)]
    if isinstance(node, ast.JoinedStr):
        return [text for one in node.values for text in _texts(one)]
    return []
