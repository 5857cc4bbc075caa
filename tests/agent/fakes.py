"""Stand-ins for a model's text, and for a runner's faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path

from backends.base import (
    BackendError,
    Chunk,
    Finish,
    Message,
    ModelInfo,
    PromptStyle,
    Sampling,
    Usage,
)
from runners.base import Limits, PictureFormat, Program, Run


@dataclass
class FakeBackend:
    """Says what it is told, one answer after the other; the last one for ever.

    Attributes:
        answers: what it says.
        style: the prompts it wants.
        cut: answers that end at the token budget.
        fails_after: characters after which it breaks.
        hangs: it never says a word.
        thoughts: what it thinks before each answer.
        doubt: why it may hardly run here.
    """

    answers: list[str]
    style: PromptStyle = "full"
    cut: tuple[int, ...] = ()
    fails_after: int | None = None
    hangs: bool = False
    thoughts: str = ""
    doubt: str = ""
    heard: list[tuple[Message, ...]] = field(default_factory=list[tuple[Message, ...]])
    samplings: list[Sampling] = field(default_factory=list[Sampling])
    closed_streams: int = 0

    async def load(self) -> ModelInfo:
        return ModelInfo("fake", 8192, self.style, doubt=self.doubt)

    async def stream(self, messages: tuple[Message, ...], sampling: Sampling) -> AsyncGenerator[Chunk, None]:  # fmt: skip
        number = len(self.heard)
        self.heard.append(messages)
        self.samplings.append(sampling)
        text = self.answers[min(number, len(self.answers) - 1)]
        try:
            if self.hangs:
                await asyncio.sleep(3600)
            if self.thoughts:
                yield Chunk("", 1, reasoning=self.thoughts)
            for place in range(0, len(text), 10):
                if self.fails_after is not None and place >= self.fails_after:
                    raise BackendError("the server went away")
                yield Chunk(text[place : place + 10], place // 10 + 1)
                await asyncio.sleep(0)
            finish = Finish.LENGTH if number in self.cut else Finish.STOP
            tokens = -(-len(text) // 10)
            yield Chunk("", tokens, finish, Usage(10, 0, tokens, 0.1, 0.1))
        finally:
            self.closed_streams += 1

    async def close(self) -> None:
        return


@dataclass
class FakeRunner:
    """Gives the runs it is told, one after the other; the last one for ever."""

    runs: list[Run]
    programs: list[Program] = field(default_factory=list[Program])
    hangs: bool = False

    async def run(
        self,
        program: Program,
        folder: Path,
        format: PictureFormat = "png",
        limits: Limits | None = None,
    ) -> Run:
        self.programs.append(program)
        if self.hangs:
            await asyncio.sleep(3600)
        return self.runs[min(len(self.programs), len(self.runs)) - 1]

    def warm_up(self, language: str) -> None:
        return

    async def close(self) -> None:
        return
