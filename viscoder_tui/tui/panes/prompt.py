"""Where the user types: several lines, history, Enter sends."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.widgets import TextArea

from viscoder_tui.tui.messages import DraftChanged, Submitted


class Prompt(TextArea):
    """The request under way. Enter sends it, Ctrl+J or Shift+Enter begins a new line."""

    def __init__(self) -> None:
        super().__init__(
            "",
            id="prompt",
            soft_wrap=True,
            compact=True,
            placeholder="what do you want to see?  /help for commands",
        )
        self._history: list[str] = []
        self._place = 0
        self._kept = ""

    def remember(self, history: Sequence[str]) -> None:
        """Take the requests of earlier, oldest first."""
        self._history = list(history)
        self._place = len(self._history)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self._send()
        elif event.key in ("ctrl+j", "shift+enter", "alt+enter"):
            event.stop()
            event.prevent_default()
            self.insert("\n")
        elif self._through_history(event.key):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def _send(self) -> None:
        text = self.text.strip()
        if not text:
            return
        if not self._history or self._history[-1] != text:
            self._history.append(text)
        self._place = len(self._history)
        self.load_text("")
        self.post_message(Submitted(text))

    def _through_history(self, key: str) -> bool:
        if key == "up" and self.cursor_at_first_line:
            return self._step(-1)
        return key == "down" and self.cursor_at_last_line and self._step(1)

    def _step(self, by: int) -> bool:
        """Go through the history; what was being typed is kept at its end."""
        place = self._place + by
        if not 0 <= place <= len(self._history):
            return False
        if self._place == len(self._history):
            self._kept = self.text
        self._place = place
        self.load_text(self._kept if place == len(self._history) else self._history[place])
        self.move_cursor(self.document.end)
        return True

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(DraftChanged(self.text))
