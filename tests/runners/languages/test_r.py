"""R as a person would try it: what is drawn and saved, what goes wrong where, and what stays shut."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import (
    PictureFormat,
    PlotStyle,
    Program,
    Run,
    Verdict,
)
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.together import together

GG = "library(ggplot2)\n"
CARS = GG + "p <- ggplot(mtcars, aes(wt, mpg)) + geom_point()\n"
DARK = PlotStyle(("#ff0000", "#00ff00"), "#101820", "#f0f0f0", "#9aa5b1", "#33414e", "monospace")


@pytest.fixture(autouse=True)
def installed() -> None:
    need("Rscript")


async def draw(runner: SandboxedRunner, folder: Path, source: str, form: PictureFormat = "png", style: PlotStyle | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "r", style=style), folder, form)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    run = await draw(runner, tmp_path, languages.find("r").example, form)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert {"Fruit sold", "pears"} <= set(run.texts)
    (picture,) = run.pictures
    assert picture.format == form and 1.5 < picture.width / picture.height < 1.7
    assert picture.path.with_suffix(".png").exists()


async def test_more_pages_than_are_kept_are_told(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await draw(runner, tmp_path, "for (n in 1:27) plot(n)\n")
    assert len(run.pictures) == 20
    (told,) = run.diagnostics
    assert told.message == "27 pictures were drawn; the first 20 are kept"


DRAWN: list[tuple[str, list[tuple[str, ...]]]] = [
    ("plot(1:3, main = 'first')\nplot(3:1, main = 'second')\n", [("first",), ("second",)]),
    ("par(mfrow = c(1, 2))\nplot(1:3, main = 'left')\nhist(c(1, 2, 2), main = 'right')\n", [("left", "right")]),
    ("plot(1:3, main = 'open')\ndev.off()\n", [("open",)]),
    ("pdf('a.pdf')\nplot(1, main = 'one')\nplot(2, main = 'two')\ndev.off()\n", [("one",), ("two",)]),
    ("svg('a.svg', width = 4, height = 4)\nplot(1, main = 'square')\ndev.off()\n", [("square",)]),
    ("jpeg('b.jpg')\nplot(1, main = 'photo')\ndev.off()\nplot(2, main = 'after')\n", [("photo",), ("after",)]),
    ("plot(1, main = 'copied')\ndev.copy(png, 'x.png')\ndev.off()\n", [("copied",)]),
    ("png('a.png')\nplot(1, main = 'twice')\ndev.off()\npdf('a.pdf')\nplot(1, main = 'twice')\ndev.off()\n", [("twice",)]),
    (CARS + "print(p + labs(title = 'kept'))\nggsave('a.svg')\nggsave('a.pdf')\n", [("kept",)]),
    (CARS + "p <- p + labs(title = 'forgotten')\n", [("forgotten",)]),
    ("library(grid)\ngrid.text('alone')\n", [("alone",)]),
    ("plot(1, main = 'ended')\nquit(status = 0)\nplot(2)\n", [("ended",)]),
    ("for (n in 1:3) plot(n, main = paste('round', n))\n", [("round 1",), ("round 2",), ("round 3",)]),
    ("library(tidyverse)\nggplot(mtcars, aes(wt, mpg)) + geom_point() + labs(title = 'tidy')\n", [("tidy",)]),
    ("d <- read.csv('data.csv')\nbarplot(d$sold, names.arg = d$day, main = 'sales')\n", [("sales",)]),
    ("library(lattice)\nxyplot(mpg ~ wt, data = mtcars, main = 'panels')\n", [("panels",)]),
    (CARS + "print(p + labs(title = 'points'))\np + geom_line() + labs(title = 'lines')\n", [("points",), ("lines",)]),
    ("pie(c(a = 3, b = 5), main = 'cake')\n", [("cake",)]),
    ("curve(sin, 0, 6, main = 'wave')\nabline(h = 0)\nlegend('top', 'sin')\n", [("wave",)]),
    ("install.packages('ggplot2')\nplot(1, main = 'brought')\n", [("brought",)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def drawn_runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together([one[0] for one in DRAWN], "r", tmp_path_factory.mktemp("drawn"))


@pytest.mark.parametrize("number", range(len(DRAWN)))
def test_each_picture_is_there_once(drawn_runs: list[Run], number: int) -> None:
    run, (_, titles) = drawn_runs[number], DRAWN[number]
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert len(run.pictures) == len(titles)
    words = [word for picture in titles for word in picture]
    assert [text for text in run.texts if text in words] == words


async def test_a_saved_picture_has_the_size_that_was_asked_for(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await draw(runner, tmp_path, CARS + "ggsave('a.png', p, width = 10, height = 20, units = 'cm')\n", "pdf")  # fmt: skip
    (picture,) = run.pictures
    assert abs(picture.height - picture.width * 2) <= 2
    again = await draw(runner, tmp_path / "again", "png('a.png', 2400, 1600, res = 300)\nplot(1)\ndev.off()\nstopifnot(file.exists('a.png'))\n")  # fmt: skip
    assert (again.pictures[0].width, again.pictures[0].height) == (2400, 1600)


async def test_panels_of_one_page_stay_together_as_vectors(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    import resvg_py

    source = "par(mfrow = c(1, 2))\nbarplot(c(3, 5), col = '#ff0000')\nbarplot(c(5, 3), col = '#00ff00')\n"  # fmt: skip
    run = await draw(runner, tmp_path, source, "svg")
    (picture,) = run.pictures
    png = tmp_path / "drawn.png"
    png.write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=picture.path.read_text(), dpi=96)))
    assert {(255, 0, 0), (0, 255, 0)} <= colours(png)


def colours(path: Path) -> set[object]:
    with Image.open(path) as opened:
        found = opened.convert("RGB").getcolors(10_000_000) or []
    return {colour for count, colour in found if count > 400}


@pytest.mark.parametrize("source", [
    GG + "ggplot(data.frame(a = c('x', 'y'), b = 2:3), aes(a, b)) + geom_col()\n",
    GG + "ggplot(data.frame(a = c('x', 'y'), b = 2:3), aes(a, b, fill = a)) + geom_col() + theme_bw()\n",
    "barplot(c(a = 3, b = 5))\n",
    "library(lattice)\nbarchart(c(a = 3, b = 5))\n",
])  # fmt: skip
async def test_a_style_dresses_every_kind_of_picture(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    run = await draw(runner, tmp_path, source, style=DARK)
    seen = colours(run.pictures[0].path)
    assert {(0x10, 0x18, 0x20), (255, 0, 0)} <= seen, run.diagnostics
    assert (255, 255, 255) not in seen and (0, 0, 0) not in seen


async def test_colours_of_the_program_are_kept(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "par(bg = '#fffff0')\nbarplot(c(3, 5), col = '#123456')\n"
    run = await draw(runner, tmp_path, source, style=DARK)
    assert {(0xFF, 0xFF, 0xF0), (0x12, 0x34, 0x56)} <= colours(run.pictures[0].path)


async def test_a_spare_draws_the_same(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    cold = await draw(warm_runner, tmp_path / "cold", CARS + "p\n")
    await asyncio.sleep(2)
    warm = await draw(warm_runner, tmp_path / "warm", CARS + "p\n")
    assert warm.texts == cold.texts
    assert warm.pictures[0].path.read_bytes() == cold.pictures[0].path.read_bytes()
    await asyncio.sleep(2)
    dark = await draw(warm_runner, tmp_path / "dark", CARS + "p\n", style=DARK)
    assert (0x10, 0x18, 0x20) in colours(dark.pictures[0].path)


async def test_the_program_cannot_tell_a_spare_by_what_it_finds(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = (
        "print(ls(globalenv(), all.names = TRUE))\nprint(dev.list())\nprint(list.files(tempdir()))\n"
        "print(ggplot2::last_plot())\nplot(1)\nprint(dev.cur()[[1]])\n"
    )
    cold = await draw(warm_runner, tmp_path / "cold", source)
    await asyncio.sleep(4)
    warm = await draw(warm_runner, tmp_path / "warm", source)
    assert warm.seconds < cold.seconds
    assert warm.stdout == cold.stdout and cold.stdout.startswith("character(0)")
