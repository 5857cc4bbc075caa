"""How people write data into a sentence: labels with values, pairs of numbers, ranges of years."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Literal

from viscoder_tui.training.synthesize import words

Pairs = Sequence[tuple[str, str]]
Layout = Literal["pairs", "lists"]
"""Label and value in turn, or all labels and all values."""


def number(rng: random.Random, scale: str) -> str:
    """A value as people write it, of the magnitude named by `scale`."""
    match scale:
        case "small":
            return str(rng.randint(0, 12))
        case "tens":
            return str(rng.randint(1, 99))
        case "hundreds":
            return str(rng.randint(10, 999))
        case "thousands":
            return str(rng.randint(1, 99) * rng.choice((10, 50, 100, 250, 1000)))
        case "wide":
            return str(rng.randint(1, 10 ** rng.randint(1, 6)))
        case "decimal":
            return f"{rng.uniform(0, 10 ** rng.choice((0, 1, 1, 2))):.{rng.choice((1, 1, 1, 2))}f}"
        case "negative":
            return str(rng.randint(-30, 30))
        case _:
            raise ValueError(scale)


SCALES = ("small", "tens", "tens", "tens", "hundreds", "hundreds", "thousands", "wide", "decimal", "decimal", "negative")  # fmt: skip
POSITIVE_SCALES = ("small", "tens", "tens", "hundreds", "thousands", "decimal")


def numbers(rng: random.Random, count: int, scales: Sequence[str] = SCALES) -> tuple[str, ...]:
    """`count` values of one magnitude; the last few never all zero."""
    scale = rng.choice(scales)
    found = tuple(number(rng, scale) for _ in range(count))
    if all(float(value) == 0 for value in found) or (
        "negative" not in scales and float(found[0]) == 0
    ):
        return numbers(rng, count, scales)
    return found


def joined(rng: random.Random, parts: Sequence[str]) -> str:
    """A list in prose: commas, semicolons, slashes, lines, "and" before the last."""
    style = rng.random()
    if style < 0.5:
        return ", ".join(parts)
    if style < 0.7 and len(parts) > 1:
        return ", ".join(parts[:-1]) + rng.choice((" and ", " and ", ", and ", " & ")) + parts[-1]
    if style < 0.78:
        return "; ".join(parts)
    if style < 0.84:
        return ",".join(parts)
    if style < 0.9:
        return "\n" + "\n".join(parts)
    if style < 0.95:
        bullet = rng.choice(("- ", "* ", "• "))
        return "\n" + "\n".join(bullet + part for part in parts)
    return " ".join(part + "," for part in parts)[:-1]


def _attached(separator: str) -> Callable[[random.Random, Pairs, str], str]:
    def write(rng: random.Random, pairs: Pairs, unit: str) -> str:
        return joined(rng, [f"{label}{separator}{value}{unit}" for label, value in pairs])

    return write


def _bare(rng: random.Random, pairs: Pairs, unit: str) -> str:
    """ "cats 7 dogs 12": nothing between but blanks."""
    if any(" " in label for label, _ in pairs):
        return joined(rng, [f"{label} {value}{unit}" for label, value in pairs])
    mark = rng.choice((" ", " ", " ", "=", ":"))
    return " ".join(f"{label}{mark}{value}{unit.strip()}" for label, value in pairs)


def _parenthesised(rng: random.Random, pairs: Pairs, unit: str) -> str:
    return joined(rng, [f"{label} ({value}{unit})" for label, value in pairs])


def _value_first(rng: random.Random, pairs: Pairs, unit: str) -> str:
    between = rng.choice((" ", " ", " ", " for ", " in ", " at ", " x "))
    return joined(rng, [f"{value}{unit}{between}{label}" for label, value in pairs])


def _sentence(rng: random.Random, pairs: Pairs, unit: str) -> str:
    verb = rng.choice(("has", "had", "got", "is", "was", "scored", "sold", "made", "with", "reached", "at", "gets", "counts", "had about", "stands at", "took", "uses", "came to"))  # fmt: skip
    later = verb if rng.random() < 0.6 else ""
    parts = [f"{pairs[0][0]} {verb} {pairs[0][1]}{unit}"]
    parts += [f"{label} {later + ' ' if later else ''}{value}{unit}" for label, value in pairs[1:]]
    return joined(rng, parts)


def _we_sold(rng: random.Random, pairs: Pairs, unit: str) -> str:
    start = rng.choice(("we sold", "we have", "there are", "I counted", "they ordered", "we got", "I have", "there were", "we saw", "she bought", "I ate", "we found", "I own", "he collected"))  # fmt: skip
    return f"{start} {_value_first(rng, pairs, unit)}"


def _python_pairs(rng: random.Random, pairs: Pairs, unit: str) -> str:
    quote = rng.choice("'\"")
    return "[" + ", ".join(f"({quote}{label}{quote}, {value})" for label, value in pairs) + "]"


def _python_dict(rng: random.Random, pairs: Pairs, unit: str) -> str:
    quote = rng.choice("'\"")
    return "{" + ", ".join(f"{quote}{label}{quote}: {value}" for label, value in pairs) + "}"


def _parallel(rng: random.Random, pairs: Pairs, unit: str) -> str:
    names = [label for label, _ in pairs]
    values = [value + (unit if rng.random() < 0.1 else "") for _, value in pairs]
    comma = rng.choice((", ", ", ", ", ", ",", " "))
    if any(" " in name or "," in name for name in names):
        comma = ", "
    left, right = comma.join(names), comma.join(values)
    if rng.random() < 0.2:
        left, right = f"[{left}]", f"[{right}]"
    a = rng.choice(("labels", "names", "items", "categories", "groups", "cities", "teams", "months", "shops", "days", "x", "x labels", "players", "products", "branches", "rooms", "classes"))  # fmt: skip
    b = rng.choice(("values", "numbers", "counts", "scores", "amounts", "sales", "totals", "y", "y values", "times", "points", "prices", "votes", "hours", "sizes", "weights"))  # fmt: skip
    if rng.random() < 0.3:
        a = words.plain_word(rng)
    if rng.random() < 0.3:
        b = words.plain_word(rng) if rng.random() < 0.6 else f"{words.plain_word(rng)} {b}"
    style = rng.randint(0, 23)
    forms = (
        f"{a} {left}, {b} {right}",
        f"{a}: {left}\n{b}: {right}",
        f"{a} = {left}, {b} = {right}",
        f"{b} {right} for the {a} {left}",
        f"{b} {right} for {left}",
        f"{b} {right} for the {a} {left}",
        f"{b} of {right} for {a} {left}",
        f"the {b} {right} belong to the {a} {left}",
        f"{a} {left} with {b} {right}",
        f"{a}: {left}; {b}: {right}",
        f"{a} are {left} and {b} are {right}",
        f"for the {a} {left} the {b} are {right}",
        f"{left}: {right}",
        f"{left} with values {right}",
        f"{left} = {right}",
        f"labels {left} values {right}",
        f"labels: {left}; values: {right}",
        f"labels {left} and values {right}",
        f"values {right} for {left}",
        f"{right} for {left}",
        f"categories {left}, numbers {right}",
        f"names: {left}\nvalues: {right}",
        f"x: {left} y: {right}",
        f"the values are {right} and the labels are {left}",
    )
    return forms[style]


def _table(rng: random.Random, pairs: Pairs, unit: str) -> str:
    style = rng.random()
    if style < 0.55:
        gap = rng.choice((",", ",", ", ", " | ", "\t", ": ", "; "))
        one = rng.choice(("name", "label", "item", "category", "x", "station", "city", "team", "product", "day", "country", "animal"))  # fmt: skip
        other = rng.choice(("value", "count", "amount", "total", "y", "sales", "score", "number", "rainfall", "price", "votes", "size"))  # fmt: skip
        rows = "\n".join(f"{label}{gap}{value}" for label, value in pairs)
        return f"\n{one}{gap}{other}\n{rows}" if rng.random() < 0.75 else "\n" + rows
    if style < 0.75:
        return "\n" + "\n".join(f"| {label} | {value} |" for label, value in pairs)
    return "\n" + "\n".join(f"{label}\t{value}" for label, value in pairs)


_LABELLED: tuple[tuple[float, Callable[[random.Random, Pairs, str], str]], ...] = (
    (6.0, _attached(" ")),
    (4.0, _attached(": ")),
    (2.0, _attached("=")),
    (0.8, _attached(" = ")),
    (0.8, _attached(":")),
    (0.8, _attached(" - ")),
    (0.3, _attached("/")),
    (0.3, _attached(" -> ")),
    (0.2, _attached(" => ")),
    (1.8, _parenthesised),
    (3.0, _value_first),
    (2.2, _sentence),
    (1.4, _we_sold),
    (0.5, _python_pairs),
    (0.6, _python_dict),
    (3.6, _parallel),
    (1.2, _bare),
    (0.9, _table),
)
_WEIGHTS = [weight for weight, _ in _LABELLED]
_WRITERS = [writer for _, writer in _LABELLED]


def labelled(rng: random.Random, pairs: Pairs, unit: str = "") -> tuple[str, Layout]:
    """Labels with their values in one of the ways people write them, and in what order that is.

    Args:
        rng: the source of chance.
        pairs: label and value, in order.
        unit: written behind every value, e.g. ``%`` or `` kg``.
    """
    digits = any(map(_like_a_number, (label for label, _ in pairs)))
    while True:
        writer = rng.choices(_WRITERS, _WEIGHTS)[0]
        if digits and writer not in _SAFE_WITH_DIGITS:
            continue
        if writer in (_python_pairs, _python_dict) and any("'" in label for label, _ in pairs):
            continue
        return writer(rng, pairs, unit), _layout(writer)


def measured(rng: random.Random, pairs: Pairs, sign: str, unit: str) -> tuple[str, Layout]:
    """Labels with values that are more than digits (``$12``, ``1,200``, ``three``), and the order."""
    signed = [(label, sign + value) for label, value in pairs]
    digits = any(map(_like_a_number, (label for label, _ in pairs)))
    writers = (_WRITERS[1], _WRITERS[2], _parenthesised, _sentence, _table)
    if not digits:
        writers = (*writers, _WRITERS[0], _WRITERS[0], _WRITERS[5], _value_first, _we_sold)
    if not any("," in value for _, value in pairs):
        writers = (*writers, _parallel)
    writer = rng.choice(writers)
    return writer(rng, signed, unit), _layout(writer)


_CLOCK = re.compile(r"\d{1,2}(?:am|pm|h|:\d\d)")


def _like_a_number(label: str) -> bool:
    """Whether a label beside a value needs a sign between; "9am 14" can be told apart without."""
    return (label[-1].isdigit() or label[0].isdigit()) and not _CLOCK.fullmatch(label)


def _layout(writer: Callable[[random.Random, Pairs, str], str]) -> Layout:
    return "lists" if writer is _parallel else "pairs"


_SAFE_WITH_DIGITS = (_WRITERS[1], _WRITERS[2], _WRITERS[3], _parenthesised, _python_pairs, _python_dict, _parallel, _sentence, _table)  # fmt: skip


def points(rng: random.Random, xs: Sequence[str], ys: Sequence[str]) -> tuple[str, Layout]:
    """Pairs of numbers in one of the ways people write them, and in what order that is."""
    sep = rng.choice((", ", ", ", ",", " "))
    left, right = sep.join(xs), sep.join(ys)
    if rng.random() < 0.38:
        text = rng.choice(
            (
                f"x = [{left}], y = [{right}]", f"x: {left}; y: {right}", f"x {left} y {right}",
                f"x values {left} and y values {right}", f"x={left} and y={right}", f"{right} at {left}",
                f"x {left}, y {right}", f"x: {left}\ny: {right}", f"x = [{left}] against y = [{right}]",
                f"[{left}] and [{right}]", f"x is {left} and y is {right}", f"x {left} / y {right}",
                f"xs {left}, ys {right}", f"({left}) vs ({right})", f"x = {left}\ny = {right}",
            )
        )  # fmt: skip
        return text, "lists"
    pairs = list(zip(xs, ys, strict=True))
    style = rng.randint(0, 13)
    if style <= 2:
        return ", ".join(f"({x}, {y})" for x, y in pairs), "pairs"
    if style == 3:
        return " ".join(f"({x},{y})" for x, y in pairs), "pairs"
    if style == 4:
        return rng.choice((" ", ", ", "; ")).join(f"{x},{y}" for x, y in pairs), "pairs"
    if style == 5:
        return "[" + ", ".join(f"[{x}, {y}]" for x, y in pairs) + "]", "pairs"
    if style == 6:
        gap = rng.choice((" ", ", ", ","))
        return "\n" + "\n".join(f"{x}{gap}{y}" for x, y in pairs), "pairs"
    if style == 7:
        return ", ".join(f"{x}: {y}" for x, y in pairs), "pairs"
    if style == 8:
        mark = rng.choice(("/", " / ", "|", " -> ", "->", " → ", " and "))
        return rng.choice((", ", ", ", "; ")).join(f"{x}{mark}{y}" for x, y in pairs), "pairs"
    if style == 9:
        return rng.choice((", ", "; ")).join(f"x={x} y={y}" for x, y in pairs), "pairs"
    if style == 10:
        return "[" + ", ".join(f"({x}, {y})" for x, y in pairs) + "]", "pairs"
    if style == 11:
        return rng.choice(("; ", ", ", " and ")).join(f"({x}, {y})" for x, y in pairs), "pairs"
    if style == 12:
        a, b = rng.choice(("cm", "m", "km", "s", "min", "h", "°C", "C", "years", "hours", "g", "kg", "V")), rng.choice(("kg", "g", "s", "euros", "points", "mm", "mA", "%", "bar", "dB", "W"))  # fmt: skip
        gap = rng.choice((" ", " ", ""))
        mark = rng.choice((" ", " and ", ", ", " -> ", " gives "))
        between = "; " if mark == ", " else ", "
        return between.join(f"{x}{gap}{a}{mark}{y}{gap}{b}" for x, y in pairs), "pairs"
    return "(" + "), (".join(f"{x},{y}" for x, y in pairs) + ")", "pairs"
