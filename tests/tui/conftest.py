"""The app over a model's scripted text and the real runner."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from backends.base import ModelMissing
from runners.base import Runner
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.agent.fakes import FakeBackend
from themes.load import all_themes
from viscoder_tui.sessions.answering import Answering
from viscoder_tui.sessions.records import Session
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.app import ViscoderApp
from viscoder_tui.tui.screens.chat import ChatScreen
from viscoder_tui.tui.setup import Setup

PLOT = "Bars.\n```python\nimport matplotlib.pyplot as plt\nplt.bar(['apples', 'pears'], [3, 5])\nplt.show()\n```\n"
BROKEN = PLOT.replace("plt.bar(", "plt.barr(")


@dataclass
class Desk:
    """An app that runs, and what stands behind it."""

    pilot: Pilot[None]
    backend: FakeBackend
    store: Store

    @property
    def app(self) -> ViscoderApp:
        assert isinstance(self.pilot.app, ViscoderApp)
        return self.pilot.app

    @property
    def screen(self) -> ChatScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, ChatScreen)
        return screen

    async def type(self, text: str) -> None:
        """Type into the prompt and send it."""
        self.screen.chat.prompt.write()
        self.screen.chat.prompt.insert(text)
        await self.pilot.press("enter")

    async def until(self, done: Callable[[], bool], seconds: float = 40.0) -> None:
        """Wait for something to come true."""
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "it did not come true"
            await asyncio.sleep(0.02)
        await self.pilot.pause()

    async def idle(self) -> None:
        """Wait until nothing is under way, and what came of it is shown."""
        await self.until(lambda: not self.screen.working)

    def read(self) -> str:
        """All that stands on the main screen, as text."""
        assert isinstance(self.pilot.app.screen, ChatScreen)
        return self.read_any()

    def read_any(self) -> str:
        """All that stands on the screen on top, as text."""
        compositor = self.pilot.app.screen._compositor  # pyright: ignore[reportPrivateUsage]  # the only way to see what is shown
        return "\n".join("".join(part.text for part in strip) for strip in compositor.render_strips())  # fmt: skip


Open = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VISCODER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path, runner: Runner) -> Open:
    """Opens the app: ``async with desk([answers]) as it``."""

    @asynccontextmanager
    async def opened(
        answers: list[str],
        *,
        size: tuple[int, int] = (120, 40),
        resume: bool = False,
        hangs: bool = False,
    ) -> AsyncGenerator[Desk]:
        backend = FakeBackend(answers, hangs=hangs)
        store = Store.open()
        last = store.latest() if resume else None
        session: Session = last or store.new_session("")

        def open_model(name: str) -> Answering:
            if name != "other":
                raise ModelMissing(f"there is no model {name}")
            return Answering("other", FakeBackend([PLOT.replace("3, 5", "8, 9")]), "other")

        def open_runner(name: str) -> Runner:
            return SandboxedRunner(sandbox(name), standby=False)

        setup = Setup(
            store,
            backend,
            runner,
            "fake",
            open_model,
            open_runner,
            protocol="half",
            themes=all_themes(),
        )
        app = ViscoderApp(setup, session)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield Desk(pilot, backend, store)
        store.close()

    return opened
