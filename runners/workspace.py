"""The folder a program works in, seen from outside: made, looked at with care, and removed.

What stands in it was put there by the program: links that lead elsewhere, files without end,
folders without ground. No link is followed, on any part of a path, and what is read is bounded.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import threading
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from runners.left_behind import PREFIX, locked, sweep

OUT = "out"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""Opening a named pipe would wait for its writer."""
_ENTRY_BYTES = 4096
"""What a name costs at least: its inode, and its place in its folder."""


_locks: dict[Path, int] = {}
"""Of the workspaces of this process, which tell others that it still lives."""


def new_workspace() -> Path:
    """A fresh private folder, with ``out`` in it. The first one has what was left by a viscoder that
    was killed removed, meanwhile."""
    _swept(tempfile.gettempdir())
    while True:
        workspace = Path(tempfile.mkdtemp(prefix=PREFIX))
        with contextlib.suppress(FileNotFoundError, BlockingIOError):  # it was taken for a left one
            lock = locked(workspace)
            break
    if lock is not None:
        _locks[workspace] = lock
    (workspace / OUT).mkdir()
    return workspace


@cache
def _swept(place: str) -> None:
    # A program may have left a hundred thousand files. What is not done at the end, the next one does.
    threading.Thread(target=sweep, args=(Path(place), remove), daemon=True).start()


def names(workspace: Path, folder: str) -> list[str]:
    """The names in one of its folders, sorted; none where it is a link or no folder."""
    try:
        inner = _inner(workspace, (folder,))
    except OSError:
        return []
    try:
        return sorted(entry.name for entry in _listed(inner))
    finally:
        os.close(inner)


def read(workspace: Path, *parts: str, most: int) -> bytes | None:
    """What a file holds; None where it is a link, no plain file, or larger than `most` bytes."""
    file = _plain(workspace, parts)
    if file is None:
        return None
    with os.fdopen(file, "rb") as opened:
        content = opened.read(most + 1)
    return content if len(content) <= most else None


def take(workspace: Path, *parts: str, target: Path, most: int) -> int | None:
    """Copy a file to `target`; its size, or None where `read` would give none."""
    file = _plain(workspace, parts)
    if file is None:
        return None
    with os.fdopen(file, "rb") as opened:
        size = os.fstat(file).st_size
        if size > most:
            return None
        with target.open("wb") as copy:
            shutil.copyfileobj(opened, copy, 1 << 20)
    return size


def _plain(workspace: Path, parts: tuple[str, ...]) -> int | None:
    """A descriptor of a plain file that has no other name."""
    try:
        folder = _inner(workspace, parts[:-1])
    except OSError:
        return None
    try:
        file = os.open(parts[-1], _FILE, dir_fd=folder)
    except OSError:
        return None
    finally:
        os.close(folder)
    found = os.fstat(file)
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        return file
    os.close(file)
    return None


def _inner(workspace: Path, parts: tuple[str, ...]) -> int:
    folder = os.open(workspace, _FOLDER)
    for part in parts:
        try:
            inner = os.open(part, _FOLDER, dir_fd=folder)
        finally:
            os.close(folder)
        folder = inner
    return folder


def disk_use(folder: Path, most: int) -> int:
    """What a folder takes on disk in bytes; holes in sparse files do not count.

    Args:
        folder: where to look.
        most: so many are enough to know. A folder that cannot be looked into, for it is shut or its
            path too long, counts as more.
    """
    total, waiting = 0, [str(folder)]
    while waiting and total <= most:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    total += _cost(entry)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return most + 1
    return total


def _cost(entry: os.DirEntry[str]) -> int:
    try:
        return max(entry.stat(follow_symlinks=False).st_blocks * 512, _ENTRY_BYTES)
    except FileNotFoundError:
        return 0


def remove(workspace: Path) -> None:
    """Remove it with all that is in it, however deep that is and whatever its permissions."""
    with contextlib.suppress(OSError):
        workspace.chmod(0o700)
        top = os.open(workspace, _FOLDER)
        try:
            while _something_went(top):
                pass
        finally:
            os.close(top)
        workspace.rmdir()
    if workspace in _locks:
        os.close(_locks.pop(workspace))


def _something_went(top: int) -> bool:
    """Remove the files of a folder, and its folders after their folders have moved up into it:
    so no path grows long, and no descriptor is held for each step down."""
    went = False
    for entry in _listed(top):
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                _dissolve(top, entry.name)
            else:
                os.unlink(entry.name, dir_fd=top)
            went = True
    return went


def _dissolve(top: int, name: str) -> None:
    folder = _opened_up(top, name)
    try:
        for entry in _listed(folder):
            if entry.is_dir(follow_symlinks=False):
                os.close(_opened_up(folder, entry.name))
                os.rename(entry.name, uuid.uuid4().hex, src_dir_fd=folder, dst_dir_fd=top)
            else:
                os.unlink(entry.name, dir_fd=folder)
    finally:
        os.close(folder)
    os.rmdir(name, dir_fd=top)


def _opened_up(parent: int, name: str) -> int:
    """A descriptor of a folder that may be written."""
    folder = (
        os.open(name, _FOLDER, dir_fd=parent) if _is_open(parent, name) else _forced(parent, name)
    )
    os.fchmod(folder, 0o700)
    return folder


def _is_open(parent: int, name: str) -> bool:
    return bool(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode & stat.S_IRUSR)


def _forced(parent: int, name: str) -> int:
    """A descriptor of a folder that its owner may not read yet; chmod(2) by name would follow a link."""
    if not hasattr(os, "O_PATH"):
        raise PermissionError(name)
    handle = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    try:
        path = Path(f"/proc/self/fd/{handle}")
        path.chmod(0o700)
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    finally:
        os.close(handle)


def _listed(folder: int) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from list(entries)
