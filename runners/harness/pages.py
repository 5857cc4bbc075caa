# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox, with nothing but the standard library and poppler's tools.
"""The pages of a PDF as pictures: png, and svg or pdf beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

OUT = Path("out")
MOST_PAGES = 20
_DPI = 150
_LONGEST_SIDE = 4000
"""Pixels of a png."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


def tool(*argv: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Run a program and give back what it said."""
    return subprocess.run(
        argv, capture_output=True, text=True, errors="replace", timeout=timeout, check=False, stdin=subprocess.DEVNULL
    )  # fmt: skip


def draw(pdf: Path, format: str, first: int = 1, wanted: Sequence[int] | None = None) -> int:
    """Put the pages into ``out``, numbered from `first`; says how many there were. One without any
    extent is none.

    Args:
        pdf: the document.
        format: png, svg or pdf; the png is always made.
        first: number of the first picture.
        wanted: numbers of the pages to be drawn, counted from 1; all when None.
    """
    there = sizes(pdf, max(wanted, default=1) if wanted is not None else MOST_PAGES)
    pages = [one for one in enumerate(there, 1) if wanted is None or one[0] in wanted]
    pages = [(page, box) for page, box in pages if box[2] > box[0] and box[3] > box[1]]
    pages = pages[: MOST_PAGES + 1 - first]
    OUT.mkdir(exist_ok=True)
    for number, (page, (left, bottom, right, top)) in enumerate(pages, first):
        longest = max(right - left, top - bottom, 1)
        dpi = max(10, min(_DPI, int(_LONGEST_SIDE * 72 / longest)))
        if longest < 200:
            dpi = min(600, int(_DPI * 400 / max(longest, 20)))  # small drawings, larger
        stem = OUT / f"{number:02}"
        where = ("-f", str(page), "-l", str(page))
        made = tool("pdftocairo", "-png", "-singlefile", "-cropbox", "-r", str(dpi), *where, str(pdf), str(stem))  # fmt: skip
        if made.returncode == 0 and format in ("svg", "pdf"):
            made = tool("pdftocairo", f"-{format}", *where, str(pdf), f"{stem}.{format}")
        if made.returncode != 0:
            sys.stderr.write(made.stderr)
    return len(pages)


def sizes(pdf: Path, last: int = MOST_PAGES) -> list[Box]:
    """The boxes of the first pages."""
    said = tool("pdfinfo", "-box", "-l", str(last), str(pdf)).stdout
    found = re.findall(r"CropBox:\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)", said)
    return [_box(one) for one in found[-last:]]


def count(pdf: Path) -> int:
    """How many pages there are."""
    found = re.search(r"^Pages:\s+(\d+)", tool("pdfinfo", str(pdf)).stdout, re.MULTILINE)
    return int(found[1]) if found else 0


def content(pdf: Path) -> list[Box]:
    """What each of the first pages shows; nothing where a page is empty."""
    said = tool("gs", "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", f"-dLastPage={MOST_PAGES}", "-sDEVICE=bbox", str(pdf)).stderr  # fmt: skip
    found = re.findall(r"%%HiResBoundingBox: ([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)", said)
    return [_box(one) for one in found]


def _box(sides: Sequence[str]) -> Box:
    left, bottom, right, top = map(float, sides)
    return left, bottom, right, top


def cut(pdf: Path, boxes: Sequence[Box], margin: float) -> Path:
    """The document with each page cut to its box and a margin; empty pages are left out.

    Args:
        pdf: the document.
        boxes: one a page.
        margin: points around each box.
    """
    ships = [
        f"\\pdfximage page {number} {{{pdf.name}}}\\setbox0\\hbox{{\\kern{margin - left:.2f}bp\\lower{bottom - margin:.2f}bp\\hbox{{\\pdfrefximage\\pdflastximage}}}}"
        f"\\pdfpagewidth={right - left + 2 * margin:.2f}bp\\pdfpageheight={top - bottom + 2 * margin:.2f}bp"
        "\\wd0\\pdfpagewidth\\ht0\\pdfpageheight\\dp0 0pt\\shipout\\box0 "
        for number, (left, bottom, right, top) in enumerate(boxes, 1)
        if right - left >= 1 or top - bottom >= 1
    ]
    if not ships or any(max(map(abs, box)) > 15_000 for box in boxes):  # TeX's largest length
        return pdf
    name = f"cut-{pdf.stem}"
    Path(f"{name}.tex").write_text("\\pdfhorigin0pt\\pdfvorigin0pt\\pdfminorversion7\\pdfsuppresswarningpagegroup1 " + "\n".join(ships) + "\\end\n")  # fmt: skip
    made = tool("pdftex", "-interaction=nonstopmode", "-no-shell-escape", f"{name}.tex")
    out = Path(f"{name}.pdf")
    return out if made.returncode == 0 and out.is_file() else pdf


def words(pdf: Path) -> list[str]:
    """The lines of words that stand in the document."""
    said = tool("pdftotext", "-layout", "-l", str(MOST_PAGES), str(pdf), "-").stdout
    return [
        part for line in said.splitlines() for part in re.split(r"\s{2,}", line.strip()) if part
    ]
