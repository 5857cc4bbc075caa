# pyright: reportUnknownMemberType=false
# Textual leaves open what a screen and an app return.
"""The line at the bottom: the keys that work where the focus is. A click does what the key does."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static


class KeyLine(Static):
    """One line of text. Textual's own footer is a widget a key, all made anew at each focus."""

    def __init__(self) -> None:
        super().__init__(id="keys", markup=False)
        self._places: list[tuple[int, int, str]] = []
        """First column, last column and action of each."""

    def on_mount(self) -> None:
        """Listen for what works, which changes with the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.show()

    def on_resize(self, _: events.Resize) -> None:
        """Show as many as there is room for."""
        self.show()

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        for first, last, action in self._places:
            if first <= event.x < last:
                await self.app.run_action(action)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.show()

    def show(self) -> None:
        """Write the line anew."""
        room = self.size.width
        said = Content("")
        self._places.clear()
        for key, title, action in self._keys():
            one = Content.assemble((f" {key}", "$accent"), (f" {title} ", "$foreground 80%"))
            if said.cell_length + one.cell_length > room:
                break
            self._places.append((said.cell_length, said.cell_length + one.cell_length, action))
            said = said + one
        self.update(said, layout=False)

    def _keys(self) -> Iterator[tuple[str, str, str]]:
        """Key, title and action of each; an action with several keys stands there once."""
        shown: set[str] = set()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.action not in shown:
                shown.add(binding.action)
                yield self.app.get_key_display(binding), binding.description, binding.action
