"""A run that brings a plot style gets a picture in it, wherever the program says nothing."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from PIL import Image

from runners.base import DataFile, PictureFormat, PlotStyle, Program, Verdict
from runners.harness import look
from runners.runner import SandboxedRunner
from tests.runners.languages.test_look import (
    BLUE,
    ENCODING,
    PLAIN,
    RED,
    RED_ALREADY,
    ROWS,
    count,
    drawn,
)

DARK = PlotStyle(("#e0a030", "#50b0d0"), "#101820", "#e8e8f0", "#8890a0", "#283040")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.lstrip("#")))


BARS, PAPER = rgb(DARK.palette[0]), rgb(DARK.paper)


async def styled(
    runner: SandboxedRunner,
    folder: Path,
    language: str,
    source: str,
    format: PictureFormat = "png",
    data: tuple[DataFile, ...] = (),
) -> Image.Image:
    run = await runner.run(Program(source, language, data, DARK), folder, format)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    return Image.open(run.pictures[0].path.with_suffix(".png")).convert("RGB")


def is_in_style(image: Image.Image) -> None:
    size = image.width * image.height
    assert image.getpixel((2, 2)) == PAPER
    assert count(image, PAPER) > 0.2 * size
    assert count(image, BARS) > 0.05 * size
    assert count(image, BLUE) == count(image, (255, 255, 255)) == 0


@pytest.mark.parametrize(("language", "source"), PLAIN)
async def test_paper_and_bars_have_the_colours_of_the_style(
    runner: SandboxedRunner, tmp_path: Path, language: str, source: str
) -> None:
    is_in_style(await styled(runner, tmp_path, language, source))


@pytest.mark.parametrize(("language", "source"), PLAIN)
async def test_an_interpreter_started_ahead_honours_it_and_the_next_run_does_not(
    warm_runner: SandboxedRunner, tmp_path: Path, language: str, source: str
) -> None:
    warm_runner.warm_up(language)
    await asyncio.sleep(0)
    is_in_style(await styled(warm_runner, tmp_path / "1", language, source))
    plain = await drawn(warm_runner, tmp_path / "2", language, source)
    assert count(plain, BLUE) > 0.05 * plain.width * plain.height
    assert plain.getpixel((2, 2)) == (255, 255, 255)
    assert count(plain, PAPER) == count(plain, BARS) == 0


@pytest.mark.parametrize(("language", "source"), RED_ALREADY)
async def test_a_programs_own_colour_is_kept(
    warm_runner: SandboxedRunner, tmp_path: Path, language: str, source: str
) -> None:
    image = await styled(warm_runner, tmp_path, language, source)
    assert count(image, RED) > 0.05 * image.width * image.height
    assert count(image, BARS) == 0


async def test_a_diagram_with_a_look_of_its_own_stays_on_white(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    own = '%%{init: {"theme": "forest"}}%%\nflowchart LR\n    a --> b'
    image = await styled(runner, tmp_path, "mermaid", own)
    assert image.getpixel((2, 2)) == (255, 255, 255)


async def test_seaborn_follows(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = (
        "import matplotlib.pyplot as plt, seaborn as sns\n"
        "sns.barplot(x=['a', 'b'], y=[3, 5], saturation=1)\nplt.show()"
    )
    is_in_style(await styled(runner, tmp_path, "python", source))


@pytest.mark.parametrize(("language", "source"), PLAIN)
async def test_a_vector_picture_has_its_paper_too(
    runner: SandboxedRunner, tmp_path: Path, language: str, source: str
) -> None:
    is_in_style(await styled(runner, tmp_path, language, source, "svg"))
    assert DARK.paper in (tmp_path / "picture-1.svg").read_text()


async def test_a_data_file_called_style_is_data(runner: SandboxedRunner, tmp_path: Path) -> None:
    table = tmp_path / "style.json"
    table.write_text(json.dumps(ROWS["values"]))
    chart = {"data": {"url": "style.json"}, "mark": "bar", "encoding": ENCODING}
    data = (DataFile("style.json", table),)
    is_in_style(await styled(runner, tmp_path / "1", "vegalite", json.dumps(chart), data=data))
    run = await runner.run(Program(json.dumps(chart), "vegalite", data), tmp_path / "2")
    plain = Image.open(run.pictures[0].path).convert("RGB")
    assert count(plain, BLUE) > 0.05 * plain.width * plain.height


@pytest.mark.parametrize(
    "source",
    [
        'pie\n    title Costs\n    "rent" : 3\n    "food" : 2',
        'flowchart LR\n    A["Idea"] -->|then| B["Picture"]',
        "sequenceDiagram\n    A->>B: hello\n    Note over A: well",
        "timeline\n    title Years\n    2001 : one\n    2002 : two",
    ],
)
async def test_every_kind_of_diagram_stands_on_the_paper_in_light_ink(
    warm_runner: SandboxedRunner, tmp_path: Path, source: str
) -> None:
    image = await styled(warm_runner, tmp_path, "mermaid", source)
    assert image.getpixel((2, 2)) == PAPER
    assert count(image, rgb(DARK.ink)) > 20
    assert count(image, (255, 255, 255)) < 0.01 * image.width * image.height  # lines of a timeline


def test_without_a_style_nothing_changes() -> None:
    assert look.matplotlib(None) is look.MATPLOTLIB
    assert look.vegalite(None) is look.VEGALITE
    assert look.mermaid(None) is look.MERMAID
    assert (look.colours(None), look.paper(None)) == (look.COLOURS, "#ffffff")
