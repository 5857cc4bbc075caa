"""Diagrams of structure to be asked for: classes, and tables with their relations."""

from __future__ import annotations

import itertools
import random

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.figures.mermaid.diagram import Diagram, said

_CLASSES: tuple[str, ...] = ("Animal", "Dog", "Cat", "Car", "Vehicle", "Truck", "Person", "Student", "Teacher", "Shape", "Circle", "Square", "Account", "Order", "Item", "User", "Admin", "Book", "Author", "Node", "Engine", "Bird", "Customer", "Invoice", "Employee", "Manager", "Payment", "Game", "Player", "Room", "House", "Robot", "Sensor", "Device", "File", "Folder", "Message")  # fmt: skip
_FIELDS: tuple[str, ...] = ("name", "age", "price", "size", "id", "title", "colour", "speed", "email", "weight", "count", "date", "phone", "address", "total", "status", "isbn", "score", "level", "width", "height", "owner", "balance")  # fmt: skip
_METHODS: tuple[str, ...] = ("bark", "run", "open", "close", "save", "draw", "move", "eat", "sleep", "start", "stop", "print", "fly", "speak", "total", "pay", "send", "login", "area", "reset", "load", "play")  # fmt: skip
_TABLES: tuple[str, ...] = ("CUSTOMER", "ORDER", "PRODUCT", "AUTHOR", "BOOK", "STUDENT", "COURSE", "TEACHER", "CITY", "COUNTRY", "USER", "POST", "COMMENT", "INVOICE", "ROOM", "GUEST", "TEAM", "PLAYER", "DOCTOR", "PATIENT", "VISIT", "DRIVER", "CAR", "ARTIST", "ALBUM", "SONG", "SHOP", "ITEM", "LOAN", "MEMBER", "SCHOOL", "CLASS")  # fmt: skip
_RELATIONS = ("has", "places", "contains", "writes", "owns", "belongs to", "visits", "teaches", "borrows", "orders", "plays in", "drives", "records", "takes", "makes", "pays")  # fmt: skip


def _names(rng: random.Random, pool: tuple[str, ...], count: int) -> list[str]:
    if rng.random() < 0.7:
        return rng.sample(pool, count)
    found: list[str] = []
    while len(found) < count:
        name = words.any_word(rng)
        if (
            name.isalpha()
            and name.isascii()
            and name not in found
            and name.lower() not in ("end", "class")
        ):
            found.append(name[0].upper() + name[1:])
    return found


def _listed(rng: random.Random, parts: list[str]) -> str:
    if len(parts) > 1 and rng.random() < 0.6:
        return ", ".join(parts[:-1]) + " and " + parts[-1]
    return ", ".join(parts)


def classes(rng: random.Random) -> tuple[str, Diagram]:
    """Classes, what they have, and who inherits from or points to whom."""
    names = _names(rng, _CLASSES, rng.choice((2, 2, 3, 3, 4)))
    lines = ["classDiagram"]
    parts: list[str] = []
    held: list[str] = list(names)
    link = rng.choice(("--", ",", "")) if rng.random() < 0.2 else ""
    for name in names:
        has = rng.sample(_FIELDS, rng.choice((0, 0, 1, 1, 2, 3)))
        does = rng.sample(_METHODS, rng.choice((0, 0, 1, 1, 2)))
        called = [f"{method}()" for method in does]
        held += [*has, *does]
        lines.append(f"    class {name}")
        lines += [f"    {name} : {member}" for member in (*has, *called)]
        if has or called:
            parts.append(_members(rng, name, has, called))
    inherits = rng.random() < 0.65
    relations: list[str] = []
    if inherits:
        children = names[1:]
        relations += [f"    {names[0]} <|-- {child}" for child in children]
        if len(children) == 2 and rng.random() < 0.4:
            told = [f"{children[0]} and {children[1]} {rng.choice(('both inherit from', 'inherit from', 'extend', 'are kinds of'))} {names[0]}"]  # fmt: skip
        else:
            form = rng.choice(("{0} inherits from {1}", "{0} extends {1}", "{0} is a {1}", "{0} inherits {1}", "{0} is a kind of {1}", "{0} derives from {1}"))  # fmt: skip
            told = [form.format(child, names[0]) for child in children]
    else:
        pairs = list(itertools.pairwise(names))
        relations += [f"    {one} --> {other}" for one, other in pairs]
        form = rng.choice(("{0} points to {1}", "{0} uses {1}", "{0} -> {1}", "{0} has a {1}", "{0} refers to {1}", "{0} links to {1}", "{0} knows {1}", "{0} has many {1}"))  # fmt: skip
        told = [form.format(*pair) for pair in pairs]
    first = rng.random() < 0.3
    parts = told + parts if first else parts + told
    rest = rng.choice(("; ", ". ", ", ", "\n", ". ")).join(parts)
    if rng.random() < 0.25:
        rest = f"{_listed(rng, names)}{link}. {rest}"
    nouns = ("class diagram", "UML class diagram", "class diagram", "UML diagram", "classes", "uml")
    return said(rng, nouns, rest, topical=True), Diagram("\n".join([*lines, *relations]), Expected("class", names=tuple(held)))  # fmt: skip


def _members(rng: random.Random, name: str, has: list[str], called: list[str]) -> str:
    if has and called and rng.random() < 0.5:
        joint = rng.choice(
            (" and a method ", " and the method ", " and methods ", " and can ", "; methods: ")
        )
        return f"{name} has {_listed(rng, has)}{joint}{_listed(rng, called)}"
    verb = rng.choice(("with", "has", "has", "-", ":", "has the fields"))
    return f"{name} {verb} {_listed(rng, [*has, *called])}".replace(" : ", ": ")


def entities(rng: random.Random) -> tuple[str, Diagram]:
    """Tables, how many of one belong to the other, and their fields."""
    count = rng.choice((2, 2, 3, 3, 4))
    case = rng.choice((str.upper, str.upper, str.lower, str.lower, str.capitalize))
    names = [case(name) for name in _names(rng, _TABLES, count)]
    lines = ["erDiagram"]
    parts: list[str] = []
    held: list[str] = list(names)
    for index in range(1, count):
        one, other = names[index - 1], names[index]
        if index > 1 and rng.random() < 0.3:
            one, other = names[index], names[0]
        verb = rng.choice(_RELATIONS)
        many = rng.random() < 0.75
        lines.append(f'    {one} ||--{"o{" if many else "||"} {other} : "{verb}"')
        form = rng.choice(("{0} {1} {2} {3}", "{a} {0} {1} {2} {3}", "each {0} {1} {2} {3}", "one {0} {1} {2} {3}", "every {0} {1} {2} {3}"))  # fmt: skip
        parts.append(
            form.format(one, verb, "many" if many else "one", other, a=wording.article(one))
        )
        held.append(verb)
    if rng.random() < 0.35:
        for name in names:
            fields = rng.sample(_FIELDS, rng.choice((0, 1, 2, 2, 3)))
            if not fields:
                continue
            lines += [f"    {name} {{", *(f"        string {field}" for field in fields), "    }"]
            parts.append(rng.choice(("{0} has the fields {1}", "{0} has {1}", "{0} with {1}", "{0}: {1}", "the columns of {0} are {1}")).format(name, _listed(rng, fields)))  # fmt: skip
            held += fields
    nouns = ("ER diagram", "er diagram", "entity relationship diagram", "database diagram", "entity diagram", "Entity relationship diagram")  # fmt: skip
    rest = rng.choice((", ", "; ", ". ", " and ", "\n")).join(parts)
    return said(rng, nouns, rest, topical=True), Diagram(
        "\n".join(lines), Expected("er", names=tuple(held))
    )
