"""Charts that went wrong, and what the runner or the fidelity check says of them.

The faults are those a small model makes: an item lost or doubled, a digit or a letter changed
while copying, a title or a colour forgotten, a bracket left open.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from viscoder_tui.agent import compact
from viscoder_tui.training.synthesize.charts.spec import ChartSpec, Series

Broken = tuple[str, str]
"""A wrong program and the feedback on it."""
Write = Callable[[ChartSpec], str]


def fault(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    """A wrong program for `spec` with its feedback; None where this fault cannot be made."""
    if spec.kind == "function" or not spec.series:
        return None
    kinds: list[Callable[[random.Random, ChartSpec, Write, str], Broken | None]] = [
        _digit, _digit, _name, _name, _lost, _lost, _untitled, _colourless, _syntax, _mismatch, _several,
    ]  # fmt: skip
    return rng.choice(kinds)(rng, spec, write, language)


def _digit(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    which = rng.randrange(len(spec.series))
    values = list(spec.series[which].values)
    index = rng.randrange(len(values))
    right = values[index]
    wrong = misread(rng, right)
    if wrong == right or wrong in values or values.count(right) > 1:
        return None
    values[index] = wrong
    series = list(spec.series)
    series[which] = Series(series[which].name, tuple(values))
    lines = [compact.missing("number", right), compact.extra(wrong)]
    return write(replace(spec, series=tuple(series))), compact.feedback(lines)


def _name(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    if not spec.labels or spec.numeric or spec.kind in ("scatter", "box"):
        return None
    labels = list(spec.labels)
    index = rng.randrange(len(labels))
    right = labels[index]
    wrong = misspelt(rng, right)
    if wrong == right or not wrong.strip() or wrong in labels:
        return None
    labels[index] = wrong
    return write(replace(spec, labels=tuple(labels))), compact.missing("name", right)


def _lost(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    if len(spec.series) != 1 or len(spec.values) < 3 or not spec.labels:
        return None
    index = rng.randrange(len(spec.values))
    value, label = spec.values[index], spec.labels[index]
    labels = spec.labels[:index] + spec.labels[index + 1 :]
    values = spec.values[:index] + spec.values[index + 1 :]
    lines: list[str] = []
    if value not in values:
        lines.append(compact.missing("number", value))
    if not spec.numeric and spec.kind != "scatter":
        lines.append(compact.missing("name", label))
    if not lines:
        return None
    return write(replace(spec, labels=labels, series=(Series("", values),))), compact.feedback(
        lines
    )


def _untitled(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    if not spec.title:
        return None
    return write(replace(spec, title=None)), compact.missing("title", spec.title)


def _colourless(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    if not spec.colour:
        return None
    return write(replace(spec, colour=None)), compact.missing("colour", spec.colour)


def _several(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    first = _untitled(rng, spec, write, language)
    if first is None or len(spec.series) != 1:
        return None
    second = _digit(rng, replace(spec, title=None), write, language)
    if second is None:
        return None
    return second[0], compact.feedback([second[1], first[1]])


def _mismatch(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    if language != "python" or spec.layout != "lists" or len(spec.values) < 3 or spec.sort:
        return None
    if spec.kind not in ("bar", "line", "scatter"):
        return None
    index = rng.randrange(len(spec.values))
    values = spec.values[:index] + spec.values[index + 1 :]
    broken = write(spec).replace(f"[{', '.join(spec.values)}]", f"[{', '.join(values)}]", 1)
    call = {"bar": "ax.bar(", "line": "ax.plot(", "scatter": "ax.scatter("}[spec.kind]
    line = next(number for number, text in enumerate(broken.split("\n"), 1) if call in text)
    have, got = len(spec.labels), len(values)
    message = {
        "bar": f"shape mismatch: objects cannot be broadcast to a single shape. Mismatch is between 'x' with shape ({have},) and 'height' with shape ({got},).",
        "line": f"x and y must have same first dimension, but have shapes ({have},) and ({got},)",
        "scatter": "x and y must be the same size",
    }[spec.kind]
    return broken, compact.error(message, line)


def _syntax(rng: random.Random, spec: ChartSpec, write: Write, language: str) -> Broken | None:
    lines = write(spec).split("\n")
    if language == "python":
        places = [index for index, text in enumerate(lines) if text[-1:] in "]}" and (" = [" in text or " = {" in text)]  # fmt: skip
        if not places:
            return None
        index = rng.choice(places)
        opened = "[" if lines[index].endswith("]") else "{"
        lines[index] = lines[index][:-1]
        return "\n".join(lines), compact.error(f"'{opened}' was never closed", index + 1)
    if language == "vegalite":
        places = [index for index, text in enumerate(lines) if text.startswith("    {") and text.endswith("},")]  # fmt: skip
        if not places:
            return None
        index = rng.choice(places)
        lines[index] = lines[index][:-1]
        hint = "write strict JSON: double quotes, no comments, no comma before ] or }"
        return "\n".join(lines), compact.error("Expecting ',' delimiter", index + 2, hint)
    if language == "svg" and lines[-1] == "</svg>":
        return "\n".join(lines[:-1]), compact.error("the root element was opened but never closed")
    return None


def misread(rng: random.Random, value: str) -> str:
    """A number with one digit changed, lost or doubled."""
    places = [index for index, letter in enumerate(value) if letter.isdigit()]
    place = rng.choice(places)
    action = rng.random()
    if action < 0.5:
        return value[:place] + rng.choice("123456789") + value[place + 1 :]
    if action < 0.75 and len(places) > 1 and place != places[0] and value[place - 1] != ".":
        return value[:place] + value[place + 1 :]
    return value[: place + 1] + value[place] + value[place + 1 :]


def misspelt(rng: random.Random, name: str) -> str:
    """A name with a piece lost, doubled or swapped."""
    if len(name) < 3:
        return name + name[-1]
    place = rng.randrange(1, len(name) - 1)
    action = rng.random()
    if action < 0.35:
        return (name[:place] + name[place + 1 :]).strip()
    if action < 0.6:
        return (name[:place] + name[place + rng.randint(1, 3) :]).strip()
    if action < 0.8:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[: place + 1] + name[place - 1 : place + 1] + name[place + 1 :]
