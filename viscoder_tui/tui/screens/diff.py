"""Two rounds side by side: their programs line by line, and their pictures."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, HorizontalScroll, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from viscoder_tui.sessions.records import RoundRecord
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.visible import visible

Kind = Literal["same", "changed", "only"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both programs; None where one has none."""

    left: tuple[int, str] | None
    right: tuple[int, str] | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A round, and what to call it."""

    name: str
    record: RoundRecord


def rows(old: str, new: str) -> Iterator[Row]:
    """The lines of both programs beside each other."""
    before, after = old.split("\n"), new.split("\n")
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for index in range(max(b - a, d - c)):
            left = (a + index + 1, before[a + index]) if a + index < b else None
            right = (c + index + 1, after[c + index]) if c + index < d else None
            yield Row(left, right, kind != "equal")


class Diff(ModalScreen[None]):
    """Any two rounds; at first the one that is looked at, and the one before it.

    Args:
        sides: all rounds, in order.
        left: place of the one on the left.
        right: place of the one on the right.
        protocol: how pictures are drawn.
        cell: width and height of one cell of the terminal, in pixels.
        paper: the colour behind what is transparent.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,ctrl+d", "leave", "leave"),
        Binding("left", "step(-1, 0)", "round before, on the left", priority=True),
        Binding("right", "step(1, 0)", "round after, on the left", priority=True),
        Binding("left_square_bracket", "step(0, -1)", "round before, on the right"),
        Binding("right_square_bracket", "step(0, 1)", "round after, on the right"),
    ]

    def __init__(self, sides: Sequence[Side], left: int, right: int, protocol: str, cell: tuple[int, int], paper: str) -> None:  # fmt: skip
        super().__init__()
        self._sides = sides
        self._at = (left, right)
        self._panes = [PreviewPane(protocol, cell, id=name) for name in ("left", "right")]
        for pane in self._panes:
            pane.paper = paper

    def compose(self) -> ComposeResult:
        """Programs above, pictures below."""
        with Vertical(classes="dialog full") as dialog:
            dialog.border_subtitle = Content(
                "← → another on the left · [ ] on the right · Esc back"
            )
            with VerticalScroll(classes="programs"), Horizontal(classes="sides"):
                for name in ("left", "right"):
                    with HorizontalScroll(can_focus=False):
                        yield Static(id=f"program-{name}", markup=False)
            with Horizontal(classes="pictures"):
                yield from self._panes

    def on_mount(self) -> None:
        """Show the two."""
        self._show()

    def action_step(self, left: int, right: int) -> None:
        """Another round on one side or the other."""
        last = len(self._sides) - 1
        self._at = (min(max(self._at[0] + left, 0), last), min(max(self._at[1] + right, 0), last))
        self._show()

    def _show(self) -> None:
        left, right = (self._sides[at] for at in self._at)
        found = list(rows(left.record.source.rstrip("\n"), right.record.source.rstrip("\n")))
        self.query_one(".dialog").border_title = Content(f"{left.name} · {right.name}")
        columns = (_column([(row.left, row.changed) for row in found], "-", "$error"), _column([(row.right, row.changed) for row in found], "+", "$success"))  # fmt: skip
        for name, column in zip(("left", "right"), columns, strict=True):
            self.query_one(f"#program-{name}", Static).update(column)
        for pane, side in zip(self._panes, (left, right), strict=True):
            if side.record.pictures:
                pane.show(side.record.pictures)
            else:
                pane.say("no picture")

    def action_leave(self) -> None:
        """Back to work."""
        self.dismiss(None)


def _column(lines: Sequence[tuple[tuple[int, str] | None, bool]], mark: str, colour: str) -> Content:  # fmt: skip
    parts: list[Content] = []
    for line, changed in lines:
        if line is None:
            parts.append(Content(""))
            continue
        number, text = line
        sign = mark if changed else " "
        style = colour if changed else ""
        parts.append(
            Content.assemble(
                (f"{number:>4} ", "$foreground 60%"), (f"{sign} {visible(text)}", style)
            )
        )
    return Content("\n").join(parts)
