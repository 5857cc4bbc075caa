# pyright: reportUnknownVariableType=false
# The stubs of Pygments leave the types of bygroups open.
"""D2's diagrams as Pygments sees them."""

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

_KEYWORDS = (
    "class", "classes", "constraint", "direction", "grid-columns", "grid-gap", "grid-rows", "height", "horizontal-gap", "icon",
    "label", "layers", "left", "link", "near", "scenarios", "shape", "source-arrowhead", "steps", "style", "target-arrowhead",
    "tooltip", "top", "vars", "vertical-gap", "width",
)  # fmt: skip
_STYLES = (
    "3d", "animated", "bold", "border-radius", "double-border", "fill", "fill-pattern", "filled", "font", "font-color",
    "font-size", "italic", "multiple", "opacity", "shadow", "stroke", "stroke-dash", "stroke-width", "text-transform", "underline",
)  # fmt: skip
_ENDS_A_KEY = r"(?=\s*[:.{};\n&\])]|\s*\Z)"
_ARROW = r"<?-+>|<-+|--+"


class D2Lexer(RegexLexer):
    """For `D2 <https://d2lang.com>`_ diagrams."""

    name = "D2"
    aliases = ("d2", "d2lang")
    filenames = ("*.d2",)
    url = "https://d2lang.com"
    version_added = ""

    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"\s+", Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r'"(?:\\.|[^"\\\n])*"', String.Double),
            (r"'(?:''|[^'\n])*'", String.Single),
            (r"\.{3}", Operator),
            (r"@[\w./\"-]+", Comment.Preproc),
            (r"\$\{[^}\n]*\}", Name.Variable),
            (
                r"(?s)(\|+)([\w-]*)([ \t]*\n.*?)(\1(?!\|))",
                bygroups(Punctuation, Keyword.Type, String.Other, Punctuation),
            ),
            (
                r"(\|+)([\w-]+)([^\n|]*)(\1)",
                bygroups(Punctuation, Keyword.Type, String.Other, Punctuation),
            ),
            (_ARROW, Operator),
            (r":", Punctuation, "value"),
            (words(_STYLES, prefix=r"(?<![\w-])", suffix=_ENDS_A_KEY), Name.Attribute),
            (words(_KEYWORDS, prefix=r"(?<![\w-])", suffix=_ENDS_A_KEY), Keyword),
            (r"[*_&!]", Operator),
            (r"[{}()\[\];.,]", Punctuation),
            (r"\d+(?=\])", Number.Integer),
            (r"(?:[^\s{}()\[\];.,:\"'#|&*!<>-]|-(?![->])|<(?!-)|[ ](?=\w)(?![^\n]*\.\s))+", Name),
            (r"\S", Text),
        ],
        "value": [
            (r"[ \t]+", Whitespace),
            (r"(?=[\n{};\]]|#)", Text, "#pop"),
            (r'"(?:\\.|[^"\\\n])*"', String.Double, "#pop"),
            (r"'(?:''|[^'\n])*'", String.Single, "#pop"),
            (r"(?=\||@|\[|\.{3})", Text, "#pop"),
            (r"\$\{[^}\n]*\}", Name.Variable),
            (r"(?:true|false|null)(?=\s*[;}\n]|\s*\Z)", Keyword.Constant, "#pop"),
            (r"-?\d+(?:\.\d+)?(?=\s*[;}\n]|\s*\Z)", Number, "#pop"),
            (r"(?:[^\n{};\[\]#$]|(?<=\S)#|\$(?!\{))+", String),
            (r"\$", String),
        ],
    }
