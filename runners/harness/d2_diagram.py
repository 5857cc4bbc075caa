# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Draws diagram.d2 with D2's renderer. Executed inside the sandbox."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import d2_check
import d2_errors
import d2_fonts
import d2_images
import d2_labels
import d2_look
import d2_markdown
import svg_picture
from d2_engine import Broken, Engine, Refused

del sys.path[0]

_SOURCE = "diagram.d2"
_FONTS = Path(".fonts")
_MOST_BOARDS = 20
_MOST_ZOOM = 3
_BOARDS = ("layers", "scenarios", "steps")


def boards(diagram: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A diagram and the boards in it, as they stand; folders alone draw nothing."""
    if not diagram.get("isFolderOnly"):
        yield diagram
    for kind in _BOARDS:
        for board in diagram.get(kind) or ():
            yield from boards(board)


def is_empty(board: dict[str, Any]) -> bool:
    """Whether nothing is drawn on a board."""
    return not board.get("shapes") and not board.get("connections")


def draw(svg: str, number: int) -> tuple[list[str], list[dict[str, Any]]]:
    """Keep a board's picture; its words, and what is not drawn of it."""
    stem = common.OUT / f"{number:02}"
    fonts = d2_fonts.unpacked(svg, _FONTS / str(number))
    own, lacking = d2_images.settled(svg)
    plain, unread = d2_markdown.set_as_text(own, fonts)
    words = svg_picture.keep(plain, stem, fonts, _MOST_ZOOM)
    if common.wanted_format() == "svg":
        stem.with_suffix(".svg").write_text(own, encoding="utf-8")  # D2's: with fonts and HTML
    warned = [common.find(f"this markdown is not drawn: {text}", severity="warning") for text in unread]  # fmt: skip
    return words, lacking + warned


def main() -> None:
    """Start the renderer, wait if this is a spare, then draw."""
    engine = Engine()
    if common.is_standby():
        import resvg_py  # noqa: F401  # loaded before the program is there

        engine.prepare()
    common.wait_for_program()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
    beside = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in Path().glob("*.d2") if path.name != _SOURCE}  # fmt: skip
    try:
        made = engine.compile(source, beside, {})
        first = made["diagram"]
        there = [board for board in boards(first) if not is_empty(board)]
        if not there:
            common.fail(d2_errors.empty(source))
        settings = d2_look.options(made["renderOptions"], first, source)
        svgs: list[str] = []
        for board in there[:_MOST_BOARDS]:
            if not d2_look.chooses(source):
                d2_look.calm(board)
            d2_labels.settle(board, source)
            svgs.append(d2_look.one_code(engine.render(board, settings), source))
    except Refused as error:
        common.fail(*d2_errors.findings(error.args[0], source))
    except Broken:
        common.fail(d2_errors.broken(source))
    found = d2_check.findings(made, source)
    words: list[str] = []
    for number, svg in enumerate(svgs, 1):
        try:
            written, lacking = draw(svg, number)
        except ValueError as error:
            common.fail(common.find(f"the picture of D2 cannot be drawn: {error}"))
        words += written
        found += [one for one in lacking if one not in found]
    common.texts(words)
    common.report(d2_images.placed(found, source))


common.run(main)
