"""What an SVG shows: how many of which shapes, and its words."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

from viscoder_tui.training.evaluation.figure import Shown

_SHAPES = ("circle", "rect", "ellipse", "line", "polygon", "path")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read(source: str) -> Shown:
    """What the drawing shows."""
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError:
        return Shown()
    box = root.get("viewBox", "").replace(",", " ").split()
    shapes: Counter[str] = Counter()
    outlines = 0
    for element in root.iter():
        name = element.tag.rsplit("}", 1)[-1]
        if name in _SHAPES and not _is_paper(name, element, box):
            outlines += name == "rect" and element.get("fill") == "none"
            shapes[name] += 1
    if outlines < shapes["rect"]:
        shapes["rect"] -= outlines  # a border around what is filled is no shape of its own
    texts = tuple(" ".join("".join(one.itertext()).split()) for one in root.iter() if one.tag.endswith("text"))  # fmt: skip
    numbers = tuple(text for text in texts if _NUMBER.fullmatch(text))
    kind = "shapes" if shapes else "lettering" if texts else ""
    if numbers and shapes["rect"] >= len(numbers):
        kind = "bar"
    return Shown(kind, numbers, shapes=shapes, texts=texts)


def _is_paper(name: str, element: ElementTree.Element, box: list[str]) -> bool:
    """A rectangle over the whole picture, in white."""
    size = (element.get("width"), element.get("height"))
    whole = size in (tuple(box[2:]), ("100%", "100%"))
    return name == "rect" and whole and element.get("fill", "").lower() in ("white", "#fff", "#ffffff")  # fmt: skip
