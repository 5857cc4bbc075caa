"""What a session holds, as it is read back from disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from backends.base import Finish, Usage
from runners.base import Diagnostic, Picture, Verdict
from viscoder_tui.agent.events import Doubt, Repair


class Outcome(StrEnum):
    """How a task ended."""

    RUNNING = "running"
    """It is under way; read back later, viscoder was ended in the middle of it."""
    SOLVED = "solved"
    GAVE_UP = "gave_up"
    CANCELLED = "cancelled"
    BACKEND_FAILED = "backend_failed"


class Origin(StrEnum):
    """Who wrote a round's program."""

    MODEL = "model"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """One answer, or one program written by hand, and its run.

    Attributes:
        number: within its task, counted from 0.
        origin: who wrote the program.
        answer: what the model wrote, however much of it there is; empty where written by hand.
        source: the program, after repairs; empty while there is none.
        prose: what stands around the code.
        repairs: mends that needed no model.
        verdict: of the run; None while it has not ended.
        diagnostics: of the run.
        doubts: of the fidelity check.
        pictures: what was drawn.
        stdout: of the run.
        stderr: of the run.
        seconds: of the run.
        usage: what the answer cost.
        finish: why the model stopped writing; None where it was stopped, or has not ended.
    """

    number: int
    origin: Origin = Origin.MODEL
    answer: str = ""
    source: str = ""
    prose: str = ""
    repairs: tuple[Repair, ...] = ()
    verdict: Verdict | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pictures: tuple[Picture, ...] = ()
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0
    usage: Usage = field(default_factory=Usage)
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """One request and what came of it.

    Attributes:
        id: in the database.
        number: within its session, counted from 0.
        instruction: what the user typed; empty for a program run by hand before any request.
        language: name of the language.
        data: the data files it may read.
        folder: where its rounds lie.
        created: when it was asked.
        outcome: how it ended.
        reason: why, where there is something to say.
        solved: the round whose picture counts.
        rounds: in order.
    """

    id: int
    number: int
    instruction: str
    language: str
    data: tuple[Path, ...]
    folder: Path
    created: datetime
    outcome: Outcome
    reason: str = ""
    solved: int | None = None
    rounds: tuple[RoundRecord, ...] = ()

    @property
    def best(self) -> RoundRecord | None:
        """The round that counts: the last that was run by hand since, else the solved, else the last
        that was run (a model that repeats itself is not run again), else the last."""
        if self.rounds and self.rounds[-1].origin is Origin.HAND:
            return self.rounds[-1]
        if self.solved is not None:
            return next((one for one in self.rounds if one.number == self.solved), None)
        ran = [one for one in self.rounds if one.verdict is not None]
        return (ran or self.rounds or (None,))[-1]


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session as a list shows it.

    Attributes:
        id: short, unique, sorts by time.
        title: the first request, or what it was renamed to.
        created: when it began.
        updated: when something was last added.
        language: of its last task.
        model: that answers; empty for the default.
        rounds: how many there are in all.
        picture: the last picture, for a thumbnail.
    """

    id: str
    title: str
    created: datetime
    updated: datetime
    language: str
    model: str
    rounds: int
    picture: Path | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A whole conversation."""

    summary: SessionSummary
    tasks: tuple[TaskRecord, ...] = ()
    draft: str = ""

    @property
    def id(self) -> str:
        """As in its summary."""
        return self.summary.id
