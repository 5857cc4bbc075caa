# pyright: basic
# Runs inside the sandbox against libraries without types.
"""Draws drawing.svg with resvg. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys
import xml.parsers.expat
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import svg_picture

del sys.path[0]

_HINTS = {
    "mismatched tag": "close elements in the order they were opened",
    "not well-formed (invalid token)": "write & as &amp; and < as &lt;, and quote every attribute",
    "no element found": "an element is not closed",
    "duplicate attribute": "an attribute stands twice in one element",
}


def check(source: str) -> None:
    """End as failed where the source is no XML."""
    parser = xml.parsers.expat.ParserCreate()
    open_elements: list[tuple[str, int]] = []
    parser.StartElementHandler = lambda name, _attributes: open_elements.append(
        (name, parser.CurrentLineNumber)
    )
    parser.EndElementHandler = lambda _name: open_elements.pop()
    try:
        parser.Parse(source, True)
    except xml.parsers.expat.ExpatError as error:
        message = xml.parsers.expat.errors.messages[error.code]
        if "no element found" in message and open_elements:
            name, line = open_elements[-1]
            common.fail(
                common.find(
                    f"<{name}> was opened but never closed", line=line, hint=f"add </{name}>"
                )
            )
        common.fail(
            common.find(
                message, line=error.lineno, column=error.offset + 1, hint=_HINTS.get(message)
            )
        )


def main() -> None:
    """Wait if this is a spare, then draw."""
    import resvg_py  # noqa: F401  # a spare has it loaded before it waits

    common.wait_for_program()
    source = Path("drawing.svg").read_text(encoding="utf-8-sig", errors="replace").strip()
    check(source)
    try:
        common.texts(svg_picture.keep(source, common.OUT / common.STEM))
    except ValueError as error:
        common.fail(common.find(str(error)))


main()
