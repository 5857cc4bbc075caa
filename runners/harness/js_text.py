# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""JavaScript without its texts: what of a program is program, at the places where it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

_SIGN = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\\n]|\\.)*'?|\"(?:[^\"\\\n]|\\.)*\"?|[`/{}]", re.DOTALL)  # fmt: skip
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_PATTERN = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_PATTERN = re.compile(r"(?:[(,=:\[!&|?{};+>]|\b(?:return|typeof|case))\s*$|^\s*$")
_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_BRACKET = re.compile(r"[()\[\]{},]")
_END = re.compile(r"[()\[\]{};\n]")
_GOES_ON = re.compile(r"\s*[.?:+\-*/%&|=,)\]}]")
_OPEN_END = re.compile(r"[.?:+\-*/%&|=,(]\s*\Z")


class Text(NamedTuple):
    """A program.

    Attributes:
        source: as it was written.
        bare: with comments, texts and patterns blanked out between their quotes; of a template what
            stands in ``${…}`` is kept. As long as the source.
        quoted: where texts in single and double quotes begin and end.
        templates: where templates begin and end.
    """

    source: str
    bare: str
    quoted: list[tuple[int, int]]
    templates: list[tuple[int, int]]


def read(source: str) -> Text:
    """Tell a program from the texts in it."""
    kept: list[str] = []
    quoted: list[tuple[int, int]] = []
    templates: list[tuple[int, int]] = []
    is_open: list[
        list[int]
    ] = []  # of each template: where it began, and the braces open in its ${…}
    at = 0

    def template(start: int) -> int:
        """Pass over a template's letters, to its end or into what it puts in."""
        end = start + len(_TEMPLATE.match(source, start)[0])  # pyright: ignore[reportOptionalSubscript]
        kept.append(blank(source[start:end]))
        if source.startswith("${", end):
            is_open[-1][1] = 0
            kept.append("${")
            return end + 2
        templates.append((is_open.pop()[0], min(end + 1, len(source))))
        kept.append(source[end : end + 1])
        return end + 1

    while found := _SIGN.search(source, at):
        sign, start = found[0], found.start()
        kept.append(source[at:start])
        at = found.end()
        if sign == "`":
            kept.append(sign)
            is_open.append([start, 0])
            at = template(at)
        elif sign == "}" and is_open and is_open[-1][1] == 0:
            kept.append(sign)
            at = template(at)
        elif sign in "{}":
            if is_open:
                is_open[-1][1] += 1 if sign == "{" else -1
            kept.append(sign)
        elif sign == "/":
            pattern = _PATTERN.match(source, start) if _BEFORE_PATTERN.search(source[max(0, start - 40) : start]) else None  # fmt: skip
            at = pattern.end() if pattern else at
            kept.append(f"/{blank(pattern[0][1:])}" if pattern else sign)
        elif sign[0] in "'\"":
            quoted.append((start, at))
            kept.append(sign[0] + blank(sign[1:-1]) + sign[-1] if len(sign) > 1 else sign)
        else:
            kept.append(blank(sign))
    kept.append(source[at:])
    templates.sort()
    return Text(source, "".join(kept), quoted, templates)


def blank(text: str) -> str:
    """As many spaces and lines."""
    return re.sub(r"[^\n]", " ", text)


def parts(bare: str, opened: int) -> tuple[list[tuple[int, int]], int]:
    """What stands between the commas in a bracket, and the place behind what closes it.

    Args:
        bare: a program without texts.
        opened: where the bracket stands.
    """
    depth, start = 1, opened + 1
    found: list[tuple[int, int]] = []
    for sign in _BRACKET.finditer(bare, opened + 1):
        depth += _DEPTH.get(sign[0], 0)
        if depth == 0 or (depth == 1 and sign[0] == ","):
            if bare[start : sign.start()].strip():
                found.append((start, sign.start()))
            start = sign.end()
        if depth == 0:
            return found, sign.end()
    return found, len(bare)


def chain_start(bare: str, at: int) -> int:
    """Where the expression begins whose member stands at `at`, as in ``d3.line().x``."""
    while at > 0:
        end = _before(bare, at)
        last, here = bare[end - 1 : end], bare[at : at + 1]
        if last and last in ")]":
            at = _opening(bare, end)
        elif last == "." or (last and last in "?!" and here == "."):
            at = end - 1
        elif last and _is_of_name(last) and here not in ("'", '"', "`") and not _is_of_name(here):
            at = end - 1
            while at > 0 and _is_of_name(bare[at - 1]):
                at -= 1
            dot = _before(bare, at)
            if bare[dot - 1 : dot] != ".":
                return at
        else:
            return at
    return at


def _before(bare: str, at: int) -> int:
    """The end of what stands before a place, without spaces."""
    while at > 0 and bare[at - 1].isspace():
        at -= 1
    return at


def _is_of_name(sign: str) -> bool:
    return sign.isalnum() or sign in ("_", "$")


def statement_end(bare: str, at: int) -> int:
    """Where the statement ends that an expression at `at` belongs to."""
    depth = 0
    for sign in _END.finditer(bare, at):
        depth += _DEPTH.get(sign[0], 0)
        if depth < 0 or (depth == 0 and sign[0] == ";"):
            return sign.start()
        ends = depth == 0 and sign[0] == "\n" and bare[at : sign.start()].strip()
        if ends and not _GOES_ON.match(bare, sign.end()) and not _OPEN_END.search(bare, at, sign.start()):  # fmt: skip
            return sign.start()
    return len(bare)


def _opening(bare: str, end: int) -> int:
    """Where the bracket stands that closes right before `end`."""
    depth = 0
    for at in range(end - 1, -1, -1):
        depth -= _DEPTH.get(bare[at], 0)
        if depth == 0:
            return at
    return 0
