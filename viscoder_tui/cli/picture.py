"""The picture in the terminal: kitty, sixel or half cells, sized to what there is room for."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from runners.base import Picture
from viscoder_tui import terminal
from viscoder_tui.cli import output

if TYPE_CHECKING:
    from PIL import Image as PillowImage

ImageProtocol = Literal["auto", "kitty", "sixel", "half", "none"]
IMAGE_PROTOCOLS: tuple[ImageProtocol, ...] = ("auto", "kitty", "sixel", "half", "none")
IMAGE_VARIABLE = "VISCODER_IMAGE"
"""Environment variable: the protocol to draw with when ``--image`` is not given."""

_SCREEN_SHARE = 0.8
_MINIMUM_COLUMNS = 20
_PAPER = (255, 255, 255)
_MAX_PIXELS = 64_000_000


def protocol_named(option: str | None, configured: str = "auto") -> ImageProtocol:
    """The protocol of the option, else of the environment, else of the settings.

    Raises:
        ValueError: there is no such protocol; the text says which there are.
    """
    name = option or os.environ.get(IMAGE_VARIABLE) or configured
    for protocol in IMAGE_PROTOCOLS:
        if name == protocol:
            return protocol
    raise ValueError(f"'{name}' is unknown, it can be {', '.join(IMAGE_PROTOCOLS)}")


def show(picture: Picture, protocol: ImageProtocol) -> None:
    """Draw `picture` (its png) on stdout, if stdout is a terminal with room for it."""
    if protocol == "none" or not output.is_terminal():
        return
    if os.environ.get("TERM", "") in ("dumb", ""):
        return
    size = shutil.get_terminal_size()
    if size.columns < _MINIMUM_COLUMNS or os.get_terminal_size(sys.stdout.fileno()).columns == 0:
        return  # too narrow, or a terminal that does not know its own size
    path = picture.path.with_suffix(".png")
    sys.stdout.flush()
    _draw(_on_paper(path), protocol, size)
    sys.stdout.flush()


def detected() -> str:
    """Which protocol ``auto`` means in this terminal, for ``doctor``."""
    if not output.is_terminal():
        return "none (stdout is no terminal)"
    return terminal.ask().protocol


def _on_paper(path: Path) -> PillowImage.Image:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(path, formats=("PNG",)) as opened:
        image = opened.convert("RGBA")
    paper = Image.new("RGBA", image.size, (*_PAPER, 255))
    return Image.alpha_composite(paper, image).convert("RGB")


def _draw(image: PillowImage.Image, protocol: ImageProtocol, size: os.terminal_size) -> None:
    from rich.console import Console

    said = terminal.ask()
    with terminal.unasked(said.cell):
        from textual_image import renderable

    renderables = {
        "kitty": renderable.TGPImage,
        "sixel": renderable.SixelImage,
        "half": renderable.HalfcellImage,
    }
    columns, rows = fitted(image.size, (size.columns, size.lines), said.cell)
    console = Console(file=sys.stdout, force_terminal=True, width=size.columns)
    console.print(
        renderables[said.protocol if protocol == "auto" else protocol](
            image, width=columns, height=rows
        )
    )


def fitted(
    pixels: tuple[int, int], cells: tuple[int, int], cell: tuple[int, int]
) -> tuple[int, int]:
    """The cells (columns, rows) a picture takes.

    As large as it is, but no wider than the terminal and no taller than four fifths of it, in
    its own proportions.

    Args:
        pixels: width and height of the picture.
        cells: columns and rows of the terminal.
        cell: width and height of one cell, in pixels.
    """
    available = (cells[0] * cell[0], max(cells[1] * _SCREEN_SHARE, 1) * cell[1])
    scale = min(available[0] / pixels[0], available[1] / pixels[1], 1.0)
    columns = max(round(pixels[0] * scale / cell[0]), 1)
    rows = max(round(pixels[1] * scale / cell[1]), 1)
    return min(columns, cells[0]), rows
