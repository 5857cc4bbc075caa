"""What a tool warned of while it drew: something is left out of the picture, or is not what the program says."""

from __future__ import annotations

from runners.base import Diagnostic, Run, Severity, Verdict
from viscoder_tui.agent.events import Doubt

_MOST = 3


def doubts(run: Run) -> tuple[Doubt, ...]:
    """The warnings of a run that drew, the first few, those that can be mended first.

    Their value is empty where nothing can be done about them: no place in the program is known,
    or not what to write there instead.
    """
    mendable = to_mend(run)
    others = [one for one in _warnings(run) if one not in mendable]
    found = [Doubt("warning", one.message, _line(one)) for one in mendable]
    found += [Doubt("warning", "", _line(one)) for one in others]
    return tuple(found[:_MOST])


def to_mend(run: Run) -> list[Diagnostic]:
    """The warnings that say where something is wrong and what to write instead."""
    return [one for one in _warnings(run) if one.line is not None and one.hint is not None][:_MOST]


def _warnings(run: Run) -> list[Diagnostic]:
    if run.verdict is not Verdict.RENDERED:
        return []
    return [one for one in run.diagnostics if one.severity is Severity.WARNING]


def _line(one: Diagnostic) -> str:
    place = f"line {one.line}: " if one.line is not None else ""
    return f"{place}{one.message}" + (f" ({one.hint})" if one.hint else "")
