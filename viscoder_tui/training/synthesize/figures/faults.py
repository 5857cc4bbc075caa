"""Figures that went wrong, and what the runner or the fidelity check says of them."""

from __future__ import annotations

import random
import re

from viscoder_tui.agent import compact
from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import words
from viscoder_tui.training.synthesize.charts.faults import Broken, misspelt
from viscoder_tui.training.synthesize.feedback import doubted


def fault(rng: random.Random, language: str, text: str, source: str, expected: Expected) -> Broken | None:  # fmt: skip
    """A wrong program and the feedback on it; None where this fault cannot be made or seen."""
    if language == "lilypond" and rng.random() < 0.7:
        return rng.choice((_unknown_command, _german_note))(rng, source)
    change = rng.choice((_title, _colour, _name))
    broken = change(rng, source, expected)
    if broken is None:
        return None
    told = doubted(text, language, broken)
    return (broken, told) if told else None


def _title(rng: random.Random, source: str, expected: Expected) -> str | None:
    if not expected.title or expected.title not in source:
        return None
    return source.replace(expected.title, words.phrase(rng, 1, 2), 1)


def _colour(rng: random.Random, source: str, expected: Expected) -> str | None:
    if not expected.colour or f'"{expected.colour}"' not in source:
        return None
    return source.replace(f'"{expected.colour}"', '"steelblue"')


def _name(rng: random.Random, source: str, expected: Expected) -> str | None:
    names = [name for name in expected.names if source.count(name) == 1 and len(name) > 2]
    if not names:
        return None
    name = rng.choice(names)
    return source.replace(name, misspelt(rng, name), 1)


def _unknown_command(rng: random.Random, source: str) -> Broken | None:
    right, wrong = rng.choice((("\\clef", "\\cleff"), ("\\key", "\\keys"), ("\\time", "\\timing"), ("\\major", "\\maj"), ("\\minor", "\\minr")))  # fmt: skip
    lines = source.split("\n")
    index = next((number for number, line in enumerate(lines) if right in line), None)
    if index is None:
        return None
    lines[index] = lines[index].replace(right, wrong)
    # LilyPond's words are compared by their letters: nothing is close to \timing.
    hint = f"did you mean {right}?" if wrong != "\\timing" else "there is no such command: check its spelling"  # fmt: skip
    told = compact.error(f"unknown command: `{wrong}'", index + 1, hint)
    return "\n".join(lines), told


_B = re.compile(r" b(?![a-z])")


def _german_note(rng: random.Random, source: str) -> Broken | None:
    """B as Germans call it."""
    lines = source.split("\n")
    at = next((n for n, line in enumerate(lines) if _B.search(line) and line.startswith("    ") and not re.search(r"[\\<]", line)), None)  # fmt: skip
    if at is None:
        return None
    lines[at] = _B.sub(" h", lines[at], count=1)
    hint = "note names are Dutch: b is B, bes is B flat"
    return "\n".join(lines), compact.error("not a note name: h", at + 1, hint)
