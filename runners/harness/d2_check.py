# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Mistakes that D2 draws without a word: words that it takes for names of shapes.

In D2 every unknown word is a shape, so ``shap: circle`` draws one that is called "shap".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import common
import d2_errors
import d2_names as names
from svg_names import COLOURS

_WORDS = (*names.KEYWORDS, *names.STYLES)
_PAINT = ("color", "colour", "background", "background-color", "bg", "border", "border-color", "fill-color")  # fmt: skip


class Key(NamedTuple):
    """A statement of the form ``key: value``.

    Attributes:
        path: the key's parts.
        where: of its last part, as D2 writes it.
        value: the text behind the colon; None where there is none.
        inside: the keys around it, those of the path before the last, and the arrow of a connection.
        opens: whether { } follow.
    """

    path: tuple[str, ...]
    where: str
    value: str | None
    inside: tuple[str, ...]
    opens: bool


_STYLED = {"dashed": "style.stroke-dash: 5", "dotted": "style.stroke-dash: 2", "bold": "style.bold: true", "italic": "style.italic: true", "thick": "style.stroke-width: 4", "rounded": "style.border-radius: 8", "shadow": "style.shadow: true", "animated": "style.animated: true", "filled": "style.fill: …", "3d": "style.3d: true"}  # fmt: skip
"""What people write behind ``style:``, as D2 has it."""


def findings(made: dict[str, Any], source: str) -> list[dict[str, Any]]:
    """Warnings about a program that was compiled.

    Args:
        made: what D2 made of it.
        source: the program.
    """
    ast = (made.get("graph") or {}).get("ast") or {}
    keys = list(_keys(ast, ()))
    joined = {name for ends in _ends(ast) for name in ends}
    classes = {key.path[-1] for key in keys if key.inside and key.inside[-1] == "classes"}
    found: list[dict[str, Any]] = []
    for key in keys:
        told = _strange(key, joined) or _unknown_class(key, classes) or _no_arrow(key)
        message, hint = told or (None, None)
        where = re.match(r".*?,(\d+):(\d+):", key.where)
        if message and where:
            line, column = d2_errors.place(source, int(where[1]), int(where[2]))
            found.append(common.find(message, line=line, column=column, hint=hint, severity="warning"))  # fmt: skip
    return found[:8]


def _strange(key: Key, joined: set[str]) -> tuple[str, str] | None:
    """A key that was meant as a word of D2's."""
    word = key.path[-1]
    low = word.lower()
    if re.search(r"[→⇒⟶]|=>|–>|—>", word):
        return f"'{word}' is drawn as one shape", "arrows are ->, <-, <-> and --"
    if low == "style" and key.value and not key.opens and word not in joined:
        return f"style is a map, and '{key.value}' is left out", f"write {_STYLED.get(key.value.lower(), 'style.fill: …, style.stroke-dash: 5')}"  # fmt: skip
    if low in _WORDS or word in joined or key.value is None or key.opens:
        return None
    if "vars" in key.inside or key.inside[-1:] == ("classes",):
        return None
    told = f"{word} is no word of D2's: it is drawn as a shape called '{word}'"
    if low in _PAINT and _is_colour(key.value):
        return told, f"did you mean style.{names.OTHER_STYLES.get(low, 'fill') if low not in ('color', 'colour') else 'fill'}?"  # fmt: skip
    close = difflib.get_close_matches(low, _WORDS, n=1, cutoff=0.8)
    if not close or low in (f"{close[0]}s", f"{close[0]}es") or not _fits(close[0], key):
        return None
    style = "style." if close[0] in names.STYLES and "style" not in key.inside else ""
    return told, f"did you mean {style}{close[0]}?"


def _fits(keyword: str, key: Key) -> bool:
    """Whether a value is one that the keyword takes; for labels and the like, anything inside a shape."""
    value = key.value or ""
    if keyword == "shape":
        return value in names.SHAPES or value in names.OTHER_SHAPES
    if keyword == "direction":
        return value in ("up", "down", "left", "right") or value.lower() in names.DIRECTIONS
    if keyword in ("fill", "stroke", "font-color"):
        return _is_colour(value)
    if keyword in ("label", "tooltip", "link", "icon", "near", "class"):
        return bool(key.inside)
    return bool(re.fullmatch(r"true|false|-?[\d.]+", value))


def _is_colour(value: str) -> bool:
    return value.lower() in COLOURS or re.match(r"#[0-9a-fA-F]{3}", value) is not None


def _unknown_class(key: Key, classes: set[str]) -> tuple[str, str] | None:
    if key.path[-1] != "class" or not key.value or key.value in classes or "$" in key.value:
        return None
    close = common.meant(key.value, classes)
    return f"there is no class '{key.value}'", close or f"define it: classes: {{ {key.value}: {{ style.fill: … }} }}"  # fmt: skip


def _no_arrow(key: Key) -> tuple[str, str] | None:
    """The head of an arrow at an end of a line that has none."""
    full = (*key.inside, *key.path[-1:])
    if full[-1] != "shape" or full[-2:-1] not in (("source-arrowhead",), ("target-arrowhead",)):
        return None
    sign = "<" if full[-2] == "source-arrowhead" else ">"
    lines = [part for part in key.inside if part in ("-", "->", "<-", "<->")]
    if not lines or sign in lines[-1]:
        return None
    return f"this {full[-2]} is not drawn: the connection has no arrow at that end", "write <-> for heads at both ends, -> or <- for one"  # fmt: skip


def _keys(board: dict[str, Any], inside: tuple[str, ...]) -> Iterator[Key]:
    for node in board.get("nodes") or ():
        key = node.get("map_key") or {}
        path = [_scalar(part) for part in (key.get("key") or {}).get("path") or ()]
        value = key.get("value") or {}
        inner = value.get("map")
        arrows = [f"{edge.get('src_arrow')}-{edge.get('dst_arrow')}" for edge in key.get("edges") or ()]  # fmt: skip
        around = (*inside, *arrows)
        if path:
            text = _scalar(key.get("primary") or {})[0] or _scalar(value)[0]
            if not path[-1][2]:  # what stands in quotes is meant as a name
                yield Key(tuple(name or "" for name, _, _ in path), path[-1][1], text, (*around, *(name or "" for name, _, _ in path[:-1])), inner is not None)  # fmt: skip
            around = (*around, *(name or "" for name, _, _ in path))
        if inner:
            yield from _keys(inner, around)


def _ends(board: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The names on both sides of each connection."""
    for node in board.get("nodes") or ():
        key = node.get("map_key") or {}
        for edge in key.get("edges") or ():
            for side in ("src", "dst"):
                yield tuple(_scalar(part)[0] or "" for part in (edge.get(side) or {}).get("path") or ())  # fmt: skip
        inner = (key.get("value") or {}).get("map")
        if inner:
            yield from _ends(inner)


def _scalar(box: dict[str, Any]) -> tuple[str | None, str, bool]:
    """The text of a scalar, its range, and whether it stands in quotes."""
    for kind, content in box.items():
        if kind in ("unquoted_string", "double_quoted_string", "single_quoted_string", "number", "boolean") and isinstance(content, dict):  # fmt: skip
            value = content.get("value", content.get("raw", ""))
            text = "".join(str(part.get("string", "")) for part in value) if isinstance(value, list) else str(value)  # fmt: skip
            return text, str(content.get("range", "")), "quoted" in kind and kind != "unquoted_string"  # fmt: skip
    return None, "", False
