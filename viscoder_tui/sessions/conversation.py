"""A session under way: what is asked, run by hand and brought back, written down before it is told.

Every face drives one of these and shows the events that it yields.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from backends.base import Backend, PromptStyle, Sampling
from runners import languages
from runners.base import DataFile, Language, PlotStyle, Program, Run, Runner, Verdict
from viscoder_tui.agent import warned
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.datafiles import DataSummary, summarize
from viscoder_tui.agent.events import (
    Cancelled,
    Event,
    RunFinished,
    RunStarted,
    TextStreamed,
    ThoughtStreamed,
)
from viscoder_tui.agent.form import GrammarUse
from viscoder_tui.agent.task import Exchange, Task
from viscoder_tui.sessions.records import Session, TaskRecord
from viscoder_tui.sessions.store import Store

P = ParamSpec("P")
T = TypeVar("T")

_WRITER = ThreadPoolExecutor(1, "store")
"""One thread: what is written stays in order, and one thread's memory is enough."""
_REMEMBERED = 6
"""Earlier requests that a general model is told of."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the next request is worked on; may change between requests.

    Attributes:
        budget: what it may cost.
        check: whether the picture is compared with the request.
        sampling: of the model.
        style: how pictures look where their programs do not say.
        grammar: how far the model is held to the form of an answer.
        usual: the language where neither the user nor the request names one; Python when None.
    """

    budget: Budget = field(default_factory=Budget)
    check: bool = True
    sampling: Sampling = field(default_factory=Sampling)
    style: PlotStyle | None = None
    grammar: GrammarUse = "off"
    usual: Language | None = None


class Conversation:
    """One session, the model that answers in it and the runner that runs.

    Args:
        store: where it is written down.
        session: begun now, or taken up again.
        backend: the model.
        runner: runs programs.
        manner: how requests are worked on.
        language: of the first program; chosen from the request when None.
        model: what has the same model answer when the session is taken up again; empty for whichever
            is the best then.
    """

    def __init__(
        self,
        store: Store,
        session: Session,
        backend: Backend,
        runner: Runner,
        manner: Manner | None = None,
        language: Language | None = None,
        model: str = "",
    ) -> None:
        self.store = store
        self.model = model
        self._kept_model = session.summary.model
        self.session_id = session.id
        self.backend = backend
        self.runner = runner
        self.manner = manner or Manner()
        self.language = language
        self.data: tuple[DataSummary, ...] = ()
        self.tasks: list[TaskRecord] = list(session.tasks)
        self._stop: asyncio.Event | None = None
        if self.tasks and language is None:
            self.language = languages.find(self.tasks[-1].language)

    @property
    def busy(self) -> bool:
        """Whether a request or a run is under way."""
        return self._stop is not None

    def stop(self) -> None:
        """End what is under way, model and program both."""
        if self._stop is not None:
            self._stop.set()

    def attach(self, path: Path) -> DataSummary:
        """Let the next programs read a data file.

        Raises:
            DataRefused: it cannot be used.
        """
        found = summarize(path.expanduser())
        self.data = (*(one for one in self.data if one.name != found.name), found)
        return found

    def language_for(self, instruction: str) -> tuple[Language, str]:
        """The language of the next program, and why."""
        guessed, why = languages.guess(instruction)
        asked = why != languages.NOTHING_ASKED
        if self.language is None and not asked and self.manner.usual is not None:
            return self.manner.usual, "the settings say so"
        if self.language is None:
            return guessed, why
        if asked and self.tasks and _names(instruction, guessed):
            return guessed, why
        return self.language, "as before" if self.tasks else "chosen"

    async def ask(
        self,
        instruction: str,
        *,
        source: str | None = None,
        lines: tuple[int, int] | None = None,
        afresh: bool = False,
    ) -> AsyncGenerator[Event, None]:
        """Have the model write, and mend, the program for `instruction`.

        Args:
            instruction: what the user typed.
            source: the program as it stands in the editor, where it was changed by hand.
            lines: first and last line of it that may be changed.
            afresh: not a change to what is there, but a new picture.
        """
        with self._under_way() as stop:
            language, _ = self.language_for(instruction)
            self.language = language
            style = await self._style(stop)
            if style is None:
                yield Cancelled(0)
                return
            earlier: tuple[Exchange, ...] = ()
            fresh = style == "compact" and source is None and stands_alone(instruction)
            if not afresh and not fresh:
                earlier = self._earlier(source, only_last=style == "compact")
            task = Task(instruction, language, self.data, style=self.manner.style, earlier=earlier, lines=lines)  # fmt: skip
            async with aclosing(self._solved(task, stop)) as events:
                async for event in events:
                    yield event

    async def go_on(self, source: str) -> AsyncGenerator[Event, None]:
        """Run a program that was changed by hand; if it fails, or a warning says what to write
        instead, have the model mend it."""
        with self._under_way() as stop:
            failed: Run | None = None
            async with aclosing(self._ran(source, stop)) as events:
                async for event in events:
                    if isinstance(event, RunFinished) and _is_to_be_mended(event.run):
                        failed = event.run
                    yield event
            if failed is None or self.language is None:
                return
            style = await self._style(stop)
            if style is None:
                yield Cancelled(0)
                return
            earlier = self._earlier(source, only_last=style == "compact")
            from viscoder_tui.agent import prompts

            told = prompts.feedback(style, source, failed, ()).content
            task = Task("", self.language, self.data, style=self.manner.style, earlier=earlier, told=told)  # fmt: skip
            async with aclosing(self._solved(task, stop)) as events:
                async for event in events:
                    yield event

    async def run(self, source: str) -> AsyncGenerator[Event, None]:
        """Run a program that was written or changed by hand, without the model."""
        with self._under_way() as stop:
            async with aclosing(self._ran(source, stop)) as events:
                async for event in events:
                    yield event

    @contextmanager
    def _under_way(self) -> Generator[asyncio.Event]:
        self._stop = asyncio.Event()
        try:
            yield self._stop
        finally:
            self._stop = None

    async def _style(self, stop: asyncio.Event) -> PromptStyle | None:
        """How the model wants to be asked, once it is loaded; None where the user stops first."""
        found = await _unless(stop, self.backend.load())
        return found.prompt_style if found is not None else None

    async def _solved(self, task: Task, stop: asyncio.Event) -> AsyncGenerator[Event, None]:
        paths = tuple(one.path for one in self.data)
        record = await _written(self.store.add_task, self.session_id, task.instruction, task.language.name, paths)  # fmt: skip
        if self.model != self._kept_model:
            await _written(self.store.set_model, self.session_id, self.model)
            self._kept_model = self.model
        from viscoder_tui.agent.loop import solve  # most of the agent; nobody waits for it before

        try:
            events = solve(
                task,
                backend=self.backend,
                runner=self.runner,
                folder=record.folder,
                budget=self.manner.budget,
                check=self.manner.check,
                sampling=self.manner.sampling,
                grammar=self.manner.grammar,
                stop=stop,
            )
            async with aclosing(events):
                async for event in events:
                    if isinstance(event, TextStreamed | ThoughtStreamed):
                        self.store.hear(record.id, event)  # gathered, written by a thread
                    else:
                        await _written(self.store.hear, record.id, event)
                    yield event
        finally:
            await self._read_back(record.id)

    async def _ran(self, source: str, stop: asyncio.Event) -> AsyncGenerator[Event, None]:
        language = self.language_for("")[0]
        self.language = language
        if not self.tasks or self.tasks[-1].language != language.name:
            paths = tuple(one.path for one in self.data)
            self.tasks.append(await _written(self.store.add_task, self.session_id, "", language.name, paths))  # fmt: skip
        task = self.tasks[-1]
        number = await _written(self.store.add_hand_round, task.id, source)
        files = tuple(DataFile(one.name, one.path) for one in self.data)
        program = Program(source, language.name, files, self.manner.style)
        try:
            yield RunStarted(number, program)
            folder = self.store.round_folder(task.id, number)
            run = await _unless(stop, self.runner.run(program, folder))
            if run is None:
                yield Cancelled(number)
                return
            await _written(self.store.finish_hand_round, task.id, number, run)
            yield RunFinished(number, run, warned.doubts(run))
        finally:
            await self._read_back(task.id)

    async def _read_back(self, task_id: int) -> None:
        found = await _written(self.store.task, task_id)
        self.tasks = [one for one in self.tasks if one.id != task_id]
        self.tasks.append(found)
        self.tasks.sort(key=lambda one: one.number)
        self.tasks[:-1] = [_slim(one) for one in self.tasks[:-1]]

    def _earlier(self, source: str | None, *, only_last: bool) -> tuple[Exchange, ...]:
        """What was asked before, with the programs that came of it; `source` in place of the last."""
        tables = tuple(one.table for one in self.data)
        found = [
            Exchange(task.instruction, task.language, task.best.source, tables)
            for task in self.tasks
            if task.best is not None and task.best.source
        ]
        if source is not None and found:
            found[-1] = replace(found[-1], source=source)
        elif source is not None and source.strip() and self.language is not None:
            found = [Exchange("", self.language.name, source, tables)]
        return tuple(_told(found, 1 if only_last else _REMEMBERED))


def _is_to_be_mended(run: Run) -> bool:
    return run.verdict is not Verdict.RENDERED or bool(warned.to_mend(run))


async def _written(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What the store gives back; it may have to wait for another viscoder, and nobody with it."""
    writing = asyncio.get_running_loop().run_in_executor(
        _WRITER, partial(work, *arguments, **named)
    )
    return await asyncio.shield(writing)


def _slim(task: TaskRecord) -> TaskRecord:
    """A task of before: what its programs printed, and the answers around them, are in the store."""
    if not any(one.answer or one.stdout or one.stderr for one in task.rounds):
        return task
    rounds = tuple(replace(one, answer="", stdout="", stderr="") for one in task.rounds)
    return replace(task, rounds=rounds)


async def _unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """The result of `work`, or None where the user stops it first; then it has ended."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
        return await task if task.done() else None
    finally:
        stopped.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait((task,))


def _told(found: Sequence[Exchange], most: int) -> Sequence[Exchange]:
    """The last of them; a program without a request of its own takes the one before."""
    asked = ""
    told: list[Exchange] = []
    for one in found:
        asked = one.instruction or asked
        told.append(replace(one, instruction=asked))
    return told[-most:]


_FIGURE = re.compile(r"\d")


def stands_alone(instruction: str) -> bool:
    """Whether a small model should read a request as a new picture, not as a change.

    A request that brings its own data does; "make it red" does not.
    """
    return len(_FIGURE.findall(instruction)) > 4 and len(instruction.split()) > 6


def _names(instruction: str, language: Language) -> bool:
    """Whether `instruction` names `language`, and not only a kind of picture that speaks for it."""
    text = instruction.lower()
    return any(
        re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w-])", text)
        for word in (language.title, *language.names)
        if len(word) > 2
    )


__all__ = ["Conversation", "Manner", "stands_alone"]
