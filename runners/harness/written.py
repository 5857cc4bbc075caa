# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Picture files that a program wrote itself, taken as the run's pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import common
import pages
import svg_picture

_RASTER = (".ppm", ".pgm", ".pbm", ".pnm", ".bmp", ".jpg", ".jpeg", ".gif")
_PICTURES = (".png", ".svg", ".pdf", ".eps", ".ps", *_RASTER)


def there() -> set[Path]:
    """What stands in the workspace; a program may put its pictures into a folder that it makes."""
    return {path for pattern in ("*", "*/*") for path in Path().glob(pattern)}


def files(before: set[Path]) -> list[Path]:
    """The files that were not there before, in the order in which they were written."""
    made = [path for path in there() - before if path.is_file() and not path.is_symlink()]
    return sorted(made, key=_written_at)


def _written_at(path: Path) -> tuple[int, list[tuple[int, str]]]:
    """When; files of the same tick of the kernel's clock by name, with 9 before 10."""
    parts = re.findall(r"(\d*)(\D*)", path.name)
    return path.stat().st_mtime_ns, [(int(digits or 0), rest) for digits, rest in parts]


def taken(made: list[Path]) -> list[dict[str, Any]]:
    """Turn the files that were written into pictures, in the order in which they were written.

    Returns:
        What is to be said of them.
    """
    format = common.wanted_format()
    pictures = [_aside(path) for path in made if path.suffix.lower() in _PICTURES]
    twins = {path: [other for other in pictures if other.with_suffix("") == path.with_suffix("")] for path in pictures}  # fmt: skip
    pictures = [path for path in pictures if path == best(twins[path], format)]
    number, words = 1, []
    for path in pictures[: common.MOST_PICTURES]:
        if number > common.MOST_PICTURES:
            break
        stem = common.OUT / f"{number:02}"
        suffix = path.suffix.lower()
        if path.stat().st_size == 0:
            common.fail(common.find(f"{path.name} is empty", hint="write into it and close it before the program ends"))  # fmt: skip
        if suffix == ".png":
            stem.with_suffix(".png").write_bytes(path.read_bytes())
        elif suffix in _RASTER:
            raster(path, stem)
        elif suffix == ".svg":
            try:
                words += svg_picture.keep(path.read_text(encoding="utf-8", errors="replace"), stem)
            except ValueError as error:
                common.fail(common.find(f"{path.name} is no picture: {error}"))
        else:
            pdf = path if suffix == ".pdf" else as_pdf(path)
            number += pages.draw(pdf, format, number) - 1
            words += pages.words(pdf)
        number += 1
    common.texts(words)
    return common.beyond(len(pictures))


def _aside(path: Path) -> Path:
    """Where a file is not in the way of the pictures that we put into ``out``."""
    if path.parent != common.OUT:
        return path
    folder = Path(".written")
    folder.mkdir(exist_ok=True)
    return path.replace(folder / path.name)


def best(twins: list[Path], format: str) -> Path:
    """Of files that are one picture in several formats: the wanted one, or what draws best."""
    order = (f".{format}", ".svg", ".pdf", ".png")
    return min(twins, key=lambda path: order.index(path.suffix.lower()) if path.suffix.lower() in order else len(order))  # fmt: skip


def raster(path: Path, stem: Path) -> None:
    """A picture of pixels as png."""
    from PIL import Image

    try:
        with Image.open(path, formats=("PPM", "BMP", "JPEG", "GIF")) as opened:
            opened.convert("RGB").save(stem.with_suffix(".png"))
    except Image.DecompressionBombError:
        common.fail(common.find(f"{path.name} is too large"))
    except (OSError, ValueError, SyntaxError):
        hint = "write the header P3 or P6, width, height and 255 first, then every pixel" if path.suffix in (".ppm", ".pgm", ".pbm") else None  # fmt: skip
        common.fail(common.find(f"{path.name} is no picture", hint=hint))


def as_pdf(path: Path) -> Path:
    """An Encapsulated PostScript file as PDF."""
    pdf = Path(f".{path.stem}.pdf")
    try:
        made = pages.tool("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dEPSCrop", "-sDEVICE=pdfwrite", f"-sOutputFile={pdf}", str(path))  # fmt: skip
    except FileNotFoundError:
        common.fail(common.find(f"{path.name} cannot be shown: Ghostscript is not here", hint="write .svg or .pdf"))  # fmt: skip
        return path
    if made.returncode != 0 or not pdf.is_file():
        common.fail(common.find(f"{path.name} is no picture"))
    return pdf
