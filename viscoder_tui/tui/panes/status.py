"""The line at the top: what is set, and what is under way."""

from __future__ import annotations

import time
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static


@dataclass(slots=True)
class Setting:
    """What the next request will be worked on with."""

    language: str = ""
    model: str = ""
    theme: str = ""


class StatusLine(Static):
    """Left what is set, right what is under way: round, speed, time."""

    def __init__(self) -> None:
        super().__init__(id="status", markup=False)
        self.setting = Setting()
        self._doing = ""
        self._speed = 0.0
        self._began: float | None = None
        self._waiting = 0
        self._filled = 0.0

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._began is None and not self._waiting

    def begin(self) -> None:
        """Something is under way from now on."""
        self._began = time.monotonic()
        self._speed = 0.0

    def doing(self, what: str, speed: float | None = None) -> None:
        """Say what is under way, and how many tokens a second are written."""
        self._doing = what
        if speed is not None:
            self._speed = speed
        self.show()

    def fills(self, share: float) -> None:
        """How much of the model's context the conversation fills, 0 to 1."""
        self._filled = share

    def waiting(self, count: int) -> None:
        """So many requests wait for their turn."""
        self._waiting = count
        self.show()

    def end(self) -> None:
        """Nothing is under way."""
        self._began = None
        self._doing = ""
        self._speed = 0.0
        self.show()

    def on_resize(self) -> None:
        """Fit the words to the width."""
        self.show()

    def show(self) -> None:
        """Write the line anew."""
        setting = self.setting
        left = " · ".join(part for part in (setting.language or "any language", setting.model, setting.theme and f"theme {setting.theme}") if part)  # fmt: skip
        right = " · ".join(self._parts())
        room = self.size.width - 2
        name = " viscoder  "
        gap = room - len(name) - len(left) - len(right)
        if gap < 1 and right:
            left = setting.language
            gap = max(room - len(name) - len(left) - len(right), 1)
        self.update(Content.assemble((name, "bold $primary"), (left, "$foreground 60%"), " " * max(gap, 1), (right, "$accent")), layout=False)  # fmt: skip

    def _parts(self) -> list[str]:
        parts = [self._doing] if self._doing else []
        if self._speed:
            parts.append(f"{self._speed:.0f} tok/s")
        if self._began is not None:
            parts.append(f"{time.monotonic() - self._began:.1f} s")
        if self._filled >= 0.01:
            parts.append(f"{self._filled:.0%} of context")
        if self._waiting:
            parts.append(f"{self._waiting} waiting")
        return parts
