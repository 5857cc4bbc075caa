"""A chart as a Vega-Lite specification, pretty-printed the same way every time."""

from __future__ import annotations

import json

from viscoder_tui.training.synthesize.charts.spec import ChartSpec

_BLUE = "#4c78a8"

CONFIG = """\
  "config": {
    "background": "white",
    "padding": 16,
    "view": {"stroke": null},
    "font": "sans-serif",
    "title": {"anchor": "start", "fontSize": 18, "offset": 14},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "gridColor": "#e5e5e5", "domainColor": "#999"},
    "legend": {"labelFontSize": 13, "titleFontSize": 13}
  }
}"""


def program(spec: ChartSpec) -> str:
    """The specification that draws `spec`."""
    lines = ["{", '  "$schema": "https://vega.github.io/schema/vega-lite/v5.json",']
    if spec.title:
        lines.append(f'  "title": {text(spec.title)},')
    lines += ['  "width": 520,', '  "height": 320,', *_data(spec), *_drawing(spec), CONFIG]
    return "\n".join(lines)


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
    else:
        rows = [
            f'{{"label": {text(label)}, "value": {value}}}'
            for label, value in zip(spec.labels, spec.values, strict=True)
        ]
    body = [f"    {row}," for row in rows[:-1]] + [f"    {rows[-1]}"]
    return ['  "data": {"values": [', *body, "  ]},"]


def _axis_title(label: str | None) -> str:
    return text(label) if label else "null"


def _drawing(spec: ChartSpec) -> list[str]:
    colour = text(spec.colour or _BLUE)
    x_title, y_title = _axis_title(spec.x_label), _axis_title(spec.y_label)
    sort = {"ascending": "y", "descending": "-y", None: None}[spec.sort]
    category = f'"x": {{"field": "label", "type": "nominal", "sort": {json.dumps(sort)}, "axis": {{"labelAngle": -30}}, "title": {x_title}}}'
    value = f'"y": {{"field": "value", "type": "quantitative", "title": {y_title}}}'
    dash = ', "strokeDash": [6, 4]' if spec.dashed else ""
    match spec.kind:
        case "bar" | "horizontal bar":
            return _bars(spec, colour, category, value)
        case "line" | "area" | "step" | "scatter":
            return _lines(spec, colour, dash, x_title, y_title)
        case "pie" | "donut":
            inner = ', "innerRadius": 70' if spec.kind == "donut" else ""
            return [
                f'  "mark": {{"type": "arc", "outerRadius": 140, "stroke": "white"{inner}}},',
                '  "encoding": {',
                '    "theta": {"field": "value", "type": "quantitative", "stack": true},',
                '    "color": {"field": "label", "type": "nominal", "sort": null, "title": null, "scale": {"scheme": "set2"}},',
                '    "order": {"field": "value", "sort": "descending"}',
                "  },",
            ]
        case "histogram":
            return [
                f'  "mark": {{"type": "bar", "color": {colour}}},',
                '  "encoding": {',
                f'    "x": {{"field": "value", "bin": {{"maxbins": 12}}, "title": {x_title}}},',
                '    "y": {"aggregate": "count", "title": "count"}',
                "  },",
            ]
        case "box":
            return [
                f'  "mark": {{"type": "boxplot", "size": 40, "color": {colour}}},',
                '  "encoding": {',
                '    "x": {"field": "label", "type": "nominal", "sort": null, "axis": {"labelAngle": 0}, "title": null},',
                f'    "y": {{"field": "value", "type": "quantitative", "scale": {{"zero": false}}, "title": {y_title}}}',
                "  },",
            ]
        case "grouped bar" | "stacked bar" | "multi-line":
            return _series(spec, dash, y_title)
        case _:
            raise ValueError(f"no Vega-Lite for {spec.kind}")


def _bars(spec: ChartSpec, colour: str, category: str, value: str) -> list[str]:
    if spec.kind == "horizontal bar":
        sort = {"ascending": "x", "descending": "-x", None: None}[spec.sort]
        category = f'"y": {{"field": "label", "type": "nominal", "sort": {json.dumps(sort)}, "title": {_axis_title(spec.x_label)}}}'
        value = f'"x": {{"field": "value", "type": "quantitative", "title": {_axis_title(spec.y_label)}}}'
    place = '"align": "left", "dx": 4' if spec.kind == "horizontal bar" else '"dy": -8'
    mark = f'{{"type": "bar", "color": {colour}, "cornerRadiusEnd": 3}}'
    if not spec.show_values:
        return [
            f'  "mark": {mark},',
            '  "encoding": {',
            f"    {category},",
            f"    {value}",
            "  },",
        ]
    return [
        '  "encoding": {',
        f"    {category},",
        f"    {value}",
        "  },",
        '  "layer": [',
        f'    {{"mark": {mark}}},',
        f'    {{"mark": {{"type": "text", {place}, "fontSize": 13}}, "encoding": {{"text": {{"field": "value"}}}}}}',
        "  ],",
    ]


def _lines(spec: ChartSpec, colour: str, dash: str, x_title: str, y_title: str) -> list[str]:
    mark = {
        "line": f'{{"type": "line", "point": true, "strokeWidth": 2.5, "color": {colour}{dash}}}',
        "step": f'{{"type": "line", "interpolate": "step", "strokeWidth": 2.5, "color": {colour}}}',
        "area": f'{{"type": "area", "line": true, "opacity": 0.5, "color": {colour}}}',
        "scatter": f'{{"type": "point", "filled": true, "size": 80, "color": {colour}}}',
    }[spec.kind]
    if spec.kind == "scatter" or spec.numeric:
        x = f'"x": {{"field": "x", "type": "quantitative", "scale": {{"zero": false}}, "axis": {{"format": "d"}}, "title": {x_title}}}'
        if spec.kind == "scatter":
            x = f'"x": {{"field": "x", "type": "quantitative", "scale": {{"zero": false}}, "title": {x_title}}}'
        y = f'"y": {{"field": "y", "type": "quantitative", "title": {y_title}}}'
    else:
        x = f'"x": {{"field": "label", "type": "ordinal", "sort": null, "axis": {{"labelAngle": -30}}, "title": {x_title}}}'
        y = f'"y": {{"field": "value", "type": "quantitative", "title": {y_title}}}'
    return [f'  "mark": {mark},', '  "encoding": {', f"    {x},", f"    {y}", "  },"]


def _series(spec: ChartSpec, dash: str, y_title: str) -> list[str]:
    colour = '"color": {"field": "series", "type": "nominal", "sort": null, "title": null, "scale": {"scheme": "tableau10"}}'
    kind = "ordinal" if spec.kind == "multi-line" else "nominal"
    lines = [
        f'    "x": {{"field": "label", "type": "{kind}", "sort": null, "axis": {{"labelAngle": -30}}, "title": null}},',
        f'    "y": {{"field": "value", "type": "quantitative", "title": {y_title}}},',
    ]
    if spec.kind == "grouped bar":
        lines.append('    "xOffset": {"field": "series", "sort": null},')
    mark = '{"type": "bar"}'
    if spec.kind == "multi-line":
        mark = f'{{"type": "line", "point": true, "strokeWidth": 2.5{dash}}}'
    return [f'  "mark": {mark},', '  "encoding": {', *lines, f"    {colour}", "  },"]
