# pyright: reportUnknownVariableType=false
# The stubs of Pygments leave the types of bygroups open.
"""PlantUML's diagrams as Pygments sees them."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Whitespace,
)

_THINGS = (
    "abstract", "actor", "agent", "annotation", "artifact", "boundary", "box", "card", "class", "cloud", "collections",
    "component", "control", "database", "entity", "enum", "exception", "file", "folder", "frame", "hexagon", "interface",
    "legend", "map", "namespace", "node", "note", "object", "package", "participant", "partition", "queue", "rectangle",
    "stack", "state", "storage", "struct", "usecase",
)  # fmt: skip
_WORDS = (
    "activate", "again", "also", "alt", "as", "autonumber", "backward", "break", "case", "create", "critical",
    "deactivate", "destroy", "detach", "else", "elseif", "end", "endif", "endswitch", "endwhile", "extends", "footer",
    "fork", "group", "header", "hide", "hnote", "if", "implements", "is", "kill", "left", "loop", "newpage", "of", "on",
    "opt", "over", "par", "ref", "remove", "repeat", "return", "right", "rnote", "scale", "show", "skinparam", "split",
    "start", "stop", "switch", "then", "title", "together", "top", "while",
)  # fmt: skip


class PlantumlLexer(RegexLexer):
    """For `PlantUML <https://plantuml.com>`_ diagrams."""

    name = "PlantUML"
    aliases = ("plantuml", "puml")
    filenames = ("*.puml", "*.plantuml", "*.pu")
    url = "https://plantuml.com"
    version_added = ""
    flags = re.MULTILINE

    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"^\s*@(?:start|end)\w+", Keyword.Declaration),
            (r"^\s*![a-z]\w*", Comment.Preproc),
            (r"^\s*'[^\n]*", Comment.Single),
            (r"/'", Comment.Multiline, "comment"),
            (r"\s+", Whitespace),
            (r'"[^"\n]*"', String.Double),
            (r"<<[^>\n]*>>", Name.Decorator),
            (r"^(\s*)(:)([^;\n]*)(;)", bygroups(Whitespace, Punctuation, String, Punctuation)),
            (
                r"(?:<\|?|[ox*])?[-.~=]+(?:\[[^\]\n]*\])?[-.~=]*(?:up|down|left|right)?[-.~=]*(?:\|?>>?|[ox*\\/]+)?",
                Operator,
            ),
            (r"(:)([^\n]*)", bygroups(Punctuation, Text)),
            (words(_THINGS, prefix=r"\b", suffix=r"\b"), Keyword.Type),
            (words(_WORDS, prefix=r"\b", suffix=r"\b"), Keyword),
            (r"#[0-9A-Fa-f]{3,8}\b|#\w+", Number.Hex),
            (r"\d+(?:\.\d+)?", Number),
            (r"[^\W\d]\w*", Name),
            (r"[\[\](){},|+*<>]", Punctuation),
            (r"\S", Text),
        ],
        "comment": [(r"'/", Comment.Multiline, "#pop"), (r"[^']+|'", Comment.Multiline)],
    }
