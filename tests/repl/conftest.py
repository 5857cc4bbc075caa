"""The plain chat over a model's scripted text and the real runner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from runners.base import Picture, Runner
from tests.agent.fakes import FakeBackend
from viscoder_tui.repl.talk import Talk
from viscoder_tui.repl.voice import Ended
from viscoder_tui.sessions.conversation import Conversation
from viscoder_tui.sessions.store import Store

PLOT = "Bars.\n```python\nimport matplotlib.pyplot as plt\nplt.bar(['apples', 'pears'], [3, 5])\nplt.show()\n```\n"
BROKEN = PLOT.replace("plt.bar(", "plt.barr(")


@dataclass
class FakeVoice:
    """Writes down what is said."""

    coloured: bool = False
    results: list[str] = field(default_factory=list[str])
    said: list[str] = field(default_factory=list[str])
    drawn: list[Path] = field(default_factory=list[Path])
    passing: list[str] = field(default_factory=list[str])

    def result(self, text: str) -> None:
        self.results.append(text)

    def draw(self, picture: Picture) -> None:
        self.drawn.append(picture.path)

    def say(self, message: str) -> None:
        self.said.append(message)

    def progress(self, message: str) -> None:
        self.passing.append(message)

    def clear(self) -> None:
        return


@dataclass
class FakeRequests:
    """Types what it is told."""

    texts: list[str]
    interactive: bool = True
    drafts: list[str] = field(default_factory=list[str])

    async def next(self, draft: str = "") -> str | None:
        self.drafts.append(draft)
        return self.texts.pop(0) if self.texts else None

    def waiting(self) -> AbstractContextManager[None]:
        return nullcontext()


@dataclass
class Table:
    """A chat, and what stands behind it."""

    store: Store
    runner: Runner
    voice: FakeVoice = field(default_factory=FakeVoice)
    backend: FakeBackend = field(default_factory=lambda: FakeBackend([PLOT]))
    session: str = ""
    editor: str = ""
    drafts: list[str] = field(default_factory=list[str])

    async def type(self, *texts: str, answers: Sequence[str] = (PLOT,), interactive: bool = True) -> Ended:  # fmt: skip
        """Type these into a chat that goes on with the session of before."""
        self.backend = FakeBackend(list(answers))
        session = self.store.session(self.session) if self.session else self.store.new_session("")
        conversation = Conversation(self.store, session, self.backend, self.runner)
        requests = FakeRequests(list(texts), interactive)
        talk = Talk(conversation, requests, self.voice, self.editor)
        ended = await talk.go()
        self.session = talk.conversation.session_id
        self.drafts = requests.drafts
        return ended

    @property
    def out(self) -> str:
        return "\n".join(self.voice.results)

    @property
    def err(self) -> str:
        return "\n".join(self.voice.said)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "sessions") as opened:
        yield opened


@pytest.fixture
def table(store: Store, runner: Runner) -> Table:
    return Table(store, runner)
