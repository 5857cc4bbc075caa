# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What an attribute of SVG may hold: colours, lengths, paths, points, transformations."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

import svg_names

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"(?:{_NUMBER})(?:px|pt|pc|mm|cm|in|q|Q|em|ex|rem|ch|vw|vh|vmin|vmax|%)?$")
_TOKEN = re.compile(rf"[\s,]+|(?P<number>{_NUMBER})|(?P<letter>[A-Za-z])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_TRANSFORMS = {"matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)}  # fmt: skip
_NO_COLOURS = ("none", "transparent", "currentcolor", "inherit", "initial", "unset", "context-fill", "context-stroke", "freeze", "remove")  # fmt: skip
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}|\{\{[^}]*\}\}")
_POSITIVE = ("width", "height", "r", "rx", "ry")
_SIZED = ("svg", "rect", "circle", "ellipse", "line", "image", "use", "foreignObject")


class Wrong(NamedTuple):
    """What is wrong with a value.

    Attributes:
        message: in one sentence.
        offset: from the beginning of the value.
        hint: what would mend it.
        severity: ``warning`` where it may be meant.
    """

    message: str
    offset: int = 0
    hint: str | None = None
    severity: str | None = None


def wrong(element: str, name: str, value: str) -> Wrong | None:
    """The first thing that is wrong with an attribute's value."""
    if re.search(r"\b(?:var|calc|env|min|max|clamp)\(", value):
        return None
    template = _PLACEHOLDER.search(value)
    if template:
        return Wrong(f"{template[0]} stands for nothing here", template.start(), "an SVG has no variables: write the value")  # fmt: skip
    if name in svg_names.COLOURED and element not in ("animate", "set", "animateTransform"):
        return _colour(name, value)
    if name in svg_names.VALUES:
        return _one_of(name, value)
    if (name == "d" and element == "path") or (name == "path" and element == "animateMotion"):
        return _path(value)
    if name == "points" and element in ("polygon", "polyline"):
        return _points(value)
    if name in ("transform", "gradientTransform", "patternTransform"):
        return _transform(value)
    if name == "viewBox":
        return _view_box(value)
    if name in svg_names.LENGTHS and element in _SIZED:
        return _length(element, name, value)
    return None


def _colour(name: str, value: str) -> Wrong | None:
    lower = value.lower()
    if lower in svg_names.COLOURS or lower in _NO_COLOURS or not value or lower.startswith("url("):
        return None
    if value.startswith("#"):
        if re.fullmatch(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", value):
            return None
        return Wrong(f"{value} is no colour", 0, "a colour is # with 3 or 6 digits of 0 to 9 and a to f")  # fmt: skip
    called = re.fullmatch(r"(rgba?|hsla?)\((.*)\)", lower)
    if called:
        parts = [part for part in re.split(r"[\s,/]+", called[2].strip()) if part]
        if len(parts) in (3, 4) and all(re.match(r"[-+.\d]|none$", part) for part in parts):
            return None
        return Wrong(f"{value} is no colour", 0, f"{called[1]}( ) takes three numbers, and an opacity")  # fmt: skip
    if "(" in value:
        return None
    close = difflib.get_close_matches(lower.replace(" ", "").replace("-", ""), svg_names.COLOURS, n=1, cutoff=0.75)  # fmt: skip
    if re.fullmatch(r"[0-9a-fA-F]{6}|[0-9a-fA-F]{3}", value):
        return Wrong(f"{value} is no colour", 0, f"write #{value}")
    return Wrong(f"there is no colour {value}", 0, f"did you mean {close[0]}?" if close else "write it as #rrggbb", None if close else "warning")  # fmt: skip


def _one_of(name: str, value: str) -> Wrong | None:
    known = svg_names.VALUES[name]
    if value in known or (name == "font-weight" and value.isdigit()):
        return None
    other = svg_names.INSTEAD.get(name, {}).get(value)
    close = [other] if other else difflib.get_close_matches(value, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
    return Wrong(f"{name} cannot be {value}", 0, hint)


def _path(value: str) -> Wrong | None:
    """A path's data: commands with as many numbers as they take."""
    if value in ("", "none"):
        return None
    letter, start, numbers, at = "", 0, 0, 0
    while at < len(value):
        flag = letter.upper() == "A" and numbers % 7 in (3, 4)
        token = _TOKEN.match(value, at)
        if flag and value[at].isdigit():
            if value[at] not in "01":
                return Wrong(f"the flags of {letter} are 0 or 1, not {value[at]}", at, "A takes rx ry rotation large-arc sweep x y")  # fmt: skip
            numbers, at = numbers + 1, at + 1
            continue
        if token is None:
            return Wrong(f"{value[at]} cannot stand in a path", at, "a path holds commands and numbers alone")  # fmt: skip
        if token["letter"]:
            if token["letter"].upper() not in _COUNTS:
                return Wrong(f"a path has no command {token['letter']}", at, "the commands are M L H V C S Q T A Z")  # fmt: skip
            found = _whole(letter, start, numbers)
            if found:
                return found
            letter, start, numbers = token["letter"], at, 0
            if at == 0 and letter not in "Mm":
                return Wrong("a path begins with M", 0, "write M x y first")
        elif token["number"]:
            if not letter:
                return Wrong("a path begins with M", at, "write M x y first")
            numbers += 1
            if letter in "Zz":
                return Wrong(f"{letter} takes no numbers", at, "write a command before the number")
        at = token.end()
    return _whole(letter, start, numbers)


def _whole(letter: str, start: int, numbers: int) -> Wrong | None:
    count = _COUNTS.get(letter.upper(), 0)
    if not count or (numbers and numbers % count == 0):
        return None
    many = f"{count} number{'s' if count > 1 else ''}"
    return Wrong(f"{letter} takes {many} at a time, here are {numbers}", start, f"give {letter} its {many}")  # fmt: skip


def _points(value: str) -> Wrong | None:
    odd = re.search(rf"(?:{_NUMBER}|[\s,])+", value)
    end = odd.end() if odd and odd.start() == 0 else 0
    if end < len(value):
        return Wrong(f"{value[end]} cannot stand in points", end, "write points as x,y x,y x,y")
    count = len(re.findall(_NUMBER, value))
    if count % 2:
        return Wrong(f"points are pairs of numbers, here are {count} numbers", 0, "write points as x,y x,y x,y")  # fmt: skip
    return None


def _transform(value: str) -> Wrong | None:
    at = 0
    pattern = re.compile(r"[\s,]*([A-Za-z]+)\s*\(([^()]*)\)[\s,]*")
    while at < len(value):
        found = pattern.match(value, at)
        if value in ("none", "inherit"):
            return None
        if found is None:
            word = re.match(r"([A-Za-z]+)\s*\(?\s*([^()]*)", value[at:])
            hint = f"write {word[1]}({', '.join(word[2].split())})" if word and word[2] else "write it as translate(20, 30) rotate(45)"  # fmt: skip
            return Wrong(f"{value[at:][:40]} is no transformation", at, hint)
        name, inside = found[1], [part for part in re.split(r"[\s,]+", found[2].strip()) if part]
        if name not in _TRANSFORMS:
            close = difflib.get_close_matches(name, _TRANSFORMS, n=1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_TRANSFORMS)}"
            return Wrong(f"there is no transformation {name}", found.start(1), hint)
        for part in inside:
            number = re.match(_NUMBER, part)
            if number is None or number.end() < len(part):
                hint = f"write the number without a unit: {number[0]}" if number else "write a number"  # fmt: skip
                return Wrong(f"{name} takes numbers, not {part}", found.start(2), hint)
        if len(inside) not in _TRANSFORMS[name]:
            counts = " or ".join(str(count) for count in _TRANSFORMS[name])
            return Wrong(f"{name} takes {counts} numbers, here are {len(inside)}", found.start(1))
        at = found.end()
    return None


def _view_box(value: str) -> Wrong | None:
    parts = [part for part in re.split(r"[\s,]+", value) if part]
    if len(parts) != 4 or not all(re.fullmatch(_NUMBER, part) for part in parts):
        return Wrong("viewBox holds four numbers", 0, 'write viewBox="left top width height"')
    if float(parts[2]) <= 0 or float(parts[3]) <= 0:
        return Wrong("the width and the height of a viewBox are more than 0", 0, 'write viewBox="left top width height"')  # fmt: skip
    return None


def _length(element: str, name: str, value: str) -> Wrong | None:
    if value in ("auto", "inherit", "none", "medium", "thin", "thick", "small", "large", "smaller", "larger"):  # fmt: skip
        return None
    if not _LENGTH.match(value):
        hint = f"write {value.replace(' ', '')}" if _LENGTH.match(value.replace(" ", "")) else "write a number, as in 40"  # fmt: skip
        return Wrong(f"{name} is a length, not {value}", 0, hint)
    if name in _POSITIVE and value.startswith("-"):
        return Wrong(f"{name} cannot be negative", 0, f"move the {element} instead")
    if element == "svg" and name in ("width", "height") and not re.search("[1-9]", value):
        return Wrong(f"the drawing has no {name}", 0, "write a width and a height above 0")
    return None
