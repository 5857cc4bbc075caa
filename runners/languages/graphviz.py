"""Graphviz: graphs laid out by dot, neato and their kin."""

from __future__ import annotations

import sys

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings
from runners.languages.interpreter import ENVIRONMENT, HARNESS, readable

GUIDE = """\
Write one complete graph in the DOT language: digraph { … } with a -> b, or graph { … } with a -- b. \
Put names and labels that are more than letters and digits in double quotes. rankdir=LR lays it out \
from left to right; layout=neato, fdp, circo or twopi as a graph attribute takes another engine. No \
images from elsewhere."""

EXAMPLE = """\
digraph {
    rankdir=LR
    idea [label="Idea"]
    program [label="Program"]
    picture [label="Picture", shape=ellipse]
    idea -> program -> picture
    picture -> program [label="correct", style=dashed]
}
"""


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours lays it out and draws it."""
    argv = (sys.executable, "-I", "-B", str(HARNESS / "graphviz.py"))
    return (Step(argv, ENVIRONMENT, readable()),)


LANGUAGE = Language(
    name="graphviz",
    title="Graphviz",
    aliases=("dot", "gv"),
    ordinary=("dot",),
    suffix=".dot",
    other_suffixes=(".gv",),
    lexer="graphviz",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("dot", "pdftocairo"),
        packages=(
            "graphviz",
            "poppler-utils",
        ),
        image="diagrams",
    ),
    file_name="graph.dot",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
    words=("call graph", "dependency graph"),
)
