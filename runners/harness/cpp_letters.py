# pyright: basic
# Runs inside the sandbox, with the standard library and fontconfig's programs.
"""Words in letters that cairo's simple text functions find no font for, taken from other fonts of the machine."""

from __future__ import annotations

import json
import os
import re

import fonts
import pages

_FUNCTIONS = ("cairo_show_text", "cairo_text_path", "cairo_text_extents")
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cpp_letters.cpp")


def flags(source: str) -> list[str]:
    """What the compiler is told beside, for a program that writes such letters with cairo."""
    wanted = _letters(source)
    families: list[str] = []
    for font in fonts.having(wanted):
        has = "".join(sorted(filter(font.has, wanted)))
        wanted -= set(has)
        name = pages.tool(
            "fc-query", "--index=0", "--format=%{family[0]}", font.path
        ).stdout.strip()
        if name:
            families.append(f"{{{_quoted(name)}, {_quoted(has)}}}")
    if not families:
        return []
    return [_SOURCE, f"-DVISCODER_FAMILIES={', '.join(families)}", *(f"-Wl,--wrap={name}" for name in _FUNCTIONS)]  # fmt: skip


def lacking(source: str) -> list[dict[str, object]]:
    """The warning of letters that no font here has, where there are some."""
    found = fonts.lacking(_letters(source))
    return [found] if found else []


def _letters(source: str) -> set[str]:
    """The letters in question of a program's literals; none where cairo writes nothing."""
    if not any(name in source for name in _FUNCTIONS):
        return set()
    written = "".join(_LITERAL.findall(source))
    return fonts.unusual(written + "".join(_letter(*found) for found in _ESCAPED.findall(written)))


def _letter(short: str, long: str) -> str:
    code = int(short or long, 16)
    return chr(code) if code < 0x110000 else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
