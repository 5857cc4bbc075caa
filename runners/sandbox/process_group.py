"""A bound on processes that holds where viscoder is root: a group of the kernel's pids controller.

The kernel lets root start more processes than RLIMIT_NPROC says, in a user namespace too, for it asks
who one is outside (kernel/fork.c). A fork bomb would take all the numbers there are before it is seen.
Both versions of cgroups are known: docs.kernel.org/admin-guide/cgroup-v1/pids.html and cgroup-v2.html.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_PREFIX = "viscoder-"
_NUMBERS = itertools.count(1)
_left: set[Path] = set()
"""Groups that the kernel was not done with in time; they go with the next one."""
_LEAVE_SECONDS = 1.0
_LOOK_SECONDS = 0.002
_JOINED = 'echo $$ 2>/dev/null >"$0"; trap "kill -USR2 $$" EXIT; unset PWD OLDPWD _; exec "$@"'
"""The trap goes with the shell, so it is sprung only where the command cannot be started."""
NOT_STARTED = -signal.SIGUSR2
"""The status of what was `joined` and could not be started; a program inside cannot bring it about."""


class ProcessGroup:
    """A group whose processes and threads are bounded together, children of children too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def bounded(cls, most: int) -> ProcessGroup | None:
        """A new group.

        Args:
            most: so many processes and threads may be in it.

        Returns:
            None where it takes no group, for the user is not root, or where none can be made.
        """
        above = _above() if os.getuid() == 0 else None
        if above is None:
            return None
        for one in [*_left]:
            ProcessGroup(one).remove(seconds=0)
        folder = above / f"{_PREFIX}{os.getpid()}-{next(_NUMBERS)}"
        try:
            folder.mkdir()
        except OSError:
            return None
        try:
            (folder / "pids.max").write_text(str(most))
        except OSError:
            folder.rmdir()
            return None
        return cls(folder)

    def joined(self, argv: Sequence[str]) -> list[str]:
        """`argv` led by what puts it into the group, before its first word is said."""
        return ["/bin/sh", "-c", _JOINED, str(self._folder / "cgroup.procs"), *argv]

    def remove(self, seconds: float = _LEAVE_SECONDS) -> None:
        """Remove the group, whose processes have ended; the kernel may take a moment to see it.

        Args:
            seconds: how long that may take; what it has not seen by then goes with the next group.
        """
        until = time.monotonic() + seconds
        _left.add(self._folder)
        while True:
            try:
                self._folder.rmdir()
            except FileNotFoundError:
                break
            except OSError:
                if time.monotonic() >= until:
                    return
                time.sleep(_LOOK_SECONDS)
            else:
                break
        _left.discard(self._folder)


@cache
def _above() -> Path | None:
    """The folder of the pids controller where groups can be made; without those of a viscoder that is gone."""
    mounts = _read("/proc/self/mounts").splitlines()
    own = [line.split(":", 2) for line in _read("/proc/self/cgroup").splitlines()]
    for line in mounts:
        _, place, kind, options, *_ = line.split()
        for number, controllers, path in own:
            if (
                kind == "cgroup"
                and "pids" in controllers.split(",")
                and "pids" in options.split(",")
            ):
                folder = Path(place + path)
            elif kind == "cgroup2" and number == "0":
                # A group that has processes can have none below it that are bounded: its neighbour, then.
                folder = Path(place + (path if path == "/" else os.path.dirname(path)))  # noqa: PTH120  # a part of a path
                if "pids" not in _read(str(folder / "cgroup.subtree_control")).split():
                    continue
            else:
                continue
            if os.access(folder, os.W_OK):
                _sweep(folder)
                return folder
    return None


def _sweep(folder: Path) -> None:
    for one in folder.glob(f"{_PREFIX}*-*"):
        pid = one.name.removeprefix(_PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            with contextlib.suppress(OSError):  # somebody is in it yet
                one.rmdir()


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
