"""Flowcharts to be asked for: steps in a row, who leads to whom, decisions."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize.charts.mermaid import text
from viscoder_tui.training.synthesize.figures.mermaid import pools
from viscoder_tui.training.synthesize.figures.mermaid.diagram import Diagram, quoted, said

_IDS = "ABCDEFGHIJKLMNOP"
_NOUNS = ("flowchart", "flow chart", "flowchart", "flow diagram", "process diagram", "diagram", "workflow", "process", "flow", "flowchart")  # fmt: skip
_SIDEWAYS = ("from left to right", "left to right", "horizontal", "going from left to right", "laid out left to right")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two boxes, by their texts."""

    start: str
    end: str
    label: str = ""


def _drawn(rng: random.Random, rest: str, edges: list[Edge], questions: tuple[str, ...] = (), nouns: tuple[str, ...] = _NOUNS) -> tuple[str, Diagram]:  # fmt: skip
    down = rng.random() < 0.75
    names = list(dict.fromkeys(name for edge in edges for name in (edge.start, edge.end)))
    ids = {name: _IDS[index] for index, name in enumerate(names)}
    lines = [f"flowchart {'TD' if down else 'LR'}"]
    for name in names:
        shown = text(name + "?" * (name in questions))
        lines.append(f"    {ids[name]}{{{shown}}}" if name in questions else f"    {ids[name]}[{shown}]")  # fmt: skip
    for edge in edges:
        label = f"|{edge.label}|" if edge.label else ""
        lines.append(f"    {ids[edge.start]} -->{label} {ids[edge.end]}")
    wish = "" if down else rng.choice(_SIDEWAYS)
    return said(rng, nouns, rest, wish=wish, topical=True), Diagram("\n".join(lines), Expected("flowchart", names=tuple(names)))  # fmt: skip


def row(rng: random.Random) -> tuple[str, Diagram]:
    """Steps one after the other."""
    steps = pools.steps(rng, rng.choice((2, 3, 3, 4, 4, 5, 5, 6, 7, 8)))
    shown = quoted(rng, steps)
    style = rng.random()
    if style < 0.55:
        rest = rng.choice((" -> ", " -> ", " --> ", ", ", ", then ", " then ", " > ", " => ", "; ", " → ", ", after that ", ", next ", " followed by ")).join(shown)  # fmt: skip
        if ", " in rest and "->" not in rest and rng.random() < 0.4:
            rest = rng.choice(("steps: ", "the steps are ", "with steps ", "the steps ")) + rest
    elif style < 0.75:
        mark = rng.choice(("{i}. ", "{i}) ", "- ", "* ", ""))
        rest = "\n" + "\n".join(mark.format(i=i) + step for i, step in enumerate(shown, 1))
    else:
        first = rng.choice(
            ("first ", "start with ", "starts with ", "start at ", "we begin with ", "you ")
        )
        last = rng.choice(
            (", finally ", " and finally ", ", and at the end ", " and then ", ", last ")
        )
        rest = first + rng.choice((", then ", ", ", ", next ")).join(shown[:-1]) + last + shown[-1]
    edges = [Edge(a, b) for a, b in itertools.pairwise(steps)]
    return _drawn(rng, rest, edges)


def tree(rng: random.Random) -> tuple[str, Diagram]:
    """Boxes and who leads to whom: "A -> B, A -> C"; "the boss is over Ann and Ben"."""
    count = rng.choice((3, 3, 4, 4, 5, 6))
    names = pools.steps(rng, count) if rng.random() < 0.5 else pools.actors(rng, count)
    if rng.random() < 0.25:
        names = list("ABCDEFGH"[:count])
    chain = rng.random() < 0.4
    parents = [index - 1 if chain else rng.randrange(index) for index in range(1, count)]
    pairs = [(names[parent], names[child]) for child, parent in enumerate(parents, 1)]
    if rng.random() < 0.3 and count > 3:
        pairs.append((names[-1], names[rng.randrange(count - 2)]))
    shown = dict(zip(names, quoted(rng, names), strict=True))
    if rng.random() < 0.35:
        groups: dict[str, list[str]] = {}
        for start, end in pairs:
            groups.setdefault(start, []).append(end)
        form = rng.choice(("{0} -> {1}", "{0} goes to {1}", "{0} leads to {1}", "under {0}: {1}", "{0} has {1}", "{0} splits into {1}", "from {0} to {1}", "{0} points to {1}", "{0} feeds {1}"))  # fmt: skip
        rest = rng.choice(("; ", "; ", ". ", "\n")).join(form.format(shown[start], " and ".join(shown[end] for end in ends)) for start, ends in groups.items())  # fmt: skip
        pairs = [(start, end) for start, ends in groups.items() for end in ends]
    else:
        form = rng.choice(("{0} -> {1}", "{0} -> {1}", "{0} --> {1}", "{0} to {1}", "{0} goes to {1}", "{0} leads to {1}", "{0} → {1}", "from {0} to {1}", "{0} then {1}", "{0} points to {1}", "{0} connects to {1}", "{0} feeds {1}", "arrow from {0} to {1}"))  # fmt: skip
        again = (
            " also"
            if form.startswith("{0} ") and form[4:9].isalpha() and rng.random() < 0.3
            else ""
        )
        parts: list[str] = []
        for index, (start, end) in enumerate(pairs):
            repeated = again and any(start == one for one, _ in pairs[:index])
            parts.append(form.replace("{0}", "{0}" + again * bool(repeated)).format(shown[start], shown[end]))  # fmt: skip
        between = rng.choice((", ", ", ", "; ", "\n", ". "))
        rest = between.join(parts)
        if between == ", " and rng.random() < 0.4:
            rest = ", ".join(parts[:-1]) + rng.choice((" and ", ", and ")) + parts[-1]
        rest = "\n" + rest if between == "\n" else rest
    nouns = (*_NOUNS[:5], "diagram", "graph", "tree", "org chart", "network", "chart of boxes and arrows", "tree diagram", "hierarchy")  # fmt: skip
    return _drawn(rng, rest, [Edge(a, b) for a, b in pairs], nouns=nouns)


def decision(rng: random.Random) -> tuple[str, Diagram]:
    """Steps, a question, and where yes and no lead; perhaps a second question."""
    ahead = rng.choice((0, 1, 1, 2, 2, 3))
    nested = rng.random() < 0.3
    steps = pools.steps(rng, ahead + 2 + nested)
    asked = pools.questions(rng, 1 + nested)
    lead, ends = steps[:ahead], steps[ahead:]
    arrow = rng.choice((" -> ", " -> ", ", then ", ", ", " then ", " leads to ", " goes to "))
    question = asked[0]
    edges = [Edge(a, b) for a, b in itertools.pairwise([*lead, question])]
    yes, no = ends[0], ends[1]
    back = bool(lead) and rng.random() < 0.15
    if back:
        no = lead[0]
    if nested:
        first_no = rng.random() < 0.5
        inner, outer = asked[1], ends[2]
        one, other = ("no", "yes") if first_no else ("yes", "no")
        one, other = _words(rng, one, other)
        a, b = _words(rng, "yes", "no")
        edges += [Edge(question, outer, one), Edge(question, inner, other), Edge(inner, yes, a), Edge(inner, ends[1], b)]  # fmt: skip
        verb = rng.choice(("leads to", "goes to", "means", "->", "to"))
        again = rng.choice(
            (
                ". From there ",
                "; then ",
                ". If so: ",
                ", and there ",
                "; at that question ",
                ". Then ",
            )
        )
        tail = f"{question}? {one} {verb} {outer}, {other} {verb} {inner}?{again}{a} {verb} {yes} and {b} {verb} {ends[1]}"  # fmt: skip
    else:
        y, n = _words(rng, "yes", "no")
        if not back and rng.random() < 0.25:  # some say first where no leads
            y, n = n, y
        plain, tail = _asked(rng, question, yes, no, y, n, back)
        y, n = ("yes", "no") if plain else (y, n)
        edges += [Edge(question, yes, y), Edge(question, no, n)]
    rest = arrow.join((*lead, tail)) if lead else tail
    if lead and rng.random() < 0.25:
        asked_next = rng.choice((", then the question ", ", then ask ", ", then the decision ", ". Then ", ", followed by the question "))  # fmt: skip
        rest = rng.choice(("starts at ", "start with ", "it starts with ", "begin with ", "first ", "starting at ", "the first step is ")) + arrow.join(lead) + asked_next + tail  # fmt: skip
    return _drawn(rng, rest, edges, tuple(asked))


def _words(rng: random.Random, *names: str) -> tuple[str, ...]:
    capital = rng.random() < 0.25
    return tuple(name.capitalize() if capital else name for name in names)


def _asked(rng: random.Random, question: str, yes: str, no: str, y: str, n: str, back: bool) -> tuple[bool, str]:  # fmt: skip
    """Whether yes and no are not said, and the words."""
    again = "back to " if back else ""
    ask = question + rng.choice(("?", "?", ""))
    if rng.random() < 0.3:
        text = rng.choice(
            (
                f"if {question} then {yes} else {again}{no}", f"if {question} {yes}, otherwise {again}{no}",
                f"if {question}: {yes}, else: {again}{no}", f"when {question} {yes}, if not {again}{no}",
                f"{ask} if so {yes}, else {again}{no}", f"{ask} then {yes}, otherwise {again}{no}",
                f"if {question}, {yes}; if not, {again}{no}",
            )
        )  # fmt: skip
        return True, text
    return False, rng.choice(
        (
            f"{ask} {y} -> {yes}, {n} -> {again}{no}", f"{ask} if {y} {yes}, if {n} {again}{no}",
            f"{ask} {y}: {yes}; {n}: {again}{no}", f"decision {ask} {y} {yes} {n} {again}{no}",
            f"{ask} {y} {yes}, {n} {again}{no}", f"{ask} {y} => {yes}, {n} => {again}{no}",
            f"check {ask} if {y}: {yes}, if {n}: {again}{no}", f"{ask} ({y}: {yes}, {n}: {again}{no})",
            f"decide {ask} {y} goes to {yes}, {n} goes {again or 'to '}{no}", f"{ask} {y} to {yes}, {n} to {no}",
            f"the decision {question}?. If {y} go to {yes}, if {n} go {again or 'to '}{no}",
            f"the question {question}? {y} leads to {yes}, {n} leads {again or 'to '}{no}",
            f"{question}? {y} goes to {yes} and {n} goes {again or 'to '}{no}",
            f"a decision {question}? with {y} to {yes} and {n} to {no}", f"{question}? [{y}] {yes} [{n}] {again}{no}",
            f"{question}? If {y}, {yes}. If {n}, {again}{no}",
        )
    )  # fmt: skip
