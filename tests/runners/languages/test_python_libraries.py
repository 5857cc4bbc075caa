"""Libraries that draw without matplotlib, used the way people use them: each program becomes its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners.base import Program, Verdict
from runners.runner import SandboxedRunner
from tests.runners.languages.test_look import BLUE, count

CHART = 'import altair as alt\nimport pandas as pd\nsold = pd.DataFrame({"fruit": ["apples", "pears"], "boxes": [3, 5]})\nchart = alt.Chart(sold, title="Fruit").mark_bar().encode(x="fruit", y="boxes")\n'
ALTAIR = [
    CHART + "chart",
    CHART,
    CHART + "chart.show()",
    CHART + "chart.display()",
    CHART + 'chart.save("chart.html")',
    CHART + 'chart.save("chart.png", scale_factor=2)',
    CHART + 'chart.save("/mnt/data/chart.svg")',
    CHART + "chart.interactive()",
    CHART + 'chart.save("chart.json")\nchart.show()',
    CHART + '(chart | chart).resolve_scale(y="shared")',
]
DOT = 'from PIL import Image, ImageDraw\nimage = Image.new("RGB", (300, 200), "white")\nImageDraw.Draw(image).ellipse((20, 20, 200, 150), fill="red")\n'
OBJECTS = "import pandas as pd\nimport seaborn.objects as so\nplot = so.Plot(pd.DataFrame({'x': [1, 2], 'y': [3, 5]}), x='x', y='y').add(so.Line())\n"
OTHERS = [
    DOT + "image.show()",
    DOT + 'image.save("/mnt/data/dot.png")',
    DOT + "image",
    OBJECTS + "plot",
    OBJECTS + "plot.show()",
    OBJECTS + 'plot.save("line.png")',
    'open(\'drawing.svg\', \'w\').write(\'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><circle cx="20" cy="20" r="9"/></svg>\')',
]


async def picture(runner: SandboxedRunner, source: str, folder: Path) -> tuple[Image.Image, tuple[str, ...]]:  # fmt: skip
    run = await runner.run(Program(source, "python"), folder)
    assert run.verdict is Verdict.RENDERED and len(run.pictures) == 1 and not run.diagnostics, run
    return Image.open(run.pictures[0].path).convert("RGB"), run.texts


@pytest.mark.parametrize("source", ALTAIR)
async def test_a_chart_of_altair_is_drawn_once_in_the_look_of_the_house(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    image, texts = await picture(runner, source, tmp_path)
    assert {"Fruit", "apples", "boxes"} <= set(texts)
    assert count(image, BLUE) > 0.05 * image.width * image.height


@pytest.mark.parametrize("source", OTHERS)
async def test_images_objects_and_files_are_drawn(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    image, _ = await picture(runner, source, tmp_path)
    assert image.width >= 300


async def test_what_goes_wrong_in_the_last_line_is_told_there(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await runner.run(Program(CHART + "\nchart.mark_barr()", "python"), tmp_path)
    assert run.verdict is Verdict.FAILED
    assert run.diagnostics[0].line == 6 and "mark_barr" in run.diagnostics[0].message


async def test_a_chart_as_svg_is_one(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(Program(CHART + "chart.show()", "python"), tmp_path, "svg")
    assert run.pictures[0].format == "svg"
