"""A chart as a Vega-Lite specification, pretty-printed the same way every time."""

from __future__ import annotations

import json

from viscoder_tui.training.synthesize.charts.spec import ChartSpec


def program(spec: ChartSpec) -> str:
    """The specification that draws `spec`."""
    lines = ["{"]
    if spec.title:
        lines.append(f'  "title": {text(spec.title)},')
    return "\n".join([*lines, *_data(spec), *_drawing(spec), "  }", "}"])


def text(value: str) -> str:
    """A JSON string."""
    return json.dumps(value, ensure_ascii=False)


def _data(spec: ChartSpec) -> list[str]:
    rows: list[str] = []
    if spec.kind == "histogram":
        rows = [f'{{"value": {value}}}' for value in spec.values]
    elif spec.kind == "scatter" or spec.numeric:
        rows = [f'{{"x": {x}, "y": {y}}}' for x, y in zip(spec.labels, spec.values, strict=True)]
    elif spec.kind == "box":
        rows = [
            f'{{"label": {text(one.name)}, "value": {value}}}'
            for one in spec.series
            for value in one.values
        ]
    elif len(spec.series) > 1:
        rows = [
            f'{{"label": {text(label)}, "series": {text(one.name)}, "value": {value}}}'
            for one in spec.series
            for label, value in zip(spec.labels, one.values, strict=True)
        ]
        if spec.layout != "lists":
            count = len(spec.labels)
            rows = [row for index in range(count) for row in rows[index::count]]
    else:
        rows = [
            f'{{"label": {text(label)}, "value": {value}}}'
            for label, value in zip(spec.labels, spec.values, strict=True)
        ]
    body = [f"    {row}," for row in rows[:-1]] + [f"    {rows[-1]}"]
    return ['  "data": {"values": [', *body, "  ]},"]


def _title(label: str | None) -> str:
    return text(label) if label else "null"


def _mark(name: str, colour: str | None, more: str = "") -> str:
    if not colour and not more:
        return f'"{name}"'
    said = f', "color": {text(colour)}' if colour else ""
    return f'{{"type": "{name}"{said}{more}}}'


def _category(axis: str, spec: ChartSpec, title: str | None) -> str:
    other = {"x": "y", "y": "x"}[axis]
    sort = {"ascending": f'"{other}"', "descending": f'"-{other}"', None: "null"}[spec.sort]
    return f'    "{axis}": {{"field": "label", "type": "nominal", "sort": {sort}, "title": {_title(title)}}}'


def _value(axis: str, title: str | None, more: str = "") -> str:
    return f'    "{axis}": {{"field": "value", "type": "quantitative"{more}, "title": {_title(title)}}}'


def _drawing(spec: ChartSpec) -> list[str]:
    dash = ', "strokeDash": [6, 4]' if spec.dashed else ""
    match spec.kind:
        case "bar" | "horizontal bar":
            return _bars(spec)
        case "line" | "area" | "step" | "scatter":
            name = {"step": "line", "scatter": "point"}.get(spec.kind, spec.kind)
            more = dash + (', "interpolate": "step"' if spec.kind == "step" else "")
            channels = [_category("x", spec, spec.x_label), _value("y", spec.y_label)]
            if spec.kind == "scatter" or spec.numeric:
                whole = ', "axis": {"format": "d"}' if spec.kind != "scatter" else ""
                channels = [
                    f'    "x": {{"field": "x", "type": "quantitative", "scale": {{"zero": false}}{whole}, "title": {_title(spec.x_label)}}}',
                    f'    "y": {{"field": "y", "type": "quantitative", "title": {_title(spec.y_label)}}}',
                ]
            return _view(_mark(name, spec.colour, more), channels)
        case "pie" | "donut":
            inner = ', "innerRadius": 70' if spec.kind == "donut" else ""
            return _view(
                _mark("arc", None, inner),
                [
                    '    "theta": {"field": "value", "type": "quantitative", "stack": true}',
                    '    "color": {"field": "label", "type": "nominal", "sort": null, "title": null}',
                ],
            )
        case "histogram":
            bins = f'{{"maxbins": {spec.bins}}}' if spec.bins else "true"
            return _view(
                _mark("bar", spec.colour),
                [
                    f'    "x": {{"field": "value", "bin": {bins}, "title": {_title(spec.x_label)}}}',
                    '    "y": {"aggregate": "count", "title": "count"}',
                ],
            )
        case "box":
            channels = [_category("x", spec, None), _value("y", spec.y_label, ', "scale": {"zero": false}')]  # fmt: skip
            return _view(_mark("boxplot", spec.colour), channels)
        case "grouped bar" | "stacked bar" | "multi-line":
            channels = [_category("x", spec, spec.x_label), _value("y", spec.y_label)]
            if spec.kind == "grouped bar":
                channels.append('    "xOffset": {"field": "series", "sort": null}')
            channels.append('    "color": {"field": "series", "type": "nominal", "sort": null, "title": null}')  # fmt: skip
            name = "line" if spec.kind == "multi-line" else "bar"
            return _view(_mark(name, None, dash), channels)
        case _:
            raise ValueError(f"no Vega-Lite for {spec.kind}")


def _view(mark: str, channels: list[str]) -> list[str]:
    return [f'  "mark": {mark},', '  "encoding": {', *",\n".join(channels).split("\n")]


def _bars(spec: ChartSpec) -> list[str]:
    lying = spec.kind == "horizontal bar"
    if lying:
        channels = [_category("y", spec, spec.y_label), _value("x", spec.x_label)]
    else:
        channels = [_category("x", spec, spec.x_label), _value("y", spec.y_label)]
    mark = _mark("bar", spec.colour)
    if not spec.show_values:
        return _view(mark, channels)
    place = '"align": "left", "dx": 4' if lying else '"dy": -8'
    return [
        '  "layer": [',
        f'    {{"mark": {mark}}},',
        f'    {{"mark": {{"type": "text", {place}}}, "encoding": {{"text": {{"field": "value"}}}}}}',
        "  ],",
        '  "encoding": {',
        *",\n".join(channels).split("\n"),
    ]
