"""What was said, written and run, in one SQLite database and a folder of files beside it.

::

    sessions/sessions.db
    sessions/20261127-153012-k3f9/task-0/round-0/program.py
                                                 picture-1.png
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from runners.base import Run, Verdict
from viscoder_tui.agent.events import Event
from viscoder_tui.locations import data_folder
from viscoder_tui.sessions import reading
from viscoder_tui.sessions.database import Database
from viscoder_tui.sessions.faults import NoSession, StoreUnusable, explained, said_of_files
from viscoder_tui.sessions.hearing import Hearing
from viscoder_tui.sessions.lookup import resolved
from viscoder_tui.sessions.naming import session_id, title_of
from viscoder_tui.sessions.records import Origin, Outcome, Session, SessionSummary, TaskRecord
from viscoder_tui.sessions.rows import now, packed_data

DATABASE = "sessions.db"

_OWNER_ALONE = 0o700


class Store:
    """The sessions of this user. Made by `Store.open`; any thread may call it, calls are short.

    Args:
        database: the rows.
        folder: the files.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.folder = folder
        self._database = database
        self._hearing = Hearing(database, folder)

    @classmethod
    def open(cls, folder: Path | None = None) -> Store:
        """Open the sessions, or begin them.

        Args:
            folder: where they lie; the user's data folder when None.

        Raises:
            StoreUnusable: they cannot be read or written, or a newer viscoder wrote them.
        """
        place = (folder or data_folder() / "sessions").absolute()
        try:
            place.mkdir(mode=_OWNER_ALONE, parents=True, exist_ok=True)
            place = place.resolve()
        except OSError as error:
            raise StoreUnusable(said_of_files(error, place)) from error
        return cls(Database(place / DATABASE), place)

    def close(self) -> None:
        """Write what is left and let go of the database.

        Raises:
            StoreUnusable: the last tenth of a second of text cannot be written.
        """
        try:
            self._hearing.close()
        finally:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Sessions

    def new_session(self, language: str, model: str = "") -> Session:
        """Begin a conversation.

        Args:
            language: name of the language it begins with; may be empty.
            model: that answers; empty for the default.

        Raises:
            StoreUnusable: it cannot be written.
        """
        with self._database.writing():
            moment = datetime.now(UTC)
            while (self.folder / session_id(moment)).exists():
                moment = datetime.now(UTC)  # another session took this microsecond
            identity = session_id(moment)
            self._database.execute(
                "INSERT INTO sessions (id, created, updated, language, model) VALUES (?, ?, ?, ?, ?)",
                identity,
                moment.isoformat(timespec="microseconds"),
                moment.isoformat(timespec="microseconds"),
                language,
                model,
            )
            (self.folder / identity).mkdir(mode=_OWNER_ALONE)
        return self.session(identity)

    def session(self, id_or_prefix: str) -> Session:
        """A whole conversation.

        Args:
            id_or_prefix: its id, or so much of it that no other begins so.

        Raises:
            NoSession: there is none, or several begin so.
            StoreUnusable: it cannot be read.
        """
        self._settle()
        with self._database.reading():
            identity = resolved(self._database, id_or_prefix)
            return reading.session(self._database, self.folder, identity)

    def latest(self) -> Session | None:
        """The conversation that something was added to last, empty ones only if all are.

        Raises:
            StoreUnusable: it cannot be read.
        """
        self._settle()
        with self._database.reading():
            found = reading.latest(self._database)
            return reading.session(self._database, self.folder, found) if found else None

    def sessions(self, search: str = "", limit: int = 200) -> tuple[SessionSummary, ...]:
        """The conversations, the one that something was added to last first.

        Args:
            search: words that title and requests must all hold, in any case.
            limit: how many at most.

        Raises:
            StoreUnusable: they cannot be read.
        """
        with self._database.reading():
            return tuple(reading.summaries(self._database, self.folder, search, limit))

    def rename(self, session_id: str, title: str) -> None:
        """Give a conversation another title; an empty one brings the first request back.

        Raises:
            NoSession: there is none of that id.
            StoreUnusable: it cannot be written.
        """
        with self._database.writing():
            first = self._database.value(
                "SELECT instruction FROM tasks WHERE session = ? AND instruction <> '' "
                "ORDER BY number LIMIT 1",
                session_id,
            )
            self._change_session(session_id, "title", title_of(title) or title_of(first or ""))

    def set_model(self, session_id: str, model: str) -> None:
        """Remember which model answers, for when the conversation is taken up again.

        Raises:
            NoSession: there is none of that id.
            StoreUnusable: it cannot be written.
        """
        with self._database.writing():
            self._change_session(session_id, "model", model)

    def set_draft(self, session_id: str, text: str) -> None:
        """Keep what is typed and not sent yet.

        Raises:
            NoSession: there is none of that id.
            StoreUnusable: it cannot be written.
        """
        with self._database.writing():
            self._change_session(session_id, "draft", text)

    def remove(self, session_id: str) -> None:
        """Remove a conversation and all its files.

        Raises:
            NoSession: there is none of that id.
            StoreUnusable: a file cannot be removed; the conversation is still listed then.
        """
        with self._database.reading():
            if not self._database.rows("SELECT 1 FROM sessions WHERE id = ?", session_id):
                raise reading.gone()
        # The files go first: if that fails or is cut short, it can be asked for again.
        with explained(self.folder / session_id), suppress(FileNotFoundError):
            shutil.rmtree(self.folder / session_id)
        with self._database.writing():
            self._database.execute("DELETE FROM sessions WHERE id = ?", session_id)

    def _change_session(self, identity: str, column: str, value: str) -> None:
        changed = self._database.execute(
            f"UPDATE sessions SET {column} = ? WHERE id = ?", value, identity
        )
        if not changed:
            raise reading.gone()

    # Tasks

    def add_task(
        self, session_id: str, instruction: str, language: str, data: Sequence[Path] = ()
    ) -> TaskRecord:
        """Write down a request before it is worked on.

        Args:
            session_id: of the conversation.
            instruction: what the user typed; the first becomes the title.
            language: name of the language.
            data: the files that the program may read.

        Raises:
            NoSession: there is none of that id.
            StoreUnusable: it cannot be written.
        """
        with self._database.writing():
            moment = now()
            touched = self._database.execute(
                "UPDATE sessions SET updated = ?, title = iif(title = '', ?, title) WHERE id = ?",
                moment,
                title_of(instruction),
                session_id,
            )
            if not touched:
                raise reading.gone()
            number = self._database.value(
                "SELECT coalesce(max(number) + 1, 0) FROM tasks WHERE session = ?", session_id
            )
            (self.folder / session_id / f"task-{number}").mkdir(parents=True, exist_ok=True)
            task_id = self._database.insert(
                "INSERT INTO tasks (session, number, instruction, language, data, created, outcome) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                session_id,
                number,
                instruction,
                language,
                packed_data(data),
                moment,
                Outcome.RUNNING,
            )
        return self.task(task_id)

    def task(self, task_id: int) -> TaskRecord:
        """A request and what came of it so far.

        Raises:
            NoSession: there is none of that number.
            StoreUnusable: it cannot be read.
        """
        self._settle()
        with self._database.reading():
            return reading.task(
                self._database, self.folder, reading.task_row(self._database, task_id)
            )

    def hear(self, task_id: int, event: Event) -> None:
        """Write down an event of the loop; show it afterwards.

        Text is gathered for a tenth of a second; everything else is on disk on return.

        Raises:
            NoSession: somebody removed the session.
            StoreUnusable: it cannot be written; what was written before is whole.
        """
        self._hearing.hear(task_id, event)

    def add_hand_round(self, task_id: int, source: str) -> int:
        """Write down a program that the user changed, before it runs.

        Returns:
            The number of its round.

        Raises:
            NoSession: there is no such task.
            StoreUnusable: it cannot be written.
        """
        with self._database.writing():
            session = reading.task_row(self._database, task_id)["session"]
            number = self._database.value(
                "SELECT coalesce(max(number) + 1, 0) FROM rounds WHERE task = ?", task_id
            )
            self._hearing.begin(task_id, number, Origin.HAND, source)
            self._database.execute("UPDATE sessions SET updated = ? WHERE id = ?", now(), session)
        return int(number)

    def finish_hand_round(self, task_id: int, number: int, run: Run) -> None:
        """Write down what came of it.

        A task without a request has nobody else to end it: its outcome is that of the run.

        Args:
            task_id: of the task.
            number: of the round.
            run: its run.

        Raises:
            NoSession: there is no such task.
            StoreUnusable: it cannot be written.
        """
        drawn = run.verdict is Verdict.RENDERED
        with self._database.writing():
            row = reading.task_row(self._database, task_id)
            self._hearing.finish(task_id, number, run)
            if not row["instruction"]:
                self._database.execute(
                    "UPDATE tasks SET outcome = ?, solved = ? WHERE id = ?",
                    Outcome.SOLVED if drawn else Outcome.GAVE_UP,
                    number if drawn else None,
                    task_id,
                )
            self._database.execute(
                "UPDATE sessions SET updated = ? WHERE id = ?", now(), row["session"]
            )

    def round_folder(self, task_id: int, number: int) -> Path:
        """Where the pictures of a round go; made if need be.

        Raises:
            NoSession: there is no such task.
            StoreUnusable: it cannot be made.
        """
        with self._database.reading():
            row = reading.task_row(self._database, task_id)
        folder = reading.task_folder(self.folder, row) / f"round-{number}"
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _settle(self) -> None:
        """Gathered text is read back too; where it cannot be written, `hear` says so."""
        with suppress(StoreUnusable):
            self._hearing.flush()

    # What was typed

    def add_to_history(self, text: str) -> None:
        """Remember what was typed, for the arrow keys of all sessions.

        Raises:
            StoreUnusable: it cannot be written.
        """
        if not text.strip():
            return
        with self._database.writing():
            last = self._database.value("SELECT text FROM history ORDER BY id DESC LIMIT 1")
            if text != last:
                self._database.insert("INSERT INTO history (text) VALUES (?)", text)

    def history(self, limit: int = 500) -> tuple[str, ...]:
        """What was typed, oldest first.

        Args:
            limit: how many at most; the newest stay.

        Raises:
            StoreUnusable: it cannot be read.
        """
        with self._database.reading():
            rows = self._database.rows("SELECT text FROM history ORDER BY id DESC LIMIT ?", limit)
        return tuple(row["text"] for row in reversed(rows))


__all__ = ["NoSession", "Store", "StoreUnusable"]
