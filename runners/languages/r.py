"""R: base graphics, lattice, ggplot2 and grid."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from runners.base import Language, PictureFormat, Step, Toolchain
from runners.languages import findings
from runners.languages.interpreter import ENVIRONMENT, HARNESS

GUIDE = """\
Write one complete R program. Print or plot what is to be seen: a ggplot, a lattice plot, or base \
graphics; no device has to be opened. Load packages with library() (ggplot2, lattice, dplyr, grid are \
here). Read data files by name with read.csv. No install.packages, nothing from the network."""

EXAMPLE = """\
library(ggplot2)
fruit <- data.frame(name = c("apples", "pears", "plums"), sold = c(3, 5, 9))
ggplot(fruit, aes(name, sold)) +
  geom_col() +
  labs(title = "Fruit sold", x = NULL, y = NULL)
"""

_ENVIRONMENT = MappingProxyType({**ENVIRONMENT, "R_LIBS_USER": "/nowhere", "R_PROFILE_USER": "/dev/null", "TZ": "UTC"})  # fmt: skip
_PLACES = tuple(Path(place) for place in ("/etc/R", "/var/lib/R", "/usr/local/lib/R"))


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """A script of ours runs the program, expression by expression."""
    argv = ("/usr/bin/Rscript", "--vanilla", str(HARNESS / "r.R"))
    places = (HARNESS, *(place for place in _PLACES if place.exists()))
    return (Step(argv, _ENVIRONMENT, places, standby=(*argv, "standby")),)


LANGUAGE = Language(
    name="r",
    title="R",
    aliases=("ggplot", "ggplot2"),
    suffix=".R",
    other_suffixes=(".r",),
    lexer="splus",
    guide=GUIDE,
    toolchain=Toolchain(
        programs=("Rscript",),
        packages=(
            "r-base-core",
            "r-cran-ggplot2",
            "r-cran-dplyr",
            "r-cran-lattice",
        ),
        image="r",
    ),
    file_name="program.R",
    steps=steps,
    diagnose=findings.read,
    example=EXAMPLE,
)
