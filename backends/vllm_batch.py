"""Many conversations at once through vLLM's offline engine, for benchmarks: no server, no HTTP.

The engine runs in vLLM's own environment (`backends.vllm_batch_process`), ends with viscoder, and
keeps what it has read between one call and the next.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backends import vllm_log
from backends.base import (
    BackendError,
    ContextOverflow,
    Finish,
    Message,
    Sampling,
    Usage,
)
from backends.vllm_options import VllmOptions
from backends.vllm_process import Environment, inherited
from backends.warded import Warded

_PROGRAM = Path(__file__).with_name("vllm_batch_process.py")
_LOOK_SECONDS = 0.2
_NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class Written:
    """An answer.

    Attributes:
        number: of the conversation that it answers, from 0.
        text: the whole answer.
        finish: why it ended.
        usage: what it cost; its seconds are not known.
        overflow: set where there is no answer, because the conversation is too long.
    """

    number: int
    text: str = ""
    finish: Finish = Finish.STOP
    usage: Usage = _NOTHING
    overflow: ContextOverflow | None = None


class VllmBatch:
    """Answers many conversations at once; one call at a time.

    Args:
        model: a folder, or a name of a hub, as `backends.vllm_process.checked` gives it.
        environment: where vLLM is.
        options: how it is started.
        hear: is told what vLLM does until it is ready.
    """

    def __init__(
        self,
        model: str,
        environment: Environment,
        options: VllmOptions,
        hear: Callable[[str], None] | None = None,
    ) -> None:
        self._model = model
        self._environment = environment
        self._options = options
        self._hear = hear
        self._warded: Warded | None = None
        self._lock = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The process that all of vLLM's come from, while it runs."""
        return self._warded.pid if self._warded is not None else None

    async def answers(
        self, conversations: Sequence[Sequence[Message]], sampling: Sampling
    ) -> AsyncGenerator[Written, None]:
        """Answer all conversations; each answer comes when it is ready, in whatever order.

        Closing the generator before its end ends the engine.

        Raises:
            BackendError: vLLM cannot be started, or broke; what has come stays valid.
        """
        async with self._lock:
            engine = await self._ready()
            asked = {
                "conversations": [[{"role": one.role, "content": one.content} for one in turns] for turns in conversations],
                "sampling": {"temperature": sampling.temperature, "top_p": sampling.top_p, "seed": sampling.seed, "max_tokens": sampling.max_tokens},
            }  # fmt: skip
            finished = False
            try:
                with contextlib.suppress(OSError):  # it has ended, which the next line says
                    await asyncio.to_thread(_say, engine, asked)
                while "done" not in (event := await self._event(engine)):
                    yield _written(event)
                finished = True
            finally:
                if not finished:
                    await self.close()

    async def close(self) -> None:
        """End the engine with every process of its own."""
        warded, self._warded = self._warded, None
        if warded is not None:
            await asyncio.to_thread(warded.end)

    async def _ready(self) -> Warded:
        if self._warded is not None and self._warded.status() is None:
            return self._warded
        await self.close()
        environment = self._environment
        environment.check()
        command = [str(environment.python), "-I", str(_PROGRAM), "--model", self._model, *self._options.engine()]  # fmt: skip
        try:
            engine = Warded(command, environment.log, inherited(), pipes=True)
        except OSError as error:
            raise BackendError(f"vLLM cannot be started: {error.strerror or error}") from error
        self._warded = engine
        watching = asyncio.create_task(self._watch(engine))
        try:
            async with asyncio.timeout(self._options.start_seconds):
                await self._event(engine)
        except TimeoutError:
            await self.close()
            raise BackendError(f"vLLM was not ready after {self._options.start_seconds} s: raise start_seconds in [backends.vllm]; its log is {environment.log}") from None  # fmt: skip
        except BaseException:
            await self.close()
            raise
        finally:
            watching.cancel()
        return engine

    async def _watch(self, engine: Warded) -> None:
        while True:
            step = engine.news()
            if step and self._hear is not None and (words := vllm_log.step(step)):
                self._hear(words)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _event(self, engine: Warded) -> dict[str, Any]:
        line = await asyncio.to_thread(engine.stdout.readline)
        if line:
            return json.loads(line)
        status = await asyncio.to_thread(engine.wait)
        raise vllm_log.fault(engine.said(), self._environment, self._model, status)


def _say(engine: Warded, asked: dict[str, Any]) -> None:
    engine.stdin.write(json.dumps(asked).encode() + b"\n")
    engine.stdin.flush()


def _written(event: dict[str, Any]) -> Written:
    number = int(event["number"])
    if "context" in event:
        return Written(number, overflow=ContextOverflow(f"the conversation has {event['prompt_tokens']} tokens and the model's context {event['context']}: shorten the request or choose a model with a longer context"))  # fmt: skip
    finish = Finish.LENGTH if event["finish"] == "length" else Finish.STOP
    return Written(number, event["text"], finish, Usage(event["prompt_tokens"], event["cached_tokens"], event["answer_tokens"]))  # fmt: skip
