"""The chat pane: the conversation as cards, and the prompt below it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from viscoder_tui.sessions.records import Origin, Outcome, RoundRecord, TaskRecord
from viscoder_tui.tui.panes.cards import NoteCard, ProseCard, RequestCard, RoundCard
from viscoder_tui.tui.panes.prompt import Prompt

_MOST_CARDS = 300
"""Older cards are taken away; they stay in the session."""


class Cards(VerticalScroll, can_focus=True):
    """The cards, following their end unless scrolled away."""


class ChatPane(Vertical):
    """What was said, and where to say more."""

    def __init__(self) -> None:
        super().__init__(id="chat", classes="pane")
        self.cards = Cards(id="cards")
        self.prompt = Prompt()
        self._rounds: dict[tuple[int, int], RoundCard] = {}
        self._waiting: list[RequestCard] = []

    def compose(self) -> ComposeResult:
        """The conversation above, the prompt below."""
        yield self.cards
        yield self.prompt

    def on_mount(self) -> None:
        """Follow the conversation's end."""
        self.border_title = "chat"
        self.cards.anchor()

    async def add(self, card: Widget) -> None:
        """Put a card at the end."""
        await self.cards.mount(card)
        old = self.cards.children[: max(0, len(self.cards.children) - _MOST_CARDS)]
        for one in old:
            await one.remove()

    async def ask(self, text: str) -> None:
        """Show a request."""
        await self.add(RequestCard(text))

    async def note(self, text: str, *, kind: str = "note") -> None:
        """Show a sentence of viscoder's own."""
        await self.add(NoteCard(text, kind=kind))

    async def prose(self, text: str) -> None:
        """Show what the model says."""
        if text.strip():
            await self.add(ProseCard(text))

    async def round(self, task: int, record: RoundRecord, *, opened: bool = False) -> None:
        """Show a round, or another state of it."""
        card = self._rounds.get((task, record.number))
        if card is None or not card.is_attached:
            card = RoundCard(task, record, opened=opened)
            self._rounds[task, record.number] = card
            await self.add(card)
        else:
            await card.change(record, opened=opened)

    async def queue(self, text: str) -> None:
        """Show a request that waits for its turn."""
        card = RequestCard(text, queued=True)
        self._waiting.append(card)
        await self.add(card)

    async def next(self) -> None:
        """The first request that waits has its turn: it is shown as asked."""
        if self._waiting:
            await self._waiting.pop(0).remove()

    async def show_all(self, tasks: tuple[TaskRecord, ...]) -> None:
        """Show a session that is taken up again; of a long one the end."""
        await self.cards.remove_children()
        self._rounds.clear()
        made: list[Widget] = []
        for task in tasks:
            if task.instruction:
                made.append(RequestCard(task.instruction))
            for record in task.rounds:
                if record.prose.strip() and record.origin is Origin.MODEL:
                    made.append(ProseCard(record.prose))
                card = RoundCard(task.number, record)
                self._rounds[task.number, record.number] = card
                made.append(card)
            said = _ending(task)
            if said:
                made.append(NoteCard(said))
        shown = made[-_MOST_CARDS:]
        await self.cards.mount_all(shown)
        self._rounds = {key: card for key, card in self._rounds.items() if card.is_attached}


def _ending(task: TaskRecord) -> str:
    match task.outcome:
        case Outcome.CANCELLED:
            return "stopped"
        case Outcome.RUNNING:
            return "viscoder was ended in the middle of this; what was written is kept"
        case Outcome.GAVE_UP | Outcome.BACKEND_FAILED:
            return task.reason
        case _:
            return ""
