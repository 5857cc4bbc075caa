"""How the screens look, against pictures that somebody has looked at.

After a change of looks: ``pytest tests/tui/test_snapshots.py --snapshot-update``, then look at what
changed in ``__snapshots__``. Everything that could differ between machines or moments is fixed: the
sessions are read from a store, the picture is of one colour, no cursor blinks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from PIL import Image
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from backends.base import Finish, ModelMissing, Usage
from runners.base import Diagnostic, Picture, Program, Run, Runner, RunnerError, Severity, Verdict
from tests.agent.fakes import FakeBackend, FakeRunner
from themes.load import all_themes
from viscoder_tui.agent.events import (
    CodeReady,
    Doubt,
    GaveUp,
    Repair,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    Solved,
)
from viscoder_tui.sessions.answering import Answering
from viscoder_tui.sessions.store import Store
from viscoder_tui.tui.app import ViscoderApp
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.tui.setup import Setup

WIDE, NARROW = (120, 34), (60, 24)

BARS = """import matplotlib.pyplot as plt

fruit = {"apples": 3, "pears": 5, "plums": 9}
plt.bar(fruit.keys(), fruit.values(), color="steelblue")
plt.title("Fruit this week")  # as asked
plt.show()
"""
LYING = BARS.replace("plt.bar(", "plt.barh(")
BROKEN = BARS.replace("plt.bar(", "plt.barr(")
USAGE = Usage(60, 0, 90, 0.5, 0.9)
FAILED = Run(
    Verdict.FAILED,
    diagnostics=(Diagnostic(Severity.ERROR, "module 'matplotlib.pyplot' has no attribute 'barr'", 4, 5, "did you mean bar?"),),
    exit_status=1,
    seconds=0.25,
)  # fmt: skip

Story = Callable[[Pilot[None]], Awaitable[None]]


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[Any], press: list[str] = ..., terminal_size: tuple[int, int] = ..., run_before: Story | None = ...) -> bool: ...  # fmt: skip


def drawn(folder: Path) -> Run:
    """A run that drew one colour; the edges of shapes would differ with Pillow's version."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (400, 300), "#4c78a8").save(folder / "picture-1.png")
    return Run(Verdict.RENDERED, (Picture(folder / "picture-1.png", "png", 400, 300),), exit_status=0, seconds=0.5)  # fmt: skip


def round_of(store: Store, task: int, number: int, source: str, run: Run, prose: str = "", doubts: tuple[Doubt, ...] = ()) -> None:  # fmt: skip
    store.hear(task, RoundStarted(number, 3))
    store.hear(task, CodeReady(number, prose, source, prose, Finish.STOP, USAGE))
    if number:
        store.hear(task, Repaired(number, (Repair("add_import", "added the import of pyplot"),), source))  # fmt: skip
    store.hear(task, RunStarted(number, Program(source, "python")))
    store.hear(task, RunFinished(number, run, doubts))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Three conversations: one drawn at the second try and then changed, one that failed, one old."""
    monkeypatch.setenv("VISCODER_HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    with Store.open() as opened:
        first = opened.add_task(opened.new_session("lilypond").id, "a scale of D major", "lilypond")
        opened.hear(first.id, GaveUp(0, "no round is left"))
        failed = opened.add_task(opened.new_session("python").id, "fruit, all of it, in three dimensions", "python")  # fmt: skip
        round_of(opened, failed.id, 0, BROKEN, FAILED, "Bars in three dimensions.")
        round_of(opened, failed.id, 1, BROKEN + "\n", FAILED)
        opened.hear(failed.id, GaveUp(1, "no round is left"))
        session = opened.new_session("python").id
        asked = opened.add_task(session, "fruit sold: apples 3, pears 5, plums 9, titled Fruit this week", "python")  # fmt: skip
        round_of(opened, asked.id, 0, BROKEN, FAILED, "Here are the bars.")
        round_of(opened, asked.id, 1, BARS, drawn(asked.folder / "round-1"))
        opened.hear(asked.id, Solved(1))
        changed = opened.add_task(session, "make it horizontal", "python")
        doubt = Doubt("title", "Fruit", "the title 'Fruit' is missing")
        round_of(opened, changed.id, 0, LYING, drawn(changed.folder / "round-0"), "Now they lie.", (doubt,))  # fmt: skip
        opened.hear(changed.id, Solved(0, (doubt,)))
        days = {one.id: f"2026-01-0{day}T12:00:00.000000+00:00" for day, one in enumerate(reversed(opened.sessions()), 1)}  # fmt: skip
        database = opened._database  # pyright: ignore[reportPrivateUsage]  # the days must not pass
        with database.writing():
            for identity, day in days.items():
                database.execute("UPDATE sessions SET updated = ? WHERE id = ?", day, identity)
        yield opened


def app_of(store: Store, theme: str = "ink", search: str = "horizontal") -> ViscoderApp:
    """The app with the session in which something was asked."""

    def no_model(name: str) -> Answering:
        raise ModelMissing(name)

    def no_runner(name: str) -> Runner:
        raise RunnerError(name)

    setup = Setup(store, FakeBackend([""]), FakeRunner([]), "viscoder-nano", no_model, no_runner, protocol="half", themes=all_themes(), theme=theme)  # fmt: skip
    return ViscoderApp(setup, store.session(store.sessions(search)[0].id))


def still(then: list[str] | None = None, pictures: int = 1) -> Story:
    """Press keys, stop the cursors, and wait until so many pictures are drawn."""

    async def settle(pilot: Pilot[None]) -> None:
        await pilot.pause()
        for key in then or ():
            await pilot.press(key)
            await pilot.pause()
        async with asyncio.timeout(20):
            while sum(one.display for pane in pilot.app.screen.query(PreviewPane) for one in pane.query(".image")) < pictures:  # fmt: skip
                await asyncio.sleep(0.02)
        for field in (*pilot.app.screen.query(TextArea), *pilot.app.screen.query(Input)):
            field.cursor_blink = False
        await pilot.pause()

    return settle


@pytest.mark.parametrize("theme", ["ink", "paper"])
def test_conversation_program_and_picture_side_by_side(snap_compare: Compare, store: Store, theme: str) -> None:  # fmt: skip
    assert snap_compare(app_of(store, theme), terminal_size=WIDE, run_before=still())


@pytest.mark.parametrize("pane", ["f2", "f3", "f4"], ids=["chat", "code", "picture"])
def test_one_pane_at_a_time_where_it_is_narrow(snap_compare: Compare, store: Store, pane: str) -> None:  # fmt: skip
    shows = still([pane], pictures=pane == "f4")
    assert snap_compare(app_of(store), terminal_size=NARROW, run_before=shows)


def test_a_failure_is_marked_in_the_gutter(snap_compare: Compare, store: Store) -> None:
    shows = still(["f3", "down", "down", "down"], pictures=0)
    assert snap_compare(app_of(store, "paper", "dimensions"), terminal_size=WIDE, run_before=shows)


def test_two_rounds_side_by_side(snap_compare: Compare, store: Store) -> None:
    assert snap_compare(app_of(store), terminal_size=WIDE, run_before=still(["ctrl+d"], 2))


def test_the_sessions(snap_compare: Compare, store: Store) -> None:
    assert snap_compare(app_of(store), terminal_size=WIDE, run_before=still(["f9"]))


def test_the_help(snap_compare: Compare, store: Store) -> None:
    assert snap_compare(app_of(store), terminal_size=WIDE, run_before=still(["f1"], 0))


def test_an_empty_beginning(snap_compare: Compare, store: Store) -> None:
    fresh = ViscoderApp(app_of(store).setup, store.new_session(""))
    assert snap_compare(fresh, terminal_size=WIDE, run_before=still([], 0))
