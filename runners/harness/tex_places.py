# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Where the words stand of which TeX complains at the end of a plot: pgfplots reads all of it first."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[`']([^`'\n]{1,60})'")
_SYMBOLIC = re.compile(r"coordinate [`']([^']+)' has not been defined")
_CHOICE = re.compile(r"Choice '([^']*)' unknown in choice key '([^']*)'")


def sharper(message: str, line: int | None, source: str) -> int | None:
    """The line of what a message names, where the line that is told has none of it.

    Args:
        message: of TeX.
        line: that it tells.
        source: the program.
    """
    rows = source.split("\n")
    if line is None or line > len(rows):
        return line
    column = re.search(r"retrieve column '([^']+)' from table", message)
    symbol, choice = _SYMBOLIC.search(message), _CHOICE.search(message)
    if symbol:
        word = re.escape(symbol[1])
        patterns = [rf"\(\s*{word}\s*,|,\s*{word}\s*\)|^\s*{word}(?=\s|[,;&]|$)"]
    elif column:
        patterns = [rf"=\s*\{{?\s*{re.escape(column[1])}(?![\w])"]
    elif choice:
        word, key = re.escape(choice[1]), re.escape(choice[2].rsplit("/", 1)[-1])
        patterns = [rf"{key}\s*=\s*\{{?\s*{word}", rf"=\s*\{{?\s*{word}(?!\w)"]
    else:
        words = [word.rsplit("/", 1)[-1].strip() for word in _QUOTED.findall(message)]
        patterns = [rf"(?<![\w\\]){re.escape(word)}(?!\w)" for word in words if len(word) > 1]
        if any(word and word in rows[line - 1] for word in words):
            return line
    for pattern in patterns:
        for number in _upwards(rows, line):
            if re.search(pattern, rows[number - 1]) and not (symbol and "symbolic" in rows[number - 1]):  # fmt: skip
                return number
    return line


def _upwards(rows: list[str], line: int) -> list[int]:
    """The lines from the beginning of what ends at `line`, the first one last."""
    begins = line
    while begins > 1 and not re.search(r"\\begin\s*\{(?:document|tikzpicture)\}", rows[begins - 1]):
        begins -= 1
    return list(range(line, begins - 1, -1))
