# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox, with nothing but the standard library and poppler's tools.
"""The pages of a PDF as pictures: png, and svg or pdf beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

OUT = Path("out")
MOST_PAGES = 20
_DPI = 150
_LONGEST_SIDE = 4000
"""Pixels of a png."""


def tool(*argv: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """Run a program and give back what it said."""
    return subprocess.run(
        argv, capture_output=True, text=True, errors="replace", timeout=timeout, check=False, stdin=subprocess.DEVNULL
    )  # fmt: skip


def draw(pdf: Path, format: str, first: int = 1) -> int:
    """Put the pages into ``out``, numbered from `first`; says how many there were.

    Args:
        pdf: the document.
        format: png, svg or pdf; the png is always made.
        first: number of the first picture.
    """
    said = tool("pdfinfo", "-box", "-l", str(MOST_PAGES), str(pdf)).stdout
    count = re.search(r"^Pages:\s+(\d+)", said, re.MULTILINE)
    pages = min(int(count[1]), MOST_PAGES) if count else 0
    boxes = re.findall(r"CropBox:\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)", said)
    for page in range(1, pages + 1):
        left, bottom, right, top = (float(side) for side in boxes[min(page, len(boxes)) - 1])
        width, height = right - left, top - bottom
        dpi = max(10, min(_DPI, int(_LONGEST_SIDE * 72 / max(width, height, 1))))
        if max(width, height) < 200:
            dpi = min(600, int(_DPI * 400 / max(width, height, 20)))  # small drawings, larger
        stem = OUT / f"{first + page - 1:02}"
        where = ("-f", str(page), "-l", str(page))
        made = tool(
            "pdftocairo", "-png", "-singlefile", "-r", str(dpi), *where, str(pdf), str(stem)
        )
        if made.returncode != 0:
            sys.stderr.write(made.stderr)
        if format in ("svg", "pdf"):
            tool("pdftocairo", f"-{format}", *where, str(pdf), f"{stem}.{format}")
    return pages


def words(pdf: Path) -> list[str]:
    """The lines of words that stand in the document."""
    said = tool("pdftotext", "-layout", "-l", str(MOST_PAGES), str(pdf), "-").stdout
    return [
        part for line in said.splitlines() for part in re.split(r"\s{2,}", line.strip()) if part
    ]
