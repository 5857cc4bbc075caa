"""Shapes and small pictures to be asked for, as SVG on a page of 400 by 300."""

from __future__ import annotations

import random
from collections.abc import Callable

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.figures import placed_shapes
from viscoder_tui.training.synthesize.figures.scenes import FLAGS, SCENES, TRICOLOURS
from viscoder_tui.training.synthesize.figures.shapes import (
    CENTRED,
    COLOURS,
    COUNTS,
    FIXED,
    SHAPES,
    Drawing,
    ask_for,
    element,
    fill,
    plural,
    program,
)

_DEFAULT = "steelblue"


def _paper(rng: random.Random, ink: str = "") -> tuple[list[str], list[str]]:
    """A background in another colour than `ink`, most often none."""
    if rng.random() > 0.25:
        return [], []
    colour = rng.choice([one for one in COLOURS if one != ink])
    said = words.spoken_colour(rng, colour)
    wish = rng.choice((f"on a {said} background", f"with a {said} background", f"{said} background", f"background {said}", f"on {said}"))  # fmt: skip
    return [f'<rect width="400" height="300" fill="{colour}"/>'], [wish]


def _style(colour: str, stroke: str | None, outline: bool) -> str:
    if outline:
        return f' fill="none" stroke="{colour}" stroke-width="6"/>'
    if stroke:
        return f' fill="{colour}" stroke="{stroke}" stroke-width="6"/>'
    return fill(colour)


def _look(rng: random.Random) -> tuple[str, str | None, bool, str, list[str]]:
    """Colour, stroke, outline only, adjective before the noun, wishes behind it."""
    colour = rng.choice(COLOURS) if rng.random() < 0.85 else None
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
        stroke = rng.choice(COLOURS)
        wishes.append(rng.choice((f"with a {stroke} border", f"with a {stroke} outline", f"{stroke} border", f"with {stroke} edges", f"{stroke} outline", f"stroke {stroke}")))  # fmt: skip
    return colour or _DEFAULT, stroke, outline, adjective, wishes


def single(rng: random.Random) -> tuple[str, Drawing]:
    """One shape, perhaps with a word on it."""
    shape = rng.choice((*SHAPES, *SHAPES, *FIXED))
    nouns = SHAPES[shape][0] if shape in SHAPES else FIXED[shape][0]
    colour, stroke, outline, adjective, wishes = _look(rng)
    r, size = 80, ""
    numbers: tuple[str, ...] = ()
    if shape in SHAPES and rng.random() < 0.3:
        size, r = rng.choice((("small ", 40), ("little ", 40), ("tiny ", 20), ("big ", 110), ("large ", 110), ("huge ", 130)))  # fmt: skip
    elif shape == "circle" and rng.random() < 0.25:
        r = rng.choice((10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 75, 90, 100, 120, 140))
        numbers = (str(r),)
        wishes.append(rng.choice((f"radius {r}", f"with radius {r}", f"of radius {r}", f"r={r}", f"with a radius of {r}")))  # fmt: skip
    paper, paper_wish = _paper(rng, colour)
    elements = [*paper, element(shape, 200, 150, r) + _style(colour, stroke, outline)]
    names: tuple[str, ...] = ()
    if rng.random() < 0.2 and not size.startswith(("tiny", "small", "little")):
        word = words.any_word(rng).upper() if rng.random() < 0.4 else words.any_word(rng)
        names = (word,)
        ink = "white" if colour not in ("white", "yellow", "beige", "gold", "lime", "cyan", "silver") and not outline else "black"  # fmt: skip
        elements.append(f'<text x="200" y="160" font-size="30" font-weight="bold" text-anchor="middle" fill="{ink}">{_escaped(word)}</text>')  # fmt: skip
        quote = rng.choice(("", "'", '"')) if "'" not in word else ""
        wishes.append(rng.choice((f"with the word {quote}{word}{quote}", f"with the text {quote}{word}{quote}", f"saying {quote}{word}{quote}", f"with {quote}{word}{quote} in it", f"with {quote}{word}{quote} written on it", f"labelled {quote}{word}{quote}")))  # fmt: skip
    said = colour if colour != _DEFAULT or adjective else None
    thing = size + adjective + wording.slipped(rng, rng.choice(nouns))
    if rng.random() < 0.08:
        number = rng.choice(("one ", "1 ", "a single ", "just one ", "exactly one "))
        lead = rng.choice(("", "", "draw ", "I want ", "show ", "please draw ", "make "))
        text = wording.cased(rng, lead + number + thing) + wording.clauses(rng, [*wishes, *paper_wish]) + wording.closer(rng)  # fmt: skip
    else:
        text = ask_for(rng, thing, [*wishes, *paper_wish])
    return text, Drawing(tuple(elements), Expected(shape, numbers, names, None, said))


def several(rng: random.Random) -> tuple[str, Drawing]:
    """Different shapes beside each other: "a red circle, a blue square and a green star"."""
    count = rng.choice((2, 3, 3, 3, 4))
    shapes = [rng.choice((*SHAPES, "circle", "square", *CENTRED)) for _ in range(count)]
    colours = [rng.choice(COLOURS) for _ in range(count)]
    spot = 400 / count
    elements = tuple(
        element(shape, round(spot * (index + 0.5)), 150, 26) + fill(colour)
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
    colour = rng.choice([one for one in COLOURS if one != "white"])
    said = words.spoken_colour(rng, colour)
    elements = [
        element(shape, round(400 / columns * (column + 0.5)), round(300 / rows * (row + 0.5)), 26)
        for row in range(rows)
        for column in range(columns)
    ]
    noun = plural(shape)
    ask = rng.choice((f"{rows}x{columns} grid of {said} {noun}", f"{rows} rows of {columns} {said} {noun}", f"grid of {said} {noun}, {rows} by {columns}", f"{rows} by {columns} grid of {said} {noun}", f"{said} {noun} in {rows} rows and {columns} columns"))  # fmt: skip
    group = (f'<g fill="{colour}">', *(element + "/>" for element in elements), "</g>")
    return ask_for(rng, ask, []), Drawing(group, Expected("grid"))


def row(rng: random.Random) -> tuple[str, Drawing]:
    """Several shapes of one kind in a row or a column."""
    shape = rng.choice(("circle", "circle", "circle", "square", "square", "rectangle", *CENTRED))
    count = rng.randint(2, 6)
    down = rng.random() < 0.25
    each = rng.random() < 0.35
    colours = rng.sample(COLOURS, count) if each else [rng.choice(COLOURS)] * count
    said = [words.spoken_colour(rng, colour) for colour in colours]
    noun = plural(shape)
    spot = (300 if down else 400) / count
    r = 18 if down else 26
    if shape == "rectangle":
        r = 16
    elements: list[str] = []
    for index, colour in enumerate(colours):
        centre = round(spot * (index + 0.5))
        x, y = (200, centre) if down else (centre, 150)
        elements.append(element(shape, x, y, r) + fill(colour))
    number = rng.choice((COUNTS[count - 1], str(count)))
    where = rng.choice(("in a column", "stacked vertically", "one below the other", "vertically")) if down else rng.choice(("in a row", "side by side", "next to each other", "in a line", "beside each other", ""))  # fmt: skip
    if each:
        listed = ", ".join(said[:-1]) + " and " + said[-1]
        text = ask_for(rng, f"{number} {noun} {where}".strip(), [rng.choice((listed, f"in {listed}", f"coloured {listed}", f"colours {listed}"))])  # fmt: skip
    else:
        text = ask_for(rng, f"{number} {said[0]} {noun} {where}".strip(), [])
    return text.replace("a " + number, number).replace("an " + number, number), Drawing(tuple(elements), Expected(shape))  # fmt: skip


def pair(rng: random.Random) -> tuple[str, Drawing]:
    """Two shapes and how they stand to one another."""
    one, other = rng.sample([*SHAPES, *CENTRED], 2)
    colours = rng.sample(COLOURS, 2)
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
    first = element(one, x1, y1, r1) + fill(colours[0])
    second = element(other, x2, y2, r2) + fill(colours[1])
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
    text = ask_for(rng, asked, [])
    return text, Drawing(elements, Expected(f"{one} and {other}"))


def scene(rng: random.Random) -> tuple[str, Drawing]:
    """A little picture learnt by heart, perhaps in another colour."""
    nouns, lines, default = rng.choice(SCENES)
    noun = rng.choice(nouns)
    paper, wishes = _paper(rng) if nouns[0] not in ("snowman",) else ([], [])
    colour = default
    if default and rng.random() < 0.4:
        colour = rng.choice(COLOURS)
        noun = f"{words.spoken_colour(rng, colour)} {noun}"
    elements = [*paper, *(line.format(c=colour) if "{c}" in line else line for line in lines)]
    asked = colour if colour != default else None
    return ask_for(rng, noun, wishes), Drawing(tuple(elements), Expected(nouns[0], colour=asked))


_FLAG_EDGE = '<rect x="50" y="50" width="300" height="{height}" fill="none" stroke="#ccc"/>'


def flag(rng: random.Random) -> tuple[str, Drawing]:
    """A flag: of a country, or three stripes of named colours."""
    if rng.random() < 0.25:
        country = rng.choice(list(FLAGS))
        ask = rng.choice((f"flag of {country}", f"{country} flag", f"the flag of {country}", f"national flag of {country}"))  # fmt: skip
        edge = () if country == "Switzerland" else (_FLAG_EDGE.format(height=200),)
        return ask_for(rng, ask, []), Drawing((*FLAGS[country], *edge), Expected("flag"))
    if rng.random() < 0.5:
        country = rng.choice(list(TRICOLOURS))
        upright, colours = TRICOLOURS[country]
        text = ask_for(rng, rng.choice((f"flag of {country}", f"{country} flag", f"flag of {country}", f"national flag of {country}")), [])  # fmt: skip
    else:
        upright = rng.random() < 0.5
        picked = rng.sample(COLOURS, 3)
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
        text = ask_for(rng, rng.choice(forms), [])
    if upright:
        elements = [f'<rect x="{x}" y="50" width="100" height="200" fill="{colour}"/>' for x, colour in zip((50, 150, 250), colours, strict=True)]  # fmt: skip
    else:
        elements = [f'<rect x="50" y="{y}" width="300" height="66" fill="{colour}"/>' for y, colour in zip((50, 116, 182), colours, strict=True)]  # fmt: skip
    outline = _FLAG_EDGE.format(height=200 if upright else 198)
    return text, Drawing((*elements, outline), Expected("flag"))


def lettering(rng: random.Random) -> tuple[str, Drawing]:
    """Words in large letters."""
    text = words.phrase(rng, 1, 3)
    colour = rng.choice(COLOURS[:12]) if rng.random() < 0.6 else None
    paper, wishes = _paper(rng, colour or "")
    if colour:
        said = words.spoken_colour(rng, colour)
        wishes.append(rng.choice((f"in {said}", f"in {said} letters", f"{said} text", f"colour {said}", f"in big {said} letters", said, f"make it {said}")))  # fmt: skip
    elif rng.random() < 0.3:
        wishes.append(rng.choice(("in large letters", "in big letters", "big", "large and bold", "in capitals" if text.isupper() else "centered")))  # fmt: skip
    quote = rng.choice(("'", '"', '"', "")) if "'" not in text else '"'
    ask = rng.choice((f"write {quote}{text}{quote}", f"the words {quote}{text}{quote}", f"sign for the door that says {quote}{text}{quote}", f"the word {quote}{text}{quote}", f"sign saying {quote}{text}{quote}", f"poster with the words {quote}{text}{quote}", f"lettering {quote}{text}{quote}", f"text {quote}{text}{quote}", f"words {quote}{text}{quote}", f"sign that says {quote}{text}{quote}", f"banner with {quote}{text}{quote}", f"logo with the text {quote}{text}{quote}"))  # fmt: skip
    elements = [*paper, f'<text x="200" y="165" font-size="40" font-weight="bold" text-anchor="middle" textLength="340" lengthAdjust="spacingAndGlyphs" fill="{colour or "#333"}">{_escaped(text)}</text>']  # fmt: skip
    return ask_for(rng, ask, wishes), Drawing(tuple(elements), Expected("text", names=(text,), colour=colour))  # fmt: skip


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
    return ask_for(rng, ask, []), Drawing(elements, Expected("venn", names=names))


def rings(rng: random.Random) -> tuple[str, Drawing]:
    """Concentric circles."""
    count = rng.randint(2, 6)
    colour = rng.choice([one for one in COLOURS if one != "white"])
    said = words.spoken_colour(rng, colour)
    number = rng.choice((COUNTS[count - 1], str(count)))
    ask = rng.choice((f"{number} concentric circles in {said}", f"{number} {said} concentric circles", f"{number} {said} rings inside each other", f"{number} concentric {said} rings"))  # fmt: skip
    elements = [f'<g fill="none" stroke="{colour}" stroke-width="6">']
    elements += [f'<circle cx="200" cy="150" r="{20 + 20 * index}"/>' for index in range(count)]
    text = ask_for(rng, ask, []).replace("a " + number, number).replace("an " + number, number)
    return text, Drawing((*elements, "</g>"), Expected("rings", colour=colour))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


_MAKERS: tuple[tuple[Callable[[random.Random], tuple[str, Drawing]], float], ...] = (
    (single, 5), (row, 2.5), (pair, 1.5), (several, 1.5), (grid, 0.6),
    (scene, 4), (flag, 1.4), (lettering, 1), (venn, 0.8), (rings, 0.6),
)  # fmt: skip


def draw(rng: random.Random) -> tuple[str, Drawing]:
    """A request for a drawing, and the drawing."""
    makers = (*_MAKERS, *placed_shapes.MAKERS)
    maker = rng.choices([one for one, _ in makers], [weight for _, weight in makers])[0]
    return maker(rng)


__all__ = ["Drawing", "draw", "program"]
