"""The widgets that draw pictures: loaded when there is something to draw, since that takes a while."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING

from viscoder_tui import terminal

if TYPE_CHECKING:
    from textual_image.widget import HalfcellImage, SixelImage, TGPImage

    Widget = HalfcellImage | SixelImage | TGPImage


_ONE_AT_A_TIME = threading.Lock()
"""Two threads that hold `terminal.unasked` would leave stdout where nobody sees it."""


def load(protocol: str, cell: tuple[int, int]) -> type[Widget]:
    """The widget for a protocol.

    Args:
        protocol: ``kitty``, ``sixel`` or ``half``.
        cell: width and height of one cell of the terminal, in pixels.
    """
    with _ONE_AT_A_TIME:
        return _load(protocol, cell)


@functools.cache
def _load(protocol: str, cell: tuple[int, int]) -> type[Widget]:
    with terminal.unasked(cell):
        from textual_image.widget import HalfcellImage, SixelImage, TGPImage

    widgets: dict[str, type[Widget]] = {"kitty": TGPImage, "sixel": SixelImage, "half": HalfcellImage}  # fmt: skip
    return widgets[protocol]


__all__ = ["load"]
