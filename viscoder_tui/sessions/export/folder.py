"""A folder with the programs and pictures of a conversation, and all of it as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from runners.base import Picture
from viscoder_tui.sessions.export import files
from viscoder_tui.sessions.export.document import document
from viscoder_tui.sessions.export.words import language_of
from viscoder_tui.sessions.records import RoundRecord, Session, TaskRecord

TRANSCRIPT = "transcript.json"


def write(session: Session, target: Path) -> None:
    """Write ``transcript.json`` and, for each round, ``task-0/round-0/`` with program and pictures.

    Args:
        session: what to tell.
        target: the folder; made if need be.

    Raises:
        OSError: it cannot be written.
    """
    target.mkdir(parents=True, exist_ok=True)
    for task in session.tasks:
        language = language_of(task)
        suffix = language.suffix if language else ".txt"
        for one in task.rounds:
            place = target / _folder(task, one)
            place.mkdir(parents=True, exist_ok=True)
            if one.source:
                files.write(place / f"program{suffix}", one.source)
            for picture in one.pictures:
                for path in {picture.path, picture.path.with_suffix(".png")}:
                    if path.is_file():
                        files.copy(path, place / path.name)
    content = {"schema_version": 1, **document(session, _placed)}
    files.write(target / TRANSCRIPT, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _folder(task: TaskRecord, one: RoundRecord) -> str:
    return f"task-{task.number}/round-{one.number}"


def _placed(task: TaskRecord, one: RoundRecord, picture: Picture) -> str:
    return f"{_folder(task, one)}/{picture.path.name}"
