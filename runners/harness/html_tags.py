# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Where the tags of a page are not what they seem: quotes, scripts and comments that are never closed.

A browser mends them without a word, and takes what follows into them (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import brackets
import common

_NEXT = re.compile(r"<!--|<(?=/?[A-Za-z])")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_PART = re.compile(r"\s+|/(?!>)|([^\s=>/\"'][^\s=>/]*)(?:\s*=\s*(?:\"([^\"]*)(\"|\Z)|'([^']*)('|\Z)|([^\s>\"']+[^\s>]*)|))?|[\"']")  # fmt: skip
_RAW = ("script", "style", "title", "textarea")


def findings(source: str) -> list[dict[str, Any]]:
    """What is never closed, the first of it first; what follows one that is may only seem wrong."""
    for found in _read(source):
        return [found]
    return []


def _read(source: str) -> Iterator[dict[str, Any]]:
    at = 0
    while found := _NEXT.search(source, at):
        start = found.start()
        if found[0] == "<!--":
            end = source.find("-->", start)
            if end < 0:
                if re.search(r"<[A-Za-z]", source[start + 4 :]):
                    yield _told(source, start, "this comment is never closed, and takes in all that follows", "add -->")  # fmt: skip
                return
            at = end + 3
            continue
        name = _NAME.match(source, start)
        if name is None:
            at = start + 1
            continue
        at = name.end()
        while at < len(source) and source[at] != ">" and not source.startswith("/>", at):
            part = _PART.match(source, at)
            if part is None or part.end() == at:
                at += 1
                continue
            wrong = _attribute(source, start, name[1], part)
            if wrong:
                yield wrong
            at = part.end()
        closed = source.startswith("/>", at)
        at = min(len(source), at + (2 if closed else 1))
        if name[0][1] == "/" or name[1].lower() not in _RAW or _in_svg(source, start, name[1]):
            continue
        end = re.compile(rf"</{name[1]}\s*>", re.IGNORECASE).search(source, at)
        wrong = _raw(source, start, at, name[1], end)
        if wrong:
            yield wrong
        if end is None:
            return
        at = end.end()


def _in_svg(source: str, start: int, name: str) -> bool:
    """Whether an element is SVG's, where <title/> is closed."""
    return name.lower() in ("title", "style") and source.rfind("<svg", 0, start) > source.rfind("</svg", 0, start)  # fmt: skip


def _attribute(source: str, tag: int, name: str, part: re.Match[str]) -> dict[str, Any] | None:
    value = part[2] if part[2] is not None else part[4]
    if part[1] and "<" in part[1]:
        return _told(source, tag, f"the tag <{name} is never closed: another one begins in it", "add >")  # fmt: skip
    if value is not None:
        quote = part.start(2 if part[2] is not None else 4) - 1
        after = source[part.end() : part.end() + 1]
        ends = part[3] if part[2] is not None else part[5]
        swallows = ">" in value and "<" in value
        if (not ends and swallows) or (swallows and after and not re.match(r"[\s/>]", after)):
            return _told(source, quote, f"the quote of the attribute {part[1]} is never closed: what follows is taken into it", f"add the closing {source[quote]}")  # fmt: skip
    elif part[6] and re.search(r"[\"']$", part[6]) and not re.search(r"[\"'].*[\"']", part[6]):
        return _told(source, part.start(6), f"the value of the attribute {part[1]} has no opening quote", f"write {part[1]}={part[6][-1]}{part[6]}")  # fmt: skip
    return None


def _raw(source: str, start: int, at: int, name: str, end: re.Match[str] | None) -> dict[str, Any] | None:  # fmt: skip
    inside = source[at : end.start() if end else len(source)]
    if end is None:
        if not inside.strip():
            return None
        return _told(source, start, f"this <{name}> is never closed: all that follows is taken into it", f"add </{name}>")  # fmt: skip
    swallowed = re.search(
        rf"<{name}\b[^>]*>|<(?:body|div|svg|canvas)\b[^>]*>", inside, re.IGNORECASE
    )
    has_file = re.search(r"\ssrc\s*=", source[start:at])
    if swallowed and (has_file if name.lower() == "script" else name.lower() == "style"):
        return _told(source, start, f"this <{name}> is never closed: what follows is taken into it and not read", f"write </{name}> right behind it" if has_file else f"add </{name}>")  # fmt: skip
    return None


def _told(source: str, offset: int, message: str, hint: str) -> dict[str, Any]:
    line, column = brackets.place(source, offset)
    return common.find(message, line=line, column=column, hint=hint, severity="warning")
