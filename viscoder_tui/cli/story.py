"""What happened, collected from the loop's events: for JSON, and for the last sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runners.base import Diagnostic, Picture, Run, Verdict
from viscoder_tui.agent.events import (
    CodeReady,
    Doubt,
    Event,
    GaveUp,
    Repair,
    Repaired,
    RoundStarted,
    RunFinished,
    Solved,
)


@dataclass(slots=True)
class Round:
    """One answer and its run, filled as the events arrive."""

    code: str = ""
    verdict: Verdict | None = None
    repairs: tuple[Repair, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tokens: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Story:
    """A task from its first round to its end.

    Attributes:
        language: the program's.
        model: the model's name; None where none was asked.
        folder: where everything is kept.
    """

    language: str
    model: str | None
    folder: Path
    rounds: list[Round] = field(default_factory=list[Round])
    solved: int | None = None
    reason: str = ""

    def hear(self, event: Event) -> None:
        """Take in one event."""
        match event:
            case RoundStarted():
                self.rounds.append(Round())
            case CodeReady():
                last = self.rounds[-1]
                last.code = event.source
                last.tokens = event.usage.answer_tokens
                last.seconds += event.usage.prompt_seconds + event.usage.answer_seconds
            case Repaired():
                self.rounds[-1].code = event.source
                self.rounds[-1].repairs = event.repairs
            case RunFinished():
                self.hear_run(event.run, event.doubts)
            case Solved():
                self.solved = event.round
            case GaveUp():
                self.reason = event.reason
            case _:
                pass

    def hear_run(self, run: Run, doubts: tuple[Doubt, ...] = ()) -> None:
        """Take in a run of the last round's program."""
        last = self.rounds[-1]
        last.verdict = run.verdict
        last.diagnostics = run.diagnostics
        last.pictures = run.pictures
        last.doubts = doubts
        last.seconds += run.seconds

    @property
    def best(self) -> Round | None:
        """The round whose picture counts, else the last one."""
        if self.solved is not None:
            return self.rounds[self.solved]
        return self.rounds[-1] if self.rounds else None

    def document(self, written: Sequence[Path] = ()) -> Mapping[str, Any]:
        """The story as one JSON object, without ``schema_version``.

        Args:
            written: where the pictures were copied to, if anywhere.
        """
        best = self.best
        drawn = [picture.path for picture in best.pictures] if best else []
        return {
            "verdict": best.verdict if best else None,
            "language": self.language,
            "model": self.model,
            "rounds": [_round(each) for each in self.rounds],
            "pictures": [str(path) for path in written or drawn],
            "folder": str(self.folder),
        }


def _round(each: Round) -> dict[str, Any]:
    return {
        "code": each.code,
        "verdict": each.verdict,
        "repairs": [{"name": repair.name, "message": repair.message} for repair in each.repairs],
        "diagnostics": [diagnostic(one) for one in each.diagnostics],
        "doubts": [
            {"aspect": doubt.aspect, "value": doubt.value, "message": doubt.message}
            for doubt in each.doubts
        ],
        "tokens": each.tokens,
        "seconds": round(each.seconds, 3),
    }


def diagnostic(one: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON."""
    return {
        "severity": one.severity,
        "line": one.line,
        "column": one.column,
        "message": one.message,
        "hint": one.hint,
    }
