"""The synthesized conversations: the same for a seed, true to their word, and they render."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from pathlib import Path

import pytest

from runners.base import DataFile, Program, Verdict
from runners.runner import SandboxedRunner
from viscoder_tui.agent.answer import extract
from viscoder_tui.training.sample import Sample
from viscoder_tui.training.synthesize import samples
from viscoder_tui.training.validate import Validation, is_true


def drawn(seed: int, count: int) -> list[Sample]:
    return list(itertools.islice(samples(seed), count))


def test_a_seed_gives_the_same_conversations() -> None:
    assert drawn(1, 50) == drawn(1, 50)
    assert drawn(1, 50) != drawn(2, 50)


def test_all_languages_and_origins_occur() -> None:
    found = drawn(3, 2_000)
    assert {sample.language for sample in found} == {"python", "vegalite", "svg", "mermaid", "lilypond"}  # fmt: skip
    assert {sample.origin for sample in found} == {"plain", "data", "edit", "correction"}
    requests = {sample.messages[0].content for sample in found}
    assert len(requests) > 1_900


def test_an_answer_holds_what_is_expected_of_it() -> None:
    for sample in drawn(4, 1_500):
        source = sample.messages[-1].content
        for number in sample.expected.numbers:
            assert number in source
        if sample.expected.title:
            plain = source.replace("&amp;", "&").replace('\\"', '"')
            assert sample.expected.title.replace('"', "'") in plain.replace('"', "'")


def test_they_are_drawn_quickly() -> None:
    began = time.monotonic()
    drawn(5, 1_000)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("language", ["python", "vegalite", "svg", "mermaid", "lilypond"])
async def test_their_programs_render(
    warm_runner: SandboxedRunner, tmp_path: Path, language: str
) -> None:
    from runners.languages import find

    kinds: set[str] = set()
    for sample in samples(6):
        if sample.language != language or sample.expected.kind in kinds:
            continue
        kinds.add(sample.expected.kind)
        files: list[DataFile] = []
        for name, text in sample.data:
            (tmp_path / name).write_text(text)
            files.append(DataFile(name, tmp_path / name))
        source = extract(sample.messages[-1].content, find(language)).source
        run = await warm_runner.run(Program(source, language, tuple(files)), tmp_path / "out")
        assert run.verdict is Verdict.RENDERED, (sample.messages, run.diagnostics)
        if len(kinds) == 8 or (language == "lilypond" and len(kinds) == 1):
            return


async def test_corrections_tell_what_the_loop_would_tell(
    warm_runner: SandboxedRunner, tmp_path: Path
) -> None:
    validation = Validation(warm_runner, tmp_path)
    counts: Counter[str] = Counter()
    for sample in samples(8):
        if sample.origin != "correction" or counts[sample.language] >= 4:
            continue
        counts[sample.language] += 1
        told = sample.messages[-2].content
        really = await validation.feedback(sample, ())
        assert is_true(told, really), sample.messages[-4].content
        if len(counts) == 5 and min(counts.values()) == 4:
            return


async def test_untrue_conversations_are_found(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    validation = Validation(warm_runner, tmp_path)
    found = [finding async for finding in validation.findings(12, 12)]
    assert found == []
    assert sum(count for (_, what), count in validation.counts.items() if what == "rendered") == 12
    assert any("right programs drawn" in line for line in validation.report())
