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
import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look
import vegalite_look
import vegalite_schema
from vegalite_errors import failure, mistakes, parsed, times, views
from vegalite_json import Chart
from vegalite_json import Path as Way

del sys.path[0]

_SOURCE = "chart.vl.json"
_AS_JSON = ("json", "geojson", "topojson")
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")


def fill_data(holder: dict[str, Any], chart: Chart, way: Way, texts: Collection[str] = ()) -> None:
    """Put the rows of a named data file in place of its name.

    Args:
        holder: what has the data.
        chart: the chart.
        way: to the data.
        texts: the columns whose cells stay texts.
    """
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
            common.find(f"there is no data file {name!r}", **chart.place((*way, "url")), hint=hint)
        )
    format = data.get("format")
    format = format if isinstance(format, dict) else {}
    # Of a table the rows are made here; what JSON holds, a map's features too, is taken out there.
    kept = format if _kind(path, format) in _AS_JSON else {key: value for key, value in format.items() if key == "parse"}  # fmt: skip
    holder["data"] = {
        "values": rows_of(path, format, texts),
        **{key: value for key, value in data.items() if key not in ("url", "format", "async")},
        **({"format": kept} if kept else {}),
    }


def is_vega(spec: dict[str, Any]) -> bool:
    """Whether a specification says that it is in Vega, which Vega-Lite becomes."""
    return "/schema/vega/" in str(spec.get("$schema"))


def fill_all(chart: Chart) -> None:
    """Put the rows of every named data file in, those that are looked up in too."""
    if is_vega(chart.spec):
        tables = chart.spec.get("data")
        tables = tables if isinstance(tables, list) else []
        for number, table in enumerate(tables):
            holder = {"data": table}
            fill_data(holder, chart, ("data", number))
            tables[number] = holder["data"]
        return
    texts = times(chart)
    for way, view in views(chart.spec):
        fill_data(view, chart, (*way, "data"), texts)
        steps = view.get("transform")
        for number, step in enumerate(steps if isinstance(steps, list) else []):
            if isinstance(step, dict) and isinstance(step.get("from"), dict):
                fill_data(step["from"], chart, (*way, "transform", number, "from", "data"), texts)


def _kind(path: Path, format: dict[str, Any]) -> str:
    """How a data file is written: as its chart says, else as its name does."""
    kind = format.get("type")
    return kind if isinstance(kind, str) else path.suffix.lower().lstrip(".")


def rows_of(path: Path, format: dict[str, Any], texts: Collection[str] = ()) -> Any:
    """The rows of a csv, tsv or json file; numbers as numbers, empty cells as null.

    What is read as a time, by the chart (`texts`) or by its `format`, stays a text.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    kind = _kind(path, format)
    if kind in _AS_JSON:
        return json.loads(text)
    mark = format.get("delimiter") if kind == "dsv" else "\t" if kind == "tsv" else ","
    read = format.get("parse")
    texts = {*texts, *(read if isinstance(read, dict) else ())}
    return [
        {key: (cell or None) if key in texts else value_of(cell) for key, cell in row.items() if key is not None}
        for row in csv.DictReader(io.StringIO(text), delimiter=mark if isinstance(mark, str) and len(mark) == 1 else ",")
    ]  # fmt: skip


def value_of(cell: str | None) -> Any:
    """A cell as a number where it is one: not where zeros before it say that it is a name."""
    if cell is None or not cell.strip():
        return None
    if not _NUMBER.fullmatch(cell.strip()):
        return cell
    number = float(cell)
    if number in (float("inf"), float("-inf")):
        return cell
    return int(number) if number.is_integer() and "." not in cell and abs(number) < 1e15 else number


def dress_vega(spec: dict[str, Any]) -> None:
    """Give a chart in Vega the house's colours and paper where it says nothing."""
    if isinstance(spec.get("config", {}), dict):
        own = look.vegalite(look.given())
        shared = {name: own[name] for name in ("background", "axis", "legend", "title", "range") if name in own}  # fmt: skip
        spec["config"] = look.under(shared, spec.get("config", {}))


def checked(chart: Chart) -> list[dict[str, Any]]:
    """The chart's warnings; ends as failed where it has mistakes."""
    if is_vega(chart.spec):
        return []
    found = mistakes(chart)
    if any(one.get("severity") != "warning" for one in found):
        common.fail(*(one for one in found if one.get("severity") != "warning"))
    return found


def drawn(spec: dict[str, Any], format: str) -> str:
    """Leave the picture in ``out``, as png and in the wanted format; the chart as SVG.

    Raises:
        ValueError: vl-convert cannot draw it.
    """
    import vl_convert

    kind = "vega" if is_vega(spec) else "vegalite"
    if kind == "vega":
        dress_vega(spec)
    else:
        vegalite_look.dress(spec, look.given())

    svg = getattr(vl_convert, f"{kind}_to_svg")(spec, allowed_base_urls=[])
    (common.OUT / f"{common.STEM}.png").write_bytes(vl_convert.svg_to_png(svg, scale=2))
    if format == "svg":
        (common.OUT / f"{common.STEM}.svg").write_text(svg, encoding="utf-8")
    elif format == "pdf":
        (common.OUT / f"{common.STEM}.pdf").write_bytes(vl_convert.svg_to_pdf(svg))
    return svg


def main() -> None:
    """Wait if this is a spare, then draw."""
    if common.is_standby():
        import vl_convert

        vl_convert.vegalite_to_svg(
            {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
        )
        vegalite_schema.schema()
    common.wait_for_program()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    chart = parsed(source)
    fill_all(chart)
    found = checked(chart)
    try:
        svg = drawn(chart.spec, common.wanted_format())
    except ValueError as error:
        common.fail(*({**one, "severity": "error"} for one in found), failure(chart, str(error)))
    common.report(found[:3])
    common.texts(common.texts_of_svg(svg))


common.run(main)
