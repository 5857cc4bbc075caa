"""Starts a program and ends with it everything it has started, whoever is killed first.

``python -m backends.warden DESCRIPTOR PROGRAM ARGUMENT…``: the descriptor is the reading end of a pipe
whose other end its owner holds. When that end is closed, because the owner wants it or was killed, the
program is asked to end and, after a while, killed with all that came from it. The warden's exit status is
the program's, as a shell tells it.

On Linux nobody escapes: processes whose parent ends become the warden's own children
(PR_SET_CHILD_SUBREAPER), and the program is killed should the warden be (PR_SET_PDEATHSIG); see prctl(2).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36
_LOOK_SECONDS = 0.05
_GRACE_SECONDS = 4.0
"""How long the program may take to end by itself."""
_LEFT_BEHIND_SECONDS = 1.0
"""How long what it has started may outlive it."""
_GIVES_UP_SECONDS = 10.0
_SHELL_SIGNAL = 128


def prctl(option: int, value: int) -> None:
    """Ask the kernel; elsewhere than on Linux there is nothing to ask."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def become(command: list[str], parent: int) -> None:
    """Be the program, in a process group of its own."""
    os.setsid()
    prctl(_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(_SHELL_SIGNAL + signal.SIGKILL)  # the warden was killed before it could be asked
    try:
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    os._exit(127)


def children() -> Iterator[int]:
    """The processes that came from this one, the nearest first."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():  # noqa: PTH112, PTH208  # pathlib would be loaded for this
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError), open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
    found = [os.getpid()]
    for one in found:
        below = [pid for pid, parent in parents.items() if parent == one]
        found += below
        yield from below


def tell(number: int, child: int) -> None:
    """Send a signal to all that came from this process."""
    with contextlib.suppress(OSError):
        os.killpg(child, number)
    for pid in tuple(children()):
        with contextlib.suppress(OSError):
            os.kill(pid, number)


def gone(child: int) -> Callable[[], int | None]:
    """Lets go whoever has ended; tells the program's exit status once it has."""
    status: int | None = None

    def look() -> int | None:
        nonlocal status
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, code = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    break
                if pid == child:
                    code = os.waitstatus_to_exitcode(code)
                    status = _SHELL_SIGNAL - code if code < 0 else code
        return status

    return look


def end(child: int, look: Callable[[], int | None]) -> None:
    """Ask everybody to end; kill who does not."""
    began = time.monotonic()
    tell(signal.SIGTERM, child)
    while any(True for _ in children()) and time.monotonic() - began < _GIVES_UP_SECONDS:
        grace = _GRACE_SECONDS if look() is None else _LEFT_BEHIND_SECONDS
        if time.monotonic() - began > grace:
            tell(signal.SIGKILL, child)
        time.sleep(_LOOK_SECONDS)
        look()


def main() -> None:
    """Watch over a program until it or its owner has ended."""
    owner, *command = sys.argv[1:]
    held = int(owner)
    os.set_inheritable(held, False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a terminal's Ctrl-C is for the owner
    prctl(_SET_CHILD_SUBREAPER, 1)
    warden = os.getpid()
    child = os.fork()
    if child == 0:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        become(command, warden)
    for number in (0, 1):  # an end of a pipe that the warden held would never be closed
        os.close(number)
    look = gone(child)
    status = look()
    while status is None:
        if select.select([held], [], [], _LOOK_SECONDS)[0]:
            break  # nothing is ever written to it: it was closed
        status = look()
    end(child, look)
    status = look()
    os._exit(_SHELL_SIGNAL + signal.SIGKILL if status is None else status)


if __name__ == "__main__":
    main()
