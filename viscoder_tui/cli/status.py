"""stderr and the exit statuses: progress while something runs, and one sentence when it ends.

Nothing else of this program writes to stderr.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TextIO


class ExitCode(IntEnum):
    """How a command ends; the same for all of them."""

    OK = 0
    NO_PICTURE = 1
    """Every round was used and none drew a picture."""
    USAGE = 2
    """Wrong usage or bad input."""
    NO_MODEL = 3
    """No model, or its backend failed."""
    NO_TOOLCHAIN = 4
    """The language's toolchain or the sandbox is missing."""
    INTERRUPTED = 130


class CommandFailed(Exception):
    """Ends a command with one sentence on stderr and an exit status."""

    def __init__(self, message: str, status: ExitCode) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def printable(text: str) -> str:
    """`text` without control characters: what a model or a tool said is data, never an escape."""
    return "".join(
        character if character.isprintable() or character == "\n" else " " for character in text
    )


@dataclass
class Status:
    """Writes progress to stderr.

    On a terminal one line is rewritten in place, cut to the terminal's width; elsewhere only
    whole lines are written, so a log stays readable.
    """

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _shown: int = 0
    _last: float = 0.0

    @property
    def live(self) -> bool:
        """Whether a line can be rewritten in place."""
        return self.stream.isatty() and os.environ.get("TERM", "") != "dumb"

    def say(self, message: str) -> None:
        """Write a line that stays."""
        self._write(self._cleared() + printable(message) + "\n")

    def progress(self, message: str) -> None:
        """Show a passing line, at most ten times a second; nothing where it cannot be rewritten."""
        now = time.monotonic()
        if not self.live or now - self._last < 0.1:
            return
        self._last = now
        width = max(shutil.get_terminal_size().columns - 1, 1)
        line = printable(message)
        shown = line if len(line) <= width else line[: max(width - 1, 0)] + "…"
        cleared = self._cleared()
        self._shown = len(shown)
        self._write(cleared + shown)

    def clear(self) -> None:
        """Take the passing line away."""
        cleared = self._cleared()
        if cleared:
            self._write(cleared)

    def _cleared(self) -> str:
        if not self._shown:
            return ""
        self._shown = 0
        return "\r\x1b[2K"

    def _write(self, text: str) -> None:
        try:
            self.stream.write(text)
            self.stream.flush()
        except (BrokenPipeError, ValueError):
            return  # nobody listens any more; the result on stdout may still be wanted
