# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Draws page.html in Chromium. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chromium

chromium.start()

import re
from pathlib import Path

import common
from webfindings import Findings
from webpage import head, opened

del sys.path[0]

_SOURCE = "page.html"
_START = re.compile(r"\s*(<!--.*?-->\s*)*(<!doctype[^>]*>)?", re.IGNORECASE | re.DOTALL)
_HASH = re.compile(r"\sintegrity\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)


def main() -> None:
    """Wait if this is a spare, then draw."""
    page = opened()
    common.wait_for_program()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    # The hash of a library in another version than ours would have it refused.
    served = _HASH.sub(lambda found: " " * len(found[0]), source)
    started = _START.match(served)
    at = started.end() if started else 0
    put_in = head()
    line_of_head = served.count("\n", 0, at) + 1
    column_of_head = at - (served.rfind("\n", 0, at) + 1) + 1

    def place(line: int, column: int) -> tuple[int, int]:
        moved = line == line_of_head and column > column_of_head
        return line, column - len(put_in) if moved else column

    served = served[:at] + put_in + served[at:]
    page.draw({_SOURCE: served.encode()}, Findings(source, _SOURCE, place))


common.run(main)
