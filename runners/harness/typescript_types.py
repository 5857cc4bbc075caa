# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What esbuild passes over in TypeScript's types, which it leaves out without reading them whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import brackets
import common
from script_errors import without_words

_BODY = re.compile(r"\b(?:interface\s+[\w$]+[^{};=]*|type\s+[\w$]+(?:<[^=;{}]*>)?\s*=\s*)\{")
_MEMBER = re.compile(r"(?:^|(?<=[;,{}\n]))[ \t]*([A-Za-z_$][\w$]*)(\??)[ \t]+([A-Za-z_$][\w$.]*(?:<[\w$ ,.]*>)?(?:\[\])*)[ \t]*(?=[;,}\n]|$)")  # fmt: skip
_MODIFIERS = ("readonly", "get", "set", "new", "static", "public", "private", "protected", "declare", "async", "abstract", "keyof", "typeof", "unique", "infer", "asserts")  # fmt: skip


def findings(source: str) -> Iterator[dict[str, Any]]:
    """Members without the colon before their type, as in ``{ name string }``."""
    bare = without_words(source)
    for opened in _BODY.finditer(bare):
        body = _inside(bare, opened.end())
        for member in _MEMBER.finditer(body):
            if member[1] in _MODIFIERS:
                continue
            line, column = brackets.place(source, opened.end() + member.start(3))
            hint = f"write {member[1]}{member[2]}: {member[3]}"
            yield common.find(f"a : is missing after {member[1]!r}", line=line, column=column, hint=hint)  # fmt: skip


def _inside(source: str, start: int) -> str:
    """What stands between a brace, which ends before `start`, and the one that closes it."""
    depth = 1
    for at in range(start, len(source)):
        depth += {"{": 1, "}": -1}.get(source[at], 0)
        if depth == 0:
            return source[start:at]
    return source[start:]
