"""What a benchmark says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement, what it is measured against, and the goal.

    Attributes:
        name: what was measured.
        value: what came out.
        goal: the most it may be.
        reached: whether it is.
        detail: what the value is made of.
    """

    name: str
    value: str
    goal: str
    reached: bool
    detail: str = ""

    def line(self) -> str:
        """As `make perf` prints it."""
        mark = "ok" if self.reached else "--"
        said = f"{mark}  {self.name:55} {self.value:>8}   goal {self.goal}"
        return f"{said}   ({self.detail})" if self.detail else said
