# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Draws program.asy with Asymptote. Executed inside the sandbox."""

from __future__ import annotations

import difflib
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import pages

del sys.path[0]

_ERROR = re.compile(r"^(?:\S*/)?program\.asy: (\d+)\.(\d+): (.*)$", re.MULTILINE)
_THREE = re.compile(r"^\s*import\s+(three|graph3|solids|tube|obj|labelpath3|smoothcontour3|grid3|bezulate)\b", re.MULTILINE)  # fmt: skip
_FLAT = "settings.render=0; settings.prc=false;"
"""No window and no OpenGL here: pictures in space are drawn as vectors."""
_HINTS = (
    (re.compile(r"syntax error"), "look for a missing semicolon, bracket or quote here or in the line above"),
    (re.compile(r"no matching function|cannot call"), "the arguments fit no function of that name"),
    (re.compile(r"no type of name|no module"), "import the module that brings it, or check its spelling"),
    (re.compile(r"cannot cast"), "a number must be real or int, a point a pair in brackets: (x,y)"),
    (re.compile(r"could not load module"), "there is no such module: graph, palette, contour, three, geometry, … are here"),
    (re.compile(r"Missing \$|Undefined control sequence|Missing \}|Extra \}"), "labels are LaTeX: mathematics stands between $ signs, _ and % in words are \\_ and \\%"),
)  # fmt: skip
_NAMES = (
    "draw", "fill", "filldraw", "label", "dot", "path", "pair", "triple", "real", "int", "string", "size", "unitsize",
    "circle", "ellipse", "box", "polygon", "arc", "arrow", "Arrow", "xaxis", "yaxis", "axes", "graph", "shift", "rotate",
    "scale", "xscale", "yscale", "reflect", "cycle", "currentpicture", "picture", "pen", "linewidth", "fontsize",
    "red", "blue", "green", "black", "white", "gray", "yellow", "orange", "purple", "cyan", "magenta", "brown", "pink",
    "dashed", "dotted", "unitcircle", "unitsquare", "sin", "cos", "tan", "exp", "log", "sqrt", "pi", "add", "attach",
    "legend", "Ticks", "LeftTicks", "RightTicks", "BottomTop", "LeftRight", "surface", "sphere", "cone", "cylinder", "align",
)  # fmt: skip


def findings(said: str, source: str) -> list[dict[str, object]]:
    """The errors that Asymptote tells, the first of each line."""
    found: list[dict[str, object]] = []
    lines: set[int] = set()
    for line, column, message in _ERROR.findall(said):
        number = int(line)
        if number in lines or ("runtime" in message and found):
            continue
        lines.add(number)
        unknown = re.search(r"no matching variable(?: of name)? '(\w+)'|no matching function '(\w+)|no type of name '(\w+)'", message)  # fmt: skip
        hint = None
        if unknown:
            name = next(part for part in unknown.groups() if part)
            own = re.findall(r"\b([A-Za-z_]\w*)\s*(?:=|\()", source)
            near = [one for one in difflib.get_close_matches(name, [*_NAMES, *own], n=3, cutoff=0.7) if one != name]  # fmt: skip
            hint = f"did you mean {near[0]}?" if near else None
        hint = hint or next((hint for pattern, hint in _HINTS if pattern.search(message)), None)
        found.append(common.find(message, line=number, column=int(column), hint=hint))
    if not found:
        said_last = [line for line in said.splitlines() if line.strip()]
        latex = re.search(r"^! (.*)$", said, re.MULTILINE)
        message = latex[1] if latex else said_last[-1] if said_last else "Asymptote failed"
        message = message.removeprefix("error: ")
        hint = next((hint for pattern, hint in _HINTS if pattern.search(message)), None)
        line = _label_line(said, source) if latex else _module_line(message, source)
        found.append(common.find(message, hint=hint, line=line))
    return found[:6]


def _label_line(said: str, source: str) -> int | None:
    """The line whose label LaTeX could not set: TeX shows it within ``\\ASYalign(…)(…){…}``."""
    at = re.search(r"^l\.\d+ \\ASYalign\([^)]*\)\([^)]*\)\{(.*?)\}?$", said, re.MULTILINE)
    label = at[1].strip() if at else ""
    places = [
        number for number, line in enumerate(source.split("\n"), 1) if label and label in line
    ]
    return places[0] if places else None


def _module_line(message: str, source: str) -> int | None:
    name = re.search(r"could not load module '(\w+)'", message)
    lines = enumerate(source.split("\n"), 1)
    return next(
        (number for number, line in lines if name and re.search(rf"\b{name[1]}\b", line)), None
    )


def main() -> None:
    """Draw, and take what was shipped out."""
    source = Path("program.asy").read_text(encoding="utf-8-sig", errors="replace")
    flat = [_FLAT] if _THREE.search(source) else []
    argv = ["asy", "-f", "pdf", "-noView", "-tex", "pdflatex", "-o", "picture"]
    if flat:
        argv += ["-render=0", "-noprc"]
    said = pages.tool(*argv, "program.asy")
    sys.stdout.write(said.stdout)
    sys.stderr.write(said.stderr)
    text = said.stderr + said.stdout
    if said.returncode != 0 or _ERROR.search(said.stderr):
        common.fail(*findings(text, source))
    made = sorted(Path().glob("picture*.pdf"), key=lambda path: (len(path.name), path.name))
    made += sorted(path for path in Path().glob("*.pdf") if path not in made)
    number = 1
    words: list[str] = []
    for pdf in made:
        number += pages.draw(pdf, common.wanted_format(), number)
        words += pages.words(pdf)
    common.texts(words)


main()
