"""Runs synthesized conversations for real: do right programs draw, and are errors told as they are?

A correction in the training data holds a wrong program and what is said of it. What the loop would
say is asked of the runner and the fidelity check here, and must be the same, so that the model
meets at work the very feedback it was trained on.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from runners import languages
from runners.base import DataFile, Program, Run, Runner, Verdict
from viscoder_tui.agent import fidelity, prompts
from viscoder_tui.agent.answer import extract
from viscoder_tui.agent.repairs import repaired
from viscoder_tui.training.sample import Sample
from viscoder_tui.training.synthesize import samples


def is_true(told: str, really: str) -> bool:
    """Whether the loop would tell what is `told`, save for numbers that an axis happens to show."""
    return bool(really) and set(really.splitlines()) <= set(told.splitlines())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the training data that is not as it says.

    Attributes:
        sample: the conversation.
        message: what was found, one line.
    """

    sample: Sample
    message: str


class Validation:
    """Runs conversations and counts what came of them.

    Args:
        runner: runs their programs.
        folder: for data files and pictures.
    """

    def __init__(self, runner: Runner, folder: Path) -> None:
        self.runner = runner
        self.folder = folder
        self.counts: Counter[tuple[str, str]] = Counter()
        """By language: ``run``, ``rendered``, ``corrections``, ``true`` feedback."""

    async def findings(self, seed: int, count: int) -> AsyncIterator[Finding]:
        """What is wrong with the first `count` conversations drawn from `seed`."""
        for sample in itertools.islice(samples(seed), count):
            files = self._files(sample)
            right = sample.messages[-1].content
            _, run = await self._run(right, sample.language, files)
            self.counts[sample.language, "run"] += 1
            if run.verdict is Verdict.RENDERED:
                self.counts[sample.language, "rendered"] += 1
            else:
                said = run.diagnostics[0].message if run.diagnostics else ""
                yield Finding(sample, f"the right program: {run.verdict} {said}".strip())
            if sample.origin == "correction":
                self.counts[sample.language, "corrections"] += 1
                said = await self.feedback(sample, files)
                if is_true(sample.messages[-2].content, said):
                    self.counts[sample.language, "true"] += 1
                else:
                    yield Finding(sample, f"told {sample.messages[-2].content!r}, really {said!r}")

    async def feedback(self, sample: Sample, files: tuple[DataFile, ...]) -> str:
        """What the loop would say of a correction's wrong program; empty where it sees nothing."""
        wrong, instruction = sample.messages[-3].content, sample.instruction
        source, run = await self._run(wrong, sample.language, files, instruction)
        doubts = ()
        if run.verdict is Verdict.RENDERED:
            doubts = fidelity.check(instruction, sample.language, source, run.texts, has_data=bool(files))  # fmt: skip
            if not doubts:
                return ""
        return prompts.feedback("compact", source, run, doubts).content

    async def _run(self, answer: str, language: str, files: tuple[DataFile, ...], asked: str = "") -> tuple[str, Run]:  # fmt: skip
        found = extract(answer, languages.find(language)).source
        source, _ = repaired(found, language, [one.name for one in files], asked)
        run = await self.runner.run(Program(source, language, files), self.folder / "out")
        return source, run

    def _files(self, sample: Sample) -> tuple[DataFile, ...]:
        for name, text in sample.data:
            (self.folder / name).write_text(text, encoding="utf-8")
        return tuple(DataFile(name, self.folder / name) for name, _ in sample.data)

    def report(self) -> list[str]:
        """A line a language."""
        names = sorted({language for language, _ in self.counts})
        return [
            f"{name}: {self.counts[name, 'rendered']} of {self.counts[name, 'run']} right programs drawn, "
            f"{self.counts[name, 'true']} of {self.counts[name, 'corrections']} corrections told as they are"
            for name in names
        ]
