"""Diagrams to be asked for: flowcharts, sequences, states, plans, timelines, mind maps, classes."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.charts.mermaid import text

_ACTIONS = "start, login, check password, send email, show error, open door, boil water, add tea, wait, drink, read book, write code, run tests, deploy, fix bug, review, merge, pay, ship order, pack box, choose item, add to cart, checkout, confirm, cancel, retry, save file, load data, clean data, train model, evaluate, report, call customer, sign contract, order parts, build, paint, inspect, plan, design, measure, cut, mix, bake, cool, serve, wake up, brush teeth, eat breakfast, go to work, have lunch, go home, sleep, plug in, turn on, charge, scan ticket, take seat, watch film, leave, ask question, answer, submit form, approve, reject, notify user, archive, print label, scan code, log out, get up, make coffee, receive order, prepare, end, finish, stop"  # fmt: skip
_QUESTIONS = "password ok, is it raining, valid, approved, tests pass, enough money, in stock, done, user exists, hungry, error, is it open, ready, more items, tired, is it hot, paid, found, online, passed, correct, empty, age over 18, weekend"  # fmt: skip
_MESSAGES = "hello, login, request file, send file, asks for data, returns data, query, result, order, invoice, payment, receipt, ping, pong, question, answer, confirm, ok, error, get user, user data, save, saved, open connection, accept, close, book ticket, ticket, greeting, reply, token, validate, thanks, request, response, click, show page, update, notify"  # fmt: skip
_ACTORS = "Alice, Bob, Carol, Client, Server, Database, User, Browser, API, Customer, Shop, Bank, Waiter, Kitchen, Guest, Teacher, Student, Doctor, Patient, App, Cache, Admin, Worker, Queue, Manager, Service, Phone, Mum, Anna, Ben, Device, Cloud, Sensor, Gateway, Cook"  # fmt: skip
_STATES = "idle, running, paused, stopped, open, closed, locked, on, off, waiting, ready, busy, done, failed, green, yellow, red, solid, liquid, gas, draft, review, published, archived, asleep, awake, loading, playing, connected, disconnected, new, paid, shipped, delivered, standby, active, error, empty, full, heating, cooling"  # fmt: skip
_EVENTS = "moon landing, first flight, web invented, company founded, new office, first product, merger, war ends, book published, train opens, bridge built, election, fire, flood, peace treaty, discovery, first customer, launch, record, anniversary, school opened, first computer, telephone, wheel, printing press, steam engine, radio, television, internet, smartphone"  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


ACTIONS, QUESTIONS, MESSAGES = _split(_ACTIONS), _split(_QUESTIONS), _split(_MESSAGES)
ACTORS, STATES, EVENTS = _split(_ACTORS), _split(_STATES), _split(_EVENTS)


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram's source, and what it must hold."""

    source: str
    expected: Expected


def program(diagram: Diagram) -> str:
    """The whole source."""
    return diagram.source


def some(rng: random.Random, pool: tuple[str, ...], count: int) -> list[str]:
    """Different names from `pool`, a third of them out of other words."""
    found: list[str] = []
    while len(found) < count:
        name = rng.choice(pool) if rng.random() < 0.66 else words.phrase(rng, 1, 3)
        name = name.replace("&", "and")
        if name not in found:
            found.append(name)
    return found


def _said(rng: random.Random, nouns: tuple[str, ...], rest: str, title: str | None = None) -> str:
    noun = wording.slipped(rng, rng.choice(nouns))
    link = rng.choice((": ", ": ", ": ", " with ", " of ", " for ", ", ", " - ", " showing "))
    clause = wording.clauses(rng, [wording.title_clause(rng, title)]) if title else ""
    if rest.startswith("\n"):
        link = ":"
    return wording.before(rng) + wording.cased(rng, wording.opener(rng, noun)) + link + rest + clause + wording.closer(rng)  # fmt: skip


_IDS = "ABCDEFGHIJKLMNOP"


def flowchart(rng: random.Random) -> tuple[str, Diagram]:
    """Steps in a row, or with a decision."""
    down = rng.random() < 0.7
    wish = "" if down else rng.choice((" from left to right", ", left to right", " (horizontal)", ", horizontal"))  # fmt: skip
    nouns = ("flowchart", "flow chart", "flowchart", "flow diagram", "process diagram", "diagram", "workflow", "process", "flow")  # fmt: skip
    steps = some(rng, ACTIONS, rng.choice((2, 3, 3, 4, 4, 5, 5, 6, 7, 8)))
    lines = [f"flowchart {'TD' if down else 'LR'}"]
    if rng.random() < 0.6:
        arrow = rng.choice((" -> ", " -> ", " --> ", ", ", ", then ", " then ", " > ", " => ", "; ", " → ", "\n"))  # fmt: skip
        rest = arrow.join(steps)
        if arrow == ", " and rng.random() < 0.4:
            rest = rng.choice(("steps: ", "the steps are ", "with steps ")) + rest
        if arrow == "\n":
            rest = "\n" + "\n".join(f"{i}. {step}" for i, step in enumerate(steps, 1))
        lines += [f"    {_IDS[i]}[{text(step)}]" for i, step in enumerate(steps)]
        lines += [f"    {_IDS[i]} --> {_IDS[i + 1]}" for i in range(len(steps) - 1)]
        names = tuple(steps)
    else:
        question = rng.choice(QUESTIONS)
        lead, yes, no = steps[:-2] or [rng.choice(ACTIONS)], steps[-2], steps[-1]
        arrow = rng.choice((" -> ", " -> ", ", then ", ", ", " then "))
        ask = question + rng.choice(("?", "?", ""))
        tail = rng.choice(
            (
                f"{ask} yes -> {yes}, no -> {no}", f"if {question} then {yes} else {no}",
                f"if {question} {yes}, otherwise {no}", f"{ask} if yes {yes}, if no {no}",
                f"{ask} yes: {yes}; no: {no}", f"if {question}: {yes}, else: {no}",
                f"decision {ask} yes {yes} no {no}", f"when {question} {yes}, if not {no}",
                f"{ask} yes {yes}, no {no}", f"{ask} if so {yes}, else {no}", f"{ask} yes => {yes}, no => {no}",
                f"check {ask} if yes: {yes}, if no: {no}", f"{ask} (yes: {yes}, no: {no})",
                f"decide {ask} yes goes to {yes}, no goes to {no}", f"{ask} yes to {yes}, no to {no}",
            )
        )  # fmt: skip
        rest = arrow.join((*lead, tail))
        count = len(lead)
        lines += [f"    {_IDS[i]}[{text(step)}]" for i, step in enumerate(lead)]
        lines.append(f"    {_IDS[count]}{{{text(question + '?')}}}")
        lines += [f"    {_IDS[count + 1]}[{text(yes)}]", f"    {_IDS[count + 2]}[{text(no)}]"]
        lines += [f"    {_IDS[i]} --> {_IDS[i + 1]}" for i in range(count)]
        lines += [
            f"    {_IDS[count]} -->|yes| {_IDS[count + 1]}",
            f"    {_IDS[count]} -->|no| {_IDS[count + 2]}",
        ]
        names = (*lead, question, yes, no)
    return _said(rng, nouns, rest) + wish, Diagram(
        "\n".join(lines), Expected("flowchart", names=names)
    )


def links(rng: random.Random) -> tuple[str, Diagram]:
    """Boxes and who leads to whom: "A -> B, A -> C"; "the boss is over Ann and Ben"."""
    names = some(rng, ACTIONS if rng.random() < 0.5 else ACTORS, rng.choice((3, 3, 4, 4, 5, 6)))
    if rng.random() < 0.3:
        names = list("ABCDEFGH"[: len(names)])
    down = rng.random() < 0.75
    wish = "" if down else rng.choice((" from left to right", ", left to right", ", horizontal"))
    parents = [rng.randrange(index) for index in range(1, len(names))]
    pairs = [(names[parent], names[child]) for child, parent in enumerate(parents, 1)]
    if rng.random() < 0.25 and len(names) > 3:
        pairs.append((names[-1], names[rng.randrange(len(names) - 2)]))
    if rng.random() < 0.35:
        groups: dict[str, list[str]] = {}
        for source, target in pairs:
            groups.setdefault(source, []).append(target)
        form = rng.choice(("{0} -> {1}", "{0} goes to {1}", "{0} leads to {1}", "under {0}: {1}", "{0} has {1}", "{0} splits into {1}", "from {0} to {1}"))  # fmt: skip
        rest = rng.choice(("; ", "; ", ". ", "\n")).join(form.format(source, " and ".join(targets)) for source, targets in groups.items())  # fmt: skip
        pairs = [(source, target) for source, targets in groups.items() for target in targets]
    else:
        form = rng.choice(("{0} -> {1}", "{0} -> {1}", "{0} --> {1}", "{0} to {1}", "{0} goes to {1}", "{0} leads to {1}", "{0} → {1}", "from {0} to {1}", "{0} then {1}", "{0} points to {1}", "{0} connects to {1}"))  # fmt: skip
        rest = rng.choice((", ", ", ", "; ", "\n")).join(form.format(*pair) for pair in pairs)
    used = list(dict.fromkeys(name for pair in pairs for name in pair))
    ids = {name: _IDS[index] for index, name in enumerate(used)}
    lines = [f"flowchart {'TD' if down else 'LR'}"]
    lines += [f"    {ids[name]}[{text(name)}]" for name in used]
    lines += [f"    {ids[source]} --> {ids[target]}" for source, target in pairs]
    nouns = ("flowchart", "flow chart", "diagram", "graph", "tree", "org chart", "flow diagram", "network", "chart of boxes and arrows", "tree diagram", "hierarchy")  # fmt: skip
    if "\n" in rest:
        rest = "\n" + rest
    return _said(rng, nouns, rest) + wish, Diagram("\n".join(lines), Expected("flowchart", names=tuple(used)))  # fmt: skip


def sequence(rng: random.Random) -> tuple[str, Diagram]:
    """Who says what to whom."""
    actors = rng.sample(ACTORS, rng.choice((2, 2, 2, 3, 3, 4)))
    if rng.random() < 0.2:
        actors = [words.any_word(rng).replace(" ", "").strip("+-/._0123456789") or "Ann" for _ in actors]  # fmt: skip
        if len(set(actors)) < len(actors) or not all(actor.isalpha() for actor in actors):
            return sequence(rng)
    exchanges: list[tuple[str, str, str]] = []
    for index in range(rng.choice((1, 2, 2, 3, 3, 4, 5))):
        source = actors[index % len(actors)]
        target = rng.choice([actor for actor in actors if actor != source])
        exchanges.append((source, target, some(rng, MESSAGES, 1)[0]))
    style = rng.randint(0, 11)
    forms = (
        "{0} -> {1}: {2}", "{0} sends {2} to {1}", "{0} to {1}: {2}", "{0} says {2} to {1}",
        "{0} -> {1} {2}", "{0} tells {1} {2}", "{0} asks {1} for {2}", "{0} asks {1}: {2}",
        "{0} to {1} {2}", "{0} sends {1} {2}", "{0} sends {1} the {2}", "{0} calls {1} with {2}",
    )  # fmt: skip
    between = rng.choice((", ", ", ", "; ", "\n", ", then ", ". "))
    said = [forms[style].format(*exchange) for exchange in exchanges]
    if rng.random() < 0.35:  # an answer goes back to who spoke last
        form = rng.choice(("{0} replies {2}", "{0} answers {2}", "{0} replies with {2}", "{0} responds: {2}", "{0} answers: {2}", "{0} returns {2}", "{0} replies: {2}", "{0} sends back {2}"))  # fmt: skip
        for index in range(1, len(exchanges)):
            source, target, message = exchanges[index - 1][1], exchanges[index - 1][0], exchanges[index][2]  # fmt: skip
            if exchanges[index][0] == source and rng.random() < 0.8:
                exchanges[index] = (source, target, message)
                said[index] = form.format(source, target, message)
    rest = between.join(said)
    if between == "\n":
        rest = "\n" + rest
    used = list(dict.fromkeys(name for source, target, _ in exchanges for name in (source, target)))
    lines = ["sequenceDiagram", *(f"    participant {actor}" for actor in used)]
    lines += [f"    {source}->>{target}: {message}" for source, target, message in exchanges]
    nouns = ("sequence diagram", "sequence diagram", "sequence chart", "message diagram", "sequence", "interaction diagram")  # fmt: skip
    names = (*used, *(message for _, _, message in exchanges))
    return _said(rng, nouns, rest), Diagram("\n".join(lines), Expected("sequence", names=names))


def states(rng: random.Random) -> tuple[str, Diagram]:
    """States and what leads from one to the next."""
    names = [name.replace(" ", "_") for name in rng.sample(STATES, rng.choice((2, 3, 3, 4, 4, 5)))]
    labelled = rng.random() < 0.5
    moves = [(names[i], names[i + 1], rng.choice(ACTIONS) if labelled else "") for i in range(len(names) - 1)]  # fmt: skip
    if rng.random() < 0.4 and len(names) > 2:
        moves.append((names[-1], names[0], rng.choice(ACTIONS) if labelled else ""))
    if labelled:
        form = rng.choice(("{0} to {1} on {2}", "{0} -> {1}: {2}", "{0} -> {1} ({2})", "from {0} to {1} when {2}", "{2} goes from {0} to {1}"))  # fmt: skip
        rest = rng.choice((", ", "; ", "\n")).join(form.format(*move) for move in moves)
    else:
        loops = len(moves) == len(names)
        rest = rng.choice((" -> ", " to ", " then ", " --> ")).join([*names, names[0]] if loops else names)  # fmt: skip
    lines = ["stateDiagram-v2", f"    [*] --> {names[0]}"]
    lines += [f"    {a} --> {b}" + (f" : {c}" if c else "") for a, b, c in moves]
    nouns = ("state diagram", "state machine", "state chart", "states", "state transition diagram")
    held = (*names, *(move[2] for move in moves if move[2]))
    return _said(rng, nouns, rest), Diagram("\n".join(lines), Expected("state", names=held))


def timeline(rng: random.Random) -> tuple[str, Diagram]:
    """Years and what happened."""
    years = sorted(rng.sample(range(1700, 2030), rng.choice((2, 3, 3, 4, 4, 5, 6))))
    events = some(rng, EVENTS, len(years))
    separator = rng.choice((" ", ": ", " - ", " = "))
    forms = [f"{year}{separator}{event}" for year, event in zip(years, events, strict=True)]
    if rng.random() < 0.2:
        forms = [f"{event} in {year}" for year, event in zip(years, events, strict=True)]
    elif rng.random() < 0.2:
        forms = [f"{event} ({year})" for year, event in zip(years, events, strict=True)]
    rest = rng.choice((", ", ", ", "; ", "\n")).join(forms)
    title = words.phrase(rng, 1, 4) if rng.random() < 0.4 else None
    lines = ["timeline"]
    if title:
        lines.append(f"    title {title}")
    lines += [f"    {year} : {event}" for year, event in zip(years, events, strict=True)]
    nouns = ("timeline", "timeline", "time line", "history timeline", "chronology")
    expected = Expected("timeline", tuple(map(str, years)), tuple(events), title)
    return _said(rng, nouns, rest, title), Diagram("\n".join(lines), expected)


def mindmap(rng: random.Random) -> tuple[str, Diagram]:
    """A centre and its branches."""
    root = words.phrase(rng, 1, 2)
    count = rng.choice((2, 3, 3, 4, 4, 5, 6))
    branches = list(words.labels(rng, count)[1])
    deep = rng.random() < 0.4
    leaves = (
        [list(words.labels(rng, rng.choice((1, 2, 2, 3)))[1]) for _ in branches] if deep else []
    )
    if any("(" in name or ")" in name for name in (root, *branches)):
        return mindmap(rng)
    if deep:
        form = rng.choice(("{0} ({1})", "{0}: {1}", "{0} with {1}"))
        rest = rng.choice(("; ", "; ", "\n")).join(form.format(name, ", ".join(under)) for name, under in zip(branches, leaves, strict=True))  # fmt: skip
    else:
        rest = ", ".join(branches)
    lead = rng.choice((f"{root}: {rest}", f"{root} with branches {rest}", f"{root} -> {rest}", f"{root} with {rest}", f"centre {root}, branches {rest}"))  # fmt: skip
    lines = ["mindmap", f"  root(({text(root)}))"]
    number = 0
    for index, name in enumerate(branches):
        lines.append(f"    n{number}[{text(name)}]")
        number += 1
        for leaf in leaves[index] if deep else ():
            lines.append(f"      n{number}[{text(leaf)}]")
            number += 1
    nouns = ("mind map", "mindmap", "mindmap", "mind-map", "brainstorm map", "concept map")
    names = (root, *branches, *(leaf for under in leaves for leaf in under))
    return _said(rng, nouns, lead), Diagram("\n".join(lines), Expected("mindmap", names=names))


def gantt(rng: random.Random) -> tuple[str, Diagram]:
    """Tasks one after the other from a day on."""
    tasks = some(rng, ACTIONS, rng.choice((2, 3, 3, 4, 4, 5, 6)))
    tasks = [task.replace(":", " ").replace(",", " ") for task in tasks]
    days = [str(rng.choice((1, 2, 3, 4, 5, 7, 8, 10, 14, 20, 21, 30))) for _ in tasks]
    start = f"{rng.randint(2023, 2028)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    form = rng.choice(("{0} {1} days", "{0} ({1} days)", "{0}: {1} days", "{0} {1}d", "{1} days {0}", "{0} for {1} days", "{0} takes {1} days"))  # fmt: skip
    rest = rng.choice((", ", ", then ", "; ", ", ")).join(form.format(task, day) for task, day in zip(tasks, days, strict=True))  # fmt: skip
    wish = rng.choice((f", starting {start}", f" from {start}", f", start {start}", f". Start on {start}", f", beginning {start}"))  # fmt: skip
    title = words.phrase(rng, 1, 4) if rng.random() < 0.4 else None
    lines = ["gantt"]
    if title:
        lines.append(f"    title {title}")
    lines += ["    dateFormat YYYY-MM-DD", "    axisFormat %d %b"]
    for index, (task, day) in enumerate(zip(tasks, days, strict=True)):
        when = start if index == 0 else f"after t{index - 1}"
        lines.append(f"    {task} :t{index}, {when}, {day}d")
    nouns = ("gantt chart", "gantt", "project plan", "gantt diagram", "schedule", "gantt chart")
    expected = Expected("gantt", tuple(days), tuple(tasks), title)
    return _said(rng, nouns, rest + wish, title), Diagram("\n".join(lines), expected)


def classes(rng: random.Random) -> tuple[str, Diagram]:
    """Classes, what they have, and who inherits from whom."""
    pool = ("Animal", "Dog", "Cat", "Car", "Vehicle", "Truck", "Person", "Student", "Teacher", "Shape", "Circle", "Square", "Account", "Order", "Item", "User", "Admin", "Book", "Author", "Node", "Engine", "Bird")  # fmt: skip
    attributes = ("name", "age", "price", "size", "id", "title", "colour", "speed", "email", "weight", "count", "date")  # fmt: skip
    methods = ("bark", "run", "open", "close", "save", "draw", "move", "eat", "sleep", "start", "stop", "print", "fly")  # fmt: skip
    names = rng.sample(pool, rng.choice((2, 2, 3, 3, 4)))
    lines = ["classDiagram"]
    parts: list[str] = []
    held: list[str] = list(names)
    for name in names:
        has = rng.sample(attributes, rng.choice((0, 1, 1, 2, 3)))
        does = rng.sample(methods, rng.choice((0, 1, 1, 2)))
        members = [*has, *(f"{method}()" for method in does)]
        held += [*has, *does]
        lines.append(f"    class {name}")
        lines += [f"    {name} : {member}" for member in members]
        if members:
            parts.append(f"{name} {rng.choice(('with', 'has', 'with', '-'))} {', '.join(members)}")
    for child in names[1:]:
        lines.append(f"    {names[0]} <|-- {child}")
        parts.append(rng.choice((f"{child} inherits from {names[0]}", f"{child} extends {names[0]}", f"{child} is a {names[0]}", f"{child} inherits {names[0]}")))  # fmt: skip
    rest = rng.choice(("; ", ". ", ", ", "\n")).join(parts)
    nouns = ("class diagram", "UML class diagram", "class diagram", "UML diagram", "classes")
    return _said(rng, nouns, rest), Diagram("\n".join(lines), Expected("class", names=tuple(held)))


def entities(rng: random.Random) -> tuple[str, Diagram]:
    """Tables and how many of one belong to the other."""
    pool = ("CUSTOMER", "ORDER", "PRODUCT", "AUTHOR", "BOOK", "STUDENT", "COURSE", "TEACHER", "CITY", "COUNTRY", "USER", "POST", "COMMENT", "INVOICE", "ROOM", "GUEST", "TEAM", "PLAYER")  # fmt: skip
    names = rng.sample(pool, rng.choice((2, 3, 3, 4)))
    case = rng.choice((str.upper, str.lower, str.lower, str.capitalize))
    names = [case(name) for name in names]
    verbs = ("has", "places", "contains", "writes", "owns", "belongs to", "visits", "teaches")
    lines = ["erDiagram"]
    parts: list[str] = []
    held: list[str] = list(names)
    for one, other in itertools.pairwise(names):
        verb = rng.choice(verbs)
        many = rng.random() < 0.75
        lines.append(f'    {one} ||--{"o{" if many else "||"} {other} : "{verb}"')
        parts.append(f"{one} {verb} {'many' if many else 'one'} {other}")
        held.append(verb)
    nouns = ("ER diagram", "er diagram", "entity relationship diagram", "database diagram", "entity diagram")  # fmt: skip
    rest = rng.choice((", ", "; ", ". ")).join(parts)
    return _said(rng, nouns, rest), Diagram("\n".join(lines), Expected("er", names=tuple(held)))


def draw(rng: random.Random) -> tuple[str, Diagram]:
    """A request for a diagram, and the diagram."""
    maker = rng.choices(
        (flowchart, links, sequence, states, timeline, mindmap, gantt, classes, entities),
        (4.5, 2, 3.6, 1.8, 1.8, 1.8, 1.6, 1.2, 0.7),
    )[0]
    return maker(rng)
