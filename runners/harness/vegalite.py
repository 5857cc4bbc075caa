# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""Draws chart.vl.json with vl-convert. Executed inside the sandbox.

Data is read here, from the workspace alone, and put into the specification: vl-convert would
turn an address it may not read into an empty chart without a word.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
import vegalite_schema
from vegalite_errors import failure, mistakes, parsed, views
from vegalite_json import Chart
from vegalite_json import Path as Way

del sys.path[0]

_SOURCE = "chart.vl.json"


def fill_data(holder: dict[str, Any], chart: Chart, way: Way) -> None:
    """Put the rows of a named data file in place of its name; `way` leads to the holder."""
    data = holder.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("url"), str):
        return
    name = data["url"]
    path = Path(name)
    there = sorted(
        one.name
        for one in Path().iterdir()
        if one.is_file() and one.name not in (_SOURCE, "format", look.STYLE_FILE)
    )
    if name not in there:
        hint = (
            f"the files here are {', '.join(there)}"
            if there
            else "there is no data file here: put the data inline"
        )
        common.fail(
            common.find(
                f"there is no data file {name!r}", **chart.place((*way, "data", "url")), hint=hint
            )
        )
    holder["data"] = {
        "values": rows_of(path),
        **{key: value for key, value in data.items() if key == "name"},
    }


def fill_all(chart: Chart) -> None:
    """Put the rows of every named data file in, those that are looked up in too."""
    for way, view in views(chart.spec):
        fill_data(view, chart, way)
        steps = view.get("transform")
        for number, step in enumerate(steps if isinstance(steps, list) else []):
            if isinstance(step, dict) and isinstance(step.get("from"), dict):
                fill_data(step["from"], chart, (*way, "transform", number, "from"))


def rows_of(path: Path) -> Any:
    """The rows of a csv, tsv or json file; numbers as numbers, empty cells as null."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix == ".json":
        return json.loads(text)
    mark = "\t" if path.suffix == ".tsv" else ","
    return [
        {key: value_of(cell) for key, cell in row.items() if key is not None}
        for row in csv.DictReader(io.StringIO(text), delimiter=mark)
    ]


def value_of(cell: str | None) -> Any:
    """A cell as a number where it is one."""
    if cell is None or not cell.strip():
        return None
    try:
        number = float(cell)
    except ValueError:
        return cell
    if number != number or number in (float("inf"), float("-inf")):
        return cell
    return int(number) if number.is_integer() and "." not in cell and abs(number) < 1e15 else number


def dress(spec: dict[str, Any]) -> None:
    """Give the chart the house's look where it says nothing; dots have the colour of their line."""
    if isinstance(spec.get("config", {}), dict):
        spec["config"] = look.under(look.vegalite(look.given()), spec.get("config", {}))
    for _, view in views(spec):
        mark = view.get("mark")
        if isinstance(mark, dict) and mark.get("type") == "line" and "color" in mark:
            mark.setdefault("point", {"filled": True, "size": 60, "color": mark["color"]})


def main() -> None:
    """Wait if this is a spare, then draw."""
    import vl_convert

    if common.is_standby():
        vl_convert.vegalite_to_svg(
            {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
        )
        vegalite_schema.schema()
    common.wait_for_program()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    chart = parsed(source)
    spec = chart.spec
    fill_all(chart)
    found = mistakes(chart)
    if any(one.get("severity") != "warning" for one in found):
        common.fail(*(one for one in found if one.get("severity") != "warning"))
    dress(spec)
    draw = {"svg": vl_convert.vegalite_to_svg, "pdf": vl_convert.vegalite_to_pdf}
    format = common.wanted_format()
    try:
        svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
        png = vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[])
        (common.OUT / f"{common.STEM}.png").write_bytes(png)
        if format == "svg":
            (common.OUT / f"{common.STEM}.svg").write_text(svg, encoding="utf-8")
        elif format in draw:
            (common.OUT / f"{common.STEM}.pdf").write_bytes(
                vl_convert.vegalite_to_pdf(spec, allowed_base_urls=[])
            )
    except ValueError as error:
        common.fail(*({**one, "severity": "error"} for one in found), failure(chart, str(error)))
    common.report(found[:3])
    common.texts(common.texts_of_svg(svg))


main()
