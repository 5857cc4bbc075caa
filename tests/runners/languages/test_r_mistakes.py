"""What R says of a program that is almost right: at the line where a person would look."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.together import together

GG = "library(ggplot2)\n"


@pytest.fixture(autouse=True)
def installed() -> None:
    need("Rscript")


async def draw(runner: SandboxedRunner, folder: Path, source: str) -> Run:
    return await runner.run(Program(source, "r"), folder)


MISTAKES: list[tuple[str, int, str]] = [
    ("x <- c(1, 2\ny <- 3\n", 2, "comma"),
    ("x <- 1\nplot(xx)\n", 2, "did you mean x?"),
    ("plt(1:3)\n", 1, "plot?"),
    ("x <- c(1 2 3)\n", 1, "comma"),
    ("if (TRUE) {\n  x <- 1\n}\nelse {\n  x <- 2\n}\n", 4, "else"),
    ("plot(1:3, 1:4)\n", 1, "lengths differ"),
    ("library(nosuch)\n", 1, "nosuch"),
    ("f <- function(a) {\n  a + bb\n}\nf(2)\n", 2, "bb"),
    ("x <- list(a = 1)\nplot(x$b)\n", 2, ""),
    ("x <- 1:3\nx[[9]]\n", 2, "subscript out of bounds"),
    ("x <- '1' + 1\n", 1, "non-numeric"),
    ("d <- read.csv('nowhere.csv')\n", 1, "open"),
    ("m <- matrix(1:6, 2)\nm %*% m\n", 2, "non-conformable"),
    ("stop('my own')\n", 1, "my own"),
    ("x <- mean(lenght(c(1, 2)))\n", 1, "length?"),
    (GG + "ggplot(mtcars, aes(wt, mpgg)) + geom_point()\n", 2, "mpg?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) + geom_pont()\n", 2, "geom_point?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point() +\n  them_minimal()\n", 4, "theme_minimal?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) + geom_bar(stat = 'idntity')\n", 2, "idntity"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) + geom_point(aes(colour = cyll))\n", 2, "cyl?"),
    (GG + "ggplot(mtcar, aes(wt, mpg)) + geom_point()\n", 2, "mtcars?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) + facet_wrap(~ nothing)\n", 2, "nothing"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) + scale_x_continous()\n", 2, "scale_x_continuous?"),
    ("library(lattice)\nxyplot(mpg ~ weight, data = mtcars)\n", 2, "weight"),
    ("plot(c(1, 2),\n  main = 'x'\n\nlines(1:3)\n", 4, "the ( of line 1 is still open"),
    ("x <- 1\nf <- function(a) {\n  a + 1\n\nf(2)\n", 2, "the { here is never closed"),
    ("x <- 'never\nplot(1)\n", 1, "never closed"),
    ("plot(1))\n", 1, "a bracket too many"),
    (GG + "ggplot(mtcars, aes(wt, mpg))\n  + geom_point()\n", 3, "end of the line before"),
    ("x <- 5 y <- 6\n", 1, "unexpected symbol"),
    ("inner <- function(a) {\n  b <- a\n  stop('no good')\n}\nouter_one <- function() {\n  inner(1)\n}\nouter_one()\n", 3, "no good"),
    ("total <- 0\nfor (n in 1:3) {\n  total <- total + n\n  if (n == 2) total <- totl\n}\n", 4, "did you mean total?"),
    ("mtcars %>% head()\n", 1, "library(dplyr)"),
    ("ggplot(mtcars, aes(wt, mpg))\n", 1, "library(ggplot2) brings it"),
    ("xyplot(mpg ~ wt, data = mtcars)\n", 1, "library(lattice) brings it"),
    ("library(plotrix)\n", 1, "do without it"),
    ("install.packages('ggplot2')\nlibrary(nosuch)\n", 2, "nosuch"),
    ("d <- read.csv('dat.csv')\n", 1, "the files here are data.csv"),
    ("d <- read.csv('data.csv')\nbarplot(d[, 'price'])\n", 2, "the columns are day, sold"),
    ("d <- read.csv('data.csv')\nplot(sold ~ dya, data = d)\n", 2, "did you mean day?"),
    ("x <- 1:3\n\nsd(x, na.rn = TRUE)\n", 3, "did you mean na.rm?"),
    ("x <- c(a = 1)\nplot(x$a)\n", 2, "not a list"),
    ("lines(1:3)\n", 1, "call plot() before"),
    ("par(mar = c(40, 40, 40, 40))\nplot(1:3)\n", 2, "margins"),
    ("x <- c(1, NA)\nif (x[2] > 1) plot(x)\n", 2, "is.na()"),
    ("f <- function(n) f(n + 1)\nf(1)\n", 2, "calls itself"),
    ("f <- function(x, y) x + y\nplot(f(1))\n", 1, "give this argument a value"),
    ("data.frame(a = 1:3, b = 1:2)\n", 1, "same length"),
    ("plot(1:3, col = 'steelblu')\n", 1, "steelblue?"),
    ("x <- 2(3)\n", 1, "non-function"),
    ("ggplot2::geom_piont()\n", 1, "geom_point?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point() +\n  geom_line(aes(colour = gaer))\n", 4, "did you mean gear?"),
    (GG + "p <- ggplot(mtcars, aes(wt, mpgg)) +\n  geom_point()\n\nprint(p)\n", 2, "did you mean mpg?"),
    (GG + "ggplot(mtcars, aes(wt, mpg, colour = cyl)) +\n  geom_point() +\n  scale_colour_manual(values = c('red', 'blue'))\n", 2, "discrete"),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\nggsave('a.xyz', p)\n", 3, "xyz"),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\nggsave('a.png', p, width = 800, height = 600)\n", 3, "50 inches"),
    ("plot(1)\nquit(status = 2)\n", 2, "quit(status = 2)"),
]  # fmt: skip


@pytest.fixture(scope="module")
def mistake_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together([one[0] for one in MISTAKES], "r", tmp_path_factory.mktemp("mistakes"))


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_a_mistake_is_told_at_its_line(mistake_runs: list[Run], number: int) -> None:
    run, (_, line, words) = mistake_runs[number], MISTAKES[number]
    assert run.verdict is Verdict.FAILED
    first = run.diagnostics[0]
    assert first.line == line, run.diagnostics
    assert words in f"{first.message} {first.hint}", run.diagnostics
    assert "/viscoder" not in str(run.diagnostics) and "harness" not in str(run.diagnostics)


async def test_columns_are_counted_in_letters(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await draw(runner, tmp_path, "x <- 'grün'; plot(missing_one)\n")
    assert (run.diagnostics[0].line, run.diagnostics[0].column) == (1, 19)


async def test_a_warning_is_told_and_the_picture_is_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await draw(
        runner, tmp_path, "x <- 1\ny <- as.numeric('three')\nplot(1:3, colr = 'red')\n"
    )
    assert run.verdict is Verdict.RENDERED
    told = [(one.severity, one.line) for one in run.diagnostics]
    assert told[0] == (Severity.WARNING, 2)
    assert {line for _, line in told} == {2, 3}
    assert "col?" in str(run.diagnostics)


async def test_nothing_drawn_is_told_with_what_to_do(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await draw(
        runner, tmp_path, GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\n" + "x <- 1\n"
    )
    assert run.verdict is Verdict.NO_PICTURE
    assert "print(p)" in str(run.diagnostics[0].hint)
