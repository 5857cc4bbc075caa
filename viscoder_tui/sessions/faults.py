"""What goes wrong with kept sessions, said in one sentence each."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_LITTLE = 256 * 1024
"""Bytes; with less space than this a failed write is put down to the full disk."""


class StoreUnusable(Exception):
    """The sessions cannot be read or written; the text is one sentence saying what to do."""


class NoSession(LookupError):
    """There is no such session or task; the text is one sentence naming the nearest."""


@contextmanager
def explained(file: Path) -> Generator[None]:
    """Turn what SQLite and the system say of `file` into a sentence.

    Args:
        file: the database.

    Raises:
        StoreUnusable: the disk is full, the file is damaged, locked or may not be written.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours, not of the file
    except sqlite3.Error as error:
        raise StoreUnusable(_said(error, file)) from error
    except OSError as error:
        raise StoreUnusable(said_of_files(error, file.parent)) from error


def said_of_files(error: OSError, folder: Path) -> str:
    """One sentence on a file of `folder` that cannot be made, written or removed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(folder)
    place = error.filename or folder
    return f"{place} cannot be written ({error.strerror or error}): give yourself the right to write it, or choose another place with VISCODER_HOME"


def _said(error: sqlite3.Error, file: Path) -> str:
    # The low byte is the kind; the rest tells where in SQLite it was met.
    kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    match kind:
        case sqlite3.SQLITE_FULL:
            return _full(file)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN if _space(file) < _LITTLE:
            return _full(file)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"another viscoder keeps {file} locked: end it or wait for it, then try again"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"{file} is damaged: move it elsewhere and viscoder begins a new one; the programs and pictures in {file.parent} stay as they are"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return f"{file} cannot be opened for writing: give yourself the right to write it and its folder"
        case _:
            return f"{file} cannot be used ({error}): check the disk, or move the file elsewhere and viscoder begins a new one"


def _full(place: Path) -> str:
    return f"the disk is full and {place} takes no more: free some space and go on; what was kept before is whole"


def _space(file: Path) -> int:
    try:
        return shutil.disk_usage(file.parent).free
    except OSError:
        return _LITTLE
