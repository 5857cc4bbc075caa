# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox against libraries without types.
"""Bars and slices that touch are parted by a line in the colour of the paper.

It is not the default edge of all shapes: arrows and outlines are made of their edge alone.
"""

from __future__ import annotations

import functools
from typing import Any

import look

_OWN = frozenset({"ec", "edgecolor", "hatch"})
"""With one of these, the program says what the edge is."""


def part(style: dict[str, Any] | None) -> None:
    """Give the bars and slices of all axes their seams, where the program says no edge.

    Args:
        style: the run's, if it has one.
    """
    from matplotlib import rcParams
    from matplotlib.axes import Axes

    paper = style["paper"] if style else "white"
    ours = look.matplotlib(style)["patch.edgecolor"]
    stock_bar, stock_pie = Axes.bar, Axes.pie

    def parted(options: dict[str, Any]) -> bool:
        # seaborn's histograms hand on the default.
        given = {name for name in _OWN & set(options) if options[name] not in (None, ours)}
        return rcParams["patch.edgecolor"] == ours and not given and options.get("fill", True)

    @functools.wraps(stock_bar)
    def bar(self: Any, *arguments: Any, **options: Any) -> Any:
        if parted(options):
            options["edgecolor"] = paper
        return stock_bar(self, *arguments, **options)

    @functools.wraps(stock_pie)
    def pie(self: Any, *arguments: Any, **options: Any) -> Any:
        wedges = dict(options.get("wedgeprops") or {})
        if parted({**options, **wedges}):
            options["wedgeprops"] = {**wedges, "edgecolor": paper}
        return stock_pie(self, *arguments, **options)

    Axes.bar, Axes.pie = bar, pie
