# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What JavaScript's engines say of a program, told where a person would look, with a hint."""

from __future__ import annotations

import difflib
import re
from typing import Any

import brackets
import js_text

_SKIPPED = re.compile(
    r"//[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`|"
    r"(?<=[=(,:;!&|?\[])\s*/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*",
    re.DOTALL,
)
_KEYWORDS = ("const", "let", "var", "function", "async function", "class", "interface", "type", "enum", "import", "export", "return", "throw", "new", "await", "case", "if", "for", "while")  # fmt: skip
_OTHER = {"(": ")", "[": "]", "{": "}"}
_FORMER = {
    r"scale\.category\d+\w?": "d3.scaleOrdinal(d3.schemeTableau10)", r"scale\.(\w+)": "d3.scale{}",
    r"svg\.axis": "d3.axisBottom(scale) or d3.axisLeft(scale)", r"svg\.(\w+)\.radial": "d3.{}Radial", r"svg\.diagonal": "d3.linkVertical()",
    r"svg\.(line|arc|area|symbol)": "d3.{}", r"layout\.force": "d3.forceSimulation(nodes)", r"layout\.histogram": "d3.bin()",
    r"layout\.(pie|stack|tree|cluster|pack|partition|treemap|chord)": "d3.{}", r"geo\.(\w+)": "d3.geo{}", r"time\.format": "d3.timeFormat",
    r"time\.scale": "d3.scaleTime", r"behavior\.(\w+)": "d3.{}", r"nest": "d3.group(rows, d => d.key) or d3.rollup", r"mouse": "d3.pointer(event)",
    r"event": "the event as the first parameter of the listener", r"queue": "Promise.all([…])", r"map": "new Map(…)", r"set": "new Set(…)",
    r"keys": "Object.keys", r"values": "Object.values", r"entries": "Object.entries", r"voronoi": "d3.Delaunay.from(points)",
    r"scaleCategory\w*|schemeCategory20\w?": "d3.schemeTableau10", r"(?:request|xhr)": "d3.text", r"histogram": "d3.bin()", r"random\.(\w+)": "d3.random{}", r"svg\b": "d3.create(\"svg\")",
}  # fmt: skip
"""Names of d3 before its sixth version, and what stands for them."""
_PLACED = re.compile(r"Unexpected end of (?:input|file)|missing \) after|Unexpected token|Expected|Unexpected \"|Missing \}|Unexpected (?:identifier|string|number)")  # fmt: skip
_TYPED = re.compile(r"\b(?:const|let|var)\s+\w+\s*:\s*\w|^\s*(?:interface|type|enum)\s+\w+|\w\s*:\s*(?:number|string|boolean|any)\b|\bas\s+(?:any|unknown|number|string|boolean|const|[A-Z]\w+)\b")  # fmt: skip
_OTHERS_WORDS = {
    **dict.fromkeys(("int", "float", "double", "long", "short", "char", "bool", "boolean", "string", "String", "auto", "number", "Integer", "num", "dim", "Dim"), "let"),
    **dict.fromkeys(("def", "fn", "func", "fun", "sub"), "function"),
    **dict.fromkeys(("elif", "elsif", "elseif"), "else if"),
    **dict.fromkeys(("val", "final"), "const"), "foreach": "for (const … of …)",
}  # fmt: skip
"""Of other languages, before a name; and between two values."""
_OTHERS_SIGNS = {"and": "&&", "or": "||", "not": "!", "is": "===", "then": "{", "mod": "%", "div": "/"}  # fmt: skip
_MESSAGES = (
    (r"Assignment to constant|cannot be reassigned|Cannot assign to", "declare it with let"),
    (r"await is only valid", "write async before the function"),
    (r"^ReferenceError: (\$|jQuery) is not defined", "load it with a <script>, or use document.querySelector"),
    (r"is not valid JSON|Unexpected token .* in JSON|JSON\.parse", "the text is no JSON: read a table with d3.csv"),
    (r"Cannot use import statement outside", 'write <script type="module">'),
)  # fmt: skip


def scripts_alone(source: str) -> str:
    """A page with everything outside its scripts blanked out; places stay the same."""
    kept = re.compile(r"(<script\b[^>]*>)(.*?)(?=</script|\Z)", re.DOTALL | re.IGNORECASE)
    made = re.sub(r"[^\n]", " ", source)
    for found in kept.finditer(source):
        made = made[: found.start(2)] + found[2] + made[found.end(2) :]
    return made


def without_words(source: str) -> str:
    """A program with its comments and texts blanked out; places stay the same."""
    return _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)


def improved(one: dict[str, Any], source: str) -> dict[str, Any]:
    """A finding at a better place and with a hint, where the program shows them.

    Args:
        one: the finding.
        source: the program; of a page its scripts alone.
    """
    message = str(one["message"])
    lines = source.splitlines()
    line = one.get("line")
    text = lines[line - 1] if isinstance(line, int) and 0 < line <= len(lines) else ""
    better: dict[str, Any] = {}
    if "SyntaxError" in message or one.get("grammar"):
        better = _grammar(message, source, text, one)
    older = _former(message, text)
    if older:
        better = better or {"hint": older}
    if not better:
        better = _named(message, source) or _undefined(message, source, text)
    made = {name: value for name, value in one.items() if name != "grammar"} | better
    if "hint" not in made:
        hint = next((hint for pattern, hint in _MESSAGES if re.search(pattern, message)), None)
        made |= {"hint": hint} if hint else {}
    if made.get("line") is None and "JSON" in message:
        places = [number for number, each in enumerate(lines, 1) if re.search(r"\.json\(|JSON\.parse", each)]  # fmt: skip
        made |= {"line": places[0]} if len(places) == 1 else {}
    return made


def _grammar(message: str, source: str, text: str, one: dict[str, Any]) -> dict[str, Any]:
    bare = _SKIPPED.sub("", text)
    if re.search("[“”‘’]", bare):
        return {"hint": "write straight quotes"}
    if text.lstrip().startswith("<") and "'<'" in message:
        return {"hint": "write the program alone, without HTML around it"}
    if re.search(r"for\s*\([^;()]*\)", text) and ";" not in text.partition(")")[0]:
        return {"hint": "the three parts of a for stand between ;"}
    quote = re.search(r"['\"`]", bare)
    if quote and ("nvalid or unexpected token" in message or "nterminated" in message or "template" in message):  # fmt: skip
        return {"hint": f"a quote is never closed: add the closing {quote[0]}", "column": text.rfind(quote[0]) + 1}  # fmt: skip
    if "template" in message or "nterminated" in message:
        return {"hint": "add the closing `, or the } of ${…}"}
    if "SyntaxError" in message and _TYPED.search(bare):
        return {"hint": "this is TypeScript: leave the types out"}
    if not _PLACED.search(message):
        return {}
    arrow = _arrow(source, one)
    if arrow:
        return arrow
    open_template = _template(source, one)
    if open_template:
        return open_template
    bracket = brackets.unmatched(source, _SKIPPED)
    if bracket is not None:
        line, column = brackets.place(source, bracket.offset)
        hint = f"add its {_OTHER[bracket.sign]}" if bracket.opens else f"leave out this {bracket.sign}"  # fmt: skip
        return {"message": f"SyntaxError: {brackets.said_of(bracket)}", "line": line, "column": column, "hint": hint}  # fmt: skip
    return _comma(message, source, one)


def _template(source: str, one: dict[str, Any]) -> dict[str, Any]:
    """A template that was to end on its line: the ` that begins the next one ends it."""
    lines = source.splitlines(keepends=True)
    line = one.get("line")
    if not isinstance(line, int) or not 0 < line <= len(lines):
        return {}
    start = sum(map(len, lines[: line - 1]))
    at = start + (one.get("column") or 1) - 1
    before = [each for each in js_text.read(source).templates if start < each[1] <= at + 1]
    if not before or before[-1][0] >= start:
        return {}
    opened, column = brackets.place(source, before[-1][0])
    if lines[opened - 1].count("`") % 2 == 0:
        return {}
    return {"message": "SyntaxError: the template that begins here is never closed", "line": opened, "column": column, "hint": "add the closing ` where it ends"}  # fmt: skip


def _arrow(source: str, one: dict[str, Any]) -> dict[str, Any]:
    """The arrow of another language, as in ``x -> 2 * x`` or ``function f(x) -> number``."""
    lines, line, column = source.splitlines(), one.get("line"), one.get("column") or 1
    if not isinstance(line, int) or not 0 < line <= len(lines):
        return {}
    if "->" not in (lines[line - 1][column - 1 : column + 1], lines[line - 1][max(0, column - 2) : column]):  # fmt: skip
        return {}
    is_result = re.search(r"\bfunction\b[^{]*\)\s*->?$", lines[line - 1][:column])
    return {"hint": "write : in place of -> before a type" if is_result else "write => in place of ->"}  # fmt: skip


def _others(message: str, before: str) -> str | None:
    """The hint at a word of another language."""
    met = re.search(r"Unexpected identifier '(\w+)'|but found \"(\w+)\"", message)
    word = (met[1] or met[2]) if met else ""
    if word in _OTHERS_SIGNS:
        return f"write {_OTHERS_SIGNS[word]} in place of {word}"
    last = re.search(r"(?<![\w$.])([A-Za-z]+)$", before)
    if met and last and last[1] in _OTHERS_WORDS:
        return f"write {_OTHERS_WORDS[last[1]]} in place of {last[1]}"
    return None


def _comma(message: str, source: str, one: dict[str, Any]) -> dict[str, Any]:
    """A comma that is missing before what was met, or a misspelt word before it."""
    if not re.search(r"Unexpected (?:identifier|string|number|token '\{')|Expected \"[\])},;]\" but found", message):  # fmt: skip
        return {}
    lines = source.splitlines()
    line, column = one.get("line"), one.get("column") or 1
    if not isinstance(line, int) or line > len(lines):
        return {}
    before = lines[line - 1][: column - 1].strip()
    other = _others(message, before)
    if other:
        return {"hint": other}
    close = difflib.get_close_matches(before, _KEYWORDS, n=1, cutoff=0.75)
    if close and close[0] != before:
        return {"hint": f"did you mean {close[0]}?", "column": lines[line - 1].find(before) + 1}
    hint = "a comma is missing here, or an operator"
    if before or line < 2:
        return {"hint": hint}
    above = lines[line - 2].rstrip()
    if above.endswith((",", ";", "{", "(", "[")) or not above.strip():
        return {}
    return {"line": line - 1, "column": len(above) + 1, "hint": hint}


def _named(message: str, source: str) -> dict[str, Any]:
    """The line of a word that a library does not know."""
    found = re.search(r"\"([^\"]+)\" is not a registered|there is no [\w ]+ \"([^\"]+)\"|module specifier \"([^\"]+)\"", message)  # fmt: skip
    word = next((one for one in found.groups() if one), "") if found else ""
    at = re.search(rf"['\"`]{re.escape(word)}['\"`]", source) if word else None
    if at is None:
        return {}
    line, column = brackets.place(source, at.start())
    return {"line": line, "column": column}


def _former(message: str, text: str) -> str | None:
    """The hint at what d3 called otherwise before."""
    if not re.search(r"is not a function|of undefined|is not a constructor", message):
        return None
    for name, instead in _FORMER.items():
        found = re.search(rf"\bd3\.{name}(?![\w$])", text)
        if found:
            word = found[1] if found.groups() else ""
            if not instead.startswith("d3.{}"):
                word = word[:1].upper() + word[1:]
            return f"in d3 7 write {instead.format(word)}"
    return None


def _undefined(message: str, source: str, text: str) -> dict[str, Any]:
    """What was undefined or null, in the program's own words; a promise that is not awaited."""
    read = re.search(r"Cannot (?:read|set) properties of (undefined|null) \((?:reading|setting) '([^']+)'\)", message)  # fmt: skip
    if read:
        holder = re.search(rf"([\w$][\w$.]*(?:\[[^\]]*\]|\([^()]*\))*)!?\s*\.\s*{re.escape(read[2])}\b", text)  # fmt: skip
        if holder:
            return {"hint": f"{holder[1]} is {read[1]} here"} if read[1] == "undefined" else {}
        missing = [axis for axis in ("xAxis", "yAxis") if axis not in source]
        if "setOption" in source and len(missing) == 1:
            return {"hint": f"give the chart a {missing[0]} too"}
        return {}
    called = re.search(r"([\w$]+)\.[\w$]+ is not a function", message)
    if called:
        promised = re.search(rf"\b{re.escape(called[1])}\s*=\s*((?:d3\.\w+|fetch))\(", source)
        if promised and promised[1] in ("fetch", "d3.csv", "d3.json", "d3.tsv", "d3.text", "d3.dsv"):  # fmt: skip
            return {"hint": f"write await before {promised[1]}(…)"}
    return {}
