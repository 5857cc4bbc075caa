# pyright: basic
# Runs inside the sandbox.
"""What Typst complains of, as findings; its messages bring places and hints already."""

from __future__ import annotations

import re
from typing import Any

import common

_FINDING = re.compile(r"^(error|warning): (.*)$")
_PLACE = re.compile(r"┌─ \S*document\.typ:(\d+):(\d+)")
_HINT = re.compile(r"= hint: (.*)$")
_PACKAGE = re.compile(r"failed to (?:download|find) package|package not found|failed to load package")  # fmt: skip
_NAMES = common.words("align array assert bibliography block box calc canvas cbor center circle cite class color colbreak columns content context counter csv curve datetime dictionary direction document duration ellipse emph enum eval figure float footnote fraction function gradient grid heading highlight here hide image int json label layout left length line linebreak link list locate lorem luma math measure metadata move none numbering oklab outline overline pad page pagebreak panic par parbreak path pattern place plugin polygon query quote range ratio raw rect ref regex relative repeat repr rgb right rotate scale selection selector skew smallcaps smartquote square stack state str strike strong stroke style sub super symbol sys table target terms text tiling title toml top type underline upper lower v h version xml yaml cmyk bottom horizon start end ltr rtl ttb btt auto true false black gray silver white navy blue aqua teal eastern purple fuchsia maroon red orange yellow olive green lime")  # fmt: skip
_ARGUMENTS = common.words("fill stroke width height radius inset outset align columns rows gutter column-gutter row-gutter size font weight style lang dir body start end length angle dx dy x y margin paper flipped numbering caption placement kind supplement caps above below spacing leading justify tracking baseline header footer background foreground closed breakable clip fit alt sep level outlined depth target indent factor origin reflow")  # fmt: skip
_HINTS = (
    (re.compile(r"not valid in code"), "in code, words of text stand in [brackets] or in quotes"),
    (re.compile(r"unclosed delimiter"), "close every bracket, $ and * that is opened"),
    (re.compile(r"unclosed string"), 'add the closing "'),
    (re.compile(r"cannot add (?:integer|float) and string|cannot join"), "str(n) makes a number a text"),
    (re.compile(r"cannot (?:add|subtract|multiply|divide) (?:length|integer)"), "lengths need a unit: 3cm, 5mm, 12pt"),
    (re.compile(r"file not found"), "files"),
    (re.compile(r"expected length|found integer"), "lengths need a unit: 3cm, 5mm, 12pt"),
    (re.compile(r"index out of bounds"), "the first item has the index 0"),
    (re.compile(r"dictionary does not contain key"), "the names of a dictionary are given by .keys()"),
)  # fmt: skip
_MOST = 6


def findings(diagnostic: str, source: str, ahead: int, packages: list[str]) -> list[dict[str, Any]]:
    """Read what Typst shows under each message.

    Args:
        diagnostic: its whole text.
        source: the program as it was written.
        ahead: lines that were put before the first.
        packages: those that are here, with their versions.
    """
    found: list[dict[str, Any]] = []
    for part in re.split(r"\n\n+", diagnostic):
        lines = part.splitlines()
        head = _FINDING.match(lines[0]) if lines else None
        if head is None:
            continue
        message = re.sub(r" \(searched at .*\)", "", head[2])
        place = _PLACE.search(part)
        line, column = (max(1, int(place[1]) - ahead), int(place[2]) + 1) if place else (None, None)
        hints = [match[1] for text in lines if (match := _HINT.search(text))]
        hint = _hint(message, source, packages) or next(iter(hints), None)
        if _PACKAGE.search(message):
            message = "the package is not here, and nothing is fetched while a program runs"
        severity = "warning" if head[1] == "warning" else None
        found.append(common.find(message[:300], line=line, column=column, severity=severity, hint=hint))  # fmt: skip
    return found[:_MOST]


def _hint(message: str, source: str, packages: list[str]) -> str | None:
    if _PACKAGE.search(message):
        return f"the packages here are {', '.join(packages)}" if packages else "draw without packages, or run: viscoder setup typst"  # fmt: skip
    unknown = re.search(r"unknown variable: ([\w-]+)", message)
    if unknown:
        own = re.findall(r"#?\blet\s+([\w-]+)", source)
        return common.meant(unknown[1], (*own, *_NAMES)) or f"define {unknown[1]} with #let before it is used"  # fmt: skip
    argument = re.search(r"unexpected argument: ([\w-]+)", message)
    if argument:
        return common.meant(argument[1], _ARGUMENTS)
    field = re.search(r"(?:does not contain|has no (?:method|field)) [`\"]?([\w-]+)", message)
    if field:
        close = common.meant(field[1], (*_NAMES, *_ARGUMENTS, *re.findall(r"([\w-]+)\s*:", source)))
        if close:
            return close
    hint = next((hint for pattern, hint in _HINTS if pattern.search(message)), None)
    if hint != "files":
        return hint
    return common.data_files(("document.typ",)) or "no data file was given"
