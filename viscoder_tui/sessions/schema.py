"""The tables of the sessions' database, and how older ones become what they are now.

`PRAGMA user_version` says which migrations a database has seen. A migration that was released is
never changed: what comes later is a new one behind it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from viscoder_tui.sessions.faults import StoreUnusable

BUSY_SECONDS = 5.0
"""How long one viscoder waits for another to finish writing."""

Migration = tuple[str, ...]
"""Statements that lead from one version to the next."""

_FIRST: Migration = (
    """CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        language TEXT NOT NULL,
        model TEXT NOT NULL DEFAULT '',
        draft TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX sessions_by_time ON sessions (updated)",
    """CREATE TABLE tasks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
        number INTEGER NOT NULL,
        instruction TEXT NOT NULL,
        language TEXT NOT NULL,
        data TEXT NOT NULL,
        created TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        solved INTEGER,
        UNIQUE (session, number)
    ) STRICT""",
    """CREATE TABLE rounds (
        task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
        number INTEGER NOT NULL,
        origin TEXT NOT NULL,
        answer TEXT NOT NULL DEFAULT '',
        finish TEXT,
        source TEXT NOT NULL DEFAULT '',
        prose TEXT NOT NULL DEFAULT '',
        repairs TEXT NOT NULL DEFAULT '[]',
        verdict TEXT,
        diagnostics TEXT NOT NULL DEFAULT '[]',
        doubts TEXT NOT NULL DEFAULT '[]',
        pictures TEXT NOT NULL DEFAULT '[]',
        stdout TEXT NOT NULL DEFAULT '',
        stderr TEXT NOT NULL DEFAULT '',
        seconds REAL NOT NULL DEFAULT 0,
        usage TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (task, number)
    ) STRICT""",
    """CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        text TEXT NOT NULL
    ) STRICT""",
)

MIGRATIONS: tuple[Migration, ...] = (_FIRST,)


def prepare(
    connection: sqlite3.Connection, file: Path, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring a database, new or old, to the newest version.

    A migration happens whole or not at all; of two processes that begin at once one migrates and
    the other finds it done.

    Args:
        connection: to the database, without implicit transactions.
        file: where it lies, for the message.
        migrations: the one at index 0 leads from version 0 to 1.

    Raises:
        StoreUnusable: a newer viscoder wrote it.
        sqlite3.Error: it is damaged, or no database at all.
    """
    version = _version(connection, file, migrations)
    connection.execute("PRAGMA synchronous = NORMAL")
    _log_ahead(connection)  # first: what is made in the log does not wait for the disk
    if version < len(migrations):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for migration in migrations[_version(connection, file, migrations) :]:
                for statement in migration:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(migrations)}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    connection.execute("PRAGMA foreign_keys = ON")


def _version(connection: sqlite3.Connection, file: Path, migrations: Sequence[Migration]) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(migrations):
        raise StoreUnusable(
            f"{file} was written by a newer viscoder (its version is {version}, this viscoder knows "
            f"{len(migrations)}): update viscoder, or choose another place with VISCODER_HOME"
        )
    return version


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Write-ahead logging: readers and one writer at once, and nothing lost to `kill -9`.

    SQLite does not wait for other processes while it changes the mode, so this does.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)
