"""Between the rows of the database and the records that they are read back as."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backends.base import Finish, Usage
from runners.base import Diagnostic, Picture, Severity, Verdict
from viscoder_tui.agent.events import Doubt, Repair
from viscoder_tui.sessions.records import (
    Origin,
    Outcome,
    RoundRecord,
    SessionSummary,
    TaskRecord,
)


def now() -> str:
    """This moment, as it is stored: in UTC, so that the texts sort by time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def packed(items: Sequence[Diagnostic] | Sequence[Doubt] | Sequence[Repair]) -> str:
    """Small records as one column."""
    return json.dumps([asdict(one) for one in items])


def packed_usage(usage: Usage) -> str:
    """What an answer cost, as one column."""
    return json.dumps(asdict(usage))


def packed_data(paths: Sequence[Path]) -> str:
    """Data files as one column; absolute, for the next viscoder may start elsewhere."""
    return json.dumps([str(path.absolute()) for path in paths])


def packed_pictures(pictures: Sequence[Picture], folder: Path) -> str:
    """Pictures as one column; relative to the sessions' `folder`, which may be moved."""
    return json.dumps(
        [
            {
                "path": _inside(one.path, folder),
                "format": one.format,
                "width": one.width,
                "height": one.height,
            }
            for one in pictures
        ]
    )


def _inside(path: Path, folder: Path) -> str:
    whole = path.resolve()
    return str(whole.relative_to(folder) if whole.is_relative_to(folder) else whole)


def round_of(row: sqlite3.Row, folder: Path) -> RoundRecord:
    """A row of ``rounds``.

    Args:
        row: all its columns.
        folder: of the sessions.
    """
    return RoundRecord(
        number=row["number"],
        origin=Origin(row["origin"]),
        answer=row["answer"],
        finish=Finish(row["finish"]) if row["finish"] else None,
        source=row["source"],
        prose=row["prose"],
        repairs=tuple(Repair(one["name"], one["message"]) for one in json.loads(row["repairs"])),
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        diagnostics=tuple(_diagnostic(one) for one in json.loads(row["diagnostics"])),
        doubts=tuple(
            Doubt(one["aspect"], one["value"], one["message"]) for one in json.loads(row["doubts"])
        ),
        pictures=pictures_of(row["pictures"], folder),
        stdout=row["stdout"],
        stderr=row["stderr"],
        seconds=row["seconds"],
        usage=Usage(**json.loads(row["usage"])),
    )


def _diagnostic(content: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        Severity(content["severity"]),
        content["message"],
        content["line"],
        content["column"],
        content["hint"],
    )


def pictures_of(column: str, folder: Path) -> tuple[Picture, ...]:
    """The pictures of a row, lying in the sessions' `folder`."""
    return tuple(
        Picture(folder / one["path"], one["format"], one["width"], one["height"])
        for one in json.loads(column)
    )


def task_of(row: sqlite3.Row, rounds: Sequence[RoundRecord], folder: Path) -> TaskRecord:
    """A row of ``tasks``.

    Args:
        row: all its columns.
        rounds: of the task.
        folder: of the task.
    """
    return TaskRecord(
        id=row["id"],
        number=row["number"],
        instruction=row["instruction"],
        language=row["language"],
        data=tuple(Path(one) for one in json.loads(row["data"])),
        folder=folder,
        created=_moment(row["created"]),
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        solved=row["solved"],
        rounds=tuple(rounds),
    )


SUMMARY = """
    SELECT id, title, created, updated, model,
        coalesce((SELECT language FROM tasks WHERE session = sessions.id
                  ORDER BY number DESC LIMIT 1), language) AS language,
        (SELECT count(*) FROM tasks JOIN rounds ON rounds.task = tasks.id
         WHERE session = sessions.id) AS rounds,
        (SELECT pictures FROM tasks JOIN rounds ON rounds.task = tasks.id
         WHERE session = sessions.id AND pictures <> '[]'
         ORDER BY tasks.number DESC, rounds.number DESC LIMIT 1) AS pictures
    FROM sessions
"""
"""Everything that `summary_of` reads; conditions and the order come behind it."""


def summary_of(row: sqlite3.Row, folder: Path) -> SessionSummary:
    """A row of `SUMMARY`.

    Args:
        row: all its columns.
        folder: of the sessions.
    """
    pictures = pictures_of(row["pictures"] or "[]", folder)
    return SessionSummary(
        id=row["id"],
        title=row["title"],
        created=_moment(row["created"]),
        updated=_moment(row["updated"]),
        language=row["language"],
        model=row["model"],
        rounds=row["rounds"],
        # Whatever the format is, its png stands beside it.
        picture=pictures[-1].path.with_suffix(".png") if pictures else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()
