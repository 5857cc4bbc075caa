# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What would mend a mistake in a D2 program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import common
import d2_names as names
from svg_names import COLOURS

_ARROWS = "arrows are ->, <-, <-> and --"
_BETWEEN = "statements in one line are separated by ;"


class Spot(NamedTuple):
    """Where D2 stopped.

    Attributes:
        found: what the pattern matched in the message.
        line: the source's line.
        at: how many characters of it come before.
        source: the program.
    """

    found: re.Match[str]
    line: str
    at: int
    source: str

    @property
    def rest(self) -> str:
        """The line from there on."""
        return self.line[self.at :]


Answer = str | tuple[str | None, int] | None
"""A hint; with the offset in the line that fits better than D2's."""


def hint(message: str, line: str, at: int, source: str) -> tuple[str | None, int | None]:
    """What would mend it, and where in the line a person would look, if not where D2 does."""
    for pattern, answer in _ANSWERS:
        found = re.search(pattern, message)
        if found:
            said = answer(Spot(found, line, at, source)) if callable(answer) else answer
            return said if isinstance(said, tuple) else (said, None)
    return None, None


def _nearest(word: str, known: tuple[str, ...], other: dict[str, str] | None = None) -> str | None:
    meant = (other or {}).get(word.lower())
    return f"did you mean {meant}?" if meant else common.meant(word.lower(), known)


def _shape(spot: Spot) -> str | None:
    word = spot.found[1]
    if re.search(r"arrowhead[^\n]*$", spot.line[: spot.at]):
        return common.meant(word, names.ARROWHEADS) or f"arrowheads are {', '.join(names.ARROWHEADS)}"  # fmt: skip
    return _nearest(word, names.SHAPES, names.OTHER_SHAPES) or f"the shapes are {', '.join(names.SHAPES)}"  # fmt: skip


def _style(spot: Spot) -> str | None:
    word = spot.found[1]
    if word.lower() in names.KEYWORDS and word.lower() not in names.OTHER_STYLES:
        return f"{word} is no style: it stands in the shape's own {{ }}"
    return _nearest(word, names.STYLES, names.OTHER_STYLES) or f"the styles are {', '.join(names.STYLES)}"  # fmt: skip


def _colour(spot: Spot) -> str:
    value = re.split(r"[;}]", spot.rest)[0].strip().strip("\"'")
    if re.match(r"(?:rgb|hsl)a?\(", value):
        return 'write the colour as "#rrggbb", and opacity as style.opacity'
    if re.fullmatch(r"[0-9a-fA-F]{6}|[0-9a-fA-F]{3}", value):
        return f'did you mean "#{value}"?'
    close = common.meant(value.lower().replace(" ", "").replace("-", ""), COLOURS, 0.7)
    return close or 'a colour is a name of CSS, or "#rrggbb" in quotes'


def _no_value(spot: Spot) -> str:
    if re.match(r":\s*#", spot.rest):
        return f'# begins a comment: put the colour in quotes, "{spot.rest[1:].split()[0].rstrip(";}")}"'  # fmt: skip
    return "write a value after the colon, or leave the colon out"


def _direction(spot: Spot) -> str:
    return _nearest(spot.found[1], ("up", "down", "right", "left"), names.DIRECTIONS) or "up, down, right or left"  # fmt: skip


def _near(spot: Spot) -> str:
    word = spot.found[1]
    shapes = tuple(dict.fromkeys(re.findall(r"[\w-]+(?:\.[\w-]+)*", spot.source.replace(spot.line, ""))))  # fmt: skip
    middle = word.replace("middle", "center")
    close = f"did you mean {middle}?" if middle in names.PLACES else common.meant(word, (*names.PLACES, *shapes))  # fmt: skip
    return close or f"near is the full name of a shape, as in box.inner, or one of {', '.join(names.PLACES)}"  # fmt: skip


def _label_place(spot: Spot) -> Answer:
    written = re.search(r"near\s*:\s*([\w-]+)", spot.rest)
    word = written[1] if written else ""
    parts = sorted(word.replace("middle", "center").split("-"))
    same = next((place for place in names.LABEL_PLACES if sorted(place.split("-")) == parts), None)
    close = f"did you mean {same}?" if same else common.meant(word, names.LABEL_PLACES)
    return close or "a label stands at top-left, center-center, outside-bottom-right, border-top-center and the like", spot.at + (written.start(1) if written else 0)  # fmt: skip


def _variable(spot: Spot) -> Answer:
    name = spot.found[1]
    defined = tuple(dict.fromkeys(re.findall(r"([\w-]+)\s*:", spot.source)))
    at = max(spot.line.find("${"), 0)
    return common.meant(name.split(".")[-1], defined) or f"define it at the top: vars: {{ {name}: … }}", at  # fmt: skip


def _text_begins(spot: Spot) -> str:
    before = spot.line[: spot.at]
    if re.search(r"[=~.|-]$", before) or spot.rest.startswith((">", "<")):
        return _ARROWS
    if spot.rest.startswith("{"):
        return "a name stands before { }: a: { … }"
    if spot.rest.startswith("..."):
        return "after ... stands @file or ${variable}"
    return "names with punctuation stand in double quotes"


def _after_key(spot: Spot) -> str:
    if re.search(r"[=~.-]+>", spot.rest):
        return _ARROWS if not spot.rest.startswith("[") else "a label follows a colon: a: Text; connections are a -> b: label"  # fmt: skip
    if spot.rest.startswith(("[", "(")):
        return "a label follows a colon, and styles stand in { }: a -> b: label {style.stroke: red}"
    return f"{_BETWEEN}; names with punctuation stand in double quotes"


def _after_string(spot: Spot) -> str:
    if spot.found[1] == "md block" or "block" in spot.found[1]:
        return "a block ends at the first |: write ||md … || where | stands in it"
    if re.match(r"\s*[\w.-]+\s*:", spot.rest):
        return _BETWEEN
    return f"what belongs to the text stands inside the quotes; {_BETWEEN}"


def _arrow(spot: Spot) -> str:
    if re.search(r"-\s+-|->\s*->|<-\s+->|->\s*-|<\s+-|-\s+>", spot.line):
        return _ARROWS
    return "a connection has a shape on both sides: a -> b"


def _import(_spot: Spot) -> str:
    there = sorted(path.name for path in Path().glob("*.d2") if path.name != "diagram.d2")
    if there:
        return f"the files here are {', '.join(there)}"
    return "there is no other D2 file here: write everything into this program; text with @ stands in quotes"  # fmt: skip


def _edge(spot: Spot) -> str:
    return "it must name a connection that is written before it, with the same arrow: a -> b, then (a -> b)[0].style.stroke: red"  # fmt: skip


def _setting(spot: Spot) -> str:
    return common.meant(spot.found[1], names.SETTINGS) or (f"did you mean {spot.found[1]}-id?" if spot.found[1] == "theme" else f"the settings are {', '.join(names.SETTINGS)}")  # fmt: skip


def _foreign(spot: Spot) -> str:
    if re.match(r"@(?:start|end)", spot.rest):
        return "this is PlantUML: in D2 leave @start… and @end… out"
    return "text with @ stands in quotes"


_ANSWERS: tuple[tuple[str, str | Callable[[Spot], Answer]], ...] = (
    (r'unknown shape "(.*)"', _shape),
    (r'invalid style keyword: "(.*)"', _style),
    (r"valid named color", _colour),
    (r"missing value after colon", _no_value),
    (r'direction must be .* got "(.*)"', _direction),
    (r'near key "(.*)" must be', _near),
    (r'invalid "near" field', _label_place),
    (r'could not resolve variable "(.*)"', _variable),
    (r"invalid text beginning unquoted key", _text_begins),
    (r"unexpected text after (?:unquoted string|map key)", _after_key),
    (r"unexpected text after (.*?) ?string", _after_string),
    (r"connection missing (?:destination|source)", _arrow),
    (r"failed to import", _import),
    (r"indexed edge does not exist", _edge),
    (r'"(.*)" is not a valid config', _setting),
    (r"is not a valid import", _foreign),
    (r"(\S+) must be style\.", lambda spot: f"write style.{spot.found[1]}"),
    (r"double quoted strings must", 'add the closing "'),
    (r"single quoted strings must", "add the closing '"),
    (r"block string must be terminated with (\S+)", lambda spot: f"end the block with {spot.found[1]} on a line of its own"),
    (r"substitutions must begin", "a dollar sign stands in single quotes: '$5'"),
    (r"substitutions must be terminated", "add the closing } of ${…}"),
    (r"reserved keywords are prohibited", "this is a word of D2's own: give the shape another name and this as its label"),
    (r"glob filters", "& stands in the { } of a glob: *: {&shape: circle; style.fill: red}"),
    (r"must be declared at a board root", "layers, scenarios and steps stand at the top, not inside a shape"),
    (r"not a valid theme ID", f"the themes are {names.THEMES}"),
    (r"expected an integer for \"theme-id\"", f"the themes are the numbers {names.THEMES}"),
    (r"not a valid font", "the only font to choose is mono: leave it out, or say style.bold and style.italic"),
    (r"image shape must include", "there is no network for icons: take another shape, such as cylinder, person or cloud"),
    (r"invalid underscore", "_ is the container around this one; there is none around the top"),
    (r"keys cannot be set to|constant near keys", "near takes top-center and the like only for shapes at the top"),
    (r"unfinished escape", r"write \\ for a backslash"),
    (r"expected to be set to a map", "styles stand in a map: style: {fill: red}"),
    (r"must be a positive integer|non-integer", "write a whole number"),
    (r"unexpected map termination", "leave this } out"),
)  # fmt: skip
"""What D2 says, and what helps; the first that fits."""
