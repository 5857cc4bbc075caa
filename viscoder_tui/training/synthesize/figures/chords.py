"""Chords to be asked for: by name, by their notes, broken, in progressions."""

from __future__ import annotations

import random

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording
from viscoder_tui.training.synthesize.figures.asking import (
    CLEFS,
    NOTE_LENGTHS,
    asked,
    ending,
    title_wish,
)
from viscoder_tui.training.synthesize.figures.pitches import (
    STEPS,
    name_of,
    placed,
    run_names,
    spell_thirds,
    spoken,
)
from viscoder_tui.training.synthesize.figures.score import Score

_CHORDS = {
    "major": ((0, 4, 7), ("major", "major chord", "major triad", "dur chord")),
    "minor": ((0, 3, 7), ("minor", "minor chord", "minor triad")),
    "diminished": ((0, 3, 6), ("diminished", "diminished chord", "dim chord")),
    "augmented": ((0, 4, 8), ("augmented", "augmented triad", "aug chord")),
    "seventh": ((0, 4, 7, 10), ("7", "dominant seventh chord", "seventh chord", "7 chord")),
    "major seventh": ((0, 4, 7, 11), ("maj7", "major seventh chord", "maj7 chord")),
    "minor seventh": ((0, 3, 7, 10), ("m7", "minor seventh chord", "m7 chord")),
}

_CHORD_SYMBOLS = (("C", "c"), ("Dm", "d:m"), ("Em", "e:m"), ("F", "f"), ("G", "g"), ("Am", "a:m"), ("G7", "g:7"), ("D", "d"), ("A", "a"), ("E", "e"), ("Bm", "b:m"), ("C7", "c:7"), ("Fmaj7", "f:maj7"), ("Dm7", "d:m7"), ("Bb", "bes"), ("Eb", "ees"), ("Gm", "g:m"), ("Cm", "c:m"), ("E7", "e:7"), ("A7", "a:7"), ("Cmaj7", "c:maj7"), ("Am7", "a:m7"), ("F#m", "fis:m"), ("B7", "b:7"), ("D7", "d:7"), ("Fm", "f:m"))  # fmt: skip


_DIRECTIONS = {
    "both": ("", "", "", "up and down", "going up and down", "up and back down", "ascending and descending"),
    "up": ("up", "up to the octave", "ascending", "going up", "upwards", "only up", "rising", "going up to the octave", "from the root up to the octave"),
    "down": ("down", "descending", "going down", "from the top down", "downwards", "falling"),
}  # fmt: skip


def arpeggio(rng: random.Random) -> tuple[str, Score, Expected]:
    """ "The A minor arpeggio"; "a G7 chord"."""
    quality = rng.choices(list(_CHORDS), (6, 5, 1, 1, 2, 1.5, 1.5))[0]
    intervals, nouns = _CHORDS[quality]
    tonic = rng.choice(("c", "d", "e", "f", "g", "a", "b", "bes", "ees", "fis"))
    if quality == "augmented" and tonic == "b":
        tonic = "c"
    if quality == "diminished" and tonic in ("ees", "bes"):
        tonic = "d"
    clef_text, clef = rng.choice(CLEFS) if rng.random() < 0.2 else CLEFS[0]
    notes = placed(spell_thirds(tonic, intervals), 1 if clef == "treble" else 0)
    title, extra = title_wish(rng)
    broken = rng.random() < 0.5
    if broken:
        top = placed([*spell_thirds(tonic, intervals), tonic], 1 if clef == "treble" else 0)[-1:]
        direction = rng.choices(("both", "up", "down"), (6, 3, 1))[0]
        run = {"both": [*notes, *top, *notes[::-1]], "up": [*notes, *top], "down": [*top, *notes[::-1]]}[direction]  # fmt: skip
        extra.append(rng.choice(_DIRECTIONS[direction]))
        length_text, length = rng.choice(NOTE_LENGTHS) if rng.random() < 0.3 else NOTE_LENGTHS[0]
        extra.append(length_text)
        music = " ".join([run[0] + length, *run[1:]])
        said = f"{spoken(rng, tonic)} {rng.choice(nouns[:1]) if quality in ('major', 'minor') else quality} {rng.choice(('arpeggio', 'arpeggio', 'broken chord'))}"
        names = tuple(run_names(run))
    else:
        music = "<" + " ".join(notes) + ">1"
        noun = rng.choice(nouns)
        if noun in ("7", "maj7", "m7", "7 chord", "maj7 chord", "m7 chord"):
            said = f"{name_of(tonic)}{noun}" + ("" if "chord" in noun else " chord")
        else:
            said = f"{spoken(rng, tonic)} {noun}" + (" chord" if noun in ("major", "minor", "diminished", "augmented") else "")  # fmt: skip
        names = tuple(run_names(notes))
    text = wording.before(rng) + asked(rng, said) + ending(rng, [clef_text, *extra])
    return text, Score(music, clef=clef, title=title), Expected("score", names=names, title=title)


def stacked(rng: random.Random) -> tuple[str, Score, Expected]:
    """A chord given by its notes, or a few of them."""
    if rng.random() < 0.35:
        return _in_a_row(rng)
    start = rng.randrange(7)
    notes = [STEPS[(start + 2 * step) % 7] for step in range(rng.choice((2, 3, 3, 3, 4)))]
    if rng.random() < 0.3:
        notes = [note + rng.choice(("", "", "is", "es")) if note not in ("e", "b") else note for note in notes]  # fmt: skip
    shown = rng.choice((" ", "-", ", ", " ")).join(name_of(note) for note in notes)
    length_text, length = rng.choice((("", "1"), ("", "1"), ("as a whole note", "1"), ("as a half note", "2"), ("as a quarter note", "4")))  # fmt: skip
    said = rng.choice(("chord {}", "the chord {}", "{} as a chord", "a chord with {}", "the notes {} together", "the notes {} at the same time", "{} played together", "a chord of {}", "{} chord", "triad {}"))  # fmt: skip
    title, extra = title_wish(rng)
    text = wording.before(rng) + asked(rng, said.format(shown)) + ending(rng, [length_text, *extra])  # fmt: skip
    score = Score("<" + " ".join(placed(notes, 1)) + ">" + length, title=title)
    return text, score, Expected("score", names=tuple(notes), title=title)


def _in_a_row(rng: random.Random) -> tuple[str, Score, Expected]:
    chords = [
        [STEPS[(start + 2 * step) % 7] for step in range(3)]
        for start in (rng.randrange(7) for _ in range(rng.choice((2, 3, 3, 4))))
    ]
    gap = rng.choice((" ", " ", "-"))
    case = str.upper if rng.random() < 0.8 else str.lower
    shown = [case(gap.join(chord)) for chord in chords]
    length_text, length = rng.choice((("", "1"), ("each as a whole note", "1"), ("whole notes", "1"), ("each a half note", "2"), ("as half notes", "2"), ("in quarter notes", "4")))  # fmt: skip
    lead = rng.choice(("the chords ", "chords ", "write the chords ", "these chords: ", "chords: ", "triads ", "the triads "))  # fmt: skip
    listed = rng.choice((", then ", ", ", " | ", "; ", " then ")).join(shown)
    title, extra = title_wish(rng)
    text = wording.before(rng) + wording.cased(rng, lead + listed) + ending(rng, [length_text, *extra])  # fmt: skip
    first, *rest = ["<" + " ".join(placed(chord, 1)) + ">" for chord in chords]
    names = tuple(note for chord in chords for note in chord)
    score = Score(" ".join([first + length, *rest]), title=title)
    return text, score, Expected("score", names=names, title=title)


def progression(rng: random.Random) -> tuple[str, Score, Expected]:
    """A row of chord symbols."""
    chosen = [rng.choice(_CHORD_SYMBOLS) for _ in range(rng.choice((2, 3, 4, 4, 4, 4, 5, 6, 8)))]
    symbols = rng.choice((" ", " ", ", ", " - ", "-", " | ")).join(symbol for symbol, _ in chosen)
    chords = " ".join(
        name.replace(":", "1:", 1) if ":" in name else name + "1" for _, name in chosen
    )
    title, extra = title_wish(rng)
    if rng.random() < 0.2:
        extra.append(rng.choice(("one per bar", "above the staff", "in 4/4", "one chord per bar", "each a whole bar")))  # fmt: skip
    lead = rng.choice(("chord progression ", "chords ", "the chords ", "a chord progression ", "the progression ", "chord chart ", "lead sheet with ", "chords: ", "progression: ", "show the chords ", "write the chords ", "chord symbols ", "chord symbols for a song: ", "chord names ", "lead sheet chords ", "the chord names ", "lead sheet: "))  # fmt: skip
    text = wording.before(rng) + wording.cased(rng, lead + symbols) + ending(rng, extra)
    score = Score(f"\\chordmode {{ {chords} }}", title=title, chords=chords)
    return text, score, Expected("score", names=tuple(name for _, name in chosen), title=title)
