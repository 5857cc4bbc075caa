"""What a program shows, read from its source: the other half of grading.

The readers know the forms that small programs take, not every form there is: what they cannot
read counts as not shown, so a grade errs towards wrong.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from viscoder_tui.training.evaluation import engraved, mermaid, vector
from viscoder_tui.training.evaluation.figure import Shown

Row = tuple[str, str]

_NUMERIC = re.compile(r"-?\d+(?:\.\d+)?")


def shown(language: str, source: str) -> Shown:
    """What `source` shows; an empty `Shown` where it cannot be read at all."""
    try:
        return _READERS[language](source)
    except (SyntaxError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Shown()


def _python(source: str) -> Shown:
    tree = ast.parse(source)
    calls = [_Call(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    data = _Data()
    for node in tree.body:
        if isinstance(node, ast.Assign):
            data.collect(node.value)
    labels = data.names[0] if data.names else []
    values = data.numbers[0] if data.numbers else []
    single = len(data.numbers) == 1
    pairs = tuple(zip(labels, values, strict=False)) if single else ()
    flat = tuple(number for one in data.numbers for number in one)
    return Shown(_python_kind(calls, source), flat, pairs)


@dataclass(slots=True)
class _Data:
    """The lists of names and of numbers that a program's assignments hold."""

    names: list[list[str]] = field(default_factory=list[list[str]])
    numbers: list[list[str]] = field(default_factory=list[list[str]])

    def collect(self, value: ast.expr) -> None:
        """Take what a literal holds: lists, pairs, dictionaries, and these inside each other."""
        if isinstance(value, ast.Dict):
            self._take([one for one in value.keys if one is not None])
            self._take(value.values)
        elif isinstance(value, ast.List | ast.Tuple):
            self._take(value.elts)

    def _take(self, elements: list[ast.expr]) -> None:
        texts = [ast.unparse(one) for one in elements]
        if all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in elements):
            self.names.append([str(cast("ast.Constant", one).value) for one in elements])
        elif all(_NUMERIC.fullmatch(text) for text in texts):
            self.numbers.append(texts)
        else:
            for one in elements:
                self.collect(one)


@dataclass(frozen=True, slots=True)
class _Call:
    node: ast.Call
    name: str = field(init=False)
    keywords: Mapping[str, ast.expr] = field(init=False)

    def __post_init__(self) -> None:
        function = self.node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        object.__setattr__(self, "name", name)
        given = {one.arg: one.value for one in self.node.keywords if one.arg}
        object.__setattr__(self, "keywords", MappingProxyType(given))


def _python_kind(calls: list[_Call], source: str) -> str:
    drawn = {call.name: call for call in calls}
    if "pie" in drawn:
        return "donut" if "'width'" in ast.unparse(drawn["pie"].node) else "pie"
    for name, kind in (("barh", "horizontal bar"), ("hist", "histogram"), ("boxplot", "box"), ("step", "step"), ("scatter", "scatter"), ("stem", "lollipop"), ("vlines", "lollipop")):  # fmt: skip
        if name in drawn:
            return kind
    if "bar" in drawn:
        if "bottom" in drawn["bar"].keywords:
            return "stacked bar"
        return "grouped bar" if "width" in source and " * width" in source else "bar"
    if "fill_between" in drawn:
        return "area"
    if "plot" in drawn:
        if "linspace" in drawn:
            return "function"
        several = "label" in drawn["plot"].keywords or sum(call.name == "plot" for call in calls) > 1  # fmt: skip
        return "multi-line" if several else "line"
    return ""


def _vegalite(source: str) -> Shown:
    spec: Any = json.loads(source)
    rows: list[dict[str, Any]] = spec.get("data", {}).get("values", [])
    numbers: list[str] = []
    pairs: list[Row] = []
    for row in rows:
        cells = [str(cell) for cell in row.values()]
        found = [str(cell) for cell in row.values() if isinstance(cell, int | float)]
        numbers += found
        if len(cells) == 2 and len(found) == 1 and not isinstance(next(iter(row.values())), int | float):  # fmt: skip
            pairs.append((cells[0], found[0]))
    return Shown(_vegalite_kind(spec), tuple(numbers), tuple(pairs))


def _vegalite_kind(spec: Any) -> str:
    layers: list[Any] = spec.get("layer") or [spec]
    marks = [one["mark"] if isinstance(one["mark"], dict) else {"type": one["mark"]} for one in layers]  # fmt: skip
    encoding: dict[str, Any] = {**spec.get("encoding", {}), **layers[0].get("encoding", {})}
    mark: dict[str, Any] = marks[0]
    by_colour = "field" in encoding.get("color", {})
    match mark["type"]:
        case "bar" if any("bin" in encoding.get(axis, {}) for axis in "xy"):
            return "histogram"
        case "bar" if "xOffset" in encoding or "yOffset" in encoding:
            return "grouped bar"
        case "bar" if by_colour and encoding["color"]["field"] not in (encoding["x"].get("field"), encoding["y"].get("field")):  # fmt: skip
            return "stacked bar"
        case "bar":
            return "horizontal bar" if encoding["x"].get("type") == "quantitative" else "bar"
        case "arc":
            return "donut" if mark.get("innerRadius") else "pie"
        case "line":
            return "step" if "step" in str(mark.get("interpolate", "")) else "multi-line" if by_colour or "fold" in str(spec.get("transform")) else "line"  # fmt: skip
        case "boxplot":
            return "box"
        case "point" | "circle" | "square":
            return "scatter"
        case other:
            return str(other)


_READERS: dict[str, Callable[[str], Shown]] = {
    "python": _python,
    "vegalite": _vegalite,
    "mermaid": mermaid.read,
    "lilypond": engraved.read,
    "svg": vector.read,
}
