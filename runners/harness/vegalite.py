# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""Draws chart.vl.json with vl-convert. Executed inside the sandbox.

Data is read here, from the workspace alone, and put into the specification: vl-convert would
turn an address it may not read into an empty chart without a word.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import look

del sys.path[0]

_SOURCE = "chart.vl.json"
_MARKS = ("arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "image", "line", "point", "rect", "rule", "square", "text", "tick", "trail")  # fmt: skip
_CHANNELS = ("angle", "color", "column", "description", "detail", "facet", "fill", "fillOpacity", "href", "key", "latitude", "latitude2", "longitude", "longitude2", "opacity", "order", "radius", "radius2", "row", "shape", "size", "stroke", "strokeDash", "strokeOpacity", "strokeWidth", "text", "theta", "theta2", "time", "tooltip", "url", "x", "x2", "xError", "xError2", "xOffset", "y", "y2", "yError", "yError2", "yOffset")  # fmt: skip
_TYPES = ("quantitative", "nominal", "ordinal", "temporal", "geojson")


def parsed(source: str) -> dict[str, Any]:
    """The specification; ends as failed where it is no JSON object."""
    try:
        spec = json.loads(source)
    except json.JSONDecodeError as error:
        common.fail(
            common.find(
                error.msg,
                line=error.lineno,
                column=error.colno,
                hint="write strict JSON: double quotes, no comments, no comma before ] or }",
            )
        )
    if not isinstance(spec, dict):
        common.fail(common.find("the specification must be a JSON object"))
    return spec


def line_of(source: str, word: str) -> int | None:
    """The first line that holds `word` in quotes."""
    for number, line in enumerate(source.splitlines(), 1):
        if json.dumps(word, ensure_ascii=False) in line:
            return number
    return None


def views(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The specification and every view inside it."""
    yield spec
    for name in ("layer", "hconcat", "vconcat", "concat"):
        for inner in spec.get(name) or []:
            if isinstance(inner, dict):
                yield from views(inner)
    if isinstance(spec.get("spec"), dict):
        yield from views(spec["spec"])


def fill_data(holder: dict[str, Any], source: str) -> None:
    """Put the rows of a named data file in place of its name."""
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
            common.find(f"there is no data file {name!r}", line=line_of(source, name), hint=hint)
        )
    holder["data"] = {
        "values": rows_of(path),
        **{key: value for key, value in data.items() if key == "name"},
    }


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


def mistakes(spec: dict[str, Any], source: str) -> Iterator[dict[str, Any]]:
    """What vl-convert would pass over in silence: unknown marks, channels, types, fields."""
    fields = known_fields(spec)
    for view in views(spec):
        mark = view.get("mark")
        name = mark.get("type") if isinstance(mark, dict) else mark
        if isinstance(name, str) and name not in _MARKS:
            yield common.find(
                f"there is no mark {name!r}", line=line_of(source, name), hint=meant(name, _MARKS)
            )
        encoding = view.get("encoding")
        for channel, definition in encoding.items() if isinstance(encoding, dict) else ():
            if channel not in _CHANNELS:
                yield common.find(
                    f"there is no encoding channel {channel!r}",
                    line=line_of(source, channel),
                    hint=meant(channel, _CHANNELS),
                )
            if not isinstance(definition, dict):
                continue
            kind = definition.get("type")
            if isinstance(kind, str) and kind not in _TYPES:
                yield common.find(
                    f"there is no type {kind!r}",
                    line=line_of(source, kind),
                    hint=meant(kind, _TYPES),
                )
            field = definition.get("field")
            if isinstance(field, str) and fields is not None and plain(field) not in fields:
                yield common.find(
                    f"the data has no field {field!r}",
                    line=line_of(source, field),
                    hint=f"the fields are {', '.join(sorted(fields))}",
                )


def plain(field: str) -> str:
    """A field's own name, without escapes of dots and brackets."""
    for mark in ".[]":
        field = field.replace("\\" + mark, mark)
    return field


def known_fields(spec: dict[str, Any]) -> set[str] | None:
    """The fields of the data; None where transforms or nested data make that a guess."""
    fields: set[str] = set()
    found = False
    for view in views(spec):
        if view.get("transform") or view.get("repeat") or "facet" in view or view.get("datasets"):
            return None
        data = view.get("data")
        if not isinstance(data, dict):
            continue
        values = data.get("values")
        if not isinstance(values, list) or not all(isinstance(row, dict) for row in values):
            return None
        found = True
        for row in values[:1000]:
            if any(isinstance(cell, (dict, list)) for cell in row.values()):
                return None
            fields |= set(row)
    return fields if found and fields else None


def meant(name: str, names: tuple[str, ...]) -> str:
    """A near name, else all of them."""
    close = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"


def schema_mistake(spec: dict[str, Any]) -> dict[str, Any] | None:
    """The deepest violation of Vega-Lite's own schema, with its JSON path."""
    import altair
    import jsonschema

    schema = json.loads(
        (Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text()
    )
    errors = list(jsonschema.Draft7Validator(schema).iter_errors(spec))
    if not errors:
        return None
    worst = jsonschema.exceptions.best_match(errors)
    return common.find(f"{worst.json_path}: {worst.message[:300]}")


def dress(spec: dict[str, Any]) -> None:
    """Give the chart the house's look where it says nothing; dots have the colour of their line."""
    if isinstance(spec.get("config", {}), dict):
        spec["config"] = look.under(look.vegalite(look.given()), spec.get("config", {}))
    for view in views(spec):
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
    common.wait_for_program()
    source = Path(_SOURCE).read_text(encoding="utf-8-sig", errors="replace")
    spec = parsed(source)
    for view in views(spec):
        fill_data(view, source)
        for step in view.get("transform") or []:
            if isinstance(step, dict) and isinstance(step.get("from"), dict):
                fill_data(step["from"], source)
    wrong = list(mistakes(spec, source))
    if wrong:
        common.fail(*wrong)
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
        first = next(
            (line for line in str(error).splitlines() if line.strip()), "vl-convert failed"
        )
        mistake = schema_mistake(spec)
        common.fail(*([mistake] if mistake else []), common.find(first))
    common.texts(common.texts_of_svg(svg))


main()
