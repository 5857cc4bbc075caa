"""A program that says nothing about looks gets the house's; one that does keeps its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from runners.base import Program, Verdict
from runners.harness import look
from runners.runner import SandboxedRunner

BLUE = tuple(bytes.fromhex(look.COLOURS[0].lstrip("#")))
RED = (255, 0, 0)
ROWS = {"values": [{"label": "a", "value": 3}, {"label": "b", "value": 5}]}
ENCODING = {"x": {"field": "label"}, "y": {"field": "value", "type": "quantitative"}}

PLAIN = [
    ("python", 'import matplotlib.pyplot as plt\nplt.bar(["a", "b"], [3, 5])\nplt.show()'),
    ("vegalite", json.dumps({"data": ROWS, "mark": "bar", "encoding": ENCODING})),
    ("vegalite", json.dumps({"data": ROWS, "mark": "bar", "encoding": ENCODING, "params": [{"name": "zoom", "select": "interval", "bind": "scales"}]})),
    ("mermaid", 'xychart-beta\n    x-axis ["a", "b"]\n    bar [3, 5]'),
]  # fmt: skip
RED_ALREADY = [
    ("python", 'import matplotlib.pyplot as plt\nplt.bar(["a", "b"], [3, 5], color="red")\nplt.show()'),
    ("python", 'import matplotlib as m\nimport matplotlib.pyplot as plt\nplt.rcParams["axes.prop_cycle"] = m.cycler(color=["red"])\nplt.bar(["a"], [3])\nplt.show()'),
    ("vegalite", json.dumps({"data": ROWS, "mark": {"type": "bar", "color": "red"}, "encoding": ENCODING})),
    ("vegalite", json.dumps({"data": ROWS, "mark": "bar", "encoding": ENCODING, "config": {"bar": {"color": "red"}}})),
    ("mermaid", '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#ff0000"}}}}%%\nxychart-beta\n    x-axis ["a", "b"]\n    bar [3, 5]'),
]  # fmt: skip


async def drawn(runner: SandboxedRunner, folder: Path, language: str, source: str) -> Image.Image:
    run = await runner.run(Program(source, language), folder)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    return Image.open(run.pictures[0].path).convert("RGB")


def count(image: Image.Image, colour: tuple[int, ...]) -> int:
    colours = image.getcolors(image.width * image.height) or []
    return next((number for number, found in colours if found == colour), 0)


@pytest.mark.parametrize(("language", "source"), PLAIN)
async def test_bars_are_the_house_blue(
    warm_runner: SandboxedRunner, tmp_path: Path, language: str, source: str
) -> None:
    image = await drawn(warm_runner, tmp_path, language, source)
    assert count(image, BLUE) > 0.05 * image.width * image.height


@pytest.mark.parametrize(("language", "source"), RED_ALREADY)
async def test_a_programs_own_colour_is_kept(
    warm_runner: SandboxedRunner, tmp_path: Path, language: str, source: str
) -> None:
    image = await drawn(warm_runner, tmp_path, language, source)
    assert count(image, RED) > 0.05 * image.width * image.height
    assert count(image, BLUE) == 0


async def test_mermaids_bars_start_at_zero(warm_runner: SandboxedRunner, tmp_path: Path) -> None:
    source = 'xychart-beta\n    x-axis ["a", "b"]\n    y-axis "tons"\n    bar [{}]'
    equal = await drawn(warm_runner, tmp_path / "1", "mermaid", source.format("90, 90"))
    near = await drawn(warm_runner, tmp_path / "2", "mermaid", source.format("90, 45"))
    assert 0.7 < count(near, BLUE) / count(equal, BLUE) < 0.8


@pytest.mark.parametrize("mark", [{"color": "red"}, {"stroke": "red"}])
async def test_dots_have_the_colour_of_their_line(
    warm_runner: SandboxedRunner, tmp_path: Path, mark: dict[str, str]
) -> None:
    source = json.dumps({"data": ROWS, "mark": {"type": "line", **mark}, "encoding": ENCODING})
    image = await drawn(warm_runner, tmp_path, "vegalite", source)
    assert count(image, BLUE) == 0 < count(image, RED)


def test_what_is_set_goes_over_what_is_not() -> None:
    own = {"axis": {"grid": False}, "font": "serif", "bar": None}
    merged = look.under(look.VEGALITE, own)
    assert merged["axis"] == {**look.VEGALITE["axis"], "grid": False}
    assert (merged["font"], merged["bar"]) == ("serif", None)
    assert look.VEGALITE["font"] == "sans-serif"
