# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""Draws drawing.svg with resvg. Executed inside the sandbox."""

from __future__ import annotations

import importlib.util
import os
import sys
import xml.parsers.expat
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common

del sys.path[0]

_LEAST_WIDTH = 1000
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


def fonts() -> list[str]:
    """The fonts that matplotlib ships: they are there on every machine."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        return []
    return [str(Path(found.origin).parent / "mpl-data" / "fonts" / "ttf")]


def main() -> None:
    """Wait if this is a spare, then draw."""
    import resvg_py

    common.wait_for_program()
    source = Path("drawing.svg").read_text(encoding="utf-8-sig", errors="replace").strip()
    check(source)
    try:
        png = draw(resvg_py, source, None)
        width = int.from_bytes(png[16:20], "big")
        if width < _LEAST_WIDTH:
            png = draw(resvg_py, source, max(1, -(-_LEAST_WIDTH // max(width, 1))))
    except ValueError as error:
        common.fail(common.find(str(error)))
    (common.OUT / f"{common.STEM}.png").write_bytes(png)
    format = common.wanted_format()
    if format == "svg":
        (common.OUT / f"{common.STEM}.svg").write_text(source, encoding="utf-8")
    elif format == "pdf":
        import vl_convert

        (common.OUT / f"{common.STEM}.pdf").write_bytes(vl_convert.svg_to_pdf(source))
    common.texts(common.texts_of_svg(source))


def draw(resvg: object, source: str, zoom: float | None) -> bytes:
    """The picture as PNG; families that the machine lacks fall back to what matplotlib ships."""
    return bytes(
        resvg.svg_to_bytes(
            svg_string=source,
            zoom=zoom,
            font_dirs=fonts(),
            sans_serif_family="DejaVu Sans",
            serif_family="DejaVu Serif",
            monospace_family="DejaVu Sans Mono",
            font_family="DejaVu Sans",
        )
    )


main()
