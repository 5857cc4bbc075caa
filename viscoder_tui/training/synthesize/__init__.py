"""The training data: conversations drawn by chance, without end.

Every answer is a function of its request, so a model that has learnt the function is right on
requests it has never met. The same seed gives the same samples.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from viscoder_tui.training.sample import Sample
from viscoder_tui.training.synthesize import charts, figures

_CHARTS = 0.62


def samples(seed: int) -> Iterator[Sample]:
    """Samples without end."""
    rng = random.Random(seed)
    while True:
        yield charts.sample(rng) if rng.random() < _CHARTS else figures.sample(rng)
