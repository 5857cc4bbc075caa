"""viscoder: an interactive terminal coding agent for visualizations, on local models."""

__version__ = "0.1.0"
