# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Which bracket is never closed: told by what closes it, and by how the lines are indented.

A parser notices a missing bracket where the program ends. A person sees it sooner: a closing
bracket that stands under the line of an outer one shows that an inner one was forgotten.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PAIRS = {")": "(", "]": "[", "}": "{"}


class Bracket(NamedTuple):
    """A bracket that has no other half.

    Attributes:
        sign: the bracket.
        offset: where it stands, counted from 0.
        opens: whether it opens; else it closes nothing.
        met: the bracket that came instead of its other half; empty at the end of the text.
    """

    sign: str
    offset: int
    opens: bool = True
    met: str = ""


def unmatched(source: str, skipped: re.Pattern[str]) -> Bracket | None:
    """The bracket at which a person would look, where not every one has its other half.

    Args:
        source: the text.
        skipped: matches comments and texts, in which brackets do not count.
    """
    is_open: list[int] = []
    suspect: Bracket | None = None
    at = 0
    signs = re.compile(f"(?P<skipped>{skipped.pattern})|[()\\[\\]{{}}]", skipped.flags)
    while found := signs.search(source, at):
        at = max(found.end(), at + 1)
        sign, offset = found[0], found.start()
        if found["skipped"] is not None:
            continue
        if sign in "([{":
            is_open.append(offset)
            continue
        if not is_open:
            return suspect or Bracket(sign, offset, opens=False)
        top = is_open.pop()
        if source[top] != _PAIRS[sign]:
            return suspect or Bracket(source[top], top, met=sign)
        if suspect is None and _stands_under_another(source, offset, top, is_open):
            suspect = Bracket(source[top], top)
    if not is_open:
        return None
    return suspect or Bracket(source[is_open[-1]], is_open[-1])


def place(source: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, counted from 1."""
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def said_of(bracket: Bracket) -> str:
    """One sentence about a bracket without its other half."""
    if not bracket.opens:
        return f"this {bracket.sign} closes nothing"
    if bracket.met:
        return f"the {bracket.sign} here is never closed: a {bracket.met} comes first"
    return f"the {bracket.sign} here is never closed"


def _stands_under_another(source: str, offset: int, top: int, is_open: list[int]) -> bool:
    """Whether a closing bracket that begins its line is indented as an outer one's line is."""
    line = source[source.rfind("\n", 0, offset) + 1 : offset]
    depth = _indent(source, top)
    if line.strip() or len(line) >= depth:
        return False
    return any(_indent(source, one) == len(line) for one in is_open)


def _indent(source: str, offset: int) -> int:
    line = source[source.rfind("\n", 0, offset) + 1 :]
    return len(line) - len(line.lstrip(" \t"))
