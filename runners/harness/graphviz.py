# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Draws graph.dot with Graphviz. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import dot_check
import dot_errors
import dot_source
import look
import pages

del sys.path[0]

_SOURCE = "graph.dot"
_PAPER_AROUND = 0.25
"""Inches; Graphviz cuts to the very line."""
_OWN = re.compile(
    r"^(?!\s*(?://|#)).*(?:\bstyle\s*=\s*\"?[^\"\n\];]*\bfilled\b|\bbgcolor\b)", re.MULTILINE
)
_UNBOXED = re.compile(r"shape\s*=\s*\"?(?:none|plain|plaintext|point|underline)\b|label\s*=\s*<")


def dressed(source: str) -> str:
    """The source with the look of each graph that says nothing of it, first in its braces.

    As options of ``dot`` they would win over what the program gives ``node`` and ``edge``.
    """
    depth, at, pieces = 0, 0, []
    look_here = defaults(source)
    for sign in re.finditer(r"[{}]", dot_source.plain(source)):
        if sign[0] == "{" and depth == 0:
            pieces += [source[at : sign.end()], look_here]
            at = sign.end()
        depth = max(depth + (1 if sign[0] == "{" else -1), 0)
    return "".join([*pieces, source[at:]])


def defaults(source: str) -> str:
    """How a graph looks where it does not say, as statements in one line.

    One that fills its nodes has chosen colours for white paper and dark words, and gets those:
    a fill colour of ours would win over its ``color``.
    """
    own = _OWN.search(source)
    style = None if own else look.given()
    paper = look.paper(style)
    ink, muted = (style["ink"], style["muted"]) if style else ("#333333", "#888888")
    font = style["font"] if style else "sans-serif"
    graph = {"bgcolor": paper, "fontname": font, "fontcolor": ink, "pad": _PAPER_AROUND}
    node = {"fontname": font, "fontcolor": ink}
    edge = {"fontname": font, "fontcolor": ink, "color": muted, "fontsize": 11}
    if not own:
        graph |= {"color": muted}
        node |= {"color": look.colours(style)[0]}
        if not _UNBOXED.search(source):
            tint = look.mixed(paper, look.colours(style)[0], 0.16)
            node |= {"style": "filled", "fillcolor": tint}
    kinds = (("graph", graph), ("node", node), ("edge", edge))
    return "".join(
        f" {kind} [{', '.join(f'{name}={_quoted(value)}' for name, value in given.items())}];"
        for kind, given in kinds
    )


def _quoted(value: object) -> str:
    return '"' + str(value).replace('"', '\\"') + '"'


def dot(format: str) -> tuple[int, str]:
    """Draw every graph of the file; the exit status, and what was complained of."""
    said = pages.tool("dot", f"-T{format}", "-O", _SOURCE)
    return said.returncode, said.stderr


def drawn(ending: str) -> list[Path]:
    """What `dot` left, in the order of the graphs."""
    found = Path().glob(f"{_SOURCE}*.{ending}")
    return sorted(found, key=lambda path: int((re.findall(r"\.(\d+)\.", path.name) or [1])[0]))


def main() -> None:
    """Lay out, draw, and say what was left out."""
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    Path(_SOURCE).write_text(dressed(source), encoding="utf-8")
    format = common.wanted_format()
    status, complaints = dot("pdf")
    found = dot_errors.findings(complaints, source)
    if status == 0:
        told = {one.get("line") for one in found}
        found += [one for one in dot_check.doubts(source) if one["line"] not in told]
    if status != 0 and not all(one.get("severity") for one in found):
        common.fail(*found)
    sys.stderr.write(complaints)
    number = 1
    words: list[str] = []
    graphs = drawn("pdf")
    for pdf in graphs[: common.MOST_PICTURES]:
        number += pages.draw(pdf, "pdf" if format == "pdf" else "png", number)
        words += pages.words(pdf)
    if number == 1 and status != 0:
        common.fail(*(found or [common.find("Graphviz drew nothing")]))
    if format == "svg":
        dot("svg")  # Graphviz's own: with groups, tooltips and links
        for place, svg in enumerate(drawn("svg")[: common.MOST_PICTURES], 1):
            svg.replace(common.OUT / f"{place:02}.svg")
    common.texts(words)
    common.report([*found, *common.beyond(len(graphs))])


common.run(main)
