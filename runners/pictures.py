"""The pictures a run left behind: opened with care, measured, and looked at for emptiness."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from runners import pdf_contents, svg_contents
from runners.base import PICTURE_FORMATS, Picture, PictureFormat

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 40_000_000
"""A picture with more is refused; a terminal shows two million at most."""
_MAX_SIDE = 20_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_STRIP = 64
"""Rows that are looked at together: mostly the first few show that a picture is not blank."""
_HEAD = 200_000
"""Bytes of a vector picture in which its size stands."""
_NUMBER = r"[\d.eE+-]{1,40}"
_ONE_COLOUR = 0.99995
_CLOSE = 12
"""How far a channel may be off and still count as the same colour."""


class PictureRefused(Exception):
    """A picture that cannot be used; the text says why."""


def measure(path: Path) -> Picture:
    """The picture in a file, with its size. A PNG is not unpacked: `is_blank` sees whether it is whole.

    Raises:
        PictureRefused: it is too large, no picture, or more than a picture.
    """
    formats: list[PictureFormat] = [one for one in PICTURE_FORMATS if path.suffix == "." + one]
    if not formats:
        raise PictureRefused(f"{path.name} is no picture")
    if formats[0] != "png":
        content = path.read_bytes()
        if formats[0] == "pdf" and not content.startswith(b"%PDF-"):
            raise PictureRefused(f"{path.name} cannot be read as PDF")
        contents = svg_contents if formats[0] == "svg" else pdf_contents
        reason = contents.active(content)
        if reason is not None:
            raise PictureRefused(f"the {formats[0].upper()} is more than a picture: {reason}")
        width, height = _vector_size(content[:_HEAD].decode("latin-1"), formats[0])
        return Picture(path, formats[0], width, height)
    width, height = _png_size(path)
    if width * height > MAX_PIXELS or max(width, height) > _MAX_SIDE:
        raise PictureRefused(f"the picture is too large: {width} by {height} pixels")
    return Picture(path, "png", width, height)


def _png_size(path: Path) -> tuple[int, int]:
    """Width and height as the file's first chunk has them: nothing is unpacked yet."""
    with path.open("rb") as file:
        head = file.read(24)
    if head[:8] != _SIGNATURE or head[12:16] != b"IHDR":
        raise PictureRefused(f"the picture {path.name} cannot be read as PNG")
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def _opened(path: Path) -> Image.Image:
    from PIL import Image  # nobody waits for it before there is a picture

    try:
        with Image.open(path, formats=("PNG",)) as opened:
            opened.load()
            return opened
    except Exception as error:  # of a broken file Pillow may raise anything
        raise PictureRefused(f"the picture {path.name} cannot be read as PNG") from error


def is_blank(path: Path) -> bool:
    """Whether a PNG that was measured is empty or of one colour, however it is encoded.

    A single thin line on a large page is not blank.

    Raises:
        PictureRefused: it is broken.
    """
    from PIL import Image

    image = _opened(path)
    corner: tuple[int, ...] | None = None
    few = (1 - _ONE_COLOUR) * image.width * image.height
    far = [0, 0, 0]
    for top in range(0, image.height, _STRIP):
        strip = image.crop((0, top, image.width, min(top + _STRIP, image.height))).convert("RGBA")
        paper = Image.new("RGBA", strip.size, (255, 255, 255, 255))
        flat = Image.alpha_composite(paper, strip).convert("RGB")
        if corner is None:
            found = flat.getpixel((0, 0))
            assert isinstance(found, tuple)
            corner = found
        for index in range(3):
            far[index] += _far(flat.getchannel(index), int(corner[index]))
        if max(far) > few:
            return False
    return True


def _far(channel: Image.Image, value: int) -> int:
    """How many points of a channel are not near a value."""
    counts = channel.histogram()
    return sum(counts) - sum(counts[max(0, value - _CLOSE) : value + _CLOSE + 1])


def _vector_size(head: str, format: PictureFormat) -> tuple[int, int]:
    """Width and height in the format's units; 0 where they are not told."""
    if format == "pdf":
        return _rounded(re.search(rf"/MediaBox\s*\[\s*{_NUMBER}\s+{_NUMBER}\s+({_NUMBER})\s+({_NUMBER})\s*\]", head))  # fmt: skip
    found = re.search(rf"""viewBox=["']\s*{_NUMBER}[ ,]+{_NUMBER}[ ,]+({_NUMBER})[ ,]+({_NUMBER})""", head)  # fmt: skip
    if found is not None:
        return _rounded(found)
    root = re.search(r"<svg\b[^>]{0,4000}>", head)
    width, height = (re.search(rf"""\b{side}\s*=\s*["']\s*({_NUMBER})()""", root[0] if root else "") for side in ("width", "height"))  # fmt: skip
    return (_rounded(width)[0], _rounded(height)[0]) if width and height else (0, 0)


def _rounded(found: re.Match[str] | None) -> tuple[int, int]:
    try:
        return (round(float(found[1])), round(float(found[2] or 0))) if found else (0, 0)
    except (ValueError, OverflowError):  # no number, or one without end
        return 0, 0
