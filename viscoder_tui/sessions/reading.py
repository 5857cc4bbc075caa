"""What is read back from the database; each of these is called within `Database.reading`."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from viscoder_tui.sessions.database import Database
from viscoder_tui.sessions.faults import NoSession
from viscoder_tui.sessions.records import Session, SessionSummary, TaskRecord
from viscoder_tui.sessions.rows import SUMMARY, round_of, summary_of, task_of


def gone() -> NoSession:
    """For a session or a task that is not there any more."""
    return NoSession("this session is gone, somebody removed it: begin a new one")


def summaries(database: Database, folder: Path, search: str, limit: int) -> list[SessionSummary]:
    """The sessions, the one that something was added to last first.

    Args:
        database: the rows.
        folder: of all sessions.
        search: words that title and requests must all hold, in any case.
        limit: how many at most.
    """
    words = search.casefold().split()
    holds = (
        "(instr(folded(title), ?) OR EXISTS (SELECT 1 FROM tasks "
        "WHERE session = sessions.id AND instr(folded(instruction), ?)))"
    )
    where = "WHERE " + " AND ".join([holds] * len(words)) if words else ""
    rows = database.rows(
        f"{SUMMARY} {where} ORDER BY updated DESC, id DESC LIMIT ?",
        *(word for each in words for word in (each, each)),
        limit,
    )
    return [summary_of(row, folder) for row in rows]


def latest(database: Database) -> str | None:
    """The id of the session that something was added to last, an empty one only if all are."""
    return database.value(
        "SELECT id FROM sessions ORDER BY "
        "draft <> '' OR EXISTS (SELECT 1 FROM tasks WHERE session = sessions.id) DESC, "
        "updated DESC, id DESC LIMIT 1"
    )


def session(database: Database, folder: Path, identity: str) -> Session:
    """A whole conversation.

    Args:
        database: the rows.
        folder: of all sessions.
        identity: its id, known to be one.
    """
    (row,) = database.rows(f"{SUMMARY} WHERE id = ?", identity)
    draft = database.value("SELECT draft FROM sessions WHERE id = ?", identity)
    tasks = database.rows("SELECT * FROM tasks WHERE session = ? ORDER BY number", identity)
    return Session(
        summary_of(row, folder), tuple(task(database, folder, each) for each in tasks), draft
    )


def task(database: Database, folder: Path, row: sqlite3.Row) -> TaskRecord:
    """A request and its rounds.

    Args:
        database: the rows.
        folder: of all sessions.
        row: of the task.
    """
    rounds = database.rows("SELECT * FROM rounds WHERE task = ? ORDER BY number", row["id"])
    return task_of(row, [round_of(each, folder) for each in rounds], task_folder(folder, row))


def task_row(database: Database, task_id: int) -> sqlite3.Row:
    """The row of a task.

    Raises:
        NoSession: there is none of that number.
    """
    found = database.rows("SELECT * FROM tasks WHERE id = ?", task_id)
    if not found:
        raise gone()
    return found[0]


def task_folder(folder: Path, row: sqlite3.Row) -> Path:
    """Where the files of a task lie."""
    return folder / row["session"] / f"task-{row['number']}"
