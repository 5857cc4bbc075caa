"""llama.cpp as a backend: a process of its own, so that a native crash is one sentence.

The process is started by `LlamaCpp.start`, which does not wait; `load` waits. Closing an
answer's stream stops the model between two operations of its graph, in reading the prompt too;
a process that does not react is ended and started anew for the next answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from backends.base import (
    BackendError,
    Chunk,
    ContextOverflow,
    Finish,
    Message,
    ModelInfo,
    ModelMissing,
    Reading,
    Sampling,
    Usage,
)
from backends.llama_cpp_options import LlamaOptions

_ERRORS = {"ModelMissing": ModelMissing, "ContextOverflow": ContextOverflow}
_TINY_BYTES = 100_000_000
_LOG_BYTES = 1_000_000
"""A log that is larger begins anew."""
_LINE_BYTES = 16 * 1024 * 1024
_UNDER_WAY = ("reading", "text")
"""Events behind which more of the same answer follow."""
_KEEP_SECONDS = 5.0
"""How long a process may take to write down what it has read."""
_OBEY_SECONDS = 1.0
"""How long a process may take to acknowledge that an answer is cancelled."""


class LlamaCpp:
    """Answers with a GGUF model.

    Args:
        path: the model file.
        log: where llama.cpp's own messages go.
        options: how it is loaded, and what it may use.
        states: a folder where it keeps what it has read, for the next time; None for nowhere.
        embedded: the model is the one that ships in the package.
    """

    def __init__(
        self,
        path: Path,
        log: Path,
        options: LlamaOptions | None = None,
        *,
        states: Path | None = None,
        embedded: bool = False,
    ) -> None:
        self._path = path
        self._log = log
        given = options or LlamaOptions()
        self._options = replace(given, threads=given.threads or _threads_for(path))
        self._states = states
        self._answered = False
        self._embedded = embedded
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.StreamReader | None = None
        self._transport: asyncio.ReadTransport | None = None
        self._info: ModelInfo | None = None
        self._numbers = itertools.count(1)
        self._lock = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the process and have it load the model, without waiting for either."""
        if self._process is not None:
            return
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab" if self._log_is_small() else "wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "backends.llama_cpp_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self._info = None
        self._send({"do": "load", "path": str(self._path), "options": asdict(self._options), "states": str(self._states or "")})  # fmt: skip

    async def load(self) -> ModelInfo:
        """Wait until the model can answer; see `backends.base.Backend`."""
        async with self._lock:
            return await self._loaded()

    async def stream(
        self, messages: tuple[Message, ...], sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        """Answer the conversation; see `backends.base.Backend`."""
        async with self._lock:
            await self._loaded()
            number = str(next(self._numbers))
            request = {
                "do": "answer",
                "id": number,
                "messages": [{"role": one.role, "content": one.content} for one in messages],
                "sampling": asdict(sampling),
            }
            self._send(request)
            ended = False
            try:
                while not ended:
                    event = await self._event(number)
                    ended = event["event"] not in _UNDER_WAY
                    self._answered = True
                    yield _chunk(event)
            except BackendError:
                ended = True
                raise
            finally:
                if not ended:
                    await asyncio.shield(self._cancel(number))

    async def close(self) -> None:
        """End the process; what it has read is kept for the next time, if it may be."""
        if self._states is not None and self._answered and not self._lock.locked():
            async with self._lock:
                await self._keep()
        await self._end()

    async def _keep(self) -> None:
        number = str(next(self._numbers))
        self._send({"do": "keep", "id": number})
        with contextlib.suppress(TimeoutError, BackendError):
            async with asyncio.timeout(_KEEP_SECONDS):
                await self._event(number)

    async def _end(self) -> None:
        self._answered = False
        process, self._process = self._process, None
        self._info = None
        if self._transport is not None:
            self._transport.close()
            self._transport = self._reader = None
        if process is None:
            return
        process.kill()
        assert process.stdin is not None and process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        await asyncio.get_running_loop().run_in_executor(None, process.wait)

    def _log_is_small(self) -> bool:
        return self._log.exists() and self._log.stat().st_size < _LOG_BYTES

    async def _loaded(self) -> ModelInfo:
        if self._process is not None and self._process.poll() is not None:
            await self._end()
        self.start()
        if self._info is None:
            event = await self._event("")
            _raise_error(event)
            self._info = ModelInfo(
                name=event["name"] or self._path.stem,
                context=event["context"],
                prompt_style="compact" if event["prompt_style"] == "compact" else "full",
                embedded=self._embedded,
                doubt=event["doubt"],
            )
        return self._info

    def _send(self, request: dict[str, Any]) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return  # it is gone; reading its events says so

    async def _event(self, number: str) -> dict[str, Any]:
        reader = await self._events()
        while True:
            line = await reader.readline()
            if not line:
                raise await self._crash()
            event = json.loads(line)
            if event["id"] == number:
                return event

    async def _events(self) -> asyncio.StreamReader:
        if self._reader is None:
            assert self._process is not None and self._process.stdout is not None
            reader = asyncio.StreamReader(limit=_LINE_BYTES)
            loop = asyncio.get_running_loop()
            self._transport, _ = await loop.connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(reader), self._process.stdout
            )
            self._reader = reader
        return self._reader

    async def _crash(self) -> BackendError:
        process = self._process
        assert process is not None
        status = await asyncio.get_running_loop().run_in_executor(None, process.wait)
        await self._end()
        if status < 0:
            how = f"crashed with {signal.Signals(-status).name}"
            if -status == signal.SIGILL:
                how += ", it was built for another processor (make clean, then make setup)"
        else:
            how = f"ended with status {status}"
        return BackendError(f"llama.cpp {how} while it used {self._path}; its log is {self._log}")

    async def _cancel(self, number: str) -> None:
        self._send({"do": "cancel", "id": number})
        try:
            async with asyncio.timeout(_OBEY_SECONDS):
                while (await self._event(number))["event"] in _UNDER_WAY:
                    pass
        except TimeoutError:
            await self._end()
        except BackendError:
            return


def _threads_for(path: Path) -> int:
    """All cores, except for a tiny model, whose threads would wait for one another most of the
    time, and on a busy machine nearly always."""
    return 1 if _is_tiny(path) else len(os.sched_getaffinity(0))


def _is_tiny(path: Path) -> bool:
    try:
        return path.stat().st_size < _TINY_BYTES
    except OSError:
        return True


def _raise_error(event: dict[str, Any]) -> None:
    if event["event"] == "error":
        raise _ERRORS.get(event["kind"], BackendError)(event["message"])


def _chunk(event: dict[str, Any]) -> Chunk:
    _raise_error(event)
    if event["event"] == "text":
        return Chunk(event["text"], event["tokens"])
    if event["event"] == "reading":
        return Chunk("", reading=Reading(event["read"], event["tokens"]))
    if event["event"] == "cancelled":
        raise BackendError("the answer was cancelled")
    usage = Usage(**event["usage"])
    return Chunk("", usage.answer_tokens, Finish(event["finish"]), usage)
