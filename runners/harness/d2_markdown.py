# pyright: basic, reportOptionalMemberAccess=false
# Runs inside the sandbox.
"""Markdown in D2's pictures, set as text of SVG.

D2 puts it into the SVG as HTML, which browsers draw and resvg passes over. It has measured it by
its style sheet, GitHub's, and left exactly that room: so the same sizes and margins stand here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_BLOCK = re.compile(r"<foreignObject\b([^>]*)>(.*?)</foreignObject>", re.DOTALL)
_ROOT = re.compile(r'<svg class="(d2-\d+) d2-svg"')
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.25, "h4": 1.0, "h5": 0.875, "h6": 0.85}
_RULED = ("h1", "h2")
_FACES = {"strong": "bold", "b": "bold", "th": "bold", "em": "italic", "i": "italic", "code": "mono", "kbd": "mono", "pre": "mono"}  # fmt: skip
_INDENT = 2.0
"""Of a list, in its letters' size."""
_CELL = (13.0, 6.0)
"""Around what stands in a cell of a table."""


class Run(NamedTuple):
    """Words in one face."""

    text: str
    face: str
    is_link: bool = False


def set_as_text(svg: str, fonts: Path) -> tuple[str, list[str]]:
    """A picture without HTML, and the markdown in it that could not be read.

    Args:
        svg: D2's picture.
        fonts: the folder with its fonts.
    """
    root = _ROOT.search(svg)
    unread: list[str] = []

    def put(found: re.Match[str]) -> str:
        try:
            html = ElementTree.fromstring(found[2])
        except ElementTree.ParseError:
            unread.append(re.sub(r"<[^>]*>", " ", found[2]).strip()[:80])
            return ""
        place = {name: float(value) for name, value in re.findall(r'\b(x|y|width|height)="([\d.-]+)"', found[1])}  # fmt: skip
        page = _Page(root[1] if root else "", html, place, fonts)
        page.blocks(html, place["x"], page.size)
        return f'<g class="{page.colour}">{"".join(page.drawn)}</g>'

    plain = _BLOCK.sub(put, svg)
    # What takes its size from around it, as code and formulas do, gets that of a browser.
    return _ROOT.sub(lambda found: found[0] + ' font-size="16"', plain, count=1), unread


class _Page:
    """One block of markdown, set from above."""

    def __init__(self, family: str, html: ElementTree.Element, place: dict[str, float], fonts: Path) -> None:  # fmt: skip
        self._family = family
        self._fonts = fonts
        self._left, self._width = place["x"], place["width"]
        self._at = place["y"]
        self._margin = 0.0
        style = html.get("style", "")
        size = re.search(r"font-size:\s*([\d.]+)px", style)
        self.size = float(size[1]) if size else 16.0
        own = re.search(r"(?<![-\w])color:\s*([^;]+)", style)
        self._ink = f' fill="{escape(own[1])}"' if own else ""
        self.colour = "" if own else re.sub(r"\bcolor-", "fill-", html.get("class", "").replace("md", "", 1)).strip()  # fmt: skip
        self.drawn: list[str] = []

    def blocks(self, parent: ElementTree.Element, x: float, size: float) -> None:
        """Set what stands in a block: blocks, or words."""
        if _has_words(parent):
            for line in _lines(parent):
                self._line(line, x, size, 1.5 * size)
            for child in parent:
                if child.tag.endswith(("ul", "ol")):
                    self._list(child, x, size)
            return
        for number, child in enumerate(parent):
            self._block(child, child.tag.rsplit("}", 1)[-1], x, size, first=number == 0)

    def _block(self, block: ElementTree.Element, tag: str, x: float, size: float, *, first: bool) -> None:  # fmt: skip
        if tag in _SIZES:
            self._space(24)
            for line in _lines(block, "semibold"):
                self._line(line, x, size * _SIZES[tag], 1.25 * size * _SIZES[tag])
            if tag in _RULED:
                self._at += 0.3 * size * _SIZES[tag]
                self._rule(self._at, x)
        elif tag in ("ul", "ol"):
            self._list(block, x, size)
        elif tag == "pre":
            self._code(block, x, size)
        elif tag == "hr":
            self._space(24)
            self._at += self._taken()
            self._rule(self._at + 2, x, 4)
            self._at += 4
            self._space(24)
            return
        elif tag == "table":
            self._table(block, x, size)
        elif tag == "blockquote":
            self._space(0)
            began = self._at + self._margin
            self.blocks(block, x + size, size)
            self.drawn.append(f'<rect x="{x:g}" y="{began:g}" width="{size / 4:g}" height="{self._at - began:g}" class="fill-N4"/>')  # fmt: skip
        else:
            self.blocks(block, x, size)
        self._space(16)

    def _list(self, block: ElementTree.Element, x: float, size: float) -> None:
        ordered = block.tag.endswith("ol")
        inner = x + _INDENT * size
        for number, item in enumerate(block):
            if number:
                self._space(0.25 * size)
            baseline = self._at + self._margin + 1.105 * size
            if ordered:
                mark = f"{number + int(block.get('start', '1'))}."
                self._put(mark, "regular", inner - 0.4 * size, baseline, size, ' text-anchor="end"')
            else:
                self.drawn.append(f'<circle cx="{inner - 0.6 * size:g}" cy="{baseline - 0.33 * size:g}" r="{0.16 * size:g}"{self._ink}/>')  # fmt: skip
            self.blocks(item, inner, size)
            if not _has_words(item):
                self._margin = min(self._margin, 16)

    def _code(self, block: ElementTree.Element, x: float, size: float) -> None:
        lines = "".join(block.itertext()).rstrip("\n").split("\n")
        small = 0.85 * size
        self._at += self._taken()
        self.drawn.append(f'<rect x="{x:g}" y="{self._at:g}" width="{self._left + self._width - x:g}" height="{32 + 1.45 * small * len(lines):g}" rx="6" class="fill-N6"/>')  # fmt: skip
        self._at += 16
        for line in lines:
            self._line([Run(line.expandtabs(4).replace(" ", "\u00a0"), "mono")], x + 16, small, 1.45 * small)  # fmt: skip
        self._at += 16

    def _table(self, block: ElementTree.Element, x: float, size: float) -> None:
        rows = [[_lines(cell, "bold" if cell.tag.endswith("th") else "regular")[0] for cell in row] for row in block.iter() if row.tag.endswith("tr")]  # fmt: skip
        columns = max(map(len, rows), default=0)
        widths = [max((self._width_of(row[number], size) for row in rows if number < len(row)), default=0) + 2 * _CELL[0] for number in range(columns)]  # fmt: skip
        self._at += self._taken()
        height = 1.5 * size + 2 * _CELL[1] + 1
        for row in rows:
            left = x
            for width, cell in zip(widths, row, strict=False):
                self.drawn.append(f'<rect x="{left:g}" y="{self._at:g}" width="{width:g}" height="{height:g}" fill="none" class="stroke-N4"/>')  # fmt: skip
                self._words(cell, left + _CELL[0], self._at + _CELL[1] + 1.105 * size, size)
                left += width
            self._at += height

    def _width_of(self, line: list[Run], size: float) -> float:
        from PIL import ImageFont

        total = 0.0
        for run in line:
            file = self._fonts / f"{self._family}-font-{run.face}.ttf"
            total += ImageFont.truetype(str(file), 100).getlength(run.text) * size / 100 if file.is_file() else 0.55 * size * len(run.text)  # fmt: skip
        return total

    def _space(self, margin: float) -> None:
        """At least so much room before what comes next; margins do not add up."""
        self._margin = max(self._margin, margin)

    def _taken(self) -> float:
        """The room before what comes now: none before the first."""
        margin = self._margin if self.drawn else 0.0
        self._margin = 0.0
        return margin

    def _line(self, line: list[Run], x: float, size: float, height: float) -> None:
        self._at += self._taken()
        self._words(line, x, self._at + height / 2 + 0.3555 * size, size)
        self._at += height

    def _words(self, line: list[Run], x: float, y: float, size: float) -> None:
        pieces = "".join(f'<tspan{self._face(run.face)}{_LINK if run.is_link else ""}>{escape(run.text)}</tspan>' for run in line)  # fmt: skip
        self.drawn.append(f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" xml:space="preserve"{self._ink}>{pieces}</text>')  # fmt: skip

    def _put(self, text: str, face: str, x: float, y: float, size: float, more: str) -> None:
        self.drawn.append(f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{more}{self._ink}{self._face(face)}>{text}</text>')  # fmt: skip

    def _face(self, face: str) -> str:
        return f' font-family="{self._family}-font-{face}"'

    def _rule(self, y: float, x: float, thick: float = 1) -> None:
        self.drawn.append(f'<line x1="{x:g}" x2="{self._left + self._width:g}" y1="{y:g}" y2="{y:g}" stroke-width="{thick:g}" class="stroke-N4"/>')  # fmt: skip


_LINK = ' class="fill-B1" text-decoration="underline"'


def _has_words(block: ElementTree.Element) -> bool:
    """Whether words stand in a block itself, not in paragraphs."""
    inline = ("strong", "b", "em", "i", "code", "kbd", "a", "br", "del", "sup", "sub", "span", "img", "input")  # fmt: skip
    return bool((block.text or "").strip()) or any(one.tag.rsplit("}", 1)[-1] in inline for one in block)  # fmt: skip


def _lines(block: ElementTree.Element, face: str = "regular") -> list[list[Run]]:
    """The words of a block; a line break begins another line."""
    lines: list[list[Run]] = [[]]

    def walk(element: ElementTree.Element, face: str, is_link: bool) -> None:
        def add(text: str | None) -> None:
            words = re.sub(r"\s+", " ", text or "")
            if not lines[-1]:
                words = words.lstrip()
            if words:
                lines[-1].append(Run(words, face, is_link))

        add(element.text)
        for child in element:
            tag = child.tag.rsplit("}", 1)[-1]
            if tag == "br":
                lines.append([])
            elif tag not in ("ul", "ol"):
                walk(child, _FACES.get(tag, face), is_link or tag == "a")
            add(child.tail)

    walk(block, face, False)
    for line in lines:
        if line:
            line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
    return [line for line in lines if line] or [[Run("", face)]]
