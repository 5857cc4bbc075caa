"""Correction dialogues, one JSON object a line: the form that training data has."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from viscoder_tui.sessions.export import files
from viscoder_tui.sessions.export.dialogue import as_json, dialogue
from viscoder_tui.sessions.records import Session

_ENDS_OF_LINES = {ord(one): f"\\u{ord(one):04x}" for one in "\u0085\u2028\u2029"}
"""JSON lets these stand, but some readers of lines take them for the end of one."""


def write(session: Session, target: Path) -> None:
    """Write a line for each task that the model answered.

    Args:
        session: what to tell.
        target: the file.

    Raises:
        OSError: it cannot be written.
    """
    files.write(target, "".join(lines(session)))


def lines(session: Session) -> list[str]:
    """The lines, each with its end."""
    found: list[str] = []
    for task in session.tasks:
        messages = as_json(dialogue(task))
        if messages:
            name = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(messages))
            content = {"uuid": str(name), "messages": messages, "language": task.language}
            line = json.dumps(content, ensure_ascii=False).translate(_ENDS_OF_LINES)
            found.append(line + "\n")
    return found
