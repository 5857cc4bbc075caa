"""The ring: prompt, answer, code, repairs, run, feedback, and round again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from backends.base import (
    Backend,
    BackendError,
    Chunk,
    ContextOverflow,
    Finish,
    Message,
    PromptStyle,
    Sampling,
    Usage,
)
from runners.base import Limits, Program, Run, Runner, RunnerError, Verdict
from viscoder_tui.agent import critique, fidelity, form, prompts, warned
from viscoder_tui.agent.answer import Code, extract
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.events import (
    BackendFailed,
    Cancelled,
    CodeReady,
    Doubt,
    Event,
    GaveUp,
    PromptRead,
    Repair,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    Solved,
    TextStreamed,
    ThoughtStreamed,
)
from viscoder_tui.agent.form import GrammarUse
from viscoder_tui.agent.record import Record
from viscoder_tui.agent.repairs import repaired
from viscoder_tui.agent.selected import limited_to
from viscoder_tui.agent.task import Task

_HEAT = (0.0, 0.4, 0.8)
"""What is added to the temperature, each time the model repeats itself."""

T = TypeVar("T")


class Stopped(Exception):
    """The user asked to stop."""


@dataclass(slots=True)
class _State:
    """What the rounds of one task share; an answer may fill half of the context at most."""

    style: PromptStyle
    messages: list[Message]
    deadline: float
    tokens_left: int
    longest: int = 0
    heat: int = 0
    may_see: bool = False
    looks_left: int = 0
    sources: set[str] = field(default_factory=set[str])
    last_failure: tuple[object, ...] | None = None
    best: tuple[int, tuple[Doubt, ...]] | None = None

    def offer(self, number: int, doubts: tuple[Doubt, ...]) -> None:
        """A picture: the best so far if it has fewer doubts."""
        if self.best is None or len(doubts) < len(self.best[1]):
            self.best = (number, doubts)


@dataclass(slots=True)
class _Answer:
    """An answer as it grows."""

    text: str = ""
    reasoning: str = ""
    finish: Finish = Finish.STOP
    usage: Usage = field(default_factory=Usage)


async def solve(
    task: Task,
    *,
    backend: Backend,
    runner: Runner,
    folder: Path,
    budget: Budget | None = None,
    check: bool = True,
    sampling: Sampling | None = None,
    grammar: GrammarUse = "off",
    stop: asyncio.Event | None = None,
) -> AsyncGenerator[Event, None]:
    """Draw what `task` asks for, in up to 1 + N rounds.

    Args:
        task: what is asked.
        backend: the model.
        runner: runs its programs.
        folder: where everything is kept, round by round.
        budget: rounds, tokens and time.
        check: ask for a correction when a picture lacks what was asked for.
        sampling: how the model writes; raised when it repeats itself.
        grammar: how far the model is held to the form of an answer.
        stop: set it to stop model and program at once; `Cancelled` is the last event then.

    Yields:
        The events of `viscoder_tui.agent.events`; the last is `Solved`, `GaveUp`, `Cancelled` or
        `BackendFailed`.

    Raises:
        RunnerError: the sandbox cannot be had.
    """
    held = replace(sampling or Sampling(), grammar=form.grammar(task.language, grammar))
    loop = _Loop(task, backend, runner, folder, budget or Budget(), check, held, stop)
    number = 0
    try:
        async with aclosing(loop.rounds()) as events:
            async for event in events:
                if isinstance(event, RoundStarted):
                    number = event.round
                yield event
    except Stopped:
        yield Cancelled(number)
    except BackendError as error:
        yield loop.backend_failed(number, error)


class _Loop:
    def __init__(
        self,
        task: Task,
        backend: Backend,
        runner: Runner,
        folder: Path,
        budget: Budget,
        check: bool,
        sampling: Sampling,
        stop: asyncio.Event | None,
    ) -> None:
        self.task = task
        self.backend = backend
        self.runner = runner
        self.budget = budget
        self.check = check
        self.sampling = sampling
        self.stop = stop
        self.record = Record(folder, task.language)
        self.state = _State("full", [], time.monotonic() + budget.seconds, budget.tokens)

    async def rounds(self) -> AsyncGenerator[Event, None]:
        """All rounds."""
        info = await self._unless_stopped(self.backend.load())
        state = self.state
        state.style = info.prompt_style
        state.may_see, state.looks_left = info.may_see, self.budget.critiques
        opening = list(prompts.opening(self.task, info.prompt_style))
        state.messages = list(opening)
        state.longest = info.context // 2
        self.record.write_transcript(state.messages)
        reason = "no round is left"
        number = 0
        for number in range(self.budget.rounds + 1):
            yield RoundStarted(number, self.budget.rounds, info.context)
            ended = None
            try:
                async with aclosing(self._round(number)) as events:
                    async for event in events:
                        if isinstance(event, Solved | GaveUp):
                            ended = event
                        else:
                            yield event
            except ContextOverflow:
                if number == 0 or state.messages == opening:
                    raise
                # The failed rounds fill the context: the request alone may still be answered.
                state.messages = list(opening)
                state.heat += 1
            if isinstance(ended, Solved):
                yield ended
                return
            if isinstance(ended, GaveUp):
                reason = ended.reason
                break
            if time.monotonic() > state.deadline:
                reason = f"the {self.budget.seconds:g} seconds are used up"
                break
            if state.tokens_left <= 0:
                reason = f"the {self.budget.tokens} tokens are used up"
                break
        yield Solved(*state.best) if state.best else GaveUp(number, reason)

    def backend_failed(self, number: int, error: BackendError) -> Event:
        """A backend that fails after a success does not take the picture away."""
        if self.state.best is not None:
            return Solved(*self.state.best)
        if isinstance(error, ContextOverflow) and number > 0:
            return GaveUp(number, str(error))
        return BackendFailed(number, str(error))

    async def _round(self, number: int) -> AsyncGenerator[Event, None]:
        """One round; the last event is `Solved` or `GaveUp` where the task ends with it."""
        state, answer = self.state, _Answer()
        async for event in self._written(number, answer):
            yield event
        code = extract(answer.text, self.task.language)
        self.record.write_transcript([*state.messages, Message("assistant", answer.text)])
        yield CodeReady(number, answer.text, code.source, code.prose, answer.finish, answer.usage)
        if not code.source.strip():
            self._reply(answer.text, prompts.no_code(state.style, self.task.language.name))
            state.heat += 1
            if state.heat >= len(_HEAT):
                yield GaveUp(number, "the model writes no program")
            return
        source, repairs = self._mended(code)
        self.record.write_program(number, source)
        if repairs:
            yield Repaired(number, repairs, source)
        if source in state.sources:
            state.heat += 1
            if state.heat >= len(_HEAT):
                yield GaveUp(number, "the model repeats itself")
            return
        state.sources.add(source)
        task = self.task
        program = Program(source, task.language.name, task.files, task.style)
        yield RunStarted(number, program)
        run = await self._unless_stopped(self._run(number, program))
        doubts = self._doubts(source, run)
        if run.verdict is Verdict.RENDERED and not any(one.value for one in doubts):
            doubts = (*doubts, *await self._looked_at(run))
        self.record.write_run(number, run, doubts)
        yield RunFinished(number, run, doubts)
        if run.verdict is Verdict.UNAVAILABLE:
            yield GaveUp(number, run.diagnostics[0].message)
        elif run.verdict is Verdict.RENDERED and not self._to_be_mended(doubts):
            yield Solved(number, doubts)
        else:
            cut = not code.closed and answer.finish is Finish.LENGTH
            self._learn(number, answer.text, source, run, doubts, cut)

    async def _written(self, number: int, answer: _Answer) -> AsyncIterator[Event]:
        state = self.state
        base = self.sampling
        heat = _HEAT[min(state.heat, len(_HEAT) - 1)]
        sampling = replace(
            base,
            temperature=base.temperature + heat,
            seed=base.seed + (number if heat else 0),
            max_tokens=max(min(base.max_tokens, state.tokens_left, state.longest), 1),
        )
        began = time.monotonic()
        tokens = 0
        stream = self.backend.stream(tuple(state.messages), sampling)
        try:
            async with aclosing(stream):
                async for chunk in self._chunks(stream):
                    text = _writable(chunk.text)
                    answer.text += text
                    tokens = chunk.tokens
                    if chunk.finish is not None:
                        answer.finish = chunk.finish
                    if chunk.usage is not None:
                        answer.usage = chunk.usage
                    if chunk.reading is not None:
                        yield PromptRead(chunk.reading.read, chunk.reading.tokens)
                    if chunk.reasoning:
                        thought = _writable(chunk.reasoning)
                        answer.reasoning += thought
                        yield ThoughtStreamed(thought, tokens, time.monotonic() - began)
                    if text:
                        yield TextStreamed(text, tokens, time.monotonic() - began)
                    if time.monotonic() > state.deadline:
                        answer.finish = Finish.LENGTH
                        break
        finally:
            state.tokens_left -= tokens
            self.record.write_answer(number, answer.text, answer.reasoning)

    async def _chunks(self, stream: AsyncGenerator[Chunk, None]) -> AsyncIterator[Chunk]:
        if self.stop is None:
            async for chunk in stream:
                yield chunk
            return
        while True:
            try:
                yield await self._unless_stopped(anext(stream))
            except StopAsyncIteration:
                return

    async def _unless_stopped(self, work: Awaitable[T]) -> T:
        """The result of `work`, unless the user stops it first.

        Raises:
            Stopped: the user did; the work has ended.
        """
        if self.stop is None:
            return await work
        task = asyncio.ensure_future(work)
        stopped = asyncio.ensure_future(self.stop.wait())
        try:
            await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise Stopped
            return await task
        finally:
            stopped.cancel()
            if not task.done():
                task.cancel()
                await asyncio.wait((task,))

    def _mended(self, code: Code) -> tuple[str, tuple[Repair, ...]]:
        names = [one.name for one in self.task.data]
        asked = "" if self.task.earlier else self.task.instruction
        source, repairs = repaired(code.source, self.task.language.name, names, asked)
        found = list(repairs)
        if self.task.lines and self.task.earlier:
            kept = limited_to(self.task.earlier[-1].source, source, *self.task.lines)
            if kept != source:
                source = kept
                found.append(Repair("keep_other_lines", "left the lines alone that were not to be changed"))  # fmt: skip
        if not code.fenced:
            found.insert(0, Repair("take_bare_code", "took the whole answer as the program"))
        elif not code.closed:
            found.insert(0, Repair("close_fence", "took the code of an unclosed block"))
        return source, tuple(found)

    async def _run(self, number: int, program: Program) -> Run:
        left = max(self.state.deadline - time.monotonic(), 1.0)
        limits = Limits()
        if left < limits.wall_seconds:
            limits = replace(limits, wall_seconds=left)
        return await self.runner.run(program, self.record.round(number), self.task.format, limits)

    def _doubts(self, source: str, run: Run) -> tuple[Doubt, ...]:
        if run.verdict is not Verdict.RENDERED:
            return ()
        task = self.task
        asked = fidelity.check(
            task.instruction,
            task.language.name,
            source,
            run.texts,
            has_data=bool(task.data),
            is_change=bool(task.earlier),
        )
        return (*warned.doubts(run), *asked)

    async def _looked_at(self, run: Run) -> tuple[Doubt, ...]:
        """What a model that sees finds wrong with the picture, as often as it may look."""
        state = self.state
        if not state.may_see or state.looks_left <= 0 or not run.pictures:
            return ()
        state.looks_left -= 1
        question = critique.question(self.task, run.pictures[0].path.with_suffix(".png"))
        sampling = Sampling(max_tokens=min(critique.ANSWER_TOKENS, max(state.tokens_left, 1)))
        text, tokens = "", 0
        try:
            async with aclosing(self.backend.stream(question, sampling)) as stream:
                async for chunk in self._chunks(stream):
                    text, tokens = text + _writable(chunk.text), chunk.tokens
        except BackendError as error:
            state.looks_left = 0
            return (critique.not_seen(str(error)),)
        finally:
            state.tokens_left -= tokens
        found = critique.fault(text)
        return (found,) if found else ()

    def _to_be_mended(self, doubts: tuple[Doubt, ...]) -> bool:
        """Whether the model is asked again because of them."""
        return any(one.value and (self.check or one.aspect == "fault") for one in doubts)

    def _learn(
        self, number: int, answer: str, source: str, run: Run, doubts: tuple[Doubt, ...], cut: bool
    ) -> None:
        """Tell the model what went wrong; the same failure twice is told once."""
        state = self.state
        if run.verdict is Verdict.RENDERED:
            state.offer(number, doubts)
        failure = (run.verdict, tuple(one.message for one in run.diagnostics), doubts)
        if failure == state.last_failure:
            state.heat += 1
            return
        state.last_failure = failure
        self._reply(answer, prompts.feedback(state.style, source, run, doubts, cut=cut))

    def _reply(self, answer: str, message: Message) -> None:
        self.state.messages += [Message("assistant", answer), message]
        self.record.write_transcript(self.state.messages)


def _writable(text: str) -> str:
    """Without halves of letters (lone surrogates), which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


__all__ = ["RunnerError", "solve"]
