"""The conversation's cards, of which only those at hand are widgets.

A widget costs time at every layout and memory for ever; so of a long conversation the end is made,
and what is older when somebody scrolls there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from textual._styles_cache import StylesCache
from textual.containers import VerticalScroll
from textual.widget import Widget

Made = Callable[[], Widget]
"""Makes a card."""

_AT_HAND = 40
"""Cards that are made when a conversation is shown, and again when one scrolls beyond them."""
_MOST = 80
"""Cards; when there are more, and the end is looked at, the oldest are taken away."""
_NEAR = 3
"""Rows from the end that still count as looking at it."""


class Card(Protocol):
    """What stands in a conversation."""

    def again(self) -> Made:
        """Makes the same card, later."""
        ...


class Scrollback(VerticalScroll, can_focus=True):
    """The cards, from the top down; once they fill the pane it follows their end, unless scrolled
    away."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._older: list[Made] = []
        self._filling = False

    def on_resize(self) -> None:
        """The pane has another height."""
        self.follow()

    def follow(self) -> None:
        """What stands here has another height: once it is laid out, show its end."""
        self.call_after_refresh(self._anchor)

    def _anchor(self) -> None:
        # Textual puts fewer cards than fit at the bottom of what is anchored.
        fills = self.virtual_size.height > self.container_size.height > 0
        if fills != self.is_anchored:
            self.anchor(fills)
            if not fills:
                self.scroll_home(animate=False, immediate=True)

    async def add(self, card: Widget) -> None:
        """Put a card at the end."""
        await self.mount(card)
        self.follow()
        if len(self.children) > _MOST and self.scroll_y >= self.max_scroll_y - _NEAR:
            for one in self.children[: -_MOST + _AT_HAND]:
                self._older.append(cast("Card", one).again())
                await one.remove()
            _forget_drawn()

    async def fill(self, cards: Sequence[Made]) -> None:
        """Show a whole conversation, at its end."""
        await self.remove_children()
        _forget_drawn()
        self._older = list(cards[:-_AT_HAND])
        await self.mount_all([make() for make in cards[-_AT_HAND:]])
        self.follow()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Make older cards when their place comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < 1 < self.max_scroll_y and self._older and not self._filling:
            self._filling = True
            self.run_worker(self._fill_above(), exit_on_error=False)

    async def _fill_above(self) -> None:
        made = [make() for make in self._older[-_AT_HAND:]]
        del self._older[-_AT_HAND:]
        height = self.virtual_size.height
        self.release_anchor()
        await self.mount_all(made, before=0)

        def stay() -> None:
            self.scroll_to(y=self.scroll_y + self.virtual_size.height - height, animate=False, immediate=True)  # fmt: skip
            self._filling = False

        self.call_after_refresh(stay)


def _forget_drawn() -> None:
    """Let go of what the cards that were taken away looked like.

    Textual memoizes a method of what holds a widget's drawn lines, and so keeps those of the last
    1,024 widgets, some 10 MB: seen in Textual 8.
    """
    StylesCache.get_inner_outer.cache_clear()


__all__ = ["Made", "Scrollback"]
