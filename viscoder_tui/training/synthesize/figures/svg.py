"""Shapes and small pictures to be asked for, as SVG on a page of 400 by 300."""

from __future__ import annotations

import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words

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

_SCENES: tuple[tuple[tuple[str, ...], tuple[str, ...], str | None], ...] = (
    (("smiley", "smiley face", "happy face", "smiling face", "a smile"), ('<circle cx="200" cy="150" r="100" fill="{c}"/>', '<circle cx="165" cy="125" r="12" fill="#333"/>', '<circle cx="235" cy="125" r="12" fill="#333"/>', '<path d="M150,175 Q200,225 250,175" fill="none" stroke="#333" stroke-width="8" stroke-linecap="round"/>'), "gold"),
    (("sad face", "sad smiley", "frowning face"), ('<circle cx="200" cy="150" r="100" fill="{c}"/>', '<circle cx="165" cy="125" r="12" fill="#333"/>', '<circle cx="235" cy="125" r="12" fill="#333"/>', '<path d="M150,205 Q200,160 250,205" fill="none" stroke="#333" stroke-width="8" stroke-linecap="round"/>'), "gold"),
    (("sun", "sun with rays", "shining sun"), ('<g stroke="{c}" stroke-width="10" stroke-linecap="round">', '<path d="M200,40 V70 M200,230 V260 M90,150 H120 M280,150 H310 M122,72 L143,93 M257,207 L278,228 M122,228 L143,207 M257,93 L278,72"/>', "</g>", '<circle cx="200" cy="150" r="60" fill="{c}"/>'), "gold"),
    (("house", "simple house", "little house", "home"), ('<rect x="120" y="140" width="160" height="120" fill="{c}"/>', '<polygon points="100,140 200,60 300,140" fill="firebrick"/>', '<rect x="180" y="190" width="40" height="70" fill="saddlebrown"/>', '<rect x="135" y="165" width="32" height="32" fill="lightyellow"/>', '<rect x="233" y="165" width="32" height="32" fill="lightyellow"/>'), "wheat"),
    (("tree", "simple tree"), ('<rect x="185" y="180" width="30" height="80" fill="saddlebrown"/>', '<circle cx="200" cy="120" r="70" fill="{c}"/>'), "forestgreen"),
    (("christmas tree", "fir tree", "pine tree"), ('<rect x="188" y="230" width="24" height="40" fill="saddlebrown"/>', '<polygon points="200,30 250,110 150,110" fill="{c}"/>', '<polygon points="200,80 270,170 130,170" fill="{c}"/>', '<polygon points="200,140 290,235 110,235" fill="{c}"/>'), "forestgreen"),
    (("traffic light", "traffic lights", "stop light", "semaphore"), ('<rect x="150" y="30" width="100" height="240" rx="20" fill="#333"/>', '<circle cx="200" cy="75" r="32" fill="red"/>', '<circle cx="200" cy="150" r="32" fill="yellow"/>', '<circle cx="200" cy="225" r="32" fill="green"/>'), None),
    (("snowman",), ('<rect width="400" height="300" fill="lightblue"/>', '<circle cx="200" cy="215" r="65" fill="white"/>', '<circle cx="200" cy="115" r="45" fill="white"/>', '<circle cx="185" cy="105" r="5" fill="black"/>', '<circle cx="215" cy="105" r="5" fill="black"/>', '<polygon points="200,115 235,122 200,125" fill="darkorange"/>', '<rect x="160" y="65" width="80" height="8" fill="black"/>', '<rect x="175" y="30" width="50" height="36" fill="black"/>'), None),
    (("target", "bullseye", "dartboard", "target with rings"), ('<circle cx="200" cy="150" r="120" fill="red"/>', '<circle cx="200" cy="150" r="90" fill="white"/>', '<circle cx="200" cy="150" r="60" fill="red"/>', '<circle cx="200" cy="150" r="30" fill="white"/>'), None),
    (("rainbow",), ('<g fill="none" stroke-width="16">', '<path d="M60,250 A140,140 0 0 1 340,250" stroke="red"/>', '<path d="M76,250 A124,124 0 0 1 324,250" stroke="orange"/>', '<path d="M92,250 A108,108 0 0 1 308,250" stroke="yellow"/>', '<path d="M108,250 A92,92 0 0 1 292,250" stroke="green"/>', '<path d="M124,250 A76,76 0 0 1 276,250" stroke="blue"/>', '<path d="M140,250 A60,60 0 0 1 260,250" stroke="indigo"/>', '<path d="M156,250 A44,44 0 0 1 244,250" stroke="violet"/>', "</g>"), None),
    (("olympic rings", "the olympic rings", "five rings"), ('<g fill="none" stroke-width="9">', '<circle cx="110" cy="130" r="45" stroke="blue"/>', '<circle cx="200" cy="130" r="45" stroke="black"/>', '<circle cx="290" cy="130" r="45" stroke="red"/>', '<circle cx="155" cy="175" r="45" stroke="gold"/>', '<circle cx="245" cy="175" r="45" stroke="green"/>', "</g>"), None),
    (("clock", "clock face", "wall clock"), ('<circle cx="200" cy="150" r="110" fill="white" stroke="#333" stroke-width="8"/>', '<g stroke="#333" stroke-width="6" stroke-linecap="round">', '<path d="M200,52 V66 M200,234 V248 M102,150 H116 M284,150 H298"/>', '<path d="M200,150 V80 M200,150 L245,175"/>', "</g>"), None),
    (("flower", "simple flower"), ('<g fill="{c}">', '<circle cx="200" cy="95" r="35"/>', '<circle cx="252" cy="133" r="35"/>', '<circle cx="232" cy="194" r="35"/>', '<circle cx="168" cy="194" r="35"/>', '<circle cx="148" cy="133" r="35"/>', "</g>", '<circle cx="200" cy="150" r="32" fill="gold"/>'), "hotpink"),
    (("cloud", "simple cloud", "fluffy cloud"), ('<g fill="{c}">', '<circle cx="140" cy="170" r="45"/>', '<circle cx="200" cy="140" r="60"/>', '<circle cx="262" cy="168" r="48"/>', '<rect x="140" y="165" width="122" height="50"/>', "</g>"), "lightgray"),
    (("fish", "simple fish"), ('<ellipse cx="190" cy="150" rx="90" ry="55" fill="{c}"/>', '<polygon points="270,150 330,100 330,200" fill="{c}"/>', '<circle cx="140" cy="135" r="8" fill="#333"/>'), "orange"),
    (("chess board", "chessboard", "checkerboard", "checker board"), ('<defs><pattern id="p" width="60" height="60" patternUnits="userSpaceOnUse">', '<rect width="60" height="60" fill="white"/>', '<rect width="30" height="30"/><rect x="30" y="30" width="30" height="30"/>', "</pattern></defs>", '<rect x="80" y="30" width="240" height="240" fill="url(#p)" stroke="#333" stroke-width="2"/>'), None),
    (("battery", "battery icon"), ('<rect x="90" y="100" width="200" height="100" rx="12" fill="none" stroke="#333" stroke-width="8"/>', '<rect x="294" y="130" width="18" height="40" fill="#333"/>', '<rect x="104" y="114" width="130" height="72" fill="{c}"/>'), "limegreen"),
    (("magnifying glass", "search icon"), ('<circle cx="175" cy="125" r="70" fill="none" stroke="{c}" stroke-width="16"/>', '<path d="M228,178 L300,250" stroke="{c}" stroke-width="22" stroke-linecap="round"/>'), "dimgray"),
    (("envelope", "mail icon", "letter icon"), ('<rect x="90" y="80" width="220" height="140" rx="8" fill="{c}"/>', '<path d="M90,88 L200,170 L310,88" fill="none" stroke="white" stroke-width="8"/>'), "steelblue"),
    (("stop sign",), ('<polygon points="159,50 241,50 300,109 300,191 241,250 159,250 100,191 100,109" fill="crimson" stroke="white" stroke-width="6"/>', '<text x="200" y="168" font-size="52" font-weight="bold" text-anchor="middle" fill="white">STOP</text>'), None),
)  # fmt: skip

_TRICOLOURS: dict[str, tuple[bool, tuple[str, str, str]]] = {
    "France": (True, ("blue", "white", "red")), "Italy": (True, ("green", "white", "red")),
    "Germany": (False, ("black", "red", "gold")), "Netherlands": (False, ("firebrick", "white", "navy")),
    "Ireland": (True, ("green", "white", "orange")), "Belgium": (True, ("black", "gold", "red")),
    "Russia": (False, ("white", "blue", "red")), "Hungary": (False, ("red", "white", "green")),
    "Austria": (False, ("red", "white", "red")), "Romania": (True, ("blue", "gold", "red")),
    "Bulgaria": (False, ("white", "green", "red")), "Estonia": (False, ("blue", "black", "white")),
    "Lithuania": (False, ("gold", "green", "red")), "Luxembourg": (False, ("red", "white", "skyblue")),
    "Nigeria": (True, ("green", "white", "green")), "Peru": (True, ("red", "white", "red")),
    "Armenia": (False, ("red", "blue", "orange")), "Yemen": (False, ("red", "white", "black")),
}  # fmt: skip

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


def _style(colour: str, stroke: str | None, outline: bool) -> str:
    if outline:
        return f' fill="none" stroke="{colour}" stroke-width="6"/>'
    if stroke:
        return f' fill="{colour}" stroke="{stroke}" stroke-width="6"/>'
    return f' fill="{colour}"/>'


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
    outline = rng.random() < 0.1
    if outline:
        wishes.append(rng.choice(("outline only", "not filled", "only the outline", "no fill", "just the outline")))  # fmt: skip
    stroke = None
    if not outline and rng.random() < 0.15:
        stroke = rng.choice(_COLOURS)
        wishes.append(rng.choice((f"with a {stroke} border", f"with a {stroke} outline", f"{stroke} border", f"with {stroke} edges", f"{stroke} outline", f"stroke {stroke}")))  # fmt: skip
    return colour or _DEFAULT, stroke, outline, adjective, wishes


def _element(shape: str, x: int, y: int, r: int) -> str:
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


def row(rng: random.Random) -> tuple[str, Drawing]:
    """Several shapes of one kind in a row or a column."""
    shape = rng.choice(("circle", "circle", "square", "rectangle"))
    count = rng.randint(2, 6)
    down = rng.random() < 0.25
    each = rng.random() < 0.35
    colours = rng.sample(_COLOURS, count) if each else [rng.choice(_COLOURS)] * count
    said = [words.spoken_colour(rng, colour) for colour in colours]
    noun = SHAPES[shape][0][0] + "s"
    spot = (300 if down else 400) / count
    r = 18 if down else 26
    if shape == "rectangle":
        r = 16
    elements: list[str] = []
    for index, colour in enumerate(colours):
        centre = round(spot * (index + 0.5))
        x, y = (200, centre) if down else (centre, 150)
        elements.append(_element(shape, x, y, r) + f' fill="{colour}"/>')
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
    one, other = rng.sample(list(SHAPES), 2)
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
    first = _element(one, x1, y1, r1) + f' fill="{colours[0]}"/>'
    second = _element(other, x2, y2, r2) + f' fill="{colours[1]}"/>'
    elements = (second, first) if where == "inside" else (first, second)
    to = {"left of": rng.choice(("left of", "to the left of")), "right of": rng.choice(("right of", "to the right of")), "inside": rng.choice(("inside", "in", "within"))}.get(where, where)  # fmt: skip
    text = _asked(rng, f"{said[0]} {SHAPES[one][0][0]} {to} {wording.article(said[1])} {said[1]} {SHAPES[other][0][0]}", [])  # fmt: skip
    return text, Drawing(elements, Expected(f"{one} and {other}"))


def scene(rng: random.Random) -> tuple[str, Drawing]:
    """A little picture learnt by heart, perhaps in another colour."""
    nouns, lines, default = rng.choice(_SCENES)
    noun = rng.choice(nouns)
    paper, wishes = _paper(rng) if nouns[0] not in ("snowman",) else ([], [])
    colour = default
    if default and rng.random() < 0.4:
        colour = rng.choice(_COLOURS)
        noun = f"{words.spoken_colour(rng, colour)} {noun}"
    elements = [*paper, *(line.format(c=colour) if "{c}" in line else line for line in lines)]
    asked = colour if colour != default else None
    return _asked(rng, noun, wishes), Drawing(tuple(elements), Expected(nouns[0], colour=asked))


def flag(rng: random.Random) -> tuple[str, Drawing]:
    """A flag of three stripes: of a country, or of named colours."""
    if rng.random() < 0.5:
        country = rng.choice(list(_TRICOLOURS))
        upright, colours = _TRICOLOURS[country]
        text = _asked(rng, rng.choice((f"flag of {country}", f"{country} flag", f"flag of {country}", f"national flag of {country}")), [])  # fmt: skip
    else:
        upright = rng.random() < 0.5
        picked = rng.sample(_COLOURS, 3)
        colours = (picked[0], picked[1], picked[2])
        way = "vertical" if upright else "horizontal"
        listed = rng.choice(("{}, {} and {}", "{} {} {}", "{}, {}, {}", "{}-{}-{}")).format(
            *colours
        )
        text = _asked(rng, rng.choice((f"flag with {way} stripes {listed}", f"{way} tricolour {listed}", f"flag with three {way} stripes: {listed}", f"{way} striped flag in {listed}")), [])  # fmt: skip
    if upright:
        elements = [f'<rect x="{x}" y="50" width="100" height="200" fill="{colour}"/>' for x, colour in zip((50, 150, 250), colours, strict=True)]  # fmt: skip
    else:
        elements = [f'<rect x="50" y="{y}" width="300" height="66" fill="{colour}"/>' for y, colour in zip((50, 116, 182), colours, strict=True)]  # fmt: skip
    outline = f'<rect x="50" y="50" width="300" height="{200 if upright else 198}" fill="none" stroke="#ccc"/>'
    return text, Drawing((*elements, outline), Expected("flag"))


def lettering(rng: random.Random) -> tuple[str, Drawing]:
    """Words in large letters."""
    text = words.phrase(rng, 1, 3)
    colour = rng.choice(_COLOURS[:12]) if rng.random() < 0.6 else None
    paper, wishes = _paper(rng)
    if colour:
        said = words.spoken_colour(rng, colour)
        wishes.append(rng.choice((f"in {said}", f"in {said} letters", f"{said} text", f"colour {said}")))  # fmt: skip
    quote = rng.choice(("'", '"', '"')) if "'" not in text else '"'
    ask = rng.choice((f"text {quote}{text}{quote}", f"words {quote}{text}{quote}", f"sign that says {quote}{text}{quote}", f"banner with {quote}{text}{quote}", f"logo with the text {quote}{text}{quote}"))  # fmt: skip
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
    colour = rng.choice(_COLOURS)
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
    maker = rng.choices((single, row, pair, scene, flag, lettering, venn, rings), (6, 2, 1.5, 3.5, 1.2, 1, 0.8, 0.6))[0]  # fmt: skip
    return maker(rng)
