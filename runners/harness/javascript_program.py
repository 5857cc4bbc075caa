# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Runs program.js in a page or in node. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import jsprogram
from devtools import BrowserGone
from webpage import WebPage

del sys.path[0]


def main() -> None:
    """Wait if this is a spare, then run."""
    page = WebPage() if common.is_standby() else None
    common.wait_for_program()
    source = Path("program.js").read_text(encoding="utf-8-sig", errors="replace")
    if jsprogram.is_for_node(source):
        jsprogram.in_node(source, source)
        return
    try:
        page = page or WebPage()
    except BrowserGone:
        common.fail(common.find("Chromium did not start"))
    jsprogram.in_page(page, source, source)


main()
