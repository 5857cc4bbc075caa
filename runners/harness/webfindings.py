# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What Chromium says went wrong in a page, as findings at the places of the user's own source."""

from __future__ import annotations

import contextlib
import difflib
import json
import os
import re
import sys
from collections.abc import Callable
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import html_tags
import page_slips
import script_errors
import weblibraries

del sys.path[0]

ORIGIN = "http://viscoder.localhost/"
"""Where the page seems to lie. A name under localhost counts as safe, and is never looked up."""

Place = Callable[[int, int], tuple[int, int]]
"""From a line and a column of what was run to those of what was written, all counted from 1."""

_FRAME = re.compile(r"\n\s+at [^\n]*")
_IN_FRAME = re.compile(re.escape(ORIGIN) + r"([\w.-]+):(\d+):(\d+)")
_ATTRIBUTE = re.compile(r"(Error: )?(<\w+> attribute \S+): ")
"""How a wrong number in SVG is told: by our part of the page, and after it by Chromium, without a place."""
_NEGATIVE = re.compile(
    r"A negative value is not valid\. \(\"(-[\d.]+(?:e[-+]?\d+)?)", re.IGNORECASE
)
_NAMES_IN_PAGE = """(() => {
  const found = new Set();
  const take = (value, depth) => { try { for (const name of Object.getOwnPropertyNames(value)) found.add(name);
    const above = Object.getPrototypeOf(value);
    if (depth && above && above !== Object.prototype && above !== Function.prototype) take(above, depth - 1); } catch {} };
  for (const name of ["d3", "echarts", "Plotly", "THREE", "vega", "vegaEmbed", "topojson"]) if (window[name]) take(window[name], 0);
  if (window.d3) for (const make of [() => d3.selection(), () => d3.scaleLinear(), () => d3.scaleBand(), () => d3.line(), () => d3.arc(), () => d3.pie(), () => d3.axisLeft(d3.scaleLinear()), () => d3.forceSimulation(), () => d3.hierarchy({}), () => d3.transition(), () => d3.geoPath()])
    { try { take(make(), 1); } catch {} }
  if (window.echarts) for (const name of ["setOption", "resize", "on", "off", "dispose", "showLoading", "hideLoading"]) found.add(name);
  for (const one of [CanvasRenderingContext2D, Element, HTMLElement, Node, Document, Array, String, Promise, Response]) take(one.prototype, 0);
  for (const one of [Math, Object, JSON, Array, console]) take(one, 0);
  return [...found];
})()"""
_GLOBALS_IN_PAGE = "Object.getOwnPropertyNames(window).filter((name) => !/^(on|webkit|HTML|SVG|__)/.test(name))"  # fmt: skip
_CHARTS = "({line: 1, ...window.Chart?.registry?.controllers?.items}) && Object.keys(window.Chart?.registry?.controllers?.items ?? {})"  # fmt: skip


class Findings:
    """Errors and warnings of one page, in the order of their coming.

    Args:
        source: what the user wrote.
        file: the name under which Chromium knows it.
        place: how places in what is run come from places in the source.
        is_typed: whether the source is TypeScript.
    """

    def __init__(self, source: str, file: str, place: Place | None = None, is_typed: bool = False) -> None:  # fmt: skip
        self.source = source
        self.file = file
        self.is_page = file.endswith(".html")
        self.reading = page_slips.Reading(source if len(source) <= page_slips.MOST else "", self.is_page, is_typed)  # fmt: skip
        self.place = place or (lambda line, column: (line, column))
        self.errors: list[dict[str, Any]] = []
        self.warnings: list[dict[str, Any]] = []

    def add(self, message: str, **where: Any) -> None:
        """Note an error, once."""
        self._keep(self.errors, common.find(tidy(message), **where))

    def warn(self, message: str, **where: Any) -> None:
        """Note a warning, once."""
        if self._is_known(message):
            return
        self._keep(self.warnings, common.find(tidy(message), severity="warning", **where))

    def thrown(self, details: dict[str, Any]) -> None:
        """Note an uncaught exception or an unhandled rejection."""
        thing = details.get("exception", {})
        said = thing.get("description") or described(thing) or str(details.get("text", ""))
        self._error(said, self._own_frame(details.get("stackTrace")), details)

    def logged(self, kind: str, arguments: list[dict[str, Any]], stack: Any) -> None:
        """Note what the page wrote to its console as an error or a warning."""
        errors = [one for one in arguments if one.get("subtype") == "error"]
        if kind == "error" and errors:
            self._error(str(errors[0].get("description", "")), None, {})
            return
        text = " ".join(described(one) for one in arguments)
        if "deprecated" in text or not text.strip():
            return
        line, column = self._own_frame(stack) or (None, None)
        attribute = _ATTRIBUTE.match(text)
        if attribute:
            theirs = f"Error: {attribute[2]}: "
            self.warnings = [one for one in self.warnings if not one["message"].startswith(theirs)]
        self.warn(text[:300], line=line, column=column)

    def missed(self, ids: list[dict[str, Any]]) -> None:
        """Note elements that were looked for and never came to be."""
        for one in ids:
            found = self.place_in(one.get("stack", ""))
            if not found:  # a library looked for something of its own
                continue
            line, column = found
            self.warn(f"nothing here is found by {one.get('selector')}", line=line, column=column, hint=one.get("hint"))  # fmt: skip

    def place_in(self, stack: str) -> tuple[int, int] | None:
        """The innermost place of the user's program in an error's stack."""
        found = next((one for one in _IN_FRAME.finditer(stack) if one[1] == self.file), None)
        return self.place(int(found[2]), int(found[3])) if found else None

    def line_of(self, words: str) -> int | None:
        """The first line of the source that holds `words`."""
        for number, line in enumerate(self.source.splitlines(), 1):
            if words and words in line:
                return number
        return None

    def finish(
        self, evaluate: Callable[[str], Any], is_blank: bool = False
    ) -> list[dict[str, Any]]:
        """The errors with hints that need a look at the page; the warnings where there are none.

        Args:
            evaluate: asks the page.
            is_blank: whether nothing is seen in it.
        """
        program = script_errors.scripts_alone(self.source) if self.is_page else self.source
        self.errors = [script_errors.improved(one, program) for one in self.errors]
        self._place_attributes()
        slips = self._slips(evaluate, is_blank) if self.source else []
        for one in self.errors or self.warnings[:3]:
            if "hint" not in one:
                hint = hint_for(one["message"], self, evaluate)
                if hint:
                    one["hint"] = hint
        if self.errors:
            return [*slips, *self.errors]
        return [*slips[:3], *self.warnings[: max(0, 3 - len(slips))]]

    def _place_attributes(self) -> None:
        """Give a place to what Chromium says of an attribute, where the program names it with its element."""
        for one in self.warnings:
            found = re.match(r"Error: <(\w+)> attribute ([\w-]+): (.*)", one["message"])
            if found is None or one.get("line"):
                continue
            name = re.escape(found[2])
            at = re.search(
                rf"['\"`]{found[1]}['\"`][^;]*?['\"`]({name})['\"`]\s*,|<{found[1]}\b[^<>]*?\s({name})\s*=",
                self.source,
            )
            if at:
                start = at.start(1 if at[1] else 2)
                one |= {"line": self.source.count("\n", 0, start) + 1, "column": start - self.source.rfind("\n", 0, start)}  # fmt: skip

    def _slips(self, evaluate: Callable[[str], Any], is_blank: bool) -> list[dict[str, Any]]:
        """What nobody complained of: of a page with errors only where its tags are not what they seem."""
        tags = html_tags.findings(self.source) if self.is_page else []
        if self.errors:
            program = script_errors.scripts_alone(self.source) if self.is_page else self.source
            is_older = self.is_page and re.search(r"d3(?:@|\.v|/)[34]\b", self.source)
            tags += page_slips.behind(self.errors, program, evaluate, former=not is_older)
            return [{**one, "severity": "error"} for one in tags]
        found: list[dict[str, Any]] = []
        with contextlib.suppress(Exception):  # what only has more to say costs no picture
            found = page_slips.findings(self, evaluate, is_blank)
        return tags + page_slips.without_echoes(found, self.warnings, self.source)

    def _error(self, said: str, frame: tuple[int, int] | None, details: dict[str, Any]) -> None:
        message = _FRAME.sub("", said).strip()
        found = [one for one in _IN_FRAME.finditer(said) if one[1] == self.file]
        if "call stack" in message and len(found) > 1:  # the first is where the function begins
            frame = self.place(int(found[1][2]), int(found[1][3]))
        if frame is None and found:
            frame = self.place(int(found[0][2]), int(found[0][3]))
        promised = "in promise" in str(details.get("text", ""))
        if frame is None and not promised and str(details.get("url", "")) == ORIGIN + self.file:
            frame = self.place(details.get("lineNumber", 0) + 1, details.get("columnNumber", 0) + 1)
        line, column = frame or (None, None)
        if "Array buffer allocation failed" in message:
            message += ": out of memory"
        if "Failed to fetch" in message and self.errors:
            return  # the address that failed is told already
        self.add(message, line=line, column=column)

    def _is_known(self, message: str) -> bool:
        """Whether Chromium says of an attribute what is told already, or of one that is 0 but for rounding."""
        found = _ATTRIBUTE.match(message)
        if not found or not found[1]:
            return False
        negative = _NEGATIVE.search(message)
        if negative and float(negative[1]) > -0.01:
            return True
        return any(one["message"].startswith(f"{found[2]}: ") for one in self.warnings)

    def _own_frame(self, stack: Any) -> tuple[int, int] | None:
        while stack:
            for frame in stack.get("callFrames", ()):
                if frame.get("url") == ORIGIN + self.file:
                    return self.place(frame["lineNumber"] + 1, frame["columnNumber"] + 1)
            stack = stack.get("parent")
        return None

    def _keep(self, kept: list[dict[str, Any]], one: dict[str, Any]) -> None:
        if len(kept) < 20 and all(other["message"] != one["message"] for other in kept):
            kept.append(one)


def tidy(message: str) -> str:
    """A message without the address at which the page seems to lie."""
    message = message.replace(ORIGIN, "").removeprefix("Uncaught ").removeprefix("(in promise) ")
    return " ".join(message.split())


def described(thing: dict[str, Any]) -> str:
    """What the console shows of a value."""
    if "value" in thing:
        value = thing["value"]
        return value if isinstance(value, str) else json.dumps(value)
    preview = thing.get("preview")
    if preview:
        inner = ", ".join(f"{one['name']}: {one.get('value', '…')}" for one in preview.get("properties", ()))  # fmt: skip
        return "{" + inner + "}"
    return str(
        thing.get("description") or thing.get("unserializableValue") or thing.get("type", "")
    )


def hint_for(message: str, findings: Findings, evaluate: Callable[[str], Any]) -> str | None:
    """What would mend an error: a near name, the elements, the files that there are."""
    found = re.search(r"(\S+) is not defined$", message)
    if found:
        name = found[1]
        refused = [one["message"].lower() for one in findings.errors if one["message"].endswith(" cannot be reached")]  # fmt: skip
        if any(name.lower() in one for one in refused):
            return None  # it was to come from there
        if name in weblibraries.GLOBALS:
            package = weblibraries.GLOBALS[name]
            return f'load it first: <script src="https://cdn.jsdelivr.net/npm/{package}"></script>'
        words = set(re.findall(r"[A-Za-z_$][\w$]*", findings.source)) - {name}
        return near(name, [*weblibraries.GLOBALS, *words, *(evaluate(_GLOBALS_IN_PAGE) or ())])
    found = re.search(r"([\w$]+) is not a (?:function|constructor)$", message)
    if found:
        on_console = f"console.{found[1]}" in message
        names = ("log", "error", "warn", "info", "table", "debug")
        return near(found[1], names if on_console else evaluate(_NAMES_IN_PAGE) or ())
    if re.search(r"of (null|undefined)|Initialize failed: invalid dom|No DOM element with id|does not exist|acquire context|must provide a container", message, re.IGNORECASE):  # fmt: skip
        ids = evaluate('[...document.querySelectorAll("body [id]")].map((one) => one.id)') or []
        ids = [one for one in ids if isinstance(one, str) and one]
        if ids and "undefined" not in message:
            return f"the elements with an id are {', '.join('#' + one for one in ids[:12])}"
    if "is not a registered controller" in message:
        kinds = evaluate(_CHARTS) or ()
        return f"the types of chart are {', '.join(kinds)}" if kinds else None
    found = re.search(r"module '([^']+)' does not provide an export named '?([\w$]+)", message)
    if found:
        return near(found[2], weblibraries.exports(found[1]))
    found = re.search(r'Failed to resolve module specifier "([^"]+)"', message)
    if found:
        return weblibraries.hint("https://cdn.jsdelivr.net/npm/" + found[1])
    if "Cannot use import statement outside a module" in message:
        return 'write <script type="module">'
    listed = re.search(r'there is no [\w ]+ "([^"]+)": the \w+ are (.*)$', message)
    if listed:
        return near(listed[1], listed[2].split(", "))
    if "attribute transform: " in message:
        return "write translate(x,y) with both its brackets, and numbers in it"
    if "Unexpected end of input" in message:
        return "a bracket or a brace is not closed"
    return None


def near(name: str, names: Any) -> str | None:
    """A hint at a name that is spelt much the same."""
    cutoff = 0.6 if len(name) < 4 else 0.7
    words = [one for one in names if isinstance(one, str)]
    same = [one for one in words if one.lower() == name.lower() and one != name]
    close = same or difflib.get_close_matches(name, words, n=1, cutoff=cutoff)
    return f"did you mean {close[0]}?" if close and close[0] != name else None
