# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What in an Asymptote program belongs to another language, and what is drawn for nobody to see."""

from __future__ import annotations

import re
from typing import Any

_MIXED = (
    (r"\b(elif|elseif|elsif)\b", "write else if"),
    (r"\bfor\s*\(?\s*(?:\w+\s+)?\w+\s+in\b", "write for (int i = 0; i < n; ++i), or for (real x : list)"),
    (r"\)\s*:\s*$|\belse\s*:\s*$", "Asymptote is like C: a block stands in braces, { … }"),
    (r"\b(def|function|func|fn)\s+\w+", "a function begins with its type: real f(real x) { return x^2; }"),
    (r"\b(let|var|const|auto|val)\s+\w+\s*=", "a variable begins with its type: real x = …; pair p = …; path c = …;"),
    (r"->|→", "points are joined with --, or with .. for a curve; an arrow head is the argument Arrow"),
    (r"=>", "an arrow head is the argument Arrow; at least is written >="),
    (r"=\s*\[(?!\s*\])|[(,]\s*\[[^\]]*,", "an array is written in braces: {0, 1, 2}"),
    (r"\b(lambda)\b", "a function in place is new real(real x) { return x^2; }"),
    (r"(?<![&\w])\b(and)\b(?!\w)|\b(or|not)\s+[\w(]", "and, or and not are written &&, || and !"),
    (r"(?:^|\s)#", "a comment begins with //"),
    (r"\bf\"|\bf'", "join texts with +: \"n = \" + string(n)"),
    (r"\bprint\s*\(", "write(…) prints; label(…) sets words into the picture"),
    (r"\bstd::|\bcout\b", "write(…) prints; label(…) sets words into the picture"),
    (r"\\(draw|fill|node|begin|end|usepackage)\b", "this is TikZ: Asymptote's commands have no backslash, draw((0,0)--(1,1));"),
)  # fmt: skip
_TYPES = {
    "double": "real", "float": "real", "number": "real", "Real": "real", "integer": "int", "long": "int", "Integer": "int", "String": "string", "str": "string", "char": "string",
    "boolean": "bool", "Pair": "pair", "point": "pair", "Point": "pair", "vector": "pair", "vec2": "pair", "vec3": "triple", "color": "pen", "Color": "pen", "colour": "pen",
    "Path": "path", "curve": "path", "polygon": "path", "var": "real", "auto": "var", "list": "real[]", "array": "real[]", "Picture": "picture",
}  # fmt: skip
_PARAMETERS = {"label": "L", "text": "L", "title": "L", "position": "position", "align": "align", "color": "p", "colour": "p", "pen": "p", "style": "p", "arrow": "arrow", "width": "p", "linewidth": "p", "range": "xmin and xmax", "xrange": "xmin and xmax", "yrange": "ymin and ymax", "min": "xmin", "max": "xmax", "tick": "ticks", "samples": "n", "points": "n", "domain": "a and b"}  # fmt: skip
_DRAWS = r"(?:draw|fill|filldraw|unfill|fillrule|label|dot|clip|axialshade|radialshade|latticeshade|size|unitsize|xaxis|yaxis|axes|xlimits|ylimits|limits|scale|arrow|erase|tick|xtick|ytick|labelx|labely|xequals|yequals|layer|crop|drawline|markangle|perpendicular)"
_FILLS = re.compile(r"\b(fill|filldraw|unfill|clip|axialshade|radialshade|latticeshade|tensorshade)\s*\(")  # fmt: skip
_ROUND = re.compile(r"\bcycle\b|\b(?:circle|Circle|ellipse|box|polygon|unitcircle|unitsquare|buildcycle|bbox|rotate|shift|scale|xscale|yscale|cyclic)\b")  # fmt: skip


def mixed_up(lines: list[str], line: int, above: int = 2) -> tuple[int, int, str] | None:
    """Line, column and hint of what another language would write so, at a syntax error.

    Args:
        lines: of the program, without comments and texts.
        line: of the error.
        above: how many lines before it are looked at too.
    """
    for number in range(line, max(0, line - 1 - above), -1):
        text = lines[number - 1] if number <= len(lines) else ""
        for pattern, hint in _MIXED if number == line else _MIXED[:3]:
            found = re.search(pattern, text)
            if found:
                return number, found.start() + 1 + len(found[0]) - len(found[0].lstrip()), hint
    return None


def type_meant(name: str) -> str | None:
    """The hint at a type that has another name elsewhere."""
    return f"the type is called {_TYPES[name]}" if name in _TYPES else None


def parameter_meant(said: str) -> str | None:
    """The hint at an argument by a name that the one function there is does not have.

    Args:
        said: what Asymptote says from the message on: the function with its parameters, and the
            arguments that it was given.
    """
    told = re.search(r"cannot call\s*'\w+ (\w+)\((.*)\)'\s*with parameters?\s*'?\((.*)\)'?", said)
    if not told:
        return None
    called, known, given = told[1], _names_of(told[2]), _names_of(told[3])
    for word in given:
        if word not in known:
            meant = _PARAMETERS.get(word)
            if meant in known or (meant and " and " in meant):
                return f"{called} has no parameter {word}: it is called {meant}"
            return f"{called} has no parameter {word}: it has {', '.join(known[:9])}"
    return None


def _names_of(parameters: str) -> list[str]:
    """The names in a list of types and names, such as ``real x=<default>, bool arrow(picture)``."""
    names: list[str] = []
    depth = 0
    part = ""
    for letter in f"{parameters},":
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found = re.match(r"\s*[\w<>\[\]]+\s+(\w+)", part)
            names += [found[1]] if found else []
            part = ""
        else:
            part += letter
    return names


def open_path(lines: list[str]) -> tuple[int, int] | None:
    """Line and column of what fills a path that does not return to where it begins."""
    whole = "\n".join(lines)
    for found in _FILLS.finditer(whole):
        inner = _arguments(whole, found.end())
        if _ROUND.search(inner):
            continue
        named = next((word for word in re.findall(r"\b[A-Za-z_]\w*\b", inner) if _is_open(word, whole)), None)  # fmt: skip
        if re.search(r"--|\.\.", inner) or named:
            return whole.count("\n", 0, found.start()) + 1, found.start() - whole.rfind("\n", 0, found.start())  # fmt: skip
    return None


def _is_open(word: str, whole: str) -> bool:
    """Whether a name is that of a path whose definition does not close it."""
    made = re.search(rf"\b(?:path|guide)\s+{re.escape(word)}\s*=([^;]*);", whole)
    grown = re.search(rf"\b{re.escape(word)}\s*=\s*{re.escape(word)}\s*(?:--|\.\.)\s*cycle", whole)
    return bool(made) and not _ROUND.search(made[1]) and not grown


def _arguments(whole: str, start: int) -> str:
    depth = 1
    for at in range(start, len(whole)):
        depth += {"(": 1, ")": -1}.get(whole[at], 0)
        if depth == 0:
            return whole[start:at]
    return whole[start:]


def unseen_pictures(lines: list[str]) -> list[dict[str, Any]]:
    """Pictures that are drawn to and added to no other, at the lines where they are made."""
    whole = "\n".join(lines)
    found: list[dict[str, Any]] = []
    for made in re.finditer(r"\bpicture\s+([A-Za-z_]\w*)\s*(?:=\s*new\s+picture\s*)?;", whole):
        name = made[1]
        uses = [one for one in re.finditer(rf"\b{name}\b", whole) if one.start() != made.start(1)]
        drawn = re.compile(rf"\b{_DRAWS}\s*\(\s*(?:pic\s*=\s*)?$")
        if not all(drawn.search(whole[max(0, one.start() - 60) : one.start()]) for one in uses):
            return []  # where one goes on, another may be there for some other time
        if uses:
            line = whole.count("\n", 0, made.start()) + 1
            found.append({"message": f"the picture {name} is drawn to, but added to nothing", "line": line, "hint": f"add it in the end: add({name}.fit()); or shipout({name});"})  # fmt: skip
    return found
