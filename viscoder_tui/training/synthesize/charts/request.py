"""How people ask for a chart whose data stands in the request."""

from __future__ import annotations

import random
from dataclasses import replace

from viscoder_tui.training.synthesize import narrative, wording, words
from viscoder_tui.training.synthesize.charts.series import several
from viscoder_tui.training.synthesize.charts.spec import ChartSpec, Kind, Layout
from viscoder_tui.training.synthesize.notation import joined, labelled, measured, points

NOUNS: dict[Kind, tuple[str, ...]] = {
    "bar": ("bar chart", "bars", "bar chart", "bar chart", "bar graph", "barplot", "bar plot", "column chart", "vertical bar chart", "bars", "chart with bars", "bar diagram", "columns", "barchart", "chart", "graph"),
    "horizontal bar": ("horizontal bar chart", "horizontal bar chart", "horizontal bars", "bar chart with horizontal bars", "sideways bar chart", "bar chart with the bars lying sideways", "sideways bars", "horizontal bar graph", "horizontal barplot", "lying bars"),
    "line": ("line chart", "line chart", "line graph", "line plot", "line", "curve", "trend line", "linechart", "line diagram", "time series"),
    "multi-line": ("line chart", "chart with a line each", "line chart with one line for each", "multi line chart", "lines on one chart", "line graph with a legend", "line chart with several lines", "multi-line chart", "line graph", "line plot", "comparison line chart"),
    "area": ("area chart", "area graph", "area plot", "filled line chart", "filled area chart"),
    "step": ("stair-step line", "stairs plot", "step line chart", "stepped line", "step chart", "step plot", "step line", "staircase plot"),
    "scatter": ("scatter plot", "scatter plot", "scatterplot", "scatter chart", "scatter", "scatter graph", "xy plot", "dot plot", "point plot", "scatter diagram", "points"),
    "pie": ("pie chart", "pie chart", "pie", "pie graph", "pie diagram", "piechart", "cake chart"),
    "donut": ("donut chart", "doughnut chart", "donut", "ring chart", "donut plot"),
    "histogram": ("histogram", "histogram", "distribution plot", "frequency plot", "hist"),
    "box": ("box plot", "boxplot", "box and whisker plot", "box-and-whisker chart", "boxplots"),
    "lollipop": ("lollipop chart", "lollipop plot", "lollipop graph"),
    "grouped bar": ("side by side bars", "clustered bars", "grouped column chart", "bars next to each other", "grouped bar chart", "grouped bars", "clustered bar chart", "side by side bar chart", "side-by-side bars", "grouped bar graph", "bar chart grouped by series"),
    "stacked bar": ("bars stacked on top of each other", "stacked column graph", "stacked barplot", "stacked bar chart", "stacked bars", "stacked column chart", "stacked bar graph"),
    "function": ("plot", "graph", "line plot", "curve", "function plot", "chart"),
}  # fmt: skip

_THINGS: dict[str, tuple[str, ...]] = {
    "bar": ("bars", "bars", "columns"), "horizontal bar": ("bars",), "line": ("line", "curve"),
    "area": ("area",), "step": ("line", "steps"), "scatter": ("dots", "points", "markers"),
    "histogram": ("bars",), "box": ("boxes",), "lollipop": ("lollipops", "dots"),
    "function": ("line", "curve"),
}  # fmt: skip

_QUESTIONS: dict[str, tuple[str, ...]] = {
    "bar": ("how do they compare? {data}", "compare {subject}: {data}", "which is the largest? {data}", "compare {data}", "comparison of {subject}: {data}", "how many {subject}? {data}"),
    "line": ("how did {subject} develop? {data}", "{subject} over time: {data}", "trend of {subject}: {data}", "growth of {subject}: {data}", "how has {subject} changed: {data}", "the development of {subject}, {data}", "progress of {subject}: {data}", "{subject} per day: {data}"),
    "scatter": ("relationship between x and y: {data}", "is there a relation in {subject}? {data}", "correlation: {data}", "how are these related? {data}", "plot these points: {data}", "plot the points {data}", "dots at {data}", "mark the points {data}"),
    "pie": ("share of {subject}: {data}", "breakdown of {subject}: {data}", "what share has each? {data}", "percentage of {subject}: {data}", "how is {subject} split? {data}", "proportions: {data}", "composition of {subject}: {data}", "market share: {data}", "split of {subject}: {data}", "slices: {data}"),
    "histogram": ("distribution of {subject}: {data}", "how are these distributed? {data}", "how is {subject} distributed: {data}", "spread of {subject}: {data}", "show the distribution of {data}", "frequency of {data}"),
}  # fmt: skip


_FRAMES: tuple[str, ...] = (
    "{data}. Draw that as {a} {noun}", "{data}. Make this {a} {noun}", "{data}. Show it in {a} {noun}",
    "{data}. plot these as {a} {noun}", "{data}. Turn them into {a} {noun}", "{data}, as {a} {noun}",
    "{data}\n{noun}", "{data}\n\n{noun}", "{data}. {opened}", "{data} - {opened}", "{data}\n{opened}",
    "here are my {subject}: {data}. {opened}", "here is the {subject}: {data}. {opened}",
    "my {subject}: {data}. {opened}", "our {subject}: {data}. {opened}", "the {subject}: {data}, {noun}",
    "compare {subject} in {a} {noun}: {data}", "I want to compare {subject}: {data}. {opened}",
    "{opened} where {data}", "{opened} that shows {subject}: {data}", "{opened} that shows {data}",
    "{opened} from these values: {data}", "{opened} of this data:\n{data}", "{opened} from this:\n{data}",
    "{noun}\n{data}", "{noun} | {data}", "{noun} -- {data}", "{opened} to show {subject}: {data}",
    "plot {subject} as {a} {noun}? {data}", "can you plot {subject} as {a} {noun}? {data}",
    "show {subject} as {a} {noun}: {data}", "what would {subject} look like as {a} {noun}? {data}",
    "how did {subject} look? {data}. {opened}", "use {a} {noun} to show {subject}: {data}",
    "use {a} {noun} for this: {data}", "{opened} so I can see {subject}: {data}", "{data} ({noun})",
    "{opened} with the following data: {data}", "{opened} to compare {subject}: {data}",
    "{opened}, {subject}, {data}", "{subject} as {a} {noun}: {data}", "{subject} ({noun}): {data}",
    "{opened} using {data}", "{opened} with these numbers: {data}", "I have this: {data}. {opened}",
)  # fmt: skip
"""Further ways to ask, with the data before, within and behind."""


def request(rng: random.Random, spec: ChartSpec, subject: str) -> tuple[ChartSpec, str]:
    """What is typed for `spec`; the spec comes back with what the wording adds to it.

    A subject that is said and no title asked for becomes the title; a unit written behind the
    values becomes the label of their axis.
    """
    if spec.kind == "function":
        return _function(rng, spec, subject)
    data, unit, layout = _data(rng, spec)
    spec = replace(spec, layout=layout)
    if not unit or unit not in data:
        pass  # some ways to write data leave the unit out
    elif spec.kind == "horizontal bar":
        spec = replace(spec, x_label=spec.x_label or unit)
    elif spec.kind not in ("pie", "donut"):
        spec = replace(spec, y_label=spec.y_label or unit)
    adjective = ""
    if spec.colour and rng.random() < 0.3:
        adjective = words.spoken_colour(rng, spec.colour) + " "
    title_first = wording.title_first(rng, spec.title) if spec.title else ""
    if rng.random() < 0.22:
        wishes = _wishes(rng, spec, data, coloured=bool(adjective), titled=bool(title_first))
        late = [wishes.pop()] if len(wishes) > 1 and rng.random() < 0.4 else []
        frame, says_subject = _wishes_first(rng, spec, subject, data, adjective, wishes)
        wishes = late
    else:
        frame, says_subject = _frame(rng, spec, subject, data, adjective)
        wishes = _wishes(rng, spec, frame, coloured=bool(adjective), titled=bool(title_first))
    if says_subject and spec.title is None:
        spec = replace(spec, title=subject)
    opening = wording.before(rng) + title_first + wording.cased(rng, frame)
    return spec, opening + wording.clauses(rng, wishes) + wording.closer(rng)


Told = tuple[str, str, Layout]
"""The data as text, the unit that it names, and its order."""


def _data(rng: random.Random, spec: ChartSpec) -> Told:
    match spec.kind:
        case "scatter":
            text, layout = _pairs(rng, spec)
            return text, "", layout
        case "histogram":
            return rng.choice((", ", ", ", " ", ",", "; ", "\n")).join(spec.values), "", "lists"
        case "box" | "grouped bar" | "stacked bar" | "multi-line":
            text, layout = several(rng, spec)
            return text, "", layout
        case _ if spec.numeric:
            text, layout = _numeric(rng, spec)
            return text, "", layout
        case _:
            return _range(rng, spec) or _labelled(rng, spec)


def _labelled(rng: random.Random, spec: ChartSpec) -> Told:
    style = rng.random()
    values = spec.values
    if style < 0.2:
        noun = rng.choice(narrative.NOUNS) if rng.random() < 0.6 else ""
        spelt = narrative.in_words(values) if rng.random() < 0.4 else None
        pairs = list(zip(spec.labels, spelt or values, strict=True))
        space = "" if noun == "%" or not noun else " "
        return narrative.told(rng, pairs, space + noun), noun, "pairs"
    pairs = list(zip(spec.labels, values, strict=True))
    if style < 0.24:
        written = narrative.in_words(values) or narrative.in_thousands(values)
        if written:
            text, layout = measured(rng, list(zip(spec.labels, written, strict=True)), "", "")
            return text, "", layout
    if style < 0.28 and not any(value.startswith("-") for value in values):
        sign = rng.choice("$€£")
        text, layout = measured(rng, pairs, sign, "")
        return text, sign, layout
    if style < 0.4:
        unit = rng.choice(words.UNITS)
        close = unit in ("%", "$", "k") or rng.random() < 0.5
        text, layout = labelled(rng, pairs, unit if close else f" {unit}")
        return text, unit, layout
    text, layout = labelled(rng, pairs)
    return text, "", layout


def _pairs(rng: random.Random, spec: ChartSpec) -> tuple[str, Layout]:
    """Points, perhaps under the names of their axes."""
    if not (spec.x_label and spec.y_label) or rng.random() < 0.4:
        return points(rng, spec.labels, spec.values)
    x, y = spec.x_label, spec.y_label
    comma = rng.choice((", ", ", ", " ", ","))
    xs, ys = comma.join(spec.labels), comma.join(spec.values)
    between = rng.choice((", ", ", ", "; "))
    form = rng.choice(("{x} {a} {y} {b}", "{x} {a}, {y} {b}", "when {x} is {a}, {y} is {b}", "{a} {x} gives {b} {y}", "{x}={a} {y}={b}", "at {x} {a} {y} {b}", "at {a} {x} {y} {b}", "{x} {a}: {y} {b}"))  # fmt: skip
    if "," in form:
        between = "; "
    style = rng.randint(0, 8)
    if style <= 2:
        told = (form.format(x=x, y=y, a=a, b=b) for a, b in zip(spec.labels, spec.values, strict=True))  # fmt: skip
        return between.join(told), "pairs"
    if style == 3:
        rows = [f"{a},{b}" for a, b in zip(spec.labels, spec.values, strict=True)]
        return "\n" + "\n".join((f"{x},{y}", *rows)), "pairs"
    text = rng.choice(
        (
            f"{x}: {xs}; {y}: {ys}", f"{x} {xs} and {y} {ys}", f"{x} = [{xs}], {y} = [{ys}]",
            f"{x} {xs}; {y} {ys}", f"{x}: {xs}\n{y}: {ys}", f"{x} {xs} with {y} {ys}",
            f"{y} {ys} for {x} {xs}", f"{x} of {xs}, {y} of {ys}", f"{x} are {xs} and {y} are {ys}",
            f"{x} {xs} {y} {ys}", f"{x}: {xs}, {y}: {ys}", f"{x} is {xs}, {y} is {ys}",
        )
    )  # fmt: skip
    return text, "lists"


def _numeric(rng: random.Random, spec: ChartSpec) -> tuple[str, Layout]:
    first, last = spec.labels[0], spec.labels[-1]
    step = float(spec.labels[1]) - float(first)
    if step == 1 and rng.random() < 0.35:
        values = rng.choice((", ", ", ", " ", ",")).join(spec.values)
        text = rng.choice(
            (
                f"from {first} to {last}: {values}", f"{first} to {last}: {values}",
                f"{first}-{last}: {values}", f"x = {first}..{last}, y = {values}",
                f"{values} from {first} to {last}", f"{values} for {first} to {last}",
                f"between {first} and {last}: {values}", f"x from {first} to {last}, y {values}",
            )
        )  # fmt: skip
        return text, "lists"
    if rng.random() < 0.3:
        gap, between = rng.choice(((" ", ", "), (": ", ", "), (" was ", ", "), (" - ", "; "), (" ", "; "), (": ", "\n"), (" had ", ", "), ("=", " ")))  # fmt: skip
        place = "in " if gap in (" was ", " had ") else ""
        text = between.join(
            f"{place}{x}{gap}{y}" for x, y in zip(spec.labels, spec.values, strict=True)
        )
        return ("\n" if between == "\n" else "") + text, "pairs"
    return points(rng, spec.labels, spec.values)


def _range(rng: random.Random, spec: ChartSpec) -> Told | None:
    if len(spec.labels) < 3 or rng.random() > 0.3:
        return None
    for found in words.TIME_FAMILIES:
        if spec.labels[0] in found.labels:
            start = found.labels.index(spec.labels[0])
            if found.labels[start : start + len(spec.labels)] == spec.labels:
                first, last = spec.labels[0], spec.labels[-1]
                values = rng.choice((", ", ", ", " ", ",")).join(spec.values)
                between = rng.choice((" to ", "-", " - ", " through ", " until "))
                text = rng.choice(
                    (
                        f"{first}{between}{last}: {values}", f"from {first} to {last}: {values}",
                        f"{values} for {first}{between}{last}", f"{first}{between}{last} {values}",
                        f"{values} from {first} to {last}", f"{first}..{last}: {values}",
                        f"{values} ({first}{between}{last})", f"{values} ({first}{between}{last})",
                        f"{values}, {first} to {last}",
                    )
                )  # fmt: skip
                return text, "", "lists"
    return None


def _frame(
    rng: random.Random, spec: ChartSpec, subject: str, data: str, adjective: str
) -> tuple[str, bool]:
    """The request without its wishes, and whether it names the subject."""
    noun = wording.plainly(rng) + adjective + wording.slipped(rng, rng.choice(NOUNS[spec.kind]))
    if rng.random() < 0.2:
        form = rng.choice(_FRAMES)
        said = form.format(
            opened=wording.opener(rng, noun), noun=noun, a=wording.article(noun), subject=subject,
            data=data.lstrip() if "\n{data}" in form or form.startswith("{data}") else data,
        )  # fmt: skip
        return said, "{subject}" in form
    if data.startswith("\n"):
        colon = ":"
    else:
        colon = rng.choice((": ", ": ", ": ", ": ", " - ", ", ", " with ", "; ", ":\n"))
    style = rng.random()
    if not adjective and spec.kind in _QUESTIONS and rng.random() < 0.16:
        form = rng.choice(_QUESTIONS[spec.kind])
        return form.format(subject=subject, data=data), "{subject}" in form
    opened = wording.opener(rng, noun)
    if style < 0.42:
        link = rng.choice((" of ", " of ", " of ", " for ", " showing ", " about ", " of the ", " for the "))  # fmt: skip
        return f"{opened}{link}{subject}{colon}{data}", True
    if style < 0.62:
        link = rng.choice((": ", ": ", " ", " with ", " of ", " for ", " from ", " showing ", ", "))
        return f"{opened}{link.rstrip() if data.startswith(chr(10)) else link}{data}", False
    if style < 0.72:
        return f"{subject}{':' if data.startswith(chr(10)) else ': '}{data}, {noun}", True
    if style < 0.80 and not data.startswith("\n"):
        link = rng.choice((" as a ", " as ", ", make a ", ". Make a ", " in a ", " -> ", ", "))
        return f"{data}{link}{noun}", False
    if style < 0.88:
        return f"{subject} {noun}{colon}{data}", True
    if style < 0.94:
        lead = rng.choice(("data: ", "here is the data: ", "the numbers: ", "my numbers are ", "using this data: ", "use "))  # fmt: skip
        return f"{opened}. {wording.cased(rng, lead)}{data.lstrip()}", False
    return f"{noun} {data.lstrip()}", False


_LEADS = ("the data: ", "data: ", "here is the data: ", "the values are ", "the numbers are ", "values: ", "it is ", "here goes: ", "numbers: ", "they are ", "the data is ", "input: ", "this is it: ", "")  # fmt: skip


def _wishes_first(rng: random.Random, spec: ChartSpec, subject: str, data: str, adjective: str, wishes: list[str]) -> tuple[str, bool]:  # fmt: skip
    """The request with its wishes before the data, and whether it names the subject."""
    noun = wording.plainly(rng) + adjective + wording.slipped(rng, rng.choice(NOUNS[spec.kind]))
    opened = wording.opener(rng, noun)
    wished = wording.clauses(rng, wishes)
    table = data.startswith("\n")
    says_subject = rng.random() < 0.5
    head = opened
    if says_subject:
        head = rng.choice(
            (
                f"{opened} of {subject}", f"{subject}, {noun}", f"{subject} {noun}", f"show {subject} as {wording.article(noun)} {noun}",
                f"{subject} as {wording.article(noun)} {noun}", f"{opened} for {subject}", f"{subject}: {noun}", f"{opened} showing {subject}",
                f"plot the {subject} as {wording.article(noun)} {noun}",
            )
        )  # fmt: skip
    mark = ":" if table else rng.choice((": ", ": ", ": ", ". ", ". ", "\n", ":\n", " - ", "; "))
    lead = ""
    if not table and mark in (". ", "\n"):
        lead = rng.choice(
            (*_LEADS, f"the {subject} are ", f"{subject}: " if not says_subject else "")
        )
        says_subject = says_subject or (bool(lead) and subject in lead)
        lead = wording.cased(rng, lead) if mark == "\n" else lead[:1].upper() + lead[1:]
    return f"{head}{wished}{mark}{lead}{data if table else data.lstrip()}", says_subject


def _wishes(
    rng: random.Random, spec: ChartSpec, frame: str, *, coloured: bool = False, titled: bool = False
) -> list[str]:
    wishes: list[str] = []
    if spec.title and not titled:
        wishes.append(wording.title_clause(rng, spec.title))
    if spec.colour and not coloured:
        things = rng.choice(_THINGS[spec.kind])
        wishes.append(wording.colour_clause(rng, words.spoken_colour(rng, spec.colour), things))
    wishes += _axis_wishes(rng, spec, frame)
    if spec.bins:
        wishes.append(rng.choice((f"with {spec.bins} bins", f"{spec.bins} bins", f"use {spec.bins} bins", f"bins: {spec.bins}", f"in {spec.bins} bins")))  # fmt: skip
    if len(spec.series) > 1 and spec.kind != "box" and rng.random() < 0.12:
        wishes.append(rng.choice(("with a legend", "add a legend", "legend on", "and a legend", "show the legend")))  # fmt: skip
    if spec.sort:
        wishes.append(
            rng.choice(
                ("sorted ascending", "smallest first", "sort from low to high", "in ascending order", "sort ascending", "from small to large")
                if spec.sort == "ascending"
                else ("sorted", "sorted descending", "largest first", "sort from high to low", "in descending order", "sort them", "biggest first", "sorted by value", "from large to small", "highest first")
            )
        )  # fmt: skip
    if spec.show_values and rng.random() < (0.15 if spec.kind != "line" else 1):
        wishes.append(rng.choice(("with the values on top", "show the values", "with value labels", "show the numbers", "label the values", "values on top", "with the numbers", "write the values on it", "with data labels")))  # fmt: skip
    if spec.grid:
        wishes.append(rng.choice(("with a grid", "add a grid", "show grid lines", "with grid", "grid on")))  # fmt: skip
    if spec.dashed:
        wishes.append(rng.choice(("dashed", "with a dashed line", "dashed line", "make it dashed", "use dashes")))  # fmt: skip
    return wishes


def _axis_wishes(rng: random.Random, spec: ChartSpec, frame: str) -> list[str]:
    quote = rng.choice(("", "", "'", '"', '"'))
    x = f"{quote}{spec.x_label}{quote}" if spec.x_label and spec.x_label not in frame else ""
    y = f"{quote}{spec.y_label}{quote}" if spec.y_label and spec.y_label not in frame else ""
    if x and y and rng.random() < 0.5:
        return [
            rng.choice(
                (
                    f"axes {x} and {y}", f"put {y} on the y axis and {x} on the x axis", f"name the x axis {x} and the y axis {y}",
                    f"x axis {x} and y axis {y}", f"x: {x}, y: {y}", f"{x} on x and {y} on y", f"label the axes {x} and {y}",
                    f"x label {x}, y label {y}", f"with {x} on the x axis and {y} on the y axis", f"xlabel={x} ylabel={y}",
                    f"the x axis is {x} and the y axis is {y}", f"axis labels {x} and {y}",
                )
            )
        ]  # fmt: skip
    wishes: list[str] = []
    for name, long, said in (("x", "horizontal", x), ("y", "vertical", y)):
        if said:
            wishes.append(
                rng.choice(
                    (
                        f"{name} axis {said}", f"{name} axis: {said}", f"{name} label {said}", f"{name}-axis labelled {said}",
                        f"label the {name} axis {said}", f"{said} on the {name} axis", f"{name}label {said}", f"with {said} on {name}",
                        f"with {said} on the {name} axis", f"put {said} on the {name} axis", f"the {name} axis should say {said}",
                        f"put {said} on the {long} axis", f"name the {name} axis {said}", f"{name} axis title {said}", f"call the {name} axis {said}",
                    )
                )
            )  # fmt: skip
    return wishes


_SPANS = {
    "4pi": "4*np.pi",
    "-pi": "-np.pi",
    "pi": "np.pi",
    "2 pi": "2*np.pi",
    "2pi": "2*np.pi",
    "-2pi": "-2*np.pi",
}
"""How people write the ends of a range, and how numpy does."""


def _function(rng: random.Random, spec: ChartSpec, said: str) -> tuple[ChartSpec, str]:
    low, high = spec.labels
    noun = rng.choice(NOUNS["function"])
    lead = rng.choice(("y = ", "y=", "f(x) = ", "the function ", "", "", ""))
    if not any(mark in said for mark in "x(") or said.startswith(("a ", "the ")) or " and " in said:
        lead = ""
    together = rng.choice((" together", " on the same axes", " in one plot", "", "")) if " and " in said else ""  # fmt: skip
    form = rng.choice((f"plot {lead}{said}", f"draw {lead}{said}", f"{wording.opener(rng, noun)} of {lead}{said}", f"{lead}{said}", f"graph {lead}{said}", f"show {lead}{said}", f"can you plot {lead}{said}", f"{noun} for {lead}{said}", f"sketch {lead}{said}", f"please graph {lead}{said}", f"what does {lead}{said} look like")) + together  # fmt: skip
    if spec.span_asked or rng.random() < 0.4:
        form += rng.choice((f" from {low} to {high}", f" for x from {low} to {high}", f" between {low} and {high}", f" on [{low}, {high}]", f", x in [{low}, {high}]", f" for {low} <= x <= {high}", f" over {low} to {high}", f" x={low}..{high}", f", x from {low} to {high}"))  # fmt: skip
    text = wording.cased(rng, form) + wording.clauses(rng, _wishes(rng, spec, form))
    ends = (_SPANS.get(low, low), _SPANS.get(high, high))
    return replace(spec, labels=ends), wording.before(rng) + text + wording.closer(rng)


__all__ = ["NOUNS", "joined", "request"]
