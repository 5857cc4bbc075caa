"""A conversation as one JSON object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from backends.choose import short
from runners.base import Picture
from viscoder_tui.sessions.records import RoundRecord, Session, SessionSummary, TaskRecord

Placed = Callable[[TaskRecord, RoundRecord, Picture], str]
"""Where a picture is said to lie."""


def document(session: Session, placed: Placed | None = None) -> dict[str, Any]:
    """All of a conversation, without ``schema_version``.

    Args:
        session: what to tell.
        placed: where the pictures lie; where they are kept when None.
    """
    where = placed or _kept
    return {
        **summary(session.summary),
        "tasks": [
            {
                "number": task.number,
                "instruction": task.instruction,
                "language": task.language,
                "data": [str(path) for path in task.data],
                "created": task.created.isoformat(),
                "outcome": task.outcome,
                "reason": task.reason,
                "solved": task.solved,
                "folder": str(task.folder),
                "rounds": [_round(task, one, where) for one in task.rounds],
            }
            for task in session.tasks
        ],
    }


def summary(one: SessionSummary) -> dict[str, Any]:
    """What a list says of a conversation."""
    return {
        "id": one.id,
        "title": one.title,
        "created": one.created.isoformat(),
        "updated": one.updated.isoformat(),
        "language": one.language,
        "model": short(one.model),
        "rounds": one.rounds,
        "picture": _text(one.picture),
    }


def _round(task: TaskRecord, one: RoundRecord, placed: Placed) -> dict[str, Any]:
    return {
        "number": one.number,
        "origin": one.origin,
        "answer": one.answer,
        "prose": one.prose,
        "code": one.source,
        "verdict": one.verdict,
        "repairs": [asdict(each) for each in one.repairs],
        "diagnostics": [asdict(each) for each in one.diagnostics],
        "doubts": [asdict(each) for each in one.doubts],
        "pictures": [placed(task, one, picture) for picture in one.pictures],
        "stdout": one.stdout,
        "stderr": one.stderr,
        "tokens": one.usage.answer_tokens,
        "seconds": round(one.seconds, 3),
    }


def _kept(_task: TaskRecord, _round: RoundRecord, picture: Picture) -> str:
    return str(picture.path)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
