"""The preview pane: the picture of the round that is looked at, or what there is to say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from runners.base import Picture
from viscoder_tui.tui import images
from viscoder_tui.tui.picture import Look, cells, drawn
from viscoder_tui.visible import visible

_SHARPER = 2
"""A half cell shows two pixels; more are given, so that a resize needs no new picture at once."""


class PreviewPane(Vertical, can_focus=True):
    """Shows pictures, one at a time.

    Args:
        protocol: ``kitty``, ``sixel``, ``half`` or ``none``.
        cell: width and height of one cell of the terminal, in pixels.
    """

    ALLOW_MAXIMIZE = True
    ALLOW_SELECT = False  # the border is to be dragged
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1, 0)", "left", show=False),
        Binding("right", "move(1, 0)", "right", show=False),
        Binding("up", "move(0, -1)", "up", show=False),
        Binding("down", "move(0, 1)", "down", show=False),
    ]

    def __init__(self, protocol: str, cell: tuple[int, int], *, id: str = "preview") -> None:
        super().__init__(id=id, classes="pane")
        self._protocol = protocol
        self._cell = cell
        self.paper = "#ffffff"
        self.pictures: tuple[Picture, ...] = ()
        self._at = 0
        self._look = Look()

    def compose(self) -> ComposeResult:
        """Words where there is no picture."""
        yield Static(classes="nothing", markup=False)

    def on_mount(self) -> None:
        """Nothing drawn yet."""
        self.say("no picture yet: say what you want to see")

    @property
    def picture(self) -> Picture | None:
        """The one that is shown."""
        return self.pictures[self._at] if self.pictures else None

    def show(self, pictures: Sequence[Picture]) -> None:
        """Show the first of these."""
        self.pictures = tuple(pictures)
        self._at = 0
        self._look = Look()
        if self.pictures:
            self._redraw()

    def set_paper(self, colour: str) -> None:
        """The colour behind what is transparent."""
        if colour != self.paper:
            self.paper = colour
            self._redraw()

    def say(self, why: str) -> None:
        """Say why there is no picture."""
        self.pictures = ()
        self.query_one(".nothing", Static).update(Content(visible(why)))
        self.query_one(".nothing").display = True
        self.query(".image").set(display=False)
        self._title()

    def turn(self, by: int) -> None:
        """Show the picture so many further on."""
        if self.pictures:
            self._at = (self._at + by) % len(self.pictures)
            self._look = Look()
            self._redraw()

    def zoom(self, by: int) -> None:
        """Larger, smaller, or (0) all of it."""
        look = self._look
        self._look = look.nearer() if by > 0 else look.farther() if by < 0 else Look()
        self._redraw()

    def action_move(self, x: int, y: int) -> None:
        """Look at another part of a picture that is zoomed."""
        self._look = self._look.moved(x, y)
        self._redraw()

    def on_resize(self, _: events.Resize) -> None:
        """Fit the picture into what room there is now."""
        self._redraw()

    def _redraw(self) -> None:
        self._title()
        if self.picture is None:
            return
        if self._protocol == "none":
            one = self.picture
            self.query_one(".nothing", Static).update(Content(f"{visible(str(one.path))}\n{one.width} × {one.height}"))  # fmt: skip
            return
        room = (self.content_size.width, self.content_size.height)
        if room[0] > 0 and room[1] > 0:
            self._draw(self.picture, room, self._look)

    @work(exclusive=True, group="draw", exit_on_error=False)
    async def _draw(self, one: Picture, room: tuple[int, int], look: Look) -> None:
        columns, rows = cells((one.width, one.height), room, self._cell)
        pixels = (columns * self._cell[0] * _SHARPER, rows * self._cell[1] * _SHARPER)
        try:
            image = await asyncio.to_thread(drawn, one.path.with_suffix(".png"), pixels, look, self.paper)  # fmt: skip
        except OSError as error:
            self.say(f"the picture cannot be shown: {error}")
            return
        if one is not self.picture:
            return
        widget = await asyncio.to_thread(images.load, self._protocol, self._cell)
        shown = next(iter(self.query(".image").results(widget)), None)
        if shown is None:
            shown = widget(classes="image")
            await self.mount(shown)
        shown.styles.width, shown.styles.height = columns, rows
        shown.image = image
        shown.display = True
        self.query_one(".nothing").display = False

    def _title(self) -> None:
        one = self.picture
        self.border_title = Content("picture")
        if one is None:
            self.border_subtitle = Content("")
            return
        near = f" · {self._look.zoom:.1f}×" if self._look.zoom > 1 else ""
        self.border_subtitle = Content(f"{self._at + 1}/{len(self.pictures)} · {one.width}×{one.height}{near}")  # fmt: skip
