"""Draws a chart to be asked for: its kind, its data and what is wished for it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.charts.formulas import formula
from viscoder_tui.training.synthesize.charts.spec import ChartSpec, Kind, Series
from viscoder_tui.training.synthesize.notation import POSITIVE_SCALES, numbers

LANGUAGES = ("python", "vegalite", "svg", "mermaid")
_LANGUAGE_WEIGHTS = (44, 26, 14, 16)

_KINDS: dict[str, tuple[tuple[Kind, float], ...]] = {
    "python": (
        ("bar", 6), ("horizontal bar", 2.5), ("line", 5), ("scatter", 4), ("pie", 2.5),
        ("donut", 0.8), ("histogram", 1.8), ("box", 1), ("area", 1), ("step", 0.5),
        ("lollipop", 0.5), ("grouped bar", 1.6), ("stacked bar", 1.1), ("multi-line", 1.6),
        ("function", 1.6),
    ),
    "vegalite": (
        ("bar", 6), ("horizontal bar", 2.2), ("line", 4), ("scatter", 3), ("pie", 1.6),
        ("donut", 0.8), ("histogram", 1), ("box", 0.6), ("area", 1), ("step", 0.3),
        ("grouped bar", 1.2), ("stacked bar", 0.9), ("multi-line", 1.2),
    ),
    "svg": (("bar", 3), ("horizontal bar", 2)),
    "mermaid": (("pie", 6), ("bar", 2), ("line", 1.2)),
}  # fmt: skip


def language(rng: random.Random) -> str:
    """A language for a chart."""
    return rng.choices(LANGUAGES, _LANGUAGE_WEIGHTS)[0]


def chart(rng: random.Random, language: str) -> tuple[ChartSpec, str]:
    """A chart that `language` can draw, and its subject ("fruit sold")."""
    kinds = _KINDS[language]
    names: list[Kind] = [kind for kind, _ in kinds]
    kind = rng.choices(names, [weight for _, weight in kinds])[0]
    title = words.phrase(rng, 1, 5) if rng.random() < 0.42 else None
    if title and rng.random() < 0.7:
        title = title[0].upper() + title[1:]
    colour = None
    if rng.random() < 0.3 and kind not in ("pie", "donut", "grouped bar", "stacked bar", "multi-line") and language != "mermaid":  # fmt: skip
        colour = rng.choice(words.COLOURS)
    spec, subject = _with_data(rng, kind, language, title, colour)
    if rng.random() < 0.08:  # who types without capitals gets labels without
        series = tuple(replace(one, name=one.name.lower()) for one in spec.series)
        spec = replace(spec, labels=tuple(label.lower() for label in spec.labels), series=series)
    return spec, subject


def _count(rng: random.Random, language: str) -> int:
    top = 8 if language == "svg" else 14
    return min(rng.choice((2, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 7, 7, 8, 9, 10, 12, 14)), top)


def _with_data(
    rng: random.Random, kind: Kind, language: str, title: str | None, colour: str | None
) -> tuple[ChartSpec, str]:
    count = _count(rng, language)
    axes: tuple[str | None, str | None] = (None, None)
    if language not in ("svg",) and rng.random() < 0.25 and kind not in ("pie", "donut"):
        axes = (
            words.axis(rng) if rng.random() < 0.6 else None,
            words.axis(rng) if rng.random() < 0.6 else rng.choice(words.UNITS),
        )
    if language == "mermaid":
        axes = (None, axes[1])
    match kind:
        case "function":
            first = formula(rng)
            said, second = first.said, ""
            if rng.random() < 0.15:
                other = formula(rng)
                if other.program != first.program:
                    said, second, colour = f"{said} and {other.said}", other.program, None
            low, high = first.span
            if rng.random() < 0.5:
                low, high = rng.choice((("-pi", "pi"), ("0", "pi"), ("0", "2pi"), ("0", "2 pi"), ("-2pi", "2pi"), ("0", "25"), ("0", "10"), ("-10", "10"), ("0", "5"), ("-5", "5"), ("-3", "3"), ("1", "10"), ("0", "20"), ("-2", "2"), ("0", "100"), ("-1", "1"), ("0", "6.28"), ("-4", "6"), ("-20", "20"), ("0", "4pi"), ("-8", "8"), ("0", "50"), ("-6", "6"), ("2", "12"), ("0", "1"), ("-100", "100"), ("-1.5", "1.5")))  # fmt: skip
            spec = ChartSpec(
                kind, (low, high), (), title, None, None, colour, formula=first.program, second=second, span_asked=(low, high) != first.span
            )  # fmt: skip
            return spec, said
        case "scatter":
            pair = rng.sample(words.QUANTITIES, 2)
            named = rng.random() < 0.5
            xs = numbers(rng, count, ("small", "tens", "tens", "hundreds", "decimal"))
            ys = numbers(rng, count)
            axes = (pair[0], pair[1]) if named else axes
            spec = ChartSpec(kind, xs, (Series("", ys),), title, *axes, colour)
            return spec, f"{pair[1]} against {pair[0]}" if named else words.phrase(rng, 1, 3)
        case "histogram":
            count = rng.randint(6, 20)
            subject = rng.choice(words.QUANTITIES)
            label = subject if rng.random() < 0.7 else None
            bins = rng.choice((4, 5, 6, 8, 10, 12, 15, 20)) if rng.random() < 0.2 else 0
            spec = ChartSpec(kind, (), (Series("", numbers(rng, count, POSITIVE_SCALES[1:])),), title, label, None, colour, bins=bins)  # fmt: skip
            return spec, subject
        case "box":
            subject, names = words.labels(rng, rng.randint(2, 4))
            scale = (rng.choice(POSITIVE_SCALES),)
            series = tuple(Series(name, numbers(rng, rng.randint(4, 7), scale)) for name in names)
            return ChartSpec(kind, names, series, title, None, axes[1], colour), subject
        case "grouped bar" | "stacked bar" | "multi-line":
            subject, labels = words.labels(rng, rng.randint(2, 6))
            if kind == "multi-line" or rng.random() < 0.5:
                subject, labels = _times(rng, rng.randint(3, 6))
            names = words.labels(rng, rng.choice((2, 2, 2, 3)))[1]
            scale = (rng.choice(POSITIVE_SCALES),)
            series = tuple(Series(name, numbers(rng, len(labels), scale)) for name in names)
            return ChartSpec(kind, labels, series, title, None, axes[1]), subject
        case "line" | "area" | "step":
            if rng.random() < 0.3 and language != "mermaid":
                start, step = rng.choice(((1, 1), (0, 1), (1, 1), (0, 5), (10, 10), (0, 2), (2015, 1), (2010, 2), (2000, 5)))  # fmt: skip
                labels = tuple(str(start + step * index) for index in range(count))
                subject = rng.choice(words.QUANTITIES)
            elif rng.random() < 0.65:
                subject, labels = _times(rng, min(count, 12))
            else:
                subject, labels = words.labels(rng, count)
            scales = POSITIVE_SCALES if kind == "area" else None
            values = numbers(rng, len(labels), scales) if scales else numbers(rng, len(labels))
            shown = kind == "line" and language == "python" and rng.random() < 0.12
            dashed = kind == "line" and language != "mermaid" and rng.random() < 0.08
            spec = ChartSpec(kind, labels, (Series("", values),), title, *axes, colour, None, shown, False, dashed)  # fmt: skip
            return spec, subject
        case "pie" | "donut":
            subject, labels = words.labels(rng, min(count, 8))
            return ChartSpec(kind, labels, (Series("", numbers(rng, len(labels), POSITIVE_SCALES)),), title), subject  # fmt: skip
        case _:
            subject, labels = words.labels(rng, count)
            scales = POSITIVE_SCALES if language in ("svg",) else None
            values = numbers(rng, len(labels), scales) if scales else numbers(rng, len(labels))
            sort = None
            if language in ("python", "vegalite") and rng.random() < 0.13:
                sort = rng.choice(("ascending", "descending", "descending"))
            grid = language == "python" and rng.random() < 0.06
            shown = language in ("python", "vegalite") and kind != "lollipop"
            spec = ChartSpec(kind, labels, (Series("", values),), title, *axes, colour, sort, shown, grid)  # fmt: skip
            return spec, subject


def _times(rng: random.Random, count: int) -> tuple[str, tuple[str, ...]]:
    families: Sequence[words.Family] = [
        one for one in words.TIME_FAMILIES if len(one.labels) >= count
    ]
    found = rng.choice(families)
    start = rng.randint(0, len(found.labels) - count)
    return rng.choice(found.measures), found.labels[start : start + count]
