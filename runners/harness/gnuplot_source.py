# pyright: basic
# Runs inside the sandbox.
"""A gnuplot script as statements: where it would draw to, how large, and what it draws over."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"^\s*\$\w+\s*<<\s*(\w+)[^\n]*\n.*?^\1\b[^\n]*", re.MULTILINE | re.DOTALL)
_TERMINAL = re.compile(r"set?\s+t(?:e(?:r(?:m(?:i(?:n(?:al?)?)?)?)?)?)?\b(?!\w)|set?\s+o(?:u(?:t(?:p(?:ut?)?)?)?)?\b(?!\w)|unset\s+o(?:u(?:t(?:p(?:ut?)?)?)?)?\b|unset\s+term(?:inal)?\b|pause?\b")  # fmt: skip
_SIZE = re.compile(r"\bsize\s+([\d.]+)\s*(cm|in)?\s*,\s*([\d.]+)\s*(cm|in)?")
_PLOT = re.compile(r"(?:p(?:l(?:ot?)?)?|sp(?:l(?:ot?)?)?)\b")
_REPLOT = re.compile(r"rep(?:l(?:ot?)?)?\b")
_MULTIPLOT = re.compile(r"set\s+multi(?:plot)?\b")
_OVER = re.compile(r"unset\s+multi(?:plot)?\b")
_DOTS_PER_INCH = 100
_SMALLEST, _LARGEST = 1.5, 30.0


def statements(source: str) -> Iterator[tuple[int, int, int]]:
    """Where each statement begins and ends, and how many braces are open there.

    Strings and comments are passed over; a line that ends in a backslash goes on; data blocks
    are no statements.
    """
    at, start, depth, brackets = 0, 0, 0, 0
    blocks = {match.start(): match.end() for match in _BLOCK.finditer(source)}
    while at < len(source):
        letter = source[at]
        if at in blocks:
            yield start, at, depth
            at = start = blocks[at]
            continue
        if letter in "\"'":
            end = re.compile(r'(?:\\.|[^"\\\n]|\\\n)*"?' if letter == '"' else r"[^'\n]*'?").match(source, at + 1)  # fmt: skip
            at = end.end() if end else at + 1
            continue
        if letter == "#":
            yield start, at, depth
            at = source.find("\n", at) if "\n" in source[at:] else len(source)
            start = at
            continue
        if letter == "\\" and source[at + 1 : at + 2] == "\n":
            at += 2
            continue
        if letter in "([":
            brackets += 1
        elif letter in ")]":
            brackets = max(0, brackets - 1)
        if letter == "\n":
            brackets = 0
        if letter in "\n;" and not brackets:
            yield start, at, depth
            start = at + 1
        elif letter in "{}" and re.search(r"(?:\)|\]|\belse|^|[;{}\n])\s*$", source[start:at]) and not re.match(r"\s*(?:set|plot|splot|print)\b", source[start:at]):  # fmt: skip
            yield start, at, depth
            depth = max(0, depth + (1 if letter == "{" else -1))
            start = at + 1
        at += 1
    yield start, len(source), depth


def neutral(source: str) -> str:
    """The script without what it says of terminal, output and pauses; every place is kept."""
    out = list(source)
    for start, end, _ in statements(source):
        text = source[start:end]
        lead = len(text) - len(text.lstrip())
        if _TERMINAL.match(text.strip()):
            for place in range(start + lead, end):
                if out[place] != "\n":
                    out[place] = " "
    return "".join(out)


def size(source: str) -> tuple[float, float] | None:
    """Inches of the plot, as the script's last terminal has them."""
    found = None
    for start, end, _ in statements(source):
        text = source[start:end].strip()
        match = _SIZE.search(text) if re.match(r"set?\s+t", text) else None
        if match:
            found = _inches(float(match[1]), match[2]), _inches(float(match[3]), match[4])
    return found


def _inches(number: float, unit: str | None) -> float:
    inches = number / 2.54 if unit == "cm" else number
    if unit is None and number > _LARGEST:  # pixels; without a unit a vector terminal's are inches
        inches = number / _DOTS_PER_INCH
    return max(_SMALLEST, min(_LARGEST, inches))


def lasting(source: str, drawn: int) -> list[int]:
    """The pages that nothing was drawn over with ``replot``, counted from 1.

    Args:
        source: the script.
        drawn: how many pages it made; where its text does not tell how, all of them are kept.
    """
    pages: list[bool] = []
    inside = False
    for start, end, depth in statements(source):
        text = source[start:end].strip()
        plots, again = _PLOT.match(text), _REPLOT.match(text)
        if (plots or again) and depth:
            return list(range(1, drawn + 1))
        if _MULTIPLOT.match(text):
            inside = True
        elif _OVER.match(text):
            inside = False
            pages.append(True)
        elif again and not inside:
            if pages:
                pages[-1] = False
            pages.append(True)
        elif plots and not inside:
            pages.append(True)
    if inside:
        pages.append(True)
    if len(pages) != drawn:
        return list(range(1, drawn + 1))
    return [number for number, kept in enumerate(pages, 1) if kept]
