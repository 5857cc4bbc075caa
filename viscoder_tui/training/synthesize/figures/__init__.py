"""Requests for figures that are no charts of data: music, diagrams, shapes."""

from viscoder_tui.training.synthesize.figures.sample import sample

__all__ = ["sample"]
