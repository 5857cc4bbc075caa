# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The house's look on a chart in Vega-Lite: what suits this chart, where it says nothing itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import look

_PLACED = re.compile(
    r'"(?:legendX|legendY|outerRadius)": -?\d|"(?:x|y|x2|y2)": (?:\{"value": )?-?\d'
)
_COMPOSED = ("hconcat", "vconcat", "concat")
_FACETS = ("row", "column", "facet")
_MOST_CATEGORIES = {"x": 20, "y": 16}
"""With more of them Vega-Lite's own 20 pixels for each are more than the house's size."""
_MOST_BOXES = 6
_MOST_DOTS = 40
_MAKES_ROWS = {"density", "regression", "loess", "quantile", "impute", "flatten"}


@dataclass(frozen=True)
class _View:
    """A view that draws, with what it has of the views around it."""

    own: dict[str, Any]
    encoding: dict[str, Any]
    rows: list[Any] | None
    """Of its data as it stands there; None where they are not in the chart."""
    steps: frozenset[str]
    """The transforms its rows go through."""

    @property
    def kind(self) -> Any:
        mark = self.own["mark"]
        return mark.get("type") if isinstance(mark, dict) else mark


def dress(spec: dict[str, Any], style: dict[str, Any] | None) -> None:
    """Give the chart the look where it says nothing.

    Args:
        spec: the chart, which is changed.
        style: the run's plot style; None for the house's look.
    """
    given = spec.get("config", {})
    if not isinstance(given, dict):
        return
    views = list(_views(spec, spec.get("datasets")))
    spec["config"] = look.under(_config(spec, views, given, style), given)
    for view in views:
        if view.kind == "line":
            _set(view, "point", _dots(view, given), given)
        elif view.kind == "area":
            _set(view, "line", _edge(view, given), given)


def _views(
    view: dict[str, Any], tables: Any, rows: list[Any] | None = None,
    encoding: dict[str, Any] | None = None, steps: frozenset[str] = frozenset(),
) -> Iterator[_View]:  # fmt: skip
    if "data" in view:
        rows = _rows(view["data"], tables)
    own = view.get("encoding")
    encoding = {**(encoding or {}), **(own if isinstance(own, dict) else {})}
    done = view.get("transform")
    steps = steps.union(*(one for one in done if isinstance(one, dict)) if isinstance(done, list) else ())  # fmt: skip
    if "mark" in view:
        yield _View(view, encoding, rows, steps)
    for name in ("layer", *_COMPOSED, "spec"):
        inner = view.get(name)
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                yield from _views(one, tables, rows, encoding, steps)


def _rows(data: Any, tables: Any) -> list[Any] | None:
    if not isinstance(data, dict):
        return None
    values = data.get("values")
    if values is None and isinstance(tables, dict):
        values = tables.get(str(data.get("name")))
    return values if isinstance(values, list) else None


def _config(
    spec: dict[str, Any], views: list[_View], given: dict[str, Any], style: dict[str, Any] | None
) -> dict[str, Any]:
    own = dict(look.vegalite(style))
    view: dict[str, Any] = dict(own["view"])
    if _is_composed(spec) or _is_placed(views, given):
        # Of several views, large ones make all words small; what stands at pixels was put into
        # a chart of Vega-Lite's own size.
        view = {name: value for name, value in view.items() if "idth" not in name and "eight" not in name}  # fmt: skip
    set_by_it = given.get("view")
    counts = {channel: _categories(views, channel) for channel in "xy"}
    has_step = isinstance(set_by_it, dict) and "step" in set_by_it
    for channel, name in (("x", "discreteWidth"), ("y", "discreteHeight")):
        if has_step or (counts[channel] or 0) > _MOST_CATEGORIES[channel]:
            view.pop(name, None)
    own["view"] = view
    if "discreteWidth" not in view:
        own.pop("axisXDiscrete", None)  # words askew need more than Vega-Lite's own 20 pixels
    has_room = {"discreteWidth", "discreteHeight"} <= view.keys() and not {"width", "height"} & spec.keys()  # fmt: skip
    if has_room and all(count is not None and count <= _MOST_BOXES for count in counts.values()):
        own["boxplot"] = {"size": 40}
    return own


def _is_composed(spec: dict[str, Any]) -> bool:
    """Whether it draws several views side by side."""
    encoding, repeat = spec.get("encoding"), spec.get("repeat")
    return (
        any(name in spec for name in (*_COMPOSED, "facet"))
        or (repeat is not None and not (isinstance(repeat, dict) and set(repeat) == {"layer"}))
        or (isinstance(encoding, dict) and any(name in encoding for name in _FACETS))
    )


def _is_placed(views: list[_View], given: dict[str, Any]) -> bool:
    """Whether something stands at pixels; rows may have an ``x`` too, and are not looked at."""
    return bool(_PLACED.search(json.dumps([given, *((view.own["mark"], view.encoding) for view in views)])))  # fmt: skip


def _categories(views: list[_View], channel: str) -> int | None:
    """How many categories an axis has at most; None where only its data's transforms tell."""
    most = 0
    for view in views:
        held = view.encoding.get(channel)
        if f"{channel}Offset" in view.encoding:
            return None
        if not isinstance(held, dict) or not _is_discrete(held):
            continue
        rows, field = view.rows, held.get("field")
        if rows is None or "filter" in view.steps or {"timeUnit", "bin"} & held.keys():
            return None
        found = {str(row[field]) for row in rows if isinstance(row, dict) and isinstance(field, str) and field in row}  # fmt: skip
        if not found:
            return None
        most = max(most, len(found))
    return most


def _is_discrete(held: dict[str, Any]) -> bool:
    kind = held.get("type")
    if kind is None:
        return "field" in held and not {"aggregate", "bin", "timeUnit"} & held.keys()
    return kind in ("nominal", "ordinal")


def _dots(view: _View, given: dict[str, Any]) -> Any:
    """The dots of a line: where they are few enough to be seen apart, in the line's colour."""
    many = view.rows is None or len(view.rows) > _MOST_DOTS or view.steps & _MAKES_ROWS
    if many or "stroke" in view.encoding:
        return False
    colour = _colour(view, given, "stroke", "color")
    return True if colour is None else {"filled": True, "size": 60, "color": colour}


def _edge(view: _View, given: dict[str, Any]) -> Any:
    """The line on an area, in the area's colour; none where it would be one side of a band's edge."""
    if {"x2", "y2", "fill", "stroke"} & view.encoding.keys() or _colour(view, given, "stroke"):
        return False
    colour = _colour(view, given, "fill", "color")
    if isinstance(colour, dict) and "gradient" in colour:
        return False
    return True if colour is None else {"color": colour}


def _colour(view: _View, given: dict[str, Any], *names: str) -> Any:
    """What a mark says of its colour, else what the chart's own config says of such marks."""
    kind = given.get(view.kind)
    for holder in (view.own["mark"], kind):
        for name in names:
            if isinstance(holder, dict) and holder.get(name) is not None:
                return holder[name]
    return None


def _set(view: _View, name: str, value: Any, given: dict[str, Any]) -> None:
    """Set a property of a mark where neither it nor the chart's config does."""
    kind, mark = given.get(view.kind), view.own["mark"]
    if value is not False and not (isinstance(kind, dict) and name in kind):
        view.own["mark"] = {name: value, **(mark if isinstance(mark, dict) else {"type": mark})}
