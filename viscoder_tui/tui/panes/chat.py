"""The chat pane: the conversation as cards, and the prompt below it."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical

from viscoder_tui.sessions.records import Origin, Outcome, RoundRecord, TaskRecord
from viscoder_tui.tui.panes.cards import NoteCard, ProseCard, RequestCard, RoundCard
from viscoder_tui.tui.panes.prompt import Prompt
from viscoder_tui.tui.panes.scrollback import Made, Scrollback


class ChatPane(Vertical):
    """What was said, and where to say more."""

    ALLOW_MAXIMIZE = True
    ALLOW_SELECT = False  # the border is to be dragged; what stands in it can be selected

    def __init__(self) -> None:
        super().__init__(id="chat", classes="pane")
        self.cards = Scrollback(id="cards")
        self.prompt = Prompt()
        self._last: RoundCard | None = None
        """The card of the round that is under way, or was last."""
        self._waiting: list[RequestCard] = []

    def compose(self) -> ComposeResult:
        """The conversation above, the prompt below."""
        yield self.cards
        yield self.prompt

    def on_mount(self) -> None:
        """Follow the conversation's end."""
        self.border_title = "chat"

    async def ask(self, text: str) -> None:
        """Show a request."""
        await self.cards.add(RequestCard(text))

    async def note(self, text: str, *, kind: str = "note") -> None:
        """Show a sentence of viscoder's own."""
        await self.cards.add(NoteCard(text, kind=kind))

    async def prose(self, text: str) -> None:
        """Show what the model says, above the card of the round that is under way."""
        if text.strip() and self._last is not None:
            await self.cards.mount(ProseCard(text), before=self._last)
            self.cards.follow()

    async def round(self, task: int, record: RoundRecord, *, opened: bool = False) -> None:
        """Show a round, or another state of the one that is under way."""
        card = self._last
        if card is not None and card.is_of(task, record.number):
            await card.change(record, opened=opened)
            self.cards.follow()
        else:
            self._last = RoundCard(task, record, opened=opened)
            await self.cards.add(self._last)

    def end(self, record: RoundRecord) -> None:
        """Nothing more will happen to the round that was under way."""
        if self._last is not None and record.verdict is None:
            self._last.end(record)

    async def queue(self, text: str) -> None:
        """Show a request that waits for its turn."""
        card = RequestCard(text, queued=True)
        self._waiting.append(card)
        await self.cards.add(card)

    async def next(self) -> None:
        """The first request that waits has its turn: it is shown as asked."""
        if self._waiting:
            await self._waiting.pop(0).remove()

    async def show_all(self, tasks: tuple[TaskRecord, ...]) -> None:
        """Show a session that is taken up again; of a long one the end."""
        self._last = None
        made: list[Made] = []
        for task in tasks:
            if task.instruction:
                made.append(partial(RequestCard, task.instruction))
            for record in task.rounds:
                if record.prose.strip() and record.origin is Origin.MODEL:
                    made.append(partial(ProseCard, record.prose))
                made.append(partial(RoundCard, task.number, record, ended=True))
            said, kind = _ending(task)
            if said:
                made.append(partial(NoteCard, said, kind=kind))
        await self.cards.fill(made)


def _ending(task: TaskRecord) -> tuple[str, str]:
    """How a task ended, and what kind of note says so."""
    match task.outcome:
        case Outcome.CANCELLED:
            return "stopped; what was written stays", "note"
        case Outcome.RUNNING:
            return "viscoder was ended in the middle of this; what was written is kept", "note"
        case Outcome.GAVE_UP:
            return f"no picture: {task.reason}", "failure"
        case Outcome.BACKEND_FAILED:
            return task.reason, "failure"
        case Outcome.SOLVED:
            solved = next((one for one in task.rounds if one.number == task.solved), None)
            doubts = solved.doubts if solved is not None else ()
            return (f"drawn, but {doubts[0].message}", "warning") if doubts else ("", "")
