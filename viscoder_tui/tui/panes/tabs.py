"""The line that names the panes where one is shown at a time. A click goes there, as its key does."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.widgets import Static

from viscoder_tui.tui.actions import BY_NAME, spoken_key


class TabLine(Static):
    """Chat, code and picture; the one that is shown stands out."""

    TABS: ClassVar[tuple[str, ...]] = ("chat", "code", "picture")

    def __init__(self) -> None:
        super().__init__(id="tabs", markup=False)
        self._places: list[tuple[int, int, str]] = []
        """First column, last column and pane of each."""
        self.choose("chat")

    def choose(self, shown: str) -> None:
        """Name the panes; `shown` is the one that can be seen."""
        said = Content("")
        self._places.clear()
        for name in self.TABS:
            style = "reverse" if name == shown else "$foreground 80%"
            key = spoken_key(BY_NAME[name].keys)
            one = Content.assemble((f" {key}", "$accent"), " ", (f" {name} ", style), " ")
            self._places.append((said.cell_length, said.cell_length + one.cell_length, name))
            said = said + one
        self.update(said, layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Go to the pane."""
        for first, last, name in self._places:
            if first <= event.x < last:
                await self.run_action(f"app.perform('{name}')")
