"""What R says of a program that is almost right: at the line where a person would look."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import wrongly_doubted, wrongly_told
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
    (GG + "ggplot(mtcars, aes(wt, mpg, colour = cyl)) +\n  geom_point() +\n  scale_colour_manual(values = c('red', 'blue'))\n", 4, "discrete"),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\nggsave('a.xyz', p)\n", 3, "xyz"),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\nggsave('a.png', p, width = 800, height = 600)\n", 3, "50 inches"),
    ("plot(1)\nquit(status = 2)\n", 2, "quit(status = 2)"),
    (GG + "ggplot(mtcars, aes(wt, mpg, fill = factor(cyl))) +\n  geom_col() +\n  scale_fill_manual(values = 'red') +\n  theme_bw()\n", 4, "one value for each group"),
    (GG + "ggplot(mtcars, aes(factor(cyl), mpg)) +\n  geom_boxplot() +\n  scale_x_continuous() +\n  scale_y_continuous()\n", 4, "discrete"),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg, colour = factor(cyl))) +\n  geom_point() +\n  scale_color_gradient(low = 'red')\nprint(p)\n", 4, "discrete"),
    (GG + "ggplot(mtcars, aes(wt, gear)) +\n  geom_point() +\n  facet_grid(gear)\n", 4, "facet_wrap(~ gear)"),
    (GG + "ggplot(mtcars, aes(factor(cyl), mpg)) +\n  geom_bar() +\n  labs(title = 'a')\n", 3, "geom_col()"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point() +\n  annotate('lable', x = 3, y = 20, label = 'a')\n", 4, "did you mean label?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point() +\n  theme(legend.positoin = 'top')\n", 4, "did you mean legend.position?"),
    ("library(lattice)\np <- barchart(\n  VADeaths,\n  col = 'steelblu'\n)\nprint(p)\n", 4, "did you mean steelblue?"),
    ("barplot(\n  c(3, 5, 2),\n  names.arg = c('a', 'b')\n)\n", 3, "as many names"),
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


async def test_a_plot_made_in_a_loop_is_told_not_to_be_shown(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    loop = GG + "for (v in c('mpg', 'hp')) {\n  ggplot(mtcars, aes(.data[[v]])) +\n    geom_density()\n}\n"  # fmt: skip
    run = await draw(runner, tmp_path, loop)
    assert run.verdict is Verdict.NO_PICTURE and run.diagnostics[0].line == 3
    assert "print(ggplot(…) + …)" in str(run.diagnostics[0].hint)
    beside = await draw(runner, tmp_path, loop + "plot(1)\n")
    assert beside.verdict is Verdict.RENDERED and beside.diagnostics[0].line == 3
    printed = await draw(runner, tmp_path, loop.replace("  ggplot", "  p <- ggplot").replace("}\n", "  print(p)\n}\n"))  # fmt: skip
    assert printed.verdict is Verdict.RENDERED and not printed.diagnostics


async def test_a_function_that_nothing_calls_is_named(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await draw(runner, tmp_path, "x <- 1\nchart <- function(d) {\n  plot(d)\n}\n")
    assert run.verdict is Verdict.NO_PICTURE and run.diagnostics[0].line == 2
    assert "chart(…)" in str(run.diagnostics[0].hint)


PASSED_OVER: list[tuple[str, int, str]] = [
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point() +\n  labs(\n    titel = 'a'\n  )\n", 5, "did you mean title?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point() +\n  labs(ylab = 'a')\n", 4, "did you mean y?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point(aes(colour = 'steelblue'))\n", 3, "outside of aes()"),
    ("library(lattice)\nxyplot(mpg ~ wt, mtcars,\n  ylabel = 'a')\n", 3, "did you mean ylab?"),
    ("hist(mtcars$mpg,\n  color = 'red')\n", 2, "did you mean col?"),
    (GG + "ggplot(mtcars, aes(wt, mpg)) +\n  geom_point(sise = 3)\n", 3, "did you mean size?"),
    (GG + "ggplot(mtcars, aes(wt, mpg, colour = factor(cyl))) +\n  geom_point() +\n  scale_colour_brewer(palette = 'Darc2')\n", 4, "did you mean Dark2?"),
]  # fmt: skip
RIGHT = [
    GG + "ggplot(mtcars, aes(wt, mpg, colour = factor(cyl), size = hp)) +\n  geom_point() +\n  labs(title = 'a', subtitle = 'b', colour = 'c', size = 'd', caption = 'e', x = NULL)\n",
    GG + "ggplot(mtcars, aes(wt)) +\n  geom_line(aes(y = mpg, colour = 'blue')) +\n  geom_line(aes(y = qsec, colour = 'red')) +\n  scale_colour_identity()\n",
    "library(lattice)\nxyplot(mpg ~ wt | factor(gear), mtcars, groups = cyl, auto.key = TRUE, layout = c(3, 1), xlab = 'a', ylab = 'b', main = 'c', pch = 19, panel = function(x, ...) panel.xyplot(x, ...))\n",
    GG + "draw <- function(v) {\n  ggplot(mtcars, aes(.data[[v]])) + geom_density()\n}\nfor (v in c('mpg', 'wt')) print(draw(v))\nx <- mtcars[1, ]\n",
]  # fmt: skip


def test_what_is_passed_over_is_a_warning_and_what_is_right_none(tmp_path: Path) -> None:
    for name in ("wrong", "right"):
        (tmp_path / name).mkdir()
    wrong = wrongly_told(PASSED_OVER, "r", tmp_path / "wrong")
    assert not wrong, "\n".join(wrong)
    wrong = wrongly_doubted(RIGHT, "r", tmp_path / "right")
    assert not wrong, "\n".join(wrong)
