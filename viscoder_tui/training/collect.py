"""The model's own failures, run for real: what it wrote, what the loop said of it, what is right.

Injected faults teach a model to mend injected faults. What it gets wrong itself it meets here: fresh
requests are put to it, its programs are run, and where the run or the fidelity check finds fault
the conversation is kept with the right answer at its end, as one JSON object a line in the form of
correction dialogues (``uuid``, ``messages``, ``language``).
"""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

from backends.base import Backend, Message, Sampling
from runners import languages
from runners.base import DataFile, Program, Runner, Verdict
from viscoder_tui.agent import fidelity, prompts
from viscoder_tui.agent.answer import extract
from viscoder_tui.agent.repairs import repaired
from viscoder_tui.training.sample import Expected, Sample
from viscoder_tui.training.synthesize import samples

_LONGEST = 512
"""Tokens of an answer; a failure that goes on and on teaches nothing."""


async def failures(backend: Backend, runner: Runner, folder: Path, seed: int, count: int) -> AsyncIterator[Sample]:  # fmt: skip
    """What the model gets wrong of `count` fresh requests drawn from `seed`.

    Args:
        backend: the model.
        runner: runs its programs.
        folder: for data files and pictures.
        seed: of the requests.
        count: how many are put to the model.
    """
    firsts = (sample for sample in samples(seed) if sample.origin in ("plain", "data"))
    for sample in itertools.islice(firsts, count):
        asked, right = sample.messages[0], sample.messages[1]
        answer = await _answer(backend, asked)
        told = await _told(sample, answer, runner, folder)
        if told is not None and answer.strip() != right.content:
            messages = (asked, Message("assistant", answer.strip()), told, right)
            yield Sample(sample.language, messages, sample.expected, "correction", sample.data)


async def _answer(backend: Backend, asked: Message) -> str:
    text = ""
    async with aclosing(backend.stream((asked,), Sampling(max_tokens=_LONGEST))) as stream:
        async for chunk in stream:
            text += chunk.text
    return text


async def _told(sample: Sample, answer: str, runner: Runner, folder: Path) -> Message | None:
    for name, text in sample.data:
        (folder / name).write_text(text, encoding="utf-8")
    files = tuple(DataFile(name, folder / name) for name, _ in sample.data)
    code = extract(answer, languages.find(sample.language)).source
    if not code.strip():
        return prompts.no_code("compact", sample.language)
    instruction = sample.instruction
    source, _ = repaired(code, sample.language, [one.name for one in files], instruction)
    run = await runner.run(Program(source, sample.language, files), folder / "out")
    doubts = ()
    if run.verdict is Verdict.RENDERED:
        doubts = fidelity.check(instruction, sample.language, source, run.texts, has_data=bool(files))  # fmt: skip
        if not doubts:
            return None
    return prompts.feedback("compact", source, run, doubts)


def line(sample: Sample) -> str:
    """A conversation as a line of JSON."""
    messages = [{"role": one.role, "content": one.content} for one in sample.messages]
    name = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(messages))
    return json.dumps({"uuid": str(name), "messages": messages, "language": sample.language}, ensure_ascii=False)  # fmt: skip


def read(path: Path) -> tuple[Sample, ...]:
    """The conversations that `line` wrote into the file `path`; none where there is no file."""
    if not path.exists():
        return ()
    found: list[Sample] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        content = json.loads(row)
        messages = tuple(Message(one["role"], one["content"]) for one in content["messages"])
        found.append(Sample(content["language"], messages, Expected(""), "correction"))
    return tuple(found)
