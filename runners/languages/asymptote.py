"""Asymptote: vector drawings by program, in the plane and in space."""

from __future__ import annotations

import sys
from types import MappingProxyType

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings
from runners.languages.interpreter import HARNESS
from runners.languages.latex import TEX_ENVIRONMENT, tex_readable

GUIDE = """\
Write one complete Asymptote program: size(…) first, imports (graph, palette, contour, three, …) as \
needed, then draw, fill and label. Points are pairs (x,y); labels are LaTeX in quotes, "$x^2$". End \
statements with semicolons. A data file is read by its name: file f = input("sales.csv").line().csv(); \
no system(), no settings, nothing interactive."""

EXAMPLE = """\
import graph;
size(8cm, 6cm, IgnoreAspect);
real f(real x) { return sin(x); }
draw(graph(f, 0, 2pi), blue + linewidth(1));
xaxis("$x$", BottomTop, LeftTicks);
yaxis("$\\sin x$", LeftRight, RightTicks);
"""

_ENVIRONMENT = MappingProxyType({**TEX_ENVIRONMENT, "ASYMPTOTE_HOME": "/tmp/asy"})


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours runs it and draws what it shipped out."""
    argv = (sys.executable, "-I", "-B", str(HARNESS / "asymptote.py"))
    return (Step(argv, _ENVIRONMENT, tex_readable()),)


LANGUAGE = Language(
    name="asymptote",
    title="Asymptote",
    aliases=("asy",),
    suffix=".asy",
    lexer="asymptote",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("asy", "pdflatex", "pdftocairo"),
        packages=(
            "asymptote",
            "texlive-latex-extra",
            "poppler-utils",
        ),
        image="latex",
    ),
    file_name="program.asy",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
    words=("geometric construction",),
)
