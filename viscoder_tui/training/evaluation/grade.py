"""Is a program wholly right? Compares what it shows with what is wanted.

What was wanted of a generated request is read from its right answer by the same readers, so that
both kinds of request are graded by one measure.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from decimal import Decimal, InvalidOperation

from viscoder_tui.training.evaluation.figure import Shown
from viscoder_tui.training.evaluation.requests import Wanted
from viscoder_tui.training.evaluation.shown import shown
from viscoder_tui.training.sample import Expected

_SINGLE = ("bar", "horizontal bar", "pie", "donut", "lollipop", "line", "area", "step")
_OPEN_SHAPES = ("shapes", "lettering")


def wrongs(wanted: Wanted, language: str, source: str, *, has_data: bool = False) -> list[str]:
    """What is wrong with `source`, a few words each; empty when it is wholly right."""
    found = shown(language, source)
    said = _folded(source)
    wrong = [f"no {name}" for name in wanted.names if _folded(name) not in said and not _is_chord(name, found)]  # fmt: skip
    if found.kind not in wanted.kinds and not {found.kind, *wanted.kinds} <= set(_OPEN_SHAPES):
        wrong.append(f"kind {found.kind or '?'} for {' or '.join(wanted.kinds)}")
    if wanted.title and _folded(wanted.title) not in said:
        wrong.append(f"no title {wanted.title}")
    wrong += [f"no {colour}" for colour in wanted.colours if not _has_colour(colour, source)]
    if not has_data:
        wrong += _numbers(wanted, found, source)
        wrong += _pairs(wanted, found)
    wrong += _lists(wanted, found)
    wrong += [f"{name} {found.marks.get(name)} for {mark}" for name, mark in wanted.marks if found.marks.get(name, _MARKS.get(name)) != mark]  # fmt: skip
    wrong += [f"{found.shapes.get(name, 0)} {name} for {count}" for name, count in wanted.shapes if found.shapes.get(name, 0) != count]  # fmt: skip
    return wrong


_MARKS = {"time": "4/4", "clef": "treble"}


def wanted_of(expected: Expected, language: str, right: str) -> Wanted:
    """What a generated request wants, by its right answer."""
    found = shown(language, right)
    pairs_names = tuple(name for name in expected.names if _folded(name) in _folded(right))
    return Wanted(
        kinds=(found.kind,),
        numbers=found.numbers,
        names=pairs_names,
        title=expected.title,
        colours=(expected.colour,) if expected.colour and _has_colour(expected.colour, right) else (),
        links=found.links,
        notes=found.notes,
        lengths=found.lengths,
        marks=tuple(found.marks.items()),
        shapes=tuple(found.shapes.items()),
    )  # fmt: skip


def _folded(text: str) -> str:
    plain = html.unescape(text.replace('\\"', '"'))
    return " ".join(re.sub(r"[\"'\u201c\u201d]", "", plain).casefold().split())


def _is_chord(name: str, found: Shown) -> bool:
    return name in found.chords


def _has_colour(colour: str, source: str) -> bool:
    return colour.replace("grey", "gray") in source.lower().replace("grey", "gray")


def _decimals(texts: tuple[str, ...]) -> Counter[Decimal]:
    found: Counter[Decimal] = Counter()
    for text in texts:
        try:
            found[Decimal(text.replace(",", "")).normalize()] += 1
        except InvalidOperation:
            continue
    return found


def _numbers(wanted: Wanted, found: Shown, source: str) -> list[str]:
    asked = _decimals(wanted.numbers)
    if not asked:
        return []
    labels = _decimals((*(label for label, _ in found.pairs), *wanted.names))
    drawn = _decimals(found.numbers)
    # A year that stands at the axis as a label is shown as well as one on a scale of numbers.
    quoted = _decimals(tuple(set(re.findall(r"[\"'](-?\d[\d.]*)[\"']", source))))
    lacking = asked - drawn - (_decimals(tuple(label for label, _ in found.pairs)) | quoted)
    more = drawn - asked - labels
    return [f"lacks {number}" for number in lacking] + [f"has {number} too" for number in more]


def _pairs(wanted: Wanted, found: Shown) -> list[str]:
    """Does each number stand by its name? Told only for a single series."""
    count = len(wanted.numbers)
    names = wanted.names[:count]
    if not set(wanted.kinds) <= set(_SINGLE) or not count or len(names) < count or not found.pairs:
        return []
    drawn = [(_folded(label), _decimals((number,))) for label, number in found.pairs]
    return [
        f"{name} is not {number}"
        for name, number in zip(names, wanted.numbers, strict=True)
        if (_folded(name), _decimals((number,))) not in drawn
    ]


def _lists(wanted: Wanted, found: Shown) -> list[str]:
    wrong: list[str] = []
    if wanted.links and sorted(map(_link, wanted.links)) != sorted(map(_link, found.links)):
        wrong.append(f"links {found.links}")
    if wanted.notes and wanted.notes != found.notes:
        wrong.append(f"notes {' '.join(found.notes)}")
    if wanted.lengths and wanted.lengths != found.lengths:
        wrong.append(f"lengths {' '.join(found.lengths)}")
    return wrong


def _link(link: tuple[str, str]) -> tuple[str, str]:
    start, end = (re.sub(r"\W+", " ", _folded(one)).strip() for one in link)
    return start, end
