"""What the user gives a command to work on: language, sandbox, data files and piped data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from runners import languages
from runners.base import Language, UnknownLanguage
from runners.sandbox import SANDBOXES, sandbox
from runners.sandbox.base import Sandbox
from viscoder_tui.agent.datafiles import MAX_BYTES, DataRefused, DataSummary, piped_name, summarize
from viscoder_tui.cli.status import CommandFailed, ExitCode


def language(name: str) -> Language:
    """The language of that name.

    Raises:
        CommandFailed: there is none.
    """
    try:
        return languages.find(name)
    except UnknownLanguage as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error


def ready_sandbox(name: str) -> Sandbox:
    """The sandbox of that name, known to work here.

    Raises:
        CommandFailed: there is none of that name, or it cannot be had.
    """
    return sandbox_tried(name)()


def sandbox_tried(name: str) -> Callable[[], Sandbox]:
    """Begin to try the sandbox of that name; what is returned waits for it.

    Trying starts a process, and whoever has modules to load can do so meanwhile.

    Raises:
        CommandFailed: there is none of that name; from the second call: it cannot be had.
    """
    if name not in SANDBOXES:
        raise CommandFailed(f"there is no sandbox '{name}': it can be {', '.join(SANDBOXES)}", ExitCode.USAGE)  # fmt: skip
    found = sandbox(name)
    trying = Thread(target=found.problem, daemon=True)
    trying.start()

    def ready() -> Sandbox:
        trying.join()
        problem = found.problem()  # known by now
        if problem is not None:
            raise CommandFailed(problem, ExitCode.NO_TOOLCHAIN)
        return found

    return ready


def data_files(paths: Sequence[Path], folder: Path) -> tuple[DataSummary, ...]:
    """The data files, and what comes through a pipe, summed up.

    Args:
        paths: as ``--data`` names them.
        folder: piped data is kept here.

    Raises:
        CommandFailed: one of them cannot be used.
    """
    try:
        found = [summarize(path.expanduser()) for path in paths]
        piped = _piped(folder)
        if piped is not None:
            found.append(summarize(piped))
    except DataRefused as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    names = [one.name for one in found]
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        raise CommandFailed(f"two data files are called {doubled}: rename one", ExitCode.USAGE)
    return tuple(found)


def _piped(folder: Path) -> Path | None:
    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        return None
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if not data.strip():
        return None
    path = folder / piped_name(data[:65536].decode("utf-8", errors="replace"))
    path.write_bytes(data)
    return path
