# pyright: basic
# Runs inside the sandbox.
"""What Graphviz complains of, as findings at the line where a person would look."""

from __future__ import annotations

import difflib
import re
from typing import Any

import common
import dot_hints
from dot_source import ATTRIBUTES, STYLES, VALUES, column_of, line_of, plain

_SYNTAX = re.compile(r"^Error: \S*: syntax error in line (\d+)(?: near '(.*)')?")
_QUOTE = re.compile(r"^Error: \S*: syntax error in line \d+ scanning a quoted string")
_HTML = re.compile(r"^Error: (?:\S*: syntax error in line \d+ scanning a HTML string|not well-formed|mismatched tag|Unknown HTML element|.*HTML)")  # fmt: skip
_OWNER = re.compile(r"^(?:Warning: |Error: )?\s*in label of (?:node|edge|graph|cell) (\S+)")
_CONTEXT = re.compile(r"^(?:\.\.\.|String starting:|in label|\s)")
_IGNORED = re.compile(r"^(?:Error: )?Layout was not done|^Warning: No or improper image=|^(?:Fontconfig|Pango)")  # fmt: skip
_NAMED = (
    re.compile(r"unknown shape (\S+)"),
    re.compile(r"^Warning: (\S+) is not a known color"),
    re.compile(r"Arrow type \"([^\"]+)\" unknown"),
    re.compile(r"unsupported style (\S+)"),
    re.compile(r"opening (\S+)$"),
    re.compile(r"Layout type: \"([^\"]+)\""),
    re.compile(r"bad label format (.+)$"),
    re.compile(r"node (\S+), port"),
    re.compile(r"Illegal value \"?([^\s\"]+)"),
    re.compile(r"lost (\S+)"),
)
_LIKE = {"thick": "bold", "hidden": "invis", "invisible": "invis", "none": "invis", "fill": "filled", "line": "solid", "dashdot": "dashed"}  # fmt: skip
"""Styles by the names that they have elsewhere."""
_SYNONYMS = {
    "background": "bgcolor", "backgroundcolor": "bgcolor", "background_color": "bgcolor", "bg": "bgcolor", "fill": "fillcolor",
    "fill_color": "fillcolor", "bordercolor": "color", "border_color": "color", "linecolor": "color", "strokecolor": "color",
    "stroke": "color", "border": "penwidth", "borderwidth": "penwidth", "linewidth": "penwidth", "strokewidth": "penwidth", "thickness": "penwidth",
    "textcolor": "fontcolor", "text_color": "fontcolor", "font_color": "fontcolor", "font": "fontname", "fontfamily": "fontname", "font_size": "fontsize",
    "textsize": "fontsize", "text": "label", "title": "label", "caption": "label", "direction": "rankdir", "orient": "rankdir", "linestyle": "style",
    "arrow": "arrowhead", "arrowstyle": "arrowhead", "arrow_size": "arrowsize", "rank_sep": "ranksep", "node_sep": "nodesep", "link": "URL",
}  # fmt: skip
"""What attributes are called elsewhere; Graphviz ignores these."""
_MOST = 8


def findings(complaints: str, source: str) -> list[dict[str, Any]]:
    """Errors first, then warnings, each of them once."""
    found: list[dict[str, Any]] = []
    lines = complaints.splitlines()
    for number, line in enumerate(lines):
        if _IGNORED.search(line) or _CONTEXT.match(line) or not line.startswith(("Error", "Warning")):  # fmt: skip
            continue
        one = _finding(line, lines[number + 1 : number + 3], source)
        if one not in found:
            found.append(one)
    found += [one for one in misspelt(source) if one not in found]
    return sorted(found, key=lambda one: one.get("severity") == "warning")[:_MOST]


def _finding(line: str, following: list[str], source: str) -> dict[str, Any]:
    if _QUOTE.match(line):
        start = dot_hints.turned(plain(source)) or line_of(source, max(plain(source).rfind('"'), 0))
        return common.find("a string is not closed", line=start, hint='add the closing "')
    syntax = _SYNTAX.match(line)
    if syntax:
        return dot_hints.syntax(int(syntax[1]), syntax[2] or "", source)
    message = re.sub(r"^(?:Error|Warning): (?:\S+: )?", "", line).strip()
    severity = "warning" if line.startswith("Warning") else None
    owner = next((match[1] for text in following if (match := _OWNER.match(text))), None)
    if owner:
        context = next((text.strip(" .") for text in following if text.startswith("...")), "")
        about = f": {context}" if context else ""
        line_number = _where(source, context) if context and _where(source, context) else _where(source, owner)  # fmt: skip
        return common.find(f"{message.split(' in line')[0]} in the label of {owner}{about}", line=line_number, severity=severity, hint="labels in < > are HTML: close every tag, and write & as &amp;")  # fmt: skip
    word = next((match[1] for pattern in _NAMED if (match := pattern.search(line))), None)
    close = difflib.get_close_matches(word, VALUES, n=1, cutoff=0.7) if word else []
    hint = f"did you mean {close[0]}?" if close and close[0] != word else None
    if "unsupported style" in line:
        return _style(message, re.sub(r".*unsupported style (.*?) - ignoring.*", r"\1", line), source, severity)  # fmt: skip
    number = re.search(r"badly delimited number '([^']*)' in line (\d+)", line)
    if number:
        return common.find(f"the number {number[1]} is read as two words", line=int(number[2]), hint="write a number without its unit, and a name that begins with a digit in double quotes", severity=severity)  # fmt: skip
    port = re.search(r"node (\S+), port (\S+) unrecognized", line)
    if port:
        return _port(message, port[1].rstrip(","), port[2], source, severity)
    if "bad label format" in line:
        hint = "in a record's label every { needs its }, and < > | are written \\< \\> \\|"
    return common.find(message, line=_where(source, word) if word else None, severity=severity, hint=hint)  # fmt: skip


def _port(message: str, node: str, port: str, source: str, severity: str | None) -> dict[str, Any]:
    """An edge to a part of a node that has none of that name, where the edge names it."""
    at = re.search(
        rf"(?<!\w)\"?{re.escape(node)}\"?\s*:\s*\"?{re.escape(port.split(':', maxsplit=1)[0])}(?!\w)",
        source,
    )
    ports = re.findall(r"<(\w+)>|\bPORT\s*=\s*\"?(\w+)", source, re.IGNORECASE)
    names = [one[0] or one[1] for one in ports]
    hint = common.meant(port.split(":", maxsplit=1)[0], names) if names else None
    hint = hint or (f"the ports are {', '.join(dict.fromkeys(names))}" if names else "give a part of its label a name: label=\"<a> one | <b> two\"")  # fmt: skip
    return common.find(message, line=line_of(source, at.start()) if at else _where(source, node), hint=hint, severity=severity)  # fmt: skip


def _style(message: str, style: str, source: str, severity: str | None) -> dict[str, Any]:
    """A style that does not exist, at the attribute that gives it."""
    at = re.search(rf"\bstyle\s*=\s*\"?[^\"\];\n]*?(?<!\w){re.escape(style)}(?!\w)", source)
    parts = style.split()
    if len(parts) > 1 and set(parts) <= set(STYLES):
        hint = f'a comma stands between styles: style="{",".join(parts)}"'
    else:
        close = _LIKE.get(style) or next(iter(difflib.get_close_matches(style, STYLES, n=1)), None)
        hint = f"did you mean {close}?" if close else f"the styles are {', '.join(STYLES)}"
    return common.find(message, line=line_of(source, at.start()) if at else _where(source, style), hint=hint, severity=severity)  # fmt: skip


def misspelt(source: str) -> list[dict[str, Any]]:
    """Attributes that Graphviz does not know, and would say nothing of."""
    bare = plain(source)
    found: list[dict[str, Any]] = []
    for match in re.finditer(r"(?<![\w\"])([A-Za-z_]\w*)\s*=", bare):
        name = match[1]
        close = [] if name in ATTRIBUTES else [_SYNONYMS[name.lower()]] if name.lower() in _SYNONYMS else difflib.get_close_matches(name, ATTRIBUTES, n=1, cutoff=0.75)  # fmt: skip
        if close:
            found.append(common.find(f"Graphviz knows no attribute '{name}'", line=line_of(source, match.start(1)), column=column_of(source, match.start(1)), severity="warning", hint=f"did you mean {close[0]}?"))  # fmt: skip
    return found


def _where(source: str, word: str) -> int | None:
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", source) or re.search(re.escape(word), source)  # fmt: skip
    return line_of(source, found.start()) if found else None
