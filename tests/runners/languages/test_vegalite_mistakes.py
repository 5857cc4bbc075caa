"""Vega-Lite as models almost get it right: in its JSON, its names, its data and its shape."""

from __future__ import annotations

from pathlib import Path

from tests.runners.mistakes import Mistake, wrongly_told


def chart(encoding: str, mark: str = '"bar"', more: str = "") -> str:
    """A chart whose mark is on line 4, and whose encoding begins on line 6."""
    return (
        '{\n  "$schema": "https://vega.github.io/schema/vega-lite/v5.json",\n'
        '  "data": {"values": [{"day": "Mon", "sold": 3}, {"day": "Tue", "sold": 5}]},\n'
        f'  "mark": {mark},\n  "encoding": {{\n{encoding}\n  }}{more}\n}}\n'
    )


X = '    "x": {"field": "day", "type": "nominal"},\n'
Y = '    "y": {"field": "sold", "type": "quantitative"}'

GRAMMAR: list[Mistake] = [
    (chart(X.replace(",\n", "\n") + Y), 6, "comma"),
    (chart(X + Y + ","), 7, "comma"),
    (chart('    // the days\n' + X + Y), 6, "comments"),
    (chart(X + "    /* the sum */\n" + Y), 7, "comments"),
    (chart(X.replace('"field"', "field") + Y), 6, "double quotes"),
    (chart(X.replace('"day"', "'day'") + Y), 6, "double quotes"),
    (chart(X + Y.replace('"sold"', '"sold')), 7, '"'),
    (chart(X + Y)[:-3], 1, "{ here is never closed"),
    (chart(X.replace("},", ",") + Y), 6, "{ here is never closed"),
    (chart(X + Y) + "}\n", 10, "after the end"),
    (chart(X + Y.replace("quantitative\"", "quantitative\", \"axis\": None")), 7, "null"),
    (chart(X + Y.replace("quantitative\"", "quantitative\", \"stack\": True")), 7, "true"),
    (chart(X + Y.replace(": {", " {")), 7, ":"),
    ("const spec = " + chart(X + Y), 1, "{"),
    ('[\n  {"mark": "bar"}\n]\n', 1, "object"),
]  # fmt: skip

NAMES: list[Mistake] = [
    (chart(X + Y, '"bars"'), 4, "did you mean bar?"),
    (chart(X + Y, '{"type": "lien", "point": true}'), 4, "did you mean line?"),
    (chart(X + Y, '"scatter"'), 4, "point"),
    (chart(X + Y, '"pie"'), 4, "arc"),
    (chart(X + Y, '"heatmap"'), 4, "rect"),
    (chart(X + Y.replace("quantitative", "quantitive")), 7, "did you mean quantitative?"),
    (chart(X + Y.replace("quantitative", "numeric")), 7, "quantitative"),
    (chart(X.replace("nominal", "categorical") + Y), 6, "nominal"),
    (chart(X + Y + ',\n    "colour": {"field": "day", "type": "nominal"}'), 8, "did you mean color?"),
    (chart(X + Y + ',\n    "z": {"field": "day", "type": "nominal"}'), 8, "z"),
    (chart(X + Y.replace('"type"', '"aggregate": "avg", "type"')), 7, "did you mean average?"),
    (chart(X + Y.replace('"type"', '"aggregate": "summ", "type"')), 7, "did you mean sum?"),
    (chart(X + Y.replace('"type"', '"agregate": "sum", "type"')), 7, "did you mean aggregate?"),
    (chart(X.replace('"type"', '"timeUnit": "yearmonht", "type"') + Y), 6, "did you mean yearmonth?"),
    (chart(X.replace("nominal", 'nominal", "sort": "descend') + Y), 6, "did you mean descending?"),
    (chart(X + Y + ',\n    "color": {"field": "day", "scale": {"scheme": "categry10"}}'), 8, "did you mean category10?"),
    (chart(X.replace("nominal\"", 'nominal", "axis": {"titel": "Day"}') + Y), 6, "did you mean title?"),
    (chart(X + Y, '{"type": "bar", "colour": "red"}'), 4, "did you mean color?"),
    (chart(X + Y, more=',\n  "widht": 400'), 9, "did you mean width?"),
    (chart(X + Y, more=',\n  "height": "300px"'), 9, "number"),
    (chart(X + Y + ',\n    "color": {"value": 5}'), 8, "color"),
    (chart(Y.replace('"y"', '"angle"') + ',\n    "color": {"field": "day"}', '"arc"'), 6, "did you mean theta?"),
    (chart(X + Y, more=',\n  "transform": [{"filter": "datum.sold > 1 and datum.sold < 4"}]'), 9, "&&"),
]  # fmt: skip

DATA: list[Mistake] = [
    (chart(X + Y.replace('"sold"', '"sales"')), 7, "the fields are day, sold"),
    (chart(X.replace('"day"', '"Day"') + Y), 6, "did you mean day?"),
    (chart(X + Y + ',\n    "tooltip": [{"field": "day"}, {"field": "solt"}]'), 8, "did you mean sold?"),
    (chart(X + Y, more=',\n  "transform": [{"filter": "datum.sole > 1"}]'), 9, "did you mean sold?"),
    (chart(X + Y, more=',\n  "transform": [{"filter": "datum.sold > 1 &&"}]'), 9, "expression"),
    (chart(X + Y, more=',\n  "transform": [{"calculate": "datum.sold * 2", "as": "twice"},\n    {"filter": "rund(datum.twice) > 1"}]'), 10, "did you mean round?"),
    (chart(X + Y.replace("sold", "twise"), more=',\n  "transform": [{"calculate": "datum.sold * 2", "as": "twice"}]'), 7, "did you mean twice?"),
    ('{\n  "data": {"url": "sales.csv"},\n  "mark": "bar",\n  "encoding": {\n' + X + Y + "}}\n", 2, "the files here are data.csv"),
    ('{\n  "data": {"url": "https://example.org/cars.json"},\n  "mark": "bar",\n  "encoding": {\n' + X + Y + "}}\n", 2, "the files here are data.csv"),
    ('{\n  "data": {"url": "data.csv"},\n  "mark": "bar",\n  "encoding": {\n' + X + Y.replace("sold", "sld") + "}}\n", 6, "did you mean sold?"),
    ('{\n  "data": {"values": [{"a": 1}]},\n  "encoding": {"x": {"field": "a"}}\n}\n', 1, "mark"),
    ('{\n  "mark": "bar",\n  "encoding": {\n' + X + Y + "}}\n", 1, "data"),
    ('{\n  "data": {"values": [{"a": 1}]},\n  "layers": [{"mark": "bar", "encoding": {"x": {"field": "a"}}}]\n}\n', 3, "did you mean layer?"),
    ('{\n  "data": {"values": [{"a": 1}]},\n  "layer": {"mark": "bar", "encoding": {"x": {"field": "a"}}}\n}\n', 3, "[ ]"),
    ('{\n  "data": [{"a": 1}],\n  "mark": "bar",\n  "encoding": {"x": {"field": "a"}}\n}\n', 2, '"values"'),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(GRAMMAR + NAMES + DATA, "vegalite", tmp_path)
    assert not wrong, "\n".join(wrong)
