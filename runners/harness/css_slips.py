# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Styles and colours that a browser passes over in silence: lengths without a unit, misspelt names.

What stands in a program is collected with its place; whether it is CSS is asked of the browser itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import brackets
import common
from js_undefined import near
from svg_names import COLOURS

_STYLE = re.compile(r"<style\b[^>]*>(.*?)(?=</style|\Z)", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r"<[A-Za-z][^<>]*?\sstyle\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_RULE = re.compile(r"([^{};]*)\{([^{}]*)\}")
_ONE = re.compile(r"([-\w]+)\s*:\s*([^;]+)")
_FREE = re.compile(r"@(?:font|page|property|counter|color-profile|view)")
_OURS = re.compile(
    r"-(?:webkit|moz|ms|o|khtml)-|expression|progid|\\9|\bvar\(|\benv\(|[<>$`+]|\{\{"
)
"""Values for other browsers, and such as something puts in later."""
_CALL = re.compile(
    r"\.\s*(style|css)\s*\(\s*(['\"])([-\w]+)\2\s*,\s*(?:(['\"])([^'\"\n]*)\4|(\d[\d.]*))\s*(?=[,)])"
)
_SET = re.compile(
    r"\.style\.([a-zA-Z]+)\s*=\s*(?:(['\"])([^'\"\n$]*)\2|(\d[\d.]*))[ \t]*(?=[;\n,)}]|$)"
)
_DRAWN = re.compile(
    r"(?:\.\s*(?:attr|setAttribute)\s*\(\s*(['\"])(fill|stroke|stop-color|text-anchor|dominant-baseline|stroke-linecap|stroke-linejoin)\1\s*,\s*|"
    r"(?<=[\s\"'])(fill|stroke|stop-color|text-anchor|dominant-baseline|stroke-linecap|stroke-linejoin)=(?=[\"'][^\"'\n]*[\"']))(['\"])([^'\"\n]*)\4"
)
_PEN = re.compile(
    r"\.(fillStyle|strokeStyle|shadowColor|font|textAlign|textBaseline|lineCap|lineJoin)\s*=\s*(['\"])([^'\"\n]*)\2"
)
_OF_PEN = {
    "textAlign": "left right center start end",
    "textBaseline": "top hanging middle alphabetic ideographic bottom",
    "lineCap": "butt round square",
    "lineJoin": "miter round bevel",
}
_INSTEAD = {("textAlign", "middle"): "center", ("textBaseline", "center"): "middle", ("text-anchor", "center"): "middle", ("text-anchor", "right"): "end", ("text-align", "middle"): "center", ("display", "flexbox"): "flex", ("dominant-baseline", "center"): "middle", ("font-weight", "strong"): "bold", ("lineCap", "rounded"): "round", ("lineJoin", "rounded"): "round", ("stroke-linecap", "rounded"): "round", ("stroke-linejoin", "rounded"): "round"}  # fmt: skip
_KEYWORDS = ("text-align", "display", "position", "flex-direction", "flex-wrap", "justify-content", "align-items", "font-weight", "font-style", "text-anchor", "dominant-baseline", "stroke-linecap", "stroke-linejoin", "border-style", "overflow", "visibility", "text-transform", "text-decoration", "white-space", "box-sizing")  # fmt: skip
_COLOURED = ("color", "background-color", "background", "fill", "stroke", "stop-color", "border-color", "fillStyle", "strokeStyle", "shadowColor")  # fmt: skip
_ASK = """((asked) => {
  const quirks = document.compatMode === "BackCompat";
  const number = /(?<![\\w.#%-])(-?\\d*\\.?\\d+)(?![\\w.%(])/g;
  return asked.map(([name, value]) => {
    if (CSS.supports(name, value)) return "";
    if (!CSS.supports(name, "inherit")) return "name";
    const joined = value.replace(/(\\d)\\s+(px|em|rem|vh|vw|pt|%)(?![\\w])/g, "$1$2");
    if (joined !== value && CSS.supports(name, joined)) return `=${joined}`;
    const sized = value.replace(number, (one) => (Number(one) ? `${one}px` : one));
    if (sized !== value && !/calc|scale/.test(value) && CSS.supports(name, sized)) return quirks ? "" : `=${sized}`;
    return "value";
  });
})(ASKED)"""
_NAMES = "Object.keys(document.documentElement.style).length ? [...new Set([...getComputedStyle(document.documentElement), ...Object.keys(document.documentElement.style)])] : (() => { const found = []; for (const one in document.documentElement.style) found.push(one); return found; })()"


class Declared(NamedTuple):
    """One property and its value, as a program gives them.

    Attributes:
        name: of the property.
        value: as it was written.
        offset: where the name stands.
        asked: the property of CSS whose values it has; empty where `_OF_PEN` lists them.
    """

    name: str
    value: str
    offset: int
    asked: str


def findings(
    source: str, is_page: bool, evaluate: Callable[[str], Any]
) -> Iterator[dict[str, Any]]:
    """What the browser passes over, in the program's order.

    Args:
        source: the program, or the page.
        is_page: whether it is HTML.
        evaluate: asks the browser.
    """
    bare = re.sub(r"<!--.*?-->|/\*.*?\*/|(?<![:'\"\w])//[^\n]*", lambda found: re.sub(r"[^\n]", " ", found[0]), source, flags=re.DOTALL)  # fmt: skip
    declared = sorted({*_sheets(bare), *_calls(bare)} if is_page else set(_calls(bare)), key=lambda one: one.offset)[:400]  # fmt: skip
    asked = list(dict.fromkeys((one.asked, one.value) for one in declared if one.asked))
    if not declared:
        return
    answers = dict(zip(asked, evaluate(_ASK.replace("ASKED", json.dumps(asked))) or (), strict=False)) if asked else {}  # fmt: skip
    names: list[str] = []
    for one in declared:
        answer = answers.get((one.asked, one.value), "") if one.asked else ""
        if not one.asked and one.value not in _OF_PEN[one.name].split():
            answer = "value"
        if answer == "name" and not names:
            names = [name for name in evaluate(_NAMES) or () if isinstance(name, str)]
        found = _judged(source, one, answer, names) if answer else None
        if found:
            yield found


def _sheets(bare: str) -> Iterator[Declared]:
    blocks = [(found[1], found.start(1), True) for found in _STYLE.finditer(bare)]
    blocks += [(found[1] or found[2] or "", found.start(1 if found[1] is not None else 2), False) for found in _INLINE.finditer(bare)]  # fmt: skip
    for text, start, is_sheet in blocks:
        bodies = [(rule[2], rule.start(2)) for rule in _RULE.finditer(text) if not _FREE.search(rule[1])] if is_sheet else [(text, 0)]  # fmt: skip
        for body, at in bodies:
            for one in _ONE.finditer(body):
                yield from _declared(one[1], one[2], start + at + one.start())


def _calls(bare: str) -> Iterator[Declared]:
    for found in _CALL.finditer(bare):
        if found[1] == "css" and found[6]:  # jQuery adds the unit
            continue
        yield from _declared(
            found[3], found[5] if found[5] is not None else found[6], found.start(3)
        )
    for found in _SET.finditer(bare):
        name = re.sub(r"[A-Z]", lambda one: "-" + one[0].lower(), found[1])
        name = {"css-float": "float"}.get(name, name)
        if name not in ("css-text",):
            yield from _declared(
                name, found[3] if found[3] is not None else found[4], found.start(1)
            )
    for found in _DRAWN.finditer(bare):
        yield from _declared(found[2] or found[3], found[5], found.start(2 if found[2] else 3))
    for found in _PEN.finditer(bare) if "getContext" in bare else ():
        name = {"font": "font"}.get(found[1], "" if found[1] in _OF_PEN else "color")
        if not _OURS.search(found[3]) and found[3].strip():
            yield Declared(found[1], found[3], found.start(1), name)


def _declared(name: str, value: str, offset: int) -> Iterator[Declared]:
    value = re.sub(r"\s*!\s*important\s*$", "", value.strip())
    if name.startswith("-") or _OURS.search(value) or not value or (name == "filter" and "(" not in value):  # fmt: skip
        return
    yield Declared(name, value, offset, name.lower())


def _judged(source: str, one: Declared, answer: str, names: list[str]) -> dict[str, Any] | None:
    """What to say of what the browser does not take; None where it may be meant for another."""
    line, column = brackets.place(source, one.offset)
    shown = " ".join(one.value.split())

    def told(message: str, hint: str) -> dict[str, Any]:
        return common.find(message, line=line, column=column, hint=hint, severity="warning")

    if answer == "name":
        dashed = [re.sub(r"[A-Z]", lambda found: "-" + found[0].lower(), name) for name in names]
        other = near(one.name.lower(), dashed)
        return told(f"CSS has no {one.name}, which is passed over", f"did you mean {other}?") if other else None  # fmt: skip
    if answer.startswith("="):
        return told(f"CSS passes over {one.name}: {shown}: a length is a number and its unit", f"write {one.name}: {answer[1:]}")  # fmt: skip
    inner = re.search(r"\n\s*([-\w]+)\s*:", one.value)
    if inner:
        first = one.value[: inner.start()].rstrip()
        return told(f"a ; is missing after {one.name}: {first[:60]}", f"write {one.name}: {first[:60]};")  # fmt: skip
    if (one.name, one.value) == ("text-anchor", "left"):  # is as good as none
        return None
    instead = _INSTEAD.get((one.name, one.value))
    if instead:
        return told(f"{one.name} has no {shown}, which is passed over", f"write {instead}")
    if one.name in _OF_PEN:
        return told(f"{one.name} has no {shown}, which is passed over", common.meant(shown, _OF_PEN[one.name].split()) or f"its values are {', '.join(_OF_PEN[one.name].split())}")  # fmt: skip
    if one.name in _COLOURED:
        return _of_colour(shown, told, one.name)
    if one.name == "font":
        return told(f'a font "{shown}" is passed over', 'write its size first, then its name: "16px sans-serif"')  # fmt: skip
    if one.name in _KEYWORDS and re.fullmatch(r"[a-zA-Z-]+", one.value):
        return told(f"{one.name} has no {shown}, which is passed over", "look at how its values are spelt")  # fmt: skip
    return None


def _of_colour(shown: str, told: Callable[[str, str], dict[str, Any]], name: str) -> dict[str, Any] | None:  # fmt: skip
    if re.fullmatch(r"#?[0-9a-fA-F]{3,8}", shown) and shown.startswith("#"):
        return told(f"{shown} is no colour, and is passed over", "write # and 3 or 6 digits")
    if re.fullmatch(r"[0-9a-fA-F]{6}", shown):
        return told(f"{shown} is no colour, and is passed over", f"write #{shown}")
    if re.fullmatch(r"[a-zA-Z]+(?:[ -][a-zA-Z]+)?", shown) and name != "background":
        plain = re.sub(r"[ -]", "", shown.lower())
        other = plain if plain in COLOURS else None
        hint = f"write {other}" if other else common.meant(plain, COLOURS, 0.75)
        return told(f"there is no colour {shown}, and it is passed over", hint) if hint else None
    return None
