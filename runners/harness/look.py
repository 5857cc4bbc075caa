# pyright: basic
# Runs inside the sandbox against libraries without types.
"""How charts look where a program says nothing about it: calm, readable, the same in each language.

A program that sets a style of its own keeps it: these are defaults, never overrides.
"""

from __future__ import annotations

from typing import Any

COLOURS = ("#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#eeca3b", "#b279a2", "#ff9da6", "#9d755d", "#bab0ac")  # fmt: skip
_TINTS = ("#dbe9f6", "#fde3cc", "#d9ecd6", "#f9d9da", "#daeeed", "#fbf3d0", "#ecdfea", "#ffe6e9", "#ece1da", "#efebea", "#dbe9f6", "#fde3cc")  # fmt: skip
_INK, _FAINT = "#333333", "#e5e5e5"

MATPLOTLIB: dict[str, Any] = {
    "figure.figsize": (8, 5),
    "font.size": 11,
    "axes.titlesize": 16,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 14,
    "axes.labelpad": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#999999",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.labelcolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": _FAINT,
    "lines.linewidth": 2.5,
    "lines.markersize": 7,
    "legend.frameon": False,
    "patch.edgecolor": "white",
    "patch.force_edgecolor": True,
    "boxplot.patchartist": True,
    "boxplot.medianprops.color": "black",
    "boxplot.boxprops.color": _INK,
    "hist.bins": "auto",
}
"""matplotlib's rcParams; the cycle of colours is `COLOURS`."""

VEGALITE: dict[str, Any] = {
    "background": "white",
    "padding": 16,
    "font": "sans-serif",
    "view": {
        "stroke": None,
        "continuousWidth": 520,
        "continuousHeight": 320,
        "discreteWidth": 520,
        "discreteHeight": 320,
    },
    "title": {"anchor": "start", "fontSize": 18, "offset": 14},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "gridColor": _FAINT, "domainColor": "#999"},
    "axisXDiscrete": {"labelAngle": -30},
    "legend": {"labelFontSize": 13, "titleFontSize": 13},
    "range": {"category": list(COLOURS)},
    "mark": {"color": COLOURS[0]},
    "bar": {"cornerRadiusEnd": 3},
    "arc": {"stroke": "white"},
    "line": {"strokeWidth": 2.5, "point": True},
    "point": {"filled": True, "size": 80},
    "circle": {"size": 80},
    "area": {"line": True, "fillOpacity": 0.5},
    "boxplot": {"size": 40},
    "text": {"fontSize": 13},
}
"""Vega-Lite's ``config``."""

MERMAID: dict[str, Any] = {
    "theme": "base",
    "themeVariables": {
        "primaryColor": "#dbe9f6",
        "primaryBorderColor": COLOURS[0],
        "lineColor": "#555555",
        "fontFamily": "sans-serif",
        "pieOpacity": "1",
        "pieStrokeColor": "#ffffff",
        "pieOuterStrokeColor": "#ffffff",
        "pieSectionTextColor": "#ffffff",
        **{f"cScale{number}": tint for number, tint in enumerate(_TINTS)},
        **{f"cScaleLabel{number}": _INK for number in range(len(_TINTS))},
        **{f"pie{number}": colour for number, colour in enumerate(COLOURS, 1)},
        "xyChart": {"plotColorPalette": ", ".join(COLOURS)},
    },
}
"""Mermaid's ``init`` directive."""


def under(defaults: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """`own` on top of `defaults`, level by level."""
    merged = dict(defaults)
    for key, value in own.items():
        lower: Any = merged.get(key)
        if isinstance(value, dict) and isinstance(lower, dict):
            merged[key] = under(lower, value)
        else:
            merged[key] = value
    return merged
