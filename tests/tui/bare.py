"""The app in a bare pseudo-terminal: what it writes, byte by byte, and what stands there then.

Unlike tmux such a terminal answers none of the questions that programs ask, unless told to.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

CELL = (10, 20)
KITTY = {b"a=q": b"\x1b_Gi=1;OK\x1b\\", b"\x1b[c": b"\x1b[?62;22c"}
SIXEL = {b"\x1b[c": b"\x1b[?62;4;22c"}
PLAIN = {b"\x1b[c": b"\x1b[?62;22c"}


class Bare:
    """A process in a terminal of its own; use it as a context manager.

    Args:
        command: to be started.
        folder: in which.
        size: columns and rows.
        answers: what the terminal says to what it is asked.
        pixels: it knows how large its cells are.
        environment: added to this process's own.
    """

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        size: tuple[int, int] = (120, 40),
        answers: Mapping[bytes, bytes] | None = None,
        pixels: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.size = size
        self._cell = CELL if pixels else (0, 0)
        self._answers = dict(answers or {})
        self._written = bytearray()
        self._news = threading.Condition()
        self.status: int | None = None
        self._open = True
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}  # fmt: skip
        variables["PYTHONPATH"] = str(Path.cwd())
        self.began = time.monotonic()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            _resize(0, size, self._cell)
            os.chdir(folder)
            os.execvpe(command[0], list(command), variables)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive:
            os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while self.alive:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.01)
        self.hang_up()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        if self.status is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if found else None
        return self.status is None

    @property
    def written(self) -> bytes:
        """All that was written."""
        with self._news:
            return bytes(self._written)

    def send(self, keys: bytes) -> None:
        """Press keys, or paste; waits while the process takes no more."""
        while keys:
            keys = keys[os.write(self._master, keys[:4096]) :]

    def resize(self, size: tuple[int, int]) -> None:
        """Give it another size."""
        self.size = size
        _resize(self._master, size, self._cell)

    def signal(self, number: signal.Signals) -> None:
        """Send the process a signal."""
        os.kill(self.pid, number)

    def until_gone(self, pids: set[int], seconds: float = 10.0) -> None:
        """Wait until none of these processes is left."""
        deadline = time.monotonic() + seconds
        while left := running(pids):
            assert time.monotonic() < deadline, f"still there: {left}"
            time.sleep(0.02)

    def hang_up(self) -> None:
        """As a terminal does that is closed."""
        if self._open:
            self._open = False
            os.close(self._master)

    def until(self, done: Callable[[], bool], what: str, seconds: float = 30.0) -> float:
        """Wait for something to come true; says how long that took."""
        began = time.monotonic()
        while not done():
            passed = time.monotonic() - began
            last = self.written[-1500:]
            assert passed < seconds, f"{what} did not come true; last: {last!r}"
            assert self.alive or done(), f"it ended before {what}; last: {last!r}"
            with self._news:
                self._news.wait(0.05)
        return time.monotonic() - began

    def wait(self, text: bytes, since: int = 0, seconds: float = 30.0) -> float:
        """Wait until `text` was written after so many bytes; says how long that took."""
        return self.until(lambda: self._written.find(text, since) >= 0, repr(text), seconds)

    def ended(self, seconds: float = 15.0) -> int:
        """The exit status, once it has one; less than 0 is a signal."""
        self.until(lambda: not self.alive, "the end", seconds)
        assert self.status is not None
        return self.status

    def _read(self) -> None:
        asked = b""
        while True:
            try:
                some = os.read(self._master, 65536)
            except OSError as error:
                if error.errno not in (errno.EIO, errno.EBADF):
                    raise
                return
            if not some:
                return
            asked = asked[-8:] + some
            for question, answer in self._answers.items():
                if question in asked:
                    asked = asked.replace(question, b"")
                    os.write(self._master, answer)
            with self._news:
                self._written += some
                self._news.notify_all()


def chat(folder: Path, *arguments: str, size: tuple[int, int] = (120, 40), answers: Mapping[bytes, bytes] | None = None, pixels: bool = True) -> Bare:  # fmt: skip
    """``viscoder chat`` in a bare terminal; sessions lie in ``folder/home``."""
    work = folder / "work"
    work.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "viscoder_tui.cli.main", "chat", *arguments]
    home = {"VISCODER_HOME": str(folder / "home")}
    return Bare(command, work, size=size, answers=answers, pixels=pixels, environment=home)


def descendants(pid: int) -> set[int]:
    """The processes that came of `pid`, without itself."""
    children: dict[int, list[int]] = {}
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = one.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        children.setdefault(int(after[1]), []).append(int(one.parent.name))
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        waiting += (more := children.get(waiting.pop(), []))
        found.update(more)
    return found


def running(pids: set[int]) -> set[int]:
    """Those that have not ended; one that only waits to be buried has."""
    alive: set[int] = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            alive.add(pid)
    return alive


def _resize(descriptor: int, size: tuple[int, int], cell: tuple[int, int]) -> None:
    columns, rows = size
    whole = struct.pack("HHHH", rows, columns, columns * cell[0], rows * cell[1])
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, whole)
