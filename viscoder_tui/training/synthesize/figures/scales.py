"""Scales to be asked for."""

from __future__ import annotations

import random

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording
from viscoder_tui.training.synthesize.figures.asking import (
    CLEFS,
    NOTE_LENGTHS,
    TIMES,
    asked,
    ending,
    title_wish,
)
from viscoder_tui.training.synthesize.figures.pitches import placed, run_names, spell, spoken
from viscoder_tui.training.synthesize.figures.score import Score

MODES: dict[str, tuple[tuple[int, ...], str, tuple[str, ...]]] = {
    "major": ((0, 2, 4, 5, 7, 9, 11), "major", ("major scale", "major", "major scale", "ionian scale", "dur scale")),
    "minor": ((0, 2, 3, 5, 7, 8, 10), "minor", ("minor scale", "natural minor scale", "minor", "natural minor", "aeolian scale", "moll scale")),
    "harmonic": ((0, 2, 3, 5, 7, 8, 11), "minor", ("harmonic minor scale", "harmonic minor")),
    "melodic": ((0, 2, 3, 5, 7, 9, 11), "minor", ("melodic minor scale", "melodic minor")),
    "dorian": ((0, 2, 3, 5, 7, 9, 10), "dorian", ("dorian scale", "dorian mode", "dorian")),
    "phrygian": ((0, 1, 3, 5, 7, 8, 10), "phrygian", ("phrygian scale", "phrygian mode", "phrygian")),
    "lydian": ((0, 2, 4, 6, 7, 9, 11), "lydian", ("lydian scale", "lydian mode", "lydian")),
    "mixolydian": ((0, 2, 4, 5, 7, 9, 10), "mixolydian", ("mixolydian scale", "mixolydian mode", "mixolydian")),
    "pentatonic": ((0, 2, 4, 5, 7, 9, 11), "major", ("pentatonic scale", "major pentatonic scale", "pentatonic", "major pentatonic")),
    "minor pentatonic": ((0, 2, 3, 5, 7, 8, 10), "minor", ("minor pentatonic scale", "minor pentatonic")),
}  # fmt: skip
"""Semitones above the tonic, LilyPond's name of the mode, and what people call it."""

_DEGREES = {"pentatonic": (0, 1, 2, 4, 5), "minor pentatonic": (0, 2, 3, 4, 6)}
"""The steps that a scale of five notes keeps."""

_CHROMATIC = ["c", "cis", "d", "dis", "e", "f", "fis", "g", "gis", "a", "ais", "b"]

_TONICS: dict[str, tuple[str, ...]] = {
    "major": ("c", "g", "d", "a", "e", "b", "fis", "f", "bes", "ees", "aes", "des"),
    "minor": ("a", "e", "b", "fis", "cis", "gis", "d", "g", "c", "f", "bes", "ees"),
}


def scale(rng: random.Random) -> tuple[str, Score, Expected]:
    """ "A D major scale, two octaves, in bass clef"."""
    mode = rng.choices(list(MODES), (8, 5, 2, 1.5, 1, 0.7, 0.7, 0.7, 1, 0.7))[0]
    intervals, key_mode, nouns = MODES[mode]
    tonic = rng.choice(_TONICS["major" if mode in ("major", "lydian", "mixolydian") else "minor"])
    if mode not in ("major", "minor", "harmonic", "melodic"):
        tonic = rng.choice(("c", "d", "e", "f", "g", "a"))
    if mode == "minor pentatonic" and tonic == "f":
        tonic = "a"
    clef_text, clef = rng.choice(CLEFS) if rng.random() < 0.3 else CLEFS[0]
    length_text, length = rng.choice(NOTE_LENGTHS) if rng.random() < 0.35 else NOTE_LENGTHS[0]
    octaves = 2 if rng.random() < 0.22 else 1
    direction = rng.choices(("up", "down", "both"), (7, 1, 2.5))[0]
    low = {"treble": 1, "bass": 0, "alto": 0, "tenor": 0}[clef]
    steps = spell(tonic, intervals)
    steps = [steps[degree] for degree in _DEGREES.get(mode, range(7))]
    notes = placed(steps * octaves + [tonic], low)
    down = notes[::-1]
    if mode == "melodic" and direction == "both":
        down = placed(spell(tonic, MODES["minor"][0]) * octaves + [tonic], low)[::-1]
    run = {"up": notes, "down": down, "both": notes + down[1:]}[direction]
    music = " ".join([run[0] + length, *run[1:]])
    said = _named_scale(rng, spoken(rng, tonic), rng.choice(nouns))
    wishes = [clef_text, length_text]
    title, extra = title_wish(rng)
    time = rng.choice(TIMES) if rng.random() < 0.15 else "4/4"
    if time != "4/4":
        wishes.append(rng.choice((f"in {time}", f"in {time} time", f"time signature {time}")))
    if octaves == 2:
        wishes.append(
            rng.choice(("two octaves", "over two octaves", "2 octaves", "for two octaves"))
        )
    elif rng.random() < 0.12:
        wishes.append(rng.choice(("one octave", "1 octave")))
    wishes.append({"up": rng.choice(("", "", "", "", "ascending", "going up", "upwards", "one octave going up", "going up one octave", "up")), "down": rng.choice(("descending", "going down", "downwards", "down")), "both": rng.choice(("up and down", "ascending and descending", "up and back down", "going up and down", "there and back", "up and then back down", "up and then down again", "going up and then back down, top note only once"))}[direction])  # fmt: skip
    text = (
        wording.before(rng)
        + asked(rng, wording.slipped(rng, said) if rng.random() < 0.2 else said)
        + ending(rng, wishes + extra)
    )
    score = Score(music, f"{tonic} \\{key_mode}", time, clef, title)
    return text, score, Expected("score", names=tuple(run_names(run)), title=title)


def _named_scale(rng: random.Random, tonic: str, noun: str) -> str:
    """ "D major scale", "scale of D major", "major scale in D"."""
    if not noun.endswith(" scale") or rng.random() < 0.7:
        return f"{tonic} {noun}"
    mode = noun.removesuffix(" scale")
    return rng.choice((f"scale of {tonic} {mode}", f"scale in {tonic} {mode}", f"{noun} in {tonic}", f"{noun} on {tonic}", f"{noun} starting on {tonic}"))  # fmt: skip


def chromatic(rng: random.Random) -> tuple[str, Score, Expected]:
    """Twelve half steps up."""
    start = rng.choice(("c", "c", "d", "e", "f", "g", "a"))
    at = _CHROMATIC.index(start)
    notes = placed([*_CHROMATIC[at:], *_CHROMATIC[:at], start], 1)
    down = rng.random() < 0.2
    run = notes[::-1] if down else notes
    said = rng.choice((f"chromatic scale from {spoken(rng, start)}", f"{spoken(rng, start)} chromatic scale", f"chromatic scale starting on {spoken(rng, start)}", *(("chromatic scale",) if start == "c" else ())))  # fmt: skip
    length_text, length = rng.choice(NOTE_LENGTHS) if rng.random() < 0.35 else NOTE_LENGTHS[0]
    wishes = [length_text, rng.choice(("descending", "going down", "downwards")) if down else rng.choice(("", "", "ascending", "going up"))]  # fmt: skip
    title, extra = title_wish(rng)
    text = wording.before(rng) + asked(rng, said) + ending(rng, wishes + extra)
    score = Score(" ".join([run[0] + length, *run[1:]]), title=title)
    return text, score, Expected("score", names=tuple(run_names(run)), title=title)
