"""A server of models that can do what real ones seldom do: fail, in every way and at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self


@dataclass
class Heard:
    """A request.

    Attributes:
        headers: by their names in small letters.
        body: as JSON.
    """

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Wire:
    """The connection of one request.

    Attributes:
        left: set when the client has closed it.
    """

    writer: asyncio.StreamWriter
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, text: str | bytes) -> None:
        self.writer.write(text if isinstance(text, bytes) else text.encode())
        await self.writer.drain()

    async def head(self, status: int = 200, kind: str = "text/event-stream", headers: Mapping[str, str] | None = None) -> None:  # fmt: skip
        lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        await self.send("\r\n".join(lines) + "\r\n\r\n")


Act = Callable[[Wire], Awaitable[None]]


class FakeServer:
    """Does what it is told, one request after the other; the last act for ever.

    Attributes:
        acts: what it does when it is asked for an answer.
        listing: what it does when it is asked for its models.
        heard: what it was asked.
        left_at: when the client last closed a connection itself.
    """

    def __init__(self, *acts: Act, models: tuple[str, ...] = ("coder",), **about: object) -> None:
        self.acts = list(acts) or [answers("hello")]
        self.listing: Act = page(200, {"data": [{"id": one, **about} for one in models]})
        self.heard: list[Heard] = []
        self.listed = 0
        self.left_at = 0.0
        self.address = ""
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return await self.listen(0)

    async def listen(self, port: int) -> Self:
        self._server = await asyncio.start_server(self._met, "127.0.0.1", port)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:  # fmt: skip
        await self.stop()

    async def stop(self) -> None:
        """Be gone: every connection is closed."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].split("/")[0])

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        wire = Wire(writer)
        try:
            heard = await _request(reader)
            if heard.path.endswith("/models"):
                self.listed += 1
                act = self.listing
            else:
                act = self.acts[min(len(self.heard), len(self.acts) - 1)]
                self.heard.append(heard)
            watching = asyncio.create_task(self._watch(reader, wire))
            try:
                await act(wire)
            finally:
                watching.cancel()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _watch(self, reader: asyncio.StreamReader, wire: Wire) -> None:
        with contextlib.suppress(OSError):
            await reader.read()
        self.left_at = time.monotonic()
        wire.left.set()


async def _request(reader: asyncio.StreamReader) -> Heard:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if ": " in line)
    headers = {name.lower(): value for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Heard(first.split()[1], headers, json.loads(body) if body else {})


def event(**delta: object) -> str:
    """A piece of an answer."""
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': delta}]})}\n\n"


def ends(why: str = "stop") -> str:
    """The piece that says why the answer ends."""
    return f"data: {json.dumps({'choices': [{'index': 0, 'delta': {}, 'finish_reason': why}]})}\n\n"


def counts(prompt: int, answer: int, cached: int | None = None) -> str:
    """The piece that says what the answer cost."""
    usage: dict[str, object] = {"prompt_tokens": prompt, "completion_tokens": answer}
    if cached is not None:
        usage["prompt_tokens_details"] = {"cached_tokens": cached}
    return f"data: {json.dumps({'choices': [], 'usage': usage})}\n\n"


DONE = "data: [DONE]\n\n"


def streams(*pieces: str | bytes, pause: float = 0.0) -> Act:
    """Sends these pieces and closes."""

    async def act(wire: Wire) -> None:
        await wire.head()
        for piece in pieces:
            await wire.send(piece)
            await asyncio.sleep(pause)

    return act


def answers(text: str) -> Act:
    """A whole answer, word by word."""
    words = (event(content=word) for word in text.replace(" ", "\0 ").split("\0"))
    return streams(*words, ends(), counts(7, 3), DONE)


def page(status: int, body: object, **headers: str) -> Act:
    """A page in one piece: JSON, or text as it stands."""

    async def act(wire: Wire) -> None:
        kind = "text/html" if isinstance(body, str) else "application/json"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await wire.head(status, kind, named)
        await wire.send(body if isinstance(body, str) else json.dumps(body))

    return act


def silent(*pieces: str) -> Act:
    """Sends these pieces and then nothing, until the client leaves."""

    async def act(wire: Wire) -> None:
        if pieces:
            await wire.head()
        for piece in pieces:
            await wire.send(piece)
        await wire.left.wait()

    return act


def drops() -> Act:
    """Closes without a word."""

    async def act(wire: Wire) -> None:
        wire.writer.transport.abort()

    return act
