"""The pictures a run left behind: opened with care, measured, and looked at for emptiness."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from runners.base import PICTURE_FORMATS, Picture, PictureFormat

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 40_000_000
"""A picture with more is refused; a terminal shows two million at most."""
_MAX_SIDE = 20_000
_ONE_COLOUR = 0.99995
_CLOSE = 12
"""How far a channel may be off and still count as the same colour."""


class PictureRefused(Exception):
    """A picture that cannot be used; the text says why."""


def measure(path: Path) -> Picture:
    """The picture in a file, with its size.

    Raises:
        PictureRefused: it is too large, broken, or no picture.
    """
    formats: list[PictureFormat] = [one for one in PICTURE_FORMATS if path.suffix == "." + one]
    if not formats:
        raise PictureRefused(f"{path.name} is no picture")
    if formats[0] != "png":
        width, height = _vector_size(path, formats[0])
        return Picture(path, formats[0], width, height)
    from PIL import Image, UnidentifiedImageError  # nobody waits for it before there is a picture

    try:
        with Image.open(path, formats=("PNG",)) as opened:
            width, height = opened.size
    except Image.DecompressionBombError as error:
        raise PictureRefused(f"the picture {path.name} is too large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureRefused(f"the picture {path.name} cannot be read as PNG") from error
    if width * height > MAX_PIXELS or max(width, height) > _MAX_SIDE:
        raise PictureRefused(f"the picture is too large: {width} by {height} pixels")
    return Picture(path, "png", width, height)


def is_blank(path: Path) -> bool:
    """Whether a PNG is empty or of one colour, however it is encoded.

    A single thin line on a large page is not blank.
    """
    from PIL import Image

    with Image.open(path, formats=("PNG",)) as opened:
        image = opened.convert("RGBA")
    colours = image.getchannel("A").getextrema()
    assert isinstance(colours[1], int)
    if colours[1] == 0:
        return True
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    flat = Image.alpha_composite(paper, image).convert("RGB")
    corner = flat.getpixel((0, 0))
    assert isinstance(corner, tuple)
    same = [_share_near(flat.getchannel(index), int(corner[index])) for index in range(3)]
    return min(same) >= _ONE_COLOUR


def _share_near(channel: Image.Image, value: int) -> float:
    histogram = channel.histogram()
    near = sum(histogram[max(0, value - _CLOSE) : value + _CLOSE + 1])
    return near / sum(histogram)


def _vector_size(path: Path, format: PictureFormat) -> tuple[int, int]:
    head = path.read_bytes()[:200_000].decode("latin-1")
    pattern = {
        "svg": r'viewBox="[\d.eE+-]+[ ,]+[\d.eE+-]+[ ,]+([\d.eE+]+)[ ,]+([\d.eE+]+)"',
        "pdf": r"/MediaBox\s*\[\s*[\d.-]+\s+[\d.-]+\s+([\d.]+)\s+([\d.]+)\s*\]",
    }[format]
    found = re.search(pattern, head)
    if found is None and format == "svg":
        root = re.search(r"<svg\b[^>]*>", head)
        width = re.search(r"""\bwidth\s*=\s*["']\s*([\d.]+)""", root[0]) if root else None
        height = re.search(r"""\bheight\s*=\s*["']\s*([\d.]+)""", root[0]) if root else None
        return (round(float(width[1])), round(float(height[1]))) if width and height else (0, 0)
    return (round(float(found[1])), round(float(found[2]))) if found else (0, 0)
