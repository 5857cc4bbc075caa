"""The app over a scripted model, as a program of its own: ``python -m tests.perf.stage SCENE FOLDER``.

It is started in a `Terminal` and measured from outside, by the keys that go in and the bytes that
come out. What only the process itself can know stands in a file of the folder.
"""

from __future__ import annotations

import asyncio
import resource
import signal
import sys
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path

from backends.base import Backend, Chunk, Finish, Message, ModelInfo, ModelMissing, Sampling, Usage
from runners.base import Run, Runner, RunnerError, Verdict
from tests.agent.fakes import FakeRunner
from tests.perf import past
from viscoder_tui.cli import collecting
from viscoder_tui.sessions.answering import Answering
from viscoder_tui.sessions.records import Session
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.app import ViscoderApp
from viscoder_tui.tui.screens.chat import ChatScreen, Request
from viscoder_tui.tui.setup import Setup

TOKENS_PER_SECOND = 200
TOKEN = 4
"""Characters of a token, about as many as in code."""
LONG, EMPTY = signal.SIGUSR1, signal.SIGUSR2
"""Signals that open the long session, and the empty one."""
SETTLED, ROUNDS = 100, 1000
"""Rounds after which the memory is looked at first, and at last."""
MEMORY = "memory.txt"


@dataclass
class ScriptedBackend:
    """Writes what it is told, and remembers nothing of it.

    Attributes:
        answer: to the request of that number.
        speed: tokens a second, late or not; as fast as can be where None.
    """

    answer: Callable[[int], str]
    speed: int | None = TOKENS_PER_SECOND
    asked: int = 0

    async def load(self) -> ModelInfo:
        return ModelInfo("scripted", 32768)

    async def stream(self, messages: tuple[Message, ...], sampling: Sampling) -> AsyncGenerator[Chunk, None]:  # fmt: skip
        text = self.answer(self.asked)
        self.asked += 1
        began = time.perf_counter()
        tokens = range(-(-len(text) // TOKEN))
        for number in tokens:
            late = began + number / self.speed - time.perf_counter() if self.speed else 0.0
            await asyncio.sleep(max(0.0, late))
            yield Chunk(text[number * TOKEN : (number + 1) * TOKEN], number + 1)
        yield Chunk("", len(tokens), Finish.STOP, Usage(10, 0, len(tokens), 0.1, 1.0))

    async def close(self) -> None:
        return


async def run_marathon(app: ViscoderApp, notes: Path, runner: FakeRunner) -> None:
    """Ask for one thing after the other, and write down how much memory that takes."""
    running = asyncio.create_task(app.run_async())
    while not (app.is_running and isinstance(app.screen, ChatScreen) and app.screen.is_mounted):  # fmt: skip
        await asyncio.sleep(0.01)
    screen = app.screen
    assert isinstance(screen, ChatScreen)
    with app._context():  # pyright: ignore[reportPrivateUsage]  # as Textual's own pilot does
        for number in range(ROUNDS // 2):  # each request takes two rounds
            screen.ask(Request(past.request(number)))
            while len(screen.conversation.tasks) <= number or screen.conversation.busy:
                await asyncio.sleep(0.005)
            await asyncio.sleep(0.02)  # the picture is drawn meanwhile
            # The app is measured, not what a double remembers of it.
            runner.programs[:] = runner.programs[:1] * len(runner.programs)
            _note(notes)
    app.exit()
    await running


async def run_switching(app: ViscoderApp, long: str, empty: str) -> None:
    """Open one session or the other, when a signal says so."""
    loop = asyncio.get_running_loop()

    def take_up(identity: str) -> None:
        with app._context():  # pyright: ignore[reportPrivateUsage]  # as Textual's own pilot does
            app.action_take_up(identity)

    loop.add_signal_handler(LONG, take_up, long)
    loop.add_signal_handler(EMPTY, take_up, empty)
    await app.run_async()


def _setup(store: Store, backend: Backend, runner: Runner) -> Setup:
    def no_model(name: str) -> Answering:
        raise ModelMissing(name)

    def no_runner(name: str) -> Runner:
        raise RunnerError(name)

    return Setup(
        store=store, backend=backend, runner=runner, model="scripted",
        open_model=no_model, open_runner=no_runner, protocol="half", painted=collecting.resume,
    )  # fmt: skip


def _note(notes: Path) -> None:
    """Write down how many bytes of this process are in memory, in a line of its own."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    with notes.open("a", encoding="ascii") as file:
        file.write(f"{pages * resource.getpagesize()}\n")


def marathon(store: Store, session: Session, folder: Path) -> None:
    """A thousand rounds, every other one fails."""
    drawn = Run(Verdict.RENDERED, (past.picture(folder),), exit_status=0, seconds=0.4)
    backend = ScriptedBackend(past.answer, speed=None)
    runner = FakeRunner([past.FAILED, drawn] * ROUNDS)
    asyncio.run(
        run_marathon(ViscoderApp(_setup(store, backend, runner), session), folder / MEMORY, runner)
    )


def main() -> None:
    collecting.hold()  # as `viscoder chat` does
    scene, folder = sys.argv[1], Path(sys.argv[2])
    store = Store.open(folder / "sessions")
    empty = store.new_session("python")
    if scene == "marathon":
        marathon(store, empty, folder)
        return
    long = past.written(store, int(sys.argv[3])) if len(sys.argv) > 3 else empty
    drawn = Run(Verdict.RENDERED, (past.picture(folder),), exit_status=0, seconds=0.4)
    backend = ScriptedBackend(lambda _: f"Here it is.\n```python\n{past.LONG_PROGRAM}```\n")
    setup = _setup(store, backend, FakeRunner([drawn]))
    if scene == "open":
        asyncio.run(run_switching(ViscoderApp(setup, empty), long.id, empty.id))
    else:
        ViscoderApp(setup, long, "draw all of it" if scene == "stream" else "").run()


if __name__ == "__main__":
    main()
