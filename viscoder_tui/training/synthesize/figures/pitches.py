"""Notes by the names that LilyPond and people give them, and how scales and chords are spelt."""

from __future__ import annotations

import random

STEPS = "cdefgab"

SEMITONES = (0, 2, 4, 5, 7, 9, 11)


def name_of(note: str) -> str:
    """How people write a LilyPond note name: ``fis`` is F#."""
    letter = note[0].upper()
    accidental = note[1:]
    return letter + {"": "", "is": "#", "es": "b", "s": "b", "isis": "##", "eses": "bb"}[accidental]


def spoken(rng: random.Random, note: str) -> str:
    """How people say a note: F#, F sharp, f sharp, Bb, B flat."""
    name = name_of(note)
    if len(name) == 1:
        return name if rng.random() < 0.75 else name.lower()
    word = {"#": "sharp", "b": "flat"}[name[1]]
    return rng.choice((name, f"{name[0]} {word}", f"{name[0].lower()} {word}", f"{name[0]}-{word}"))


def spell(tonic: str, intervals: tuple[int, ...]) -> list[str]:
    """The notes of a scale: one letter a step, LilyPond's names."""
    index = STEPS.index(tonic[0])
    base = SEMITONES[index] + _alteration(tonic)
    notes: list[str] = []
    for step, interval in enumerate(intervals):
        letter = STEPS[(index + step) % 7]
        natural = SEMITONES[(index + step) % 7] + 12 * ((index + step) // 7)
        notes.append(letter + _accidental(base + interval - natural))
    return notes


def spell_thirds(tonic: str, intervals: tuple[int, ...]) -> list[str]:
    """The notes of a chord: every other letter, LilyPond's names."""
    index = STEPS.index(tonic[0])
    base = SEMITONES[index] + _alteration(tonic)
    notes: list[str] = []
    for step, interval in enumerate(intervals):
        position = index + 2 * step
        natural = SEMITONES[position % 7] + 12 * (position // 7)
        notes.append(STEPS[position % 7] + _accidental(base + interval - natural))
    return notes


def _alteration(note: str) -> int:
    return note[1:].count("is") - note[1:].replace("is", "").count("s")


def _accidental(amount: int) -> str:
    return {0: "", 1: "is", 2: "isis", -1: "es", -2: "eses"}[amount]


def placed(notes: list[str], octave: int) -> list[str]:
    """Notes rising from `octave` (1 is the one from middle c) with their octave marks."""
    out: list[str] = []
    previous = -1
    for note in notes:
        position = STEPS.index(note[0])
        if position < previous:
            octave += 1
        previous = position
        out.append(note + ("'" * octave if octave > 0 else "," * -octave))
    return out


def run_names(run: list[str]) -> list[str]:
    """Note names without octave marks."""
    return [note.rstrip("',0123456789.") for note in run]
