"""What our own scripts found wrong: they leave it as JSON, so nothing has to be parsed.

The file ``findings.json`` in the workspace is a list of objects with ``message`` and, where they
are known, ``line``, ``column``, ``hint`` and ``severity``. A program could forge it; it would only
deceive itself.
"""

from __future__ import annotations

import json
from typing import Any, cast

from runners import workspace
from runners.base import Diagnostic, Output, Severity
from runners.output import harmless

FILE = "findings.json"
_MOST = 8
_MOST_BYTES = 1 << 20
_LONGEST = 500
_LONGEST_LINE = 1 << 20


def read(output: Output) -> tuple[Diagnostic, ...]:
    """The diagnostics in the workspace's findings; identical ones once."""
    written = workspace.read(output.workspace, FILE, most=_MOST_BYTES)
    try:
        content: Any = json.loads(written or b"[]")
    except (ValueError, RecursionError):
        return ()
    found: list[Diagnostic] = []
    entries = cast("list[Any]", content) if isinstance(content, list) else []
    last = output.source.count("\n") + 2  # an end that comes too early is told behind the last line
    for entry in entries:
        one = _diagnostic(cast("dict[str, Any]", entry), last) if isinstance(entry, dict) else None
        if one is not None and one not in found:
            found.append(one)
    return tuple(found[:_MOST])


def _diagnostic(entry: dict[str, Any], last: int) -> Diagnostic | None:
    message = entry.get("message")
    if not isinstance(message, str):
        return None
    severity = Severity.WARNING if entry.get("severity") == "warning" else Severity.ERROR
    line, column, hint = entry.get("line"), entry.get("column"), entry.get("hint")
    return Diagnostic(
        severity,
        " ".join(harmless(message).split())[:_LONGEST],
        line if isinstance(line, int) and 0 < line <= last else None,
        column if isinstance(column, int) and 0 < column <= _LONGEST_LINE else None,
        " ".join(harmless(hint).split())[:_LONGEST] if isinstance(hint, str) else None,
    )
