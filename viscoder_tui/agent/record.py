"""A task on disk as it happens: code, answers, diagnostics and the conversation of every round.

Everything is written before the event that shows it is yielded, so that a killed program has lost
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from backends.base import Message
from runners.base import Language, Run
from viscoder_tui.agent.events import Doubt


class Record:
    """The folder of one task.

    Args:
        folder: where to write; made if need be.
        language: of the programs.
    """

    def __init__(self, folder: Path, language: Language) -> None:
        self.folder = folder
        self._language = language
        folder.mkdir(parents=True, exist_ok=True)

    def round(self, number: int) -> Path:
        """The folder of a round."""
        folder = self.folder / f"round-{number}"
        folder.mkdir(exist_ok=True)
        return folder

    def program(self, number: int) -> Path:
        """Where a round's program stands."""
        return self.round(number) / f"program{self._language.suffix}"

    def write_answer(self, number: int, answer: str, reasoning: str = "") -> None:
        """Keep what the model wrote, however much of it there is, and what it thought before."""
        _write(self.round(number) / "answer.md", answer)
        if reasoning:
            _write(self.round(number) / "reasoning.md", reasoning)

    def write_program(self, number: int, source: str) -> None:
        """Keep the program."""
        _write(self.program(number), source)

    def write_run(self, number: int, run: Run, doubts: Sequence[Doubt]) -> None:
        """Keep what came of running it."""
        content: dict[str, Any] = {
            "verdict": run.verdict,
            "exit_status": run.exit_status,
            "seconds": round(run.seconds, 3),
            "diagnostics": [asdict(one) for one in run.diagnostics],
            "doubts": [asdict(one) for one in doubts],
            "pictures": [picture.path.name for picture in run.pictures],
        }
        _write_json(self.round(number) / "run.json", content)
        for name, text in (("stdout.txt", run.stdout), ("stderr.txt", run.stderr)):
            if text:
                _write(self.round(number) / name, text)

    def write_transcript(self, messages: Sequence[Message]) -> None:
        """Keep the conversation."""
        content = {
            "language": self._language.name,
            "messages": [asdict(message) for message in messages],
        }
        _write_json(self.folder / "transcript.json", content)


def _write_json(path: Path, content: object) -> None:
    _write(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
