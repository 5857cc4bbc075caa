"""How much a task may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of a task.

    Attributes:
        rounds: corrections after the first answer.
        tokens: to be written in all rounds together.
        seconds: wall time in all.
        critiques: how often a model that sees may look at its picture and correct it.
    """

    rounds: int = 3
    tokens: int = 16_384
    seconds: float = 600.0
    critiques: int = 0
