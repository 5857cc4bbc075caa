# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""Bars that are longer or shorter than the meter makes them, which abcm2ps draws without a word.

A bar may be short where a section begins or ends: a pickup, a measure that a repeat splits. Only
where neither is near, or where nothing makes up for what lacks, is it told.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import common
from abc_music import Bar, Tune, Voice

_MOST = 4
"""Of one voice: whoever mends the first ones sees the others."""
_UNITS = (1, 2, 4, 8, 16, 32)


def findings(tune: Tune) -> list[dict[str, Any]]:
    """A warning for each bar of the wrong length, or one for all where all are wrong alike."""
    if not tune.known:
        return []
    found: list[dict[str, Any]] = []
    for voice in tune.voices:
        alike = _alike(voice)
        found += [alike] if alike else [_told(bar) for bar in _wrong(voice)][:_MOST]
    return found


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6


def _excess(bar: Bar) -> float | None:
    """How much too long a bar is; None where that cannot be told."""
    length = bar.length
    if length is None or not bar.expected:
        return None
    excess = length - bar.expected * max(bar.whole, 1)
    return 0.0 if _same(excess, 0) else excess


def _wrong(voice: Voice) -> list[Bar]:
    """The bars that are too long, and those that are too short without a reason."""
    bars = voice.bars
    excess = [_excess(bar) for bar in bars]
    begins = [number == 0 or bar.opens != "|" for number, bar in enumerate(bars)]
    ends = [number == len(bars) - 1 or bar.closes != "|" for number, bar in enumerate(bars)]
    pickups = any(lack and lack < 0 and first for lack, first in zip(excess, begins, strict=True))
    wrong: list[Bar] = []
    for number, (bar, over) in enumerate(zip(bars, excess, strict=True)):
        if over is None or over == 0:
            continue
        around = [excess[near] for near in (number - 1, number + 1) if 0 <= near < len(bars)]
        made_up = any(lack is None or (lack < 0 and _same((bar.expected or 0) + lack, -over)) for lack in around)  # fmt: skip
        free = begins[number] or (ends[number] and pickups)
        if over > 0 or not (made_up or free):
            wrong.append(bar)
    return wrong


def _alike(voice: Voice) -> dict[str, Any] | None:
    """What is to be said where most bars have one length, and another than the meter's."""
    known = [bar for bar in voice.bars if _excess(bar) is not None and not bar.whole]
    lengths = Counter(round(bar.length or 0, 6) for bar in known)
    if len(known) < 4 or len({bar.meter for bar in known}) != 1 or len({bar.unit for bar in known}) != 1:  # fmt: skip
        return None
    ((length, count),) = lengths.most_common(1)
    expected, (meter, meter_line), (unit, unit_line) = known[0].expected or 1.0, known[0].meter, known[0].unit  # fmt: skip
    if _same(length, expected) or count < 0.6 * len(known):
        return None
    factor = length / expected
    message = f"most bars are {_fraction(length, meter)} long, but the meter M:{meter} makes them {_fraction(expected, meter)}"  # fmt: skip
    better = unit / factor
    if factor in (0.25, 0.5, 2.0, 4.0) and _same(1 / better, round(1 / better)):
        hint = f"with L:1/{round(1 / better)} for L:1/{round(1 / unit)} they fit the meter"
        return common.find(message, line=unit_line or meter_line or known[0].line, hint=hint, severity="warning")  # fmt: skip
    return common.find(message, line=meter_line or known[0].line, hint=f"either M:{_fraction(length, meter)}, or other note lengths in every bar", severity="warning")  # fmt: skip


def _told(bar: Bar) -> dict[str, Any]:
    length, expected = bar.length or 0.0, (bar.expected or 0.0) * max(bar.whole, 1)
    unit, meter = bar.unit[0], bar.meter[0]
    long = length > expected
    notes = " ".join(sign for sign, _ in bar.pieces)
    message = f"the bar {notes if len(notes) <= 40 else notes[:40] + '…'} is too {'long' if long else 'short'}: {_fraction(length, meter)} in a meter of {_fraction(expected, meter)}"  # fmt: skip
    broken_off = next((line for upto, line in bar.ends if _same(upto, expected)), None)
    if broken_off and long:
        return common.find("no bar line ends this line, so its last bar is too long", line=broken_off, hint="write | at the end of the line", severity="warning")  # fmt: skip
    flats = [one for one, (after, _) in zip(bar.pieces, bar.pieces[1:], strict=False) if re.fullmatch("[A-Ga-g]", one[0]) and re.match("b(?![,'])", after)]  # fmt: skip
    if any(_same(length - expected, over) for over in (sum(one for _, one in flats), *(one for _, one in flats))) and flats:  # fmt: skip
        note = flats[0][0]
        hint = f"{note}b is two notes, {note} and b: {note} flat is written _{note}"
    else:
        hint = f"its notes must add up to {_number(expected / unit)} times L:1/{round(1 / unit)}; they add up to {_number(length / unit)}"  # fmt: skip
    return common.find(message, line=bar.line, column=bar.column, hint=hint, severity="warning")


def _number(value: float) -> str:
    return f"{round(value, 3):g}"


def _fraction(length: float, meter: str) -> str:
    """A length as a meter is written, in the meter's own notes where that goes."""
    own = re.search(r"/\s*(\d+)", meter)
    for unit in (int(own[1]) if own else 4, *_UNITS):
        if _same(length * unit, round(length * unit)):
            return f"{round(length * unit)}/{unit}"
    return f"{length * 4:.2f}/4"
