"""A list to choose one thing from, narrowed by typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from viscoder_tui.visible import visible


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to choose.

    Attributes:
        id: what is given back.
        title: its name.
        detail: more about it, on the same line.
    """

    id: str
    title: str
    detail: str = ""


class Choose(ModalScreen[str | None]):
    """Gives back the chosen item's id, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave", "leave"),
        ("down", "step(1)", "down"),
        ("up", "step(-1)", "up"),
    ]

    def __init__(self, heading: str, items: Sequence[Item]) -> None:
        super().__init__()
        self._heading = heading
        self._items = tuple(items)

    def compose(self) -> ComposeResult:
        """A field to type in, and what is left to choose from."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._heading)
            yield Input(placeholder="type to narrow", compact=True)
            yield OptionList(*map(_option, self._items), markup=False, compact=True)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        words = event.value.lower().split()
        left = [
            item
            for item in self._items
            if all(word in f"{item.title} {item.detail}".lower() for word in words)
        ]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(map(_option, left))
        if left:
            options.highlighted = 0

    @on(Input.Submitted)
    def _entered(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is None and options.option_count:
            options.highlighted = 0
        options.action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_step(self, by: int) -> None:
        """Move the highlight while typing."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _option(item: Item) -> Option:
    said = Content.assemble(
        visible(item.title),
        (f"  {visible(item.detail)}" if item.detail else "", "$foreground 60%"),
    )
    return Option(said, id=item.id)
