# pyright: reportUnknownVariableType=false
# The stubs of Pygments leave the types of bygroups open.
"""Mermaid's diagrams as Pygments sees them."""

from __future__ import annotations

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

_DIAGRAMS = (
    "architecture-beta", "block", "block-beta", "C4Component", "C4Container", "C4Context", "C4Deployment", "C4Dynamic",
    "classDiagram", "classDiagram-v2", "erDiagram", "flowchart", "flowchart-elk", "gantt", "gitGraph", "graph", "info",
    "journey", "kanban", "mindmap", "packet", "packet-beta", "pie", "quadrantChart", "radar-beta", "requirementDiagram",
    "sankey", "sankey-beta", "sequenceDiagram", "stateDiagram", "stateDiagram-v2", "timeline", "treemap-beta", "xychart",
    "xychart-beta", "zenuml",
)  # fmt: skip
_KEYWORDS = (
    "accDescr", "accTitle", "activate", "actor", "alt", "and", "as", "autonumber", "axisFormat", "bar", "box", "branch",
    "break", "checkout", "cherry-pick", "choice", "class", "classDef", "click", "commit", "create", "critical",
    "dateFormat", "deactivate", "destroy", "direction", "else", "end", "excludes", "fork", "group", "if", "interface",
    "join", "junction", "left of", "line", "link", "linkStyle", "links", "loop", "merge", "namespace", "note", "Note",
    "opt", "option", "over", "par", "participant", "quadrant-1", "quadrant-2", "quadrant-3", "quadrant-4", "rect",
    "right of", "section", "service", "showData", "state", "style", "subgraph", "tickInterval", "title",
    "todayMarker", "x-axis", "y-axis",
)  # fmt: skip
_ARROW = r"[|}o]{1,2}(?:--|\.\.)[|{o]{1,2}|<?\|?\}?o?(?:--|==|-\.|\.\.|~~)[-=.~>o*x\\/)({]*(?:\|>)?|-?->>?\+?-?|--?[x)]|<<?-->>?"


class MermaidLexer(RegexLexer):
    """For `Mermaid <https://mermaid.js.org>`_ diagrams of every type."""

    name = "Mermaid"
    aliases = ("mermaid", "mmd")
    filenames = ("*.mmd", "*.mermaid")
    url = "https://mermaid.js.org"
    version_added = ""

    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"\A---\n", Comment.Preproc, "front"),
            (r"%%\{", Comment.Preproc, "directive"),
            (r"%%[^\n]*", Comment.Single),
            (r"\s+", Whitespace),
            (r'"', String.Double, "string"),
            (r"`[^`]*`", String.Backtick),
            (words(_DIAGRAMS, prefix=r"(?<=^)", suffix=r"(?![\w-])"), Keyword.Declaration),
            (
                r"(?<=^)(\s*)(title|section|accTitle:?|accDescr:?)(\s+)([^\n]+)",
                bygroups(Whitespace, Keyword, Whitespace, String),
            ),
            (r"\b(LR|RL|TB|TD|BT)\b", Keyword.Constant),
            (_ARROW, Operator),
            (r"\|", Punctuation, "label"),
            (words(_KEYWORDS, prefix=r"(?<![\w-])", suffix=r"(?![\w-])"), Keyword),
            (r"#[0-9A-Fa-f]{3,8}\b", Number.Hex),
            (r"\d{4}-\d\d-\d\d", Number.Integer),
            (r"[+-]?\d+(?:\.\d+)?(?:[dhmswy]|px|%)?\b", Number),
            (r"(:::?)(\s*)([\w-]+)", bygroups(Punctuation, Whitespace, Name.Class)),
            (r"(:)(#[0-9A-Fa-f]{3,8})\b", bygroups(Punctuation, Number.Hex)),
            (r"(:)([^\n]*)", bygroups(Punctuation, Text)),
            (r"<<|>>", Punctuation),
            (r"[\[\](){}<>,;&=]", Punctuation),
            (r"[^\W\d][\w]*(?:-[\w]+)*", Name),
            (r"\S", Text),
        ],
        "front": [
            (r"^---\n", Comment.Preproc, "#pop"),
            (r"^(\s*)([\w-]+)(:)", bygroups(Whitespace, Name.Attribute, Punctuation)),
            (r"[^\n]+", String),
            (r"\n", Whitespace),
        ],
        "directive": [
            (r"\}%%", Comment.Preproc, "#pop"),
            (r"[^}]+|\}", Comment.Preproc),
        ],
        "string": [(r'"', String.Double, "#pop"), (r'[^"]+', String.Double)],
        "label": [(r"\||\n", Punctuation, "#pop"), (r"[^|\n]+", String)],
    }
