"""Programs that are almost right, run side by side: is each told where a person would look?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from runners.base import Run, Severity, Verdict
from tests.runners.together import together

Mistake = tuple[str, int | None, str]
"""A program, the line to be named, and words that the message or its hint must hold."""


def wrongly_told(mistakes: Sequence[Mistake], language: str, folder: Path) -> list[str]:
    """What was said of the programs whose mistake was not told as it should be."""
    runs = together([source for source, _, _ in mistakes], language, folder)
    return [
        f"{mistake!r}\n    gave {run.verdict}: {run.diagnostics[:2]}"
        for mistake, run in zip(mistakes, runs, strict=True)
        if not _told(mistake, run)
    ]


def wrongly_doubted(right: Sequence[str], language: str, folder: Path) -> list[str]:
    """What was said of right programs, or that they were not drawn."""
    runs = together(right, language, folder)
    return [
        f"{source!r}\n    gave {run.verdict}: {run.diagnostics[:2]}"
        for source, run in zip(right, runs, strict=True)
        if run.diagnostics or run.verdict is not Verdict.RENDERED
    ]


def _told(mistake: Mistake, run: Run) -> bool:
    _, line, words = mistake
    if run.verdict is Verdict.RENDERED:  # a tool that goes on says what it left out
        found = [one for one in run.diagnostics if one.severity is Severity.WARNING]
    else:
        found = list(run.diagnostics)
    return bool(found) and found[0].line == line and words in f"{found[0].message} {found[0].hint}"
