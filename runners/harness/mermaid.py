# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""Draws diagram.mmd with mermaidx. Executed inside the sandbox."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
import mermaid_check
import mermaid_errors
import mermaid_letters

del sys.path[0]

_LEAST_WIDTH = 1000.0
_FRONT = re.compile(r"---[ \t]*\n(?:.*?\n)?[ \t]*---[ \t]*\n", re.DOTALL)
"""What stands before a diagram: its title, and at times its own look."""


def dressed(source: str, style: dict[str, Any] | None) -> str:
    """The diagram with the look of this run, unless it brings its own; bars start at zero."""
    source = from_zero(source)
    if brings_its_own(source):
        return source
    front = _FRONT.match(source)
    at = front.end() if front else 0
    return f"{source[:at]}%%{{init: {json.dumps(look.mermaid(style))}}}%%\n{source[at:]}"


def brings_its_own(source: str) -> bool:
    """Whether the diagram says itself how it looks."""
    front = _FRONT.match(source)
    if source.startswith("---") and not front:
        return True
    return "%%{" in source or bool(front and re.search(r"(?m)^\s*(config|theme)\s*:", front[0]))


def on_paper(svg: str, paper: str) -> str:
    """The SVG on its paper: light words on no paper would vanish on a white page."""
    return svg.replace("background-color: transparent", f"background-color: {paper}", 1)


def from_zero(source: str) -> str:
    """A bar chart whose value axis has no range: Mermaid would cut the bars off at the smallest."""
    bars = re.findall(r"(?m)^\s*bar\s*(?:\"[^\"\n]*\"\s*)?\[([^\]\n]*)\]", source)
    axis = re.search(r"(?m)^[ \t]*y-axis[^\n]*", source)
    if "xychart" not in source or not bars or (axis and "-->" in axis[0]):
        return source
    try:
        values = [float(value) for row in bars for value in row.split(",")]
    except ValueError:
        return source
    if min(values) < 0 or max(values) <= 0:
        return source
    reach = f" 0 --> {max(values) * 1.05:g}"
    if axis is None:
        return f"{source}\n    y-axis{reach}"
    return source[: axis.end()].rstrip() + reach + source[axis.end() :]


def main() -> None:
    """Wait if this is a spare, then draw."""
    import mermaidx

    if common.is_standby():
        mermaidx.render('pie\n    "a" : 1').svg()
    common.wait_for_program()
    source = Path("diagram.mmd").read_text(encoding="utf-8-sig", errors="replace").strip()
    mermaid_letters.bring(source)
    try:
        style = None if brings_its_own(source) else look.given()
        paper = look.paper(style)
        diagram = mermaidx.render(dressed(source, style))
        svg = diagram.svg() if style is None else on_paper(diagram.svg(), paper)
        png = diagram.png(width=_LEAST_WIDTH, background=paper)
        (common.OUT / f"{common.STEM}.png").write_bytes(png)
        format = common.wanted_format()
        if format == "svg":
            (common.OUT / f"{common.STEM}.svg").write_text(svg, encoding="utf-8")
        elif format == "pdf":
            (common.OUT / f"{common.STEM}.pdf").write_bytes(
                diagram.pdf(background=None if style is None else paper)
            )
    except Exception as error:
        common.fail(mermaid_errors.finding(str(error), source))
    common.report(mermaid_check.doubts(source))
    common.texts(common.texts_of_svg(svg))


# mermaidx is making an engine for the next diagram, for which Python itself would wait.
common.run(main)
