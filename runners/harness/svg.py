# pyright: basic
# Runs inside the sandbox against libraries without types.
"""Draws drawing.svg with resvg. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import svg_check
import svg_errors
import svg_picture

del sys.path[0]


def main() -> None:
    """Wait if this is a spare, then check and draw."""
    import resvg_py  # noqa: F401  # a spare has it loaded before it waits

    common.wait_for_program()
    text = Path("drawing.svg").read_text(encoding="utf-8-sig", errors="replace")
    # XML begins with its declaration, so what stands before it would be wrong; lines stay the same.
    source = text.strip() if text.lstrip().startswith("<?xml") else text.rstrip()
    elements = svg_errors.elements(source)
    svg_errors.declared(elements, source)
    found = svg_check.findings(source, elements)
    try:
        common.texts(svg_picture.keep(source, common.OUT / common.STEM))
    except ValueError as error:
        common.fail(*({**one, "severity": "error"} for one in found), common.find(str(error)))
    # It is drawn all the same: browsers and resvg pass over what they do not know.
    common.report({**one, "severity": "warning"} for one in found[:5])


common.run(main)
