"""What drawings are made of: plain shapes on a page of 400 by 300, and the words for them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" font-family="sans-serif">'
COLOURS = ("red", "blue", "green", "yellow", "orange", "purple", "pink", "black", "teal", "gray", "brown", "gold", "navy", "lime", "crimson", "turquoise", "coral", "white", "skyblue", "darkgreen", "violet", "maroon", "magenta", "cyan", "tomato", "salmon", "olive", "indigo", "silver", "beige")  # fmt: skip
SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "circle": (("circle", "circle", "disc", "round dot", "ball", "dot"), ('<circle cx="{x}" cy="{y}" r="{r}"',)),
    "square": (("square", "square", "box"), ('<rect x="{x0}" y="{y0}" width="{d}" height="{d}"',)),
    "rectangle": (("rectangle", "rectangle", "rect"), ('<rect x="{xw}" y="{y0}" width="{w}" height="{d}"',)),
    "ellipse": (("ellipse", "oval"), ('<ellipse cx="{x}" cy="{y}" rx="{w2}" ry="{r}"',)),
}  # fmt: skip
"""Plain shapes: what people call them, and the element in terms of centre and size."""

FIXED: dict[str, tuple[tuple[str, ...], str]] = {
    "triangle": (("triangle", "triangle"), '<polygon points="200,60 300,240 100,240"'),
    "diamond": (("diamond", "rhombus"), '<polygon points="200,50 290,150 200,250 110,150"'),
    "star": (("star", "five-pointed star", "star shape"), '<polygon points="200,40 227,113 305,116 243,164 265,239 200,195 135,239 157,164 95,116 173,113"'),
    "hexagon": (("hexagon", "hexagon"), '<polygon points="200,50 287,100 287,200 200,250 113,200 113,100"'),
    "pentagon": (("pentagon",), '<polygon points="200,50 295,119 259,231 141,231 105,119"'),
    "octagon": (("octagon",), '<polygon points="159,50 241,50 300,109 300,191 241,250 159,250 100,191 100,109"'),
    "heart": (("heart", "heart shape"), '<path d="M200,250 C60,160 100,50 200,110 C300,50 340,160 200,250 Z"'),
    "arrow": (("arrow", "arrow pointing right", "right arrow"), '<polygon points="90,125 230,125 230,80 320,150 230,220 230,175 90,175"'),
    "cross": (("cross", "plus sign", "plus"), '<polygon points="170,50 230,50 230,120 300,120 300,180 230,180 230,250 170,250 170,180 100,180 100,120 170,120"'),
    "moon": (("crescent moon", "moon", "crescent"), '<path d="M230,50 A105,105 0 1 0 230,250 A120,120 0 0 1 230,50 Z"'),
}  # fmt: skip
"""Shapes with their points learnt by heart."""

CENTRED: dict[str, tuple[str, str]] = {
    "triangle": ("triangle", '<polygon points="0,-26 26,22 -26,22"'),
    "star": ("star", '<polygon points="0,-30 7,-9 29,-9 11,4 18,25 0,12 -18,25 -11,4 -29,-9 -7,-9"'),
    "diamond": ("diamond", '<polygon points="0,-30 25,0 0,30 -25,0"'),
    "heart": ("heart", '<path d="M0,28 C-40,2 -28,-32 0,-12 C28,-32 40,2 0,28 Z"'),
    "hexagon": ("hexagon", '<polygon points="0,-28 24,-14 24,14 0,28 -24,14 -24,-14"'),
}  # fmt: skip
"""Shapes about the origin, to be moved to where they belong; about 56 wide."""

COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True, slots=True)
class Drawing:
    """The elements of a picture, and what it must hold."""

    elements: tuple[str, ...]
    expected: Expected


def program(drawing: Drawing) -> str:
    """The whole source."""
    return "\n".join((_HEAD, *drawing.elements, "</svg>"))


def ask_for(rng: random.Random, thing: str, wishes: list[str]) -> str:
    """The request for `thing`, with what is wished for it."""
    start = wording.opener(rng, thing)
    return wording.before(rng) + wording.cased(rng, start) + wording.clauses(rng, wishes) + wording.closer(rng)  # fmt: skip


def fill(colour: str) -> str:
    """The end of an element filled with `colour`."""
    edge = ' stroke="gray"' if colour == "white" else ""  # or it is not seen on white
    return f' fill="{colour}"{edge}/>'


def element(shape: str, x: int, y: int, r: int) -> str:
    """The beginning of an element: `shape` about (x, y), of the size of a circle of radius `r`."""
    if shape in CENTRED and (x, y, r) != (200, 150, 80):
        scale = f" scale({r / 28:.1f})" if r > 30 else ""
        return f'{CENTRED[shape][1]} transform="translate({x},{y}){scale}"'
    if shape in FIXED:
        return FIXED[shape][1]
    return SHAPES[shape][1][0].format(
        x=x,
        y=y,
        r=r,
        d=2 * r,
        x0=x - r,
        y0=y - r,
        w=3 * r,
        w2=round(1.5 * r),
        xw=x - round(1.5 * r),
    )


def plural(shape: str) -> str:
    """What several of `shape` are called."""
    return (SHAPES[shape][0][0] if shape in SHAPES else shape) + "s"
