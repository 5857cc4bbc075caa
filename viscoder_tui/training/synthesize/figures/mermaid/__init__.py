"""Diagrams to be asked for, in Mermaid."""

from __future__ import annotations

import random

from viscoder_tui.training.synthesize.figures.mermaid.behaviour import sequence, states
from viscoder_tui.training.synthesize.figures.mermaid.diagram import Diagram
from viscoder_tui.training.synthesize.figures.mermaid.flowcharts import decision, row, tree
from viscoder_tui.training.synthesize.figures.mermaid.plans import gantt, mindmap, timeline
from viscoder_tui.training.synthesize.figures.mermaid.structure import classes, entities


def draw(rng: random.Random) -> tuple[str, Diagram]:
    """A request for a diagram, and the diagram."""
    maker = rng.choices(
        (row, decision, tree, sequence, states, timeline, mindmap, gantt, classes, entities),
        (2.4, 2.2, 2.2, 3.4, 2, 1.8, 1.8, 1.7, 1.5, 1.1),
    )[0]
    return maker(rng)
