"""vLLM started and owned by viscoder; asked as any other server is.

The server is started by `Vllm.start`, which does not wait; `load` waits, and whoever listens is told
how far it is. It ends with viscoder. One that has died is started anew for the next answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from backends.base import (
    BackendError,
    Chunk,
    ContextOverflow,
    Message,
    ModelInfo,
    Sampling,
)
from backends.server import Server
from backends.server_address import Served
from backends.server_http import import_early
from backends.server_key import Key
from backends.server_patience import Patience
from backends.vllm_options import VllmOptions
from backends.vllm_process import Environment, VllmProcess

_LOOK_SECONDS = 0.2
_DIES_SECONDS = 2.0
"""How long a server may take to end after its connections are cut."""


class Vllm:
    """Answers with a model that vLLM serves on this machine.

    Any number of answers may be under way at once.

    Args:
        model: a folder, or a name of a hub, as `backends.vllm_process.checked` gives it.
        environment: where vLLM is.
        options: how it is started.
        patience: how long to wait for answers.
    """

    def __init__(
        self,
        model: str,
        environment: Environment,
        options: VllmOptions,
        patience: Patience | None = None,
    ) -> None:
        self._model = model
        self._environment = environment
        self._options = options
        self._patience = patience
        self._hear: Callable[[str], None] | None = None
        self._process: VllmProcess | None = None
        self._unstarted: BackendError | None = None
        self._server: Server | None = None
        self._began = 0.0
        self._lock = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The process that all of vLLM's come from, while it runs."""
        return self._process.pid if self._process is not None else None

    @property
    def address(self) -> str:
        """The server's, up to its version, while it runs."""
        return self._process.address if self._process is not None else ""

    @property
    def key(self) -> Key | None:
        """That it wants, while it runs."""
        return self._process.key if self._process is not None else None

    def listen(self, hear: Callable[[str], None]) -> None:
        """Tell `hear` what vLLM does until it is ready; see `backends.base.Announcing`."""
        self._hear = hear

    def start(self) -> None:
        """Start the server, without waiting; what is wrong with that, `load` says."""
        if self._process is not None:
            return
        import_early()
        self._began = time.monotonic()
        try:
            self._process = VllmProcess(self._model, self._environment, self._options)
        except BackendError as error:
            self._unstarted = error

    async def load(self) -> ModelInfo:
        """Wait until the server answers; see `backends.base.Backend`."""
        async with self._lock:
            if self._process is not None and self._process.ended and self._server is not None:
                await self._end()
            self.start()
            if self._process is None:
                assert self._unstarted is not None
                raise self._unstarted
            if self._server is None:
                self._server = await self._ready(self._process)
            return await self._server.load()

    async def stream(
        self, messages: tuple[Message, ...], sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        """Answer the conversation; see `backends.base.Backend`."""
        await self.load()
        server, process = self._server, self._process
        assert server is not None and process is not None
        try:
            async with aclosing(server.stream(messages, sampling)) as answer:
                async for chunk in answer:
                    yield chunk
        except ContextOverflow:
            raise
        except BackendError as error:
            if await _dies(process):
                raise BackendError(f"vLLM has ended while it answered, perhaps for want of memory: ask again, and it is started anew; its log is {self._environment.log}") from error  # fmt: skip
            raise

    async def close(self) -> None:
        """End the server with every process of its own."""
        await self._end()

    async def _ready(self, process: VllmProcess) -> Server:
        end = self._began + self._options.start_seconds
        self._tell("starting vLLM")
        while not process.listens():
            self._tell(process.step())
            if process.ended:
                error = await asyncio.to_thread(process.fault)
                await self._end()
                raise error
            if time.monotonic() > end:
                await self._end()
                raise BackendError(f"vLLM was not ready after {self._options.start_seconds} s: raise start_seconds in [backends.vllm]; its log is {self._environment.log}")  # fmt: skip
            await asyncio.sleep(_LOOK_SECONDS)
        self._tell("vLLM is ready")
        return Server(Served((process.address,)), self._patience, {process.address: process.key})

    async def _end(self) -> None:
        process, self._process = self._process, None
        server, self._server = self._server, None
        if server is not None:
            await server.close()
        if process is not None:
            await asyncio.to_thread(process.end)

    def _tell(self, step: str) -> None:
        if step and self._hear is not None:
            self._hear(step)


async def _dies(process: VllmProcess) -> bool:
    """Whether it has ended, or does within a moment."""
    for _ in range(int(_DIES_SECONDS / _LOOK_SECONDS)):
        if process.ended:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    return process.ended
