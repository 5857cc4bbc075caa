"""What a terminal makes of bytes: cells with colours, and the sequences that are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from rich.cells import cell_len

Kind = Literal["text", "csi", "osc", "dcs", "apc", "escape", "control"]
Colour = tuple[int, int, int] | str | None

_PARTS = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>.*?)(?:\x07|\x1b\\)"
    r"|\x1bP(?P<dcs>.*?)\x1b\\"
    r"|\x1b_(?P<apc>.*?)\x1b\\"
    r"|\x1b(?P<escape>[^\[\]P_])"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)",
    re.DOTALL,
)


def parts(written: bytes) -> Iterator[tuple[Kind, str]]:
    """The texts and sequences in what was written; what is cut at the end is left out."""
    kinds: dict[str, Kind] = {"csi": "csi", "osc": "osc", "dcs": "dcs", "apc": "apc", "escape": "escape", "control": "control", "text": "text"}  # fmt: skip
    for found in _PARTS.finditer(written.decode("utf-8", "replace")):
        name = found.lastgroup
        assert name is not None
        yield kinds[name], found[name]


@dataclass
class Cell:
    """One cell; a wide character's second cell is empty."""

    text: str = " "
    fore: Colour = None
    back: Colour = None


@dataclass
class Screen:
    """A terminal's screen.

    Attributes:
        size: columns and rows.
        said: the sequences that are neither text nor cursor nor colour.
    """

    size: tuple[int, int]
    said: list[tuple[Kind, str]] = field(default_factory=list[tuple[Kind, str]])
    rows: list[list[Cell]] = field(default_factory=list[list[Cell]])
    x: int = 0
    y: int = 0
    fore: Colour = None
    back: Colour = None

    def __post_init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.rows = [[Cell() for _ in range(self.size[0])] for _ in range(self.size[1])]

    def read(self, written: bytes) -> Screen:
        """Obey what was written."""
        for kind, part in parts(written):
            if kind == "text":
                self._write(part)
            elif kind == "control" and part in "\r\n":
                self.x = 0
                self.y += part == "\n"
            elif kind != "csi" or not self._obey(part):
                self.said.append((kind, part))
        return self

    def text(self) -> str:
        """What stands there."""
        return "\n".join("".join(cell.text for cell in row) for row in self.rows)

    def _write(self, text: str) -> None:
        for one in text:
            width = cell_len(one)
            if width == 0:
                if 0 < self.x <= self.size[0] and self.y < self.size[1]:
                    self.rows[self.y][self.x - 1].text += one
                continue
            for place in range(width):
                if self.x < self.size[0] and self.y < self.size[1]:
                    self.rows[self.y][self.x] = Cell("" if place else one, self.fore, self.back)
                self.x += 1

    def _obey(self, part: str) -> bool:
        """Whether that was cursor or colour."""
        numbers = [int(one) if one.isdigit() else 0 for one in part[:-1].split(";")]
        match part[-1]:
            case "H":
                self.y = max(numbers[0], 1) - 1
                self.x = max(numbers[1] if len(numbers) > 1 else 1, 1) - 1
            case "J" if part in ("2J", "3J"):
                self._clear()
            case "m":
                self._colour(numbers)
            case _:
                return False
        return True

    def _colour(self, numbers: list[int]) -> None:
        left = list(numbers)
        while left:
            number = left.pop(0)
            if number in (38, 48) and left and left[0] == 2:
                colour: Colour = (left[1], left[2], left[3])
                left = left[4:]
            elif number in (38, 48) and left and left[0] == 5:
                colour, left = str(left[1]), left[2:]
            elif number == 0:
                self.fore = self.back = None
                continue
            elif number in (39, 49):
                colour = None
            else:
                continue
            if number in (38, 39):
                self.fore = colour
            else:
                self.back = colour
