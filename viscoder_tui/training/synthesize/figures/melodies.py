"""Melodies to be asked for: by their notes, with lengths, and tunes everybody knows."""

from __future__ import annotations

import random

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words
from viscoder_tui.training.synthesize.figures.asking import (
    CLEFS,
    NOTE_LENGTHS,
    TIMES,
    ending,
    title_wish,
)
from viscoder_tui.training.synthesize.figures.pitches import name_of, spoken
from viscoder_tui.training.synthesize.figures.score import Score

TUNES: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (("Twinkle Twinkle Little Star", "Twinkle Twinkle", "twinkle little star"), "c", "4/4", "c'4 c' g' g' a' a' g'2 f'4 f' e' e' d' d' c'2"),
    (("Ode to Joy", "Beethoven's Ode to Joy", "the Ode to Joy"), "c", "4/4", "e'4 e' f' g' g' f' e' d' c' c' d' e' e'4. d'8 d'2"),
    (("Mary Had a Little Lamb", "Mary had a lamb"), "c", "4/4", "e'4 d' c' d' e' e' e'2 d'4 d' d'2 e'4 g' g'2"),
    (("Frere Jacques", "Frère Jacques", "Brother John", "Are You Sleeping"), "c", "4/4", "c'4 d' e' c' c' d' e' c' e' f' g'2 e'4 f' g'2"),
    (("Happy Birthday", "Happy Birthday to You", "the birthday song"), "f", "3/4", "\\partial 4 c'8. c'16 d'4 c' f' e'2 c'8. c'16 d'4 c' g' f'2"),
    (("Jingle Bells", "jingle bells chorus"), "c", "4/4", "e'4 e' e'2 e'4 e' e'2 e'4 g' c'4. d'8 e'1"),
    (("Row Row Row Your Boat", "Row Your Boat"), "c", "6/8", "c'4. c'4. c'4 d'8 e'4. e'4 d'8 e'4 f'8 g'2."),
    (("London Bridge", "London Bridge Is Falling Down"), "c", "4/4", "g'4. a'8 g'4 f' e' f' g'2 d'4 e' f'2 e'4 f' g'2"),
    (("Hot Cross Buns", "hot cross buns"), "c", "4/4", "e'4 d' c'2 e'4 d' c'2 c'8 c' c' c' d' d' d' d' e'4 d' c'2"),
    (("When the Saints Go Marching In", "When the Saints"), "c", "4/4", "\\partial 2. c'4 e' f' g'1 r4 c' e' f' g'1 r4 c' e' f' g'2 e' c' e' d'1"),
    (("Au Clair de la Lune", "au clair de la lune"), "c", "4/4", "c'4 c' c' d' e'2 d' c'4 e' d' d' c'1"),
    (("Old MacDonald", "Old MacDonald Had a Farm"), "g", "4/4", "g'4 g' g' d' e' e' d'2 b'4 b' a' a' g'2."),
    (("Amazing Grace",), "g", "3/4", "\\partial 4 d'4 g'2 b'8 g' b'2 a'4 g'2 e'4 d'2"),
    (("Fur Elise", "Für Elise", "Fuer Elise"), "a", "3/8", "\\partial 8 e''16 dis'' e'' dis'' e'' b' d'' c'' a'8 r16 c' e' a' b'8 r16 e' gis' b' c''8"),
    (("Yankee Doodle",), "c", "2/4", "c'8 c' d' e' c' e' d' g c' c' d' e' c'4 b"),
    (("Silent Night", "Stille Nacht"), "c", "6/8", "g'8. a'16 g'8 e'4. g'8. a'16 g'8 e'4. d''4 d''8 b'4. c''4 c''8 g'4."),
    (("Greensleeves",), "a", "6/8", "\\partial 8 a'8 c''4 d''8 e''8. f''16 e''8 d''4 b'8 g'8. a'16 b'8 c''4 a'8"),
    (("Itsy Bitsy Spider", "the itsy bitsy spider"), "c", "6/8", "\\partial 8 g8 c'4 c'8 c'4 d'8 e'4. e'4 e'8 d'4 c'8 d'4 e'8 c'2."),
    (("Three Blind Mice",), "c", "6/8", "e'4. d' c'2. e'4. d' c'2. g'4. f'4 f'8 e'2."),
    (("Kumbaya", "Kum ba yah"), "c", "3/4", "c'8 e' g'4 g' a'8 a' g'2 c'8 e' g'4 g' f'8 e' d'2"),
)  # fmt: skip
"""Titles people use, key (major unless "a"), time signature, the opening as notes."""


def melody(rng: random.Random) -> tuple[str, Score, Expected]:
    """A melody given by the names of its notes."""
    count = rng.choice((3, 4, 4, 5, 5, 6, 7, 8, 8, 9, 10, 12, 16))
    pool = ("c", "d", "e", "f", "g", "a", "b")
    sharps = rng.random() < 0.25
    repeats = rng.choice((0.0, 0.0, 0.3, 0.5))
    notes: list[str] = []
    if rng.random() < 0.25:  # a run up or down, as many a tune has
        start = rng.randrange(7)
        way = rng.choice((1, -1))
        notes = [pool[(start + way * step) % 7] for step in range(min(count, 8))]
        count -= len(notes)
    for _ in range(count):
        note = rng.choice(pool)
        if sharps and rng.random() < 0.3:
            note = rng.choice(("fis", "cis", "gis", "bes", "ees", "aes"))
        notes.append(notes[-1] if notes and rng.random() < repeats else note)
    solfege = not sharps and rng.random() < 0.1
    if solfege:
        syllable = dict(zip("cdefgab", ("do", "re", "mi", "fa", "sol", "la", rng.choice(("si", "ti"))), strict=True))  # fmt: skip
        shown = [syllable[note] for note in notes]
    elif sharps:
        lower = rng.random() < 0.2
        style = rng.choice(("{0}{1}", "{0}{1}", "{0} {2}", "{0}-{2}"))
        shown = [_written(note, style, lower) for note in notes]
    else:
        upper = rng.random() < 0.7
        shown = [note.upper() if upper else note for note in notes]
    between = rng.choice((" ", " ", " ", ", ", "-", " - ", ","))
    if any(" " in one or "-" in one for one in shown):
        between = ", "
    listed = between.join(shown)
    length_text, length = rng.choice(NOTE_LENGTHS) if rng.random() < 0.4 else NOTE_LENGTHS[0]
    time = rng.choice(TIMES) if rng.random() < 0.35 else "4/4"
    wishes = [length_text]
    if time != "4/4" or rng.random() < 0.1:
        wishes.append(rng.choice((f"in {time}", f"in {time} time", f"time signature {time}", f"{time} time", f"time {time}")))  # fmt: skip
    clef_text, clef = rng.choice(CLEFS) if rng.random() < 0.15 else CLEFS[0]
    wishes.append(clef_text)
    tempo = None
    if rng.random() < 0.15:
        tempo = str(rng.randint(50, 180))
        wishes.append(rng.choice((f"tempo {tempo}", f"tempo of {tempo}", f"at {tempo} bpm", f"{tempo} bpm", f"tempo quarter = {tempo}", f"at tempo {tempo}")))  # fmt: skip
    key = "c \\major"
    if rng.random() < 0.2:
        tonic, mode = rng.choice((("g", "major"), ("d", "major"), ("f", "major"), ("bes", "major"), ("a", "minor"), ("e", "minor"), ("d", "minor"), ("a", "major"), ("ees", "major"), ("g", "minor")))  # fmt: skip
        key = f"{tonic} \\{mode}"
        wishes.append(rng.choice((f"in {spoken(rng, tonic)} {mode}", f"key of {spoken(rng, tonic)} {mode}", f"key {spoken(rng, tonic)} {mode}")))  # fmt: skip
    title, extra = title_wish(rng)
    lyrics = None
    if rng.random() < 0.12 and len(notes) <= 8:
        sung = [words.any_word(rng).split()[0].strip("./-_0123456789") or "la" for _ in notes]
        lyrics = " ".join(word if word.isalpha() else "la" for word in sung)
        wishes.append(rng.choice(("with the lyrics {}", "lyrics: {}", "with the words {}", "text under the notes: {}", "sung to {}", "words: {}")).format(lyrics))  # fmt: skip
    noun = rng.choice(("melody", "tune", "notes", "the notes", "a melody", "a melody with the notes", "a short melody", "music", "the melody", "a tune", "sheet music for", "sheet music:", "notate", "write", "notes:", "melody:", "play", "a staff with", "score:", "these notes:", "show the notes", ""))  # fmt: skip
    marked = [notes[0] + length, *notes[1:]]
    if len(notes) > 2 and length in ("4", "8") and rng.random() < 0.15:
        longer = {"4": "2", "8": "4"}[length]
        marked[-1] += longer
        last = {"2": "half note", "4": "quarter note"}[longer]
        all_but = {"4": "quarter", "8": "eighth"}[length]
        wishes[0] = rng.choice((f"{length_text}, the last one a {last}", f"all {all_but} notes but the last one a {last}", f"{_COUNTS[len(notes) - 1] if len(notes) <= len(_COUNTS) else len(notes) - 1} {all_but} notes and the last one a {last}", f"{all_but} notes, ending on a {last}", f"{all_but} notes with a {last} at the end"))  # fmt: skip
    music = relative(marked, "bass" if clef != "treble" else clef)
    start = wording.opener(rng, noun) if noun in ("melody", "tune") else noun
    if rng.random() < 0.22:
        ask = _wishes_first(rng, [*wishes, *extra])
        text = wording.before(rng) + ask + listed + wording.closer(rng)
    else:
        where = rng.choice((" on a staff", " on the staff", " on one staff", " on a stave")) if rng.random() < 0.08 else ""  # fmt: skip
        text = (
            wording.before(rng)
            + wording.cased(rng, f"{start} {listed}".strip())
            + where
            + ending(rng, wishes + extra)
        )
    return text, Score(music, key, time, clef, title, tempo, None, lyrics), Expected("score", names=tuple(notes), title=title)  # fmt: skip


def _wishes_first(rng: random.Random, wishes: list[str]) -> str:
    """ "A short waltz tune in 3/4, tempo 120, notes "; what follows are the notes."""
    kind = rng.choice(("", "", "short ", "little ", "simple ", "slow ", "happy ", "two bar ", "sad ", "new "))  # fmt: skip
    noun = kind + rng.choice(("tune", "melody", "melody", "phrase", "motif", "song", "exercise", "line of music"))  # fmt: skip
    last = rng.choice((", notes ", ", notes: ", ": ", " with the notes ", ". Notes: ", ", the notes are ", "\n", ". ", " - ", "; notes ", ", using "))  # fmt: skip
    return wording.cased(rng, wording.opener(rng, noun)) + wording.clauses(rng, wishes) + last


_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


def _written(note: str, style: str, lower: bool) -> str:
    """A note as people write it: F#, Bb, "E flat", "F-sharp"; plain ones by their letter."""
    letter = note[0] if lower else note[0].upper()
    if len(note) == 1:
        return letter
    sharp = note.endswith("is")
    return style.format(letter, "#" if sharp else "b", "sharp" if sharp else "flat")


_SPOKEN_LENGTHS = {
    "1": ("whole", "whole note"), "2": ("half", "half note", "minim"),
    "4": ("quarter", "quarter note", "crotchet"), "8": ("eighth", "eighth note", "quaver"),
    "16": ("sixteenth", "16th"), "2.": ("dotted half",), "4.": ("dotted quarter",),
}  # fmt: skip


def timed(rng: random.Random) -> tuple[str, Score, Expected]:
    """A melody whose notes each have a length: "C quarter, D quarter, E half"."""
    count = rng.randint(2, 10)
    lengths = rng.choices(list(_SPOKEN_LENGTHS), (1, 4, 7, 3, 0.5, 0.5, 0.7), k=count)
    one_pitch = rng.random() < 0.25
    pitch = rng.choice("cdefgab")
    notes = [pitch if one_pitch else rng.choice((*"cdefgab", "fis", "bes")) for _ in range(count)]
    rests = [not one_pitch and rng.random() < 0.08 for _ in range(count)]
    row = rng.choice((0, 0, -1))
    said = [_SPOKEN_LENGTHS[length][row] for length in lengths]
    shown = ["rest" if rest else name_of(note) for note, rest in zip(notes, rests, strict=True)]
    between = rng.choice((", ", ", ", "; "))
    if one_pitch:
        lead = rng.choice(
            ("rhythm: ", "the rhythm ", "a rhythm of ", "rhythm ", "play the rhythm ")
        )
        where = rng.choice((f" on {shown[0]}", f", all on {shown[0]}", f" on the note {shown[0]}"))
        listed = lead + between.join(said) + where
    else:
        form = rng.choice(("{n} {l}", "{l} {n}", "{n} ({l})", "{n} {l}", "{l} {n}", "a {l} {n}", "{n} as a {l}", "{n}: {l}"))  # fmt: skip
        lead = rng.choice(("", "", "melody: ", "notes: ", "write ", "a tune: ", "a melody with ", "notate ", "play ", "short tune: "))  # fmt: skip
        listed = lead + between.join(form.format(n=n, l=one) for n, one in zip(shown, said, strict=True))  # fmt: skip
    title, extra = title_wish(rng)
    time = rng.choice(TIMES) if rng.random() < 0.3 else "4/4"
    if time != "4/4":
        extra.append(rng.choice((f"in {time}", f"in {time} time", f"time signature {time}")))
    text = wording.before(rng) + wording.cased(rng, listed) + ending(rng, extra)
    marked = [("r" if rest else note) + length for note, rest, length in zip(notes, rests, lengths, strict=True)]  # fmt: skip
    score = Score(relative(marked), time=time, title=title)
    heard = tuple(note for note, rest in zip(notes, rests, strict=True) if not rest)
    return text, score, Expected("score", names=heard, title=title)


def relative(notes: list[str], clef: str = "treble") -> str:
    """Notes without octaves as music: each as near to the one before as can be.

    From ``f'`` every note is nearest in the octave from middle c up, so the first one stands there.
    """
    start = "f'" if clef == "treble" else "f"
    return f"\\relative {start} {{ {' '.join(notes)} }}"


def tune(rng: random.Random) -> tuple[str, Score, Expected]:
    """A tune everybody knows, by its name."""
    names, key, time, music = rng.choice(TUNES)
    said = rng.choice(names)
    said = said.lower() if rng.random() < 0.25 else said
    title = names[0]
    wishes: list[str] = []
    tempo = None
    if rng.random() < 0.12:
        title = words.phrase(rng, 1, 4)
        wishes.append(wording.title_clause(rng, title))
    if rng.random() < 0.12:
        tempo = str(rng.randint(50, 180))
        wishes.append(rng.choice((f"tempo {tempo}", f"at {tempo} bpm", f"{tempo} bpm", f"at tempo {tempo}", f"tempo of {tempo}")))  # fmt: skip
    part = rng.choice(("", "", "", "", "the beginning of ", "the first line of ", "the melody of ", "the tune of ", "the opening of ", "the start of ", "the first bars of ", "the song ", "the first phrase of ", "the tune ", "the intro of "))  # fmt: skip
    text = wording.before(rng) + _asked_tune(rng, part + said) + ending(rng, wishes)
    tonic = "a \\minor" if key == "a" else f"{key} \\major"
    return text, Score(music, tonic, time, title=title, tempo=tempo), Expected("score", title=title)


def _asked_tune(rng: random.Random, said: str) -> str:
    lead = rng.choice(("", "", "sheet music for ", "notes for ", "write ", "show ", "draw ", "score of ", "please write ", "the notes of ", "give me ", "can you notate ", "sheet music of ", "I want to play "))  # fmt: skip
    return wording.cased(rng, lead + said)
