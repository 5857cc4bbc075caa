"""What a program printed: bounded while it is read, and made harmless before it is shown."""

from __future__ import annotations

import asyncio
import re
import unicodedata

_CHUNK = 65536
_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)"  # titles, clipboard, device control
    r"|\x1b.?",
    re.DOTALL,
)


class Kept:
    """The beginning and the end of a stream, however long it is.

    Args:
        limit: bytes kept in all, half of them from the beginning.
    """

    def __init__(self, limit: int) -> None:
        self._half = limit // 2
        self._head = bytearray()
        self._tail = bytearray()
        self._dropped = 0

    async def read(self, stream: asyncio.StreamReader) -> None:
        """Read until the stream ends, so that its writer never waits."""
        while chunk := await stream.read(_CHUNK):
            self.add(chunk)

    def add(self, chunk: bytes) -> None:
        """Take in some bytes."""
        room = self._half - len(self._head)
        self._head += chunk[:room]
        self._tail += chunk[room:] if room < len(chunk) else b""
        excess = len(self._tail) - self._half
        if excess > 0:
            self._dropped += excess
            del self._tail[:excess]

    def text(self) -> str:
        """What was kept, as harmless text; says how much was left out."""
        gap = f"\n[… {self._dropped} bytes left out …]\n".encode() if self._dropped else b""
        return harmless((self._head + gap + self._tail).decode("utf-8", errors="replace"))


def harmless(text: str) -> str:
    """`text` without terminal escapes, control characters and characters that reorder text."""
    without = _ESCAPE.sub("", text.replace("\r\n", "\n"))
    return "".join(
        letter
        for letter in without
        if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
    )
