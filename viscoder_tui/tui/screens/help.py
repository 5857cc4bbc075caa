"""The keys and commands, made from the registry of actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from viscoder_tui.tui.actions import ACTIONS, GROUPS, Action, spoken_key


class Help(ModalScreen[None]):
    """All that can be done."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,f1,q", "leave", "leave")]

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A table for each group."""
        with VerticalScroll(classes="dialog wide") as dialog:
            dialog.border_title = "keys and commands"
            yield Static(Content.assemble("Type a request and press ", ("Enter", "bold"), "; ", ("^J", "bold"), " begins a new line; ", ("↑ ↓", "bold"), " bring earlier requests back."), markup=False)  # fmt: skip
            for group, title in GROUPS.items():
                yield Static(Content.styled(f"\n{title}", "bold $primary"), markup=False)
                for action in ACTIONS:
                    if action.group == group:
                        yield Static(self._line(action), markup=False)

    def _line(self, action: Action) -> Content:
        keys = self._keys.get(action.name, action.keys)
        spoken = " ".join(spoken_key(key) for key in keys.split(",") if key)
        slash = f"/{action.name.replace('_', '-')}{' ' + action.argument if action.argument else ''}"  # fmt: skip
        return Content.assemble((f"  {spoken:<10}", "bold $accent"), f"{slash:<20}", (action.description, "$foreground 60%"))  # fmt: skip

    def action_leave(self) -> None:
        """Back to work."""
        self.dismiss(None)
