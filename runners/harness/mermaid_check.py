# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What Mermaid draws otherwise than it was meant, without a word: told as warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import common


def doubts(source: str) -> list[dict[str, Any]]:
    """The warnings for a diagram that was drawn."""
    front = re.match(r"\s*---[^\n]*\n.*?\n\s*---[^\n]*\n", source, re.DOTALL)
    first = source.count("\n", 0, front.end()) if front else 0
    lines = [(number, line.partition("%%")[0]) for number, line in enumerate(source.splitlines(), 1) if number > first and not line.lstrip().startswith("%%")]  # fmt: skip
    heads = [line.split()[0] for _, line in lines if line.strip()]
    look = next((_LOOKS[head] for head in heads if head in _LOOKS), None)
    return list(look(lines)) if look else []


def _warn(message: str, line: int, hint: str) -> dict[str, Any]:
    return common.find(message, line=line, hint=hint, severity="warning")


def _sequence(lines: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    known: set[str] = set()
    for _, line in lines:
        named = re.match(r"\s*(?:create\s+)?(?:participant|actor)\s+(.+?)(?:\s+as\s+.*)?\s*$", line)
        sent = re.match(r"\s*(.+?)\s*(?:<<)?-?-(?:>>|>|x|\))\s*[+-]?\s*(.+?)\s*:", line)
        known |= {named[1]} if named else set(sent.groups()) if sent else set()
    for number, line in lines:
        note = re.match(r"\s*note\s+(?:over|left of|right of)\s+([^:]+):", line, re.IGNORECASE)
        for name in note[1].split(",") if note else ():
            parts = name.split()
            if name.strip() not in known and len(parts) > 1 and set(parts) <= known | {"and"}:
                yield _warn(f"there is no participant {name.strip()}", number, f"write a comma between participants: Note over {','.join(parts)}")  # fmt: skip


def _state(lines: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    for number, line in lines:
        found = re.match(r"\s*(?:\S+|.+\s\S+)\s*-->\s*([^:\s]+)\s+([^:\s]+)", line)
        spaced = re.match(r"\s*([\w]+\s+[\w]+)\s*-->", line)
        if found or spaced:
            yield _warn("the name of a state is one word", number, 'write state "In Progress" as progress, and use progress')  # fmt: skip


def _classes(lines: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    for number, line in lines:
        if re.match(r'\s*\w+\s*(?:"[^"]*"\s*)?[<|*o]*(?:--|\.\.)[|>*o]*\s*(?:"[^"]*"\s*)?\w+\s+\w+\s*$', line):  # fmt: skip
            yield _warn("the name of a class is one word", number, "write one statement a line, and a label after a colon")  # fmt: skip


def _journey(lines: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    for number, line in lines:
        found = re.match(
            r"(?!\s*(?:title|section|accTitle|accDescr)\b)[^:]+:\s*([^:]+?)\s*(?::|$)", line
        )
        if found and not re.fullmatch(r"\d+(\.\d+)?", found[1]):
            yield _warn(f"{found[1]} is no number", number, "a task is written Name: 5: Me, with a number from 1 to 5")  # fmt: skip


def _gantt(lines: list[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    marks = ("done", "active", "crit", "milestone", "vert")
    ids: set[str] = set()
    for _, line in lines:
        parts = [part.strip() for part in line.partition(":")[2].split(",")]
        ids |= {part for part in parts if re.fullmatch(r"[A-Za-z_][\w-]*", part) and part not in marks}  # fmt: skip
    for number, line in lines:
        after = re.search(r":.*\b(?:after|until)\s+([\w -]+)", line)
        for id in after[1].split() if after else ():
            if id not in ids:
                yield _warn(f"no task has the id {id}", number, f"the ids are {', '.join(sorted(ids))}" if ids else "a task is written Name : id, start, length")  # fmt: skip


_LOOKS = {"sequenceDiagram": _sequence, "stateDiagram-v2": _state, "stateDiagram": _state, "classDiagram": _classes, "journey": _journey, "gantt": _gantt}  # fmt: skip
