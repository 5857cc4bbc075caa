"""Earlier conversations, narrowed by typing, each with its last picture."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from runners.base import Picture
from viscoder_tui.sessions.faults import StoreUnusable
from viscoder_tui.sessions.records import SessionSummary
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.visible import visible


class Sessions(ModalScreen[str | None]):
    """Gives back the chosen session's ID, or None.

    Args:
        store: where they are kept.
        protocol: how pictures are drawn.
        cell: width and height of one cell of the terminal, in pixels.
        paper: the colour behind what is transparent.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "leave", "leave"),
        ("down", "step(1)", "down"),
        ("up", "step(-1)", "up"),
    ]

    def __init__(self, store: Store, protocol: str, cell: tuple[int, int], paper: str) -> None:
        super().__init__()
        self._store = store
        self._thumbnail = PreviewPane(protocol, cell, id="thumbnail")
        self._thumbnail.paper = paper
        self._found: dict[str, SessionSummary] = {}

    def compose(self) -> ComposeResult:
        """A field to search in, the sessions, and the picture of one."""
        with Vertical(classes="dialog full") as dialog:
            dialog.border_title = "sessions"
            yield Input(placeholder="search in what was asked", compact=True)
            with Horizontal():
                yield OptionList(markup=False, compact=True)
                yield self._thumbnail

    def on_mount(self) -> None:
        """All of them, the newest first."""
        self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._search(event.value)

    def _search(self, words: str) -> None:
        try:
            found = self._store.sessions(words)
        except StoreUnusable as error:
            self._thumbnail.say(str(error))
            return
        self._found = {one.id: one for one in found}
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(map(_option, found))
        if found:
            options.highlighted = 0
        else:
            self._thumbnail.say("no conversation holds these words" if words else "no conversation yet")  # fmt: skip

    @on(OptionList.OptionHighlighted)
    def _looked_at(self, event: OptionList.OptionHighlighted) -> None:
        one = self._found.get(event.option.id or "")
        picture = _thumbnail(one) if one is not None else None
        if picture is not None:
            self._thumbnail.show((picture,))
        else:
            self._thumbnail.say("no picture")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(OptionList).action_select()

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


def _thumbnail(one: SessionSummary) -> Picture | None:
    if one.picture is None or not one.picture.exists():
        return None
    from PIL import Image

    try:
        with Image.open(one.picture.with_suffix(".png")) as opened:
            return Picture(one.picture, "png", *opened.size)
    except OSError:
        return None  # it was damaged or removed since


def _option(one: SessionSummary) -> Option:
    rounds = f"{one.rounds} round{'' if one.rounds == 1 else 's'}"
    about = f"\n  {one.updated.astimezone():%d %b %Y %H:%M} · {one.language or 'no language yet'} · {rounds}"
    return Option(Content.assemble(visible(one.title) or "(nothing asked yet)", (about, "$foreground 60%")), id=one.id)  # fmt: skip
