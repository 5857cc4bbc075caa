# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Runs program.gp and takes each plot as a picture. Executed inside the sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import gnuplot_errors
import gnuplot_mistakes
import gnuplot_source
import look
import pages

del sys.path[0]

_SOURCE = "program.gp"
_WIDTH, _HEIGHT = 7.2, 4.5
"""Inches of a plot that says nothing of its size."""
_SECONDS = 25


def preamble(source: str) -> str:
    """How a plot looks where the script does not say; each line an ordinary statement."""
    style = look.given()
    paper = look.paper(style)
    ink, muted, grid = (style["ink"], style["muted"], style["grid"]) if style else ("#333333", "#999999", "#e5e5e5")  # fmt: skip
    font = style["font"] if style else "sans-serif"
    width, height = gnuplot_source.size(source) or (_WIDTH, _HEIGHT)
    lines = [f'set linetype {number} lc rgb "{colour}" lw 2 pt 7' for number, colour in enumerate(look.colours(style), 1)]  # fmt: skip
    return "\n".join([
        f'set terminal pdfcairo enhanced color size {width:.3f}in,{height:.3f}in font "{font},12" background rgb "{paper}"',
        'set output "plots.pdf"',
        "set encoding utf8",
        *lines,
        f"set linetype cycle {len(lines)}",
        f'set border {31 if "splot" in source else 3} lc rgb "{muted}"',
        f'set tics nomirror tc rgb "{ink}"',
        f'set title tc rgb "{ink}" font "{font}:Bold,15"',
        *(f'set {axis}label tc rgb "{ink}"' for axis in ("x", "y", "z", "x2", "y2", "cb")),
        f'set key tc rgb "{ink}" noopaque',
        f'set grid back lt 1 lc rgb "{grid}" lw 0.5',
        f'set style fill solid border lc rgb "{paper}"' if "style fill" not in source else "",
        "",
    ])  # fmt: skip


def main() -> None:
    """Run it, and draw what it plotted."""
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    Path(_SOURCE).write_text(gnuplot_source.neutral(source), encoding="utf-8")
    Path("look.gp").write_text(preamble(source), encoding="utf-8")
    given = set(Path().iterdir())
    try:
        said = pages.tool("gnuplot", "look.gp", _SOURCE, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        common.fail(common.find(f"gnuplot was stopped after {_SECONDS} seconds", hint="use fewer samples, and no loop without an end"))  # fmt: skip
        return
    sys.stdout.write(said.stdout)
    found = gnuplot_errors.findings(said.stderr, source)
    if said.returncode != 0:
        common.fail(*(found or [common.find(f"gnuplot ended with status {said.returncode}")]))
    sys.stderr.write(said.stderr)
    pdf = Path("plots.pdf")
    number = 1
    if pdf.is_file() and pdf.stat().st_size:
        drawn = len(pages.sizes(pdf))
        drawn = pages.count(pdf) if drawn == pages.MOST_PAGES else drawn
        kept = gnuplot_source.lasting(source, drawn)
        number += pages.draw(pdf, common.wanted_format(), 1, kept[: common.MOST_PICTURES])
        common.texts(pages.words(pdf))
        found += common.beyond(len(kept))
    if number == 1 and not (set(Path().glob("*.png")) - given):
        found.insert(0, gnuplot_mistakes.open_block(source) or common.find("nothing was plotted", hint="end the script with plot or splot"))  # fmt: skip
    else:  # what one curve lacks is a warning where others were drawn
        found = [{**one, "severity": "warning"} for one in found]
        found += gnuplot_mistakes.unknown_terminal(source)
    common.report(found)


common.run(main)
