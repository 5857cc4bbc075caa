# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Engraves tune.abc with abcm2ps. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import abc_check
import abc_fields
import abc_hints
import common
import pages
import svg_picture

del sys.path[0]

_MESSAGE = re.compile(r"^tune\.abc:(\d+)(?::(\d+))?: (error|warning): (.*)$", re.MULTILINE)
_NO_MATTER = ("Not enough words", "Line underfull", "Line too much shrunk")


def headers(source: str) -> dict[str, Any] | None:
    """What abcm2ps passes over without a word: a tune that has no number or no key."""
    lines = source.split("\n")
    begins = next((n for n, line in enumerate(lines, 1) if re.match(r"X:\s*\d+", line)), None)
    if begins is None:
        first = next((n for n, line in enumerate(lines, 1) if line.strip() and line[0] != "%"), 1)
        return common.find("the tune has no number", line=first, hint="begin it with the line X:1")
    if not any(line.startswith("K:") for line in lines[begins:]):
        return _keyless(lines, begins)
    empty = next((n for n, line in enumerate(lines[begins:], begins + 1) if not line.strip()), None)
    if empty and not any(line.startswith("K:") for line in lines[begins:empty]):
        return common.find("this empty line ends the tune before its key", line=empty, hint="leave it out: the header goes from X: to K: without empty lines")  # fmt: skip
    return None


def _keyless(lines: list[str], begins: int) -> dict[str, Any]:
    """A tune without K:, told at the line that was meant to be it, or where its notes begin."""
    meant = next((n for n, line in enumerate(lines[begins:], begins + 1) if re.match(r"\s*[Kk](?:ey(?: ?signature)?)?\s*[:= ]\s*\S", line)), None)  # fmt: skip
    if meant is not None:
        return common.find(
            "the tune has no key", line=meant, hint=abc_fields.meant(lines[meant - 1])
        )
    body = next((n for n, line in enumerate(lines[begins:], begins + 1) if line.strip() and not re.match(r"[A-Za-z]:|%", line)), len(lines))  # fmt: skip
    return common.find("the tune has no key", line=body, hint="the header ends with a line such as K:C")  # fmt: skip


def findings(complaints: str, source: str) -> list[dict[str, Any]]:
    """abcm2ps's messages, the first of each line."""
    found: list[dict[str, Any]] = []
    told: set[int] = set()
    lines = source.split("\n")
    for number, column, severity, text in _MESSAGE.findall(complaints):
        line = int(number)
        if line in told or text.startswith(_NO_MATTER):
            continue
        told.add(line)
        found.append(_finding(line, int(column) + 1 if column else None, severity, text, lines))
    return found


def _finding(line: int, column: int | None, severity: str, text: str, lines: list[str]) -> dict[str, Any]:  # fmt: skip
    """One message of abcm2ps, at the word that it is about."""
    there = lines[line - 1] if line <= len(lines) else ""
    hint = abc_hints.hint(text, there)
    decoration = re.search(r"Decoration !([^!]+)! not defined", text)
    if decoration:
        hint = abc_hints.decoration(decoration[1])
        at = there.find(f"!{decoration[1]}!")
        column = at + 1 if at >= 0 else column
    elif text == "Bad character" and column and column <= len(there):
        text = f"Bad character '{there[column - 1]}'"
        column = abc_hints.place(there) or column
    elif text.startswith("Too many words"):
        line, column = abc_hints.syllables(lines, line), None
    return common.find(text, line=line, column=column, hint=hint, severity="warning" if severity == "warning" else None)  # fmt: skip


def main() -> None:
    """Wait if this is a spare, then engrave each tune as a picture."""
    common.wait_for_program()
    source = Path("tune.abc").read_text(encoding="utf-8-sig", errors="replace")
    Path("tune.abc").write_text(source, encoding="utf-8")
    lacking = headers(source)
    if lacking:
        common.fail(lacking)
    said = pages.tool("abcm2ps", "-g", "-q", "-O", "tune-", "tune.abc")
    complaints = said.stderr + said.stdout
    found = findings(complaints, source)
    told = {one["line"] for one in found}
    doubts = [one for one in abc_check.doubts(source) if one["line"] not in told]
    if said.returncode != 0:
        found = found or [common.find(f"abcm2ps ended with status {said.returncode}")]
        common.fail(*found, *doubts)
    words: list[str] = []
    for number, path in enumerate(sorted(Path().glob("tune-*.svg")), 1):
        svg = path.read_text(encoding="utf-8", errors="replace")
        words += svg_picture.keep(svg_picture.on_paper(svg), common.OUT / f"{number:02}")
    common.texts(words)
    common.report(sorted([*found, *doubts], key=lambda one: one["line"]))


common.run(main)
