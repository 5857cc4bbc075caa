"""The last wall before the terminal: whatever a pane lets through, nothing of it is obeyed.

Panes spell out what a reader would not see (`viscoder_tui.visible`); here is caught what they forget.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from viscoder_tui.visible import shows

_PLACEHOLDER = "\U0010eeee"
"""Stands for a part of a picture (https://sw.kovidgoyal.net/kitty/graphics-protocol)."""


class Harmless(LineFilter):
    """Takes out of each line what a terminal might obey; pictures alone may say such things."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line in the same cells."""
        if all(text.isprintable() or control for text, _, control in segments):
            return segments
        return [one if one.control else Segment(_without(one.text), one.style) for one in segments]


def _without(text: str) -> str:
    if text.isprintable() or text.startswith(_PLACEHOLDER):
        return text
    # What has no width is left out, else the line would grow.
    return "".join(one if shows(one) else "\ufffd" * cell_len(one) for one in text)
