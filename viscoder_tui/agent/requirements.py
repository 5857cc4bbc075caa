"""What a request says outright: numbers, names with numbers, quoted words, a title, colours.

Only what is certain is read; a request in prose may say more. A false alarm costs a round and
the user's trust, a missed one costs nothing that was there before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from PIL import ImageColor

from viscoder_tui.agent.compact import plain

_NUMBER = re.compile(
    r"(?<![\w.#])(?P<sign>-)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<scale>\s?(?:k|K|million|thousand)\b)?"
)
_RANGE = re.compile(
    r"(?<![\w.])-?\d+(?:\.\d+)?\s*(?:to|-|\.\.+|until|through|<=?)\s*-?\d+(?:\.\d+)?"
)
_COUNTED = re.compile(
    r"(?<![\w.])\d+\s*(?:x\s*\d+|bars?|lines?|slices?|circles?|squares?|rects?|rectangles?|shapes?|notes?|columns?"
    r"|rows?|charts?|plots?|octaves?|beats?|px|pixels?|dpi|points|dots|steps?|bins?|rings?|stripes?|colou?rs?"
    r"|decimals?|digits?|items?|categories|groups?|series|panels?|subplots?|stars?|triangles?|d\b|D\b)",
)
_QUOTED = re.compile(r"\"([^\"\n]{1,60})\"|(?<!\w)'([^'\n]{1,60})'(?!\w)")
_TITLE = re.compile(
    r"(?:\btitled|\bentitled|\bheadline|\bheading|\bwith (?:the )?title|\bthe title (?:is|should be)|\btitle it"
    r"|\bcall it|\btitle\s*[:=]|\btitle(?=\s+[\"']))\s*[:=]?\s*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^,.;\n]+))",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^(?P<name>[^\d:=()\[\]{}\"']*[^\W\d_][^\d:=()\[\]{}\"']*?)\s*(?P<mark>[:=(]|\bis\b|\bwas\b|\bhas\b|\bhad\b|\s-)?\s*"
    r"[$€£]?-?\d[\d.,]*\s?(?:%|[a-zA-Z°$€]{1,5})?\)?\.?$"
)
_SPLIT = re.compile(r"[,;\n]\s+|[;\n]|\s+and\s+|,(?=\D)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a request: as it stands there, and the values that may stand for it."""

    text: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that stands before a number.

    Attributes:
        text: the name, perhaps with words around it.
        sure: that nothing else stands in `text`; in "Anna read 12" a verb does.
        number: the number behind it, where that is plain.
    """

    text: str
    sure: bool
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a request asks for outright.

    Attributes:
        numbers: of its data, each once.
        names: attached to numbers.
        quoted: words in quotes, the title's left out.
        title: the title asked for, and whether it stood in quotes.
        colours: CSS names.
    """

    numbers: tuple[Number, ...] = ()
    names: tuple[Name, ...] = ()
    quoted: tuple[str, ...] = ()
    title: str | None = None
    title_quoted: bool = False
    colours: tuple[str, ...] = ()


def read(instruction: str) -> Requirements:
    """Read a request."""
    text = plain(instruction)
    title, in_quotes, rest = _title(text)
    quoted = tuple(dict.fromkeys(a or b for a, b in _QUOTED.findall(rest)))
    names = _names(rest)
    return Requirements(_numbers(rest), names, quoted, title, in_quotes, _colours(rest, names))


def _title(text: str) -> tuple[str | None, bool, str]:
    found = _TITLE.search(text)
    if not found:
        return None, False, text
    title = (found[1] or found[2] or found[3]).strip()
    rest = text[: found.start()] + " , " + text[found.end() :]
    return title or None, not found[3], rest


def _numbers(text: str) -> tuple[Number, ...]:
    for pattern in (_RANGE, _COUNTED):
        text = pattern.sub(" ", text)
    found: dict[str, Number] = {}
    for match in _NUMBER.finditer(text):
        # A dash between words or behind another number is no sign.
        sign = "-" if match["sign"] and not text[: match.start()].rstrip()[-1:].isalnum() else ""
        values = _values(match, sign)
        if values:
            found.setdefault(match[0].strip(), Number(match[0].strip(), values))
    return tuple(found.values())


def _values(match: re.Match[str], sign: str) -> tuple[Decimal, ...]:
    digits = match["digits"]
    try:
        value = Decimal(sign + digits.replace(",", ""))
    except InvalidOperation:
        return ()
    scale = (match["scale"] or "").strip().lower()
    factor = {"k": 1000, "thousand": 1000, "million": 1_000_000}.get(scale, 1)
    values = [value * factor, value, -value, value / 100]
    if "," in digits:
        values += [Decimal(part) for part in digits.split(",") if part.replace(".", "", 1).isdigit()]  # fmt: skip
    return tuple(values)


def _names(text: str) -> tuple[Name, ...]:
    body = text.rsplit(":\n", 1)[-1] if ":\n" in text else text
    names: list[Name] = []
    for number, item in enumerate(_SPLIT.split(body)):
        last = item.strip().lstrip("-*• ")
        if number == 0 and not re.search(r":\s*\S*$", last):
            last = last.rsplit(": ", 1)[-1]
        match = _ITEM.match(last)
        if not match:
            continue
        words = match["name"].strip(" -|").split()
        while words and words[-1].lower() in _VERBS:
            words.pop()
        while words and words[0].lower() in _NOT_NAMES:
            words.pop(0)
        marked = bool(match["mark"])
        # Before the first name, and in long ones, stands something else as well.
        if number == 0 or len(words) > 3:
            words = words[-1:] if marked else words[-2:]
        name = " ".join(words)
        if len(name) > 1 and name.lower() not in _NOT_NAMES:
            names.append(Name(name, marked or len(words) == 1, _only_number(last)))
    return tuple(dict.fromkeys(names)) if len(names) > 1 else ()


def _only_number(item: str) -> Number | None:
    found = list(_NUMBER.finditer(item))
    if len(found) != 1:
        return None
    return Number(found[0][0].strip(), _values(found[0], found[0]["sign"] or ""))


_NOT_NAMES = frozenset(
    [
        "x",
        "y",
        "to",
        "from",
        "in",
        "of",
        "at",
        "by",
        "with",
        "for",
        "radius",
        "size",
        "width",
        "height",
        "tempo",
        "bpm",
        "values",
        "value",
        "labels",
        "top",
        "bottom",
        "data",
        "then",
        "category",
        "categories",
        "label",
        "labels",
        "name",
        "names",
        "from",
        "between",
        "year",
        "years",
        "day",
        "days",
        "about",
        "over",
        "max",
        "min",
        "on",
        "until",
        "starting",
        "start",
        "step",
        "is",
        "and",
        "the",
    ]
)


_VERBS = frozenset(
    [
        "is",
        "was",
        "has",
        "had",
        "have",
        "got",
        "gets",
        "get",
        "are",
        "were",
        "with",
        "made",
        "makes",
        "scored",
        "sold",
        "reached",
        "counts",
        "count",
        "took",
        "takes",
        "uses",
        "used",
        "at",
        "about",
        "stands",
        "came",
        "to",
        "equals",
        "equal",
        "has",
        "about",
        "around",
        "for",
        "in",
        "of",
        "bought",
        "ate",
        "found",
        "owns",
    ]
)


def _colours(text: str, names: tuple[Name, ...]) -> tuple[str, ...]:
    lowered = text.lower()
    label_words = {word.lower() for name in names for word in name.text.split()}
    found: list[str] = []
    for colour in css_colours():
        if colour in _AMBIGUOUS or colour in label_words:
            continue
        for spelling in {colour, _spaced(colour)}:
            if re.search(rf"(?<![\w-]){spelling}(?![\w-])", lowered):
                found.append(colour)
    longest = [one for one in found if not any(one != other and one in other for other in found)]
    return tuple(longest)


_AMBIGUOUS = frozenset(["tan", "snow", "linen", "peru", "gold", "silver", "plum", "wheat", "olive", "salmon", "tomato", "chocolate", "orange", "lime", "coral", "orchid", "violet", "lavender", "aqua", "ivory", "azure"])  # fmt: skip


@cache
def css_colours() -> tuple[str, ...]:
    """The names of CSS colours, the longest first."""
    return tuple(sorted(ImageColor.colormap, key=lambda name: (-len(name), name)))


def _spaced(colour: str) -> str:
    return re.sub(r"^(light|dark|medium|pale|deep|hot|sky|royal|steel|forest|slate)(?=\w)", r"\1 ", colour)  # fmt: skip
