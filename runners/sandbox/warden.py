"""The first process of a container: starts the command, and ends with it.

It ends everything when viscoder is gone, when the kernel had to kill for memory, when the command
wants more processes than it may have, and when files that have no name any more, which nobody sees
from outside, hold more than the workspace may. The first process of a container cannot be killed
from inside; the walls hold without it: it only says sooner and more exactly what happened.

It is given the filter of `runners.sandbox.seccomp`, in base64 or nothing, and the bytes of the
workspace, before the command. The filter stands behind the engine's own: a call has to pass both.

What comes in on stdin is handed on to the command, whose stdin is closed by the byte `CLOSE`. The
end of stdin means that viscoder is gone.
"""

from __future__ import annotations

import base64
import ctypes
import os
import select
import signal
import stat
import sys
import time

CLOSE = b"\x04"
MEMORY, PROCESSES, WORKSPACE = 241, 242, 243
"""Exit statuses for a limit that was broken."""
_LOOK_SECONDS = 0.1
_LOOK_AT_FILES_SECONDS = 0.3
_SHELL_SIGNAL = 128
_SET_DUMPABLE, _SET_SECCOMP = 4, 22
_FILTER = 2
_INSTRUCTION_BYTES = 8
_KILLED = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")
_REFUSED = ("/sys/fs/cgroup/pids.events", "/sys/fs/cgroup/pids/pids.events")


def counted(places: tuple[str, ...], name: str) -> int:
    """What the kernel counts under `name`, in the first place that there is."""
    for place in places:
        try:
            with open(place) as file:  # noqa: PTH123  # pathlib would be loaded for this
                lines = [line.split() for line in file]
        except OSError:
            continue
        return next((int(words[1]) for words in lines if words[0] == name), 0)
    return 0


def broken() -> int | None:
    """The exit status that says which limit was broken."""
    if counted(_KILLED, "oom_kill"):
        return MEMORY
    return PROCESSES if counted(_REFUSED, "max") else None


def nameless() -> int:
    """The bytes of the files that were removed while somebody has them open."""
    found: dict[tuple[int, int], int] = {}
    for pid in os.listdir("/proc"):  # noqa: PTH208  # pathlib would be loaded for this
        if not pid.isdigit() or int(pid) == os.getpid():
            continue
        try:
            descriptors = os.listdir(f"/proc/{pid}/fd")  # noqa: PTH208
        except OSError:
            continue
        for descriptor in descriptors:
            try:
                one = os.stat(f"/proc/{pid}/fd/{descriptor}")  # noqa: PTH116
            except OSError:
                continue
            if one.st_nlink == 0 and stat.S_ISREG(one.st_mode):
                found[one.st_dev, one.st_ino] = one.st_blocks * 512
    return sum(found.values())


class Program(ctypes.Structure):
    """``struct sock_fprog`` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse(filter: bytes) -> None:
    """Have the kernel ask `filter` about every call of this process and its children: seccomp(2)."""
    libc = ctypes.CDLL(None, use_errno=True)
    program = Program(len(filter) // _INSTRUCTION_BYTES, filter)
    if libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def let_be_looked_into(yes: bool) -> None:
    """Whether others of the same user may read, write and trace this process: prctl(2)."""
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, int(yes), 0, 0, 0)


def become(command: list[str], stdin: int, filter: bytes) -> None:
    """Be the command from now on."""
    let_be_looked_into(True)  # its own files in /proc belong to it again
    os.setsid()
    os.dup2(stdin, 0)
    for number in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)  # Python ignores some, and that would be inherited
    try:
        with open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123
            file.write("900")  # the kernel kills it before the warden
        if filter:
            refuse(filter)
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    os._exit(127)


def ended(child: int) -> int | None:
    """The command's exit status, as a shell tells it; whoever else has ended is let go."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return 0
        if pid == 0:
            return None
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            return _SHELL_SIGNAL - code if code < 0 else code


def watch(child: int, stdin: int, woken: int, most: int) -> int:
    """Hand on what comes in until the command has ended or must; the exit status."""
    handing_on = True
    look = 0.0
    while True:
        ready, _, _ = select.select([0, woken], [], [], _LOOK_SECONDS)
        if 0 in ready:
            data = os.read(0, 4096)
            if not data:
                return _SHELL_SIGNAL + signal.SIGKILL
            if handing_on:
                words, closed, _ = data.partition(CLOSE)
                try:
                    os.write(stdin, words)
                except OSError:
                    closed = CLOSE
                if closed:
                    os.close(stdin)
                    handing_on = False
        if woken in ready:
            os.read(woken, 4096)
        status = ended(child)
        breach = broken()
        if breach is not None:
            return breach
        if time.monotonic() > look:
            if nameless() > most:
                return WORKSPACE
            look = time.monotonic() + _LOOK_AT_FILES_SECONDS
        if status is not None:
            return status


def woken_up(_number: int, _frame: object) -> None:
    """A process has ended: what waits is woken by the descriptor that the signal is written to."""


def main() -> None:
    """Start the command and watch over it."""
    filter, most, *command = sys.argv[1:]
    theirs, stdin = os.pipe()
    woken, waker = os.pipe()
    for end in (stdin, woken, waker):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, woken_up)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    let_be_looked_into(False)
    child = os.fork()
    if child == 0:
        become(command, theirs, base64.b64decode(filter))
    os.close(theirs)
    os._exit(watch(child, stdin, woken, int(most)))  # with the first process go all others


if __name__ == "__main__":
    main()
