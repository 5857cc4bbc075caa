# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What TeX draws wrongly and says nothing of: it is seen in the program's text, or between the lines of the log."""

from __future__ import annotations

import difflib
import itertools
import re
from typing import Any

from tex_words import KEYS

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_EXPRESSION = re.compile(r"\\addplot3?\+?\s*(?:\[(?P<options>[^\]]*)\])?\s*\{(?P<plot>[^{}]*)\}|\bplot\s*(?:\[[^\]]*\])?\s*\(\s*\{?\s*\\\w+\s*\}?\s*,\s*\{(?P<curve>[^{}]*)\}\s*\)")  # fmt: skip
_LOOP = re.compile(
    r"\\foreach\b(?:\[[^\]\n]*\]|(?!\bin\b)[^{}\n\[])*\bin\s*(?P<list>[^\s{\\][^\n]*)"
)
_ROUND = re.compile(r"domain\s*=\s*\{?[^,\]\n]*(?:\bpi\b|\\pi\b|3\.14|6\.28|1\.57|12\.56)")
_WAVE = re.compile(r"\b(sin|cos|tan)\s*\(")
_IN_DEGREES = re.compile(r"deg|\br\b|\d\s*r\b|180|360|57\.\d|\\(?!x\b|t\b|y\b)\w+")
_LEFT_OUT = re.compile(r"(?:^Missing character: There is no \S+ in font nullfont!\n)+", re.MULTILINE)  # fmt: skip
_LETTER = re.compile(r"There is no (\S+) in font nullfont")
_LISTINGS = re.compile(r"lstlisting|verbatim|minted|pgfdeclareplotmark")
_OPTION = re.compile(r"^[ \t]*(?P<key>[a-z][a-z ]*?)[ \t]*=[^,\n]*[^,\s{\[(%&=\\]$")
_MARK = re.compile(r"(?<![\w/])mark\s*=\s*\{?\s*(?P<name>[a-z][a-z*]*)(?=\s*[,}\]\n])")
_MARKS = {"square", "triangle", "diamond", "pentagon", "star", "asterisk", "oplus", "otimes", "heart", "none", "text", "ball", "cube", "halfcircle", "halfdiamond", "halfsquare", "x", "o", "at"}  # fmt: skip
_OTHER_MARKS = {"circle": "*", "circles": "*", "dot": "*", "dots": "*", "point": "*", "disc": "*", "cross": "x", "plus": "+", "rectangle": "square*", "box": "square*", "squared": "square", "round": "*"}  # fmt: skip
_MOST = 3


def warnings(source: str, log: str) -> list[dict[str, Any]]:
    """What the picture shows wrongly.

    Args:
        source: the user's program.
        log: of TeX, which went through.
    """
    text = _COMMENT.sub(lambda found: " " * len(found[0]), source)
    found = [*_expressions(text), *loops(text)]
    if not _LISTINGS.search(text):
        found += [*_commas(text), *_marks(text)]
    return (found or _left_out(source, log))[:_MOST]


def _warning(text: str, offset: int, message: str, hint: str) -> dict[str, Any]:
    line = text.count("\n", 0, offset) + 1
    return {"message": message, "line": line, "column": offset - text.rfind("\n", 0, offset), "hint": hint, "severity": "warning"}  # fmt: skip


def _expressions(text: str) -> list[dict[str, Any]]:
    """Curves whose brackets do not close, and waves in degrees over a domain in radians."""
    found: list[dict[str, Any]] = []
    radians = "trig format" in text
    for one in _EXPRESSION.finditer(text):
        part = "plot" if one["plot"] is not None else "curve"
        formula, offset = one[part], one.start(part)
        opened, closed = formula.count("("), formula.count(")")
        if opened != closed:
            sign = ")" if opened > closed else "("
            found.append(_warning(text, offset, f"the brackets of {formula.strip()} do not close: the curve is drawn wrongly or not at all", f"a {sign} is missing"))  # fmt: skip
            continue
        wave = _WAVE.search(formula)
        if wave is None or radians or _IN_DEGREES.search(formula[wave.start() :]):
            continue
        if _ROUND.search(_options_of(text, one)):
            mends = f"write {wave[1]}(deg(x))" if part == "plot" else f"write {wave[1]}(\\x r)"
            found.append(_warning(text, offset + wave.start(), f"{wave[1]} takes degrees, but the domain is in radians: the curve is nearly flat", mends))  # fmt: skip
    return found


def _options_of(text: str, one: re.Match[str]) -> str:
    """What says over which domain a curve goes: its own options, or else those around it."""
    begins = max(text.rfind(";", 0, one.start()), text.rfind("\\begin{axis}", 0, one.start()), 0)
    own = text[begins : one.end()]
    if re.search(r"\bdomain\s*=", own):
        return own
    around = max(text.rfind("\\begin{", 0, one.start()), 0)
    return text[around : text.find("\n\n", around)][:1500] if around else ""


def loops(text: str) -> list[dict[str, Any]]:
    """Loops whose list has no braces: TeX takes its first sign alone."""
    return [
        _warning(text, one.start("list"), "the list of \\foreach stands in no braces: only its first sign is taken", "write \\foreach \\i in {1,2,...,6}")
        for one in _LOOP.finditer(text)
    ]  # fmt: skip


def _commas(text: str) -> list[dict[str, Any]]:
    """Options that run into the next line's, for no comma parts them."""
    rows = text.split("\n")
    found: list[dict[str, Any]] = []
    for number, (row, below) in enumerate(itertools.pairwise(rows), 1):
        option = _OPTION.match(row.rstrip())
        follows = re.match(r"[ \t]*([a-z][a-z ]*?)[ \t]*=", below)
        closed = all(row.count(a) == row.count(b) for a, b in ("{}", "[]", "()"))
        if option and follows and closed and option["key"] in KEYS and follows[1] in KEYS:
            found.append({"message": f"no comma parts {option['key']} from {follows[1]}: both are taken for one", "line": number, "column": len(row.rstrip()) + 1, "hint": "end the line with a comma", "severity": "warning"})  # fmt: skip
    return found


def _marks(text: str) -> list[dict[str, Any]]:
    """Marks of plots that there are not: they are left out."""
    found: list[dict[str, Any]] = []
    for one in _MARK.finditer(text):
        name = one["name"]
        if name.rstrip("*") in _MARKS:
            continue
        near = _OTHER_MARKS.get(name) or next(iter(difflib.get_close_matches(name, _MARKS, n=1, cutoff=0.75)), None)  # fmt: skip
        if near:
            found.append(_warning(text, one.start("name"), f"there is no mark {name}: none is drawn", f"write mark={near}"))  # fmt: skip
    return found


def _left_out(source: str, log: str) -> list[dict[str, Any]]:
    """Words within a picture that stand in no node: TikZ draws none of them."""
    rows = [re.sub(r"\s+", "", row) for row in source.split("\n")]
    found: list[dict[str, Any]] = []
    for run in _LEFT_OUT.finditer(log):
        letters = "".join(_LETTER.findall(run[0]))
        if not re.search(r"\w\w|\w.*\w", letters):
            continue
        places = [number for number, row in enumerate(rows, 1) if letters[:8] in row]
        one: dict[str, Any] = {"message": f"what is no command is left out of the picture: {letters[:40]}", "hint": "begin each command with \\, and put words into a \\node", "severity": "warning"}  # fmt: skip
        found.append({**one, "line": places[0]} if places else one)
    return found[:2]
