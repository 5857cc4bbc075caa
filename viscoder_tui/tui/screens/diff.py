"""Two rounds side by side: their programs line by line, and their pictures."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from viscoder_tui.sessions.records import RoundRecord
from viscoder_tui.tui.panes.preview import PreviewPane

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
    """The left is the earlier."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,ctrl+d", "leave", "leave")]

    def __init__(self, left: Side, right: Side, protocol: str, cell: tuple[int, int], paper: str) -> None:  # fmt: skip
        super().__init__()
        self._sides = (left, right)
        self._protocol = protocol
        self._cell = cell
        self._paper = paper

    def compose(self) -> ComposeResult:
        """Programs above, pictures below."""
        left, right = self._sides
        found = list(rows(left.record.source, right.record.source))
        with Vertical(classes="dialog full") as dialog:
            dialog.border_title = Content(f"{left.name} · {right.name}")
            with VerticalScroll(classes="programs"), Horizontal(classes="sides"):
                yield Static(_column([(row.left, row.changed) for row in found], "-", "$error"), markup=False)  # fmt: skip
                yield Static(_column([(row.right, row.changed) for row in found], "+", "$success"), markup=False)  # fmt: skip
            with Horizontal(classes="pictures"):
                for name in ("left", "right"):
                    pane = PreviewPane(self._protocol, self._cell, id=name)
                    pane.paper = self._paper
                    yield pane

    def on_mount(self) -> None:
        """Draw both pictures."""
        for pane, side in zip(self.query(PreviewPane), self._sides, strict=True):
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
            Content.assemble((f"{number:>4} ", "$foreground 60%"), (f"{sign} {text}", style))
        )
    return Content("\n").join(parts)
