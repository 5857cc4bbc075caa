"""A picture as it stands in a pane: fitted, zoomed, moved, on the colour of the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_MAX_PIXELS = 64_000_000
_STEP = 1.4
_MOST = 16.0


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of a picture is looked at.

    Attributes:
        zoom: 1 shows all of it.
        x: middle of what is shown, from 0 (left) to 1.
        y: likewise, from 0 (top) to 1.
    """

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def nearer(self) -> Look:
        """Larger by a step."""
        return replace(self, zoom=min(self.zoom * _STEP, _MOST)).inside()

    def farther(self) -> Look:
        """Smaller by a step; never smaller than all of it."""
        return replace(self, zoom=max(self.zoom / _STEP, 1.0)).inside()

    def moved(self, x: int, y: int) -> Look:
        """Moved by a quarter of what is shown."""
        step = 0.25 / self.zoom
        return replace(self, x=self.x + x * step, y=self.y + y * step).inside()

    def inside(self) -> Look:
        """Without anything beyond the edges."""
        half = 0.5 / self.zoom
        return replace(self, x=min(max(self.x, half), 1 - half), y=min(max(self.y, half), 1 - half))


def cells(pixels: tuple[int, int], room: tuple[int, int], cell: tuple[int, int]) -> tuple[int, int]:
    """Columns and rows of a picture that fills the room in its own proportions.

    Args:
        pixels: width and height of the picture.
        room: columns and rows there are.
        cell: width and height of one cell, in pixels.
    """
    scale = min(room[0] * cell[0] / pixels[0], room[1] * cell[1] / pixels[1])
    columns = min(max(round(pixels[0] * scale / cell[0]), 1), room[0])
    rows = min(max(round(pixels[1] * scale / cell[1]), 1), room[1])
    return columns, rows


def drawn(path: Path, size: tuple[int, int], look: Look, paper: str) -> Image.Image:
    """The part of the picture that is looked at, on paper, in at most `size` pixels.

    Args:
        path: a png file.
        size: width and height that are enough, in pixels.
        look: which part.
        paper: the colour behind what is transparent.

    Raises:
        OSError: the file cannot be read, or holds no picture.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with Image.open(path, formats=("PNG",)) as opened:
        image = opened.convert("RGBA")
    width, height = image.size
    if look.zoom > 1:
        w, h = width / look.zoom, height / look.zoom
        left, top = look.x * width - w / 2, look.y * height - h / 2
        image = image.crop((round(left), round(top), round(left + w), round(top + h)))
    # Never larger than the screen shows: encoding is what takes time.
    image.thumbnail(size, Image.Resampling.LANCZOS)
    behind = Image.new("RGBA", image.size, paper)
    return Image.alpha_composite(behind, image).convert("RGB")
