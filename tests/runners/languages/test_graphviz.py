"""Graphviz as people and models write it: graphs, looks, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import PictureFormat, PlotStyle, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told

DARK = PlotStyle(("#e0a030",), "#101820", "#e8e8f0", "#8890a0", "#283040")


@pytest.fixture(autouse=True)
def installed() -> None:
    need("dot")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png", style: PlotStyle | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "graphviz", style=style), folder, format)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("graphviz").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.format == form and {"Idea", "Program", "Picture", "correct"} <= set(drawn.texts)
    assert picture.path.with_suffix(".png").exists()


async def test_an_svg_is_graphvizs_own(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, 'digraph { a [tooltip="of a"] }', tmp_path, "svg")
    assert 'class="node"' in drawn.pictures[0].path.read_text()


async def test_each_graph_of_a_file_is_a_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "\n".join(f"digraph g{number} {{ n{number} }}" for number in range(12))
    drawn = await run(runner, source, tmp_path)
    assert len(drawn.pictures) == 12
    assert drawn.texts == tuple(f"n{number}" for number in range(12))


@pytest.mark.parametrize("engine", ["dot", "neato", "fdp", "sfdp", "circo", "twopi", "osage", "patchwork"])  # fmt: skip
async def test_a_graph_says_who_lays_it_out(runner: SandboxedRunner, tmp_path: Path, engine: str) -> None:  # fmt: skip
    drawn = await run(runner, f"graph {{ layout={engine}; a -- b -- c; b -- d }}", tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics


async def test_a_graph_takes_the_colours_of_the_style(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, "digraph { a -> b }", tmp_path, style=DARK)
    with Image.open(drawn.pictures[0].path) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert (0x10, 0x18, 0x20) in colours and (0xE0, 0xA0, 0x30) in colours


async def test_a_graph_with_fills_of_its_own_keeps_them(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = "digraph { node [style=filled, color=yellow, shape=box]; a -> b }"
    drawn = await run(runner, source, tmp_path, style=DARK)
    with Image.open(drawn.pictures[0].path) as picture:
        seen = picture.convert("RGB").getcolors(1 << 20) or []
    colours = {colour: count for count, colour in seen}
    assert colours.get((255, 255, 0), 0) > 5_000 and colours.get((255, 255, 255), 0) > 5_000


async def test_what_the_program_gives_nodes_and_edges_wins(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = 'digraph { node [style="rounded,filled", fillcolor="#00ffff", fontname=Courier]; edge [color="#ff0000", penwidth=4]; a -> b }'  # fmt: skip
    drawn = await run(runner, source, tmp_path, "svg")
    svg = drawn.pictures[0].path.read_text()
    assert "#00ffff" in svg and "#ff0000" in svg and "Courier" in svg and "#888888" not in svg


async def test_a_table_stands_on_the_papers_colour(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "digraph { a [shape=plaintext, label=<<table><tr><td>x</td></tr></table>>] }"
    drawn = await run(runner, source, tmp_path)
    with Image.open(drawn.pictures[0].path) as picture:
        image = picture.convert("RGB")
        assert image.getpixel((image.width // 2, image.height // 3)) == (255, 255, 255)


async def test_an_attribute_that_does_not_exist_is_told_though_graphviz_draws(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(
        runner, 'digraph {\n  // colr=1\n  a [label="colr=2", colr=red]\n}\n', tmp_path
    )
    assert drawn.verdict is Verdict.RENDERED
    (one,) = drawn.diagnostics
    assert (one.line, one.column, one.hint) == (3, 22, "did you mean color?")


MISTAKES: list[Mistake] = [
    ("digraph {\n  a -> b\n  c - d\n}\n", 3, "an edge is ->"),
    ("graph {\n  a -- b\n  a -> c\n}\n", 3, "write digraph for arrows"),
    ("digraph {\n  a -> b\n  a -- c\n}\n", 3, "in a digraph edges are ->"),
    ('digraph {\n  a [label="x]\n  b -> a\n}\n', 2, 'closing "'),
    ('digraph {\n  a -> b [label="x\n  c -> d [label="y"]\n}\n', 2, 'closing "'),
    ("digraph {\n  a -> b [label=x\n  c -> d\n}\n", 2, "[ is never closed"),
    ("digraph {\n  a -> b\n  subgraph cluster_x {\n    c -> d\n}\n", 1, "{ is never closed"),
    ("digraph {\n  a -> b\n}}\n", 3, "syntax error"),
    ("digraf {\n  a -> b\n}\n", 1, "did you mean digraph?"),
    ("{\n  a -> b\n}\n", 1, "begin with digraph"),
    ("digraph {\n  my-node -> b\n}\n", 2, "double quotes"),
    ("digraph {\n  two words -> b [label=a b]\n}\n", 2, "double quotes"),
    ("digraph {\n  node -> b\n}\n", 2, "node is a keyword"),
    ("digraph {\n  a -> edge\n}\n", 2, "edge is a keyword"),
    ("digraph {\n  a [label=<<b>x</i>>]\n}\n", 2, "close every tag"),
    ("digraph {\n  a [label=<A & B>]\n}\n", 2, "&amp;"),
    ('digraph {\n  a [shape=record, label="{x|y"]\n}\n', 2, "every { needs its }"),
    ("digraph {\n  layout=foo\n  a -> b\n}\n", 2, "not recognized"),
    ("digraph {\n  a -> b\n  a [shape=bx]\n}\n", 3, "did you mean box?"),
    ("digraph {\n  a [color=redd]\n}\n", 2, "did you mean red?"),
    ("digraph {\n  a -> b [arrowhead=diamnd]\n}\n", 2, "did you mean diamond?"),
    ("digraph {\n  a [style=roundd]\n}\n", 2, "did you mean rounded?"),
    ('digraph {\n  a [image="nowhere.png"]\n}\n', 2, "nowhere.png"),
    ("digraph {\n  a -> b:port9\n}\n", 2, "port9"),
    ("digraph {\n  a -> b [lable=x]\n}\n", 2, "did you mean label?"),
    ("digraph {\n  rnkdir=LR\n  a -> b\n}\n", 2, "did you mean rankdir?"),
    ("digraph {\n  a => b\n}\n", 2, "syntax error"),
    ("digraph {\n  a -> b;\n  [color=red]\n}\n", 3, "syntax error"),
    ("digraph {\n  a -> {b, c -> d\n}\n", 2, "{ is never closed"),
    ("digraph {\n  a -> b\n}\n}\nc -> d\n", 4, "a } too many"),
    ("digraph {\n  subgraph cluster_x {\n    a\n  }\n  }\n  b -> a\n}\n", 5, "a } too many"),
    ('digraph {\n  a [label "x y"]\n}\n', 2, "label=…"),
    ("digraph {\n  a -> b\n  a [shape box, color=red]\n}\n", 3, "shape=…"),
    ('digraph {\n  a [label: "x"]\n}\n', 2, "no colon"),
    ("digraph {\n  a [label='x y']\n}\n", 2, '"x y"'),
    ('digraph {\n  a [label="say "hi" now"]\n}\n', 2, '\\"'),
    ("digraph {\n  a [color=#ff0000]\n  a -> b\n}\n", 2, '"#ff0000"'),
    ("digraph {\n  a [fillcolor=rgb(1,2,3)]\n}\n", 2, "#rrggbb"),
    ("digraph {\n  a [style=filled,rounded]\n}\n", 2, 'style="a,b"'),
    ("digraph {\n  node shape=box;\n  a\n}\n", 2, "node [name=value]"),
    ("digraph {\n  % nodes\n  a\n}\n", 2, "begins with //"),
    ('digraph {\n  a [shape=record, label="<low> 1 | <high> 2"]\n  b\n  b -> a:hihg\n}\n', 4, "did you mean high?"),
    ("digraph {\n  nodesep=12pt\n  a\n}\n", 2, "without its unit"),
    ("digraph {\n  a\n  rankdir LR;\n  a -> b\n}\n", 3, "rankdir=LR"),
    ("digraph {\n  nodesep: 0.5;\n  a -> b\n}\n", 2, "nodesep=0.5"),
    ("digraph {\n  rankdir=TD\n  a -> b\n}\n", 2, "did you mean rankdir=TB?"),
    ("digraph {\n  a -> b [dir=reverse]\n}\n", 2, "did you mean dir=back?"),
    ("digraph {\n  a [fontsize=large]\n}\n", 2, "is no number"),
    ("digraph {\n  node [style=fill]\n  a\n}\n", 2, "did you mean filled?"),
    ("digraph {\n  fill -> a\n  a -> b [style=thick]\n}\n", 3, "did you mean bold?"),
    ('digraph {\n  a [style="filled rounded"]\n}\n', 2, 'style="filled,rounded"'),
    ("digraph {\n  subgraph shop {\n    label=Shop\n    a\n  }\n  a -> b\n}\n", 2, "cluster_shop"),
    ("digraph {\n  a -> b\n  a -> c [lhead=cluster_x]\n  subgraph cluster_x { c }\n}\n", 3, "compound=true"),
    ("digraph {\n  subgraph cluster_x { a }\n  b -> cluster_x\n}\n", 3, "lhead=cluster_x"),
    ('digraph {\n  a -> b label="x"\n}\n', 2, "square brackets"),
    ('digraph {\n  a [label="<b>x</b>"]\n}\n', 2, "label=<<b>a</b>>"),
    ("digraph {\n  bgcolor=white\n  a [fillcolor=red]\n}\n", 3, "style=filled"),
    ("digraph {\n  a [textcolor=red]\n}\n", 2, "did you mean fontcolor?"),
    ("digraph {\n  web_server [label=w]; db [label=d]; cache [label=c]\n  webserver -> db\n}\n", 3, "did you mean web_server?"),
]  # fmt: skip
RIGHT = [
    'digraph {\n  rankdir=LR; node [shape=box]\n  a -> b [label="x"]; # why\n  {rank=same; a; c}\n  label="all"\n}\n',
    "digraph {\n  a b\n  c d; size weight\n  size -> weight\n  subgraph x { rank=same; a; b }\n}\n",
    "digraph {\n  compound=true\n  subgraph cluster_x { label=x; c }\n  a -> c [lhead=cluster_x]\n}\n",
    "digraph {\n  subgraph outer { color=red; subgraph cluster_x { c } }\n  a -> {b c} [style=dashed]\n}\n",
    'digraph {\n  s [shape=record, label="<b> one|<i> two"]\n  s:b -> t:n\n  t [label=<<b>x</b> # y>]\n}\n',
    'graph {\n  bgcolor="#ffffff"; node [style="filled,rounded", fillcolor="#eeeeee", fontsize=12.5]\n  a -- b -- a\n}\n',
    "digraph {\n  user [label=u]; users [label=v]; n1 [label=1]; n2 [label=2]\n  user -> n3; customers -> users; n1 -> n2\n}\n",
    "digraph a { x }\ndigraph b { y }\n",
]


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "graphviz", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_nothing_is_said_of_a_right_graph(tmp_path: Path) -> None:
    wrong = wrongly_doubted(RIGHT, "graphviz", tmp_path)
    assert not wrong, "\n".join(wrong)
