"""gnuplot: curves, surfaces and data."""

from __future__ import annotations

import sys

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings
from runners.languages.interpreter import ENVIRONMENT, HARNESS, readable

GUIDE = """\
Write one complete gnuplot 5 script that ends in plot or splot. Set no terminal and no output: each plot \
becomes a picture. Data stand in a block, $data << EOD … EOD, or in a file that is read by its name; for \
CSV: set datafile separator ",". Bars: set style data histogram, or with boxes; set style fill solid."""

EXAMPLE = """\
set title "Fruit sold"
set style fill solid
set boxwidth 0.6
set yrange [0:*]
set nokey
$sold << EOD
apples 3
pears  5
plums  9
EOD
plot $sold using 0:2:xtic(1) with boxes
"""


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours runs it and takes each plot."""
    argv = (sys.executable, "-I", "-B", str(HARNESS / "gnuplot.py"))
    return (Step(argv, ENVIRONMENT, readable()),)


LANGUAGE = Language(
    name="gnuplot",
    title="gnuplot",
    suffix=".gp",
    other_suffixes=(".gnuplot", ".plt", ".gnu"),
    lexer="gnuplot",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("gnuplot", "pdftocairo"),
        packages=(
            "gnuplot-nox",
            "poppler-utils",
        ),
        image="diagrams",
    ),
    file_name="program.gp",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
)
