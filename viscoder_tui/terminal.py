"""What the terminal can do, asked once and all together, before anything else reads its answers.

Control sequences: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (DA1, OSC 11, CSI 16 t)
and https://sw.kovidgoyal.net/kitty/graphics-protocol/ (querying support).
"""

from __future__ import annotations

import functools
import io
import os
import re
import select
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

_WAIT_SECONDS = 0.25
_FAR_WAIT_SECONDS = 1.0
"""How long an answer may take, here and over ssh; a terminal that never answers costs it once."""

# The last is answered by every terminal, and answers come in order: behind it comes nothing more.
_QUESTIONS = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b]11;?\x1b\\\x1b[16t\x1b[c"
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_KITTY = re.compile(rb"\x1b_G[^\x1b]*;OK\x1b\\")
_BEHIND = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_CELL = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_ANSWERS = re.compile(rb"\x1b_G[^\x1b]*\x1b\\|\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[?\d;]*[ct]")  # fmt: skip
_SIXEL = b"4"

CELL = (10, 20)
"""Width and height of a cell where nobody says, in pixels: the VT340's."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a terminal said of itself.

    Attributes:
        protocol: the best way to draw a picture that it knows.
        cell: width and height of one cell, in pixels.
        background: red, green and blue behind the text, 0 to 1; None where it does not say.
        typed: what was typed meanwhile.
    """

    protocol: Literal["kitty", "sixel", "half"] = "half"
    cell: tuple[int, int] = CELL
    background: tuple[float, float, float] | None = None
    typed: str = ""

    @property
    def light(self) -> bool | None:
        """Whether its background is light; None where it does not say."""
        if self.background is None:
            return None
        red, green, blue = self.background
        return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5


@functools.cache
def ask() -> Terminal:
    """What the terminal can do; asked the first time, known from then on."""
    if not _answering():
        return Terminal(cell=_told_cell() or CELL)
    cell = _measured_cell()
    said = _asked()
    return read(said, cell)


def read(said: bytes, cell: tuple[int, int] | None = None) -> Terminal:
    """What the answers mean.

    Args:
        said: everything that came back.
        cell: width and height of one cell, in pixels, where it is known already.
    """
    attributes = _ATTRIBUTES.search(said)
    # Konsole and WezTerm say yes to kitty's question, but know no placeholders; both know sixel.
    if attributes and _SIXEL in attributes[1].split(b";"):
        protocol = "sixel"
    else:
        protocol = "kitty" if _KITTY.search(said) else "half"
    size = _CELL.search(said)
    if cell is None and size and int(size[1]) and int(size[2]):
        cell = (int(size[2]), int(size[1]))
    behind = _BEHIND.search(said)
    background = None
    if behind:
        red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in behind.groups())
        background = (red, green, blue)
    rest = _ANSWERS.sub(b"", said).decode("utf-8", "ignore")
    typed = "" if "\x1b" in rest else "".join(letter for letter in rest if letter.isprintable())
    return Terminal(protocol, cell or CELL, background, typed)


@contextmanager
def unasked(cell: tuple[int, int]) -> Generator[None]:
    """While this is held, textual-image may be imported without asking the terminal itself.

    Args:
        cell: width and height of one cell, in pixels, as it shall believe.

    It asks when it is imported, one question after the other, and too late once the app reads
    the terminal. With stdout no terminal it does not; the size of a cell it takes from where
    textual-serve puts it.
    """
    width, height = cell
    shown = sys.__stdout__
    size = {"TEXTUAL_CELL_WIDTH": str(width), "TEXTUAL_CELL_HEIGHT": str(height)}
    before = {name: os.environ.get(name) for name in size}
    os.environ.update(size)
    sys.__stdout__ = io.StringIO()  # pyright: ignore[reportAttributeAccessIssue]  # declared final; put back below
    try:
        yield
    finally:
        sys.__stdout__ = shown  # pyright: ignore[reportAttributeAccessIssue]  # as above
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _answering() -> bool:
    """Whether somebody is there who could answer, and whom the questions do not confuse."""
    streams = (sys.__stdin__, sys.__stdout__)
    if any(one is None or one.closed or not one.isatty() for one in streams):
        return False
    return sys.platform != "win32" and os.environ.get("TERM", "") not in ("", "dumb", "linux")


def _told_cell() -> tuple[int, int] | None:
    """As textual-serve tells the programs that it shows in a browser."""
    width, height = (os.environ.get(f"TEXTUAL_CELL_{side}", "") for side in ("WIDTH", "HEIGHT"))
    if width.isdigit() and height.isdigit() and int(width) and int(height):
        return int(width), int(height)
    return None


def _measured_cell() -> tuple[int, int] | None:
    import fcntl
    import struct
    import termios

    assert sys.__stdout__ is not None
    try:
        found = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", found)
    return (width // columns, height // rows) if rows and columns and width and height else None


def _asked() -> bytes:
    """Ask everything, and wait for the last answer."""
    import termios
    import tty

    assert sys.__stdin__ is not None and sys.__stdout__ is not None
    keyboard, screen = sys.__stdin__.fileno(), sys.__stdout__.fileno()
    said = b""
    sys.__stdout__.flush()
    try:
        before = termios.tcgetattr(keyboard)
        tty.setcbreak(keyboard, termios.TCSANOW)  # keeps what was typed ahead
    except termios.error:
        return said
    far = any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    deadline = time.monotonic() + (_FAR_WAIT_SECONDS if far else _WAIT_SECONDS)
    try:
        os.write(screen, _QUESTIONS)
        while not _ATTRIBUTES.search(said):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([keyboard], [], [], left)[0]:
                break
            some = os.read(keyboard, 4096)
            if not some:
                break
            said += some
    except OSError:
        return said
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
    return said


__all__ = ["CELL", "Terminal", "ask", "read", "unasked"]
