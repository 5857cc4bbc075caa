"""How people tell data in sentences: "Anna read 12 books, Ben 7"; "we spend 900 on rent"."""

from __future__ import annotations

import random
from collections.abc import Sequence

from viscoder_tui.training.synthesize import words

Pairs = Sequence[tuple[str, str]]

NOUNS: tuple[str, ...] = (
    "books", "pages", "visitors", "points", "goals", "votes", "people", "students", "kids", "cups",
    "bottles", "boxes", "bags", "tickets", "cars", "bikes", "steps", "minutes", "hours", "days",
    "weeks", "km", "miles", "kg", "grams", "pounds", "euros", "dollars", "degrees", "percent", "%",
    "litres", "tons", "mm of rain", "kWh", "calls", "emails", "orders", "customers", "units",
    "pieces", "eggs", "coins", "stars", "likes", "clicks", "downloads", "users", "members", "wins",
    "medals", "matches", "times", "pupils", "patients", "guests", "seats", "rooms", "trees",
    "cookies", "slices", "cakes", "loaves", "apples", "hours a day", "euros a month", "cm", "m",
    "mm", "seconds", "ms", "MB", "GB", "meters", "metres", "bugs", "commits", "marks", "sheets",
    "cents", "calories", "kilos", "employees", "workers", "laps", "runs", "copies", "errors",
)  # fmt: skip
"""What is counted or measured; they become the label of the value axis."""

_VERBS = ("has", "had", "got", "is", "was", "sold", "made", "read", "scored", "took", "takes", "uses", "used", "needs", "gets", "reached", "brought", "ran", "walked", "won", "lost", "ate", "earned", "earns", "costs", "cost", "counted", "received", "sent", "wrote", "drank", "saved", "collected", "came in at", "ended with", "stands at", "weighs", "measures", "gave", "sits at", "reports", "recorded", "shows", "lasted", "makes up", "is at", "ordered", "picked", "caught", "planted")  # fmt: skip
_WE = ("we had", "there were", "we sold", "it was", "we counted", "I had", "we got", "we measured", "they sold", "I ran", "I slept", "I spent", "we made", "there was", "it took", "I walked", "we spent", "they had", "it is", "we saw", "I worked")  # fmt: skip
_PREPOSITIONS = ("in", "on", "for", "from", "by", "with", "at", "of", "to")
_CHOSE = ("chose", "voted for", "like", "prefer", "said", "picked", "want", "answered", "took", "are", "were", "play", "use", "bought", "go to", "went to")  # fmt: skip
_SPENT = ("I spend", "we spend", "we spent", "I spent", "they spend", "she spends", "goes to", "my budget is")  # fmt: skip
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


def in_words(values: Sequence[str]) -> tuple[str, ...] | None:
    """Small whole numbers written out; None where some of `values` are not."""
    if not all(value.isdigit() and 0 < int(value) < len(_WORDS) for value in values):
        return None
    return tuple(_WORDS[int(value)] for value in values)


def in_thousands(values: Sequence[str]) -> tuple[str, ...] | None:
    """Whole numbers with commas between thousands; None where none is so large."""
    if not all(value.isdigit() for value in values) or all(len(value) < 4 for value in values):
        return None
    return tuple(f"{int(value):,}" for value in values)


def told(rng: random.Random, pairs: Pairs, noun: str) -> str:
    """Labels with their values as running text.

    Args:
        rng: the source of chance.
        pairs: label and value, in order.
        noun: what the values count, with a space before it or empty.
    """
    digits = any(label[:1].isdigit() or label[-1:].isdigit() for label, _ in pairs)
    short = not digits and rng.random() < 0.6
    # Who counts books says so once or every time.
    later = noun if rng.random() < 0.4 else ""
    if not digits and rng.random() < 0.22:
        return _sold(rng, pairs)
    form = rng.choice((_does, _does, _amount_where, _where_amount, _chosen, _spent, _with))
    text = _strung(rng, form(rng, pairs, noun, later, short))
    return text + _when(rng) if rng.random() < 0.15 else text


_WHEN = ("today", "on Saturday", "last week", "this year", "so far", "yesterday", "in total", "on Monday morning", "this month", "during the {0} week", "at the {0}", "in our {0}", "at the {0} today", "for the {0}", "in the {0} yesterday", "per day", "at the end", "in the last {0}", "over the weekend", "in spring", "all together")  # fmt: skip


def _when(rng: random.Random) -> str:
    """When and where it was, said behind the data."""
    return " " + rng.choice(_WHEN).format(words.plain_word(rng))


def _sold(rng: random.Random, pairs: Pairs) -> str:
    """ "Our bakery sold 32 rolls, 18 loaves and 27 buns on Saturday"; "14 teas and 9 coffees were sold"."""
    between = ", ".join(f"{value} {label}" for label, value in pairs[:-1])
    counted = (
        between + rng.choice((" and ", ", and ", " and ", ", ")) + f"{pairs[-1][1]} {pairs[-1][0]}"
    )
    tail = _when(rng) if rng.random() < 0.6 else ""
    if rng.random() < 0.4:
        verb = rng.choice(("were sold", "were counted", "were there", "came in", "were ordered", "got sold", "were found", "are left", "were picked", "have been made", "are in stock", "were seen", "were delivered", "arrived"))  # fmt: skip
        return f"{counted} {verb}{tail}"
    who = rng.choice(("our {0}", "my {0}", "the {0}", "the {0} {1}", "our {0} {1}", "a {0}", "the kids", "my class", "{2}", "we", "they", "the team", "everyone")).format(words.plain_word(rng), words.plain_word(rng), words.any_word(rng))  # fmt: skip
    verb = rng.choice(("sold", "has", "had", "counted", "made", "got", "ordered", "found", "bought", "used", "owns", "served", "saw", "picked", "baked", "collected", "needs"))  # fmt: skip
    return f"{who} {verb} {counted}{tail}"


def _does(rng: random.Random, pairs: Pairs, noun: str, later: str, short: bool) -> list[str]:
    verb = rng.choice(_VERBS)
    the = "the " if rng.random() < 0.12 else ""
    parts = [f"{the}{pairs[0][0]} {verb} {pairs[0][1]}{noun}"]
    again = " " if short else f" {verb} "
    return parts + [f"{the}{label}{again}{value}{later}" for label, value in pairs[1:]]


def _amount_where(rng: random.Random, pairs: Pairs, noun: str, later: str, short: bool) -> list[str]:  # fmt: skip
    place = rng.choice(_PREPOSITIONS)
    lead = rng.choice((*_WE, "", "", "")) + " "
    parts = [f"{lead.lstrip()}{pairs[0][1]}{noun} {place} {pairs[0][0]}"]
    return parts + [f"{value}{later} {place} {label}" for label, value in pairs[1:]]


def _where_amount(rng: random.Random, pairs: Pairs, noun: str, later: str, short: bool) -> list[str]:  # fmt: skip
    place = rng.choice(_PREPOSITIONS[:3])
    lead = rng.choice((*_WE, "", ""))
    parts = [f"{place} {pairs[0][0]} {lead + ' ' if lead else ''}{pairs[0][1]}{noun}"]
    again = "" if short or not lead else lead + " "
    mark = ": " if not short and not again else " "
    return parts + [f"{place} {label}{mark}{again}{value}{later}" for label, value in pairs[1:]]


def _chosen(rng: random.Random, pairs: Pairs, noun: str, later: str, short: bool) -> list[str]:
    verb = rng.choice(_CHOSE)
    who = noun if noun in (" people", " students", " kids", " pupils", " customers", " users", " guests") else ""  # fmt: skip
    parts = [f"{pairs[0][1]}{who or rng.choice(('', ' people', ' of us', ' kids'))} {verb} {pairs[0][0]}"]  # fmt: skip
    again = " " if short else f" {verb} "
    return parts + [f"{value}{again}{label}" for label, value in pairs[1:]]


def _spent(rng: random.Random, pairs: Pairs, noun: str, later: str, short: bool) -> list[str]:
    lead = rng.choice(_SPENT)
    place = rng.choice(("on", "on", "for"))
    parts = [f"{lead} {pairs[0][1]}{noun} {place} {pairs[0][0]}"]
    return parts + [f"{value}{later} {place} {label}" for label, value in pairs[1:]]


def _with(rng: random.Random, pairs: Pairs, noun: str, later: str, short: bool) -> list[str]:
    word = rng.choice(("with", "at", "with", "has about", "came to", "only", "about", "exactly"))
    parts = [f"{label} {word} {value}{later}" for label, value in pairs]
    parts[0] = f"{pairs[0][0]} {word} {pairs[0][1]}{noun}"
    if rng.random() < 0.25:
        parts[-1] = rng.choice(("finally ", "then ", "last ")) + parts[-1]
    return parts


def _strung(rng: random.Random, parts: list[str]) -> str:
    between = rng.choice((", ", ", ", ", ", "; ", ". ", ", then ", ", and ", " and ", " while "))
    if between == " while " and len(parts) > 2:
        between = ", "
    if between == ", " and len(parts) > 1 and rng.random() < 0.6:
        return ", ".join(parts[:-1]) + rng.choice((" and ", ", and ")) + parts[-1]
    return between.join(parts)
