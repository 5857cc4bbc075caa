"""How people write several series: a list for each, a row for each label, or a name at each value."""

from __future__ import annotations

import random

from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.charts.spec import ChartSpec, Layout


def several(rng: random.Random, spec: ChartSpec) -> tuple[str, Layout]:
    """The data of a chart with several series, and in what order it is told."""
    if spec.kind == "box":
        return _lists(rng, spec, with_labels=False), "lists"
    style = rng.random()
    if style < 0.55:
        return _lists(rng, spec, with_labels=True), "lists"
    if style < 0.8:
        return _rows(rng, spec), "pairs"
    return _cells(rng, spec), "cells"


def _lists(rng: random.Random, spec: ChartSpec, *, with_labels: bool) -> str:
    comma = rng.choice((", ", ", ", ", ", ",", " "))
    mark = rng.choice((": ", ": ", " ", " = ", " - ", ": ", " with ", " had ", " scores ", " did ", " is ", "=", " has "))  # fmt: skip
    bracket = rng.random() < 0.2
    between = rng.choice(("; ", "; ", "\n", ". ", " and ", " | ", ", ", ", and "))
    if between in (", ", ", and ") and comma != " ":
        between = "; "
    rows = [
        one.name + mark + (f"[{comma.join(one.values)}]" if bracket else comma.join(one.values))
        for one in spec.series
    ]
    table = between.join(rows)
    if not with_labels:
        return table
    spaced = any(" " in label for label in spec.labels)
    labels = (comma if comma != " " or not spaced else ", ").join(spec.labels)
    if rng.random() < 0.22:
        return _beside(rng, table, labels)
    form = rng.choice(
        (
            "for {}: ", "for {}; ", "{}; ", "over {}: ", "labels {}; ", "x: {}\n", "categories: {}\n", "in {}: ",
            "{}: ", "on {}. ", "categories {}; ", "({}) ", "x axis {}; ", "groups {}. ", "{}\n", "the labels are {}. ",
        )
    )  # fmt: skip
    if rng.random() < 0.3:
        return table + rng.choice((" for ", " in ", ", labels ", " over ", "; x axis ", ". Labels: ", ", categories are ", " on ", "; labels: ", ". The x axis is ")) + labels  # fmt: skip
    return form.format(labels) + table


_GROUPS = ("sprints", "shops", "years", "weeks", "quarters", "teams", "months", "days", "groups", "categories", "cities", "classes", "rounds", "regions", "seasons", "products", "labels", "stores", "schools", "games", "rooms", "plants", "people", "tests", "steps", "countries")  # fmt: skip


def _beside(rng: random.Random, table: str, labels: str) -> str:
    """The labels under a word for what they are: "sprints are S1, S2"; "weeks 1, 2, 3"."""
    what = rng.choice(_GROUPS) if rng.random() < 0.75 else words.plain_word(rng)
    the = rng.choice(("the ", "", ""))
    if rng.random() < 0.5:
        table = table.lstrip()
        form = rng.choice(("{t}{w} are {l}. {t2}", "{t}{w}: {l}; {t2}", "{t}{w} are {l}; {t2}", "{t}{w} {l}. {t2}", "{t}{w}: {l}\n{t2}", "for {t}{w} {l}: {t2}", "{t}{w} {l}; {t2}", "{t}{w} = [{l}]; {t2}"))  # fmt: skip
        return form.format(t=the, w=what, l=labels, t2=table)
    form = rng.choice(("{t2}, {t}{w} are {l}", "{t2}; {t}{w}: {l}", "{t2} for {t}{w} {l}", "{t2}. {w} are {l}", "{t2} in {t}{w} {l}", "{t2}; {t}{w} {l}", "{t2}\n{w}: {l}", "{t2} ({w} {l})"))  # fmt: skip
    return form.format(t=the, w=what, l=labels, t2=table)


def _rows(rng: random.Random, spec: ChartSpec) -> str:
    names = [one.name for one in spec.series]
    rows = [tuple(one.values[index] for one in spec.series) for index in range(len(spec.labels))]
    if rng.random() < 0.45:
        gap = rng.choice((",", ",", ", ", "  ", " | ", "\t"))
        first = rng.choice(("name", "label", "category", "x", "", "item", "group"))
        if not first and gap != "  ":
            first = "name"
        head = gap.join((first, *names)) if first else "      " + gap.join(names)
        body = [gap.join((label, *row)) for label, row in zip(spec.labels, rows, strict=True)]
        return "\n" + "\n".join((head, *body))
    both = rng.choice((" and ", ", ", " vs ", " / ")).join(names)
    inner = rng.choice((" and ", " and ", ", ", "/", " vs ", " "))
    if len(names) > 2 and inner == " and ":
        inner = ", "
    mark = rng.choice((" ", ": ", " had ", " - ", " = ", " with "))
    between = "; " if inner == ", " else rng.choice((", ", "; ", ". ", "\n"))
    body = between.join(label + mark + inner.join(row) for label, row in zip(spec.labels, rows, strict=True))  # fmt: skip
    if rng.random() < 0.25:
        count = len(spec.labels)
        number = rng.choice(
            (str(count), _NUMBERS[count]) if count < len(_NUMBERS) else (str(count),)
        )
        what = rng.choice(_GROUPS) if rng.random() < 0.75 else words.plain_word(rng)
        form = rng.choice(("comparing {both} for {n} {w}. {body}", "{both} for {n} {w}: {body}", "{both} of {n} {w}: {body}", "{both} in {n} {w}. {body}", "{n} {w}, {both}: {body}", "{both} by {w}: {body}", "{both} per {w}. {body}"))  # fmt: skip
        return form.format(both=both, n=number, w=what, body=body)
    return rng.choice(("{both}: {body}", "{both}. {body}", "comparing {both}: {body}", "comparing {both}. {body}", "{both} for {body}", "series {both}; {body}")).format(both=both, body=body)  # fmt: skip


_MEASURES = ("sales", "visitors", "points", "votes", "hours", "orders", "users", "goals", "costs", "rain", "books", "tickets", "people", "students", "kg", "euros", "units")  # fmt: skip
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight")


def _cells(rng: random.Random, spec: ChartSpec) -> str:
    rows: list[str] = []
    cell = rng.choice(
        ("{n} {v}", "{n} {v}", "{n}: {v}", "{n}={v}", "{v} {n}", "{v} for {n}", "{n} was {v}")
    )
    if rng.random() < 0.3:  # what is counted is said again each time
        what = rng.choice(_MEASURES) if rng.random() < 0.7 else words.plain_word(rng)
        verb = rng.choice(("was", "were", "is", "are", "came to", "reached", "of"))
        cell = rng.choice(("{n} " + what + " " + verb + " {v}", "{n} " + what + " {v}", "{n} had {v} " + what, "{v} " + what + " in {n}", "{v} " + what + " for {n}"))  # fmt: skip
    inner = rng.choice((", ", " and ", ", ", " "))
    if len(spec.series) > 2 and inner == " and ":
        inner = ", "
    frame = rng.choice(("{l} ({c})", "{l}: {c}", "{l} {c}", "in {l} {c}", "for {l} {c}", "for {l}, {c}", "in {l}, {c}", "{l}, {c}", "{l} has {c}", "{l} - {c}"))  # fmt: skip
    for index, label in enumerate(spec.labels):
        cells = inner.join(cell.format(n=one.name, v=one.values[index]) for one in spec.series)
        rows.append(frame.format(l=label, c=cells))
    loose = "(" in frame or inner == " "
    return rng.choice(("; ", "; ", ". ", "\n", ", ") if loose else ("; ", "; ", ". ", "\n")).join(
        rows
    )
