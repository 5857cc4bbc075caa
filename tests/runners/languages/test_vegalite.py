"""Vega-Lite as its own examples write it: maps, codes, what transforms make, and Vega itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from runners.base import DataFile, PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need

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
