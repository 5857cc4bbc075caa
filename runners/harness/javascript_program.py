# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Runs program.js in a page or in node. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chromium

chromium.start_unless("program.js", chromium.OF_NODE)

from pathlib import Path

import common
import jsprogram
import webpage

del sys.path[0]


def main() -> None:
    """Wait if this is a spare, then run."""
    page = webpage.opened() if common.is_standby() else None
    common.wait_for_program()
    source = Path("program.js").read_text(encoding="utf-8-sig", errors="replace")
    if jsprogram.is_for_node(source):
        jsprogram.in_node(source, source)
        return
    jsprogram.in_page(page or webpage.opened(), source, source)


common.run(main)
