# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# Pygments comes without types.
"""Text of models and tools, as it may go to a terminal: harmless, with nothing hidden, coloured."""

from __future__ import annotations

import os
import unicodedata

from pygments import highlight
from pygments.formatters import TerminalFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_DARK = frozenset("0123456") | {"8"}
"""The terminal's own colours that are dark, as COLORFGBG counts them."""


def visible(text: str) -> str:
    """`text` with what a terminal might obey, or a reader not see, spelled out: ``\\x1b``.

    Nothing is left out, so that the program that is shown is the program that runs.
    """
    text = text.replace("\r\n", "\n")
    return "".join(one if one in "\n\t" or _shows(one) else _spelled(one) for one in text)


def _shows(one: str) -> bool:
    # Controls; formats, which reorder text or have no width; surrogates; separators of lines.
    return unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _spelled(one: str) -> str:
    number = ord(one)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def coloured(source: str, lexer: str) -> str:
    """A program, harmless and in colours.

    Args:
        source: the program.
        lexer: alias of its Pygments lexer; without such a lexer there are no colours.
    """
    shown = visible(source)
    try:
        found = get_lexer_by_name(lexer, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return shown
    return highlight(shown, found, TerminalFormatter(bg="dark" if _dark() else "light"))


def _dark() -> bool:
    """Whether the terminal's paper is dark, as most are that do not say."""
    paper = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return not paper.isdigit() or paper in _DARK
