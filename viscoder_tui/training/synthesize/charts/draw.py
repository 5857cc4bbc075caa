"""Draws a chart to be asked for: its kind, its data and what is wished for it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from viscoder_tui.training.synthesize import words
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

FORMULAS: tuple[tuple[str, str, tuple[str, str]], ...] = (
    ("x^2", "x**2", ("-5", "5")), ("x squared", "x**2", ("-5", "5")), ("x**2", "x**2", ("-5", "5")),
    ("x^3", "x**3", ("-3", "3")), ("x cubed", "x**3", ("-3", "3")), ("sin(x)", "np.sin(x)", ("-6.3", "6.3")),
    ("sin x", "np.sin(x)", ("-6.3", "6.3")), ("sine", "np.sin(x)", ("-6.3", "6.3")),
    ("a sine wave", "np.sin(x)", ("-6.3", "6.3")), ("cos(x)", "np.cos(x)", ("-6.3", "6.3")),
    ("cosine", "np.cos(x)", ("-6.3", "6.3")), ("tan(x)", "np.tan(x)", ("-1.4", "1.4")),
    ("exp(x)", "np.exp(x)", ("-2", "3")), ("e^x", "np.exp(x)", ("-2", "3")), ("sqrt(x)", "np.sqrt(x)", ("0", "10")),
    ("the square root of x", "np.sqrt(x)", ("0", "10")), ("log(x)", "np.log(x)", ("0.1", "10")),
    ("ln x", "np.log(x)", ("0.1", "10")), ("|x|", "np.abs(x)", ("-5", "5")), ("abs(x)", "np.abs(x)", ("-5", "5")),
    ("1/x", "1/x", ("0.1", "5")), ("sin(x)/x", "np.sin(x)/x", ("-20", "20")), ("x*sin(x)", "x*np.sin(x)", ("-10", "10")),
    ("exp(-x^2)", "np.exp(-x**2)", ("-3", "3")), ("a gaussian", "np.exp(-x**2)", ("-3", "3")),
    ("exp(-x)", "np.exp(-x)", ("0", "5")), ("sin(2x)", "np.sin(2*x)", ("-6.3", "6.3")),
    ("x^2 - 4", "x**2 - 4", ("-5", "5")), ("sin(x)^2", "np.sin(x)**2", ("-6.3", "6.3")),
    ("sin(x) + cos(x)", "np.sin(x) + np.cos(x)", ("-6.3", "6.3")), ("tanh(x)", "np.tanh(x)", ("-4", "4")),
)  # fmt: skip
"""How people say a function, how numpy does, and the range it is drawn over by default."""

FORMULA_SPANS = {text: span for text, _, span in FORMULAS}


def _formula(rng: random.Random) -> tuple[str, str, tuple[str, str]]:
    """A function: one that has a name, or one with numbers of its own."""
    if rng.random() < 0.6:
        return rng.choice(FORMULAS)
    a = rng.choice(("2", "3", "4", "5", "0.5", "1.5", "0.1", "10", "-1", "-2"))
    b = str(rng.randint(1, 20))
    sign = rng.choice("+-")
    times = rng.choice(("", "*", " * "))
    power = rng.choice(("x^2", "x**2"))
    wave = rng.choice(("sin", "cos"))
    return rng.choice(
        (
            (f"{a}{times}x {sign} {b}", f"{a}*x {sign} {b}", ("-10", "10")),
            (f"{a}x{sign}{b}", f"{a}*x {sign} {b}", ("-10", "10")),
            (f"{a}{times}{power} {sign} {b}", f"{a}*x**2 {sign} {b}", ("-5", "5")),
            (f"{power} {sign} {b}x", f"x**2 {sign} {b}*x", ("-10", "10")),
            (f"{power} {sign} {b}x + {a.strip('-')}", f"x**2 {sign} {b}*x + {a.strip('-')}", ("-10", "10")),
            (f"{a}{times}{wave}(x)", f"{a}*np.{wave}(x)", ("-6.3", "6.3")),
            (f"{wave}({b}{times}x)", f"np.{wave}({b}*x)", ("-6.3", "6.3")),
            (f"exp({a}{times}x)", f"np.exp({a}*x)", ("0", "2")),
            (f"{a}/x", f"{a}/x", ("0.1", "5")),
        )
    )  # fmt: skip


_FUNCTION_COLOURS = ("red", "blue", "green", "orange", "purple", "teal", "black")


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
            said, formula, (low, high) = _formula(rng)
            second = ""
            if rng.random() < 0.15:
                other = _formula(rng)
                if other[1] != formula and " and " not in said + other[0]:
                    said, second, colour = f"{said} and {other[0]}", other[1], None
            if rng.random() < 0.5:
                low, high = rng.choice((("-pi", "pi"), ("0", "pi"), ("0", "2pi"), ("0", "2 pi"), ("-2pi", "2pi"), ("0", "25"), ("0", "10"), ("-10", "10"), ("0", "5"), ("-5", "5"), ("-3", "3"), ("1", "10"), ("0", "20"), ("-2", "2"), ("0", "100"), ("-1", "1"), ("0", "6.28")))  # fmt: skip
            spec = ChartSpec(
                kind, (low, high), (), title, None, None, colour, formula=formula, second=second
            )
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
