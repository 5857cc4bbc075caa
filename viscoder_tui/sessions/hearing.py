"""The loop's events, written down as they happen.

Each event is on disk when `Hearing.hear` returns, so whoever shows it afterwards shows nothing that
could be lost. Streamed text alone is gathered for a tenth of a second.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from runners.base import Run
from viscoder_tui.agent.events import (
    BackendFailed,
    Cancelled,
    CodeReady,
    Doubt,
    Event,
    GaveUp,
    PromptRead,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    Solved,
    TextStreamed,
    ThoughtStreamed,
)
from viscoder_tui.sessions.database import Database
from viscoder_tui.sessions.faults import StoreUnusable
from viscoder_tui.sessions.reading import gone
from viscoder_tui.sessions.records import Origin, Outcome
from viscoder_tui.sessions.rows import now, packed, packed_pictures, packed_usage

GATHERED_SECONDS = 0.1
"""How much streamed text a killed process may lose."""


@dataclass(slots=True)
class _Stream:
    """What the model writes in a round, as far as it is not in the database yet."""

    number: int
    pending: list[str] = field(default_factory=list[str])


class Hearing:
    """Writes events into the database.

    Args:
        database: where to.
        folder: of all sessions; pictures are kept relative to it.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._streams: dict[int, _Stream] = {}
        self._timer: threading.Timer | None = None
        self._late = False

    def hear(self, task: int, event: Event) -> None:
        """Write down what the loop yielded.

        Args:
            task: its number in the database.
            event: in the order in which they happened.

        Raises:
            NoSession: the task is gone; somebody removed its session.
            StoreUnusable: it cannot be written; nothing that was written before is harmed.
        """
        with self._database.lock:
            if isinstance(event, PromptRead | ThoughtStreamed):
                return
            if isinstance(event, TextStreamed):
                self._gather(task, event.text)
                return
            with self._database.writing():
                self._touch(task)
                self._write_pending(task)
                self._write(task, event)
            self._forget(task, event)

    def flush(self) -> None:
        """Write the text that was gathered.

        Raises:
            StoreUnusable: it cannot be written; it is kept for the next try.
        """
        with self._database.lock:
            waiting = [task for task, stream in self._streams.items() if stream.pending]
            if waiting:
                with self._database.writing():
                    for task in waiting:
                        self._write_pending(task)
                for task in waiting:
                    self._streams[task].pending.clear()
            self._late = False

    def close(self) -> None:
        """Write what is left.

        Raises:
            StoreUnusable: it cannot be written.
        """
        if self._timer is not None:
            self._timer.cancel()
        self.flush()

    def _gather(self, task: int, text: str) -> None:
        stream = self._streams.setdefault(task, _Stream(0))
        stream.pending.append(text)
        if self._late:
            self.flush()  # says here what the timer could not say to anybody
        elif self._timer is None:
            self._timer = threading.Timer(GATHERED_SECONDS, self._tick)
            self._timer.daemon = True
            self._timer.start()

    def _tick(self) -> None:
        with self._database.lock:
            self._timer = None
            try:
                self.flush()
            except StoreUnusable:
                self._late = True

    def _write_pending(self, task: int) -> None:
        stream = self._streams.get(task)
        if stream is not None and stream.pending:
            self._database.execute(
                "UPDATE rounds SET answer = answer || ? WHERE task = ? AND number = ?",
                "".join(stream.pending),
                task,
                stream.number,
            )

    def _forget(self, task: int, event: Event) -> None:
        """What was gathered is written now."""
        match event:
            case RoundStarted():
                self._streams[task] = _Stream(event.round)
            case Solved() | GaveUp() | Cancelled() | BackendFailed():
                self._streams.pop(task, None)
            case _:
                if task in self._streams:
                    self._streams[task].pending.clear()

    def _touch(self, task: int) -> None:
        touched = self._database.execute(
            "UPDATE sessions SET updated = ? WHERE id = (SELECT session FROM tasks WHERE id = ?)",
            now(),
            task,
        )
        if not touched:
            raise gone()

    def _write(self, task: int, event: Event) -> None:
        match event:
            case RoundStarted():
                self.begin(task, event.round, Origin.MODEL)
            case CodeReady():
                self._change(
                    task,
                    event.round,
                    answer=event.answer,
                    source=event.source,
                    prose=event.prose,
                    finish=event.finish,
                    usage=packed_usage(event.usage),
                )
            case Repaired():
                self._change(task, event.round, source=event.source, repairs=packed(event.repairs))
            case RunStarted():
                self._change(task, event.round, source=event.program.source)
            case RunFinished():
                self.finish(task, event.round, event.run, event.doubts)
            case Solved():
                self._end(task, Outcome.SOLVED, solved=event.round)
            case GaveUp():
                self._end(task, Outcome.GAVE_UP, event.reason)
            case Cancelled():
                self._end(task, Outcome.CANCELLED)
            case BackendFailed():
                self._end(task, Outcome.BACKEND_FAILED, event.message)
            case TextStreamed() | PromptRead() | ThoughtStreamed():
                pass  # gathered, not written one by one; or not worth writing down

    def begin(self, task: int, number: int, origin: Origin, source: str = "") -> None:
        """Add a round, within a transaction."""
        self._database.execute(
            "INSERT INTO rounds (task, number, origin, source) VALUES (?, ?, ?, ?)",
            task,
            number,
            origin,
            source,
        )

    def finish(self, task: int, number: int, run: Run, doubts: tuple[Doubt, ...] = ()) -> None:
        """Write what came of running a round's program, within a transaction."""
        self._change(
            task,
            number,
            verdict=run.verdict,
            diagnostics=packed(run.diagnostics),
            doubts=packed(doubts),
            pictures=packed_pictures(run.pictures, self._folder),
            stdout=run.stdout,
            stderr=run.stderr,
            seconds=run.seconds,
        )

    def _change(self, task: int, number: int, **columns: str | float) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        self._database.execute(
            f"UPDATE rounds SET {names} WHERE task = ? AND number = ?",
            *columns.values(),
            task,
            number,
        )

    def _end(
        self, task: int, outcome: Outcome, reason: str = "", solved: int | None = None
    ) -> None:
        self._database.execute(
            "UPDATE tasks SET outcome = ?, reason = ?, solved = ? WHERE id = ?",
            outcome,
            reason,
            solved,
            task,
        )
