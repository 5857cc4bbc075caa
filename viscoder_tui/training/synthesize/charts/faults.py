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
from viscoder_tui.training.synthesize.feedback import doubted

Broken = tuple[str, str]
"""A wrong program and the feedback on it."""
Write = Callable[[ChartSpec], str]


def fault(rng: random.Random, spec: ChartSpec, write: Write, language: str, text: str) -> Broken | None:  # fmt: skip
    """A wrong program for `spec`, asked for by `text`, with its feedback; None where that fails."""
    if spec.kind == "function" or not spec.series:
        return None
    if rng.random() < 0.25:
        return rng.choice((_syntax, _mismatch))(rng, spec, write, language)
    change = rng.choice((_digit, _digit, _name, _name, _lost, _lost, _untitled, _colourless))
    wrong = change(rng, spec)
    if wrong is not None and rng.random() < 0.2:
        wrong = rng.choice((_digit, _name, _untitled))(rng, wrong) or wrong
    if wrong is None:
        return None
    source = write(wrong)
    told = doubted(text, language, source)
    return (source, told) if told else None


def _digit(rng: random.Random, spec: ChartSpec) -> ChartSpec | None:
    which = rng.randrange(len(spec.series))
    values = list(spec.series[which].values)
    index = rng.randrange(len(values))
    values[index] = misread(rng, values[index])
    series = list(spec.series)
    series[which] = Series(series[which].name, tuple(values))
    return replace(spec, series=tuple(series))


def _name(rng: random.Random, spec: ChartSpec) -> ChartSpec | None:
    if not spec.labels or spec.numeric or spec.kind in ("scatter", "box"):
        return None
    labels = list(spec.labels)
    index = rng.randrange(len(labels))
    wrong = misspelt(rng, labels[index])
    if not wrong.strip() or wrong in labels:
        return None
    labels[index] = wrong
    return replace(spec, labels=tuple(labels))


def _lost(rng: random.Random, spec: ChartSpec) -> ChartSpec | None:
    if len(spec.series) != 1 or len(spec.values) < 3 or not spec.labels:
        return None
    index = rng.randrange(len(spec.values))
    labels = spec.labels[:index] + spec.labels[index + 1 :]
    values = spec.values[:index] + spec.values[index + 1 :]
    return replace(spec, labels=labels, series=(Series("", values),))


def _untitled(rng: random.Random, spec: ChartSpec) -> ChartSpec | None:
    return replace(spec, title=None) if spec.title else None


def _colourless(rng: random.Random, spec: ChartSpec) -> ChartSpec | None:
    return replace(spec, colour=None) if spec.colour else None


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
        told = compact.error("a comma is missing here", index + 1, "write a comma between two entries")  # fmt: skip
        return "\n".join(lines), told
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
