"""The connection to the sessions' database: short transactions, one thread at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from viscoder_tui.sessions.faults import explained
from viscoder_tui.sessions.schema import BUSY_SECONDS, MIGRATIONS, Migration, prepare

Value = str | int | float | None


class Database:
    """An open database.

    Args:
        file: where it lies; made if need be.
        migrations: that it must have seen.

    Raises:
        StoreUnusable: it cannot be opened.
    """

    def __init__(self, file: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.file = file
        self.lock = threading.RLock()
        with explained(file):
            self._connection = sqlite3.connect(
                file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.row_factory = sqlite3.Row
                self._connection.create_function("folded", 1, str.casefold, deterministic=True)
                prepare(self._connection, file, migrations)
            except BaseException:
                self._connection.close()
                raise

    @contextmanager
    def writing(self) -> Generator[None]:
        """A transaction that is kept whole, or not at all.

        Raises:
            StoreUnusable: nothing of it could be kept.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Generator[None]:
        """A transaction that sees one state, whatever other processes write meanwhile.

        Raises:
            StoreUnusable: the database cannot be read.
        """
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Generator[None]:
        with self.lock, explained(self.file):
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # On a full disk SQLite may have rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def execute(self, statement: str, *values: Value) -> int:
        """Change something, within `writing`.

        Returns:
            How many rows were changed.
        """
        return self._connection.execute(statement, [_storable(one) for one in values]).rowcount

    def insert(self, statement: str, *values: Value) -> int:
        """Add a row, within `writing`.

        Returns:
            Its number.
        """
        found = self._connection.execute(statement, [_storable(one) for one in values]).lastrowid
        assert found is not None
        return found

    def rows(self, query: str, *values: Value) -> list[sqlite3.Row]:
        """What is found."""
        return self._connection.execute(query, [_storable(one) for one in values]).fetchall()

    def value(self, query: str, *values: Value) -> Any:
        """The first column of the first row; None where nothing is found."""
        found = self._connection.execute(query, [_storable(one) for one in values]).fetchone()
        return None if found is None else found[0]

    def close(self) -> None:
        """Let go of the file."""
        with self.lock, explained(self.file):
            self._connection.close()


def _storable(value: Value) -> Value:
    """A model or a pasted text may hold half of a surrogate pair, which UTF-8 has no bytes for."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
