"""Esc stops what is under way, and the screen says so at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

from backends.base import Chunk, Message, Sampling
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from tests.agent.fakes import FakeBackend
from tests.tui.bare import chat
from tests.tui.conftest import PLOT, Desk, Open
from viscoder_tui.sessions.records import Outcome

FRUIT = "bar chart of fruit sold: apples 3, pears 5"
LONG = FRUIT + "".join(f", fruit{number} {number}" for number in range(40))
"""Long enough to be stopped in the middle, by the embedded model too."""
BOUND = 10.0
"""Seconds: what is stopped here would go on for ever. How quickly it ends is in `tests.perf.app`."""


class Talkative(FakeBackend):
    """Writes and writes."""

    async def stream(self, messages: tuple[Message, ...], sampling: Sampling) -> AsyncGenerator[Chunk, None]:  # fmt: skip
        self.heard.append(messages)
        yield Chunk("Bars.\n```python\n", 1)
        for number in range(1_000_000):
            yield Chunk(f"x{number} = {number}\n", number + 2)
            await asyncio.sleep(0.002)


async def escaped(it: Desk) -> float:
    """Seconds from the key to the word on the screen."""
    began = time.monotonic()
    await it.pilot.press("escape")
    while "stopped" not in it.read():
        assert time.monotonic() - began < 20, it.read()
        await asyncio.sleep(0.005)
    return time.monotonic() - began


async def begun(it: Desk) -> None:
    """The model writes; `Desk.until` would wait until it rests."""
    async with asyncio.timeout(20):
        while "import" not in it.screen.code.text:
            await asyncio.sleep(0.005)


async def check(it: Desk, name: str, record_property: object) -> None:
    it.screen.chat.prompt.insert("the next wish")
    seconds = await escaped(it)
    assert callable(record_property)
    record_property(name, round(seconds, 3))
    assert seconds < BOUND, f"{name}: {seconds:.2f} s"
    await it.idle()
    assert it.screen.chat.prompt.text == "the next wish"
    assert it.screen.conversation.tasks[-1].outcome is Outcome.CANCELLED
    assert not it.screen.conversation.busy


async def test_a_model_that_streams(desk: Open, record_property: object) -> None:
    async with desk([PLOT]) as it:
        it.screen.conversation.backend = Talkative([""])
        await it.type(FRUIT)
        await it.until(lambda: "x100 " in it.screen.code.text)
        await check(it, "streams", record_property)
        assert "x100 = 100" in it.screen.code.text, "what was written stays"


async def test_a_model_that_hangs(desk: Open, record_property: object) -> None:
    async with desk([PLOT], hangs=True) as it:
        await it.type(FRUIT)
        await it.until(lambda: len(it.backend.heard) == 1)
        await check(it, "hangs", record_property)


async def test_a_program_that_never_ends(desk: Open, record_property: object) -> None:
    async with desk([PLOT.replace("plt.show()", "while True: pass")]) as it:
        await it.type(FRUIT)
        await it.until(lambda: "running" in it.read())
        await asyncio.sleep(0.3)  # it shall run, not only be started
        await check(it, "endless loop", record_property)


async def test_a_program_run_by_hand_that_never_ends(desk: Open, record_property: object) -> None:
    async with desk([PLOT]) as it:
        await it.type(FRUIT)
        await it.idle()
        it.screen.code.editor.insert("while True: pass\n", (0, 0))
        await it.pilot.press("f5")
        await it.until(lambda: it.screen.conversation.busy and "running" in it.read())
        it.screen.chat.prompt.insert("the next wish")
        seconds = await escaped(it)
        assert callable(record_property)
        record_property("by hand", round(seconds, 3))
        assert seconds < BOUND
        await it.idle()
        assert it.screen.code.text.startswith("while True: pass\n")


async def test_the_embedded_model(desk: Open, tmp_path: Path, record_property: object) -> None:
    async with desk([PLOT]) as it:
        llama = LlamaCpp(EMBEDDED, tmp_path / "llama.log", embedded=True)
        it.screen.conversation.backend = llama
        try:
            await llama.load()
            await it.type(LONG)
            await begun(it)
            await check(it, "embedded model", record_property)
        finally:
            await llama.close()


def test_in_a_terminal_of_its_own(tmp_path: Path, record_property: object) -> None:
    with chat(tmp_path) as it:
        it.wait(b"what do you want")
        it.send(LONG.encode() + b"\r")  # fmt: skip
        it.wait(b"writing")
        began = time.monotonic()
        it.send(b"\x1b")
        it.wait(b"stopped; what was written", since=len(it.written))
        seconds = time.monotonic() - began
        assert callable(record_property)
        record_property("terminal", round(seconds, 3))
        assert seconds < BOUND
        it.send(b"\x11")
        assert it.ended() == 0
