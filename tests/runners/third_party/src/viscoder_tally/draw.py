"""Draws tally marks. Executed inside the sandbox."""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

rows: list[tuple[str, int]] = []
for number, line in enumerate(Path("marks.tally").read_text().splitlines(), 1):
    name, _, count = line.rpartition(" ")
    if not count.isdecimal():
        sys.exit(f"line {number}: '{count}' is no whole number")
    rows.append((name, int(count)))
picture = Image.new("RGB", (400, 40 * len(rows) + 20), "white")
pen = ImageDraw.Draw(picture)
for place, (name, count) in enumerate(rows):
    pen.text((10, 40 * place + 20), name, fill="black")
    for mark in range(count):
        pen.line(
            (120 + 14 * mark, 40 * place + 15, 120 + 14 * mark, 40 * place + 42),
            fill="black",
            width=4,
        )
picture.save("out/01.png")
