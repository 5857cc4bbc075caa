# pyright: reportUnknownMemberType=false
# textual-serve's server leaves a part of its arguments open.
"""The process behind a page that ``viscoder chat --serve`` shows: the app, whose terminal the page is."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from viscoder_tui.cli.status import printable

END_SECONDS = 5.0
"""How long the process of a page may take to end before it is killed."""


class PageProcess(AppService):
    """The app of one page.

    Args:
        arguments: its command line.
        cell: width and height of a cell, in pixels.
        background: ``light`` or ``dark``, as the browser's user prefers.
        websocket: to the page.
        downloads: takes the files that the app hands to the browser.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        cell: tuple[str, str],
        background: str,
        websocket: web.WebSocketResponse,
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            "",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._close,
            download_manager=downloads,
        )
        self._arguments = arguments
        self._websocket = websocket
        self._told = {
            "TEXTUAL_CELL_WIDTH": cell[0],
            "TEXTUAL_CELL_HEIGHT": cell[1],
            "COLORFGBG": "0;15" if background == "light" else "15;0",
        }

    async def _close(self) -> None:
        await self._websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        # A group of its own: Ctrl+C in the terminal is for the server, which ends its pages.
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env={**self._build_environment(width, height), **self._told},
            start_new_session=True,
        )
        assert self._process.stdin is not None
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Carry what the app writes to the page; what it says on stderr is shown there at the end."""
        process = self._process
        assert process is not None and process.stdout is not None and process.stderr is not None
        said = asyncio.create_task(process.stderr.read())
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._carry(process.stdout)
        # The process or the page has ended.
        await self._end(process)
        with contextlib.suppress(ConnectionError):
            await asyncio.wait((said,), timeout=1)  # a program that it has left behind may hold it
            text = (
                printable(said.result().decode("utf-8", "replace")).strip() if said.done() else ""
            )
            if text and not self._websocket.closed:
                await self.remote_write_bytes(("\x1b[0m\x1b[2J\x1b[H" + text.replace("\n", "\r\n")).encode())  # fmt: skip
            await self.remote_close()

    async def _carry(self, stdout: asyncio.StreamReader) -> None:
        await stdout.readuntil(b"__GANGLION__\n")  # how Textual's driver says that it is there
        while True:
            kind = await stdout.readexactly(1)
            size = int.from_bytes(await stdout.readexactly(4), "big")
            payload = await stdout.readexactly(size)
            if kind == b"D":
                await self.on_data(payload)
            elif kind == b"M":
                if json.loads(payload)["type"] == "exit":
                    return  # the page is let go once what went wrong has been said there
                await self.on_meta(payload)
            elif kind == b"P":
                await self.on_packed(payload)

    async def _end(self, process: Process) -> None:
        assert process.stdout is not None
        await self.send_meta({"type": "quit"})  # where it is the page that has ended
        # What it still writes is read, or it would wait for that.
        rest = asyncio.create_task(process.stdout.read())
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            self._kill(process)
            await process.wait()
        finally:
            rest.cancel()

    def _kill(self, process: Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Ask the app to end, and wait for it; kill it where it does not."""
        task, self._task = self._task, None
        if task is None or self._process is None:
            return
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        await self.send_meta({"type": "quit"})
        await asyncio.wait((task,), timeout=END_SECONDS)
        if not task.done():
            self._kill(self._process)
        await task
