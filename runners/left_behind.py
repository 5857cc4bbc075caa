"""Workspaces of a viscoder that was killed: it could not remove them, so the next one does.

A process holds a lock on each of its workspaces, and the system lets go of it when the process ends,
however it ends: flock(2).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Callable
from pathlib import Path

PREFIX = "viscoder-run-"
"""How the names of workspaces begin, and of nothing else in the folder for temporary files."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def locked(workspace: Path) -> int | None:
    """A descriptor that holds the workspace's lock while it is open; None where there are no locks,
    as on some network drives.

    Raises:
        FileNotFoundError: it was removed before it was locked.
        BlockingIOError: somebody else holds the lock.
    """
    folder = os.open(workspace, _FOLDER)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        workspace.lstat()
    except OSError as error:
        os.close(folder)
        if isinstance(error, (FileNotFoundError, BlockingIOError)):
            raise
        return None
    return folder


def sweep(place: Path, remove: Callable[[Path], None]) -> None:
    """Remove the workspaces of this user that nobody holds.

    Args:
        place: the folder for temporary files.
        remove: removes one workspace.
    """
    for workspace in place.glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            if not _is_ours(workspace):
                continue
            workspace.chmod(0o700)  # a program may have shut it
            lock = locked(workspace)
            if lock is not None:
                try:
                    remove(workspace)
                finally:
                    os.close(lock)


def _is_ours(workspace: Path) -> bool:
    found = workspace.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
