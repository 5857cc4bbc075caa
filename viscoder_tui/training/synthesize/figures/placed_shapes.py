"""Several shapes, each where the request puts it: on the page of `svg`, 400 by 300.

"A red circle at the top, a yellow one in the middle"; "a black rectangle, and on it a star";
"three red circles and two blue squares"; "two gray lines and a teal circle between them".
"""

from __future__ import annotations

import random
from collections.abc import Callable

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.figures.shapes import (
    CENTRED,
    COLOURS,
    COUNTS,
    SHAPES,
    Drawing,
    ask_for,
    element,
    fill,
    plural,
)

_ROWS: dict[tuple[int, int], tuple[str, ...]] = {
    (200, 60): ("at the top", "on top", "up top", "at the very top"),
    (200, 150): ("in the middle", "in the centre", "in the center", "in between"),
    (200, 240): ("at the bottom", "below", "underneath", "at the very bottom"),
}  # fmt: skip
_COLUMNS: dict[tuple[int, int], tuple[str, ...]] = {
    (70, 150): ("on the left", "to the left", "at the left", "left"),
    (200, 150): ("in the middle", "in the centre", "in the center"),
    (330, 150): ("on the right", "to the right", "at the right", "right"),
}  # fmt: skip
_CORNERS: dict[tuple[int, int], tuple[str, ...]] = {
    (70, 60): ("in the top left corner", "top left", "at the top left", "in the upper left"),
    (330, 60): ("in the top right corner", "top right", "at the top right", "in the upper right"),
    (70, 240): ("in the bottom left corner", "bottom left", "at the bottom left", "in the lower left"),
    (330, 240): ("in the bottom right corner", "bottom right", "at the bottom right", "in the lower right"),
    (200, 150): ("in the middle", "in the centre", "in the center"),
}  # fmt: skip


def _shape(rng: random.Random) -> str:
    return rng.choice((*SHAPES, "circle", "circle", "square", *CENTRED))


def _coloured(rng: random.Random) -> tuple[str, str]:
    """A colour, and how it is said."""
    colour = rng.choice(COLOURS)
    return colour, words.spoken_colour(rng, colour)


def _listed(rng: random.Random, parts: list[str]) -> str:
    between = rng.choice((", ", ", ", ", ", "; "))
    return between.join(parts[:-1]) + rng.choice((" and ", " and ", ", and ", ", ")) + parts[-1]


def _opened(rng: random.Random, text: str) -> str:
    """The request for what is listed in `text`."""
    lead = rng.choice(("", "", "draw ", "please draw ", "make ", "show ", "I want ", "can you draw ", "give me ", "create ", "picture of ", "svg with ", "a drawing with ", "a picture with ", "put ", "just ", "render ", "an svg of ", "please make "))  # fmt: skip
    return wording.before(rng) + wording.cased(rng, lead + text) + wording.closer(rng)


def in_places(rng: random.Random) -> tuple[str, Drawing]:
    """Shapes at the top, on the left, in a corner."""
    places = rng.choice((_ROWS, _ROWS, _COLUMNS, _CORNERS))
    spots = rng.sample(list(places), rng.choice((2, 3, 3)))
    if places is not _CORNERS and rng.random() < 0.7:
        spots = [spot for spot in places if spot in spots]  # most people go from top to bottom
    same = rng.choice(list(SHAPES)) if rng.random() < 0.35 else ""
    elements: list[str] = []
    parts: list[str] = []
    for index, (x, y) in enumerate(spots):
        shape = same or _shape(rng)
        colour, said = _coloured(rng)
        elements.append(element(shape, x, y, 32) + fill(colour))
        noun = "one" if same and index and rng.random() < 0.3 else shape
        where = rng.choice(places[x, y])
        thing = f"{wording.article(said)} {said} {noun}"
        parts.append(f"{where} {thing}" if rng.random() < 0.12 else f"{thing} {where}")
    return _opened(rng, _listed(rng, parts)), Drawing(tuple(elements), Expected("several"))


def on_a_board(rng: random.Random) -> tuple[str, Drawing]:
    """A large shape, and smaller ones on it: a traffic light, a domino, a sign."""
    board, board_said = _coloured(rng)
    others = [one for one in COLOURS if one != board]
    upright = rng.random() < 0.6
    count = rng.choice((1, 2, 2, 3, 3, 3))
    noun = rng.choice(("rectangle", "rectangle", "box", "board"))
    x, y, w, h = (140, 20, 120, 260) if upright else (40, 90, 320, 120)
    places = list((_ROWS if upright else _COLUMNS).items())
    chosen = {1: places[1:2], 2: [places[0], places[2]], 3: places}[count]
    elements = [f'<rect x="{x}" y="{y}" width="{w}" height="{h}"' + fill(board)]
    shape = rng.choice(("circle", "circle", "square", *CENTRED))
    parts: list[str] = []
    for index, ((left, top), said_where) in enumerate(chosen):
        colour = rng.choice(others)
        said = words.spoken_colour(rng, colour)
        elements.append(element(shape, left, top, 32) + fill(colour))
        one = "one" if index and rng.random() < 0.2 else shape
        parts.append(f"{wording.article(said)} {said} {one} {rng.choice(said_where)}")
    tall = rng.choice(("", "tall ", "upright ", "vertical ") if upright else ("wide ", "long ", "horizontal "))  # fmt: skip
    thing = f"{wording.article(tall + board_said)} {tall}{board_said} {noun}"
    on = rng.choice((", and on it ", " with ", ", on it ", " holding ", ". On it ", "; inside it ", " and in it ", " and on top of it "))  # fmt: skip
    text = thing + on + (_listed(rng, parts) if count > 1 else parts[0])
    if rng.random() < 0.2:
        what = rng.choice(("traffic light", "sign", "traffic light", "domino", "badge", "board", "panel"))  # fmt: skip
        text = f"{what}: {text}"
    return _opened(rng, text), Drawing(tuple(elements), Expected("several"))


def counted(rng: random.Random) -> tuple[str, Drawing]:
    """So many of one kind and so many of another, in one row."""
    counts = [rng.randint(1, 4) for _ in range(rng.choice((2, 2, 2, 3)))]
    kinds = rng.sample([*SHAPES, *CENTRED], len(counts))
    spot = 400 / sum(counts)
    elements: list[str] = []
    parts: list[str] = []
    for shape, count in zip(kinds, counts, strict=True):
        colour, said = _coloured(rng)
        for _ in range(count):
            x = round(spot * (len(elements) + 0.5))
            elements.append(element(shape, x, 150, 16) + fill(colour))
        number = rng.choice((COUNTS[count - 1], str(count)))
        parts.append(f"{wording.article(said)} {said} {shape}" if count == 1 else f"{number} {said} {plural(shape)}")  # fmt: skip
    where = rng.choice(("", "", " in a row", " side by side", " next to each other", " in one line"))  # fmt: skip
    return _opened(rng, _listed(rng, parts) + where), Drawing(tuple(elements), Expected("several"))


_LINES: dict[str, tuple[tuple[str, ...], str]] = {
    "horizontal": (("horizontal line", "line", "straight line"), '<line x1="60" y1="{y}" x2="340" y2="{y}"'),
    "vertical": (("vertical line", "upright line"), '<line x1="{x}" y1="40" x2="{x}" y2="260"'),
    "diagonal": (("diagonal line", "line from corner to corner", "slanted line"), '<line x1="60" y1="40" x2="340" y2="260"'),
}  # fmt: skip


def _line(way: str, x: int, y: int, colour: str, width: int) -> str:
    return _LINES[way][1].format(x=x, y=y) + f' stroke="{colour}" stroke-width="{width}"/>'


def lines(rng: random.Random) -> tuple[str, Drawing]:
    """Lines: one, or some beside each other, perhaps with a shape between."""
    colour = rng.choice([one for one in COLOURS if one != "white"])
    said = words.spoken_colour(rng, colour)
    way = rng.choice(("horizontal", "horizontal", "vertical", "diagonal"))
    thick, width = rng.choice((("", 6), ("", 6), ("", 6), ("thick ", 14), ("thin ", 2)))
    if way == "diagonal" or rng.random() < 0.35:
        noun = rng.choice(_LINES[way][0])
        text = ask_for(rng, f"{thick}{said} {noun}", [])
        return text, Drawing((_line(way, 200, 150, colour, width),), Expected("lines", colour=colour))  # fmt: skip
    count = rng.choice((2, 2, 2, 3, 3, 4))
    upright = way == "vertical"
    spot = (400 if upright else 300) / count
    middles = [round(spot * (index + 0.5)) for index in range(count)]
    drawn = [_line(way, at, at, colour, width) for at in middles]
    name = rng.choice(("vertical lines", "upright lines", "vertical parallel lines")) if upright else rng.choice(("horizontal lines", "lines", "parallel lines", "horizontal parallel lines"))  # fmt: skip
    where = rng.choice(("", "", " side by side", " next to each other")) if upright else rng.choice(("", "", " one above the other", " one below the other", " on top of each other"))  # fmt: skip
    text = f"{rng.choice((COUNTS[count - 1], str(count)))} {thick}{said} {name}{where}"
    if count == 2 and rng.random() < 0.5:
        shape = _shape(rng)
        other, other_said = _coloured(rng)
        drawn.append(element(shape, 200, 150, 30) + fill(other))
        thing = f"{wording.article(other_said)} {other_said} {shape}"
        text += rng.choice((f", and {thing} between them", f" and {thing} between them", f" with {thing} between them", f" with {thing} in between", f", {thing} in the middle", f". Between them {thing}"))  # fmt: skip
    return _opened(rng, text), Drawing(tuple(drawn), Expected("lines"))


MAKERS: tuple[tuple[Callable[[random.Random], tuple[str, Drawing]], float], ...] = (
    (in_places, 2.5),
    (on_a_board, 1.2),
    (counted, 1.8),
    (lines, 1.6),
)
"""Each with its weight beside those of `svg`."""
