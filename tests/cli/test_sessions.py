"""``viscoder sessions`` as people use it, each time a process of its own."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Viscoder
from tests.sessions import story
from viscoder_tui.sessions.store import DATABASE, Store


@pytest.fixture
def place(environment: dict[str, str]) -> Path:
    return Path(environment["VISCODER_HOME"]) / "data" / "sessions"


@pytest.fixture
def ids(place: Path) -> tuple[str, str]:
    """An old conversation with the whole story, and a new one with an unfinished request."""
    with Store.open(place) as store:
        old = store.new_session("python", "qwen")
        task = store.add_task(old.id, story.REQUEST, "python")
        for event in story.events(task.folder):
            store.hear(task.id, event)
        new = store.new_session("svg")
        store.add_task(new.id, "a red \x1b]0;circle\x07", "svg")
    return old.id, new.id


def test_conversations_are_listed_and_searched(viscoder: Viscoder, ids: tuple[str, str]) -> None:
    old, new = ids
    shown = viscoder("sessions", "list")
    assert [line.split()[0] for line in shown.stdout.splitlines()] == [new, old]
    assert "python" in shown.stdout and "2 rounds" in shown.stdout and story.REQUEST in shown.stdout
    assert "\x1b" not in shown.stdout and "\x07" not in shown.stdout
    assert viscoder("sessions").stdout == shown.stdout
    assert viscoder("sessions", "list", "--search", "APPLES").stdout.split()[0] == old
    told = json.loads(viscoder("sessions", "list", "--json", "--search", "apples").stdout)
    assert told["schema_version"] == 1
    (one,) = told["sessions"]
    assert (one["id"], one["title"], one["rounds"]) == (old, story.REQUEST, 2)
    assert Path(one["picture"]).is_file()


def test_without_conversations_stdout_is_empty(viscoder: Viscoder) -> None:
    shown = viscoder("sessions", "list")
    assert (shown.returncode, shown.stdout) == (0, "")
    assert shown.stderr == "there are no sessions yet: viscoder chat begins one\n"
    assert json.loads(viscoder("sessions", "list", "--json").stdout)["sessions"] == []


def test_a_conversation_is_shown_by_the_beginning_of_its_id(
    viscoder: Viscoder, ids: tuple[str, str]
) -> None:
    shown = viscoder("sessions", "show", ids[0][:-1])
    assert shown.returncode == 0, shown.stderr
    for said in (f"> {story.REQUEST}", "solved in round 1", "failed in 0.2 s", "line 1, column 5", "picture-1.png", story.WHOLE):  # fmt: skip
        assert said in shown.stdout
    assert "\x1b" not in shown.stdout
    told = json.loads(viscoder("sessions", "show", ids[0], "--json").stdout)
    assert (told["schema_version"], told["id"]) == (1, ids[0])
    (task,) = told["tasks"]
    assert [one["verdict"] for one in task["rounds"]] == ["failed", "rendered"]
    shown = viscoder("sessions", "show", ids[1])
    assert "not ended" in shown.stdout and "\x1b" not in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "target"),
    [
        (["-o", "fruit.md"], "fruit.md"),
        (["-o", "fruit.html"], "fruit.html"),
        (["-o", "fruit.jsonl"], "fruit.jsonl"),
        (["-o", "fruit"], "fruit"),
        (["-o", "fruit.txt", "--format", "md"], "fruit.txt"),
        ([], "viscoder-ID.md"),
        (["--format", "folder"], "viscoder-ID"),
    ],
)
def test_a_conversation_is_exported(
    viscoder: Viscoder, ids: tuple[str, str], tmp_path: Path, arguments: list[str], target: str
) -> None:
    shown = viscoder("sessions", "export", ids[0], *arguments)
    assert shown.returncode == 0, shown.stderr
    name = target.replace("ID", ids[0])
    assert shown.stdout == f"{name}\n"
    written = tmp_path / name
    text = (written / "transcript.json" if written.is_dir() else written).read_text()
    assert "apples 3" in text
    again = viscoder("sessions", "export", ids[0], *arguments)
    assert again.returncode == 2 and "--force" in again.stderr and again.stderr.count("\n") == 1
    assert viscoder("sessions", "export", ids[0], *arguments, "--force").returncode == 0


def test_removing_needs_a_yes(viscoder: Viscoder, ids: tuple[str, str], place: Path) -> None:
    shown = viscoder("sessions", "rm", *ids)
    assert shown.returncode == 2 and "--yes" in shown.stderr
    shown = viscoder("sessions", "rm", ids[0], "19990101-nothing", "--yes")
    assert shown.returncode == 2 and (place / ids[0]).is_dir()
    shown = viscoder("sessions", "rm", ids[0], ids[0][:-1], "--yes")
    assert (shown.returncode, shown.stdout) == (0, f"{ids[0]}\n")
    assert not (place / ids[0]).exists() and (place / ids[1]).is_dir()
    listed = json.loads(viscoder("sessions", "list", "--json").stdout)["sessions"]
    assert [one["id"] for one in listed] == [ids[1]]


@pytest.mark.parametrize(("answer", "removed"), [(b"y\n", True), (b"\n", False), (b"n\n", False)])
def test_on_a_terminal_one_is_asked(
    environment: dict[str, str], ids: tuple[str, str], place: Path, answer: bytes, removed: bool
) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", "sessions", "rm", ids[0]],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    os.write(leader, answer)
    _, said = process.communicate(timeout=30)
    os.close(follower)
    os.close(leader)
    assert process.returncode == 0
    assert story.REQUEST in said and "y or n" in said
    assert (place / ids[0]).exists() is not removed
    assert ("nothing was removed" in said) is not removed


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["show", "fruit"], "the nearest is OLD (bar chart of fruit sold"),
        (["show", "2"], "2 sessions: type more of"),
        (["export", "nobody"], "there is no session 'nobody'"),
        (["export", "OLD", "-o", "x.docx"], "'.docx': choose one of .md"),
        (["export", "OLD", "-o", "no/x.md"], "the folder no of no/x.md does not exist"),
        (["export", "OLD", "--format", "pdf"], "'pdf' is not one of"),
        (["show"], "Missing argument 'ID'"),
        (["rm"], "Missing argument 'ID...'"),
        (["lst"], "No such command 'lst'"),
        (["list", "--limit", "0"], "0 is not in the range"),
    ],
)
def test_a_mistake_is_one_sentence(
    viscoder: Viscoder, ids: tuple[str, str], arguments: list[str], why: str
) -> None:
    given = [each.replace("OLD", ids[0]) for each in arguments]
    shown = viscoder("sessions", *given)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr.count("\n") == 1
    assert why.replace("OLD", ids[0]) in shown.stderr


@pytest.mark.usefixtures("ids")
def test_sessions_that_cannot_be_read_are_one_sentence(viscoder: Viscoder, place: Path) -> None:
    connection = sqlite3.connect(place / DATABASE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    shown = viscoder("sessions", "list")
    assert shown.returncode == 2
    assert "newer viscoder" in shown.stderr and shown.stderr.count("\n") == 1
