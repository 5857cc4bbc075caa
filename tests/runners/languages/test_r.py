"""R as people and models write it: pictures of every kind, mistakes, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners.base import DataFile, Limits, PlotStyle, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need


@pytest.fixture(autouse=True)
def installed() -> None:
    need("Rscript")


async def run(runner: SandboxedRunner, source: str, folder: Path, limits: Limits | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "r"), folder, limits=limits)


GG = "library(ggplot2)\n"


@pytest.mark.parametrize(("source", "pictures"), [
    ("plot(1:9)\nhist(c(1, 2, 2, 3))\n", 2),
    ("library(lattice)\nxyplot(mpg ~ wt, data = mtcars)\n", 1),
    ("library(grid)\ngrid.newpage()\ngrid.circle(r = 0.3)\n", 1),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\nprint(p)\np + geom_line()\n", 2),
    (GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\nggsave('mine.png', p, width = 4, height = 3)\n", 1),
    ("png('mine.png')\nplot(1:3)\ndev.off()\n", 1),
    ("pie(c(a = 3, b = 5))\n", 1),
    ("curve(sin, 0, 6)\nabline(h = 0)\nlegend('top', 'sin')\n", 1),
])  # fmt: skip
async def test_whatever_is_plotted_printed_or_saved_is_a_picture(runner: SandboxedRunner, tmp_path: Path, source: str, pictures: int) -> None:  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    assert len(drawn.pictures) == pictures


async def test_vectors_come_in_svg_and_pdf(runner: SandboxedRunner, tmp_path: Path) -> None:
    for wanted in ("svg", "pdf"):
        drawn = await runner.run(Program("barplot(c(3, 5))\n", "r"), tmp_path / wanted, wanted)
        assert [picture.format for picture in drawn.pictures] == [wanted]


async def test_a_program_that_only_computes_draws_nothing(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    assert (await run(runner, "x <- 1 + 1\nprint(x)\n", tmp_path)).verdict is Verdict.NO_PICTURE


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("month,sold\nJan,3\nFeb,5\n")
    source = GG + "d <- read.csv('sales.csv')\nggplot(d, aes(month, sold)) + geom_col()\n"
    program = Program(source, "r", (DataFile("sales.csv", tmp_path / "sales.csv"),))
    assert (await runner.run(program, tmp_path / "out")).verdict is Verdict.RENDERED


async def test_pictures_follow_a_style(runner: SandboxedRunner, tmp_path: Path) -> None:
    style = PlotStyle(("#ff0000", "#00ff00"), "#101820", "#ffffff", "#cccccc", "#333333")
    source = GG + "ggplot(data.frame(a = 'x', b = 3), aes(a, b)) + geom_col()\n"
    drawn = await runner.run(Program(source, "r", style=style), tmp_path)
    with Image.open(drawn.pictures[0].path) as picture:
        colours = picture.convert("RGB").getcolors(10_000_000) or []
    seen = {colour for count, colour in colours if count > 2000}
    assert {(0x10, 0x18, 0x20), (255, 0, 0)} <= seen


async def test_a_spare_draws_the_same(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    source = GG + "ggplot(mtcars, aes(wt, mpg)) + geom_point()\n"
    first = await run(warm_runner, source, tmp_path / "first")
    second = await run(warm_runner, source, tmp_path / "second")
    assert first.verdict is second.verdict is Verdict.RENDERED
    assert first.pictures[0].path.read_bytes() == second.pictures[0].path.read_bytes()


MISTAKES: list[tuple[str, int, str]] = [
    ("x <- c(1, 2\ny <- 3\n", 2, "comma"),
    ("x <- 1\nplot(xx)\n", 2, "did you mean x?"),
    ("plt(1:3)\n", 1, "plot?"),
    ("x <- c(1 2 3)\n", 1, "comma"),
    ("x <- 1)\n", 1, "bracket"),
    ("if (TRUE) {\n  x <- 1\n}\nelse {\n  x <- 2\n}\n", 4, "else"),
    ("plot(1:3, col = 'redd')\n", 1, "redd"),
    ("plot(1:3, 1:4)\n", 1, "lengths differ"),
    ("library(nosuch)\n", 1, "nosuch"),
    ("x <- 'text\nplot(1)\n", 1, ""),
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
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), MISTAKES)
async def test_a_mistake_is_told_where_a_person_would_look(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    wrong = await run(runner, source, tmp_path)
    assert wrong.verdict is Verdict.FAILED, wrong
    first = wrong.diagnostics[0]
    assert first.line is not None and abs(first.line - line) <= 1, first
    assert words in f"{first.message} {first.hint}", first


@pytest.mark.parametrize("attack", [
    "print(system('cat /etc/passwd', intern = TRUE))",
    "print(readLines('/etc/passwd'))",
    "print(Sys.getenv())",
    "print(list.files('/root', all.files = TRUE)); print(list.files('/home', recursive = TRUE))",
    "print(try(readLines(url('http://127.0.0.1:80'))))",
    "cat('x', file = '/usr/escaped')",
])  # fmt: skip
async def test_nothing_outside_is_read_or_written(runner: SandboxedRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attack: str) -> None:  # fmt: skip
    monkeypatch.setenv("MY_SECRET", "pssst")
    ran = await run(runner, f"{attack}\nplot(1)\n", tmp_path)
    said = ran.stdout + ran.stderr
    assert "root:" not in said and "pssst" not in said and ".bashrc" not in said


async def test_an_endless_loop_is_stopped(runner: SandboxedRunner, tmp_path: Path) -> None:
    assert (await run(runner, "repeat {}\n", tmp_path, Limits(wall_seconds=2))).verdict is Verdict.TIMED_OUT  # fmt: skip
