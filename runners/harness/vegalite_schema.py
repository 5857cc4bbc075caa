# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Vega-Lite's own schema: which names and which values can stand where in a chart.

The schema says "any of these" in most places. What is asked here is simpler than whether one of
them fits: whether any of them knows the name or the value at all. So a finding is at the very
word that is wrong, and never "is not valid under any of the given schemas".
"""

from __future__ import annotations

import difflib
import importlib.util
import json
import pathlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import common
from vegalite_json import Chart, Path

Node = dict[str, Any]
"""One alternative of the schema."""

_SYNONYMS = {
    "mark": {"scatter": "point", "scatterplot": "point", "pie": "arc", "donut": "arc", "doughnut": "arc", "heatmap": "rect", "histogram": "bar", "column": "bar", "bubble": "circle", "map": "geoshape", "label": "text", "box": "boxplot", "violin": "area"},
    "type": {"categorical": "nominal", "category": "nominal", "string": "nominal", "text": "nominal", "discrete": "ordinal", "numeric": "quantitative", "numerical": "quantitative", "number": "quantitative", "continuous": "quantitative", "integer": "quantitative", "float": "quantitative", "date": "temporal", "datetime": "temporal", "time": "temporal"},
}  # fmt: skip
_SKIPPED = ("values", "datasets", "usermeta", "graticule")
_COLOUR = re.compile(r"#|\w+\(|transparent$|none$|currentcolor$", re.IGNORECASE)


def near(name: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """A near name."""
    known = list(names)
    lower = {one.lower(): one for one in known}
    if name.lower() in lower:
        return lower[name.lower()]
    close = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return close[0] if close else None


def meant(name: str, names: Iterable[str], kind: str = "") -> str | None:
    """A hint: the near name, else all of them where they are few."""
    known = sorted(names)
    other = _SYNONYMS.get(kind, {}).get(name.lower()) or near(name, known)
    if other:
        return f"did you mean {other}?"
    return f"there are {', '.join(known)}" if len(known) <= 50 else None


@cache
def schema() -> Node:
    """The schema that Altair brings along, which need not be imported; empty without Altair."""
    found = importlib.util.find_spec("altair")
    if found is None or found.origin is None:
        return {}
    files = sorted(pathlib.Path(found.origin).parent.glob("vegalite/v*/schema/vega-lite-schema.json"))  # fmt: skip
    return json.loads(files[-1].read_text(encoding="utf-8")) if files else {}


def findings(chart: Chart) -> list[dict[str, Any]]:
    """What the schema does not know in a chart: errors first, then what Vega-Lite passes over."""
    root = schema()
    if not root:
        return []
    found = list(_walk(chart, _flat([root]), chart.spec, ()))
    return sorted(found, key=lambda one: one.get("severity") == "warning")


def _flat(nodes: Iterable[Node], seen: frozenset[str] = frozenset()) -> list[Node]:
    """All alternatives, without references."""
    found: list[Node] = []
    for node in nodes:
        if "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[-1]
            if name not in seen:
                found += _flat([schema()["definitions"][name]], seen | {name})
        elif "anyOf" in node or "allOf" in node:
            found += _flat([*node.get("anyOf", ()), *node.get("allOf", ())], seen)
        else:
            found.append(node)
    return found


def _walk(chart: Chart, nodes: list[Node], value: Any, path: Path) -> Iterator[dict[str, Any]]:
    if not nodes or any(not _types(node) and "enum" not in node and "const" not in node for node in nodes):  # fmt: skip
        return
    if isinstance(value, dict):
        yield from _object(chart, nodes, value, path)
    elif isinstance(value, list):
        arrays = [node for node in nodes if "array" in _types(node)]
        if not arrays:
            yield _unfit(chart, nodes, value, path)
            return
        items = _flat(node["items"] for node in arrays if isinstance(node.get("items"), dict))
        for number, inner in enumerate(value):
            yield from _walk(chart, items, inner, (*path, number))
    else:
        yield from _scalar(chart, nodes, value, path)


def _object(chart: Chart, nodes: list[Node], value: Node, path: Path) -> Iterator[dict[str, Any]]:
    objects = _fitting([node for node in nodes if "object" in _types(node)], value)
    if not objects:
        yield _unfit(chart, nodes, value, path)
        return
    is_closed = all(node.get("additionalProperties") is False for node in objects)
    names = {name for node in objects for name in node.get("properties", ())}
    for name, inner in value.items():
        if name in names:
            if name not in _SKIPPED:
                known = _flat(node["properties"][name] for node in objects if name in node.get("properties", ()))  # fmt: skip
                yield from _walk(chart, known, inner, (*path, name))
        elif is_closed:
            yield _unknown_name(chart, name, names, (*path, name))


def _fitting(objects: list[Node], value: Node) -> list[Node]:
    """The alternatives that a value was meant for: by what they require, and by their constants."""
    having = [node for node in objects if all(name in value for name in node.get("required", ()))]
    kept = having or objects
    same = [node for node in kept if _constants_fit(node, value)]
    return same or kept


def _constants_fit(node: Node, value: Node) -> bool:
    properties = node.get("properties", {})
    for name in ("type", "mark"):
        own = value.get(name)
        if isinstance(own, str) and name in properties:
            known = _flat([properties[name]])
            words = {word for one in known for word in _words(one)}
            if words and own not in words and not any(_is_free_text(one) for one in known):
                return False
    return True


def _unknown_name(chart: Chart, name: str, names: set[str], path: Path) -> dict[str, Any]:
    parent = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "a chart")
    other = near(name, names, 0.7)
    if parent == "encoding":
        message, is_error = f"there is no encoding channel {name!r}", True
    else:
        message, is_error = f"{parent} has no property {name!r}", other is not None
    hint = f"did you mean {other}?" if other else meant(name, names)
    return common.find(message, **chart.place(path), hint=hint, severity=None if is_error else "warning")  # fmt: skip


def _scalar(chart: Chart, nodes: list[Node], value: Any, path: Path) -> Iterator[dict[str, Any]]:
    kind = next((part for part in reversed(path) if isinstance(part, str)), "")
    if len(path) > 1 and path[-2:] == ("mark", "type"):
        kind = "mark"
    words = {word for node in nodes for word in _words(node)}
    if isinstance(value, str) and value not in words:
        if any(_is_free_text(node) for node in nodes):
            other = near(value, words, 0.8) if "aliceblue" in words and not _COLOUR.match(value) else None  # fmt: skip
            if other:
                yield common.find(f"there is no color {value!r}", **chart.place(path), hint=f"did you mean {other}?")  # fmt: skip
        elif words and not (len(words) < 3 and near(value, words) is None):
            yield common.find(f"there is no {kind} {value!r}", **chart.place(path), hint=meant(value, words, kind))  # fmt: skip
        else:
            yield _unfit(chart, nodes, value, path)
    elif not isinstance(value, str) and not any(_takes(node, value) for node in nodes):
        yield _unfit(chart, nodes, value, path)


def _unfit(chart: Chart, nodes: list[Node], value: Any, path: Path) -> dict[str, Any]:
    """A value of the wrong kind. Vega-Lite often draws nevertheless, so it is a warning."""
    name = ".".join([part for part in path if isinstance(part, str)][-2:]) or "the specification"
    kinds = {kind for node in nodes for kind in _types(node)}
    words = sorted({json.dumps(word) for node in nodes for word in _words(node)})
    wanted = [{"array": "an array in [ ]", "object": "an object in { }", "string": "a text", "number": "a number", "boolean": "true or false", "null": "null"}.get(kind, kind) for kind in sorted(kinds)]  # fmt: skip
    if words and not any(_is_free_text(node) for node in nodes):
        wanted = [one for one in wanted if one != "a text"] + words[:6]
    shown = json.dumps(value)
    shown = shown if len(shown) <= 60 else shown[:60] + "…"
    return common.find(f"{name} cannot be {shown}", **chart.place(path), hint=f"it must be {' or '.join(wanted)}", severity="warning")  # fmt: skip


def _types(node: Node) -> tuple[str, ...]:
    kind = node.get("type", ())
    return (kind,) if isinstance(kind, str) else tuple(kind)


def _words(node: Node) -> list[str]:
    listed = [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]
    return [word for word in listed if isinstance(word, str)]


def _is_free_text(node: Node) -> bool:
    return "string" in _types(node) and "enum" not in node and "const" not in node


def _takes(node: Node, value: Any) -> bool:
    if "enum" in node or "const" in node:
        return value in [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]
    kinds = _types(node)
    if value is None:
        return "null" in kinds
    if isinstance(value, bool):
        return "boolean" in kinds
    return "number" in kinds or "integer" in kinds
