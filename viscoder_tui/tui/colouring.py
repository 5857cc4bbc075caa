"""The colours of a program that changes: at once where it has changed, all of it a moment later."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viscoder_tui.tui.syntax import Span

_SMALL = 60
"""Lines of a program that is coloured whole each time."""
_AROUND = 10
"""Lines above and below a change that are coloured with it; what reaches farther, as a text over
many lines may, is right a moment later."""


class Colouring:
    """What to colour in each line.

    Attributes:
        exact: nothing is left for `finish`.
    """

    def __init__(self) -> None:
        self.exact = True
        self._lines: Sequence[str] = ()
        self._alias = ""
        self._spans: list[Sequence[Span]] = []

    def __getitem__(self, line: int) -> Sequence[Span]:
        return self._spans[line] if line < len(self._spans) else ()

    def update(self, lines: Sequence[str], alias: str) -> None:
        """Take another text, and colour what has changed.

        Args:
            lines: of the program.
            alias: of the Pygments lexer.
        """
        old = self._lines
        if alias != self._alias or len(lines) <= _SMALL or not old:
            self._spans = list(_spans(lines, alias))
            self.exact = True
        else:
            same = _alike(old, lines)
            behind = _alike(old[same:][::-1], lines[same:][::-1])
            changed = len(lines) - behind
            first, last = max(0, same - _AROUND), min(len(lines), changed + _AROUND)
            found = _spans(lines[first:last], alias)
            kept = self._spans[len(old) - behind :]
            self._spans = [*self._spans[:first], *found, *kept[last - changed :]]
            self.exact = False
        self._lines, self._alias = list(lines), alias

    async def finish(self) -> bool:
        """Colour all of it, without holding anything up; says whether that came in time."""
        lines = self._lines
        found = await asyncio.to_thread(_spans, lines, self._alias)
        if lines is not self._lines:
            return False
        self._spans, self.exact = list(found), True
        return True


def _spans(lines: Sequence[str], alias: str) -> Sequence[Sequence[Span]]:
    if not any(lines):
        return [()] * len(lines)  # Pygments is loaded when there is something to colour
    from viscoder_tui.tui.syntax import spans

    return spans("\n".join(lines), alias)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines they begin with in common."""
    for number, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return number
    return min(len(one), len(other))


__all__ = ["Colouring"]
