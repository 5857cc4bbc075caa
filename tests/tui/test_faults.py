"""What fails in the middle: the app says one sentence, keeps what there is, and goes on."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from runners.base import Verdict
from tests.tui.bare import descendants
from tests.tui.conftest import PLOT, Desk, Open
from viscoder_tui.sessions.records import Outcome
from viscoder_tui.sessions.store import DATABASE
from viscoder_tui.tui.panes.cards import NoteCard

FRUIT = "bar chart of fruit sold: apples 3, pears 5"
LONG = FRUIT + "".join(f", fruit{number} {number}" for number in range(40))
"""Long enough to be stopped in the middle, by the embedded model too."""


def said(it: Desk, kind: str = "failure") -> list[str]:
    """The sentences that the app said of its own."""
    return [str(one.render()) for one in it.screen.query(NoteCard) if one.has_class(kind)]


def model_processes() -> set[int]:
    """The processes that llama.cpp runs in; one of an earlier test may be ending still."""
    return {pid for pid in descendants(os.getpid()) if b"llama_cpp_process" in Path(f"/proc/{pid}/cmdline").read_bytes()}  # fmt: skip


async def begun(it: Desk) -> None:
    """The model writes; `Desk.until` would wait until it rests."""
    async with asyncio.timeout(20):
        while "import" not in it.screen.code.text:
            await asyncio.sleep(0.005)


async def works(it: Desk) -> None:
    """The next request is drawn."""
    rounds = len(it.screen.rounds())
    it.screen.chat.prompt.put("")
    await it.type(FRUIT)
    await it.until(lambda: len(it.screen.rounds()) > rounds and not it.screen.working, seconds=30)
    assert it.screen.rounds()[-1][1].verdict is Verdict.RENDERED
    assert it.screen.preview.picture is not None


async def test_the_backend_dies_in_the_middle(desk: Open) -> None:
    async with desk([PLOT]) as it:
        it.backend.fails_after = 60
        await it.type(FRUIT)
        it.screen.chat.prompt.insert("the next wish")
        await it.idle()
        assert said(it) == ["the server went away"]
        assert "import matplotlib" in it.screen.code.text, "what was written stays"
        assert it.screen.chat.prompt.text == "the next wish"
        task = it.screen.conversation.tasks[0]
        assert task.outcome is Outcome.BACKEND_FAILED
        assert task.rounds[0].answer.startswith("Bars."), "it is on disk too"
        it.backend.fails_after = None
        await works(it)


async def test_the_model_process_is_killed_while_it_writes(desk: Open, tmp_path: Path) -> None:
    async with desk([PLOT]) as it:
        llama = LlamaCpp(EMBEDDED, tmp_path / "llama.log", embedded=True)
        it.screen.conversation.backend = llama
        try:
            others = model_processes()
            await llama.load()
            (process,) = model_processes() - others
            await it.type(LONG)
            await begun(it)
            os.kill(process, signal.SIGKILL)
            it.screen.chat.prompt.insert("the next wish")
            await it.idle()
            assert len(said(it)) == 1 and "SIGKILL" in said(it)[0], "one sentence"
            assert "import" in it.screen.code.text
            assert it.screen.chat.prompt.text == "the next wish"
            await works(it)
        finally:
            await llama.close()


async def test_what_a_stopped_model_wrote_is_there_when_the_session_is_taken_up(desk: Open) -> None:
    async with desk([PLOT]) as it:
        it.backend.fails_after = 60
        await it.type(FRUIT)
        await it.idle()
        await it.until(lambda: "writing" not in it.read(), seconds=2)
    async with desk([PLOT], resume=True) as it:
        await it.pilot.pause()
        assert it.screen.code.text.startswith("import matplotlib") and not it.screen.code.edited
        it.backend.fails_after = 0
        await it.type("make it red")
        await it.idle()
        assert it.screen.code.text.startswith("import matplotlib"), (
            "not a word came: the one before"
        )
        it.backend.fails_after = None
        await works(it)


async def test_the_sandbox_vanishes(desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    gone = tmp_path / "bin" / "bwrap"  # found, as it was when the app began, but of no use now
    gone.parent.mkdir()
    gone.write_text("#!/nowhere/sh\n")
    gone.chmod(0o755)
    async with desk([PLOT]) as it:
        await works(it)
        with monkeypatch.context() as patch:
            patch.setenv("PATH", str(gone.parent), prepend=os.pathsep)
            it.screen.chat.prompt.put("")
            await it.type("make it red")
            it.screen.chat.prompt.insert("the next wish")
            await it.idle()
        assert len(said(it)) == 1 and "bwrap" in said(it)[0]
        assert it.screen.chat.prompt.text == "the next wish"
        await works(it)


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of its own of two megabytes, on which everything is kept."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)], capture_output=True, check=False)  # fmt: skip
    if mounted.returncode:
        pytest.skip("only root can have a disk of its own")
    monkeypatch.setenv("VISCODER_HOME", str(place))
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return ballast


async def test_the_disk_is_full(desk: Open, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("VISCODER_HOME", str(small_disk))  # after the fixture of `desk`
    async with desk([PLOT]) as it:
        await works(it)
        ballast = fill(small_disk)
        it.screen.chat.prompt.put("")
        await it.type("make it red")
        await it.idle()
        it.screen.chat.prompt.insert("the next wish")
        await it.pilot.pause()
        assert any("the disk is full" in one or "No space" in one for one in said(it)), said(it)
        assert all("itself failed" not in one for one in said(it)), said(it)
        assert it.screen.chat.prompt.text == "the next wish"
        ballast.unlink()
        await works(it)


async def test_a_database_that_takes_no_more(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await works(it)
        connection = it.store._database._connection  # pyright: ignore[reportPrivateUsage]  # the only way to a full database without a full disk
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        it.screen.chat.prompt.put("")
        await it.type("make it red, " + "please, " * 9000)
        it.screen.chat.prompt.insert("the next wish")
        await it.idle()
        assert len(said(it)) == 1 and "the disk is full" in said(it)[0]
        assert it.screen.chat.prompt.text == "the next wish"
        connection.execute("PRAGMA max_page_count = 100000")
        await works(it)


async def test_somebody_else_keeps_the_database_locked(desk: Open, home: Path) -> None:
    async with desk([PLOT]) as it:
        await works(it)
        it.store._database._connection.execute("PRAGMA busy_timeout = 300")  # pyright: ignore[reportPrivateUsage]  # the test shall not take so long
        with closing(sqlite3.connect(it.store.folder / DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            it.screen.chat.prompt.put("")
            await it.type("make it red")
            it.screen.chat.prompt.insert("the next wish")
            await it.idle()
            assert len(said(it)) == 1 and "another viscoder keeps" in said(it)[0]
            assert it.screen.chat.prompt.text == "the next wish"
            other.execute("ROLLBACK")
        await works(it)


async def test_a_lock_that_is_soon_let_go_costs_nothing(desk: Open) -> None:
    async with desk([PLOT]) as it:
        other = sqlite3.connect(it.store.folder / DATABASE, isolation_level=None, check_same_thread=False)  # fmt: skip
        with closing(other):
            other.execute("BEGIN IMMEDIATE")
            letting_go = threading.Timer(0.5, other.execute, ("ROLLBACK",))
            letting_go.start()
            await works(it)
            letting_go.join()
        assert not said(it)


async def test_a_pane_that_fails_does_not_take_the_app_down(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    async with desk([PLOT]) as it:

        def broken(*_: object, **__: object) -> None:
            raise ZeroDivisionError("nobody foresaw it")

        with monkeypatch.context() as patch:
            patch.setattr(it.screen.preview, "show", broken)
            await it.type(FRUIT)
            it.screen.chat.prompt.insert("the next wish")
            await it.idle()
        assert said(it) and "ZeroDivisionError" in said(it)[0]
        assert it.screen.chat.prompt.text == "the next wish"
        assert it.store.session(it.screen.conversation.session_id).tasks[0].rounds[0].source
        await works(it)


async def test_a_picture_that_is_gone_or_damaged_is_said(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await works(it)
        picture = it.screen.preview.picture
        assert picture is not None
        picture.path.write_bytes(b"\x89PNG\r\n\x1a\n no picture")
        await it.pilot.resize_terminal(110, 38)
        await it.until(lambda: "cannot be shown" in it.read())
        await works(it)


async def test_a_session_removed_by_another_viscoder_is_said(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await works(it)
        it.store.remove(it.screen.conversation.session_id)
        it.screen.chat.prompt.put("")
        await it.type("make it red")
        await it.idle()
        assert len(said(it)) == 1 and "itself failed" not in said(it)[0]
        it.screen.chat.prompt.insert("the next wish")
        await asyncio.sleep(0)
        assert it.screen.chat.prompt.text == "the next wish"
