# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What is wrong with an SVG that a program put together, at the places of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brackets
import common
import svg_check
import svg_errors

_MOST = 200_000
_NUMBERS = re.compile(r"d|points|transform|c?[xy][12]?|r[xy]?|width|height|font-size|stroke-width")
_LEAST = 4
"""So many letters must be the same for a place in the program to be that of a place in the drawing."""


def broken(path: Path, program: str) -> dict[str, Any] | None:
    """What is wrong with a file that is no XML; None where it is."""
    svg = path.read_text(encoding="utf-8", errors="replace")
    _, wrong = svg_errors.parsed(svg)
    if wrong is None:
        return None
    return {
        **_moved(wrong, svg, program),
        "message": f"{path.name} is no picture: {wrong['message']}",
    }


def findings(path: Path, program: str) -> Iterator[dict[str, Any]]:
    """Warnings of a drawing: wrong numbers, and names that SVG does not have."""
    svg = path.read_text(encoding="utf-8", errors="replace")
    if len(svg) > _MOST:
        return
    elements, wrong = svg_errors.parsed(svg)
    if wrong or not elements:
        return
    told: set[tuple[str, str]] = set()
    for one in elements:
        for name, value in one.attributes.items():
            if not _NUMBERS.fullmatch(name) or not re.search(r"NaN|undefined", value) or (one.name, name) in told:  # fmt: skip
                continue
            told.add((one.name, name))
            place = re.search(rf"<{re.escape(one.name)}\b[^<]*?\s({re.escape(name)})\s*=", program)
            line, column = brackets.place(program, place.start(1)) if place else (None, None)
            yield common.find(f"<{one.name}> attribute {name}: {value[:60]} is no number: NaN comes of undefined values", line=line, column=column, severity="warning")  # fmt: skip
    if told:
        return
    for found in svg_check.findings(svg, elements):
        if found.get("severity") != "warning":
            yield {**_moved(found, svg, program), "severity": "warning"}


def _moved(found: dict[str, Any], svg: str, program: str) -> dict[str, Any]:
    """A finding at the place of the program whose letters are the same for the longest."""
    line, column = found.get("line"), found.get("column")
    if not isinstance(line, int) or not isinstance(column, int):
        return found
    at = sum(len(one) + 1 for one in svg.split("\n")[: line - 1]) + column - 1
    bare = {name: value for name, value in found.items() if name not in ("line", "column")}
    for length in range(60, _LEAST - 2, -1):
        letters = svg[at : at + length].rstrip()
        place = program.find(letters) if len(letters) >= min(_LEAST, len(svg) - at) or re.fullmatch(r"</?\w+", letters) else -1  # fmt: skip
        if place >= 0:
            line, column = brackets.place(program, place)
            return {**bare, "line": line, "column": column}
    return bare
