"""A command in a container, as `runners.sandbox.base.Confined`: its streams, its watch, its end.

The engine sends stdout and stderr through one connection, in turns; here they are two streams
again, each held back while nobody reads it.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from runners.base import Limits
from runners.sandbox.base import Breach, Ending
from runners.sandbox.process_tree import SHELL_SIGNAL
from runners.sandbox.warden import CLOSE, MEMORY, PROCESSES, WORKSPACE
from runners.workspace import disk_use

_HEAD = 8
_STDERR = 2
_CHUNK = 65536
_WATCH_SECONDS = 0.2
_BREACHES = {MEMORY: Breach.MEMORY, PROCESSES: Breach.PROCESSES, WORKSPACE: Breach.WORKSPACE}


@dataclass(frozen=True, slots=True)
class Exited:
    """What the engine says of a container that has ended.

    Attributes:
        status: of its first process, as a shell tells it.
        out_of_memory: the kernel ended a process of it for want of memory.
    """

    status: int
    out_of_memory: bool


class Orders(Protocol):
    """What can be asked of the engine about one container. Every call waits for the engine."""

    def hand_over(self) -> None:
        """Let the container's user have what lies in the workspace."""
        ...

    def kill(self) -> None:
        """End it; nothing happens if it has ended."""
        ...

    def finish(self) -> Exited:
        """Wait until it has ended, and remove it."""
        ...


class Container:
    """A started container; keeps `runners.sandbox.base.Confined`.

    Args:
        reader: what comes from its stdout and stderr.
        writer: the way to its stdin.
        orders: what can be asked of the engine.
        workspace: the folder that it may write.
        limits: what it may use.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        orders: Orders,
        workspace: Path,
        limits: Limits,
    ) -> None:
        self._orders = orders
        self._workspace = workspace
        self._limits = limits
        self._connection = writer
        self._stdin = Stdin(writer, orders.hand_over)
        self._stdout, self._stderr = _Outlet(), _Outlet()
        self._breach: Breach | None = None
        self._killing: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        self._sorting = asyncio.create_task(self._sorted(reader))
        self._watching = asyncio.create_task(self._watched())
        self._ending = asyncio.create_task(self._ended())

    @property
    def stdin(self) -> Stdin:
        """Where to write to it."""
        return self._stdin

    @property
    def stdout(self) -> asyncio.StreamReader:
        """What it prints."""
        return self._stdout.reader

    @property
    def stderr(self) -> asyncio.StreamReader:
        """What it complains of."""
        return self._stderr.reader

    async def wait(self) -> Ending:
        """Wait until the container is gone; what it still says is dropped.

        The engine ends no container before all that it said was taken.
        """
        for outlet in (self._stdout, self._stderr):
            outlet.drop()
        return await asyncio.shield(self._ending)

    def kill(self) -> None:
        """End the container at once."""
        if self._killing is None and not self._ending.done():
            self._killing = asyncio.create_task(asyncio.to_thread(self._orders.kill))
            self._over.set()

    async def _sorted(self, reader: asyncio.StreamReader) -> None:
        """Bring each piece to its stream, until the container has ended."""
        try:
            while True:
                head = await reader.readexactly(_HEAD)
                outlet = self._stderr if head[0] == _STDERR else self._stdout
                left = int.from_bytes(head[4:], "big")
                while left and (piece := await reader.read(min(left, _CHUNK))):
                    left -= len(piece)
                    await outlet.take(piece)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            for outlet in (self._stdout, self._stderr):
                outlet.reader.feed_eof()
            self._over.set()

    async def _watched(self) -> None:
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            most = self._limits.workspace_bytes
            if await asyncio.to_thread(disk_use, self._workspace, most) > most:
                self._breach = Breach.WORKSPACE
                self.kill()
                return

    async def _ended(self) -> Ending:
        await self._over.wait()
        try:
            exited = await asyncio.to_thread(self._orders.finish)
        finally:
            for task in (self._sorting, self._watching):
                task.cancel()
            self._connection.close()
        if self._killing is not None:
            await self._killing
        status, breach = exited.status, self._breach
        if breach is None:
            breach = Breach.MEMORY if exited.out_of_memory else _BREACHES.get(status)
        if status > SHELL_SIGNAL:
            status = SHELL_SIGNAL - status
        if status == -signal.SIGXCPU:
            breach = Breach.CPU
        return Ending(status, breach)


class Stdin:
    """The way to a container's stdin; the connection stays open when it is closed.

    Args:
        connection: to the engine.
        before: is called before anything is written.
    """

    def __init__(self, connection: asyncio.StreamWriter, before: Callable[[], None]) -> None:
        self._connection = connection
        self._before = before

    def write(self, data: bytes) -> None:
        """Send some bytes, which may not hold the byte `CLOSE`."""
        self._before()
        self._send(data)

    def close(self) -> None:
        """End the command's stdin."""
        self._send(CLOSE)

    def _send(self, data: bytes) -> None:
        if not self._connection.is_closing():
            with contextlib.suppress(OSError):
                self._connection.write(data)


class _Outlet(asyncio.ReadTransport):
    """One of the two streams: a reader, and the gate that it shuts when it has enough."""

    def __init__(self) -> None:
        super().__init__()
        self.reader = asyncio.StreamReader()
        self.reader.set_transport(self)
        self._open = asyncio.Event()
        self._open.set()
        self._dropping = False

    async def take(self, piece: bytes) -> None:
        """Give a piece to the reader once it has room."""
        await self._open.wait()
        if not self._dropping:
            self.reader.feed_data(piece)

    def drop(self) -> None:
        """Nobody reads any more."""
        self._dropping = True
        self._open.set()

    def pause_reading(self) -> None:
        """Called by the reader when it has enough."""
        self._open.clear()

    def resume_reading(self) -> None:
        """Called by the reader when it has room."""
        self._open.set()
