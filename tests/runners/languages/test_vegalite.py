"""Vega-Lite as its own examples write it: maps, codes, what transforms make, and Vega itself."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from runners.base import DataFile, PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.languages.test_look import BLUE, RED, count

SQUARES: dict[str, object] = {
    "type": "Topology",
    "arcs": [[[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]],
    "objects": {
        "lands": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]]}]},
        "seas": {"type": "GeometryCollection", "geometries": []},
    },
}


async def drawn(runner: SandboxedRunner, folder: Path, spec: object, format: PictureFormat = "png", **files: str) -> Run:  # fmt: skip
    need("bwrap")
    data: list[DataFile] = []
    for name, text in files.items():
        path = folder / name
        path.write_text(text)
        data.append(DataFile(name.replace("_", "."), path))
    source = json.dumps(spec, indent=2)
    return await runner.run(Program(source, "vegalite", tuple(data)), folder / "run", format)


async def test_a_map_is_taken_out_of_its_file(runner: SandboxedRunner, tmp_path: Path) -> None:
    spec = {
        "width": 200,
        "height": 200,
        "data": {"url": "map.json", "format": {"type": "topojson", "feature": "lands"}},
        "projection": {"type": "identity"},
        "mark": {"type": "geoshape", "fill": "teal"},
    }
    run = await drawn(runner, tmp_path, spec, "svg", map_json=json.dumps(SQUARES))
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert "teal" in run.pictures[0].path.read_text()


async def test_a_code_keeps_its_zeros_and_a_date_its_form(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    spec = {
        "data": {"url": "towns.csv", "format": {"parse": {"day": "date:'%d.%m.%Y'"}}},
        "mark": "bar",
        "encoding": {
            "x": {"field": "code", "type": "nominal"},
            "y": {"field": "people", "type": "quantitative"},
            "color": {"field": "day", "timeUnit": "month", "type": "ordinal"},
        },
    }
    towns = "code,people,day\n00501,3,31.12.2024\n10001,5,01.11.2024\n"
    run = await drawn(runner, tmp_path, spec, towns_csv=towns)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert {"00501", "10001", "Nov", "Dec"} <= set(run.texts)


async def test_what_stands_at_pixels_stands_where_it_was_put(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    pie = {
        "data": {"values": [{"what": "sky", "part": 3}, {"what": "sand", "part": 1}]},
        "mark": {"type": "arc", "outerRadius": 80},
        "encoding": {
            "theta": {"field": "part", "type": "quantitative"},
            "color": {
                "field": "what",
                "legend": {"orient": "none", "legendX": 200, "legendY": 80},
            },
        },
    }
    run = await drawn(runner, tmp_path, pie)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    (picture,) = run.pictures
    assert picture.width < 700  # the legend is at the right of the pie, and nothing else is


@pytest.mark.parametrize("x", [{"type": "temporal"}, {"timeUnit": "year"}])
async def test_a_column_of_years_is_no_column_of_milliseconds(
    runner: SandboxedRunner, tmp_path: Path, x: dict[str, str]
) -> None:
    spec = {
        "data": {"url": "sold.csv"},
        "mark": "line",
        "encoding": {
            "x": {"field": "year", **x},
            "y": {"field": "sold", "type": "quantitative"},
        },
    }
    years = "".join(f"{year},{year - 1900}\n" for year in range(1980, 2021))
    run = await drawn(runner, tmp_path, spec, sold_csv="year,sold\n" + years)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert {"1980", "2000", "2020"} <= set(run.texts)


ROWS = [{"a": 1, "b": 2, "who": "Ada"}, {"a": 2, "b": 3, "who": "Bo"}, {"a": 3, "b": 5, "who": "Cy"}]  # fmt: skip


@pytest.mark.parametrize(
    ("transform", "field", "shown"),
    [
        ([{"regression": "b", "on": "a", "params": True}], "rSquared", "0.964"),
        ([{"aggregate": [{"op": "argmax", "field": "b", "as": "best"}]}], "best['who']", "Cy"),
        ([{"aggregate": [{"op": "argmax", "field": "b", "as": "best"}]}], "best.who", "Cy"),
    ],
)
async def test_what_a_transform_makes_is_a_field(
    runner: SandboxedRunner, tmp_path: Path, transform: list[object], field: str, shown: str
) -> None:
    spec = {
        "data": {"values": ROWS},
        "transform": transform,
        "mark": {"type": "text", "fontSize": 20},
        "encoding": {"text": {"field": field}},
    }
    run = await drawn(runner, tmp_path, spec)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert any(text.startswith(shown) for text in run.texts)


VEGA: dict[str, object] = {
    "$schema": "https://vega.github.io/schema/vega/v5.json",
    "width": 200,
    "height": 100,
    "title": "Sold",
    "data": [
        {
            "name": "table",
            "url": "sold.csv",
            "transform": [{"type": "filter", "expr": "datum.sold > 1"}],
        }
    ],
    "scales": [
        {
            "name": "x",
            "type": "band",
            "range": "width",
            "domain": {"data": "table", "field": "day"},
        },
        {"name": "y", "range": "height", "domain": {"data": "table", "field": "sold"}},
    ],
    "axes": [{"orient": "bottom", "scale": "x"}],
    "marks": [
        {
            "type": "rect",
            "from": {"data": "table"},
            "encode": {
                "enter": {
                    "x": {"scale": "x", "field": "day"},
                    "width": {"scale": "x", "band": 1},
                    "y": {"scale": "y", "field": "sold"},
                    "y2": {"scale": "y", "value": 0},
                }
            },
        }
    ],
}


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_a_chart_in_vega_is_drawn_too(
    runner: SandboxedRunner, tmp_path: Path, form: PictureFormat
) -> None:
    run = await drawn(runner, tmp_path, VEGA, form, sold_csv="day,sold\nMon,3\nTue,5\nWed,1\n")
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    assert {"Sold", "Mon", "Tue"} <= set(run.texts)
    assert "Wed" not in run.texts


async def test_a_file_that_a_chart_in_vega_lacks_is_told_at_its_line(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    run = await drawn(runner, tmp_path, VEGA)
    assert run.verdict is Verdict.FAILED
    (wrong,) = run.diagnostics
    assert "sold.csv" in wrong.message
    assert wrong.line == json.dumps(VEGA, indent=2)[: json.dumps(VEGA, indent=2).index('"url"')].count("\n") + 1  # fmt: skip


Spec = dict[str, Any]


def wave(number: int) -> list[Spec]:
    return [{"x": 100 * one / number, "y": one % 2, "low": -1} for one in range(number + 1)]


def across(mark: object, rows: list[Spec], **encoding: object) -> Spec:
    """A chart whose two axes have numbers."""
    x, y = ({"field": name, "type": "quantitative"} for name in "xy")
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y, **encoding}}


def named(number: int, mark: object = "bar", **encoding: object) -> Spec:
    """A chart whose names stand below each other, with some rows each."""
    rows = [{"name": f"n{one}", "x": x, "part": "ab"[x % 2]} for one in range(number) for x in range(1, 9)]  # fmt: skip
    y = {"field": "name", "type": "nominal"}
    return across(mark, rows, y=y, **encoding)


async def image_of(runner: SandboxedRunner, folder: Path, spec: Spec) -> Image.Image:
    run = await drawn(runner, folder, spec)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    return Image.open(run.pictures[0].path).convert("RGB")


BINNED = across("bar", [{"x": 0, "end": 5, "y": 3}, {"x": 5, "end": 9, "y": 4}], x2={"field": "end"})  # fmt: skip


@pytest.mark.parametrize(
    "spec",
    [
        {**BINNED, "encoding": {**BINNED["encoding"], "x": {"field": "x", "bin": "binned"}}},
        {**BINNED, "mark": {"type": "bar", "clip": True}},
        {**BINNED, "params": [{"name": "zoom", "select": "interval", "bind": "scales"}]},
    ],
)
async def test_bars_from_one_number_to_another_are_there(
    runner: SandboxedRunner, tmp_path: Path, spec: Spec
) -> None:
    image = await image_of(runner, tmp_path, spec)
    assert count(image, BLUE) > 5_000  # where names stand on neither axis, bars may be thin


async def test_a_line_has_dots_only_where_they_are_few(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    flat = [{**row, "y": 1} for row in wave(100)]
    few = await image_of(runner, tmp_path / "few", across("line", flat[::5]))
    many = await image_of(runner, tmp_path / "many", across("line", flat))
    own = await image_of(runner, tmp_path / "own", across({"type": "line", "point": True}, flat))
    assert count(many, BLUE) < count(few, BLUE) < count(own, BLUE)
    spread: Spec = {**across("line", flat[::5]), "transform": [{"density": "x", "as": ["x", "y"]}]}
    bare = {**spread, "mark": {"type": "line", "point": False}}
    made = await image_of(runner, tmp_path / "made", spread)
    assert made.tobytes() == (await image_of(runner, tmp_path / "bare", bare)).tobytes()


async def test_the_edge_of_an_area_has_its_colour_and_a_band_has_none(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    plain = await image_of(runner, tmp_path / "plain", across("area", wave(9)))
    assert count(plain, BLUE) > 500
    red = await image_of(runner, tmp_path / "red", across({"type": "area", "color": "red"}, wave(9)))  # fmt: skip
    assert count(red, BLUE) == 0 < count(red, RED)
    told = {**across("area", wave(9)), "config": {"area": {"color": "red"}}}
    red = await image_of(runner, tmp_path / "told", told)
    assert count(red, BLUE) == 0 < count(red, RED)
    band = await image_of(runner, tmp_path / "band", across("area", wave(9), y2={"field": "low"}))
    assert count(band, BLUE) == 0


@pytest.mark.parametrize("number", [3, 7, 16, 20])
async def test_the_boxes_of_many_names_do_not_touch(
    runner: SandboxedRunner, tmp_path: Path, number: int
) -> None:
    image = await image_of(runner, tmp_path, named(number, "boxplot"))
    column = [image.getpixel((image.width // 2 - 20, y)) == BLUE for y in range(image.height)]
    assert sum(now and not before for before, now in pairwise(column)) == number


async def test_only_a_single_chart_with_room_for_its_names_has_the_size_of_the_house(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    async def size(name: str, spec: Spec) -> tuple[int, int]:
        image = await image_of(runner, tmp_path / name, spec)
        return image.width // 2, image.height // 2

    wide, high = await size("single", named(3))
    assert 540 < wide < 640 and 340 < high < 420
    x = {"field": "x", "type": "quantitative"}
    mark = {"data": {"values": [{"x": 2}]}, "mark": "rule", "encoding": {"x": x}}
    layered = {"layer": [named(3), mark]}  # that a row has an x places nothing at pixels
    assert (await size("layered", layered))[0] == wide

    assert (await size("step", {**named(3), "config": {"view": {"step": 15}}}))[1] < 150
    assert (await size("facet", named(3, row={"field": "part"})))[1] < 300
    assert (await size("concat", {"hconcat": [named(3), named(3)]}))[1] < 200
    repeated = named(3, x={"field": {"repeat": "column"}, "type": "quantitative"})
    rows = repeated.pop("data")
    assert (await size("repeat", {"data": rows, "repeat": {"column": ["x", "y"]}, "spec": repeated}))[1] < 200  # fmt: skip
    assert (await size("many", named(60)))[1] > 60 * 19


EMBED = """<script src="https://cdn.jsdelivr.net/npm/vega@5"></script><script src="https://cdn.jsdelivr.net/npm/vega-lite@5"></script>
<script src="https://cdn.jsdelivr.net/npm/vega-embed@6"></script><div id="c"></div><div id="d" style="position: absolute; top: 500px"></div>
<script>vegaEmbed("#c", BARS); vegaEmbed("#d", PARTS)</script>"""


async def test_in_a_page_bars_are_there_and_parts_of_a_chart_are_small(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    bars = {**BINNED, "encoding": {**BINNED["encoding"], "x": {"field": "x", "bin": "binned"}}}
    parts = named(3, row={"field": "part", "header": None})
    source = EMBED.replace("BARS", json.dumps(bars)).replace("PARTS", json.dumps(parts))
    run = await runner.run(Program(source, "html"), tmp_path)
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    image = Image.open(run.pictures[0].path).convert("RGB")
    assert count(image, BLUE) > 50_000
    assert image.height < 2 * 900


async def test_the_look_suits_a_chart_of_altair_too(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    source = "import altair as alt\nimport pandas as pd\nrows = pd.DataFrame({'a': ['p', 'q', 'r'], 'b': [3, 5, 4]})\nchart = alt.Chart(rows).mark_line(color='red').encode(x='a', y='b')\n"
    run = await runner.run(Program(source + "chart\n", "python"), tmp_path / "one")
    image = Image.open(run.pictures[0].path).convert("RGB")
    assert image.width > 2 * 540 and count(image, BLUE) == 0
    run = await runner.run(Program(source + "chart | chart\n", "python"), tmp_path / "two")
    assert run.pictures[0].width < run.pictures[0].height
