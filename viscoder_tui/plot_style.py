"""A theme's look of pictures, as runners take it: themes and runners know nothing of each other."""

from __future__ import annotations

from runners.base import PlotStyle
from themes.base import Plot


def plot_style(plot: Plot) -> PlotStyle:
    """The look of pictures, as the runner takes it."""
    return PlotStyle(plot.palette, plot.paper, plot.ink, plot.muted, plot.grid, plot.font)
