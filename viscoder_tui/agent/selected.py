"""A change to some lines alone: what a model changed elsewhere is taken back."""

from __future__ import annotations

import difflib


def limited_to(old: str, new: str, first: int, last: int) -> str:
    """The program `old` with those changes of `new` that touch the chosen lines.

    Args:
        old: the program as it stood.
        new: what a model made of it.
        first: first chosen line of `old`, counted from 1.
        last: last chosen line of `old`.
    """
    before, after = old.split("\n"), new.split("\n")
    lines: list[str] = []
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():  # fmt: skip
        inside = start < last and end >= first if start < end else first - 1 <= start <= last
        changed = kind != "equal" and inside
        lines += after[new_start:new_end] if changed else before[start:end]
    return "\n".join(lines)
