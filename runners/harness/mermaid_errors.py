# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What Mermaid's parsers say went wrong, at the source's own place, in words that tell what to write.

Mermaid leaves comments and its front matter out before it parses, counts lines of what is left,
and shows the place in a text without line ends. All of that is turned back here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

import common
import mermaid_hints
from mermaid_hints import Seen

_LINE = re.compile(r"(?:[Pp]arse|[Ll]exical|[Ll]exer) error on line (\d+)(?:, column (\d+))?[.:]?")
_SHOWN = re.compile(r"^(?P<shown>[^\n]*)\n(?P<dashes>-*)\^", re.MULTILINE)
_EXPECTED = re.compile(r"Expecting ((?:'[^']*'(?:, )?)+), got '([^']*)'")
_ENDS = ("1", "EOF", "EOF_IN_STRUCT", "NEWLINE", "NL", "end of input")
_NAMES = common.words("flowchart graph sequenceDiagram classDiagram stateDiagram-v2 stateDiagram erDiagram gantt pie journey gitGraph mindmap timeline quadrantChart xychart-beta xychart sankey-beta sankey block-beta block requirementDiagram C4Context packet-beta packet kanban architecture-beta radar-beta treemap-beta")  # fmt: skip


def finding(said: str, source: str) -> dict[str, Any]:
    """One finding for what the renderer said of a diagram."""
    said = re.sub(r"^Mermaid rendering failed:\s*(?:Error:\s*)?(?:Parsing failed:\s*)?", "", said).strip()  # fmt: skip
    kept = Kept(source)
    if "No diagram type detected" in said or "UnknownDiagram" in said:
        return _no_diagram(kept)
    line, column = _place(said, kept)
    if line is None:
        line = kept.source_line(_line_named(said, kept))
    seen = Seen(source.splitlines(), kept.kind, line, _got(said))
    better = mermaid_hints.mistake(seen)
    if better is not None:
        return common.find(better.message or _message(said, seen, column), line=better.line or line, column=better.column or (column if not better.line else None), hint=better.hint)  # fmt: skip
    return common.find(_message(said, seen, column), line=line, column=column)


class Kept:
    """The lines that Mermaid parses, and which of the source they are.

    Args:
        source: the diagram, which begins without blank lines.
    """

    def __init__(self, source: str) -> None:
        lines = source.splitlines()
        first = 0
        if lines and lines[0].strip() == "---":
            ends = [number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"]
            first = ends[0] + 1 if ends else 0
        self.numbers = [number for number in range(first, len(lines)) if not lines[number].lstrip().startswith("%%")]  # fmt: skip
        while self.numbers and not lines[self.numbers[0]].strip():
            del self.numbers[0]
        self.lines = [lines[number] for number in self.numbers]
        head = self.lines[0].split() if self.lines else []
        self.kind = head[0].rstrip(":;") if head else ""

    def source_line(self, line: int | None) -> int | None:
        """The source's line, counted from 1, for one of these."""
        if line is None or not self.numbers:
            return None
        return self.numbers[max(0, min(line, len(self.numbers)) - 1)] + 1

    def find(self, shown: str, told: int) -> tuple[int, int] | None:
        """Line and column, counted from 1, of the end of a text without line ends."""
        flat = "".join(self.lines)
        ends = [found.start() + len(shown) for found in re.finditer(re.escape(shown), flat)]
        places = [self._unflattened(end) for end in ends]
        return min(places, key=lambda place: abs(place[0] - told)) if places else None

    def _unflattened(self, offset: int) -> tuple[int, int]:
        for number, line in enumerate(self.lines, 1):
            if offset <= len(line):
                return number, offset + 1
            offset -= len(line)
        return len(self.lines), len(self.lines[-1]) + 1


def _no_diagram(kept: Kept) -> dict[str, Any]:
    line = kept.lines[0].strip() if kept.lines else ""
    hint = near(kept.kind, _NAMES) if re.fullmatch(r"[\w-]+", kept.kind) else None
    return common.find(
        f"no diagram begins with {line[:60]}",
        line=kept.source_line(1) or 1,
        column=1,
        hint=hint
        or "the first line must name the diagram: flowchart TD, sequenceDiagram, pie, gantt, …",
    )


def near(name: str, names: Iterable[str]) -> str | None:
    """A hint at a name that is spelt much the same."""
    known = list(names)
    same = [one for one in known if one.lower() == name.lower()]
    close = same or difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return f"did you mean {close[0]}?" if close and close[0] != name else None


def _place(said: str, kept: Kept) -> tuple[int | None, int | None]:
    told = _LINE.search(said)
    if told is None:
        return None, None
    if told[2]:
        return kept.source_line(int(told[1])), int(told[2])
    shown = _SHOWN.search(said)
    if shown:
        before = shown["shown"][: len(shown["dashes"])].removeprefix("...")
        found = kept.find(before, int(told[1])) if before.strip() else None
        if found:
            line, column = found
            at_end = column > len(kept.lines[line - 1].rstrip())
            if at_end and _got(said) not in _ENDS and line < len(kept.lines):
                line, column = line + 1, len(kept.lines[line]) - len(kept.lines[line].lstrip()) + 1
            return kept.source_line(line), column
    return kept.source_line(int(told[1])), None


def _line_named(said: str, kept: Kept) -> int | None:
    """The line, of those that are kept, that holds what a message without a place names."""
    named = re.findall(r'"([^"]+)"|\(([^()"]+)\)|:\s*(-?\d[\w.-]*)', said)
    words = [one.removeprefix("branch ") for found in named for one in found if one]
    for word in words:
        whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        for number, line in enumerate(kept.lines[1:], 2):
            if whole.search(line):
                return number
    return None


def _got(said: str) -> str:
    found = _EXPECTED.search(said)
    return found[2] if found else "end of input" if "found `\n`" in said or "found ``" in said else ""  # fmt: skip


def _message(said: str, seen: Seen, column: int | None) -> str:
    """The parser's message in one line; its own names of what could stand there only where few."""
    expected = _EXPECTED.search(said)
    if expected:
        names = re.findall(r"'([^']*)'", expected[1])
        rest = seen.text[(column or 1) - 1 :].strip() if column else ""
        what = f"unexpected {rest[:40]}" if rest else "something is missing at the end of this line"
        return f"{what}: expecting {' or '.join(names)}" if len(names) <= 3 else what
    if "Unrecognized text" in said:
        rest = seen.text[(column or 1) - 1 :].strip()
        return f"unrecognized text: {rest[:60]}"
    unexpected = re.search(r"unexpected character: ->(.)<-", said, re.DOTALL)
    if unexpected:
        return f"unexpected character: {unexpected[1]}"
    return _LINE.sub("", said).strip()[:300] or "mermaid cannot read this"
