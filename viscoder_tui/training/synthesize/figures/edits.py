"""Changes to a figure that is there: another name, another colour, another direction."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.figures.shapes import COLOURS

Edit = tuple[str, str, Expected]
"""What is typed, the changed program, and what it must hold."""


def edit(rng: random.Random, language: str, source: str, expected: Expected) -> Edit | None:
    """A change to the program `source`; None where this one cannot be made."""
    makers = (_colour, _colour, _name) if language == "svg" else (_name, _name, _direction)
    return rng.choice(makers)(rng, source, expected)


def _name(rng: random.Random, source: str, expected: Expected) -> Edit | None:
    names = [
        name
        for name in expected.names
        if len(name) > 2 and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", source)) == 1
    ]
    if not names or not source.isascii():
        return None
    old = rng.choice(names)
    new = " ".join(words.plain_word(rng) for _ in range(len(old.split())))
    if old[:1].isupper():
        new = new[:1].upper() + new[1:]
    if new in source or new.split()[0].lower() in _RESERVED:
        return None
    quote = rng.choice(("", "", '"', "'")) if "'" not in old and '"' not in old else ""
    a, b = f"{quote}{old}{quote}", f"{quote}{new}{quote}"
    said = rng.choice((f"rename {a} to {b}", f"change {a} to {b}", f"{a} should be {b}", f"call {a} {b} instead", f"replace {a} with {b}", f"{b} instead of {a}", f"it is {b}, not {a}", f"{a} is called {b}"))  # fmt: skip
    names = tuple(new if name == old else name for name in expected.names)
    return said, source.replace(old, new, 1), replace(expected, names=names)


_RESERVED = ("call", "click", "title", "section", "end", "note", "state", "class", "done", "crit", "active", "milestone", "excludes", "includes", "and", "loop", "alt", "opt", "par", "break", "critical")  # fmt: skip


def _colour(rng: random.Random, source: str, expected: Expected) -> Edit | None:
    used = list(dict.fromkeys(re.findall(r'fill="([a-z]+)"', source)))
    used = [one for one in used if one in COLOURS]
    if not used or 'fill="none"' in source or 'stroke="' in source:
        return None
    new = rng.choice([one for one in COLOURS if one not in used and one != "white"])
    said_new = words.spoken_colour(rng, new)
    if len(used) == 1:
        old = used[0]
        said = rng.choice(("make it {n}", "in {n} please", "change the colour to {n}", "{n} instead", "paint it {n}", "use {n}", "now in {n}", "{n} please", "color it {n}"))  # fmt: skip
    else:
        old = rng.choice(used)
        said = rng.choice(("make the {o} one {n}", "change {o} to {n}", "{n} instead of {o}", "replace {o} with {n}", "the {o} one should be {n}", "use {n} instead of {o}", "not {o} but {n}"))  # fmt: skip
    text = said.format(n=said_new, o=words.spoken_colour(rng, old))
    colour = new if expected.colour == old else expected.colour
    return text, source.replace(f'fill="{old}"', f'fill="{new}"'), replace(expected, colour=colour)


def _direction(rng: random.Random, source: str, expected: Expected) -> Edit | None:
    if source.startswith("flowchart TD"):
        said = rng.choice(("from left to right", "make it horizontal", "left to right please", "lay it out left to right", "sideways", "can it go from left to right?", "horizontal instead", "turn it sideways"))  # fmt: skip
        return said, source.replace("flowchart TD", "flowchart LR", 1), expected
    if source.startswith("flowchart LR"):
        said = rng.choice(("from top to bottom", "make it vertical", "top down please", "top to bottom", "vertical instead", "lay it out from top to bottom", "downwards"))  # fmt: skip
        return said, source.replace("flowchart LR", "flowchart TD", 1), expected
    return None
