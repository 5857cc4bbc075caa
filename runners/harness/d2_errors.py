# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What D2 says of a program that it refuses, as findings at the place where a person would look."""

from __future__ import annotations

import re
from typing import Any

import brackets
import common
import d2_hints

_RANGE = re.compile(r"^(.*?),(\d+):(\d+):")
_SKIPPED = re.compile(r"\\.|\|+[^\s|]*\n.*?\n\s*\||\"(?:\\.|[^\"\\\n])*\"|'(?:''|[^'\n])*'(?=\s*(?:[;:}\]\n]|\Z))|#[^\n]*", re.DOTALL)  # fmt: skip
"""Where brackets do not count: block strings, strings and comments."""
_MOST = 8


def findings(said: Any, source: str) -> list[dict[str, Any]]:
    """The errors of a compilation.

    Args:
        said: a list of objects with ``range`` and ``errmsg``, or one sentence.
        source: the program.
    """
    if isinstance(said, str):
        return [_sentence(said.split("\n")[0], source)]
    found: list[dict[str, Any]] = []
    for entry in said:
        one = _finding(entry, source)
        if one not in found:
            found.append(one)
    # A text that is left open, or a comment that should be a colour, takes the brace with it.
    swallowed = any(re.search(r"strings? must be|# begins", f"{one['message']} {one.get('hint')}") for one in found)  # fmt: skip
    braces = [one for one in found if re.search(r"maps must be terminated|map termination", one["message"])]  # fmt: skip
    lost = (_commented(source) or _bracket(source)) if braces and not swallowed else None
    rest = [one for one in found if one not in braces]
    return ([lost] if lost else rest or found)[:_MOST]


def empty(source: str) -> dict[str, Any]:
    """The finding for a program without a shape."""
    what = "the program is empty" if not source.strip() else "the program draws nothing: there is no shape in it"  # fmt: skip
    return common.find(what, hint='name shapes and connect them: a: "First"; a -> b: label')


def broken(source: str) -> dict[str, Any]:
    """The finding where D2 itself fails."""
    sequence = re.search(r"sequence_diagram", source)
    line = source.count("\n", 0, sequence.start()) + 1 if sequence else None
    hint = "in a sequence diagram connections join its actors and stand inside its { }; containers in it are groups of connections"  # fmt: skip
    return common.find("D2 breaks down over this diagram", line=line, hint=hint if sequence else "leave out what is unusual in it")  # fmt: skip


def place(source: str, line: int, units: int) -> tuple[int, int]:
    """Line and column from D2's, which count from 0 and in units of UTF-16."""
    lines = source.split("\n")
    text = lines[line] if line < len(lines) else ""
    before = text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
    return line + 1, len(before) + 1


def _finding(entry: dict[str, str], source: str) -> dict[str, Any]:
    message = re.sub(r"^.*?:\d+:\d+: ", "", entry.get("errmsg", ""))
    message = re.sub(r": (?:strconv|parse) .*|: strconv\..*", "", message).removesuffix(". See https://d2lang.com/tour/text#advanced-block-strings.")  # fmt: skip
    where = _RANGE.match(entry.get("range", ""))
    if where is None or where[1] not in ("index", "index.d2"):
        return common.find(f"{where[1]}: {message}" if where else message)
    line, column = place(source, int(where[2]), int(where[3]))
    text = source.split("\n")[line - 1]
    hint, shift = d2_hints.hint(message, text, column - 1, source)
    return common.find(message, line=line, column=column if shift is None else shift + 1, hint=hint)


def _bracket(source: str) -> dict[str, Any] | None:
    """The brace without its other half, where no text is left open before it."""
    lost = brackets.unmatched(source, _SKIPPED)
    if lost is None:
        return None
    line, column = brackets.place(source, lost.offset)
    hint = f"add the closing {'}' if lost.sign == '{' else ']' if lost.sign == '[' else ')'}" if lost.opens else f"leave this {lost.sign} out"  # fmt: skip
    return common.find(brackets.said_of(lost), line=line, column=column, hint=hint)


def _commented(source: str) -> dict[str, Any] | None:
    """A colour without quotes, which is a comment that reaches over the closing brace."""
    found = re.search(r":[ \t]*(#[0-9a-fA-F]{3,8})\b[^\n]*\}", source)
    if found is None:
        return None
    line, column = brackets.place(source, found.start(1))
    return common.find("# begins a comment, which takes the } with it", line=line, column=column, hint=f'put the colour in quotes: "{found[1]}"')  # fmt: skip


def _sentence(message: str, source: str) -> dict[str, Any]:
    """An error that comes without its place."""
    word = re.search(r"'([^']+)'", message)
    lines = source.split("\n")
    number = next((number for number, line in enumerate(lines, 1) if word and word[1] in line), None)  # fmt: skip
    hint = "layout-engine is dagre or elk" if "layout" in message else None
    return common.find(message, line=number, hint=hint)
