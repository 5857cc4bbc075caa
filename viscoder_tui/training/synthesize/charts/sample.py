"""Conversations about charts: first requests, changes to a chart, corrections of a failed one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from backends.base import Message
from viscoder_tui.agent import compact
from viscoder_tui.training.sample import Expected, Sample
from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.charts import (
    draw,
    faults,
    mermaid,
    python,
    svg,
    tables,
    vegalite,
)
from viscoder_tui.training.synthesize.charts.edits import change
from viscoder_tui.training.synthesize.charts.request import request
from viscoder_tui.training.synthesize.charts.spec import ChartSpec

PROGRAMS: dict[str, Callable[[ChartSpec], str]] = {
    "python": python.program,
    "vegalite": vegalite.program,
    "svg": svg.program,
    "mermaid": mermaid.program,
}


def sample(rng: random.Random) -> Sample:
    """A conversation about a chart."""
    language = draw.language(rng)
    if language in ("python", "vegalite") and rng.random() < 0.17:
        return _of_a_table(rng, language)
    spec, subject = draw.chart(rng, language)
    spec, text = request(rng, spec, subject)
    asked = Message("user", compact.request(language, text))
    given = Message("assistant", compact.answer(language, PROGRAMS[language](spec)))
    origin = rng.random()
    if origin < 0.11:
        edited = change(rng, spec, language)
        if edited is not None:
            return _edit(asked, given, edited)
    elif origin < 0.24:
        failed = faults.fault(rng, spec, PROGRAMS[language], language, text)
        if failed is not None:
            broken, feedback = failed
            wrong = Message("assistant", compact.answer(language, broken))
            messages = (asked, wrong, Message("user", feedback), given)
            return Sample(language, messages, expected(spec), "correction")
    return Sample(language, (asked, given), expected(spec), "plain")


def _edit(asked: Message, given: Message, edited: tuple[str, str, ChartSpec]) -> Sample:
    language, text, spec = edited
    messages = (
        asked,
        given,
        Message("user", compact.request(language, text)),
        Message("assistant", compact.answer(language, PROGRAMS[language](spec))),
    )
    return Sample(language, messages, expected(spec), "edit")


def _of_a_table(rng: random.Random, language: str) -> Sample:
    chart, table, contents = tables.draw(rng, language)
    text = tables.request(rng, chart, table)
    write = tables.python_program if language == "python" else tables.vegalite_program
    messages = [
        Message("user", compact.request(language, text, (table,))),
        Message("assistant", compact.answer(language, write(chart))),
    ]
    if rng.random() < 0.1 and chart.kind not in ("pie", "multi-line") and not chart.group:
        colour = rng.choice(words.COLOURS)
        chart = replace(chart, colour=colour)
        wish = rng.choice(("make it {}", "in {}", "use {}", "change the colour to {}", "{} please"))
        said = wish.format(words.spoken_colour(rng, colour))
        messages += [
            Message("user", compact.request(language, said)),
            Message("assistant", compact.answer(language, write(chart))),
        ]
    data = ((chart.file, contents),)
    return Sample(language, tuple(messages), tables.expected(chart), "data", data)


def expected(spec: ChartSpec) -> Expected:
    """What a right answer for `spec` holds."""
    values = tuple(value for one in spec.series for value in one.values)
    names = tuple(one.name for one in spec.series if one.name)
    if spec.numeric or spec.kind in {"scatter", "function"}:
        values += spec.labels
    elif spec.kind != "box":
        names += spec.labels
    return Expected(spec.kind, values, names, spec.title, spec.colour)
