"""A chart as a Mermaid diagram: a pie or an xychart."""

from __future__ import annotations

from viscoder_tui.training.synthesize.charts.spec import ChartSpec


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
        return "\n".join([head, *rows])
    lines = ["xychart-beta horizontal" if spec.kind == "horizontal bar" else "xychart-beta"]
    if spec.title:
        lines.append(f"    title {text(spec.title)}")
    lines.append("    x-axis [" + ", ".join(text(label) for label in spec.labels) + "]")
    if spec.y_label:
        lines.append(f"    y-axis {text(spec.y_label)}")
    mark = "line" if spec.kind == "line" else "bar"
    lines.append(f"    {mark} [" + ", ".join(spec.values) + "]")
    return "\n".join(lines)
