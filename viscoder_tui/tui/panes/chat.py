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
    """The cards, from the top down; once they fill the pane it follows their end, unless scrolled
    away."""

    def on_resize(self) -> None:
        """Another height, of the pane or of what stands in it."""
        # Textual puts fewer cards than fit at the bottom of what is anchored.
        fills = self.virtual_size.height > self.container_size.height > 0
        if fills != self.is_anchored:
            self.anchor(fills)
            if not fills:
                self.scroll_home(animate=False, immediate=True)


class ChatPane(Vertical):
    """What was said, and where to say more."""

    ALLOW_SELECT = False  # the border is to be dragged; what stands in it can be selected

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

    async def prose(self, text: str, above: tuple[int, int]) -> None:
        """Show what the model says, above the card of its round (task and number)."""
        card = self._rounds.get(above)
        if text.strip() and card is not None and card.is_attached:
            await self.cards.mount(ProseCard(text), before=card)

    async def round(self, task: int, record: RoundRecord, *, opened: bool = False) -> None:
        """Show a round, or another state of it."""
        card = self._rounds.get((task, record.number))
        if card is None or not card.is_attached:
            card = RoundCard(task, record, opened=opened)
            self._rounds[task, record.number] = card
            await self.add(card)
        else:
            await card.change(record, opened=opened)

    def end(self, task: int, record: RoundRecord) -> None:
        """Nothing more will happen to a round."""
        card = self._rounds.get((task, record.number))
        if card is not None and card.is_attached and record.verdict is None:
            card.end(record)

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
                card = RoundCard(task.number, record, ended=True)
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
