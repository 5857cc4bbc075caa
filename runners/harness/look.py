# pyright: basic
# Runs inside the sandbox against libraries without types.
"""How charts look where a program says nothing about it: calm, readable, the same in each language.

A program that sets a style of its own keeps it: these are defaults, never overrides. A run may
bring a plot style, whose colours and font then stand in place of the house's; it is looked at
only once the program is there, so that an interpreter started ahead honours it too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STYLE_FILE = "style"
"""In the workspace, beside ``format``: the run's `runners.base.PlotStyle` as JSON. It has no
suffix, so no data file can bear its name."""

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
    # Of outlines and arrows; bars and slices are parted. So written, it is told from a program's own.
    "patch.edgecolor": _INK + "ff",
    "boxplot.patchartist": True,
    "boxplot.medianprops.color": "black",
    "boxplot.boxprops.color": _INK,
    "hist.bins": "auto",
}
"""matplotlib's rcParams without a plot style; the cycle of colours is `COLOURS`."""

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
    "arc": {"stroke": "white"},
    "line": {"strokeWidth": 2.5},
    "point": {"filled": True, "size": 80},
    "circle": {"size": 80},
    "area": {"fillOpacity": 0.5},
    "text": {"fontSize": 13},
}
"""Vega-Lite's ``config`` without a plot style, for a single chart; `vegalite_look` has what depends on
the chart."""

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
"""Mermaid's ``init`` directive without a plot style."""


def given() -> dict[str, Any] | None:
    """The plot style of the run whose workspace is the current folder, if it has one."""
    path = Path(STYLE_FILE)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def worn(style: dict[str, Any] | None) -> dict[str, Any]:
    """The run's plot style, or the house's in the same form."""
    return style or {"palette": COLOURS, "paper": "#ffffff", "ink": _INK, "muted": "#999999", "grid": _FAINT, "font": "sans-serif"}  # fmt: skip


def colours(style: dict[str, Any] | None) -> tuple[str, ...]:
    """The colours of series, in their order."""
    return tuple(worn(style)["palette"])


def matplotlib(style: dict[str, Any] | None) -> dict[str, Any]:
    """matplotlib's rcParams, without the cycle of colours; seaborn follows them."""
    if style is None:
        return MATPLOTLIB
    paper, ink, muted = style["paper"], style["ink"], style["muted"]
    plane = mixed(paper, ink, 0.06)
    return {
        **MATPLOTLIB,
        "font.family": [style["font"], "sans-serif"],
        **dict.fromkeys(("figure.facecolor", "axes.facecolor"), paper),
        "patch.edgecolor": ink + "ff",
        **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), ink),
        **dict.fromkeys((f"boxplot.{part}props.color" for part in ("box", "whisker", "cap")), ink),
        "boxplot.flierprops.markeredgecolor": ink,
        "boxplot.medianprops.color": paper if is_dark(paper) else ink,  # it lies on a coloured box
        **dict.fromkeys((f"axes3d.{axis}axis.panecolor" for axis in "xyz"), plane),
        "axes.edgecolor": muted,
        "grid.color": style["grid"],
    }


def vegalite(style: dict[str, Any] | None) -> dict[str, Any]:
    """Vega-Lite's ``config``."""
    if style is None:
        return VEGALITE
    paper, ink, muted = style["paper"], style["ink"], style["muted"]
    words = {"labelColor": ink, "titleColor": ink}
    lines = {"gridColor": style["grid"], "domainColor": muted, "tickColor": muted}
    own = {
        "background": paper,
        "font": style["font"],
        "title": {"color": ink, "subtitleColor": muted},
        "axis": {**words, **lines},
        "legend": words,
        "header": words,
        "range": {"category": style["palette"]},
        "mark": {"color": style["palette"][0]},
        "arc": {"stroke": paper},
        "text": {"color": ink},
        "rule": {"color": ink},
    }
    return under(VEGALITE, own)


def mermaid(style: dict[str, Any] | None) -> dict[str, Any]:
    """Mermaid's ``init`` directive."""
    if style is None:
        return MERMAID
    paper, ink, muted, palette = style["paper"], style["ink"], style["muted"], style["palette"]
    tints = [mixed(paper, palette[number % len(palette)], 0.22) for number in range(len(_TINTS))]
    words = ("primaryTextColor", "secondaryTextColor", "tertiaryTextColor", "textColor", "titleColor", "pieTitleTextColor", "pieLegendTextColor")  # fmt: skip
    own = {
        "darkMode": is_dark(paper),
        "background": paper,
        "fontFamily": style["font"],
        "primaryColor": tints[0],
        "secondaryColor": tints[1],
        "tertiaryColor": mixed(paper, ink, 0.06),
        "noteBkgColor": mixed(paper, ink, 0.12),
        "noteTextColor": ink,
        "noteBorderColor": muted,
        "primaryBorderColor": palette[0],
        "lineColor": muted,
        "edgeLabelBackground": paper,
        "gridColor": style["grid"],
        **dict.fromkeys(words, ink),
        "pieStrokeColor": paper,
        "pieOuterStrokeColor": paper,
        # On the slices: what stands out from most of them.
        "pieSectionTextColor": "#111111" if is_dark(paper) else "#ffffff",
        **{f"cScale{number}": tint for number, tint in enumerate(tints)},
        **{f"cScaleLabel{number}": ink for number in range(len(tints))},
        **{f"pie{number}": palette[(number - 1) % len(palette)] for number in range(1, 13)},
        "xyChart": {
            "backgroundColor": paper,
            "plotColorPalette": ", ".join(palette),
            "titleColor": ink,
            **{f"{axis}Axis{part}Color": ink for axis in "xy" for part in ("Label", "Title")},
            **{f"{axis}Axis{part}Color": muted for axis in "xy" for part in ("Tick", "Line")},
        },
    }
    return under(MERMAID, {"themeVariables": own})


def paper(style: dict[str, Any] | None) -> str:
    """The colour behind everything."""
    return style["paper"] if style else "#ffffff"


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two of the form #rrggbb; `share` is that of the second."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def is_dark(colour: str) -> bool:
    """Whether light words stand out from a colour of the form #rrggbb."""
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128


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
