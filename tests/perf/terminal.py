"""A program in a pseudo-terminal of its own: what it writes, and when.

The terminal answers the questions that programs ask of terminals, as one without graphics does.
"""

from __future__ import annotations

import bisect
import errno
import fcntl
import os
import pty
import signal
import struct
import termios
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

SYNC_START, SYNC_END = b"\x1b[?2026h", b"\x1b[?2026l"
"""Around each frame that Textual paints, since this terminal says that it knows them."""

_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",  # what are you? colours, no sixel
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # do you know synchronized output? yes
}
_CELL = (10, 20)
_BLINK = 1500
"""A cursor that blinks writes fewer bytes than this at a time."""


class Terminal:
    """Starts a program in a terminal; use it as a context manager.

    Args:
        command: the program and its arguments.
        size: columns and rows.
        environment: added to this process's own.
    """

    def __init__(
        self, command: Sequence[str], size: tuple[int, int] = (120, 40), **environment: str
    ) -> None:
        self._written = bytearray()
        self._ends: list[int] = []
        self._times: list[float] = []
        self._news = threading.Condition()
        self._ended = False
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}  # fmt: skip
        # Whoever uses viscoder has its modules compiled, as those that it is compared with are.
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        self.began = time.perf_counter()
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            _set_size(0, size)
            os.execvpe(command[0], list(command), variables)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:  # fmt: skip
        if self.alive:
            os.kill(self._pid, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while self.alive:
            if time.monotonic() > deadline:
                os.kill(self._pid, signal.SIGKILL)
            time.sleep(0.01)
        self._reader.join(2)
        os.close(self._master)

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        if not self._ended:
            self._ended = os.waitpid(self._pid, os.WNOHANG)[0] != 0
        return not self._ended

    @property
    def count(self) -> int:
        """Bytes written so far."""
        return len(self._written)

    def text(self, since: int = 0) -> bytes:
        """What was written since so many bytes."""
        with self._news:
            return bytes(self._written[since:])

    def send(self, keys: bytes) -> float:
        """Press keys; says when."""
        moment = time.perf_counter()
        os.write(self._master, keys)
        return moment

    def signal(self, number: signal.Signals) -> float:
        """Send the program a signal; says when."""
        moment = time.perf_counter()
        os.kill(self._pid, number)
        return moment

    def resize(self, size: tuple[int, int]) -> None:
        """Give it another size."""
        _set_size(self._master, size)

    def wait(self, text: bytes, since: int = 0, seconds: float = 30.0) -> float:
        """When `text` was written.

        Args:
            text: to wait for.
            since: it counts from so many bytes on.
            seconds: to wait at most.

        Raises:
            TimeoutError: it was not written.
        """
        deadline = time.perf_counter() + seconds
        with self._news:
            while (at := self._written.find(text, since)) < 0:
                since = max(since, len(self._written) - len(text))
                left = deadline - time.perf_counter()
                if left <= 0 or not self._news.wait(left):
                    said = bytes(self._written[-2000:])
                    raise TimeoutError(f"{text!r} was not written; the last was {said!r}")
            return self._times[bisect.bisect_left(self._ends, at + len(text))]

    def still(self, seconds: float = 0.4) -> None:
        """Wait until for so long nothing has been written but a cursor that blinks."""
        seen = -_BLINK
        while self.count - seen >= _BLINK:
            seen = self.count
            time.sleep(seconds)

    def _read(self) -> None:
        while True:
            try:
                some = os.read(self._master, 65536)
            except OSError as error:
                if error.errno not in (errno.EIO, errno.EBADF):
                    raise
                return
            moment = time.perf_counter()
            if not some:
                return
            for question, answer in _ANSWERS.items():
                if question in some:
                    os.write(self._master, answer)
            with self._news:
                self._written += some
                self._ends.append(len(self._written))
                self._times.append(moment)
                self._news.notify_all()


def _set_size(descriptor: int, size: tuple[int, int]) -> None:
    columns, rows = size
    whole = struct.pack("HHHH", rows, columns, columns * _CELL[0], rows * _CELL[1])
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, whole)


def frames(written: bytes) -> list[int]:
    """The bytes of each frame that was painted."""
    return [
        len(part.split(SYNC_END, 1)[0])
        for part in written.split(SYNC_START)[1:]
        if SYNC_END in part
    ]
