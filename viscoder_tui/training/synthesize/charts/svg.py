"""A bar chart as SVG.

The bars stand in a nested ``<svg>`` whose own view box is one unit a bar wide and a round number
high, so that every bar carries its raw value and nothing has to be computed.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from viscoder_tui.training.synthesize.charts.spec import ChartSpec

_BLUE = "#4c78a8"
_ROUND = (1.0, 2.0, 5.0)


def ceiling(values: tuple[str, ...]) -> str:
    """The smallest of 1, 2, 5, 10, 20, 50 … that no value exceeds."""
    largest = max(float(value) for value in values)
    power = 0.01
    while True:
        for step in _ROUND:
            if step * power >= largest:
                return f"{step * power:g}" if step * power < 1e6 else str(int(step * power))
        power *= 10


def program(spec: ChartSpec) -> str:
    """The picture of `spec`: upright or lying bars with their labels and values."""
    return _lying(spec) if spec.kind == "horizontal bar" else _upright(spec)


def _title(spec: ChartSpec) -> list[str]:
    if not spec.title:
        return []
    return [f'<text x="40" y="40" font-size="22" font-weight="bold">{escape(spec.title)}</text>']


def _upright(spec: ChartSpec) -> str:
    count, top = len(spec.values), ceiling(spec.values)
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" font-family="sans-serif" fill="#333">',
        '<rect width="640" height="400" fill="white"/>',
        *_title(spec),
        f'<svg x="40" y="70" width="560" height="250" viewBox="0 0 {count} {top}" preserveAspectRatio="none">',
        f'<g transform="translate(0,{top}) scale(1,-1)" fill="{spec.colour or _BLUE}">',
        *(
            f'<rect x="{index}.15" width="0.7" height="{value}"/>'
            for index, value in enumerate(spec.values)
        ),
        "</g>",
        "</svg>",
        '<line x1="40" y1="320" x2="600" y2="320" stroke="#999"/>',
        '<g font-size="14" text-anchor="middle">',
    ]
    for index, (label, value) in enumerate(zip(spec.labels, spec.values, strict=True)):
        centre = 40 + round(560 * (index + 0.5) / count)
        lines += [
            f'<text x="{centre}" y="342">{escape(label)}</text>',
            f'<text x="{centre}" y="364" font-weight="bold">{value}</text>',
        ]
    return "\n".join([*lines, "</g>", "</svg>"])


def _lying(spec: ChartSpec) -> str:
    top = ceiling(spec.values)
    height = 80 + 40 * len(spec.values)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}" font-family="sans-serif" fill="#333">',
        f'<rect width="640" height="{height}" fill="white"/>',
        *_title(spec),
        '<g font-size="15">',
    ]
    for index, (label, value) in enumerate(zip(spec.labels, spec.values, strict=True)):
        row = 60 + 40 * index
        lines += [
            f'<text x="150" y="{row + 19}" text-anchor="end">{escape(label)}</text>',
            f'<svg x="160" y="{row}" width="400" height="28" viewBox="0 0 {top} 1" preserveAspectRatio="none">',
            f'<rect width="{value}" height="1" fill="{spec.colour or _BLUE}"/>',
            "</svg>",
            f'<text x="570" y="{row + 19}" font-weight="bold">{value}</text>',
        ]
    return "\n".join([*lines, "</g>", "</svg>"])
