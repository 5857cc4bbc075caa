"""Where the panes meet: both places move by keyboard and mouse."""

from __future__ import annotations

from typing import Literal

from textual.widget import Widget

Split = Literal["columns", "rows"]

_LEAST, _MOST = 20, 80


class Splits:
    """Two percentages, and the panes whose sizes they are.

    Args:
        chat: the left side.
        right: the right side.
        code: its upper part.
        preview: its lower part.
    """

    def __init__(self, chat: Widget, right: Widget, code: Widget, preview: Widget) -> None:
        self._chat = chat
        self._right = right
        self._code = code
        self._preview = preview
        self._percent: dict[Split, float] = {"columns": 44, "rows": 50}
        self.dragged: Split | None = None
        """What the mouse holds."""

    def move(self, split: Split, by: float, *, wide: bool) -> None:
        """Make the left side wider, or the program taller, by so many percent.

        Args:
            split: which of the two.
            by: percent of the screen's width, or of the right side's height.
            wide: both sides stand beside each other; else one pane fills the screen.
        """
        self._percent[split] = min(max(self._percent[split] + by, _LEAST), _MOST)
        self._chat.styles.width = f"{self._percent['columns']}%" if wide else "100%"
        self._code.styles.height = f"{self._percent['rows']}%" if wide else "100%"

    def grab(self, x: int, y: int) -> bool:
        """Take hold of the border that is there, if any.

        Args:
            x: column of the screen.
            y: row of the screen.
        """
        right = self._right.region
        self.dragged = None
        if right.width and x in (self._chat.region.right - 1, right.x):
            self.dragged = "columns"
        elif right.x < x and y in (self._code.region.bottom - 1, self._preview.region.y):
            self.dragged = "rows"
        return self.dragged is not None

    def drag(self, x: int, y: int) -> None:
        """Move what is held to there."""
        chat, right = self._chat.region, self._right.region
        if self.dragged == "columns":
            whole = max(chat.width + right.width, 1)
            to = 100 * (x - chat.x + 1) / whole
        elif self.dragged == "rows":
            to = 100 * (y - right.y + 1) / max(right.height, 1)
        else:
            return
        self.move(self.dragged, to - self._percent[self.dragged], wide=True)

    def release(self) -> None:
        """Let go."""
        self.dragged = None
