"""Timelines, plans and mind maps to be asked for."""

from __future__ import annotations

import random
from datetime import date, timedelta

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.figures.mermaid import pools
from viscoder_tui.training.synthesize.figures.mermaid.diagram import Diagram, said


def timeline(rng: random.Random) -> tuple[str, Diagram]:
    """Years and what happened."""
    years = sorted(rng.sample(range(1700, 2030), rng.choice((2, 3, 3, 4, 4, 5, 6))))
    events = [event.replace(":", " ") for event in pools.events(rng, len(years))]
    form = rng.choice(("{y} {e}", "{y} {e}", "{y}: {e}", "{y} - {e}", "{y} = {e}", "{e} in {y}", "{e} ({y})", "{e} {y}", "in {y} {e}", "{y} ({e})", "{y}, {e}", "{y} was {e}"))  # fmt: skip
    told = [form.format(y=year, e=event) for year, event in zip(years, events, strict=True)]
    between = "; " if form == "{y}, {e}" else rng.choice((", ", ", ", "; ", "\n", ". "))
    rest = between.join(told)
    if between == ", " and rng.random() < 0.4:
        rest = ", ".join(told[:-1]) + " and " + told[-1]
    if between == "\n":
        rest = "\n" + rest
    title = words.phrase(rng, 1, 4).replace(":", " ") if rng.random() < 0.4 else None
    lines = ["timeline", *([f"    title {title}"] if title else [])]
    lines += [f"    {year} : {event}" for year, event in zip(years, events, strict=True)]
    nouns = ("timeline", "timeline", "time line", "history timeline", "chronology", "timeline diagram")  # fmt: skip
    expected = Expected("timeline", tuple(map(str, years)), tuple(events), title)
    return said(rng, nouns, rest, title), Diagram("\n".join(lines), expected)


def gantt(rng: random.Random) -> tuple[str, Diagram]:
    """Tasks one after the other from a day on, or each between two days."""
    tasks = pools.steps(rng, rng.choice((2, 3, 3, 4, 4, 5, 6)))
    # Mermaid takes a task that begins with one of its own words for a statement.
    tasks = [task.replace(":", " ").replace(",", " ") for task in tasks]
    if any(task.lower().split()[0] in _STATEMENTS for task in tasks):
        return gantt(rng)
    title = words.phrase(rng, 1, 4) if rng.random() < 0.4 else None
    lines = ["gantt", *([f"    title {title}"] if title else [])]
    lines += ["    dateFormat YYYY-MM-DD", "    axisFormat %d %b"]
    start = date(rng.randint(2023, 2028), rng.randint(1, 12), rng.randint(1, 28))
    lengths = [rng.choice((1, 2, 3, 4, 5, 7, 8, 10, 14, 20, 21, 30)) for _ in tasks]
    if rng.random() < 0.35:
        rest, rows = _between_days(rng, tasks, start, lengths)
        numbers: tuple[str, ...] = ()
    else:
        rest, rows = _in_days(rng, tasks, start, lengths)
        numbers = tuple(map(str, lengths))
    nouns = ("gantt chart", "gantt", "project plan", "gantt diagram", "schedule", "gantt chart", "Gantt chart")  # fmt: skip
    expected = Expected("gantt", numbers, tuple(tasks), title)
    return said(rng, nouns, rest, title), Diagram("\n".join([*lines, *rows]), expected)


_STATEMENTS = ("call", "click", "title", "section", "end", "excludes", "includes", "done", "crit", "active", "milestone")  # fmt: skip


def _in_days(rng: random.Random, tasks: list[str], start: date, lengths: list[int]) -> tuple[str, list[str]]:  # fmt: skip
    form = rng.choice(("{0} {1} days", "{0} ({1} days)", "{0}: {1} days", "{0} {1}d", "{1} days {0}", "{0} for {1} days", "{0} takes {1} days", "{0} - {1} days", "{1} days of {0}"))  # fmt: skip
    told = [form.format(task, length) for task, length in zip(tasks, lengths, strict=True)]
    rest = rng.choice((", ", ", then ", "; ", ", ", ", after that ")).join(told)
    if rng.random() < 0.3:
        rest = ", ".join(told[:-1]) + rng.choice((" and ", ", then ", " and finally ")) + told[-1]
    wish = rng.choice(("starting {}", "from {}", "start {}", "start on {}", "beginning {}", "start date {}", "it starts on {}")).format(start.isoformat())  # fmt: skip
    rest = f"{wish}: {rest}" if rng.random() < 0.35 else rest + rng.choice((", ", ". ", " ")) + wish
    rows = [
        f"    {task} :t{index}, {start.isoformat() if index == 0 else f'after t{index - 1}'}, {length}d"
        for index, (task, length) in enumerate(zip(tasks, lengths, strict=True))
    ]
    return rest, rows


def _between_days(rng: random.Random, tasks: list[str], start: date, lengths: list[int]) -> tuple[str, list[str]]:  # fmt: skip
    form = rng.choice(("{0} from {1} to {2}", "{0} runs from {1} to {2}", "{0} {1} to {2}", "{0}: {1} - {2}", "{0} ({1} to {2})", "{0} {1} until {2}", "{0} between {1} and {2}", "from {1} to {2} {0}"))  # fmt: skip
    told: list[str] = []
    rows: list[str] = []
    for index, (task, length) in enumerate(zip(tasks, lengths, strict=True)):
        end = start + timedelta(length)
        told.append(form.format(task, start.isoformat(), end.isoformat()))
        rows.append(f"    {task} :t{index}, {start.isoformat()}, {end.isoformat()}")
        start = end + timedelta(rng.choice((0, 1, 1, 2, 3, -1)))
    between = rng.choice((", ", "; ", "\n", ". "))
    rest = between.join(told)
    if between == ", " and rng.random() < 0.5:
        rest = ", ".join(told[:-1]) + ", and " + told[-1]
    return ("\n" + rest if between == "\n" else rest), rows


def mindmap(rng: random.Random) -> tuple[str, Diagram]:
    """A centre and its branches, perhaps with leaves on some."""
    root = words.phrase(rng, 1, 2)
    branches = list(words.labels(rng, rng.choice((2, 3, 3, 4, 4, 5, 6)))[1])
    style = rng.random()
    leaves: list[list[str]] = [[] for _ in branches]
    if style < 0.4:
        leaves = [list(words.labels(rng, rng.choice((1, 2, 2, 3)))[1]) for _ in branches]
    elif style < 0.55:
        leaves[rng.randrange(len(branches))] = list(words.labels(rng, rng.choice((1, 2, 2, 3)))[1])
    names = (root, *branches, *(leaf for under in leaves for leaf in under))
    if any(mark in name for name in names for mark in '()"'):
        return mindmap(rng)
    quote = "{}" if rng.random() < 0.9 else '"{}"'
    lead = _told(rng, root, branches, leaves, quote, style)
    lines = ["mindmap", f'  root(("{root}"))']
    number = 0
    for name, under in zip(branches, leaves, strict=True):
        lines.append(f'    n{number}["{name}"]')
        number += 1
        for leaf in under:
            lines.append(f'      n{number}["{leaf}"]')
            number += 1
    nouns = ("mind map", "mindmap", "mindmap", "mind-map", "brainstorm map", "concept map")
    return said(rng, nouns, lead), Diagram("\n".join(lines), Expected("mindmap", names=names))


def _told(rng: random.Random, root: str, branches: list[str], leaves: list[list[str]], quote: str, style: float) -> str:  # fmt: skip
    if rng.random() < 0.2:
        indent = rng.choice(("  ", "- ", "    "))
        rows = [root]
        for name, under in zip(branches, leaves, strict=True):
            rows.append(indent + name)
            rows += [f"  {indent}{leaf}" for leaf in under]
        return "\n" + "\n".join(rows)
    shown = [quote.format(name) for name in branches]
    centre = quote.format(root)
    if style < 0.4:
        form = rng.choice(("{0} ({1})", "{0}: {1}", "{0} with {1}", "{0} has {1}", "{0} -> {1}", "under {0} {1}"))  # fmt: skip
        rest = rng.choice(("; ", "; ", "\n", ". ")).join(form.format(name, ", ".join(under)) for name, under in zip(shown, leaves, strict=True))  # fmt: skip
    else:
        rest = ", ".join(shown)
        if rng.random() < 0.5:
            rest = ", ".join(shown[:-1]) + " and " + shown[-1]
    text = rng.choice(
        (
            f"{centre}: {rest}", f"{centre} with branches {rest}", f"{centre} -> {rest}", f"{centre} with {rest}",
            f"centre {centre}, branches {rest}", f"{centre} in the middle and the branches {rest}",
            f"{centre} in the middle, branches {rest}", f"{centre} has {rest}", f"{centre} at the centre, around it {rest}",
            f"center {centre}; {rest}",
        )
    )  # fmt: skip
    for name, under in zip(branches, leaves, strict=True):
        if style >= 0.4 and under:
            text += rng.choice(("; under {} put {}", ". Under {}: {}", ", and {} has {}", "; {} splits into {}", ". {} has the children {}")).format(name, " and ".join(under))  # fmt: skip
    return text
