"""What was shown is on disk: whoever is killed, whoever writes beside, and when the disk is full."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backends.base import Finish, Usage
from tests.conftest import need
from tests.sessions import story
from viscoder_tui.agent.events import (
    CodeReady,
    Event,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    Solved,
    TextStreamed,
)
from viscoder_tui.sessions.hearing import GATHERED_SECONDS
from viscoder_tui.sessions.records import Outcome, TaskRecord
from viscoder_tui.sessions.store import DATABASE, Store, StoreUnusable

ROOT = Path(__file__).parents[2]


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sessions.writer", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def heard(task: TaskRecord, events: list[Event], *, settled: bool) -> None:
    """That a task read back holds exactly these events.

    Args:
        task: as it was read back.
        events: that were on disk before the writer died.
        settled: a tenth of a second passed before, so that the text must be whole as well.
    """
    rounds = {one.number: one for one in task.rounds}
    assert set(rounds) == {event.round for event in events if isinstance(event, RoundStarted)}
    texts: dict[int, str] = {}
    final: dict[int, str] = {}
    source: dict[int, str] = {}
    number = 0
    for event in events:
        match event:
            case RoundStarted():
                number = event.round
            case TextStreamed():
                texts[number] = texts.get(number, "") + event.text
            case CodeReady():
                final[number], source[number] = event.answer, event.source
            case Repaired() | RunStarted():
                source[number] = event.source if isinstance(event, Repaired) else event.program.source  # fmt: skip
            case RunFinished():
                one = rounds[number]
                assert (one.verdict, one.diagnostics) == (event.run.verdict, event.run.diagnostics)
                assert (one.doubts, one.stdout) == (event.doubts, event.run.stdout)
                assert len(one.pictures) == len(event.run.pictures)
            case _:
                pass
    for number, one in rounds.items():
        assert one.source == source.get(number, "")
        whole = final.get(number, texts.get(number, ""))
        if number in final or settled:
            assert one.answer == whole
        else:
            assert whole.startswith(one.answer)
    run = {number for number, one in rounds.items() if one.verdict is not None}
    finished = {event.round for event in events if isinstance(event, RunFinished)}
    assert run == finished
    solved = any(isinstance(event, Solved) for event in events)
    assert task.outcome is (Outcome.SOLVED if solved else Outcome.RUNNING)


@pytest.mark.parametrize("settled", [False, True])
def test_killed_after_any_event_everything_before_it_is_there(
    tmp_path: Path, settled: bool
) -> None:
    events = story.events(tmp_path / "expected")
    for last in range(len(events)):
        folder = tmp_path / str(last)
        process = start("step", folder)
        assert process.stdin is not None and process.stdout is not None
        task_id = int(process.stdout.readline())
        for number in range(last + 1):
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"{number}\n"
        if settled:
            time.sleep(GATHERED_SECONDS * 2)
        process.kill()
        process.communicate()
        with Store.open(folder) as store:
            heard(store.task(task_id), events[: last + 1], settled=settled)
            assert store.sessions()[0].title == story.REQUEST


@pytest.mark.parametrize("after", [0.0, 0.01, 0.03, 0.1])
def test_killed_at_any_moment_the_database_is_whole(tmp_path: Path, after: float) -> None:
    process = start("race", tmp_path, "bars", "100000")
    while not (tmp_path / DATABASE).exists():
        time.sleep(0.01)
    time.sleep(0.2 + after)
    process.kill()
    process.communicate()
    with Store.open(tmp_path) as store:
        found = store.sessions(limit=10**6)
        assert len(found) > 1
        # All but the last were told to their end.
        for one in found[1:10]:
            (task,) = store.session(one.id).tasks
            assert task.outcome is Outcome.SOLVED and task.rounds[0].answer == "bars"
    connection = sqlite3.connect(tmp_path / DATABASE)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_three_that_begin_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    names = ("apples", "pears", "plums")
    processes = [start("race", tmp_path / "sessions", name, "40") for name in names]
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with Store.open(tmp_path / "sessions") as store:
        found = store.sessions(limit=1000)
        assert {one.title for one in found} == {f"{name} {n}" for name in names for n in range(40)}
        assert len(found) == 120
        for one in found:
            (task,) = store.session(one.id).tasks
            assert (task.outcome, task.rounds[0].answer) == (Outcome.SOLVED, one.title.split()[0])
        assert sorted(store.history()) == sorted(one.title for one in found)


def test_threads_may_share_a_store(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:

        def tell(name: str) -> str:
            session = store.new_session("svg")
            task = store.add_task(session.id, name, "svg")
            store.hear(task.id, RoundStarted(0, 0))
            for number in range(200):
                store.hear(task.id, TextStreamed(name, number, 0.0))
                if number % 20 == 0:
                    store.add_to_history(f"{name} {number}")
                    assert store.session(session.id).tasks[0].rounds[0].answer == name * (number + 1)  # fmt: skip
            store.hear(task.id, Solved(0))
            return store.task(task.id).rounds[0].answer

        names = ["apples", "pears", "plums", "figs"]
        with ThreadPoolExecutor(len(names)) as pool:
            assert list(pool.map(tell, names)) == [name * 200 for name in names]
        assert len(store.history()) == 40


def test_many_that_open_a_new_store_at_once_all_can(tmp_path: Path) -> None:
    many, times = 8, 20
    together = threading.Barrier(many)

    def begin(_: int) -> None:
        for number in range(times):
            together.wait(timeout=20)
            with Store.open(tmp_path / str(number)) as store:
                store.new_session("svg")

    with ThreadPoolExecutor(many) as pool:
        list(pool.map(begin, range(many)))
    for number in range(times):
        with Store.open(tmp_path / str(number)) as store:
            assert len(store.sessions()) == many


def test_text_reaches_the_disk_though_the_model_falls_silent(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:
        task = store.add_task(store.new_session("svg").id, "x", "svg")
        store.hear(task.id, RoundStarted(0, 0))
        for word in ("one ", "two ", "three"):
            store.hear(task.id, TextStreamed(word, 1, 0.0))
        assert other.task(task.id).rounds[0].answer == ""
        time.sleep(GATHERED_SECONDS * 3)
        assert other.task(task.id).rounds[0].answer == "one two three"
        store.hear(task.id, TextStreamed(" four", 2, 0.0))
        time.sleep(GATHERED_SECONDS * 3)
        assert other.task(task.id).rounds[0].answer == "one two three four"


def test_a_database_that_may_not_grow_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    session = store.new_session("python")
    task = store.add_task(session.id, story.REQUEST, "python")
    store.hear(task.id, RoundStarted(0, 3))
    limit_pages(store)
    with pytest.raises(StoreUnusable, match=r"the disk is full .* free some space") as full:
        store.hear(task.id, CodeReady(0, "x" * 10**6, "", "", *ended()))
    assert str(tmp_path / DATABASE) in str(full.value)
    # Gathered text is not lost: it is tried again, and the caller hears of it.
    store.hear(task.id, TextStreamed("y" * 10**6, 1, 0.0))
    time.sleep(GATHERED_SECONDS * 3)
    with pytest.raises(StoreUnusable, match="the disk is full"):
        store.hear(task.id, TextStreamed("z", 2, 0.0))
    assert store.session(session.id).summary.title == story.REQUEST
    limit_pages(store, 2**30)
    store.hear(task.id, Solved(0))
    store.close()
    with Store.open(tmp_path) as again:
        (found,) = again.session(session.id).tasks
        assert found.outcome is Outcome.SOLVED
        assert found.rounds[0].answer == "y" * 10**6 + "z"


def limit_pages(store: Store, pages: int = 1) -> None:
    """Let the database not grow beyond so many pages, or its present size if that is more."""
    connection = store._database._connection  # pyright: ignore[reportPrivateUsage]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def ended() -> tuple[Finish, Usage]:
    return Finish.STOP, Usage()


def test_a_disk_that_really_is_full(tmp_path: Path) -> None:
    need("bwrap")
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    # A file system of two megabytes, which is gone when the writer has copied it away.
    script = (
        f"{sys.executable} -m tests.sessions.writer fill {disk} && rm {disk}/ballast && "
        f"cp -r {disk}/. {kept}"
    )
    command = ["bwrap", "--dev-bind", "/", "/", "--size", str(2 * 1024**2), "--tmpfs", str(disk)]
    shown = subprocess.run(
        [*command, "sh", "-c", f"head -c 500000 /dev/zero > {disk}/ballast; {script}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    count, said = shown.stdout.split(" ", 1)
    assert said.startswith("the disk is full and ")
    with Store.open(kept) as store:
        (task,) = store.session(store.sessions()[0].id).tasks
        assert [one.number for one in task.rounds] == list(range(int(count)))
        assert all(one.source == f"{one.number} " * 4000 for one in task.rounds)
        assert len(task.rounds) > 5


def test_pictures_that_are_gone_do_not_hide_a_conversation(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        session = store.new_session("python")
        task = store.add_task(session.id, story.REQUEST, "python")
        for event in story.events(task.folder):
            store.hear(task.id, event)
        shutil.rmtree(tmp_path / session.id)
        assert store.session(session.id).tasks[0].outcome is Outcome.SOLVED
        store.remove(session.id)
        assert store.sessions() == ()
