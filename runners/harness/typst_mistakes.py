# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What in a Typst document is another language's, and what cetz passes over without a word."""

from __future__ import annotations

import difflib
import re
from typing import Any

import brackets
import common

SKIPPED = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_SHAPES = common.words("line rect circle arc bezier content grid hobby catmull merge-path polygon mark")  # fmt: skip
_STYLE = common.words("fill fill-rule stroke mark name anchor radius shorten")
_KNOWN = {
    "line": (*_STYLE, "close"), "circle": _STYLE, "rect": _STYLE, "polygon": (*_STYLE, "angle"), "mark": (*_STYLE, "symbol", "scale", "length", "width", "inset", "sep", "pos", "offset", "start", "end", "xy-up", "z-up", "slant", "harpoon", "flip", "reverse", "flex", "position-samples", "shorten-to", "transform-shape"),
    "arc": (*_STYLE, "start", "stop", "delta", "mode", "update-position"), "bezier": _STYLE, "catmull": (*_STYLE, "close", "tension"), "hobby": (*_STYLE, "close", "tension", "omega", "ta", "tb", "rho"),
    "grid": (*_STYLE, "step", "help-lines", "shift"), "content": (*_STYLE, "angle", "padding", "frame", "auto-scale", "wrap"), "merge-path": (*_STYLE, "close", "join", "ignore-marks", "ignore-hidden"),
}  # fmt: skip
"""What cetz's functions take by name; they keep every other name as a style that nothing asks for."""
_MEANT = {
    "r": "radius", "rad": "radius", "diameter": "radius", "corner-radius": "radius", "border-radius": "radius", "rounded": "radius",
    "arrow": 'mark: (end: ">")', "arrows": 'mark: (end: ">")', "arrow-end": 'mark: (end: ">")', "marker": 'mark: (end: ">")', "head": 'mark: (end: ">")', "end": 'mark: (end: ">")',
    "color": "stroke or fill", "colour": "stroke or fill", "fill-color": "fill", "background": "fill", "bg": "fill", "stroke-color": "stroke", "border": "stroke", "paint": "stroke", "outline": "stroke",
    "thickness": "stroke: 2pt", "stroke-width": "stroke: 2pt", "line-width": "stroke: 2pt", "linewidth": "stroke: 2pt", "dash": 'stroke: (dash: "dashed")', "dashed": 'stroke: (dash: "dashed")', "dotted": 'stroke: (dash: "dotted")', "style": 'stroke: (dash: "dashed")', "opacity": "fill: red.transparentize(50%)",
    "label": "content((x, y), [text])", "text": "content((x, y), [text])", "closed": "close", "rotate": "angle", "rotation": "angle", "align": "anchor", "id": "name", "size": "text(size: 12pt)[…] within it",
}  # fmt: skip
_TYPST_MEANT = {
    "color": "fill, or stroke", "colour": "fill, or stroke", "background": "fill", "background-color": "fill", "bgcolor": "fill", "bg": "fill", "border": "stroke", "thickness": "stroke: 2pt", "stroke-width": "stroke: 2pt",
    "border-radius": "radius", "corner-radius": "radius", "font-size": "size", "font-weight": "weight", "font-family": "font", "padding": "inset", "margin": "outset", "text-align": "align", "gap": "gutter", "cols": "columns", "ncols": "columns", "nrows": "rows", "r": "radius", "header-rows": "table.header(…)",
    "dash": 'stroke: (dash: "dashed")', "arrow": "draw it by cetz: mark: (end: \">\")", "bold": 'weight: "bold"', "italic": 'style: "italic"', "spacing": "gutter", "cell-padding": "inset",
}  # fmt: skip
_COLOURS = common.words("black gray silver white navy blue aqua teal eastern purple fuchsia maroon red orange yellow olive green lime")  # fmt: skip
_CSS = {"pink": "#ffc0cb", "brown": "#a52a2a", "gold": "#ffd700", "cyan": "#00ffff", "magenta": "#ff00ff", "violet": "#ee82ee", "indigo": "#4b0082", "crimson": "#dc143c", "coral": "#ff7f50", "salmon": "#fa8072", "turquoise": "#40e0d0", "skyblue": "#87ceeb", "steelblue": "#4682b4", "tomato": "#ff6347", "khaki": "#f0e68c", "beige": "#f5f5dc", "tan": "#d2b48c", "orchid": "#da70d6", "grey": "#808080", "royalblue": "#4169e1", "firebrick": "#b22222", "plum": "#dda0dd", "slateblue": "#6a5acd", "chocolate": "#d2691e", "lavender": "#e6e6fa", "dodgerblue": "#1e90ff", "forestgreen": "#228b22", "seagreen": "#2e8b57", "hotpink": "#ff69b4", "darkorange": "#ff8c00"}  # fmt: skip
_CALC = common.words("sin cos tan asin acos atan sqrt abs pow exp ln log floor ceil round min max pi e rem mod quo fact root norm")  # fmt: skip
_OPERATORS = (
    (r"\*\*", "a power is written calc.pow(x, 2): ** is no operator"),
    (r"\w\s*\^\s*[\w(]", "a power is written calc.pow(x, 2) in code"),
    (r"&&|\|\|", "and, or and not are written as words"),
    (r"(?<![\w=])!(?!=)", "and, or and not are written as words"),
    (r"\w\s*%\s*[\w(]", "the rest of a division is calc.rem(a, b)"),
    (r"\+\+|--", "write i += 1"),
    (r"\?.*:", "write if … { … } else { … }"),
    (r"\belif\b|\belseif\b", "write else if"),
    (r"\bfunction\b|\bdef\b|\blambda\b", "a function is written let f(x) = …, or x => …"),
    (r"\bfor\s*\(", "a loop is written for x in range(5) { … }"),
    (r"f\"", "texts are joined by +: \"n = \" + str(n)"),
)  # fmt: skip
_ASSIGNS = re.compile(r"(?<![\w.-])(?:rect|circle|line|square|ellipse|polygon|box|block|text|table|grid|stack|place|align|arc|content|bezier|figure|image|curve|path|cell|rotate|scale|pad|plot\.add|canvas|diagram)\((?:[^()\[\]$\n\"]|\([^()\n]*\)|\"[^\"\n]*\")*?(?<=[(,\s])(?P<name>[a-z][a-z-]*)\s*=\s*(?=[^=\s>])")  # fmt: skip
_WITHOUT_HASH = re.compile(r"^(?P<word>(?:cetz\.)?canvas\(|lq\.diagram\(|fletcher\.diagram\(|set [a-z.]+\(|let [a-z][\w-]*(?:\([^)\n]*\))? = |import \"|show [a-z.]+: |(?:rect|circle|table|grid|align|figure|polygon|stack|place|image|box|block)\((?:$|[a-z-]+:))", re.MULTILINE)  # fmt: skip


def without_hash(source: str) -> dict[str, Any] | None:
    """What is meant as code but stands in the text, for no # begins it."""
    text = brackets_blanked(source)
    for found in _WITHOUT_HASH.finditer(text):
        if not text[: found.start()].rstrip().endswith((",", "(", "{", "[", "+", "=", "=>")):
            word = found["word"].rstrip("(= ").removesuffix(":")
            return {"message": f"{word} stands here as text", "line": source.count("\n", 0, found.start()) + 1, "column": 1, "hint": f"code begins with #: write #{found['word'].strip()}"}  # fmt: skip
    return None


def brackets_blanked(source: str) -> str:
    """The document outside of all brackets, which stay with their lines; an open one counts as text."""
    bare = SKIPPED.sub(lambda found: found[0] if found[0][0] == '"' else re.sub(r"[^\n]", " ", found[0]), source)  # fmt: skip
    bare = re.sub(r"`[^`]*`|\$[^$]*\$", lambda found: re.sub(r"[^\n]", " ", found[0]), bare)
    out: list[str] = []
    stack: list[int] = []
    for at, letter in enumerate(bare):
        if letter in ")]}" and stack:
            begins = stack.pop()
            if not stack:
                out[begins + 1 :] = re.sub(r"[^\n]", " ", "".join(out[begins + 1 :]))
        if letter in "([{":
            stack.append(at)
        out.append(letter)
    return "".join(out)


def assigned(source: str) -> tuple[int, int, str] | None:
    """Line, column and name of an argument that is given by = in place of a colon."""
    for number, row in enumerate(source.split("\n"), 1):
        found = _ASSIGNS.search(re.sub(r"//.*", "", row))
        if found:
            return number, found.start("name") + 1, found["name"]
    return None


def surplus(source: str) -> tuple[int, int, str] | None:
    """A closing bracket too many: the first that closes something outside of the block it stands in."""
    bracket = brackets.unmatched(source, SKIPPED)
    if bracket is None or bracket.opens:
        return None
    stack: list[int] = []
    signs = re.compile(f"(?P<skipped>{SKIPPED.pattern})|[()\\[\\]{{}}]", SKIPPED.flags)
    for found in signs.finditer(source):
        if found["skipped"] is not None:
            continue
        if found[0] in "([{":
            stack.append(found.start())
        elif stack:
            opened = stack.pop()
            if _indent(source, opened) < _indent(source, found.start()) and source.count("\n", opened, found.start()):  # fmt: skip
                return *brackets.place(source, found.start()), found[0]
    return *brackets.place(source, bracket.offset), bracket.sign


def _indent(source: str, offset: int) -> int:
    line = source[source.rfind("\n", 0, offset) + 1 :]
    return len(line) - len(line.lstrip(" \t"))


def hint(message: str, row: str, column: int | None, source: str) -> str | None:
    """What to write instead, where another language's way is what went wrong.

    Args:
        message: of Typst.
        row: the line of the document that it names.
        column: in that line.
        source: the document.
    """
    rest = row[max(0, (column or 1) - 4) :]
    if re.search(r"^expected|unexpected|not valid|unknown variable: (?:function|def|elif|lambda|f)$", message):  # fmt: skip
        for pattern, told in _OPERATORS:
            if re.search(pattern, re.sub(r"\"[^\"]*\"", '""', rest if message.startswith("expected exp") else row)):  # fmt: skip
                return told
    given = re.search(r"unknown variable: ([\w-]+)", message)
    if given and re.search(rf"(?:^|[(,])\s*{re.escape(given[1])}\s*=[^=>]", row) and not re.search(r"\blet\b", row):  # fmt: skip
        return f"an argument is written with a colon: {given[1]}: …"
    reckoned = re.search(r"\bmath\.(\w+)", row)
    if reckoned and reckoned[1] in _CALC:
        return f"numbers are reckoned by calc: calc.{reckoned[1]}"
    if "cannot add" in message and "string" in message:
        return "str(n) makes a number a text"
    if "cetz" in source and re.search(r"does not contain `(plot|chart|smartart)`", message):
        return 'it is in a package of its own: #import "@preview/cetz-plot:0.1.3"; without it draw the curve by line(..points)'
    if re.search(r"unexpected argument$", message) and re.search(r"\brange\(", row):
        return "range takes its step by name: range(0, 360, step: 30)"
    if "@preview/cetz" in source and re.search(r"unexpected argument$|expected content, found array|missing argument|expected (?:length|relative|angle|array|str|none)", message):  # fmt: skip
        drawn = "cetz.draw" in source or re.search(r"\bdraw\s*[:.]", source)
        if not drawn and re.search(rf"\b(?:{'|'.join(_SHAPES)})\s*\(", row):
            return "write import cetz.draw: * at the beginning of the canvas"
        if drawn and re.search(r"\btext\s*\(\s*\(", row):
            return "in a drawing, words are set by content((x, y), [text])"
        if drawn and re.search(r"\bplace\s*\(|\bpolygon\s*\(\s*\(|\bpath\s*\(|\bellipse\s*\(|\bsquare\s*\(", row):  # fmt: skip
            return "cetz draws by line, rect, circle, arc, bezier and content; a polygon is line(…, close: true)"
    return None


def colour(name: str) -> str | None:
    """How a colour is told that other places have a name for."""
    shade = re.fullmatch(r"(light|dark|pale|deep)-?(\w+)", name)
    base = {"grey": "gray", "cyan": "aqua", "pink": "fuchsia"}.get(shade[2], shade[2]) if shade else ""  # fmt: skip
    if shade and base in _COLOURS:
        return f"write {base}.{'lighten' if shade[1] in ('light', 'pale') else 'darken'}(50%)"
    if name in _CSS:
        return f'write rgb("{_CSS[name]}")'
    return None


def variable(name: str) -> str | None:
    """What mends a name that is none of Typst's."""
    if name in _CALC:
        return f"it is called calc.{name}"
    minus = re.fullmatch(r"(\w+)-(\w+)", name)
    if minus and (minus[2].isdigit() or len(minus[1]) == 1):
        return f"blanks stand around a minus: {minus[1]} - {minus[2]}"
    others = {"True": "true", "False": "false", "None": "none", "null": "none", "len": "array.len()", "print": "repr(…)", "math": "calc", "Math": "calc", "i++": "i += 1", "np": "calc", "abs": "calc.abs"}  # fmt: skip
    return f"did you mean {others[name]}?" if name in others else colour(name)


def argument(name: str) -> str | None:
    """What an argument is called in Typst."""
    return f"it is told by {_TYPST_MEANT[name]}" if name in _TYPST_MEANT else None


def warnings(source: str) -> list[dict[str, Any]]:
    """What is drawn otherwise than the document says, though Typst took it."""
    found: list[dict[str, Any]] = []
    plain = without_hash(source)
    if plain:
        found.append({**plain, "severity": "warning"})
    equals = assigned(source)
    if equals:
        line, column, name = equals
        found.append(common.find(f"{name} = … gives no argument", line=line, column=column, hint=f"write {name}: with a colon", severity="warning"))  # fmt: skip
    if re.search(r"@preview/cetz:|\bcetz\b", source) and re.search(r"\bdraw\s*:\s*\*|\bdraw\.", source):  # fmt: skip
        found += _passed_over(source)
    return found[:3]


def _passed_over(source: str) -> list[dict[str, Any]]:
    """Arguments of cetz's functions that it takes and does nothing with."""
    text = SKIPPED.sub(lambda found: re.sub(r"[^\n]", "_", found[0]), source)
    own = set(re.findall(r"\blet\s+([\w-]+)\s*\(", text))
    found: list[dict[str, Any]] = []
    for call in re.finditer(rf"(?<![\w.#-])(?:draw\.|cetz\.draw\.)?({'|'.join(_SHAPES)})\(", text):
        shape = call[1]
        if shape in own:
            continue
        for name, at in _named_arguments(text, call.end()):
            known = _KNOWN[shape]
            if name in known:
                continue
            meant = _MEANT.get(name) or next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.75)), None)  # fmt: skip
            if meant:
                line, column = brackets.place(source, at)
                found.append(common.find(f"{shape} knows no {name}: it is passed over", line=line, column=column, hint=f"did you mean {meant}?", severity="warning"))  # fmt: skip
    return found


def _named_arguments(text: str, start: int) -> list[tuple[str, int]]:
    """The names of the arguments of a call that begins at `start`, and where they stand."""
    depth = 0
    names: list[tuple[str, int]] = []
    begins = True
    at = start
    while at < len(text) and depth >= 0:
        letter = text[at]
        word = re.compile(r"\s*([a-z][a-z-]*)\s*:(?!\w)").match(text, at) if begins and depth == 0 else None  # fmt: skip
        if word:
            names.append((word[1], word.start(1)))
            at = word.end()
            begins = False
            continue
        depth += 1 if letter in "([{" else -1 if letter in ")]}" else 0
        begins = (letter == "," and depth == 0) or (begins and letter.isspace())
        at += 1
    return names
