"""A chart as a Mermaid diagram: a pie or an xychart."""

from __future__ import annotations

from viscoder_tui.training.synthesize.charts.spec import ChartSpec

THEME = '%%{init: {"theme": "base", "themeVariables": {"primaryColor": "#dbe9f6", "primaryBorderColor": "#4c78a8", "lineColor": "#555555", "fontFamily": "sans-serif"}}}%%'
_PIE_THEME = '%%{init: {"theme": "base", "themeVariables": {"pie1": "#4c78a8", "pie2": "#f58518", "pie3": "#54a24b", "pie4": "#e45756", "pie5": "#72b7b2", "pie6": "#eeca3b", "pie7": "#b279a2", "pie8": "#ff9da6", "pieOpacity": "0.9"}}}%%'


def text(value: str) -> str:
    """A label in double quotes, which Mermaid cannot hold inside."""
    return '"' + value.replace('"', "'") + '"'


def program(spec: ChartSpec) -> str:
    """The diagram that draws `spec`."""
    if spec.kind == "pie":
        head = f"pie showData title {spec.title}" if spec.title else "pie showData"
        rows = [
            f"    {text(label)} : {value}"
            for label, value in zip(spec.labels, spec.values, strict=True)
        ]
        return "\n".join([_PIE_THEME, head, *rows])
    lines = [THEME, "xychart-beta horizontal" if spec.kind == "horizontal bar" else "xychart-beta"]
    if spec.title:
        lines.append(f"    title {text(spec.title)}")
    lines.append("    x-axis [" + ", ".join(text(label) for label in spec.labels) + "]")
    if spec.y_label:
        lines.append(f"    y-axis {text(spec.y_label)}")
    mark = "line" if spec.kind == "line" else "bar"
    lines.append(f"    {mark} [" + ", ".join(spec.values) + "]")
    return "\n".join(lines)
