"""Requests line by line: from a pipe or a file, and from a terminal that cannot move its cursor.

Nothing is written here, so a screen reader or a log meets whole lines and nothing else.
"""

from __future__ import annotations

import asyncio
import codecs
import os
from contextlib import AbstractContextManager, nullcontext

from viscoder_tui.repl.interrupt import on_interrupt
from viscoder_tui.repl.voice import Unreadable, Voice

_CHUNK = 65536
_LONGEST = 1024 * 1024
"""Bytes of one request."""


class Lines:
    """One request a line.

    Args:
        descriptor: that they are read from; None where stdin is closed.
        voice: asks for the next one, where somebody types.
        interactive: whether somebody types.
    """

    def __init__(self, descriptor: int | None, voice: Voice, *, interactive: bool) -> None:
        self._descriptor = descriptor
        self._voice = voice
        self._interactive = interactive
        self._read = bytearray()
        self._number = 0
        self._over = descriptor is None

    @property
    def interactive(self) -> bool:
        """Whether somebody types them."""
        return self._interactive

    def waiting(self) -> AbstractContextManager[None]:
        """What comes meanwhile is kept by the system."""
        return nullcontext()

    async def next(self, draft: str = "") -> str | None:
        """The next line; None at the end, or where Ctrl+C is pressed twice."""
        if not self._interactive:
            return await self._line()
        self._voice.say(f"not asked yet: {draft}" if draft else "your request:")
        for warned in (False, True):
            try:
                return await self._unless_interrupted()
            except _Interrupted:
                if not warned:
                    self._voice.say("press Ctrl+C again to leave")
        return None

    async def _unless_interrupted(self) -> str | None:
        reading = asyncio.ensure_future(self._line())
        with on_interrupt(reading.cancel):
            try:
                return await reading
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is not None and task.cancelling():
                    raise
                raise _Interrupted from None

    async def _line(self) -> str | None:
        while (end := self._read.find(b"\n")) < 0 and not self._over:
            if len(self._read) > _LONGEST:
                raise Unreadable(f"line {self._number + 1} is longer than a request may be (1 MB)")
            await self._more()
        if end < 0 and not self._read:
            return None
        end = len(self._read) if end < 0 else end
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        self._number += 1
        try:
            return line.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable(f"line {self._number} of the requests is not UTF-8") from None

    async def _more(self) -> None:
        assert self._descriptor is not None
        await _ready(self._descriptor)
        try:
            chunk = os.read(self._descriptor, _CHUNK)
        except OSError:  # the terminal went away
            chunk = b""
        self._over = not chunk
        self._read += chunk


class _Interrupted(Exception):
    """Ctrl+C was pressed."""


async def _ready(descriptor: int) -> None:
    """Wait until there is something to read, without a thread that could not be ended."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(descriptor, ready.set)
    except PermissionError:
        return  # a file on disk, which is always ready
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)
