"""What was said between user and model in a task, as a correction dialogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from backends.base import Finish, Message
from runners.base import Run
from viscoder_tui.agent import prompts
from viscoder_tui.agent.answer import extract
from viscoder_tui.sessions.export.words import language_of
from viscoder_tui.sessions.records import Origin, RoundRecord, TaskRecord


def dialogue(task: TaskRecord) -> tuple[Message, ...]:
    """User and assistant in turn, the last word the assistant's; empty where it said nothing.

    The loop keeps the conversation beside the rounds; where that file is gone, it is told anew from
    what the database holds.
    """
    told = _transcript(task.folder / "transcript.json") or _told_anew(task)
    turns = [one for one in told if one.role != "system"]
    while turns and turns[-1].role != "assistant":
        turns.pop()
    return tuple(turns)


def _transcript(path: Path) -> list[Message]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [Message(one["role"], one["content"]) for one in content["messages"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _told_anew(task: TaskRecord) -> list[Message]:
    answered = [one for one in task.rounds if one.origin is Origin.MODEL and one.answer]
    if not answered:
        return []
    files = [f"File {path.name}" for path in task.data]
    messages = [Message("user", "\n\n".join([task.instruction, *files]))]
    for one in answered[:-1]:
        feedback = _feedback(task, one)
        if feedback is not None:
            messages += [Message("assistant", one.answer), feedback]
    return [*messages, Message("assistant", answered[-1].answer)]


def _feedback(task: TaskRecord, one: RoundRecord) -> Message | None:
    if not one.source:
        return prompts.no_code("full", task.language)
    if one.verdict is None:
        return None  # the model repeated itself, and nothing was said of that
    run = Run(one.verdict, one.pictures, one.diagnostics, one.stdout, one.stderr)
    return prompts.feedback("full", one.source, run, one.doubts, cut=_cut(task, one))


def _cut(task: TaskRecord, one: RoundRecord) -> bool:
    language = language_of(task)
    if language is None or one.finish is not Finish.LENGTH:
        return False
    return not extract(one.answer, language).closed


def as_json(messages: Sequence[Message]) -> list[dict[str, str]]:
    """The turns as JSON."""
    return [{"role": one.role, "content": one.content} for one in messages]
