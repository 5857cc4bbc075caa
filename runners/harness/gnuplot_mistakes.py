# pyright: basic
# Runs inside the sandbox.
"""What in a gnuplot script is written as it is elsewhere, or not ended, with what to write instead."""

from __future__ import annotations

import re
from typing import Any

import common

TERMINALS = common.words("aed512 aed767 aifm aqua be block cairolatex caca canvas cgm context domterm dumb dxf dxy800a eepic emf emtex epscairo epslatex epson_180dpi epson_60dpi epson_lx800 fig gif ggi gpic grass hp2623a hp2648 hp500c hpdj hpgl hpljii hppj imagen jpeg kittycairo kittygd latex linux lua mf mif mp mpost nec_cp6 okidata pbm pcl5 pdf pdfcairo pict2e png pngcairo pop postscript pslatex pstex pstricks push qms qt regis sixelgd sixeltek starc sun svg tandy_60dpi tek40xx tek410x texdraw tgif tikz tkcanvas tpic unknown vgagl vttek webp windows wxt x11 xlib xterm")  # fmt: skip
_TERMINAL = re.compile(r"^[ \t]*set?[ \t]+t(?:e(?:r(?:m(?:i(?:n(?:al?)?)?)?)?)?)?[ \t]+(?P<name>[a-zA-Z]\w*)", re.MULTILINE)  # fmt: skip
_BLOCK = re.compile(r"^[ \t]*(?P<name>\$\w+)[ \t]*<<[ \t]*(?P<end>\w+)[^\n]*$", re.MULTILINE)
_TEXT = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\'\'|[^\'])*\'')
_COLOURS = frozenset(common.words("red green blue black white yellow orange purple magenta cyan brown pink gray grey gold navy olive violet turquoise salmon"))  # fmt: skip
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_JOINED = 'texts are joined with a point, "a".b, and numbers set by sprintf("%g", n)'
_BY_MESSAGE = (
    (r"num_cols", r"", "a comma parts the rows from the columns: layout 2,1"),
    (r"':' or keyword 'to' expected|unrecognized option", r"set?\s+\w*range\b", "a range stands in brackets with a colon: [0:10]"),
    (r"right parenthesis", r"set?\s+\w*tics\b", "the entries are parted by commas: (\"a\" 1, \"b\" 2)"),
    (r"token: colou?r\b|constant expression|undefined variable: (?:rgb|color)", r"", 'a colour is told by lc rgb "red"'),
    (r"token: using", r"", "using picks columns of data; a function goes without it"),
    (r"token: (?:s?plot)\b", r"", "one plot draws all curves, parted by commas"),
    (r"undefined variable: (?:with|title|using|lines|points|notitle)\b", r"", "no comma stands before with, title and using"),
    (r"non-integer passed to boolean", r"", "a power is written x**2; ^ works on the bits of integers"),
    (r"invalid command", r"^\s*for\b", "write plot for [i=1:3] …, or do for [i=1:3] { … }"),
    (r"invalid command", r"^\s*(?://|%|/\*|--)", "a comment begins with #"),
    (r"invalid command", r"^\s*(?:def|function|func)\b", "a function is written f(x) = x**2"),
    (r"invalid command", r"^\s*(?:import|from|plt\.|fig\b|ax\.|library|var|let|const)", "this is no gnuplot: a script has only statements such as set, plot and splot"),
    (r"invalid command", r"^\s*(?:elif|elseif|elsif)\b", "write } else if (…) {"),
    (r"", r":=", "a function is written with = alone: f(x) = x**2"),
)  # fmt: skip
"""A pattern of the message, one of the statement, and the hint."""


def hint(text: str, statement: str, place: int, row: str, functions: tuple[str, ...]) -> str | None:  # fmt: skip
    """What to write instead, where the mistake is one that other languages bring along.

    Args:
        text: gnuplot's message.
        statement: what it shows with it.
        place: where in it gnuplot stopped.
        row: the line of the script; in what gnuplot shows, the last text is always closed.
        functions: that it knows.
    """
    quote = re.search(r"[\"']", _TEXT.sub("", row).partition("#")[0])
    if quote:
        return f"a text is not closed: add its {quote[0]}"
    bare = _TEXT.sub(lambda found: '"' + "_" * (len(found[0]) - 2) + '"', statement).partition("#")[
        0
    ]
    assigned = re.search(r"\b([a-z]\w*)\s*=(?!=)", bare[max(0, place - 14) : place + 2])
    if assigned and re.match(r"\s*(?:set?|s?plot|rep\w*|unset)\b", bare):
        return f"options go without =: {assigned[1]} and then its value"
    if "token: +" in text or ("+" in bare[place : place + 2] and '"' in bare):
        return _JOINED
    for message, shape, told in _BY_MESSAGE:
        if re.search(message, text) and re.search(shape, bare):
            return told
    word = re.search(r"undefined variable: (\w+)", text)
    if word and word[1] in _COLOURS:
        return f'a colour is told by lc rgb "{word[1]}"'
    if word and word[1] in functions:
        return f"what {word[1]} is taken of stands in brackets: {word[1]}(x)"
    if re.search(r"token: [a-z]", text) and re.search(r"\d$", bare[:place].rstrip()) and bare[place - 1 : place] != " ":  # fmt: skip
        return "a product has its sign: 2*x"
    sign = _unclosed(bare)
    return f"the {sign} is not closed: add its {_CLOSES[sign]}" if sign else None


def _unclosed(bare: str) -> str | None:
    """The bracket that a statement leaves open, outside of its texts."""
    is_open: list[str] = []
    for letter in bare:
        if letter in _CLOSES:
            is_open.append(letter)
        elif is_open and letter == _CLOSES[is_open[-1]]:
            is_open.pop()
    return is_open[-1] if is_open else None


def open_block(source: str) -> dict[str, Any] | None:
    """A block of data that no line ends: gnuplot takes the rest of the script for data."""
    at = 0
    while begins := _BLOCK.search(source, at):
        name, end = begins["name"], begins["end"]
        ends = re.compile(rf"^{re.escape(end)}", re.MULTILINE).search(source, begins.end())
        if ends:
            at = ends.end()
            continue
        line = source.count("\n", 0, begins.start("name")) + 1
        later = re.compile(rf"^[ \t]+{re.escape(end)}\b", re.MULTILINE).search(source, begins.end())
        mends = f"{end} begins its line: take away the blanks before it" if later else f"write {end} alone on a line behind the last of the data"  # fmt: skip
        return common.find(f"the data {name} are not ended: no line begins with {end}", line=line, hint=mends)  # fmt: skip
    return None


def unknown_terminal(source: str) -> list[dict[str, Any]]:
    """A warning of a terminal that no gnuplot has; here each plot is a picture all the same."""
    for found in _TERMINAL.finditer(source):
        name = found["name"]
        if not any(one.startswith(name.lower()) for one in TERMINALS):
            line = source.count("\n", 0, found.start("name")) + 1
            return [common.find(f"there is no terminal {name}", line=line, hint=common.meant(name, TERMINALS) or "leave the terminal out: each plot becomes a picture", severity="warning")]  # fmt: skip
    return []
