"""What a chart shows, before anybody says it or programs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "bar", "horizontal bar", "grouped bar", "stacked bar", "line", "multi-line", "area", "step",
    "scatter", "pie", "donut", "histogram", "box", "lollipop", "function",
]  # fmt: skip
Sort = Literal["ascending", "descending"]
Layout = Literal["pairs", "lists", "cells"]
"""In what order the request gives the data, which is the order of the program's: label and value in
turn (for several series: a row a label), all labels and then all values (a list a series), or, for
several series, the name of the series at each value."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values under a name; the name is empty where there is one series only."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart with its data.

    Attributes:
        kind: of chart.
        labels: categories or x values, as text; empty for a histogram.
        series: one or more, each as long as `labels` (box: any length).
        title: to be shown; None for none.
        x_label: under the x axis.
        y_label: beside the y axis.
        colour: of the marks, a CSS name.
        sort: of the bars.
        show_values: numbers at the marks.
        grid: asked for or not.
        dashed: line style.
        formula: of a function plot, in Python's notation with ``x``.
        span_asked: the range of a function plot has to be said.
        second: a second function beside it, or empty.
        layout: of the data.
        bins: of a histogram; 0 leaves their number to the renderer.
    """

    kind: Kind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    title: str | None = None
    x_label: str | None = None
    y_label: str | None = None
    colour: str | None = None
    sort: Sort | None = None
    show_values: bool = False
    grid: bool = False
    dashed: bool = False
    formula: str = ""
    second: str = ""
    span_asked: bool = False
    layout: Layout = "pairs"
    bins: int = 0

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the only series."""
        return self.series[0].values

    @property
    def numeric(self) -> bool:
        """Whether the labels are numbers on an axis rather than names."""
        return self.kind in ("scatter", "line", "step", "area") and all(
            label.lstrip("-").replace(".", "", 1).isdigit() for label in self.labels
        )
