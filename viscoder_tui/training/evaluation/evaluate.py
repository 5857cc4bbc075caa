"""Measures a model: how much is drawn, and how much is wholly right, before and after corrections.

Each request goes through the real loop with the real runner, once; round 0 and the end are both
read from that one conversation.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from backends.base import Backend
from runners import languages
from runners.base import Runner, Verdict
from viscoder_tui.agent.answer import extract
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.datafiles import DataSummary, summarize
from viscoder_tui.agent.events import RunFinished, RunStarted, Solved
from viscoder_tui.agent.form import GrammarUse
from viscoder_tui.agent.loop import solve
from viscoder_tui.agent.task import Task
from viscoder_tui.training.evaluation.grade import wanted_of, wrongs
from viscoder_tui.training.evaluation.requests import Request
from viscoder_tui.training.synthesize import samples

FRESH_SEED = 2_000_000_011
"""Far from the seeds that training draws from."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one request.

    Attributes:
        request: what was asked.
        first_drawn: round 0 gave a picture.
        first_wrongs: what was wrong with round 0's program; empty when wholly right.
        drawn: some round gave a picture.
        wrongs: what was wrong with the program that the loop settled on.
        source: that program.
        rounds: how many there were.
    """

    request: Request
    first_drawn: bool
    first_wrongs: tuple[str, ...]
    drawn: bool
    wrongs: tuple[str, ...]
    source: str
    rounds: int

    @property
    def first_right(self) -> bool:
        """Round 0 was wholly right."""
        return self.first_drawn and not self.first_wrongs

    @property
    def right(self) -> bool:
        """The end was wholly right."""
        return self.drawn and not self.wrongs


def generated(language: str, count: int, seed: int = FRESH_SEED) -> tuple[Request, ...]:
    """Fresh generated first requests of one language, graded by their right answers."""
    drawn = (
        sample
        for sample in samples(seed)
        if sample.language == language and sample.origin in ("plain", "data")
    )
    found: list[Request] = []
    for sample in itertools.islice(drawn, count):
        right = extract(sample.messages[1].content, languages.find(language)).source
        found.append(Request(language, sample.instruction, wanted_of(sample.expected, language, right), sample.data))  # fmt: skip
    return tuple(found)


async def evaluate(
    requests: Iterable[Request],
    backend: Backend,
    runner: Runner,
    *,
    rounds: int = 3,
    grammar: GrammarUse = "off",
    hear: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Put each request to the model.

    Args:
        requests: to be measured by.
        backend: the model.
        runner: runs its programs.
        rounds: corrections at most.
        grammar: how far the model is held to the form of an answer.
        hear: is told each outcome as it comes.
    """
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="viscoder-evaluation-") as folder:
        for number, request in enumerate(requests):
            outcome = await _ask(
                request, backend, runner, Path(folder) / str(number), rounds, grammar
            )
            outcomes.append(outcome)
            hear(outcome)
    return tuple(outcomes)


async def _ask(request: Request, backend: Backend, runner: Runner, folder: Path, rounds: int, grammar: GrammarUse) -> Outcome:  # fmt: skip
    data = _files(request, folder)
    task = Task(request.text, languages.find(request.language), data)
    sources: dict[int, str] = {}
    rendered: set[int] = set()
    settled = -1
    events = solve(
        task, backend=backend, runner=runner, folder=folder, budget=Budget(rounds), grammar=grammar
    )
    number = 0
    async with aclosing(events):
        async for event in events:
            match event:
                case RunStarted():
                    number = event.round
                    sources[number] = event.program.source
                case RunFinished() if event.run.verdict is Verdict.RENDERED:
                    rendered.add(event.round)
                case Solved():
                    settled = event.round
                case _:
                    pass

    def wrong(at: int) -> tuple[str, ...]:
        return tuple(wrongs(request.wanted, request.language, sources.get(at, ""), has_data=bool(data)))  # fmt: skip

    return Outcome(
        request,
        0 in rendered,
        wrong(0),
        settled in rendered,
        wrong(settled),
        sources.get(settled, sources.get(0, "")),
        number + 1,
    )


def _files(request: Request, folder: Path) -> tuple[DataSummary, ...]:
    folder.mkdir(parents=True)
    for name, text in request.data:
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(summarize(folder / name) for name, _ in request.data)


def report(outcomes: Iterable[Outcome]) -> list[str]:
    """A table: a line a language, and one for all."""
    by_language: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_language.setdefault(outcome.request.language, []).append(outcome)
    lines = ["language    asked   round 0: drawn  right   after: drawn  right"]
    everything = [outcome for group in by_language.values() for outcome in group]
    for name, group in (*by_language.items(), ("all", everything)):
        shares = [
            100 * sum(getattr(outcome, what) for outcome in group) / len(group)
            for what in ("first_drawn", "first_right", "drawn", "right")
        ]
        lines.append(f"{name:10} {len(group):6}          {shares[0]:5.1f}  {shares[1]:5.1f}          {shares[2]:5.1f}  {shares[3]:5.1f}")  # fmt: skip
    return lines
