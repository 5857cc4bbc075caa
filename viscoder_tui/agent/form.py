"""The form of an answer as a grammar: a few lines of prose, one fenced program, and no word behind it.

GBNF, as llama.cpp has it (github.com/ggml-org/llama.cpp, grammars/README.md); XGrammar, with which
vLLM holds a model to a form, reads it too.
"""

from __future__ import annotations

import json
from typing import Literal

from runners.base import Language

GrammarUse = Literal["off", "fence", "schema"]
"""How far an answer is held to its form: not at all, the fence around the program, or the program too
where its language has a grammar."""

_PROSE = r"""
root ::= thought? prose "```" tag "\n" program "```"
thought ::= "<think>" ([^<] | "<" [^/])* "</think>" "\n"{0,3}
prose ::= (blank | [ ]{0,3} [^ \t\n`~] rest){0,4}
blank ::= "\n"
rest ::= [^\n]{0,240} "\n"
"""
"""Of prose, four lines at most: a model that never came to its program would be cut off in the middle."""

_FREE = r"""
program ::= "\n"{0,2} first line*
first ::= [ \t]{0,8} [!-_a-{}|] [^\n]* "\n"
line ::= [ \t]* ("\n" | [^ \t\n`] [^\n]* "\n" | "`" ("\n" | [^\n`] [^\n]* "\n" | "`" ("\n" | [^\n`] [^\n]* "\n")))
"""
"""Any lines, but none that would close the fence."""


def grammar(language: Language, use: GrammarUse) -> str:
    """The form of an answer that holds a program; empty where it may have any.

    Args:
        language: of the program.
        use: how far the answer is held to it.
    """
    if use == "off":
        return ""
    names = [name for name in (language.name, *language.aliases) if " " not in name]
    tag = "tag ::= " + " | ".join(json.dumps(name) for name in names)
    program = language.grammar if use == "schema" and language.grammar else _FREE.strip()
    return f"{_PROSE.strip()}\n{tag}\n{program}\n"


__all__ = ["GrammarUse", "grammar"]
