"""Requests for charts of data, and the programs that draw them."""

from viscoder_tui.training.synthesize.charts.sample import sample

__all__ = ["sample"]
