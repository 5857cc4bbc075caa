# pyright: reportUnknownVariableType=false
# The stubs of Pygments leave the types of bygroups open.
"""ABC notation as Pygments sees it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups
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


class AbcLexer(RegexLexer):
    """For tunes in `ABC notation <https://abcnotation.com/wiki/abc:standard>`_."""

    name = "ABC notation"
    aliases = ("abc", "abcnotation")
    filenames = ("*.abc",)
    url = "https://abcnotation.com/wiki/abc:standard"
    version_added = ""
    flags = re.MULTILINE

    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"^%%[^\n]*", Comment.Preproc),
            (r"%[^\n]*", Comment.Single),
            (r"^(w|W)(:)([^\n]*)", bygroups(Keyword, Punctuation, String)),
            (r"^([A-Za-z+])(:)([^\n]*)", bygroups(Keyword, Punctuation, Name.Attribute)),
            (
                r"(\[)([A-Za-z])(:)([^\]\n]*)(\])",
                bygroups(Punctuation, Keyword, Punctuation, Name.Attribute, Punctuation),
            ),
            (r'"[^"\n]*"', String),
            (r"![^!\n]+!|\+[^+\n]+\+", Name.Decorator),
            (r"\|\]|\|\||:\||\|:|::|\[\||\|", Operator),
            (r"\[\d", Operator),
            (r"[\^_=]{1,2}", Operator),
            (r"[A-Ga-g][,']*", Name.Function),
            (r"[xyzXZ]", Keyword.Constant),
            (r"\d+(?:/\d+)?|/\d*", Number),
            (r"[<>(){}\[\]\-~.]", Punctuation),
            (r"\s+", Whitespace),
            (r"\S", Text),
        ]
    }
