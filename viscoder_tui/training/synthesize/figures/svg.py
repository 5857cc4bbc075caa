"""Shapes and small pictures to be asked for, as SVG on a page of 400 by 300."""

from __future__ import annotations

import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.figures.scenes import FLAGS, SCENES, TRICOLOURS

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" font-family="sans-serif">'
_COLOURS = ("red", "blue", "green", "yellow", "orange", "purple", "pink", "black", "teal", "gray", "brown", "gold", "navy", "lime", "crimson", "turquoise", "coral", "white", "skyblue", "darkgreen", "violet", "maroon", "magenta", "cyan", "tomato", "salmon", "olive", "indigo", "silver", "beige")  # fmt: skip
_DEFAULT = "steelblue"

SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "circle": (("circle", "circle", "disc", "round dot", "ball", "dot"), ('<circle cx="{x}" cy="{y}" r="{r}"',)),
    "square": (("square", "square", "box"), ('<rect x="{x0}" y="{y0}" width="{d}" height="{d}"',)),
    "rectangle": (("rectangle", "rectangle", "rect"), ('<rect x="{xw}" y="{y0}" width="{w}" height="{d}"',)),
    "ellipse": (("ellipse", "oval"), ('<ellipse cx="{x}" cy="{y}" rx="{w2}" ry="{r}"',)),
}  # fmt: skip
"""Plain shapes: what people call them, and the element in terms of centre and size."""

_FIXED: dict[str, tuple[tuple[str, ...], str]] = {
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

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True, slots=True)
class Drawing:
    """The elements of a picture, and what it must hold."""

    elements: tuple[str, ...]
    expected: Expected


def program(drawing: Drawing) -> str:
    """The whole source."""
    return "\n".join((_HEAD, *drawing.elements, "</svg>"))


def _asked(rng: random.Random, thing: str, wishes: list[str]) -> str:
    start = wording.opener(rng, thing)
    return wording.before(rng) + wording.cased(rng, start) + wording.clauses(rng, wishes) + wording.closer(rng)  # fmt: skip


def _paper(rng: random.Random) -> tuple[list[str], list[str]]:
    if rng.random() > 0.25:
        return [], []
    colour = rng.choice(_COLOURS)
    said = words.spoken_colour(rng, colour)
    wish = rng.choice((f"on a {said} background", f"with a {said} background", f"{said} background", f"background {said}", f"on {said}"))  # fmt: skip
    return [f'<rect width="400" height="300" fill="{colour}"/>'], [wish]


def _fill(colour: str) -> str:
    edge = ' stroke="gray"' if colour == "white" else ""  # or it is not seen on white
    return f' fill="{colour}"{edge}/>'


def _style(colour: str, stroke: str | None, outline: bool) -> str:
    if outline:
        return f' fill="none" stroke="{colour}" stroke-width="6"/>'
    if stroke:
        return f' fill="{colour}" stroke="{stroke}" stroke-width="6"/>'
    return _fill(colour)


def _look(rng: random.Random) -> tuple[str, str | None, bool, str, list[str]]:
    """Colour, stroke, outline only, adjective before the noun, wishes behind it."""
    colour = rng.choice(_COLOURS) if rng.random() < 0.85 else None
    said = words.spoken_colour(rng, colour) if colour else ""
    wishes: list[str] = []
    adjective = ""
    if colour and rng.random() < 0.75:
        adjective = said + " "
    elif colour:
        wishes.append(rng.choice((f"in {said}", f"filled with {said}", f"filled {said}", f"colour {said}", f"fill {said}", f"make it {said}", f"{said}")))  # fmt: skip
    outline = colour != "white" and rng.random() < 0.1  # white on white is nothing
    if outline:
        wishes.append(rng.choice(("outline only", "not filled", "only the outline", "no fill", "just the outline")))  # fmt: skip
    stroke = None
    if not outline and rng.random() < 0.15:
        stroke = rng.choice(_COLOURS)
        wishes.append(rng.choice((f"with a {stroke} border", f"with a {stroke} outline", f"{stroke} border", f"with {stroke} edges", f"{stroke} outline", f"stroke {stroke}")))  # fmt: skip
    return colour or _DEFAULT, stroke, outline, adjective, wishes


def _element(shape: str, x: int, y: int, r: int) -> str:
    if shape in CENTRED and (x, y, r) != (200, 150, 80):
        scale = f" scale({r / 28:.1f})" if r > 30 else ""
        return f'{CENTRED[shape][1]} transform="translate({x},{y}){scale}"'
    if shape in _FIXED:
        return _FIXED[shape][1]
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


def single(rng: random.Random) -> tuple[str, Drawing]:
    """One shape, perhaps with a word on it."""
    shape = rng.choice((*SHAPES, *SHAPES, *_FIXED))
    nouns = SHAPES[shape][0] if shape in SHAPES else _FIXED[shape][0]
    colour, stroke, outline, adjective, wishes = _look(rng)
    r, size = 80, ""
    numbers: tuple[str, ...] = ()
    if shape in SHAPES and rng.random() < 0.3:
        size, r = rng.choice((("small ", 40), ("little ", 40), ("tiny ", 20), ("big ", 110), ("large ", 110), ("huge ", 130)))  # fmt: skip
    elif shape == "circle" and rng.random() < 0.25:
        r = rng.choice((10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 75, 90, 100, 120, 140))
        numbers = (str(r),)
        wishes.append(rng.choice((f"radius {r}", f"with radius {r}", f"of radius {r}", f"r={r}", f"with a radius of {r}")))  # fmt: skip
    paper, paper_wish = _paper(rng)
    elements = [*paper, _element(shape, 200, 150, r) + _style(colour, stroke, outline)]
    names: tuple[str, ...] = ()
    if rng.random() < 0.2 and not size.startswith(("tiny", "small", "little")):
        word = words.any_word(rng).upper() if rng.random() < 0.4 else words.any_word(rng)
        names = (word,)
        ink = "white" if colour not in ("white", "yellow", "beige", "gold", "lime", "cyan", "silver") and not outline else "black"  # fmt: skip
        elements.append(f'<text x="200" y="160" font-size="30" font-weight="bold" text-anchor="middle" fill="{ink}">{_escaped(word)}</text>')  # fmt: skip
        quote = rng.choice(("", "'", '"')) if "'" not in word else ""
        wishes.append(rng.choice((f"with the word {quote}{word}{quote}", f"with the text {quote}{word}{quote}", f"saying {quote}{word}{quote}", f"with {quote}{word}{quote} in it", f"with {quote}{word}{quote} written on it", f"labelled {quote}{word}{quote}")))  # fmt: skip
    said = colour if colour != _DEFAULT or adjective else None
    text = _asked(rng, size + adjective + wording.slipped(rng, rng.choice(nouns)), [*wishes, *paper_wish])  # fmt: skip
    return text, Drawing(tuple(elements), Expected(shape, numbers, names, None, said))


def _plural(shape: str) -> str:
    return (SHAPES[shape][0][0] if shape in SHAPES else shape) + "s"


def several(rng: random.Random) -> tuple[str, Drawing]:
    """Different shapes beside each other: "a red circle, a blue square and a green star"."""
    count = rng.choice((2, 3, 3, 3, 4))
    shapes = [rng.choice((*SHAPES, "circle", "square", *CENTRED)) for _ in range(count)]
    colours = [rng.choice(_COLOURS) for _ in range(count)]
    spot = 400 / count
    elements = tuple(
        _element(shape, round(spot * (index + 0.5)), 150, 26) + _fill(colour)
        for index, (shape, colour) in enumerate(zip(shapes, colours, strict=True))
    )
    named = [f"{words.spoken_colour(rng, colour)} {shape}" for shape, colour in zip(shapes, colours, strict=True)]  # fmt: skip
    if rng.random() < 0.8:
        named = [f"{wording.article(one)} {one}" for one in named]
    text = ", ".join(named[:-1]) + rng.choice((" and ", " and ", ", ", ", and ", " next to ")) + named[-1]  # fmt: skip
    lead = rng.choice(("", "", "draw ", "please draw ", "make ", "show ", "I want ", "can you draw ", "give me ", "create ", "picture of ", "svg with ", "a drawing with "))  # fmt: skip
    where = rng.choice(("", "", "in a row", "side by side", "next to each other", "from left to right"))  # fmt: skip
    asked = wording.before(rng) + wording.cased(rng, lead + text) + wording.clauses(rng, [where])
    return asked + wording.closer(rng), Drawing(elements, Expected("several"))


def grid(rng: random.Random) -> tuple[str, Drawing]:
    """Rows and columns of one shape: "a 3x3 grid of blue dots"."""
    rows, columns = rng.choice(((2, 2), (2, 3), (3, 3), (3, 2), (2, 4), (3, 4), (4, 4)))
    shape = rng.choice(("circle", "circle", "square", "star", "triangle"))
    colour = rng.choice(_COLOURS)
    said = words.spoken_colour(rng, colour)
    elements = [
        _element(shape, round(400 / columns * (column + 0.5)), round(300 / rows * (row + 0.5)), 26)
        for row in range(rows)
        for column in range(columns)
    ]
    noun = _plural(shape)
    ask = rng.choice((f"{rows}x{columns} grid of {said} {noun}", f"{rows} rows of {columns} {said} {noun}", f"grid of {said} {noun}, {rows} by {columns}", f"{rows} by {columns} grid of {said} {noun}", f"{said} {noun} in {rows} rows and {columns} columns"))  # fmt: skip
    group = (f'<g fill="{colour}">', *(element + "/>" for element in elements), "</g>")
    return _asked(rng, ask, []), Drawing(group, Expected("grid"))


def row(rng: random.Random) -> tuple[str, Drawing]:
    """Several shapes of one kind in a row or a column."""
    shape = rng.choice(("circle", "circle", "circle", "square", "square", "rectangle", *CENTRED))
    count = rng.randint(2, 6)
    down = rng.random() < 0.25
    each = rng.random() < 0.35
    colours = rng.sample(_COLOURS, count) if each else [rng.choice(_COLOURS)] * count
    said = [words.spoken_colour(rng, colour) for colour in colours]
    noun = _plural(shape)
    spot = (300 if down else 400) / count
    r = 18 if down else 26
    if shape == "rectangle":
        r = 16
    elements: list[str] = []
    for index, colour in enumerate(colours):
        centre = round(spot * (index + 0.5))
        x, y = (200, centre) if down else (centre, 150)
        elements.append(_element(shape, x, y, r) + _fill(colour))
    number = rng.choice((_NUMBERS[count - 1], str(count)))
    where = rng.choice(("in a column", "stacked vertically", "one below the other", "vertically")) if down else rng.choice(("in a row", "side by side", "next to each other", "in a line", "beside each other", ""))  # fmt: skip
    if each:
        listed = ", ".join(said[:-1]) + " and " + said[-1]
        text = _asked(rng, f"{number} {noun} {where}".strip(), [rng.choice((listed, f"in {listed}", f"coloured {listed}", f"colours {listed}"))])  # fmt: skip
    else:
        text = _asked(rng, f"{number} {said[0]} {noun} {where}".strip(), [])
    return text.replace("a " + number, number).replace("an " + number, number), Drawing(tuple(elements), Expected(shape))  # fmt: skip


def pair(rng: random.Random) -> tuple[str, Drawing]:
    """Two shapes and how they stand to one another."""
    one, other = rng.sample([*SHAPES, *CENTRED], 2)
    colours = rng.sample(_COLOURS, 2)
    said = [words.spoken_colour(rng, colour) for colour in colours]
    where = rng.choice(("left of", "right of", "above", "below", "inside", "next to", "on top of", "under"))  # fmt: skip
    places = {
        "left of": ((120, 150), (290, 150)), "right of": ((290, 150), (120, 150)),
        "above": ((200, 80), (200, 220)), "below": ((200, 220), (200, 80)),
        "next to": ((120, 150), (290, 150)), "on top of": ((200, 80), (200, 220)),
        "under": ((200, 220), (200, 80)), "inside": ((200, 150), (200, 150)),
    }  # fmt: skip
    (x1, y1), (x2, y2) = places[where]
    r1, r2 = (35, 90) if where == "inside" else (45, 45)
    first = _element(one, x1, y1, r1) + _fill(colours[0])
    second = _element(other, x2, y2, r2) + _fill(colours[1])
    elements = (second, first) if where == "inside" else (first, second)
    to = {"left of": rng.choice(("left of", "to the left of")), "right of": rng.choice(("right of", "to the right of")), "inside": rng.choice(("inside", "in", "within"))}.get(where, where)  # fmt: skip
    a, b = f"{said[0]} {one}", f"{wording.article(said[1])} {said[1]} {other}"
    forms = [f"{a} {to} {b}"]
    forms += {
        "left of": [f"{a} on the left and {b} on the right", f"{a} left, {said[1]} {other} right"],
        "right of": [f"{a} on the right and {b} on the left"],
        "above": [f"{a} at the top and {b} at the bottom", f"{a} with {b} under it"],
        "below": [f"{a} at the bottom and {b} at the top", f"{a} with {b} above it"],
        "next to": [f"{a} and {b}", f"{a} beside {b}"],
        "inside": [],
    }.get(where, [])
    asked = rng.choice((*forms, *forms[1:]))
    if where == "inside" and rng.random() < 0.5:
        asked = f"{said[1]} {other} with {wording.article(a)} {a} {rng.choice(('inside', 'in it', 'inside it', 'in the middle', 'in its centre'))}"  # fmt: skip
    text = _asked(rng, asked, [])
    return text, Drawing(elements, Expected(f"{one} and {other}"))


def scene(rng: random.Random) -> tuple[str, Drawing]:
    """A little picture learnt by heart, perhaps in another colour."""
    nouns, lines, default = rng.choice(SCENES)
    noun = rng.choice(nouns)
    paper, wishes = _paper(rng) if nouns[0] not in ("snowman",) else ([], [])
    colour = default
    if default and rng.random() < 0.4:
        colour = rng.choice(_COLOURS)
        noun = f"{words.spoken_colour(rng, colour)} {noun}"
    elements = [*paper, *(line.format(c=colour) if "{c}" in line else line for line in lines)]
    asked = colour if colour != default else None
    return _asked(rng, noun, wishes), Drawing(tuple(elements), Expected(nouns[0], colour=asked))


_FLAG_EDGE = '<rect x="50" y="50" width="300" height="{height}" fill="none" stroke="#ccc"/>'


def flag(rng: random.Random) -> tuple[str, Drawing]:
    """A flag: of a country, or three stripes of named colours."""
    if rng.random() < 0.25:
        country = rng.choice(list(FLAGS))
        ask = rng.choice((f"flag of {country}", f"{country} flag", f"the flag of {country}", f"national flag of {country}"))  # fmt: skip
        edge = () if country == "Switzerland" else (_FLAG_EDGE.format(height=200),)
        return _asked(rng, ask, []), Drawing((*FLAGS[country], *edge), Expected("flag"))
    if rng.random() < 0.5:
        country = rng.choice(list(TRICOLOURS))
        upright, colours = TRICOLOURS[country]
        text = _asked(rng, rng.choice((f"flag of {country}", f"{country} flag", f"flag of {country}", f"national flag of {country}")), [])  # fmt: skip
    else:
        upright = rng.random() < 0.5
        picked = rng.sample(_COLOURS, 3)
        colours = (picked[0], picked[1], picked[2])
        way = "vertical" if upright else "horizontal"
        listed = rng.choice(("{}, {} and {}", "{} {} {}", "{}, {}, {}", "{}-{}-{}", "{} then {} then {}", "{}, then {}, then {}")).format(*colours)  # fmt: skip
        bands = rng.choice(("stripes", "stripes", "bands", "bars"))
        placed = ("{} on the left, {} in the middle, {} on the right" if upright else "{} on top, {} in the middle, {} at the bottom").format(*colours)  # fmt: skip
        forms = (
            f"flag with {way} {bands} {listed}", f"{way} tricolour {listed}", f"flag with three {way} {bands}: {listed}",
            f"{way} striped flag in {listed}", f"flag with three {way} {bands}, {listed}", f"flag made of {way} {bands}: {placed}",
            f"flag of three {way} {bands} in {listed}", f"flag: {way} {bands}, {placed}", f"three {way} {bands} {listed}",
        )  # fmt: skip
        text = _asked(rng, rng.choice(forms), [])
    if upright:
        elements = [f'<rect x="{x}" y="50" width="100" height="200" fill="{colour}"/>' for x, colour in zip((50, 150, 250), colours, strict=True)]  # fmt: skip
    else:
        elements = [f'<rect x="50" y="{y}" width="300" height="66" fill="{colour}"/>' for y, colour in zip((50, 116, 182), colours, strict=True)]  # fmt: skip
    outline = _FLAG_EDGE.format(height=200 if upright else 198)
    return text, Drawing((*elements, outline), Expected("flag"))


def lettering(rng: random.Random) -> tuple[str, Drawing]:
    """Words in large letters."""
    text = words.phrase(rng, 1, 3)
    colour = rng.choice(_COLOURS[:12]) if rng.random() < 0.6 else None
    paper, wishes = _paper(rng)
    if colour:
        said = words.spoken_colour(rng, colour)
        wishes.append(rng.choice((f"in {said}", f"in {said} letters", f"{said} text", f"colour {said}", f"in big {said} letters", said, f"make it {said}")))  # fmt: skip
    elif rng.random() < 0.3:
        wishes.append(rng.choice(("in large letters", "in big letters", "big", "large and bold", "in capitals" if text.isupper() else "centered")))  # fmt: skip
    quote = rng.choice(("'", '"', '"', "")) if "'" not in text else '"'
    ask = rng.choice((f"write {quote}{text}{quote}", f"the words {quote}{text}{quote}", f"sign for the door that says {quote}{text}{quote}", f"the word {quote}{text}{quote}", f"sign saying {quote}{text}{quote}", f"poster with the words {quote}{text}{quote}", f"lettering {quote}{text}{quote}", f"text {quote}{text}{quote}", f"words {quote}{text}{quote}", f"sign that says {quote}{text}{quote}", f"banner with {quote}{text}{quote}", f"logo with the text {quote}{text}{quote}"))  # fmt: skip
    elements = [*paper, f'<text x="200" y="165" font-size="40" font-weight="bold" text-anchor="middle" textLength="340" lengthAdjust="spacingAndGlyphs" fill="{colour or "#333"}">{_escaped(text)}</text>']  # fmt: skip
    return _asked(rng, ask, wishes), Drawing(tuple(elements), Expected("text", names=(text,), colour=colour))  # fmt: skip


def venn(rng: random.Random) -> tuple[str, Drawing]:
    """Two named sets that overlap."""
    names = words.labels(rng, 2)[1]
    ask = rng.choice(("venn diagram of {} and {}", "venn diagram with {} and {}", "venn diagram: {}, {}", "two overlapping circles labelled {} and {}", "overlapping circles {} and {}")).format(*names)  # fmt: skip
    elements = (
        '<g fill-opacity="0.5">',
        '<circle cx="150" cy="150" r="95" fill="steelblue"/>',
        '<circle cx="250" cy="150" r="95" fill="orange"/>',
        "</g>",
        '<g font-size="18" text-anchor="middle" fill="#333">',
        f'<text x="110" y="156">{_escaped(names[0])}</text>',
        f'<text x="290" y="156">{_escaped(names[1])}</text>',
        "</g>",
    )
    return _asked(rng, ask, []), Drawing(elements, Expected("venn", names=names))


def rings(rng: random.Random) -> tuple[str, Drawing]:
    """Concentric circles."""
    count = rng.randint(2, 6)
    colour = rng.choice([one for one in _COLOURS if one != "white"])
    said = words.spoken_colour(rng, colour)
    number = rng.choice((_NUMBERS[count - 1], str(count)))
    ask = rng.choice((f"{number} concentric circles in {said}", f"{number} {said} concentric circles", f"{number} {said} rings inside each other", f"{number} concentric {said} rings"))  # fmt: skip
    elements = [f'<g fill="none" stroke="{colour}" stroke-width="6">']
    elements += [f'<circle cx="200" cy="150" r="{20 + 20 * index}"/>' for index in range(count)]
    text = _asked(rng, ask, []).replace("a " + number, number).replace("an " + number, number)
    return text, Drawing((*elements, "</g>"), Expected("rings", colour=colour))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def draw(rng: random.Random) -> tuple[str, Drawing]:
    """A request for a drawing, and the drawing."""
    maker = rng.choices(
        (single, row, pair, several, grid, scene, flag, lettering, venn, rings),
        (5, 2.5, 1.5, 1.5, 0.6, 4, 1.4, 1, 0.8, 0.6),
    )[0]
    return maker(rng)
