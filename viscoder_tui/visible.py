"""Text of models, tools and files as it may be shown: harmless, with nothing hidden."""

from __future__ import annotations

import unicodedata

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Controls; formats, which reorder text or have no width; surrogates; separators of lines."""

_PICTURES, _DELETE, _UNKNOWN = 0x2400, "\u2421", "\ufffd"


def visible(text: str) -> str:
    """`text` with what a terminal might obey, or a reader not see, spelled out: ``\\x1b``.

    Nothing is left out, so that the program that is shown is the program that runs.
    """
    text = text.replace("\r\n", "\n")
    return "".join(one if one in "\n\t" or shows(one) else _spelled(one) for one in text)


def marked(line: str) -> str:
    """`line` with a mark in place of each such character: as long as before, for editors."""
    if line.isprintable():
        return line
    return "".join(one if one == "\t" or shows(one) else _mark(one) for one in line)


def shows(one: str) -> bool:
    """Whether a reader sees that character, and no terminal obeys it."""
    return unicodedata.category(one) not in _HIDDEN


def _spelled(one: str) -> str:
    number = ord(one)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _mark(one: str) -> str:
    if one < " ":
        return chr(_PICTURES + ord(one))
    return _DELETE if one == "\x7f" else _UNKNOWN
