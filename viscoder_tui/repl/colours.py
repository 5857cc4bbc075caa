# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# Pygments comes without types.
"""Programs as they may go to a terminal: harmless, with nothing hidden, coloured."""

from __future__ import annotations

import os

from pygments import highlight
from pygments.formatters import TerminalFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from viscoder_tui.visible import visible

_DARK = frozenset("0123456") | {"8"}
"""The terminal's own colours that are dark, as COLORFGBG counts them."""


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
