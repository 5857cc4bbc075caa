"""Octave: plots in the language of MATLAB, drawn by gnuplot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings, interpreter

GUIDE = """\
Write one complete GNU Octave script. Plot with plot, bar, hist, scatter, contourf, surf, pie, subplot; each \
open figure becomes a picture, nothing has to be saved. Strings in double quotes know \\n. No packages (pkg \
load), no input, no pause. A data file is read by its name: csvread("sales.csv", 1, 0)."""

EXAMPLE = """\
sold = [3 5 9];
bar(sold, 0.6);
set(gca, "xticklabel", {"apples", "pears", "plums"});
title("Fruit sold");
ylabel("boxes");
"""


def steps(format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours runs it and draws each figure."""
    (step,) = interpreter.steps("octave.py")(format)
    places = (Path("/etc/octave.conf"), Path("/etc/octaverc"), Path("/var/lib/octave"))
    return (replace(step, readable=(*step.readable, *filter(Path.exists, places)), standby=()),)


LANGUAGE = Language(
    name="octave",
    title="Octave",
    aliases=("matlab", "gnu-octave", "m"),
    ordinary=("octave",),
    suffix=".m",
    lexer="octave",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("octave-cli", "gnuplot", "pdftocairo"),
        packages=(
            "octave",
            "gnuplot-nox",
            "fonts-freefont-otf",
            "poppler-utils",
        ),
        image="diagrams",
    ),
    file_name="program.m",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
    words=("gnu octave", "in octave", "with octave"),
)
