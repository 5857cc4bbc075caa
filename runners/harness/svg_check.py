# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What resvg passes over in silence: names that SVG does not have, and references to nothing.

What is surely wrong is an error; what may be meant for another reader of the file is a warning.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import common
import svg_names
import svg_values
from svg_errors import Element, place

_REFERENCE = re.compile(r"url\(\s*(['\"]?)(#?)([^)'\"]*)\1\s*\)")
_FOREIGN = ("foreignObject", "metadata", "switch")
_OUTLINES = ("polyline", "polygon", "path", "rect", "circle", "ellipse")
_AROUND = ("svg", "g", "a", "use", "symbol", "switch")
_OFF_STAGE = ("defs", "symbol", "clipPath", "mask", "marker", "pattern")
_SILENT = common.words("text-transform text-shadow text-align text-overflow vertical-align z-index border border-radius box-shadow padding margin font-feature-settings font-variant-numeric animation transition will-change outline user-select position top left bottom align alt name")  # fmt: skip


def findings(source: str, found: list[Element]) -> list[dict[str, Any]]:
    """What is wrong with the elements of a drawing, errors first."""
    said: list[dict[str, Any]] = []
    ids = [one.attributes["id"] for one in found if "id" in one.attributes]
    for one in found:
        if _is_foreign(one):
            continue
        said += _element(source, one)
        for name, value in one.attributes.items():
            if name == "style":
                said += _style(source, one, value, ids)
            elif not _is_free(name):
                said += _attribute(source, one, name)
                said += _value(source, one, name, value, ids)
    said += _twice(source, found)
    said += _unpainted(source, found)
    root = found[0]
    if root.name == "svg" and "xmlns" not in root.attributes:
        said.append(common.find("<svg> has no xmlns", **place(source, root.offset), severity="warning", hint='put xmlns="http://www.w3.org/2000/svg" into <svg>, or browsers show no picture'))  # fmt: skip
    return sorted(said, key=lambda one: one.get("severity") == "warning")


def near(name: str, names: Iterable[str], cutoff: float = 0.75) -> str | None:
    """A near name; other letters' case and JavaScript's spelling of CSS are near too."""
    known = list(names)
    dashed = re.sub(r"([A-Z])", lambda found: "-" + found[1].lower(), name)
    for one in known:
        if one.lower() in (name.lower(), dashed):
            return one
    close = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return close[0] if close else None


def attribute_at(source: str, one: Element, name: str) -> tuple[int, int]:
    """Where an attribute stands, and where its value begins."""
    found = re.compile(rf"(?<=[\s'\"]){re.escape(name)}\s*=\s*['\"]").search(source, one.offset)
    return (found.start(), found.end()) if found else (one.offset, one.offset)


def _is_foreign(one: Element) -> bool:
    own = one.attributes.get("xmlns", "http://www.w3.org/2000/svg")
    return ":" in one.name or own != "http://www.w3.org/2000/svg" or any(name in _FOREIGN or ":" in name for name in one.inside)  # fmt: skip


def _is_free(name: str) -> bool:
    return ":" in name or name.startswith(("xmlns", "data-", "aria-", "on", "-")) or name in _SILENT


def _element(source: str, one: Element) -> Iterator[dict[str, Any]]:
    if one.name in svg_names.ELEMENTS or one.name in svg_names.FORMER:
        return
    other = near(one.name, svg_names.ELEMENTS)
    hint = f"did you mean {other}?" if other else "write words as <text>, and HTML in a <foreignObject>"  # fmt: skip
    yield common.find(f"SVG has no element <{one.name}>", **place(source, one.offset), hint=hint, severity=None if other else "warning")  # fmt: skip


def _attribute(source: str, one: Element, name: str) -> Iterator[dict[str, Any]]:
    own = svg_names.OWN.get(one.name)
    general = (*svg_names.PROPERTIES, *svg_names.GENERAL)
    known = (*general, *own) if own is not None else (*general, *svg_names.ATTRIBUTES)
    if name in known or one.name not in svg_names.ELEMENTS:
        return
    at, _ = attribute_at(source, one, name)
    other = near(name, known) if name not in svg_names.ATTRIBUTES else None
    hint = f"did you mean {other}?" if other else f"{one.name} has {', '.join(own)}" if own else None  # fmt: skip
    yield common.find(f"<{one.name}> has no attribute {name}", **place(source, at), hint=hint, severity=None if other else "warning")  # fmt: skip


def _value(source: str, one: Element, name: str, value: str, ids: list[str]) -> Iterator[dict[str, Any]]:  # fmt: skip
    """What is wrong with one value; places are those of what is wrong inside it."""
    _, at = attribute_at(source, one, name)
    yield from _references(source, name, value, at, ids)
    if name in ("href", "xlink:href") and one.name in ("use", "textPath", "mpath", "linearGradient", "radialGradient", "pattern"):  # fmt: skip
        yield from _missing(source, value.removeprefix("#"), at, ids) if value.startswith("#") else ()  # fmt: skip
    wrong = svg_values.wrong(one.name, name, value.strip())
    if wrong is not None:
        inner = value.find(value.strip()) + wrong.offset
        yield common.find(wrong.message, **place(source, at + inner), hint=wrong.hint, severity=wrong.severity)  # fmt: skip


def _style(source: str, one: Element, value: str, ids: list[str]) -> Iterator[dict[str, Any]]:
    _, at = attribute_at(source, one, "style")
    yield from _references(source, "style", value, at, ids)
    for found in re.finditer(r"([\w-]+)\s*:\s*([^;]*)", re.sub(r"url\([^)]*\)", lambda one: " " * len(one[0]), value)):  # fmt: skip
        if found[1] in svg_names.COLOURED or found[1] in svg_names.VALUES:
            wrong = svg_values.wrong(one.name, found[1], found[2].replace("!important", "").strip())
            if wrong is not None:
                yield common.find(wrong.message, **place(source, at + found.start(2)), hint=wrong.hint, severity=wrong.severity)  # fmt: skip


def _references(source: str, name: str, value: str, at: int, ids: list[str]) -> Iterator[dict[str, Any]]:  # fmt: skip
    for found in _REFERENCE.finditer(value):
        if found[2]:
            yield from _missing(source, found[3], at + found.start(), ids)
        elif re.fullmatch(r"[\w-]+", found[3]):
            yield common.find(f"{found[0]} is no reference", **place(source, at + found.start()), hint=f"write url(#{found[3]})")  # fmt: skip


def _missing(source: str, id: str, at: int, ids: list[str]) -> Iterator[dict[str, Any]]:
    if id in ids:
        return
    other = difflib.get_close_matches(id, ids, n=1)
    hint = f"did you mean {other[0]}?" if other else f"the ids are {', '.join(ids[:12])}" if ids else f'define it in <defs> with id="{id}"'  # fmt: skip
    yield common.find(f'nothing here has the id "{id}"', **place(source, at), hint=hint)


def _unpainted(source: str, found: list[Element]) -> Iterator[dict[str, Any]]:
    """Lines without a stroke and shapes without either paint; silent where another element could bring it."""
    painted = any("stroke" in one.attributes or "class" in one.attributes or "stroke" in one.attributes.get("style", "") for one in found if one.name in _AROUND)  # fmt: skip
    if painted or any(one.name in ("style", "set", "animate", "script") for one in found):
        return
    for one in found:
        own = one.attributes
        is_bare = one.name == "line" or (one.name in _OUTLINES and own.get("fill") == "none")
        if not is_bare or any(name in _OFF_STAGE for name in one.inside) or _is_foreign(one):
            continue
        if (
            "stroke" in own
            or "class" in own
            or re.search(r"\b(?:stroke|fill)\s*:", own.get("style", ""))
        ):
            continue
        what = "a line is drawn by its stroke alone" if one.name == "line" else "neither fill nor stroke paints it"  # fmt: skip
        yield common.find(f"this <{one.name}> is not seen: {what}", **place(source, one.offset), hint='give it a stroke, as in stroke="black"', severity="warning")  # fmt: skip


def _twice(source: str, found: list[Element]) -> Iterator[dict[str, Any]]:
    seen: dict[str, Element] = {}
    for one in found:
        id = one.attributes.get("id")
        if id is None:
            continue
        if id in seen:
            at, _ = attribute_at(source, one, "id")
            first = place(source, seen[id].offset)["line"]
            yield common.find(f'the id "{id}" stands twice', **place(source, at), hint=f"the first one is on line {first}: give one of them another id", severity="warning")  # fmt: skip
        seen.setdefault(id, one)
