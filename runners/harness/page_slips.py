# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What a finished page shows to be wrong though nothing complained, at the places of the program."""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import brackets
import common
import css_slips
import js_slips
import js_text
import js_undefined
import script_errors
import svg_names
import weblibraries

_HERE = Path(os.path.dirname(os.path.abspath(__file__)))
MOST = 150_000
"""Longer programs hold data, and would take longer to look at than they are worth."""
_DRAWN = common.words("fill stroke stroke-width stroke-dasharray stroke-opacity fill-opacity opacity transform width height class style text-anchor font-size font-family font-weight viewBox preserveAspectRatio offset stop-color marker-end marker-start dominant-baseline stroke-linecap stroke-linejoin clip-path href color points x1 x2 y1 y2")  # fmt: skip
_OF_HTML = common.words("class style width height src href colspan rowspan")
_CAMEL = {"className": "class", "classname": "class"}
_INNOCENT = common.words("weight file point offsets classes styles filled colour stoke colors widths heights with")  # fmt: skip
_OFF = re.compile(
    r"\b(?:drawImage|toDataURL|toBlob|createPattern|Texture|convertToBlob|putImageData|getImageData|measureText|outerHTML|innerHTML|XMLSerializer|cloneNode|captureStream|getBBox|OffscreenCanvas)\b"
)
"""What a picture that stands apart may be for."""
_KNOWN = """((names) => {
  const found = new Set();
  for (const one of Object.getOwnPropertyNames(window)) {
    if (!/^[A-Z]/.test(one)) continue;
    try { for (const name of names) if (window[one]?.prototype && name in window[one].prototype) found.add(name); } catch {}
  }
  for (const name of names) if (name in window || name in document.documentElement.style) found.add(name);
  return [...found];
})(ASKED)"""


class Reading:
    """What the text of a program shows, read while its page is drawn: the browser has most to do then.

    Args:
        source: the program.
        is_page: whether it is HTML.
        is_typed: whether it is TypeScript.
    """

    def __init__(self, source: str, is_page: bool, is_typed: bool) -> None:
        self.text = js_text.read("")
        self.slips: list[dict[str, Any]] = []
        self.suspects = js_undefined.Suspects({}, {})
        self._reader = threading.Thread(target=self._read, args=(source, is_page, is_typed), daemon=True)  # fmt: skip
        self._reader.start()

    def _read(self, source: str, is_page: bool, is_typed: bool) -> None:
        with contextlib.suppress(Exception):  # what only has more to say costs no picture
            self.text = js_text.read(script_errors.scripts_alone(source) if is_page else source)
            self.slips = list(js_slips.findings(self.text))
            self.suspects = js_undefined.suspects(self.text, is_typed)

    def done(self) -> Reading:
        """The same, when all is read."""
        self._reader.join()
        return self


class Program(Protocol):
    """The program that a page is made of; `webfindings.Findings` is one."""

    source: str
    is_page: bool
    reading: Reading

    def place_in(self, stack: str) -> tuple[int, int] | None:
        """The place of the program in an error's stack."""
        ...


def findings(program: Program, evaluate: Callable[[str], Any], is_blank: bool) -> list[dict[str, Any]]:  # fmt: skip
    """Warnings, those that name where a mistake begins first.

    Args:
        program: what was drawn.
        evaluate: asks the page.
        is_blank: whether nothing is seen in it.
    """
    source, is_page = program.source, program.is_page
    if len(source) > MOST:
        return []
    seen = evaluate((_HERE / "page_slips.js").read_text(encoding="utf-8"))
    seen = seen if isinstance(seen, dict) else {}
    read = program.reading.done()
    text, found = read.text, [*read.slips]
    found += js_undefined.among(read.suspects, text, lambda names: _known(names, source, evaluate))
    found += _placed(source, [*seen.get("told", ()), *(seen.get("apart", ()) if is_blank or not _OFF.search(source) else ())])  # fmt: skip
    found += _pens(text, seen)
    if seen.get("leftUnpainted"):
        found += js_slips.unpainted_paths(text)
    found += _attributes(source, seen.get("attributes") or {})
    found += css_slips.findings(source, is_page, evaluate)
    found += _unitless(program, seen.get("unitless", ()))
    if not is_page or not re.search(r"d3(?:@|\.v|/)[34]\b", source):
        found += js_slips.former(text)
    if not found:
        found += _words(source, seen.get("words", ()))
    told: dict[Any, dict[str, Any]] = {}
    for one in found:
        told.setdefault((one.get("line"), one["message"].split(":")[0]), one)
    return list(told.values())


def behind(errors: list[dict[str, Any]], program: str, evaluate: Callable[[str], Any], former: bool) -> list[dict[str, Any]]:  # fmt: skip
    """What of a program's slips explains its errors; the hint at one that stands on an error's line is its.

    Args:
        errors: of the run.
        program: its scripts alone.
        evaluate: asks the page.
        former: whether what only older versions of d3 take is one.
    """
    if len(program) > MOST or all("SyntaxError" in one["message"] for one in errors):
        return []
    found: list[dict[str, Any]] = []
    with contextlib.suppress(Exception):  # what only has more to say costs no error
        text = js_text.read(program)
        found = list(js_slips.former(text)) if former else []
        if any("undefined" in f"{one['message']} {one.get('hint')}" for one in errors):
            for slip in js_undefined.findings(text, lambda names: _known(names, program, evaluate)):
                for one in errors:
                    if one.get("line") == slip["line"]:
                        one["hint"] = f"{slip['message']}; {slip['hint']}"
    return found


def without_echoes(found: list[dict[str, Any]], warnings: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:  # fmt: skip
    """Findings that no warning has told already; what a warning tells badly is told better."""
    for one in warnings:
        former = re.search(r"Invalid scale configuration for scale: ([xy]Axes)", one["message"])
        if former:
            at = re.search(rf"\b{former[1]}['\"]?\s*:", source)
            line, column = brackets.place(source, at.start()) if at else (one.get("line"), None)
            one |= {"message": f"Chart.js 4 has no {former[1]}, which is passed over", "line": line, "column": column, "hint": f"write scales: {{ {former[1][0]}: {{ … }} }}"}  # fmt: skip
    told = {one.get("line") for one in warnings if one.get("hint")}
    return [
        one for one in found if one.get("line") not in told and (one.get("line") or not warnings)
    ]


def _known(names: Iterable[str], source: str, evaluate: Callable[[str], Any]) -> set[str]:
    """Of some names those that the browser, the libraries of a program or its data know."""
    asked = sorted({one for one in names if one})
    if not asked:
        return set()
    return set(evaluate(_KNOWN.replace("ASKED", json.dumps(asked))) or ()) | elsewhere(
        asked, source
    )


def elsewhere(names: Iterable[str], source: str) -> set[str]:
    """Of some names those that stand in a library that a program uses, or in its data."""
    used = [path for name, path in weblibraries.SCRIPTS.items() if re.search(rf"\b{re.escape(name.split('.')[0].split('-')[0])}\b", source, re.IGNORECASE) for path in (weblibraries.PACKAGES / name / path,)]  # fmt: skip
    data = [path for path in Path().iterdir() if path.suffix.lower() in (".csv", ".tsv", ".json", ".geojson", ".topojson", ".txt", ".js")]  # fmt: skip
    data = [path for path in data if not path.name.startswith(("program", "findings"))]
    left = {one.encode() for one in names}
    found: set[str] = set()
    for path in (*used, *data):
        try:
            content = path.read_bytes()[:8_000_000]
        except OSError:
            continue
        found |= {one.decode() for one in left if re.search(rb"(?<![\w$])" + re.escape(one) + rb"(?![\w$])", content)}  # fmt: skip
    return found


def _placed(source: str, told: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """What the page says, where its words stand in the program; what is not there is not the program's."""
    for one in told:
        for pattern in one["find"]:
            found = re.search(pattern, source, re.DOTALL)
            if found:
                at = found.start(1) if found.re.groups and found[1] is not None else found.start()
                at += len(found[0]) - len(found[0].lstrip("{, \n\t")) if not found.re.groups else 0
                line, column = brackets.place(source, at)
                yield common.find(one["message"], line=line, column=column, hint=one.get("hint"), severity="warning")  # fmt: skip
                break


def _words(source: str, seen: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Words of a picture that no one writes: what is undefined, or an object, put into a text."""
    for one in seen:
        found = re.search(r"(?<![\w-])(?:undefined|NaN)(?![\w-])|\[object \w+\]", str(one))
        if found and not re.search(rf"['\"`>][^'\"`<>\n]*{re.escape(found[0])}", source):
            hint = (
                "name one of its members"
                if found[0].startswith("[")
                else "look for a misspelt or missing member"
            )
            yield common.find(f'the picture says "{str(one)[:60]}"', hint=hint, severity="warning")
            return


def _unitless(program: Program, seen: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Lengths that were given as bare numbers while the page was drawn."""
    for one in seen:
        place = program.place_in(one.get("stack", ""))
        if place:
            yield common.find(f"CSS passes over {one['name']}: {one['value']:g}: a length is a number and its unit", line=place[0], column=place[1], hint='add its unit: … + "px"', severity="warning")  # fmt: skip


def _pens(text: js_text.Text, seen: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Properties that a program gave to a canvas's context, which has none of that name."""
    for name in seen.get("pens", ()):
        other = js_undefined.near(name, seen.get("penNames", ()))
        found = re.search(rf"(?<=\.){re.escape(name)}\s*=(?![=>])", text.bare)
        if other and found:
            yield js_slips.told(text, found.start(), f"the context of a canvas has no {name}, which is passed over", f"did you mean {other}?")  # fmt: skip


def _attributes(source: str, seen: dict[str, dict[str, bool]]) -> Iterator[dict[str, Any]]:
    """Attributes of elements that come close to one that they have."""
    if not seen:
        return
    free = (*svg_names.ATTRIBUTES, *svg_names.PROPERTIES, *svg_names.GENERAL, *_INNOCENT)
    told: set[str] = set()
    for element, names in seen.items():
        kind, _, tag = element.partition(" ")
        for name in names:
            if (
                name in free
                or name in told
                or re.match(r"data-|aria-|on|_|v-|:|@", name)
                or ":" in name
            ):
                continue
            other = _CAMEL.get(name) or js_undefined.near(
                name, _DRAWN if kind == "svg" else _OF_HTML
            )
            if other is None or (other.lower() == name.lower() and kind == "html"):
                continue
            found = re.search(rf"['\"`]({re.escape(name)})['\"`]\s*[,:]|[\s\"'](?i:({re.escape(name)}))\s*=", source)  # fmt: skip
            if found:
                told.add(name)
                line, column = brackets.place(source, found.start(1 if found[1] else 2))
                yield common.find(f"<{tag}> has no attribute {name}, which is passed over", line=line, column=column, hint=f"did you mean {other}?", severity="warning")  # fmt: skip
