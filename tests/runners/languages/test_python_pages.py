"""Libraries that ``viscoder setup python`` brings: their charts become pictures the way people use them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import packages
from runners.base import PlotStyle, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need, needed
from tests.runners.languages.test_look import BLUE, count
from tests.runners.together import together

EXPRESS = (
    "import plotly.express as px\nfigure = px.bar(x=['apples', 'words'], y=[3, 5], title='Fruit')\n"
)
OBJECTS = "import plotly.graph_objects as go\nfigure = go.Figure(go.Bar(x=['apples', 'words'], y=[3, 5]))\n"
BOKEH = "from bokeh.plotting import figure, output_file, save, show\nplot = figure(title='words', width=600, height=400)\nplot.vbar(x=[1, 2], top=[3, 5], width=0.8, color='#4c78a8')\n"
PLOTNINE = "import pandas as pd\nfrom plotnine import aes, geom_col, ggplot, ggtitle\nplot = ggplot(pd.DataFrame({'a': ['x', 'y'], 'b': [3, 5]}), aes('a', 'b')) + geom_col(fill='#4c78a8') + ggtitle('words')\n"
CHARTS = [
    EXPRESS + "figure.show()",
    EXPRESS + "figure.write_image('fruit.png', scale=2)",
    EXPRESS + "figure.write_html('fruit.html')",
    EXPRESS + "figure",
    EXPRESS,
    EXPRESS + "figure.write_image('fruit.png')\nfigure.show()",
    OBJECTS + "import plotly.io as pio\npio.show(figure)",
    OBJECTS + "from plotly.offline import plot\nplot(figure, filename='fruit.html', auto_open=False)",
    BOKEH + "show(plot)",
    BOKEH + "output_file('fruit.html')\nsave(plot)",
    BOKEH + "from bokeh.io import export_png\nexport_png(plot, filename='fruit.png')",
    BOKEH + "from bokeh.io import curdoc\ncurdoc().add_root(plot)",
    BOKEH,
    PLOTNINE + "plot",
    PLOTNINE + "print(plot)",
    PLOTNINE + "plot.save('fruit.png', width=6, height=4)",
    PLOTNINE + "plot.show()",
]  # fmt: skip
OTHERS = [
    "import matplotlib.pyplot as plt\nimport networkx as nx\nnx.draw(nx.petersen_graph(), with_labels=True, node_size=2000, node_color='#4c78a8')\nplt.show()",
    "import polars as pl\npl.DataFrame({'fruit': ['apples', 'pears'], 'sold': [3, 5]}).plot.bar(x='fruit', y='sold')",
    "import matplotlib.pyplot as plt\nfrom matplotlib_venn import venn2\nvenn2(subsets=(3, 2, 1), set_colors=('#4c78a8', '#4c78a8'), alpha=1)\nplt.show()",
    "import matplotlib.pyplot as plt\nimport squarify\nsquarify.plot([5, 3], color=['#4c78a8', '#4c78a8'])\nplt.show()",
    "from wordcloud import WordCloud\nWordCloud(width=400, height=200, background_color='#4c78a8').generate('apples pears').to_file('words.png')",
    "from wordcloud import WordCloud\ncloud = WordCloud(width=400, height=200, background_color='#4c78a8').generate('apples pears')",
    "import pandas as pd\npd.options.plotting.backend = 'plotly'\npd.DataFrame({'sold': [3, 5]}).plot.bar().show()",
    "import plotly.express\nimport bokeh.plotting\nimport matplotlib.pyplot as plt\nplt.bar(['apples'], [3], color='#4c78a8')\nplt.show()",
]  # fmt: skip


@pytest.fixture(autouse=True)
def tools() -> None:
    need("chromium-headless-shell|chromium")
    needed(packages.is_here("python"), "what viscoder setup python brings")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return together(CHARTS + OTHERS, "python", tmp_path_factory.mktemp("charts"))


@pytest.mark.parametrize("number", range(len(CHARTS + OTHERS)))
def test_a_chart_is_drawn_once_in_the_colours_of_the_house(drawn: list[Run], number: int) -> None:
    run = drawn[number]
    assert run.verdict is Verdict.RENDERED and len(run.pictures) == 1 and not run.diagnostics, run
    image = Image.open(run.pictures[0].path).convert("RGB")
    assert count(image, BLUE) > 0.03 * image.width * image.height
    assert number >= len(CHARTS) or "words" in run.texts


async def test_several_charts_are_several_pictures(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(Program(EXPRESS + "figure.show()\n" + BOKEH + "show(plot)", "python"), tmp_path)  # fmt: skip
    assert [one.path.name for one in run.pictures] == ["picture-1.png", "picture-2.png"], run
    assert {"Fruit", "words"} <= set(run.texts)


async def test_what_is_drawn_in_space_is_seen(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(Program("import plotly.graph_objects as go\ngo.Figure(go.Surface(z=[[1, 2, 3], [2, 4, 6], [3, 6, 9]], showscale=False)).show()", "python"), tmp_path)  # fmt: skip
    image = Image.open(run.pictures[0].path).convert("HSV").resize((200, 125))
    saturated = sum(image.getchannel("S").histogram()[120:])
    assert saturated > 0.02 * 200 * 125


async def test_a_chart_of_plotly_as_svg_is_one(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(Program(EXPRESS + "figure.show()", "python"), tmp_path, "svg")
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert run.pictures[0].format == "svg" and "words" in run.pictures[0].path.read_text()


async def test_a_chart_wears_the_theme(runner: SandboxedRunner, tmp_path: Path) -> None:
    style = PlotStyle(palette=("#ff0000", "#00ff00"), paper="#101820", ink="#ffffff", muted="#888888", grid="#333333", font="sans-serif")  # fmt: skip
    for number, source in enumerate((EXPRESS + "figure.show()", BOKEH + "show(plot)")):
        run = await runner.run(Program(source, "python", style=style), tmp_path / str(number))
        image = Image.open(run.pictures[0].path).convert("RGB")
        assert image.getpixel((2, 2)) == (0x10, 0x18, 0x20)


async def test_a_mistake_is_told_at_its_line(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(Program(EXPRESS + "figure.update_layout(titel='x')\n", "python"), tmp_path)  # fmt: skip
    assert run.verdict is Verdict.FAILED and run.diagnostics[0].line == 3, run.diagnostics


async def test_a_plot_that_is_changed_and_shown_again_is_drawn_again(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    again = BOKEH + "show(plot)\nshow(plot)\nplot.title.text = 'changed'\nshow(plot)"
    run = await runner.run(Program(again, "python"), tmp_path)
    assert len(run.pictures) == 2 and {"words", "changed"} <= set(run.texts), run
