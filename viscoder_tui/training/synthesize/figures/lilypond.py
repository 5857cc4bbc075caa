"""Music to be asked for."""

from __future__ import annotations

import random

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize.figures.chords import arpeggio, progression, stacked
from viscoder_tui.training.synthesize.figures.melodies import melody, timed, tune
from viscoder_tui.training.synthesize.figures.scales import chromatic, scale
from viscoder_tui.training.synthesize.figures.score import Score


def draw(rng: random.Random) -> tuple[str, Score, Expected]:
    """A request for music, the score, and what it must hold."""
    maker = rng.choices(
        (scale, melody, tune, arpeggio, progression, timed, stacked, chromatic),
        (4.6, 5, 1.6, 1.6, 1, 1.3, 0.7, 0.4),
    )[0]
    return maker(rng)
