"""What stands in the conversation: requests, rounds, words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from runners.base import Diagnostic, Severity, Verdict
from viscoder_tui.agent.events import Doubt
from viscoder_tui.sessions.records import Origin, RoundRecord
from viscoder_tui.tui.messages import JumpTo
from viscoder_tui.tui.panes.scrollback import Made
from viscoder_tui.visible import visible


class RequestCard(Static):
    """What the user asked."""

    def __init__(self, text: str, *, queued: bool = False) -> None:
        super().__init__(Content(visible(text)), classes="request", markup=False)
        self.set_class(queued, "queued")
        self.border_title = Content("you" if not queued else "you · waits")
        self._said = text

    def again(self) -> Made:
        """Makes the same card, later."""
        return partial(RequestCard, self._said)


class NoteCard(Static):
    """A sentence of viscoder's own: what it chose, why it stopped."""

    def __init__(self, text: str, *, kind: str = "note") -> None:
        super().__init__(Content(visible(text)), classes=kind, markup=False)
        self._said = text
        self._kind = kind

    def again(self) -> Made:
        """Makes the same card, later."""
        return partial(NoteCard, self._said, kind=self._kind)


class ProseCard(Static):
    """What the model says beside its program."""

    def __init__(self, text: str) -> None:
        super().__init__(Content(visible(text.strip())), classes="prose", markup=False)
        self._said = text

    def again(self) -> Made:
        """Makes the same card, later."""
        return partial(ProseCard, self._said)


class DiagnosticLine(Static, can_focus=True):
    """One thing that is wrong; Enter or a click goes there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "jump", "go there", show=False)]

    def __init__(self, task: int, round: int, one: Diagnostic) -> None:
        place = f"line {one.line}: " if one.line else ""
        mark = "$error" if one.severity is Severity.ERROR else "$warning"
        said = Content.assemble((place, mark), visible(one.message))
        if one.hint:
            said = Content.assemble(said, (f" ({visible(one.hint)})", "$foreground 60%"))
        super().__init__(said, classes="detail diagnostic", markup=False)
        self._place = JumpTo(task, round, one.line, one.column)

    def action_jump(self) -> None:
        """Go to that line."""
        self.post_message(self._place)

    def on_click(self, event: events.Click) -> None:
        """As Enter."""
        event.stop()
        self.action_jump()


_MARKS: dict[Verdict, tuple[str, str]] = {
    Verdict.RENDERED: ("✓", "$success"),
    Verdict.BLANK: ("○", "$warning"),
    Verdict.NO_PICTURE: ("○", "$warning"),
}


class RoundCard(Vertical, can_focus=True):
    """One round: its verdict in a line, and all about it below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "fold", "open or close", show=False)
    ]

    def __init__(self, task: int, record: RoundRecord, *, opened: bool = False, ended: bool = False) -> None:  # fmt: skip
        super().__init__(classes="round")
        self._ended = ended
        self.task_number = task
        self.record = _shown(record)
        self._opened = opened

    def again(self) -> Made:
        """Makes the same card, later."""
        return partial(RoundCard, self.task_number, self.record, opened=self._opened, ended=True)

    def is_of(self, task: int, round: int) -> bool:
        """Whether it shows that round."""
        return (self.task_number, self.record.number) == (task, round)

    def compose(self) -> ComposeResult:
        """The line, and what stands below it where it is open."""
        yield Static(self._headline(), classes="headline", markup=False)
        if self._opened:
            yield from self._details()

    async def change(self, record: RoundRecord, *, opened: bool | None = None) -> None:
        """Show another state of the round."""
        self.record = _shown(record)
        if opened is not None:
            self._opened = opened
        await self._show()

    def end(self, record: RoundRecord) -> None:
        """Nothing more will happen to the round."""
        self.record = _shown(record)
        self._ended = True
        self._title()

    async def action_fold(self) -> None:
        """Open or close it, and show its program."""
        self._opened = not self._opened
        await self._show()
        self.post_message(JumpTo(self.task_number, self.record.number))

    async def on_click(self, event: events.Click) -> None:
        """As Enter."""
        event.stop()
        await self.action_fold()

    async def _show(self) -> None:
        self._title()
        await self.query(".detail").remove()
        if self._opened:
            await self.mount_all(self._details())

    def _title(self) -> None:
        self.query_one(".headline", Static).update(self._headline())

    def _headline(self) -> Content:
        record = self.record
        name = "by hand" if record.origin is Origin.HAND else str(record.number)
        arrow = "▾" if self._opened else "▸"
        if record.verdict is None:
            if self._ended:
                said = "not run" if record.source else "no program"
                return Content.assemble((f"{arrow} {name}  – {said}", "$foreground 60%"))
            doing = "running" if record.source else "writing"
            return Content.assemble((f"{arrow} {name}  ", "$foreground 60%"), (doing, "$accent"))
        mark, colour = _MARKS.get(record.verdict, ("✗", "$error"))
        parts = [f"{record.seconds:.1f} s"]
        if record.usage.tokens_per_second:
            parts.append(f"{record.usage.tokens_per_second:.0f} tok/s")
        said = Content.assemble(
            (f"{arrow} {name}  ", "$foreground 60%"),
            (f"{mark} {record.verdict.replace('_', ' ')}", colour),
            (f"  {'  '.join(parts)}", "$foreground 60%"),
        )
        says_why = record.verdict is not Verdict.RENDERED or record.origin is Origin.HAND
        if record.diagnostics and says_why and not self._opened:
            one = record.diagnostics[0]
            place = f"line {one.line}: " if one.line else ""
            said = Content.assemble(said, f"  {place}{visible(one.message)}")
        return said

    def _details(self) -> list[Static]:
        record = self.record
        lines: list[Static] = [
            Static(Content.assemble(("mended ", "$accent"), visible(repair.message)), classes="detail", markup=False)
            for repair in record.repairs
        ]  # fmt: skip
        lines += [DiagnosticLine(self.task_number, record.number, one) for one in record.diagnostics[:8]]  # fmt: skip
        lines += [_doubt(one) for one in record.doubts if one.aspect != "warning"]
        return lines


def _shown(record: RoundRecord) -> RoundRecord:
    """What a card shows of a round; the long texts are kept once, by the conversation."""
    return replace(record, source=record.source and "…", answer="", prose="", stdout="", stderr="")


def _doubt(one: Doubt) -> Static:
    return Static(
        Content.assemble(("? ", "$warning"), visible(one.message)), classes="detail", markup=False
    )
