# pyright: basic
# Runs inside the sandbox.
"""What a TeX log says is wrong: the line where a person would look, and what would mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import common
import tex_checks
import tex_places
from tex_words import (
    ARROWS,
    CHOICES,
    COLORMAPS,
    COLOURS,
    COMMANDS,
    DEBIAN,
    ENVIRONMENTS,
    HINTS,
    KEYS,
    LIBRARIES,
    PLOT_LIBRARIES,
)

_ERROR = re.compile(r"^(?P<file>[^\s:()]+\.\w+):(?P<line>\d+): (?P<said>.*)$|^! (?P<fatal>.*)$", re.MULTILINE)  # fmt: skip
_AT = re.compile(r"^l\.(\d+) ?(.*)$", re.MULTILINE)
_NOISE = re.compile(r"==> Fatal error|^Emergency stop|^\s*$")
_MOST = 4
_LONGEST = 300


def findings(log: str, source: str) -> list[dict[str, Any]]:
    """The errors of the log, the first one first.

    Args:
        log: of TeX, with ``-file-line-error``.
        source: the user's program.
    """
    found: list[dict[str, Any]] = []
    for match in _ERROR.finditer(log):
        said = match["said"] or match["fatal"] or ""
        rest = log[match.end() : match.end() + 3000]
        if _NOISE.search(said):
            continue
        before = log[max(0, match.start() - 600) : match.start()]
        found.append(_finding(said, rest, before, match["file"], match["line"], source))
    if not found and re.search(r"Emergency stop\.\n<\*>|no legal \\end found", log):
        line = source.rstrip().count("\n") + 1
        found.append({"message": "the document does not end", "line": line, "hint": "\\end{document} is missing" if "\\end{document}" not in source else "an \\if or a brace before \\end{document} is not ended"})  # fmt: skip
    kept = [{name: value for name, value in one.items() if value is not None} for one in found]
    return kept[:_MOST]


def warnings(log: str, source: str) -> list[dict[str, Any]]:
    """What a picture shows wrongly though it was drawn: missing letters, references, curves, pages."""
    found: dict[str, dict[str, Any]] = {}
    for letter in re.findall(r"^Missing character: There is no (\S+) (?:\(U\+\w+\) )?in font (?!nullfont)", log, re.MULTILINE):  # fmt: skip
        found.setdefault(letter, {"message": f"the font has no {letter}: it is left out of the picture", "severity": "warning"})  # fmt: skip
    for name, line in re.findall(r"^LaTeX Warning: (?:Reference|Citation) `([^']+)' on page \d+ undefined on input line (\d+)", log, re.MULTILINE):  # fmt: skip
        found[name] = {"message": f"there is no label {name}: the picture shows ??", "line": int(line), "severity": "warning"}  # fmt: skip
    for unplotted in re.finditer(r"Plot data file `\S+\.table' not found", log):
        # TeX breaks its lines where they are full.
        line = re.search(r"on input line (\d+)", log[unplotted.end() : unplotted.end() + 60].replace("\n", ""))  # fmt: skip
        found.setdefault("function", {"message": "plot function needs gnuplot, which TeX may not call here: the curve is left out", "severity": "warning", "hint": r"write an expression, as in plot (\x,{sin(\x r)})", **({"line": int(line[1])} if line else {})})  # fmt: skip
    pages = re.search(r"^Output written on program\.pdf \((\d+) pages", log, re.MULTILINE)
    beyond = common.beyond(int(pages[1])) if pages else []
    return [*tex_checks.warnings(source, log), *[*found.values()][:_MOST], *beyond]


def _finding(said: str, rest: str, before: str, file: str | None, at: str | None, source: str) -> dict[str, Any]:  # fmt: skip
    """One error: message, line, column and hint."""
    message = _whole(said, rest)
    line = int(at) if at and file and Path(file).name == "program.tex" else None
    place = _AT.search(rest)
    if line is None and file and Path(file).name not in ("program.tex", "program.aux"):
        if Path(file).is_absolute():
            line = _line_of(Path(file).stem, source)
        else:
            message = f"{Path(file).name}, line {at}: {message}"
            line = _line_of(Path(file).stem, source)
    elif line is None and place:
        line = int(place[1])
    # After \end{document} is missing, or an argument never ends, the last line is told.
    line = min(line, source.count("\n") + 1) if line else None
    told = _told(message, rest, before, line, source)
    return {"message": told[0][:_LONGEST], "line": told[1], "column": _column(told, source), "hint": told[2]}  # fmt: skip


def _column(told: tuple[str, int | None, str | None], source: str) -> int | None:
    name = re.search(r"undefined control sequence (\\\S+)", told[0])
    lines = source.split("\n")
    if not name or not told[1] or told[1] > len(lines):
        return None
    place = lines[told[1] - 1].find(name[1])
    return place + 1 if place >= 0 else None


def _whole(said: str, rest: str) -> str:
    """A message with the indented lines in which it goes on, without TeX's decorations."""
    parts = [said]
    if re.match(r"(LaTeX|Package|Class|pdfTeX|Module)\b.* [Ee]rror", said):
        for line in rest.lstrip("\n").split("\n"):
            if not re.match(r"\s+\S|\([\w-]+\)\s", line) or re.match(r"\s+\.\.\.|Type ", line):
                break
            parts.append(re.sub(r"^\([\w-]+\)", "", line).strip())
    message = " ".join(" ".join(parts).split())
    message = re.split(r"\s*See the \S+ (?:package|class|manual)|\s*Type\s+H <return>", message)[0]
    message = re.sub(r"^LaTeX Error: ", "", message)
    return re.sub(r"^(?:Package|Class) ([\w-]+(?: \w+)?) Error: ", r"\1: ", message).rstrip(". ")


def _told(message: str, rest: str, before: str, line: int | None, source: str) -> tuple[str, int | None, str | None]:  # fmt: skip
    """Message, line and hint."""
    if "Undefined control sequence" in message:
        return _unknown_command(rest, line, source)
    missing = re.search(r"File `([^']+?)(\.\w+)?' not found|(?:can't|cannot|could not) (?:find|open|read)(?: \w+)* [`']([^']+?)(\.\w+)?'", message, re.IGNORECASE)  # fmt: skip
    if missing:
        return _missing_file(missing[1] or missing[3], missing[2] or missing[4] or "", line, source)
    if re.search(r"Extra \}|forgotten|ended by|Too many|Missing \\(end|right)|Lonely", message):
        open_one = _unclosed(source)
        if open_one:
            name, began, ends, ended = open_one
            if ends and _near(ends, [name], 0.6):
                return f"\\end{{{ends}}} ends nothing: {name} is still open", ended, f"write \\end{{{name}}}"  # fmt: skip
            mends = f"add \\end{{{name}}}" if not ends else f"end it with \\end{{{name}}}, not \\end{{{ends}}}"  # fmt: skip
            return f"{name} begins here and is not ended", began, mends
    environment = re.search(r"Environment (\S+) undefined", message)
    if environment:
        return f"there is no environment {environment[1]}", line, _environment_hint(environment[1], source)  # fmt: skip
    key = re.search(r"I do not know the key '([^']+)'", message)
    if key:
        return _unknown_key(key[1], message, line, source)
    shape = re.search(r"Unknown shape ``([^.']+)", message)
    if shape:
        return _unknown_key(shape[1], message, line, source)
    line = tex_places.sharper(message, line, source)
    choice = re.search(r"Choice '([^']*)' unknown in choice key '([^']*)'", message)
    if choice:
        known = CHOICES.get(choice[2].rsplit("/", 1)[-1].strip(), ())
        meant = _near(choice[1], known, 0.5)
        return message, line, f"did you mean {meant}?" if meant else (f"it is one of {', '.join(known)}" if known else None)  # fmt: skip
    if re.search(r"(?:scanning use of|ended before) \\pgf", message):
        loop = next(iter(tex_checks.loops(re.sub(r"(?<!\\)%[^\n]*", "", source))), None)
        if loop and "pgffor" in message:
            return str(loop["message"]), loop["line"], str(loop["hint"])
        point = re.search(r"\(\s*-?[\d.]+\s+-?[\d.]+\s*\)", source)
        if point:
            return f"{point[0]} is no coordinate", source.count("\n", 0, point.start()) + 1, "a comma stands between the two numbers: (3,4)"  # fmt: skip
    if "Missing \\begin{document}" in message and not re.search(r"\\begin\s*\{document\}", source):
        begins = re.search(r"^[ \t]*\\(?:begin\s*\{|tikz\b|draw\b|node\b|section)", source, re.MULTILINE)  # fmt: skip
        line = source.count("\n", 0, begins.start()) + 1 if begins else line
        return message, line, "write \\begin{document} before what is to be seen"
    hexadecimal = re.search(r"(?<!\\)#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b", source)
    if hexadecimal and re.search(r"Illegal parameter number|parameter character #|color", message):
        number = source.count("\n", 0, hexadecimal.start()) + 1
        colour = hexadecimal[1] if len(hexadecimal[1]) == 6 else "".join(2 * one for one in hexadecimal[1])  # fmt: skip
        return message, number, f"a colour is not written with #: \\definecolor{{mine}}{{HTML}}{{{colour.upper()}}}, then mine"  # fmt: skip
    near = _nearest_value(message, source)
    if near:
        return message, near[0] or line, near[1]
    if "decoration" in message and line:
        name = next((one for one in LIBRARIES if "decorations." in LIBRARIES[one] and re.search(rf"\b{one}\b", source.split("\n")[line - 1])), None)  # fmt: skip
        return message, line, f"load \\usetikzlibrary{{{LIBRARIES[name] if name else 'decorations.pathmorphing'}}}"  # fmt: skip
    if re.search(r"File ended while scanning|Paragraph ended before|Runaway", message):
        opened, brace = _unclosed(source), _open_brace(source)
        if opened and not brace:
            return f"{opened[0]} begins here and is not ended", opened[1], f"add \\end{{{opened[0]}}}"  # fmt: skip
        line = brace or _runaway(before, source) or line
    return message, line, _hint(message, rest, source)


def _hint(message: str, rest: str, source: str) -> str | None:
    around = f"{message} {rest[:300]}"
    matrix = re.search(r"\\begin\{(cases|[pbvBV]?matrix)\}|\\(p?matrix|cases)\b", source)
    if matrix and not _loads(source, "amsmath") and re.search(r"alignment|Missing|Extra", message):
        return "add \\usepackage{amsmath}"
    alone = re.search(r"\\documentclass(?:\[([^]]*)\])?\{standalone\}", source)
    block = re.search(r"\\begin\{(figure|table)\*?\}|\\begin\{(align|gather|equation|multline|itemize|enumerate|center)\*?\}|(\\\[)", source)  # fmt: skip
    if alone and block and "varwidth" not in (alone[1] or "") and re.search(r"Missing \$|missing \\item|par mode|display|math|Missing \\endgroup|eqnum", message):  # fmt: skip
        if block[1]:
            return f"standalone holds no {block[1]}: leave out {block[1]} and \\caption"
        return "standalone sets one line: write \\documentclass[border=4pt,varwidth]{standalone}"
    if "Missing $ inserted" in message:
        if re.search(r"\\begin\{(equation|align|gather|displaymath)\*?\}|\\\[", source) and re.search(r"^l\.\d+ *$|\\par", rest[:400], re.MULTILINE):  # fmt: skip
            return "no empty line inside of a formula"
        return "put mathematics between $ signs; write _ and ^ in text as \\_ and \\^{}"
    return next((hint for pattern, hint in HINTS if pattern.search(around)), None)


def _loads(source: str, package: str) -> bool:
    return bool(re.search(rf"\\(?:usepackage|RequirePackage)\s*(?:\[[^]]*\])?\s*\{{[^}}]*\b{re.escape(package)}\b", source))  # fmt: skip


def _near(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    found = difflib.get_close_matches(word, [one for one in known if one != word], n=1, cutoff=cutoff)  # fmt: skip
    return found[0] if found else None


def _unknown_command(rest: str, line: int | None, source: str) -> tuple[str, int | None, str | None]:  # fmt: skip
    """The command is the last one of the first line that follows."""
    shown = next((one for one in rest.split("\n") if one.strip()), "")
    names = re.findall(r"\\([A-Za-z@]+|.)", shown)
    if not names:
        return "undefined control sequence", line, None
    name = names[-1]
    if name in ("begin", "end"):
        return f"\\{name} stands where it cannot", line, "a closing brace is missing before it"
    opened = None if f"\\{name}" in source else _open_brace(source)
    if opened:  # the command is one of TeX's own steps
        return "a closing brace is missing", opened, "check that each { has its }"
    if "@" in name:
        return f"undefined control sequence \\{name}", line, None
    if name == "PSTricks" or (name.startswith("ps") and _loads(source, "pstricks")):
        return f"undefined control sequence \\{name}", _line_of("pst", source) or line, "PSTricks draws nothing in a PDF: use TikZ"  # fmt: skip
    package = COMMANDS.get(name)
    own = re.findall(r"\\(?:new|renew|provide)command\*?\s*\{?\\(\w+)|\\def\\(\w+)", source)
    near = _near(name, [*COMMANDS, *(one or other for one, other in own)])
    hint = f"did you mean \\{near}?" if near else None
    if package and _loads(source, package):
        hint = f"\\{name} stands inside of a tikzpicture" if package == "tikz" else hint
    elif package:
        hint = f"add \\usepackage{{{package}}}"
    return f"undefined control sequence \\{name}", line, hint


def _missing_file(name: str, ending: str, line: int | None, source: str) -> tuple[str, int | None, str | None]:  # fmt: skip
    place = _line_of(name, source) or line
    if ending not in (".sty", ".cls"):
        files = sorted(path.name for path in Path().iterdir() if path.is_file() and not re.match(r"program\.|picture_?\.|texput|format$|style$|findings", path.name))  # fmt: skip
        have = f"the files here are {', '.join(files[:8])}" if files else "no data file was given; write the numbers into the program"  # fmt: skip
        return f"there is no file {name}{ending}", place, have
    known = [one for one in {*ENVIRONMENTS.values(), *COMMANDS.values(), "standalone", "article", "beamer", "geometry", "babel", "inputenc", "fontenc"} if one]  # fmt: skip
    near = None if name in DEBIAN else _near(name, known, 0.75)
    if near:
        hint = f"did you mean {near}?"
    elif name in DEBIAN:
        hint = f"it comes with apt install {DEBIAN[name]}"
    else:
        hint = "do without it: only what is in TeX Live's latex-extra, pictures and science is here"
    return f"there is no {'class' if ending == '.cls' else 'package'} {name}{ending}", place, hint


def _environment_hint(name: str, source: str) -> str | None:
    package = ENVIRONMENTS.get(name)
    if package and not _loads(source, package):
        return f"add \\usepackage{{{package}}}"
    if name in PLOT_LIBRARIES:
        return f"add \\usepgfplotslibrary{{{PLOT_LIBRARIES[name]}}}"
    near = _near(name, ENVIRONMENTS, 0.6)
    return f"did you mean {near}?" if near else None


def _unknown_key(path: str, message: str, line: int | None, source: str) -> tuple[str, int | None, str | None]:  # fmt: skip
    """A key of TikZ or pgfplots, a shape, or a colour taken for one."""
    name = re.sub(r"^/(tikz|pgf|pgfplots)(/.*/|/)", "", path).rsplit("/", 1)[-1].strip()
    place = _line_of(name, source, near=line) or line
    if name in PLOT_LIBRARIES:
        return f"there is no key '{name}'", place, f"load \\usepgfplotslibrary{{{PLOT_LIBRARIES[name]}}}"  # fmt: skip
    library = LIBRARIES.get(name)
    if library:
        return f"there is no key '{name}'", place, f"load \\usetikzlibrary{{{library}}}"
    if re.match(r"(?:rgb|RGB|hsl)a?\b", name):
        return f"there is no colour '{name}'", place, "define it: \\definecolor{mine}{RGB}{255,0,0}, then mine"  # fmt: skip
    near = _near(name, COLORMAPS if "colormap" in path else [*KEYS, *LIBRARIES, *COLOURS, *ARROWS])
    kind = "key, colour or shape" if "passed" not in message or "passed ''" in message else "key"
    return f"there is no {kind} '{name}'", place, f"did you mean {near}?" if near else "check its spelling, or load its TikZ library"  # fmt: skip


def _nearest_value(message: str, source: str) -> tuple[int | None, str] | None:
    """What a message names that is nearly something known: colours, arrows, libraries, shapes, nodes."""
    for pattern, known, adds in (
        (r"[Uu]ndefined color [`']([^']+)'", COLOURS, "define it with \\definecolor, or take one of xcolor's"),
        (r"Unknown arrow tip kind '([^']+)'", ARROWS, "load \\usetikzlibrary{arrows.meta}"),
        (r"colormap [`']([^']+)' is undefined", COLORMAPS, "pgfplots has viridis, hot, jet, cool, bluered, …"),
        (r"Unknown function `([^']+)'", ("sin", "cos", "tan", "exp", "ln", "log10", "sqrt", "abs", "floor", "ceil", "round", "mod", "max", "min", "pow", "rand", "rnd", "deg", "rad", "int"), "pgfmath knows sin, cos, exp, ln, sqrt, abs, …"),
        (r"No shape named [`']([^']+)'", re.findall(r"\\(?:node|coordinate)\b[^;(]*\((\w+)\)", source), "name the node before it is used: \\node (a) …"),
    ):  # fmt: skip
        found = re.search(pattern, message)
        if found and found[1] != "of":
            near = (
                None if found[1] in ARROWS and "arrow" in pattern else _near(found[1], known, 0.6)
            )
            return None, f"did you mean {near}?" if near else adds
    return None


def _unclosed(source: str) -> tuple[str, int, str, int] | None:
    """The environment that another one's end cuts off, its line, that end where it is alone, and
    the end's line."""
    stack: list[tuple[str, int]] = []
    for number, line in enumerate(source.split("\n"), 1):
        bare = re.sub(r"(?<!\\)%.*", "", line)
        for kind, name in re.findall(r"\\(begin|end)\s*\{(\w+\*?)\}", bare):
            if kind == "begin":
                stack.append((name, number))
            elif stack and stack[-1][0] == name:
                stack.pop()
            elif stack:
                known = any(name == one for one, _ in stack)
                return (*stack[-1], "" if known else name, number)
    return None


def _open_brace(source: str) -> int | None:
    """The line of a brace that is never closed."""
    opened: list[int] = []
    for number, line in enumerate(source.split("\n"), 1):
        for brace in re.findall(r"[{}]", re.sub(r"\\[\\{}%]|%.*", "", line)):
            if brace == "{":
                opened.append(number)
            elif opened:
                opened.pop()
    return opened[-1] if opened else None


def _runaway(before: str, source: str) -> int | None:
    """The line in which an argument began that never ended."""
    said = re.search(r"Runaway (?:argument|text|definition)\?\s*\n\s*(.+)", before)
    words = re.findall(r"[^\s{}]{2,}", said[1]) if said else []
    return _line_of(words[0][:20], source) if words else None


def _line_of(word: str, source: str, near: int | None = None) -> int | None:
    """The line in which a word stands, the last one up to `near`."""
    places = [number for number, line in enumerate(source.split("\n"), 1) if word in line]
    before = [number for number in places if near is None or number <= near]
    return (before or places or [None])[-1 if near is not None else 0]
