"""A chart as a matplotlib program.

Lines that do not depend on the data are the same in every program, so that they become single
tokens; what varies is copied from the request.
"""

from __future__ import annotations

from viscoder_tui.training.synthesize.charts.spec import ChartSpec

_BLUE = "#4c78a8"
_MANY = 7
"""From so many labels on they are turned, so that they do not run into one another."""


def program(spec: ChartSpec) -> str:
    """The program that draws `spec`."""
    lines = ["import matplotlib.pyplot as plt"]
    if spec.kind in ("grouped bar", "function"):
        lines.append("import numpy as np")
    lines += ["", *_data(spec), "", "fig, ax = plt.subplots(figsize=(8, 5))"]
    lines += _marks(spec)
    lines += _furniture(spec)
    lines += ["fig.tight_layout()", "plt.show()"]
    return "\n".join(lines)


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
            return ["x = np.linspace(" + ", ".join(spec.labels) + ", 400)", f"y = {spec.formula}"]
        case "histogram":
            return [f"values = {numbers(spec.values)}"]
        case "scatter":
            return [f"x = {numbers(spec.labels)}", f"y = {numbers(spec.values)}"]
        case "box":
            return [
                f"labels = {texts(tuple(one.name for one in spec.series))}",
                "values = [",
                *(f"    {numbers(one.values)}," for one in spec.series),
                "]",
            ]
        case "line" | "area" | "step" if spec.numeric:
            return [f"x = {numbers(spec.labels)}", f"y = {numbers(spec.values)}"]
        case "line" | "area" | "step":
            return [f"x = {texts(spec.labels)}", f"y = {numbers(spec.values)}"]
        case "grouped bar" | "stacked bar" | "multi-line":
            return [
                f"labels = {texts(spec.labels)}",
                "series = {",
                *(f"    {text(one.name)}: {numbers(one.values)}," for one in spec.series),
                "}",
            ]
        case _:
            return [f"labels = {texts(spec.labels)}", f"values = {numbers(spec.values)}"]


def _sorting(spec: ChartSpec, reverse: bool) -> list[str]:
    if spec.sort is None:
        return []
    return [
        f"pairs = sorted(zip(values, labels), reverse={reverse})",
        "values, labels = zip(*pairs)",
    ]


def _marks(spec: ChartSpec) -> list[str]:
    colour = text(spec.colour or _BLUE)
    dash = ', linestyle="--"' if spec.dashed else ""
    match spec.kind:
        case "bar":
            return [
                *_sorting(spec, spec.sort == "descending"),
                f"bars = ax.bar(labels, values, color={colour}, width=0.7)",
                *(["ax.bar_label(bars, padding=3)"] if spec.show_values else []),
            ]
        case "horizontal bar":
            return [
                *_sorting(spec, spec.sort == "descending"),
                f"bars = ax.barh(labels, values, color={colour}, height=0.7)",
                "ax.invert_yaxis()",
                *(["ax.bar_label(bars, padding=3)"] if spec.show_values else []),
            ]
        case "lollipop":
            return [
                *_sorting(spec, spec.sort == "descending"),
                f"ax.vlines(labels, 0, values, color={colour}, linewidth=2)",
                f'ax.plot(labels, values, "o", color={colour}, markersize=10)',
                "ax.set_ylim(bottom=0)",
            ]
        case "line" | "function":
            marker = ', marker="o"' if spec.kind == "line" else ""
            return [
                f"ax.plot(x, y, color={colour}, linewidth=2.5{marker}{dash})",
                *_point_values(spec),
            ]
        case "area":
            return [
                f"ax.fill_between(x, y, color={colour}, alpha=0.35)",
                f"ax.plot(x, y, color={colour}, linewidth=2.5)",
                "ax.set_ylim(bottom=0)",
            ]
        case "step":
            return [f'ax.step(x, y, where="mid", color={colour}, linewidth=2.5)']
        case "scatter":
            return [f"ax.scatter(x, y, s=70, color={colour}, alpha=0.8)", *_point_values(spec)]
        case "histogram":
            return [f'ax.hist(values, bins="auto", color={colour}, edgecolor="white")']
        case "box":
            return [
                "ax.boxplot(values, tick_labels=labels, patch_artist=True,",
                f'           boxprops={{"facecolor": {colour}, "alpha": 0.6}},',
                '           medianprops={"color": "black"})',
            ]
        case "pie" | "donut":
            wedge = ', "width": 0.45' if spec.kind == "donut" else ""
            return [
                'colors = plt.get_cmap("Set2").colors',
                'ax.pie(values, labels=labels, colors=colors, autopct="%1.0f%%",',
                f'       startangle=90, counterclock=False, wedgeprops={{"edgecolor": "white"{wedge}}})',
            ]
        case "grouped bar":
            return [
                "x = np.arange(len(labels))",
                "width = 0.8 / len(series)",
                "for i, (name, values) in enumerate(series.items()):",
                "    bars = ax.bar(x + i * width, values, width, label=name)",
                *(["    ax.bar_label(bars, padding=3)"] if spec.show_values else []),
                "ax.set_xticks(x + width * (len(series) - 1) / 2, labels)",
                "ax.legend(frameon=False)",
            ]
        case "stacked bar":
            return [
                "bottom = [0] * len(labels)",
                "for name, values in series.items():",
                "    ax.bar(labels, values, bottom=bottom, label=name, width=0.7)",
                "    bottom = [a + b for a, b in zip(bottom, values)]",
                "ax.legend(frameon=False)",
            ]
        case "multi-line":
            return [
                "for name, values in series.items():",
                f'    ax.plot(labels, values, label=name, linewidth=2.5, marker="o"{dash})',
                "ax.legend(frameon=False)",
            ]


def _point_values(spec: ChartSpec) -> list[str]:
    if not spec.show_values:
        return []
    return [
        "for a, b in zip(x, y):",
        '    ax.annotate(b, (a, b), xytext=(0, 8), textcoords="offset points", ha="center")',
    ]


def _furniture(spec: ChartSpec) -> list[str]:
    lines: list[str] = []
    if spec.title:
        lines.append(
            f'ax.set_title({text(spec.title)}, loc="left", fontsize=16, fontweight="bold", pad=14)'
        )
    if spec.kind in ("pie", "donut"):
        return lines
    if spec.x_label:
        lines.append(f"ax.set_xlabel({text(spec.x_label)})")
    if spec.y_label:
        lines.append(f"ax.set_ylabel({text(spec.y_label)})")
    names = () if spec.numeric or spec.kind == "function" else spec.labels
    if len(names) >= _MANY and spec.kind != "horizontal bar":
        lines.append('plt.xticks(rotation=40, ha="right")')
    axis = "x" if spec.kind == "horizontal bar" else "y"
    lines += [
        "ax.grid(True, alpha=0.3)" if spec.grid else f'ax.grid(axis="{axis}", alpha=0.25)',
        "ax.set_axisbelow(True)",
        'ax.spines[["top", "right"]].set_visible(False)',
    ]
    return lines
