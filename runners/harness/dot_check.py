# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What Graphviz draws otherwise than it was meant, without a word: told as warnings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

import common
from dot_source import ATTRIBUTES, VALUES, Graph, column_of, line_of, read

_BOX = ("label", "style", "color", "bgcolor", "fillcolor", "pencolor")
"""What only the box of a cluster can show."""
_CHOICES = {
    "rankdir": ("TB", "LR", "BT", "RL"),
    "rank": ("same", "min", "max", "source", "sink"),
    "dir": ("forward", "back", "both", "none"),
}
_MEANT = {
    "td": "TB", "vertical": "TB", "top-bottom": "TB", "topbottom": "TB", "topdown": "TB", "top-down": "TB", "horizontal": "LR", "left-right": "LR",
    "leftright": "LR", "lefttoright": "LR", "left_to_right": "LR", "left to right": "LR", "top to bottom": "TB", "backward": "back", "backwards": "back",
    "reverse": "back", "bidirectional": "both", "undirected": "none", "first": "min", "top": "min", "last": "max", "bottom": "max", "equal": "same",
}  # fmt: skip
_NUMBERS = frozenset(common.words("fontsize penwidth width height nodesep arrowsize minlen weight labeldistance labelangle peripheries sides"))  # fmt: skip
_OF_EDGES = frozenset(common.words("label color style arrowhead arrowtail dir weight penwidth headlabel taillabel xlabel shape fillcolor"))  # fmt: skip
_WORDS = {*VALUES, *(word for words in _CHOICES.values() for word in words), *common.words("true false ortho curved polyline line spline neato dot fdp circo twopi")}  # fmt: skip
_MARKUP = re.compile(
    r"</?(?:b|i|u|br|table|tr|td|font|sub|sup|s|o)\b(?:\s[^>]*)?/?>", re.IGNORECASE
)
_MOST = 6


def doubts(source: str) -> list[dict[str, Any]]:
    """The warnings for a file of graphs that were drawn, in the order of their lines."""
    found: list[dict[str, Any]] = []
    for graph in read(source):
        for look in (_boxes, _bare, _values, _ends, _fills, _markup, _names):
            found += look(graph, source)
    return sorted(found, key=lambda one: one["line"])[:_MOST]


def _warn(source: str, place: int, message: str, hint: str) -> dict[str, Any]:
    return common.find(message, line=line_of(source, place), column=column_of(source, place), hint=hint, severity="warning")  # fmt: skip


def _boxes(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    """A group with a label or a colour that is no cluster, and so has no box."""
    for group in graph.groups:
        shown = [name for name in _BOX if group.attributes.get(name)]
        if not shown or group.name.startswith("cluster") or group.has_cluster or group.attributes.get("cluster") == "true":  # fmt: skip
            continue
        name = re.sub(r"^cluster_?", "", group.name, flags=re.IGNORECASE)
        better = "cluster_" + (re.sub(r"\W+", "_", name) or "a")
        who = f"the subgraph {group.name}" if group.name else "this subgraph"
        yield _warn(source, group.place, f"{who} has no box, and its {shown[0]} is not drawn: its name does not begin with cluster", f"name it {better}: subgraph {better} {{")  # fmt: skip


def _bare(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    """An attribute without its =, which makes nodes of its name and its value."""
    linked = {name for name, _, _ in graph.ends}
    for name, value, place in graph.pairs:
        plausible = value.startswith('"') or re.fullmatch(r"-?[\d.]+", value) or value in _WORDS
        if name in ATTRIBUTES and plausible and name not in linked and value not in linked:
            yield _warn(source, place, f"{name} and {value} are read as nodes", f"an = stands between an attribute and its value: {name}={value}")  # fmt: skip
    for name, value, place in graph.loose:
        if name in _OF_EDGES:
            yield _warn(source, place, f"this {name} is the graph's, not that of what stands before it", f"attributes of a node or an edge stand in square brackets: a -> b [{name}={value}]")  # fmt: skip


def _values(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    """Values that are none of an attribute's; Graphviz takes its own instead."""
    for name, value, place in graph.attributes:
        bare = value.strip('"')
        choices = _CHOICES.get(name)
        if choices and bare and bare not in choices:
            close = _MEANT.get(bare.lower()) or next((one for one in choices if one.lower() == bare.lower()), None) or next(iter(difflib.get_close_matches(bare, choices, n=1)), None)  # fmt: skip
            close = close if close in choices else None
            yield _warn(source, place, f"{name} is never {bare}: it is left out", f"did you mean {name}={close}?" if close else f"{name} is {', '.join(choices)}")  # fmt: skip
        elif name in _NUMBERS and bare and re.match(r"[A-Za-z]", bare):
            yield _warn(source, place, f"the {name} {bare} is no number, and is left out", f"write a number, as in {name}={'14' if name == 'fontsize' else '2'}")  # fmt: skip


def _ends(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    """Edges that should end at a box: without compound, or with the box's name for a node's."""
    names = {name: value for name, value, _ in graph.attributes}
    ends = next((one for one in graph.attributes if one[0] in ("lhead", "ltail")), None)
    if ends and names.get("compound", "").strip('"') not in ("true", "1", "yes"):
        yield _warn(source, ends[2], f"{ends[0]} is left out: the graph does not say compound=true", "write compound=true; at the graph's beginning")  # fmt: skip
    if names.get("layout", "").strip('"') == "fdp":  # there an edge may end at a box
        return
    boxes = {group.name for group in graph.groups if group.name.startswith("cluster")}
    told: set[str] = set()
    for name, place, _ in graph.ends:
        if name in boxes and name not in graph.declared and name not in told:
            told.add(name)
            yield _warn(source, place, f"{name} is a box, and here a node of that name is made", f"let the edge end at a node inside it: with compound=true and [lhead={name}] it ends at the box")  # fmt: skip


def _fills(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    """Colours of nodes in a graph that fills none, and chose its paper itself."""
    place = next((place for name, _, place in graph.attributes if name == "fillcolor"), None)
    styled = [value for name, value, _ in graph.attributes if name == "style"]
    if place is None or not re.search(r"\bbgcolor\b", source):
        return
    if not any(re.search("filled|radial|striped|wedged", value) for value in styled):
        yield _warn(source, place, "this fillcolor is not drawn: nothing is filled", "add style=filled: node [style=filled]")  # fmt: skip


def _markup(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    for name, value, place in graph.attributes:
        if name == "label" and value.startswith('"') and "|" not in value and "record" not in source and _MARKUP.search(value):  # fmt: skip
            yield _warn(source, place, "the tags in this label are drawn as letters", "a label with tags stands in < > instead of quotes: label=<<b>a</b>>")  # fmt: skip


def _names(graph: Graph, source: str) -> Iterator[dict[str, Any]]:
    """A node that only an edge names, and is spelt almost as one that has a label."""
    if len(graph.declared) < 3:
        return
    folded = {_folded(name): name for name in graph.declared}
    told: set[str] = set()
    for name, place, _ in graph.ends:
        if name in graph.declared or name in graph.listed or name in told:
            continue
        told.add(name)
        close = folded.get(_folded(name)) or _slip(name, graph.declared)
        if close:
            yield _warn(
                source, place, f"{name} is another node than {close}", f"did you mean {close}?"
            )


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name.lower())


def _slip(name: str, known: dict[str, int]) -> str | None:
    """A name of which one letter is missing, doubled or swapped; plurals and numbers are others."""
    if len(name) < 6 or re.search(r"\d", name):
        return None
    for other in difflib.get_close_matches(name, known, n=2, cutoff=0.85):
        if {name, other} & {name + "s", other + "s", name + "es", other + "es"} or re.search(r"\d", other):  # fmt: skip
            continue
        if sorted(name) == sorted(other) or (abs(len(name) - len(other)) == 1 and name[0] == other[0]):  # fmt: skip
            return other
    return None
