# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Titles of containers that step out of the way of the lines.

D2 writes a title above the middle of its box, which is where most lines come in: through the
words. It stands at the left or at the right instead where the middle is taken.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

_MARGIN = 5
"""Between a title and the edge of its box."""
_STEPS = 24
"""Into which a part of a line is cut to see where it passes."""


class Point(NamedTuple):
    """A place in the picture."""

    x: float
    y: float


def settle(board: dict[str, Any], source: str) -> None:
    """Move the titles that a line goes through; one whose place the program names stays there."""
    lines = [list(_passed(line)) for line in board.get("connections") or ()]
    written = source.lower()
    for shape in board.get("shapes") or ():
        place = str(shape.get("labelPosition"))
        if place not in ("OUTSIDE_TOP_CENTER", "INSIDE_TOP_CENTER"):
            continue
        if place.removeprefix("INSIDE_").lower().replace("_", "-") in written:
            continue
        for side in ("CENTER", "LEFT", "RIGHT"):
            if not any(_is_on(shape, place, side, line) for line in lines):
                shape["labelPosition"] = place.replace("CENTER", side)
                break


def _passed(line: dict[str, Any]) -> list[Point]:
    """Places that a line passes, close to each other; a curve by its control points."""
    route = [Point(one["x"], one["y"]) for one in line.get("route") or ()]
    places: list[Point] = []
    if line.get("isCurve"):
        for number in range(0, len(route) - 3, 3):
            places += [_on_curve(route[number : number + 4], step / _STEPS) for step in range(_STEPS + 1)]  # fmt: skip
        return places
    for one, other in pairwise(route):
        places += [Point(one.x + (other.x - one.x) * step / _STEPS, one.y + (other.y - one.y) * step / _STEPS) for step in range(_STEPS + 1)]  # fmt: skip
    return places


def _on_curve(points: list[Point], t: float) -> Point:
    """A place on a cubic Bézier curve."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return Point(
        sum(weight * point.x for weight, point in zip(weights, points, strict=True)),
        sum(weight * point.y for weight, point in zip(weights, points, strict=True)),
    )


def _is_on(shape: dict[str, Any], place: str, side: str, line: list[Point]) -> bool:
    """Whether a line passes a title at a side of its box."""
    width, height = shape.get("labelWidth") or 0, shape.get("labelHeight") or 0
    room = shape["width"] - width
    left = shape["pos"]["x"] + {"CENTER": room / 2, "LEFT": _MARGIN, "RIGHT": room - _MARGIN}[side]
    top = shape["pos"]["y"] + (_MARGIN if place.startswith("INSIDE") else -height - _MARGIN)
    return any(left - _MARGIN < one.x < left + width + _MARGIN and top - 6 < one.y < top + height + 6 for one in line)  # fmt: skip
