"""Charts of a data file: the program reads the file by its name."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Literal

from viscoder_tui.agent.compact import Column, Table
from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.charts import python, vegalite
from viscoder_tui.training.synthesize.charts.request import NOUNS
from viscoder_tui.training.synthesize.notation import POSITIVE_SCALES, number

Kind = Literal["bar", "horizontal bar", "line", "scatter", "histogram", "box", "multi-line", "pie"]
Measure = Literal["sum", "mean", "count"]

_FILES = ("data", "data", "data", "data", "sales", "results", "table", "numbers", "export", "report", "measurements", "weather", "survey", "orders", "log", "my_data", "2024", "q3-sales", "input", "stats", "visits", "students")  # fmt: skip
_TEXT = ("region", "city", "country", "product", "month", "name", "category", "team", "group", "type", "department", "species", "day", "genre", "language", "shop", "customer", "status", "colour", "sport", "store", "channel", "brand", "item", "class", "player", "treatment", "subject")  # fmt: skip
_NUMBER = ("sales", "revenue", "count", "price", "amount", "score", "temperature", "rainfall", "visitors", "height", "weight", "age", "profit", "orders", "population", "value", "total", "points", "hours", "cost", "quantity", "units", "sold", "distance", "speed", "rating", "duration", "income", "views", "clicks", "users", "n")  # fmt: skip
_TIME = ("date", "year", "day", "month", "week", "time", "timestamp", "hour")


@dataclass(frozen=True, slots=True)
class TableChart:
    """A chart of one or two columns of a file.

    Attributes:
        kind: of chart.
        file: the file's name.
        x: the column along the chart (categories or times), empty for a histogram.
        y: the column of the values; empty where rows are counted.
        measure: how several rows of one category become one value.
        group: the column that tells lines or dots apart.
        title: to be shown.
        colour: of the marks.
        numeric: the x column holds numbers.
        wide: further columns of values, each drawn as a line of its own beside `y`.
    """

    kind: Kind
    file: str
    x: str
    y: str
    measure: Measure = "sum"
    group: str = ""
    title: str | None = None
    colour: str | None = None
    numeric: bool = False
    wide: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What stands over the chart: the title asked for, else what it shows."""
        if self.title:
            return self.title
        if not self.x:
            return f"Distribution of {self.y}"
        if self.wide:
            return ", ".join((self.y, *self.wide))
        return f"Number of rows by {self.x}" if self.measure == "count" else f"{self.y} by {self.x}"


def draw(rng: random.Random, language: str) -> tuple[TableChart, Table, str]:
    """A chart, the table it reads, and the text of the data file."""
    kind: Kind = rng.choices(
        ("bar", "horizontal bar", "line", "scatter", "histogram", "box", "multi-line", "pie"),
        (6, 1.5, 4, 2.5, 1.5, 0.8, 1, 1),
    )[0]
    ending = rng.choices(("csv", "tsv", "json"), (7, 1, 1.5))[0]
    if language == "vegalite":
        ending = rng.choices(("csv", "tsv", "json"), (7, 0.8, 2))[0]
    file = f"{rng.choice(_FILES)}.{ending}"
    if rng.random() < 0.25:
        file = f"{rng.choice((*_TEXT, *_NUMBER))}{rng.choice(('', 's', '_2024', '-data', ''))}.{ending}"
    text_names = rng.sample(_TEXT, 3)
    number_names = rng.sample(_NUMBER, 3)
    if rng.random() < 0.15:
        number_names = [f"{one}_{other}" for one, other in zip(number_names, rng.sample(_NUMBER, 3), strict=True)]  # fmt: skip
    if rng.random() < 0.4:
        file = f"{_odd_file(rng)}.{ending}"
    if rng.random() < 0.45:
        text_names = [_odd(rng) for _ in text_names]
        number_names = [_odd(rng) for _ in number_names]
        if len({*text_names, *number_names}) < 6:
            return draw(rng, language)
    time = rng.choice(_TIME)
    if time in (*text_names, *number_names):
        time = "year"
    time_type: Literal["date", "number"] = "number" if time in ("year", "week", "hour") else "date"
    columns: list[Column] = []
    x = y = group = ""
    wide: tuple[str, ...] = ()
    numeric = False
    measure: Measure = "sum"
    match kind:
        case "line" | "multi-line":
            x, y = time, number_names[0]
            columns = [Column(time, time_type), Column(y, "number")]
            numeric = time_type == "number"
            if rng.random() < 0.25 and kind == "line":
                x, numeric = "month", False
                columns[0] = Column("month", "text")
            if kind == "multi-line":
                group = text_names[0]
                columns.insert(1, Column(group, "text"))
            elif rng.random() < 0.3:
                y, *others = words.mixed_labels(rng, rng.choice((2, 2, 3)))
                wide = tuple(others)
                columns[1:] = [Column(name, "number") for name in (y, *wide)]
        case "scatter":
            x, y = number_names[0], number_names[1]
            columns = [Column(x, "number"), Column(y, "number")]
            if rng.random() < 0.35:
                group = text_names[0]
                columns.append(Column(group, "text"))
        case "histogram":
            y = number_names[0]
            columns = [Column(y, "number")]
        case _:
            x, y = text_names[0], number_names[0]
            columns = [Column(x, "text"), Column(y, "number")]
            if kind != "box":
                measure = rng.choices(("sum", "mean", "count"), (6, 2.5, 1))[0]
                if measure == "count":
                    y = ""
    if len({column.name for column in columns}) < len(columns):
        return draw(rng, language)
    for extra in range(rng.choice((0, 0, 0, 1, 1, 2))):
        column = Column(text_names[1 + extra % 2], "text") if rng.random() < 0.5 else Column(number_names[1 + extra % 2], "number")  # fmt: skip
        if column.name not in {one.name for one in columns}:
            columns.insert(rng.randint(0, len(columns)), column)
    title = words.phrase(rng, 1, 4) if rng.random() < 0.25 else None
    colour = (
        rng.choice(words.COLOURS)
        if rng.random() < 0.2 and not group and not wide and kind != "pie"
        else None
    )
    chart = TableChart(kind, file, x, y, measure, group, title, colour, numeric, wide)
    return chart, Table(file, tuple(columns)), contents(rng, file, tuple(columns))


def _odd_file(rng: random.Random) -> str:
    """A file's name that no list holds."""
    parts = [words.plain_word(rng) if rng.random() < 0.7 else words.invented_word(rng).lower() for _ in range(rng.choice((1, 1, 2)))]  # fmt: skip
    return rng.choice(("_", "-", "")).join(part for part in parts if part.isalnum()) or "rows"


def _odd(rng: random.Random) -> str:
    """A column's name that no list holds: "petal_length", "Speed (km/h)", "Unit Price"."""
    style = rng.random()
    if style < 0.35:
        name = f"{words.plain_word(rng)}_{words.plain_word(rng)}"
        return name.upper() if style < 0.03 else name.title() if style < 0.07 else name
    if style < 0.5:
        name = words.plain_word(rng)
        return name.capitalize() if style < 0.42 else name
    if style < 0.58:
        return f"{words.plain_word(rng)} {words.plain_word(rng)}".title()
    if style < 0.63:
        return words.plain_word(rng) + words.plain_word(rng).capitalize()
    name = words.invented_word(rng)
    return f"{name} ({rng.choice(words.UNITS[1:9])})" if rng.random() < 0.2 else name


def contents(rng: random.Random, file: str, columns: tuple[Column, ...]) -> str:
    """A small file with such columns, for the runner to try the program on."""
    rows = rng.randint(5, 9)
    table: dict[str, list[str]] = {}
    for column in columns:
        if column.type == "text":
            options = words.labels(rng, 3)[1]
            table[column.name] = [options[index % 3] for index in range(rows)]
        elif column.type == "date":
            table[column.name] = [f"2024-{index % 12 + 1:02d}-01" for index in range(rows)]
        elif column.name in _TIME:
            table[column.name] = [str(2015 + index) for index in range(rows)]
        else:
            scale = rng.choice(POSITIVE_SCALES)
            table[column.name] = [number(rng, scale) for _ in range(rows)]
    lines = list(zip(*table.values(), strict=True))
    if file.endswith(".json"):
        kinds = [column.type for column in columns]
        objects = [
            {name: float(cell) if kind == "number" else cell for name, kind, cell in zip(table, kinds, line, strict=True)}
            for line in lines
        ]  # fmt: skip
        return json.dumps(objects)
    mark = "\t" if file.endswith(".tsv") else ","
    return "\n".join([mark.join(table), *(mark.join(line) for line in lines)]) + "\n"


def request(rng: random.Random, chart: TableChart, table: Table) -> str:
    """How people ask for `chart`."""
    noun = wording.slipped(rng, rng.choice(NOUNS[chart.kind]))
    opened = wording.opener(rng, noun)
    wishes: list[str] = []
    if chart.title:
        wishes.append(wording.title_clause(rng, chart.title))
    if chart.colour:
        wishes.append(wording.colour_clause(rng, words.spoken_colour(rng, chart.colour), rng.choice(("bars", "marks")) if "bar" in chart.kind else "line" if chart.kind == "line" else "dots"))  # fmt: skip
    if rng.random() < 0.2:
        wishes.append(rng.choice((f"from {chart.file}", f"using {chart.file}", f"data in {chart.file}", f"of {chart.file}", "from the file", "of this data")))  # fmt: skip
    what = _what(rng, chart)
    bare = (
        len(table.columns) == (2 if chart.x else 1) and chart.measure == "sum" and not chart.group
    )
    if bare and rng.random() < 0.2:
        core = opened + rng.choice(("", "", " of this", " of this data", " of the data", " of the file", " from this"))  # fmt: skip
    elif rng.random() < 0.3:
        core = rng.choice(
            (
                f"{what}, {noun}", f"{what} as {wording.article(noun)} {noun}", f"plot {what} as {wording.article(noun)} {noun}",
                f"{chart.file}: {what}, {noun}", f"{chart.file}: {what} as {noun}", f"using {chart.file}, {noun} of {what}",
                f"here is {chart.file}. {opened} of {what}", f"{chart.file}, {noun}, {what}", f"from {chart.file} {what}, {noun}",
                f"i'd like to see {what} as {wording.article(noun)} {noun}", f"{noun} from {chart.file}, {what}", f"{noun} from {chart.file} using {what}",
                f"file {chart.file}, {noun}, {what}", f"{opened} of {what} in the attached {chart.file}", f"could you do {noun} of {what} in {chart.file}",
                f"use {chart.file} to make {wording.article(noun)} {noun} of {what}", f"read {chart.file} and plot {what} as {noun}",
            )
        )  # fmt: skip
    else:
        core = f"{opened}{rng.choice((' of ', ' of ', ' showing ', ' for ', ': ', ' with ', ' with '))}{what}"
    return wording.before(rng) + wording.cased(rng, core) + wording.clauses(rng, wishes) + wording.closer(rng)  # fmt: skip


def _what(rng: random.Random, chart: TableChart) -> str:
    x, y, group = chart.x, chart.y, chart.group
    if chart.kind == "histogram":
        return rng.choice((y, f"the {y}", f"{y} values", f"the column {y}", f"the {y} column", f"column {y}", f"all {y} values"))  # fmt: skip
    if chart.kind == "scatter":
        base = rng.choice((f"{y} against {x}", f"{y} vs {x}", f"{y} versus {x}", f"{x} on the x axis and {y} on the y axis", f"x {x}, y {y}", f"{y} over {x}", f"the relation between {x} and {y}"))  # fmt: skip
        return base + (rng.choice((f" coloured by {group}", f", colour by {group}", f" by {group}", f" per {group}", f", one colour for each {group}")) if group else "")  # fmt: skip
    if chart.wide:
        lines = (y, *chart.wide)
        both = ", ".join(lines[:-1]) + " and " + lines[-1]
        each = ", ".join(f"one line for {name}" for name in lines)
        return rng.choice((f"{both} over {x}", f"{both} by {x}", f"{each}, {x} along the bottom", f"{each}, {x} on the x axis", f"{x} against {both}", f"{both}, x is {x}", f"{both} per {x}"))  # fmt: skip
    if chart.kind in ("line", "multi-line"):
        base = rng.choice((f"{y} over {x}", f"{y} by {x}", f"{y} per {x}", f"{y} over time", f"the {y} over {x}", f"{x} and {y}", f"{y} against {x}"))  # fmt: skip
        return base + (rng.choice((f" for each {group}", f" per {group}", f", one line per {group}", f" by {group}", f", a line for every {group}")) if group else "")  # fmt: skip
    if chart.measure == "count":
        return rng.choice((f"how many rows per {x}", f"the number of rows per {x}", f"count by {x}", f"the count of each {x}", f"how often each {x} occurs", f"counts per {x}", f"the frequency of {x}"))  # fmt: skip
    if chart.measure == "sum" and rng.random() < 0.3:
        return rng.choice((f"{x} on x and {y} on y", f"columns {x} and {y}", f"{x} and {y}", f"{x} on the x axis, {y} on the y axis", f"{x} for the labels and {y} for the values", f"using {x} for the categories and {y} for the size", f"x is {x}, y is {y}", f"{x} against {y}"))  # fmt: skip
    word = rng.choice(("average ", "mean ", "the average ", "avg ")) if chart.measure == "mean" else rng.choice(("", "", "", "total ", "the total ", "the sum of ", "the "))  # fmt: skip
    return word + rng.choice((f"{y} by {x}", f"{y} per {x}", f"{y} for each {x}", f"{y} by {x}", f"{y} of each {x}", f"{y} for every {x}"))  # fmt: skip


def expected(chart: TableChart) -> Expected:
    """What a right answer holds."""
    names = tuple(name for name in (chart.x, chart.y, chart.group, *chart.wide) if name)
    return Expected(chart.kind, (), names, chart.title, chart.colour)


def python_program(chart: TableChart) -> str:
    """The pandas and matplotlib program."""
    colour = f", color={python.text(chart.colour)}" if chart.colour else ""
    x, y, group = python.text(chart.x), python.text(chart.y), python.text(chart.group)
    reader = {
        "csv": f"pd.read_csv({python.text(chart.file)})",
        "tsv": f'pd.read_csv({python.text(chart.file)}, sep="\\t")',
        "json": f"pd.read_json({python.text(chart.file)})",
    }[chart.file.rsplit(".", 1)[1]]
    lines = ["import matplotlib.pyplot as plt", "import pandas as pd", "", f"df = {reader}"]
    summary = {
        "sum": f"df.groupby({x}, sort=False)[{y}].sum()",
        "mean": f"df.groupby({x}, sort=False)[{y}].mean().round(2)",
        "count": f"df[{x}].value_counts()",
    }[chart.measure]
    if chart.kind in ("bar", "horizontal bar", "pie"):
        lines.append(f"values = {summary}")
    if chart.kind in ("line", "multi-line") and not chart.numeric and chart.x != "month":
        lines.append(f"df[{x}] = pd.to_datetime(df[{x}])")
    lines += ["", "fig, ax = plt.subplots()"]
    match chart.kind:
        case "bar":
            lines += [f"bars = ax.bar(values.index.astype(str), values{colour})", "ax.bar_label(bars, padding=3)"]  # fmt: skip
        case "horizontal bar":
            lines += [f"bars = ax.barh(values.index.astype(str), values{colour})", "ax.invert_yaxis()", "ax.grid(False)", "ax.bar_label(bars, padding=3)"]  # fmt: skip
        case "pie":
            lines.append('ax.pie(values, labels=values.index, autopct="%1.0f%%", startangle=90, counterclock=False)')  # fmt: skip
        case "line" if chart.wide:
            lines += [f"for name in {python.texts((chart.y, *chart.wide))}:", f'    ax.plot(df[{x}], df[name], label=name, marker="o")', "ax.legend()"]  # fmt: skip
        case "line":
            lines.append(f'ax.plot(df[{x}], df[{y}]{colour}, marker="o")')
        case "multi-line":
            lines += [
                f"for name, part in df.groupby({group}, sort=False):",
                f'    ax.plot(part[{x}], part[{y}], label=name, marker="o")',
                "ax.legend()",
            ]
        case "scatter" if chart.group:
            lines += [
                f"for name, part in df.groupby({group}, sort=False):",
                f"    ax.scatter(part[{x}], part[{y}], label=name)",
                "ax.legend()",
            ]
        case "scatter":
            lines.append(f"ax.scatter(df[{x}], df[{y}]{colour})")
        case "histogram":
            lines.append(f"ax.hist(df[{y}].dropna(){colour})")
        case "box":
            face = python.text(chart.colour or python.BLUE)
            lines += [
                f"groups = {{name: part[{y}].dropna() for name, part in df.groupby({x}, sort=False)}}",
                f'ax.boxplot(list(groups.values()), tick_labels=list(groups), boxprops={{"facecolor": {face}}})',
            ]
    return "\n".join([*lines, *_python_furniture(chart, x, y), "plt.show()"])


def _python_furniture(chart: TableChart, x: str, y: str) -> list[str]:
    lines = [f"ax.set_title({python.text(chart.heading)})"]
    if chart.kind != "pie":
        across, up = (y, '""') if chart.kind == "histogram" else (x, y)
        if chart.kind == "horizontal bar":
            across, up = up, across
        lines += [f"ax.set_{axis}label({name})" for axis, name in (("x", across), ("y", up)) if name != '""' and not (chart.wide and axis == "y")]  # fmt: skip
        if chart.kind in ("bar", "line", "multi-line") and not chart.numeric:
            lines.append("fig.autofmt_xdate(rotation=30)")
    return lines


def vegalite_program(chart: TableChart) -> str:
    """The Vega-Lite specification."""
    t = vegalite.text
    lines = ["{", f'  "title": {t(chart.heading)},', f'  "data": {{"url": {t(chart.file)}}},']
    x, y = _field(chart.x), _field(chart.y)
    value = {
        "sum": f'"aggregate": "sum", "field": {y}, "type": "quantitative", "title": {t(chart.y)}',
        "mean": f'"aggregate": "mean", "field": {y}, "type": "quantitative", "title": {t(chart.y)}',
        "count": '"aggregate": "count", "type": "quantitative", "title": "count"',
    }[chart.measure]
    category = f'"field": {x}, "type": "nominal", "sort": null, "title": {t(chart.x)}'
    plain_y = f'"field": {y}, "type": "quantitative", "title": {t(chart.y)}'
    time = f'"field": {x}, "type": "{"temporal" if not chart.numeric and chart.x != "month" else "ordinal"}", "sort": null, "title": {t(chart.x)}'
    group = f'"color": {{"field": {_field(chart.group)}, "type": "nominal", "sort": null, "title": {t(chart.group)}}}'
    name = {"horizontal bar": "bar", "pie": "arc", "multi-line": "line", "scatter": "point", "histogram": "bar", "box": "boxplot"}.get(chart.kind, chart.kind)  # fmt: skip
    encoding: list[str] = []
    match chart.kind:
        case "bar":
            encoding = [f'"x": {{{category}}}', f'"y": {{{value}}}']
        case "horizontal bar":
            encoding = [f'"y": {{{category}}}', f'"x": {{{value}}}']
        case "pie":
            encoding = [f'"theta": {{{value}, "stack": true}}', f'"color": {{{category}}}']
        case "line" if chart.wide:
            folded = ", ".join(t(column) for column in (chart.y, *chart.wide))
            lines.append(f'  "transform": [{{"fold": [{folded}]}}],')
            encoding = [f'"x": {{{time}}}', '"y": {"field": "value", "type": "quantitative", "title": null}', '"color": {"field": "key", "type": "nominal", "sort": null, "title": null}']  # fmt: skip
        case "line" | "multi-line":
            encoding = [f'"x": {{{time}}}', f'"y": {{{plain_y}}}']
        case "scatter":
            encoding = [f'"x": {{"field": {x}, "type": "quantitative", "scale": {{"zero": false}}, "title": {t(chart.x)}}}', f'"y": {{{plain_y}}}']  # fmt: skip
        case "histogram":
            encoding = [f'"x": {{"field": {y}, "bin": true, "title": {t(chart.y)}}}', '"y": {"aggregate": "count", "title": "count"}']  # fmt: skip
        case "box":
            encoding = [f'"x": {{{category}}}', f'"y": {{{plain_y}}}']
    if chart.group:
        encoding.append(group)
    mark = f'{{"type": "{name}", "color": {t(chart.colour)}}}' if chart.colour else f'"{name}"'
    body = ",\n".join(f"    {line}" for line in encoding)
    return "\n".join([*lines, f'  "mark": {mark},', '  "encoding": {', body, "  }", "}"])


def _field(name: str) -> str:
    """A field name, with what Vega-Lite reads as a path into an object escaped."""
    escaped = name.replace("\\", "\\\\")
    for mark in ".[]":
        escaped = escaped.replace(mark, "\\" + mark)
    return vegalite.text(escaped)
