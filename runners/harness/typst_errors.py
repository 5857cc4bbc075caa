# pyright: basic
# Runs inside the sandbox.
"""What Typst complains of, as findings; its messages bring places and hints already."""

from __future__ import annotations

import re
from typing import Any

import common
import typst_mistakes

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
    rows = source.split("\n")
    for part in re.split(r"\n\n+(?=error|warning)", diagnostic):
        lines = part.splitlines()
        head = _FINDING.match(lines[0]) if lines else None
        if head is None:
            continue
        message = re.sub(r" \(searched at .*\)", "", head[2]).removeprefix("assertion failed: ").removeprefix("panicked with: ")  # fmt: skip
        # Of an error within a package, the last place that is the document's own.
        place = _PLACE.search(part)
        line, column = (max(1, int(place[1]) - ahead), int(place[2]) + 1) if place else _place_of_word(message, source)  # fmt: skip
        row = rows[line - 1] if line and line <= len(rows) else ""
        hints = [match[1] for text in lines if (match := _HINT.search(text))]
        hint = typst_mistakes.hint(message, row, column, source) or _hint(message, source, packages, row) or next(iter(hints), None)  # fmt: skip
        if _PACKAGE.search(message):
            named = re.search(r"@preview/([\w-]+)", row)
            message = f"the package {named[1] if named else ''} is not here, and nothing is fetched while a program runs".replace("  ", " ")  # fmt: skip
        severity = "warning" if head[1] == "warning" else None
        found.append(common.find(message[:300], line=line, column=column, severity=severity, hint=hint))  # fmt: skip
    if found and found[0].get("severity") is None:
        found = [*_of_text(found[0], source), *found]
    return found[:_MOST]


def _of_text(first: dict[str, Any], source: str) -> list[dict[str, Any]]:
    """What the document's text shows to be the reason of an error that tells only what came of it."""
    message = str(first["message"])
    if re.search(r"unclosed|unexpected|not valid|expected", message):
        plain = typst_mistakes.without_hash(source)
        if plain:
            return [plain]
    line = first.get("line")
    equals = typst_mistakes.assigned(source)
    if equals and (line is None or abs(equals[0] - line) <= 1 or "assertion" in message):
        name = equals[2]
        return [common.find(f"{name} = … gives no argument", line=equals[0], column=equals[1], hint=f"write {name}: with a colon")]  # fmt: skip
    extra = typst_mistakes.surplus(source)
    if extra and not _PACKAGE.search(message) and "package" not in message and (line is None or line <= extra[0]):  # fmt: skip
        return [common.find(f"a {extra[2]} too many", line=extra[0], column=extra[1], hint=f"leave out this {extra[2]}, or open it before")]  # fmt: skip
    return []


def _place_of_word(message: str, source: str) -> tuple[int | None, int | None]:
    """Where a word stands, as a text, that a package complains of."""
    for word in re.findall(r"['\"`]([\w .-]+)['\"`]", message)[:1]:
        at = re.search(rf"\"{re.escape(word)}(?:[.\"])", source)
        if at:
            return source.count("\n", 0, at.start()) + 1, at.start() - source.rfind("\n", 0, at.start())  # fmt: skip
    return None, None


def _hint(message: str, source: str, packages: list[str], row: str) -> str | None:
    if _PACKAGE.search(message):
        if packages:
            return f"the packages here are {', '.join(packages)}; Typst itself draws by rect, circle, line, polygon, curve, place and grid"  # fmt: skip
        own = "draw without packages: by Typst's own rect, circle, line, polygon, curve, place, grid and table"  # fmt: skip
        return f"{own}; viscoder setup typst brings cetz" if "@preview/cetz" in row else own
    unknown = re.search(r"unknown variable: ([\w-]+)", message)
    if unknown:
        own = re.findall(r"#?\blet\s+([\w-]+)", source)
        known = typst_mistakes.variable(unknown[1]) if unknown[1] not in own else None
        return known or common.meant(unknown[1], (*own, *_NAMES)) or f"define {unknown[1]} with #let before it is used"  # fmt: skip
    argument = re.search(r"unexpected argument: ([\w-]+)", message)
    if argument:
        return typst_mistakes.argument(argument[1]) or common.meant(argument[1], _ARGUMENTS)
    field = re.search(r"(?:does not contain|has no (?:method|field)) [`\"]?([\w-]+)", message)
    if field:
        close = common.meant(field[1], (*_NAMES, *_ARGUMENTS, *re.findall(r"([\w-]+)\s*:", source)))
        if close:
            return close
    hint = next((hint for pattern, hint in _HINTS if pattern.search(message)), None)
    if hint != "files":
        return hint
    return common.data_files(("document.typ",)) or "no data file was given"
