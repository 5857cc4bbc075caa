"""Changes people ask for once they see a chart."""

from __future__ import annotations

import random
from dataclasses import replace

from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.charts.request import NOUNS
from viscoder_tui.training.synthesize.charts.spec import ChartSpec, Kind, Series
from viscoder_tui.training.synthesize.notation import number

_LANGUAGES = {
    "python": ("python", "matplotlib"),
    "vegalite": ("vega-lite", "vegalite", "Vega-Lite"),
    "svg": ("svg", "SVG"),
    "mermaid": ("mermaid", "Mermaid"),
}
_DRAWN_BY: dict[str, tuple[Kind, ...]] = {
    "python": ("bar", "horizontal bar", "line", "pie", "donut", "area", "lollipop"),
    "vegalite": ("bar", "horizontal bar", "line", "pie", "donut", "area"),
    "svg": ("bar", "horizontal bar"),
    "mermaid": ("pie", "bar", "line"),
}
_SIMPLE: tuple[Kind, ...] = ("bar", "horizontal bar", "line", "pie", "donut", "area", "lollipop")


def change(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:
    """A change to `spec`: the language of the answer, what is typed, and the new chart.

    Returns None for charts whose changes are not worded here.
    """
    if spec.kind not in _SIMPLE or spec.numeric:
        return None
    maker = rng.choice((_colour, _title, _kind, _add, _remove, _value, _sort, _language))
    made = maker(rng, spec, language)
    return made if made is not None else _title(rng, spec, language)


def _polite(rng: random.Random, text: str) -> str:
    text = rng.choice(("", "", "", "", "please ", "now ", "ok, ", "nice, but ", "can you ", "and ")) + text  # fmt: skip
    return wording.cased(rng, wording.slipped(rng, text) if rng.random() < 0.15 else text)


def _colour(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:  # fmt: skip
    if language == "mermaid" or spec.kind in ("pie", "donut"):
        return None
    colour = rng.choice(words.COLOURS)
    said = words.spoken_colour(rng, colour)
    form = rng.choice(("make it {}", "in {}", "change the colour to {}", "use {} instead", "{} instead", "paint it {}", "the colour should be {}", "{}", "make the bars {}" if "bar" in spec.kind else "make it {}", "color it {}"))  # fmt: skip
    return language, _polite(rng, form.format(said)), replace(spec, colour=colour)


def _title(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec]:
    title = words.phrase(rng, 1, 4)
    form = rng.choice(("title it {}", "change the title to {}", "call it {}", 'the title should be "{}"', 'title: "{}"', "add the title {}", "set the title to {}", "rename it to {}"))  # fmt: skip
    return language, wording.cased(rng, form.format(title)), replace(spec, title=title)


def _kind(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:
    options: list[Kind] = [kind for kind in _DRAWN_BY[language] if kind != spec.kind]
    if any(float(value) < 0 for value in spec.values):
        options = [one for one in options if one not in ("pie", "donut", "area")]
    if not options:
        return None
    kind = rng.choice(options)
    noun = rng.choice(NOUNS[kind])
    form = rng.choice(("as a {}", "make it a {}", "now as a {}", "as a {} instead", "turn it into a {}", "{} instead", "show it as a {}", "I'd rather have a {}"))  # fmt: skip
    text = form.format(noun)
    if kind == "horizontal bar" and rng.random() < 0.6:
        text = rng.choice(("make it horizontal", "horizontal please", "horizontal", "turn the bars sideways", "flip it", "horizontal bars"))  # fmt: skip
    return language, _polite(rng, text), converted(spec, kind, language)


def converted(spec: ChartSpec, kind: Kind, language: str) -> ChartSpec:
    """`spec` as another kind of chart, without the wishes that kind or language cannot keep."""
    round_ = kind in ("pie", "donut")
    bars = kind in ("bar", "horizontal bar")
    if (kind == "horizontal bar") != (spec.kind == "horizontal bar"):
        spec = replace(spec, x_label=spec.y_label, y_label=spec.x_label)
    return replace(
        spec,
        kind=kind,
        colour=None if round_ or language == "mermaid" else spec.colour,
        sort=spec.sort if bars and language in ("python", "vegalite") else None,
        show_values=bars and language in ("python", "vegalite"),
        x_label=None if round_ or language in ("svg", "mermaid") else spec.x_label,
        y_label=None if round_ or language == "svg" else spec.y_label,
        dashed=False,
        grid=False,
    )


def _add(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:
    label = words.any_word(rng)
    if label in spec.labels or len(spec.labels) > 7:
        return None
    value = number(rng, "tens")
    form = rng.choice(("add {} {}", "add {}: {}", "and {} {}", "also {} with {}", "add {} = {}", "there is also {}: {}", "add another one: {} {}", "plus {} {}", "include {} ({})"))  # fmt: skip
    new = replace(spec, labels=(*spec.labels, label), series=(Series("", (*spec.values, value)),))
    return language, _polite(rng, form.format(label, value)), new


def _remove(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:  # fmt: skip
    if len(spec.labels) < 3:
        return None
    index = rng.randrange(len(spec.labels))
    form = rng.choice(("remove {}", "without {}", "drop {}", "leave out {}", "delete {}", "take {} out", "no {}"))  # fmt: skip
    labels = spec.labels[:index] + spec.labels[index + 1 :]
    values = spec.values[:index] + spec.values[index + 1 :]
    new = replace(spec, labels=labels, series=(Series("", values),))
    return language, _polite(rng, form.format(spec.labels[index])), new


def _value(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec]:
    index = rng.randrange(len(spec.labels))
    value = number(rng, "tens")
    form = rng.choice(("change {} to {}", "{} should be {}", "{} is {}", "set {} to {}", "correct {} to {}", "{} is actually {}", "make {} {}"))  # fmt: skip
    values = (*spec.values[:index], value, *spec.values[index + 1 :])
    new = replace(spec, series=(Series("", values),))
    return language, wording.cased(rng, form.format(spec.labels[index], value)), new


def _sort(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:
    if language not in ("python", "vegalite") or spec.kind not in ("bar", "horizontal bar"):
        return None
    ascending = rng.random() < 0.3
    text = rng.choice(("sort ascending", "smallest first", "sort from low to high") if ascending else ("sort it", "sort them", "largest first", "sort by value", "sort descending", "biggest first", "sorted please"))  # fmt: skip
    return language, _polite(rng, text), replace(spec, sort="ascending" if ascending else "descending")  # fmt: skip


def _language(rng: random.Random, spec: ChartSpec, language: str) -> tuple[str, str, ChartSpec] | None:  # fmt: skip
    able = [name for name, kinds in _DRAWN_BY.items() if name != language and spec.kind in kinds]
    if any(float(value) < 0 for value in spec.values):
        able = [name for name in able if name != "svg"]
    if not able or len(spec.labels) > 8:
        return None
    new = rng.choice(able)
    said = rng.choice(_LANGUAGES[new])
    form = rng.choice(("now in {}", "redo this in {}", "in {} please", "the same in {}", "as {}", "do it in {}", "in {}", "convert it to {}", "use {} instead"))  # fmt: skip
    return new, _polite(rng, form.format(said)), converted(spec, spec.kind, new)
