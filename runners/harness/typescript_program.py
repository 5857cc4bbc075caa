# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Makes JavaScript of program.ts with esbuild, and runs that. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chromium

chromium.start_unless("program.ts", chromium.OF_NODE)

import json
import re
import subprocess
from bisect import bisect_right
from pathlib import Path
from typing import Any

import common
import jsprogram
import script_errors
import typescript_types
import weblibraries
import webpage
from webfindings import Place

del sys.path[0]

_SOURCE, _MADE = "program.ts", "/tmp/viscoder-program.js"
_ERROR = re.compile(r"^\S+ \[ERROR\] (.*)\n\n\s+(?:\S*/)?program\.ts:(\d+):(\d+):", re.MULTILINE)
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_HINTS = (
    ("end of file", "a bracket or a brace is not closed"),
    ("has already been declared", "give one of the two another name"),
    ("cannot be reassigned", "declare it with let"),
    ("Cannot assign to", "declare it with let"),
    ("can only be used inside an", "write async before the function"),
)


def compiled(source: str) -> tuple[str, Place]:
    """The program as JavaScript, and how its places come from the source; may end as failed."""
    settings = json.dumps({"compilerOptions": {"experimentalDecorators": True, "useDefineForClassFields": True}})  # fmt: skip
    ended = subprocess.run(
        [
            str(weblibraries.FOLDER / "esbuild"), _SOURCE, f"--outfile={_MADE}", "--sourcemap=external",
            "--target=es2022", "--log-level=warning", "--color=false", "--log-limit=8",
            f"--tsconfig-raw={settings}",
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "GOMAXPROCS": "2"},
    )  # fmt: skip
    missed = list(typescript_types.findings(source))[:8]
    if ended.returncode != 0:
        lines = source.splitlines()
        found: list[dict[str, Any]] = []
        for message, line, column in _ERROR.findall(ended.stderr):
            # esbuild counts the bytes before the place.
            text = lines[int(line) - 1] if int(line) <= len(lines) else ""
            before = text.encode()[: int(column)].decode(errors="replace")
            hint = next((hint for words, hint in _HINTS if words in message), None)
            one = common.find(
                message, line=int(line), column=len(before) + 1, hint=hint, grammar=True
            )
            found.append(script_errors.improved(one, source))
        if not found:
            said = ended.stderr.strip().splitlines()
            found.append(common.find(said[0] if said else "esbuild failed"))
        told = {one["line"] for one in missed}
        common.fail(*missed, *(one for one in found if one.get("line") not in told))
    if missed:
        common.fail(*missed)
    mapping = json.loads(Path(_MADE + ".map").read_text(encoding="utf-8"))["mappings"]
    return Path(_MADE).read_text(encoding="utf-8"), Places(mapping).of


class Places:
    """Places of the source by those of the program made of it (source maps, revision 3).

    Args:
        mappings: lines apart by ``;``, each with segments of base 64 numbers, which are differences.
    """

    def __init__(self, mappings: str) -> None:
        self.lines: list[list[tuple[int, int, int]]] = []
        line = column = 0
        for text in mappings.split(";"):
            made = 0
            segments: list[tuple[int, int, int]] = []
            for segment in filter(None, text.split(",")):
                numbers = decoded(segment)
                made += numbers[0]
                if len(numbers) >= 4:
                    line += numbers[2]
                    column += numbers[3]
                    segments.append((made, line, column))
            self.lines.append(segments)

    def of(self, line: int, column: int) -> tuple[int, int]:
        """The place in the source; all counted from 1."""
        segments = self.lines[line - 1] if 0 < line <= len(self.lines) else []
        at = bisect_right([one[0] for one in segments], column - 1) - 1
        if not segments:
            return line, column
        found = segments[max(at, 0)]
        return found[1] + 1, found[2] + 1


def decoded(segment: str) -> list[int]:
    """The numbers of a segment: five bits a digit, the lowest first; the first bit is the sign."""
    numbers: list[int] = []
    value = shift = 0
    for letter in segment:
        digit = _DIGITS.index(letter)
        value |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            numbers.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return numbers


def main() -> None:
    """Wait if this is a spare, then compile and run."""
    page = webpage.opened() if common.is_standby() else None
    common.wait_for_program()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    code, place = compiled(source)
    if jsprogram.is_for_node(code):
        jsprogram.in_node(source, code, place)
        return
    jsprogram.in_page(page or webpage.opened(), source, code, place)


common.run(main)
