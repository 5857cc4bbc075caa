# pyright: basic
# Runs inside the sandbox.
"""What Asymptote says is wrong: the line where a person would look, and what would mend it."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any

import asy_mistakes
import tex_log

ERROR = re.compile(r"^(?P<file>\S+\.asy): (?P<line>\d+)\.(?P<column>\d+): (?P<said>.*(?:\n'?\(.*)?)$", re.MULTILINE)  # fmt: skip
_MARK = "viscoder statement "
_MOST = 4
_HINTS = (
    (re.compile(r"cannot cast|cannot convert|cannot initialize"), "an int takes no fraction; a point is a pair in brackets: (x,y); a number becomes words with string(x)"),
    (re.compile(r"operator \+\(string"), "turn numbers into words with string(x)"),
    (re.compile(r"no matching function '\w+\(.*\b(color|width|colour|fill|fontsize|label|linewidth|style|size) ?[,)]|\b(pen|real|int|string) (color|colour|width|fontsize|style)\b"), "there is no parameter of that name: a pen goes without one, red + linewidth(2)"),
    (re.compile(r"no matching function|cannot call"), "the arguments fit no function of that name: check their number, order and types"),
    (re.compile(r"ambiguous"), "several functions have that name: say the argument's type, such as (real) x"),
    (re.compile(r"no field|no matching field"), "check the field's name"),
    (re.compile(r"already declared"), "give it another name"),
    (re.compile(r"no type of name"), "import the module that brings this type, or check its spelling"),
    (re.compile(r"must return a value"), "end the function with a return for every case"),
    (re.compile(r"out-of-bounds"), "indices begin with 0 and end with length-1"),
    (re.compile(r"Divide by zero"), "integers divided with / give a real: check for zero first"),
    (re.compile(r"Stack overflow"), "a function calls itself without end"),
    (re.compile(r"do not intersect"), "the paths have no point in common: make them longer or move them"),
    (re.compile(r"different lengths|differ in length"), "the two arrays need the same length"),
    (re.compile(r"system\(\) call disabled"), "no other program may be started here"),
    (re.compile(r"dereference of null|uninitialized"), "give it a value first"),
    (re.compile(r"failed to open display|OpenGL|GLUT"), "pictures in space are drawn as vectors here: leave out render"),
    (re.compile(r"(write|read).*other directory|globalread|globalwrite"), "only files in this folder, by their names"),
)  # fmt: skip
_NAMES = (
    "draw", "fill", "filldraw", "label", "dot", "clip", "path", "pair", "triple", "real", "int", "string", "size", "unitsize", "guide", "transform",
    "circle", "ellipse", "box", "polygon", "arc", "arrow", "Arrow", "Arrows", "EndArrow", "BeginArrow", "MidArrow", "Bars", "shift", "rotate", "write",
    "scale", "xscale", "yscale", "reflect", "cycle", "currentpicture", "picture", "pen", "linewidth", "fontsize", "opacity", "rgb", "cmyk", "shipout",
    "red", "blue", "green", "black", "white", "gray", "grey", "yellow", "orange", "purple", "cyan", "magenta", "brown", "pink", "olive", "heavyred",
    "lightblue", "lightred", "lightgreen", "lightgray", "lightyellow", "darkgreen", "darkblue", "deepblue", "deepgreen", "royalblue", "palegreen", "darkbrown",
    "dashed", "dotted", "longdashed", "dashdotted", "solid", "unitcircle", "unitsquare", "sin", "cos", "tan", "exp", "log", "sqrt", "abs", "pi", "floor", "min", "max",
    "add", "attach", "legend", "midpoint", "intersectionpoint", "intersectionpoints", "dir", "expi", "degrees", "radians", "length", "point", "subpath", "buildcycle",
    "axialshade", "radialshade", "erase", "newpage", "defaultpen", "currentpen", "map", "sequence", "uniform", "origin", "input", "output", "invisible", "nullpen",
    "IgnoreAspect", "Aspect", "align", "Label", "Fill", "FillDraw", "NoFill", "UnFill", "N", "S", "E", "W", "NE", "NW", "SE", "SW", "perpendicular", "conj",
)  # fmt: skip
_MODULES = {
    "graph": ("graph", "xaxis", "yaxis", "axes", "xlimits", "ylimits", "limits", "LeftTicks", "RightTicks", "Ticks", "NoTicks", "BottomTop", "LeftRight", "Bottom", "Left", "XEquals", "YEquals", "Circle", "Arc", "Linear", "Log", "polargraph", "marker", "errorbars", "picture3"),
    "three": ("surface", "O", "X", "Y", "Z", "unitsphere", "unitcube", "unitbox", "unitcylinder", "unitcone", "unithemisphere", "unitdisk", "path3", "perspective", "orthographic", "currentprojection", "Arrow3", "currentlight", "planeproject", "zscale3", "material", "rotate3", "transform3", "unitplane", "plane", "projection"),
    "graph3": ("xaxis3", "yaxis3", "zaxis3", "axes3", "InTicks", "OutTicks", "Bounds", "limits3"),
    "solids": ("revolution", "sphere", "cylinder", "cone"),
    "palette": ("palette", "Rainbow", "BWRainbow", "Gradient", "Grayscale", "Wheel", "image"),
    "contour": ("contour",), "stats": ("histogram", "Gaussrand", "mean", "bins"), "patterns": ("hatch", "crosshatch", "tile", "brick"),
    "geometry": ("triangle", "line", "segment", "circumcircle", "incircle", "circumcenter", "orthocenter", "perpendicularmark", "markangle", "foot", "bisector"),
    "markers": ("stickframe", "markinterval", "markangleradius"), "slopefield": ("slopefield", "curve"), "labelpath": ("labelpath",),
    "math": ("grid", "quadrant", "partialsum"), "flowchart": ("roundrectangle", "parallelogram", "diamond", "bevel", "blockconnector"), "animation": ("animation",),
    "tube": ("tube", "coloredpath"), "drawtree": ("TreeNode", "makeNode"), "binarytree": ("binarytree", "searchtree"),
}  # fmt: skip
"""Names and the module that brings them."""


def findings(said: str, source: str) -> list[dict[str, Any]]:
    """The errors that Asymptote tells, the first of each line."""
    found: list[dict[str, Any]] = []
    lines: set[int] = set()
    for match in ERROR.finditer(said):
        message = " ".join(match["said"].split()).removeprefix("runtime:").strip()
        if not message:  # what LaTeX says follows
            continue
        if Path(match["file"]).name != "program.asy" or "shipout failed" in message:
            if not found and "shipout failed" not in message:
                found.append(_of_library(message, source))
            continue
        line, column = int(match["line"]), int(match["column"])
        if line in lines:
            continue
        lines.add(line)
        one = _finding(message, line, column, source)
        if "cannot call" in message:
            one["hint"] = asy_mistakes.parameter_meant(said[match.start("said") : match.end() + 4000].replace("\n", " ")) or one["hint"]  # fmt: skip
        found.append(one)
    if not found:
        found = _labels(said, source) or [_last(said, source)]
    kept = [{name: value for name, value in one.items() if value is not None} for one in found]
    return kept[:_MOST]


def _of_library(message: str, source: str) -> dict[str, Any]:
    """An error that one of Asymptote's own files tells, which says nothing of the program."""
    if re.search(r"non-?cyclic|not cyclic", message):
        place = asy_mistakes.open_path(bare(source))
        at = {"line": place[0], "column": place[1]} if place else {}
        return {"message": message, "hint": "close the path: end it with --cycle", **at}
    return {"message": message, "hint": _hint(message)}


def _finding(message: str, line: int, column: int, source: str) -> dict[str, Any]:
    if "syntax error" in message or "unexpected end of input" in message or "not terminated" in message:  # fmt: skip
        return _syntax(message, line, column, source)
    unknown = re.search(r"no matching variable(?: of name)? '([\w.]+)'|no type of name '(\w+)'|no matching (?:field|variable) of name '(\w+)'", message)  # fmt: skip
    if unknown:
        name = next(part for part in unknown.groups() if part)
        hint = asy_mistakes.type_meant(name) if unknown[2] else None
        return {"message": message, "line": line, "column": column, "hint": hint or _named(name, source) or _hint(message)}  # fmt: skip
    hint = _hint(message)
    if "Cannot open file" in message:
        files = sorted(path.name for path in Path().iterdir() if path.is_file() and not re.match(r"program\.|format$|style$|picture", path.name))  # fmt: skip
        hint = f"the files here are {', '.join(files[:8])}" if files else "no data file was given; write the numbers into the program"  # fmt: skip
    return {"message": message, "line": line, "column": column, "hint": hint}


def _hint(message: str) -> str | None:
    return next((hint for pattern, hint in _HINTS if pattern.search(message)), None)


def _named(name: str, source: str) -> str | None:
    """A module that brings the name, or the nearest name."""
    if "." in name:
        owner, field = name.rsplit(".", 1)
        return f"{owner} has no {field}"
    for module, names in _MODULES.items():
        if name in names and not re.search(rf"\bimport\s[^;]*\b{module}\b", source):
            return f"add: import {module};"
    own = [one for one in re.findall(r"\b([A-Za-z_]\w*)\s*(?==|\(|;|\[)", source) if one != name]
    known = [*_NAMES, *own, *(one for names in _MODULES.values() for one in names)]
    near = difflib.get_close_matches(name, [one for one in known if one != name], n=1, cutoff=0.65)
    if near:
        return f"did you mean {near[0]}?"
    if re.search(rf"^\s*{re.escape(name)}\s*=", source, re.MULTILINE):
        return f"say its type: real {name} = …;"
    return "it is not declared: give it a type and a value first"


def bare(source: str) -> list[str]:
    """The lines without comments and without what stands in quotes."""
    text = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match[0]), source, flags=re.DOTALL)  # fmt: skip
    text = re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\\n])*\'', lambda match: re.sub(r"[^\n]", "_", match[0]), text)  # fmt: skip
    return [re.sub(r"//.*", lambda match: " " * len(match[0]), line) for line in text.split("\n")]


def _syntax(message: str, line: int, column: int, source: str) -> dict[str, Any]:
    """Where a bracket, a brace, a quote or a semicolon is missing."""
    lines = bare(source)
    mixed = asy_mistakes.mixed_up(lines, line)
    if mixed:
        return {"message": message, "line": mixed[0], "column": mixed[1], "hint": mixed[2]}
    if "not terminated" in message:
        odd = [number for number, text in enumerate(source.split("\n"), 1) if len(re.findall(r'(?<!\\)"', text)) % 2]  # fmt: skip
        return {"message": message, "line": odd[0] if odd else line, "hint": 'a closing " is missing'}  # fmt: skip
    stack: list[tuple[str, int, int]] = []
    for number, text in enumerate(lines[:line], 1):
        for at, letter in enumerate(text if number < line else text[:column], 1):
            if letter in "([{":
                stack.append((letter, number, at))
            elif letter in ")]}":
                if not stack or "([{".index(stack[-1][0]) != ")]}".index(letter):
                    if stack and stack[-1][0] != "{":
                        break
                    return {"message": message, "line": number, "column": at, "hint": f"a {letter} too many"}  # fmt: skip
                stack.pop()
    if "end of input" in message and stack:
        opened, number, at = stack[-1]
        return {"message": message, "line": number, "column": at, "hint": f"this {opened} is never closed: add its {')]}'['([{'.index(opened)]}"}  # fmt: skip
    heads = [one for one in stack if one[0] != "{" and re.search(r"\b(for|if|while)\s*$", lines[one[1] - 1][: one[2] - 1])]  # fmt: skip
    if heads or (stack and stack[-1][0] != "{"):
        opened, number, _ = heads[-1] if heads else stack[-1]
        return {"message": message, "line": number, "column": column if number == line else None, "hint": f"a closing {')' if opened == '(' else ']'} is missing"}  # fmt: skip
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    above = line - 1
    while above > 0 and not lines[above - 1].strip():
        above -= 1
    if not before.strip() and above and not re.search(r"[;{}]\s*$", lines[above - 1]):
        return {"message": message, "line": above, "column": len(lines[above - 1].rstrip()) + 1, "hint": "a semicolon is missing at the end"}  # fmt: skip
    here = "a semicolon is missing before it" if re.search(r"[\w)\]]\s*$", before) else "look for a missing semicolon, bracket or operator here"  # fmt: skip
    return {"message": message, "line": line, "column": column, "hint": here}


def _labels(said: str, source: str) -> list[dict[str, Any]]:
    """What LaTeX could not set in a label."""
    began = re.search(r"^! ", said, re.MULTILINE)
    if not began:
        return []
    found = tex_log.findings(said[began.start() :], source)[:1]
    for one in found:
        line = _label_line(said, source)
        one.pop("column", None)
        one.pop("line", None)
        if line:
            one["line"] = line
        package = re.search(r"add \\usepackage\{(.+?)\}", str(one.get("hint")))
        if package:
            one["hint"] = f'add: usepackage("{package[1]}");'
        one.setdefault("hint", "labels are LaTeX: mathematics stands between $ signs, _ and % in words are \\_ and \\%")  # fmt: skip
    return found


def _label_line(said: str, source: str) -> int | None:
    """The line whose label LaTeX could not set: TeX shows it within ``\\ASYalign(…)(…){…}``."""
    at = re.search(r"^l\.\d+ .*?\\ASY\w+(?:\([^)]*\))*\{(.*?)\}?\s*$|^<(?:recently read|argument|inserted text)>", said, re.MULTILINE)  # fmt: skip
    shown = re.search(r"^l\.\d+ (?:.*?\\ASY\w+(?:\([^)]*\))*\{)?(.*?)\}?\s*$", said, re.MULTILINE)
    label = ((at[1] if at else None) or (shown[1] if shown else "")).strip().removeprefix("...")
    lines = source.split("\n")
    for part in (label, label[: len(label) // 2], label[-12:]):
        places = [number for number, line in enumerate(lines, 1) if len(part) > 1 and part in line]
        if places:
            return places[0]
    words = re.findall(r"\\?[A-Za-z]{3,}", label)
    return next((number for number, line in enumerate(lines, 1) if words and words[-1] in line), None)  # fmt: skip


def _last(said: str, source: str) -> dict[str, Any]:
    lines = [line for line in said.splitlines() if line.strip()]
    message = lines[0].removeprefix("error: ") if lines else "Asymptote failed"
    module = re.search(r"could not load module '(\w+)'", message)
    if module:
        near = difflib.get_close_matches(module[1], [*_MODULES, "obj", "trembling", "roundedpath", "size10", "bezulate", "embed", "feynman", "ode", "smoothcontour3", "grid3", "simplex", "babel", "annotate", "slide"], n=1, cutoff=0.6)  # fmt: skip
        line = next((number for number, text in enumerate(source.split("\n"), 1) if re.search(rf"\b{module[1]}\b", text)), None)  # fmt: skip
        return {"message": message, "line": line, "hint": f"did you mean {near[0]}?" if near else "there is no such module: graph, palette, contour, three, geometry, … are here"}  # fmt: skip
    return {"message": message, "hint": _hint(said)}


def marked(source: str) -> str:
    """The program, telling at each of its statements which line it has reached."""
    depth = 0
    ended = True
    marked: list[str] = []
    for number, (text, line) in enumerate(zip(source.split("\n"), bare(source), strict=False), 1):
        begins = ended and depth == 0 and re.match(r"\s*[A-Za-z(]", line) and not re.match(r"\s*else\b", line)  # fmt: skip
        marked.append(f'write("{_MARK}{number}");{text}' if begins else text)
        depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
        if line.strip():
            ended = bool(re.search(r"[;}]\s*$", line))
    return "\n".join(marked)


def reached(stdout: str) -> int | None:
    """The line of the last statement that a `marked` program came to."""
    found = re.findall(rf"^{_MARK}(\d+)$", stdout, re.MULTILINE)
    return int(found[-1]) if found else None
