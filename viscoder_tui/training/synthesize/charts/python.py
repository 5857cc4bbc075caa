"""A chart as a matplotlib program.

Lines that do not depend on the data are the same in every program, so that they become single
tokens; what varies is copied from the request, in the request's own order. How a chart looks is the
runner's matter; a program says only what was asked for.
"""

from __future__ import annotations

from viscoder_tui.training.synthesize.charts.spec import ChartSpec

BLUE = "#4c78a8"
_MANY = 7
"""From so many labels on they are turned, so that they do not run into one another."""


def program(spec: ChartSpec) -> str:
    """The program that draws `spec`."""
    lines = ["import matplotlib.pyplot as plt"]
    if spec.kind in ("grouped bar", "function"):
        lines.append("import numpy as np")
    lines += ["", *_data(spec), "", "fig, ax = plt.subplots()"]
    lines += _marks(spec)
    lines += _furniture(spec)
    return "\n".join([*lines, "plt.show()"])


def text(value: str) -> str:
    """A Python string literal."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def texts(values: tuple[str, ...]) -> str:
    """A Python list of strings."""
    return "[" + ", ".join(text(value) for value in values) + "]"


def numbers(values: tuple[str, ...]) -> str:
    """A Python list of numbers."""
    return "[" + ", ".join(values) + "]"


def _data(spec: ChartSpec) -> list[str]:
    match spec.kind:
        case "function":
            x = "x = np.linspace(" + ", ".join(spec.labels) + ", 400)"
            if spec.second:
                return [x, f"a = {spec.formula}", f"b = {spec.second}"]
            return [x, f"y = {spec.formula}"]
        case "histogram":
            return [f"values = {numbers(spec.values)}"]
        case "box":
            rows = [f"    {text(one.name)}: {numbers(one.values)}," for one in spec.series]
            return ["groups = {", *rows, "}"]
        case "grouped bar" | "stacked bar" | "multi-line":
            return _several(spec)
        case _ if spec.numeric or spec.kind == "scatter":
            if spec.layout == "lists":
                return [f"x = {numbers(spec.labels)}", f"y = {numbers(spec.values)}"]
            points = ", ".join(f"({x}, {y})" for x, y in zip(spec.labels, spec.values, strict=True))
            return [f"points = [{points}]", "x, y = zip(*points)"]
        case _:
            if spec.layout == "lists":
                return [f"labels = {texts(spec.labels)}", f"values = {numbers(spec.values)}"]
            pairs = ", ".join(
                f"{text(label)}: {value}"
                for label, value in zip(spec.labels, spec.values, strict=True)
            )
            return [f"data = {{{pairs}}}", "labels, values = list(data), list(data.values())"]


def _several(spec: ChartSpec) -> list[str]:
    if spec.layout == "lists":
        rows = [f"    {text(one.name)}: {numbers(one.values)}," for one in spec.series]
        return [f"labels = {texts(spec.labels)}", "series = {", *rows, "}"]
    across = list(zip(*(one.values for one in spec.series), strict=True))
    if spec.layout == "pairs":
        rows = [
            f"    {text(label)}: {numbers(values)},"
            for label, values in zip(spec.labels, across, strict=True)
        ]
        names = texts(tuple(one.name for one in spec.series))
        return [f"names = {names}", "rows = {", *rows, "}", "labels = list(rows)", "series = dict(zip(names, zip(*rows.values())))"]  # fmt: skip
    rows = [
        f"    {text(label)}: {{"
        + ", ".join(
            f"{text(one.name)}: {value}" for one, value in zip(spec.series, values, strict=True)
        )
        + "},"
        for label, values in zip(spec.labels, across, strict=True)
    ]
    return [
        "cells = {",
        *rows,
        "}",
        "labels = list(cells)",
        "series = {name: [row[name] for row in cells.values()] for name in cells[labels[0]]}",
    ]


def _sorting(spec: ChartSpec, reverse: bool) -> list[str]:
    if spec.sort is None:
        return []
    return [
        f"pairs = sorted(zip(values, labels), reverse={reverse})",
        "values, labels = zip(*pairs)",
    ]


def _marks(spec: ChartSpec) -> list[str]:
    colour = f", color={text(spec.colour)}" if spec.colour else ""
    dash = ', linestyle="--"' if spec.dashed else ""
    x, y = ("x", "y") if spec.numeric else ("labels", "values")
    match spec.kind:
        case "bar" | "horizontal bar":
            lying = spec.kind == "horizontal bar"
            return [
                *_sorting(spec, spec.sort == "descending"),
                f"bars = ax.{'barh' if lying else 'bar'}(labels, values{colour})",
                *(["ax.invert_yaxis()", "ax.grid(False)"] if lying else []),
                *(["ax.bar_label(bars, padding=3)"] if spec.show_values else []),
            ]
        case "lollipop":
            stem = colour or f", color={text(BLUE)}"
            return [
                *_sorting(spec, spec.sort == "descending"),
                f"ax.vlines(labels, 0, values{stem})",
                f'ax.plot(labels, values, "o"{stem}, markersize=10)',
                "ax.set_ylim(bottom=0)",
            ]
        case "function":
            if spec.second:
                label = "label={}"
                return [
                    f"ax.plot(x, a, {label.format(text(spec.formula.replace('np.', '')))})",
                    f"ax.plot(x, b, {label.format(text(spec.second.replace('np.', '')))})",
                    "ax.legend()",
                ]
            return [f"ax.plot(x, y{colour})"]
        case "line":
            return [f'ax.plot({x}, {y}{colour}, marker="o"{dash})', *_point_values(spec, x, y)]
        case "area":
            fill = colour or f", color={text(BLUE)}"
            return [
                f"ax.fill_between({x}, {y}{fill}, alpha=0.35)",
                f"ax.plot({x}, {y}{fill})",
                "ax.set_ylim(bottom=0)",
            ]
        case "step":
            return [f'ax.step({x}, {y}{colour}, where="mid")']
        case "scatter":
            return [f"ax.scatter(x, y{colour})", *_point_values(spec, "x", "y")]
        case "histogram":
            bins = f", bins={spec.bins}" if spec.bins else ""
            return [f"ax.hist(values{bins}{colour})"]
        case "box":
            face = text(spec.colour or BLUE)
            return [
                f'ax.boxplot(list(groups.values()), tick_labels=list(groups), boxprops={{"facecolor": {face}}})'
            ]
        case "pie" | "donut":
            wedge = ', wedgeprops={"width": 0.45}' if spec.kind == "donut" else ""
            return [
                f'ax.pie(values, labels=labels, autopct="%1.0f%%", startangle=90, counterclock=False{wedge})'
            ]
        case "grouped bar":
            return [
                "x = np.arange(len(labels))",
                "width = 0.8 / len(series)",
                "for i, (name, values) in enumerate(series.items()):",
                "    bars = ax.bar(x + i * width, values, width, label=name)",
                *(["    ax.bar_label(bars, padding=3)"] if spec.show_values else []),
                "ax.set_xticks(x + width * (len(series) - 1) / 2, labels)",
                "ax.legend()",
            ]
        case "stacked bar":
            return [
                "bottom = [0] * len(labels)",
                "for name, values in series.items():",
                "    ax.bar(labels, values, bottom=bottom, label=name)",
                "    bottom = [a + b for a, b in zip(bottom, values)]",
                "ax.legend()",
            ]
        case "multi-line":
            return [
                "for name, values in series.items():",
                f'    ax.plot(labels, values, label=name, marker="o"{dash})',
                "ax.legend()",
            ]


def _point_values(spec: ChartSpec, x: str, y: str) -> list[str]:
    if not spec.show_values:
        return []
    return [
        f"for a, b in zip({x}, {y}):",
        '    ax.annotate(b, (a, b), xytext=(0, 8), textcoords="offset points", ha="center")',
    ]


def _furniture(spec: ChartSpec) -> list[str]:
    lines: list[str] = []
    if spec.title:
        lines.append(f"ax.set_title({text(spec.title)})")
    if spec.kind in ("pie", "donut"):
        return lines
    if spec.x_label:
        lines.append(f"ax.set_xlabel({text(spec.x_label)})")
    if spec.y_label:
        lines.append(f"ax.set_ylabel({text(spec.y_label)})")
    if len(spec.labels) >= _MANY and not spec.numeric and spec.kind not in ("horizontal bar", "scatter", "function"):  # fmt: skip
        lines.append('plt.xticks(rotation=40, ha="right")')
    if spec.grid:
        lines.append('ax.grid(True, axis="both")')
    return lines
