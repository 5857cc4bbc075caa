# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Runs program.m with Octave and takes its figures. Executed inside the sandbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import common
import look
import octave_errors
import octave_mistakes
import pages
import written

del sys.path[0]

_SECONDS = 28
_OURS = ("look.m", "program.m", "error.json", "octave-workspace")


def defaults() -> str:
    """How a plot looks where the program does not say."""
    colours = [[int(one[at : at + 2], 16) / 255 for at in (1, 3, 5)] for one in look.colours(look.given())]  # fmt: skip
    rows = "; ".join(" ".join(f"{part:.4f}" for part in colour) for colour in colours)
    return "\n".join(
        [
            f'set(0, "defaultaxescolororder", [{rows}]);',
            'set(0, "defaultlinelinewidth", 2);',
            'set(0, "defaultaxesfontname", "DejaVu Sans");',
            'set(0, "defaulttextfontname", "DejaVu Sans");',
            'set(0, "defaultaxesfontsize", 12);',
            'set(0, "defaultaxesbox", "off");',
            "",
        ]
    )


def main() -> None:
    """Run it and draw what is open; else take what it wrote."""
    source = Path("program.m").read_text(encoding="utf-8-sig", errors="replace")
    Path("program.m").write_text(source.rstrip() + "\n", encoding="utf-8")
    Path("look.m").write_text(defaults(), encoding="utf-8")
    before = written.there() | {Path(name) for name in _OURS}
    try:
        said = pages.tool("octave-cli", "--norc", "--quiet", "--no-history", f"{HERE}/octave_run.m", timeout=_SECONDS)  # fmt: skip
    except subprocess.TimeoutExpired:
        common.fail(common.find(f"Octave was stopped after {_SECONDS} seconds", hint="use fewer points, and no loop without an end"))  # fmt: skip
        return
    sys.stdout.write(said.stdout)
    told = Path("error.json")
    if told.is_file():
        error = json.loads(told.read_text(encoding="utf-8", errors="replace"))
        common.fail(octave_errors.finding(error, source))
    if said.returncode != 0:
        sys.stderr.write(said.stderr)
        common.fail(octave_errors.of_output(said.stderr, source, said.returncode))
    warnings = [
        common.find(f"{word} begins no branch", line=line, hint="write elseif", severity="warning")
        for line, word in octave_mistakes.no_branches(source)
    ]
    warnings += octave_errors.warnings(said.stderr, source)
    figures = sorted(Path().glob("figure-[0-9]*.pdf"))
    number = 1
    words: list[str] = []
    for pdf in figures[: common.MOST_PICTURES]:
        number += pages.draw(pdf, common.wanted_format(), number)
        words += pages.words(pdf)
    if figures:
        common.texts(words)
        warnings += common.beyond(len(figures))
    else:
        warnings += written.taken(written.files(before))
    if not any(path.suffix == ".png" for path in common.OUT.iterdir()):
        warnings.append(common.find("no figure is open", hint="end with plot, bar, … and do not close the figure"))  # fmt: skip
    common.report(warnings)


common.run(main)
