"""What a Mermaid diagram shows: its kind, its numbers, its arrows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from viscoder_tui.training.evaluation.figure import Shown

_KINDS = {
    "pie": "pie", "flowchart": "flowchart", "graph": "flowchart", "sequenceDiagram": "sequence",
    "stateDiagram-v2": "state", "stateDiagram": "state", "classDiagram": "class",
    "erDiagram": "er", "timeline": "timeline", "mindmap": "mindmap", "gantt": "gantt",
}  # fmt: skip
_PIE = re.compile(r'(?m)^\s*"([^"\n]*)"\s*:\s*(-?\d+(?:\.\d+)?)\s*$')
_SERIES = re.compile(r"(?m)^\s*(bar|line)\s*(?:\"[^\"]*\"\s*)?\[([^\]]*)\]")
_AXIS = re.compile(r"(?m)^\s*x-axis\s*(?:\"[^\"]*\"\s*)?\[([^\]]*)\]")
_NODE = r"[\w*\[\]]+?"
_SHAPED = re.compile(
    r"""\b(\w+)\s*(?:\[\[|\[\(|\(\[|\(\(|\[|\(|\{\{|\{|>)"?([^"\]\)}]*)"?[\]\)}]+"""
)
_ARROW = re.compile(r"\s*(?:-->|---|-\.->|==>)\s*(?:\|[^|]*\|\s*)?|\s*--\s+[^-|]+?\s+-->\s*")
_MESSAGE = re.compile(r"^\s*(.+?)\s*(?:-{1,2}>{1,2}|-{1,2}[x)])\s*[+-]?(.+?)\s*:")
_PARTICIPANT = re.compile(r"^\s*(?:participant|actor)\s+(\S+)\s+as\s+(.+?)\s*$")
_STATE = re.compile(r"^\s*(\[\*\]|[^\s:]+)\s*-->\s*(\[\*\]|[^\s:]+)")
_STATE_NAME = re.compile(r"^\s*(?:state\s+\"([^\"]+)\"\s+as\s+(\S+)|(\w+)\s*:\s*(.+?))\s*$")
_RELATION = re.compile(r'^\s*(\w+)\s*(?:"[^"]*"\s*)?([<|*o.-]*(?:--|\.\.)[|>*o.-]*)\s*(?:"[^"]*"\s*)?(\w+)')  # fmt: skip
_ENTITY = re.compile(
    r"^\s*\"?([\w -]+?)\"?\s+[|}o{]{2}(?:--|\.\.)[|}o{]{2}\s+\"?([\w -]+?)\"?\s*(?::|$)"
)

Links = tuple[tuple[str, str], ...]


def read(source: str) -> Shown:
    """What the diagram shows."""
    lines = [line for line in source.split("\n") if line.strip() and not line.lstrip().startswith("%%")]  # fmt: skip
    first = lines[0].split()[0] if lines else ""
    if first.startswith("xychart"):
        return _chart(source)
    kind = _KINDS.get(first, "")
    pairs = tuple(_PIE.findall(source)) if kind == "pie" else ()
    numbers = tuple(number for _, number in pairs)
    if kind == "gantt":
        numbers = tuple(re.findall(r"\b(\d+)d\b", source))
    links = _LINKS[kind](lines[1:]) if kind in _LINKS else ()
    return Shown(kind, numbers, pairs, links)


def _chart(source: str) -> Shown:
    series = _SERIES.findall(source)
    if not series:
        return Shown()
    axis = _AXIS.search(source)
    labels = [label.strip().strip('"') for label in axis[1].split(",")] if axis else []
    rows = [[value.strip() for value in values.split(",")] for _, values in series]
    numbers = tuple(value for row in rows for value in row)
    pairs = tuple(zip(labels, rows[0], strict=False)) if len(rows) == 1 else ()
    return Shown(series[0][0], numbers, pairs)


def _flowchart(lines: list[str]) -> Links:
    names: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for line in lines:
        for identifier, name in _SHAPED.findall(line):
            names[identifier] = name.strip()
        bare = _SHAPED.sub(lambda match: match[1], line).strip()
        for start, end in itertools.pairwise(_ARROW.split(bare)):
            found += [(a.strip(), b.strip()) for a in start.split("&") for b in end.split("&")]
    return tuple((names.get(start, start), names.get(end, end)) for start, end in found if start and end)  # fmt: skip


def _sequence(lines: list[str]) -> Links:
    names: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for line in lines:
        named = _PARTICIPANT.match(line)
        sent = _MESSAGE.match(line)
        if named:
            names[named[1]] = named[2]
        elif sent:
            found.append((sent[1], sent[2]))
    return tuple((names.get(start, start), names.get(end, end)) for start, end in found)


def _state(lines: list[str]) -> Links:
    names: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for line in lines:
        moved = _STATE.match(line)
        named = _STATE_NAME.match(line)
        if moved:
            found.append((moved[1], moved[2]))
        elif named:
            names[named[2] or named[3]] = named[1] or named[4]
    return tuple((names.get(start, start), names.get(end, end)) for start, end in found if "[*]" not in (start, end))  # fmt: skip


def _class(lines: list[str]) -> Links:
    found: list[tuple[str, str]] = []
    for line in lines:
        match = _RELATION.match(line)
        if match:
            start, arrow, end = match[1], match[2], match[3]
            found.append((end, start) if arrow.startswith("<") else (start, end))
    return tuple(found)


def _entities(lines: list[str]) -> Links:
    return tuple((match[1], match[2]) for line in lines if (match := _ENTITY.match(line)))


_LINKS: dict[str, Callable[[list[str]], Links]] = {
    "flowchart": _flowchart,
    "sequence": _sequence,
    "state": _state,
    "class": _class,
    "er": _entities,
}
