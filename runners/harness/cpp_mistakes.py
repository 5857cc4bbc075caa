# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What can be told of a C++ program by its text: quotes within quotes, and paths that cairo never paints."""

from __future__ import annotations

import re
from typing import Any

import common

_SKIPPED = re.compile(r"//[^\n]*|/\*.*?\*/|R\"(\w*)\(.*?\)\1\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)  # fmt: skip
_LITERAL = re.compile(r"\"(?:\\.|[^\"\\\n])*\"")
_SUFFIXES = frozenset(("s", "sv", "ms", "us", "ns", "h", "min", "i", "if", "il"))
_PATH = re.compile(r"\bcairo_(?:rel_)?(?:line_to|curve_to|arc|arc_negative|rectangle|close_path|text_path)\s*\(")  # fmt: skip
_PAINTS = re.compile(r"\bcairo_(?:stroke|fill|paint|mask|clip|show_text|show_glyphs|stroke_preserve|fill_preserve|paint_with_alpha|mask_surface|show_text_glyphs|clip_preserve|glyph_path|copy_path|path_extents)\w*\b|\bpango_|->(?:stroke|fill|paint)\b")  # fmt: skip
_HARMLESS = re.compile(r"cairo_(?:destroy|surface_\w+|show_page|status\w*|restore|save|set_\w+|svg_\w+|pdf_\w+|ps_\w+|get_\w+|close_path|new_path|line_to|rel_line_to|curve_to|move_to|arc\w*|rectangle|text_path)|main|if|for|while|return|printf|fprintf|puts|sin|cos|sqrt|exit|size|c_str|endl|sizeof")  # fmt: skip


def quoted_within(line: str) -> bool:
    """Whether a text ends where its own quotes were meant to stand: ``"width="400""``."""
    for found in _LITERAL.finditer(line):
        before, after = line[: found.start()], re.match(r"\w+", line[found.end() :])
        if after and after[0] not in _SUFFIXES and not after[0].startswith("_") and not after[0].isupper():  # fmt: skip
            return True
        if re.search(r"[A-Za-z0-9_]$", before) and not re.search(r"(?:\b|\W)(?:u8|u|U|L|R|LR|u8R|uR|UR|operator)$", before):  # fmt: skip
            return True
    return False


def never_painted(source: str) -> list[dict[str, Any]]:
    """A warning of a path that is made and neither drawn nor filled."""
    text = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    made = list(_PATH.finditer(text))
    if not made:
        return []
    last = made[-1]
    rest = text[last.end() :]
    painted = _PAINTS.search(text)
    called = re.findall(r"\b([A-Za-z_]\w*)\s*\(", rest)
    # After the last path, helpers of the program may paint it; cairo's own that cannot are known.
    over = not _PAINTS.search(rest) and all(_HARMLESS.fullmatch(one) for one in called)
    first = text.rfind("main", 0, last.start()) >= 0 and not re.search(r"^\}", text[text.rfind("main", 0, last.start()) : last.start()], re.MULTILINE)  # fmt: skip
    if painted and not (over and first and not _in_loop(text, last.start(), painted.start())):
        return []
    line = source.count("\n", 0, last.start()) + 1
    message = "the path is never painted: no cairo_stroke or cairo_fill follows"
    return [common.find(message, line=line, hint="call cairo_stroke(cr) or cairo_fill(cr) behind it", severity="warning")]  # fmt: skip


def _in_loop(text: str, path: int, painted: int) -> bool:
    """Whether both may be in one loop, where what stands before comes again behind."""
    depth = 0
    for at in range(path, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth < 0:
            begins = _opening(text, at)
            head = text[max(0, text.rfind("\n", 0, begins)) : begins]
            if re.search(r"\b(?:for|while|do)\b|\[.*\]\s*\(", head) and begins < painted:
                return True
            depth = 0
    return False


def _opening(text: str, closing: int) -> int:
    depth = 0
    for at in range(closing, -1, -1):
        depth += {"}": 1, "{": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return 0
