# pyright: basic
# Runs inside the sandbox, with nothing but the standard library and fontconfig's fc-list.
"""The fonts of the machine that have letters which a tool's own font lacks: CJK, emoji and the like.

Nothing is looked up for a program without such letters.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

_UNUSUAL = 0x2E80
"""From here on are CJK, Hangul, rarer scripts and emoji; what stands before is in DejaVu and most others."""
_UNSEEN = (range(0xE000, 0xF900), range(0xFE00, 0xFE10), range(0x1F3FB, 0x1F400), range(0xE0000, 0x110000))  # fmt: skip
"""Private letters, and those that only choose how the one before looks."""
_SECONDS = 10
_MOST_NAMED = 8


class Font(NamedTuple):  # every run imports this, and dataclasses take long to import
    """A font of the machine; of a collection, the first one in it.

    Attributes:
        path: its file.
        letters: what it has, as ranges of code points in their order.
        outlines: whether its letters are lines, which every tool can draw, or pictures in colour.
    """

    path: str
    letters: tuple[range, ...]
    outlines: bool

    def has(self, letter: str) -> bool:
        """Whether it has a letter."""
        place = bisect.bisect_right(self.letters, ord(letter), key=lambda some: some.start)
        return place > 0 and ord(letter) in self.letters[place - 1]


def unusual(text: str) -> set[str]:
    """The letters of a text that a common font lacks."""
    if text.isascii():
        return set()
    return {
        letter
        for letter in text
        if ord(letter) >= _UNUSUAL and not any(ord(letter) in some for some in _UNSEEN)
    }


def having(letters: Iterable[str]) -> list[Font]:
    """As few fonts with outlines as have the letters between them; what none has is left out."""
    fonts = [font for font in installed() if font.outlines]
    wanted = set(letters)
    found: list[Font] = []
    while wanted and fonts:
        best = max(fonts, key=lambda font: sum(map(font.has, wanted)))
        rest = {letter for letter in wanted if not best.has(letter)}
        if rest == wanted:
            break
        found.append(best)
        wanted = rest
    return found


def lacking(texts: Iterable[str]) -> dict[str, Any] | None:
    """A finding that names the letters which no font of the machine has, if that can be told."""
    wanted = unusual("".join(texts))
    if not wanted or not installed():
        return None
    return finding(letter for letter in sorted(wanted) if not any(font.has(letter) for font in installed()))  # fmt: skip


def finding(letters: Iterable[str]) -> dict[str, Any] | None:
    """The finding that no font has some letters; None where there are none."""
    named = list(letters)
    if not named:
        return None
    more = " and others" if len(named) > _MOST_NAMED else ""
    return {
        "message": f"no font here has {' '.join(named[:_MOST_NAMED])}{more}: boxes stand in the picture",
        "severity": "warning",
        "hint": "write it in other letters, or install a font: fonts-noto-cjk for Chinese, Japanese and Korean, fonts-symbola for emoji",
    }  # fmt: skip


@cache
def installed() -> tuple[Font, ...]:
    """The fonts of the machine; none where fontconfig's programs are missing."""
    import subprocess  # not for programs without such letters

    try:
        said = subprocess.run(
            ["fc-list", "--format", "%{file}\t%{index}\t%{scalable}\t%{color}\t%{charset}\n"],
            capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ()
    rows = (line.split("\t") for line in said.stdout.splitlines())
    found = [Font(row[0], _ranges(row[4]), row[2:4] == ["True", "False"]) for row in rows if len(row) == 5 and row[1] == "0"]  # fmt: skip
    # The upright one has the shortest name: Sans.ttf comes before Sans-Bold.ttf.
    return tuple(sorted(found, key=lambda font: (len(font.path), font.path)))


def _ranges(charset: str) -> tuple[range, ...]:
    ends = (part.split("-") for part in charset.split())
    return tuple(range(int(one[0], 16), int(one[-1], 16) + 1) for one in ends)
