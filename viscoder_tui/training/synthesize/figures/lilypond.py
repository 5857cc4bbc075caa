"""Music to be asked for: scales, chords, arpeggios, melodies, well-known tunes."""

from __future__ import annotations

import random
from dataclasses import dataclass

from viscoder_tui.training.sample import Expected
from viscoder_tui.training.synthesize import wording, words

_STEPS = "cdefgab"
_SEMITONES = (0, 2, 4, 5, 7, 9, 11)
_FIFTHS = {"c": 0, "g": 1, "d": 2, "a": 3, "e": 4, "b": 5, "fis": 6, "f": -1, "bes": -2, "ees": -3, "aes": -4, "des": -5, "cis": 7, "gis": 8, "dis": 9, "ges": -6}  # fmt: skip

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

_CHROMATIC = "c cis d dis e f fis g gis a ais b".split()

_TONICS: dict[str, tuple[str, ...]] = {
    "major": ("c", "g", "d", "a", "e", "b", "fis", "f", "bes", "ees", "aes", "des"),
    "minor": ("a", "e", "b", "fis", "cis", "gis", "d", "g", "c", "f", "bes", "ees"),
}

_CLEFS = (("", "treble"), ("in bass clef", "bass"), ("with a bass clef", "bass"), ("in treble clef", "treble"), ("in alto clef", "alto"), ("for the left hand", "bass"), ("bass clef", "bass"), ("in tenor clef", "tenor"))  # fmt: skip

_NOTE_LENGTHS = (("", "4"), ("in quarter notes", "4"), ("as quarter notes", "4"), ("in eighth notes", "8"), ("eighths", "8"), ("as eighth notes", "8"), ("half notes", "2"), ("in half notes", "2"), ("whole notes", "1"), ("in whole notes", "1"), ("sixteenth notes", "16"), ("quarter notes", "4"), ("crotchets", "4"), ("quavers", "8"))  # fmt: skip

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
_TIMES = ("4/4", "4/4", "4/4", "3/4", "2/4", "6/8")


@dataclass(frozen=True, slots=True)
class Score:
    """A piece of music, ready to be written down."""

    music: str
    key: str = "c \\major"
    time: str = "4/4"
    clef: str = "treble"
    title: str | None = None
    tempo: str | None = None
    chords: str | None = None
    lyrics: str | None = None


def program(score: Score) -> str:
    """The LilyPond source of `score`."""
    lines = ['\\version "2.24.0"', "\\paper { line-width = 140\\mm }"]
    if score.title:
        title = score.title.replace('"', "'")
        lines.append(f'\\header {{ title = "{title}" tagline = ##f }}')
    else:
        lines.append("\\header { tagline = ##f }")
    lines.append("\\score {")
    if score.chords or score.lyrics:
        lines.append("  <<")
    if score.chords:
        lines.append(f"  \\new ChordNames \\chordmode {{ {score.chords} }}")
    lines += [
        "  \\new Staff {",
        f"    \\clef {score.clef}",
        f"    \\key {score.key}",
        f"    \\time {score.time}",
    ]
    if score.tempo:
        lines.append(f"    \\tempo 4 = {score.tempo}")
    lines += [f"    {score.music}", '    \\bar "|."', "  }"]
    if score.lyrics:
        lines.append(f"  \\addlyrics {{ {score.lyrics} }}")
    if score.chords or score.lyrics:
        lines.append("  >>")
    lines += ["  \\layout { indent = 0 ragged-right = ##f }", "}"]
    return "\n".join(lines)


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
    index = _STEPS.index(tonic[0])
    base = _SEMITONES[index] + _alteration(tonic)
    notes: list[str] = []
    for step, interval in enumerate(intervals):
        letter = _STEPS[(index + step) % 7]
        natural = _SEMITONES[(index + step) % 7] + 12 * ((index + step) // 7)
        notes.append(letter + _accidental(base + interval - natural))
    return notes


def _spell_thirds(tonic: str, intervals: tuple[int, ...]) -> list[str]:
    index = _STEPS.index(tonic[0])
    base = _SEMITONES[index] + _alteration(tonic)
    notes: list[str] = []
    for step, interval in enumerate(intervals):
        position = index + 2 * step
        natural = _SEMITONES[position % 7] + 12 * (position // 7)
        notes.append(_STEPS[position % 7] + _accidental(base + interval - natural))
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
        position = _STEPS.index(note[0])
        if position < previous:
            octave += 1
        previous = position
        out.append(note + ("'" * octave if octave > 0 else "," * -octave))
    return out


def _ending(rng: random.Random, parts: list[str]) -> str:
    return wording.clauses(rng, parts) + wording.closer(rng)


def _common(rng: random.Random) -> tuple[str | None, list[str]]:
    if rng.random() < 0.3:
        title = words.phrase(rng, 1, 4)
        return title, [wording.title_clause(rng, title)]
    return None, []


def scale(rng: random.Random) -> tuple[str, Score, Expected]:
    """ "A D major scale, two octaves, in bass clef"."""
    mode = rng.choices(list(MODES), (8, 5, 2, 1.5, 1, 0.7, 0.7, 0.7, 1, 0.7))[0]
    intervals, key_mode, nouns = MODES[mode]
    tonic = rng.choice(_TONICS["major" if mode in ("major", "lydian", "mixolydian") else "minor"])
    if mode not in ("major", "minor", "harmonic", "melodic"):
        tonic = rng.choice(("c", "d", "e", "f", "g", "a"))
    if mode == "minor pentatonic" and tonic == "f":
        tonic = "a"
    clef_text, clef = rng.choice(_CLEFS) if rng.random() < 0.3 else _CLEFS[0]
    length_text, length = rng.choice(_NOTE_LENGTHS) if rng.random() < 0.35 else _NOTE_LENGTHS[0]
    octaves = 2 if rng.random() < 0.15 else 1
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
    title, extra = _common(rng)
    time = rng.choice(_TIMES) if rng.random() < 0.15 else "4/4"
    if time != "4/4":
        wishes.append(rng.choice((f"in {time}", f"in {time} time", f"time signature {time}")))
    if octaves == 2:
        wishes.append(
            rng.choice(("two octaves", "over two octaves", "2 octaves", "for two octaves"))
        )
    elif rng.random() < 0.12:
        wishes.append(rng.choice(("one octave", "1 octave")))
    wishes.append({"up": rng.choice(("", "", "", "", "ascending", "going up", "upwards")), "down": rng.choice(("descending", "going down", "downwards", "down")), "both": rng.choice(("up and down", "ascending and descending", "up and back down", "going up and down", "there and back"))}[direction])  # fmt: skip
    text = (
        wording.before(rng)
        + _asked(rng, wording.slipped(rng, said) if rng.random() < 0.2 else said)
        + _ending(rng, wishes + extra)
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
    length_text, length = rng.choice(_NOTE_LENGTHS) if rng.random() < 0.35 else _NOTE_LENGTHS[0]
    wishes = [length_text, rng.choice(("descending", "going down", "downwards")) if down else rng.choice(("", "", "ascending", "going up"))]  # fmt: skip
    title, extra = _common(rng)
    text = wording.before(rng) + _asked(rng, said) + _ending(rng, wishes + extra)
    score = Score(" ".join([run[0] + length, *run[1:]]), title=title)
    return text, score, Expected("score", names=tuple(run_names(run)), title=title)


def run_names(run: list[str]) -> list[str]:
    """Note names without octave marks."""
    return [note.rstrip("',0123456789.") for note in run]


def _asked(rng: random.Random, said: str) -> str:
    style = rng.random()
    if style < 0.3:
        return wording.cased(rng, said)
    lead = rng.choice(("sheet music for ", "notes of ", "the notes of ", "score of ", "write ", "show ", "draw ", "engrave ", "notate ", "give me ", "sheet music: ", "I need ", "please write ", "can you write ", "show me ", "music notation for ", "typeset ", "a score with ", "print ", "make ", "please show ", "could you notate ", "I want to practise ", "staff with "))  # fmt: skip
    the = rng.choice(("the ", "a ", "", ""))
    return wording.cased(rng, lead + the + said)


def arpeggio(rng: random.Random) -> tuple[str, Score, Expected]:
    """ "The A minor arpeggio"; "a G7 chord"."""
    quality = rng.choices(list(_CHORDS), (6, 5, 1, 1, 2, 1.5, 1.5))[0]
    intervals, nouns = _CHORDS[quality]
    tonic = rng.choice(("c", "d", "e", "f", "g", "a", "b", "bes", "ees", "fis"))
    if quality == "augmented" and tonic == "b":
        tonic = "c"
    if quality == "diminished" and tonic in ("ees", "bes"):
        tonic = "d"
    clef_text, clef = rng.choice(_CLEFS) if rng.random() < 0.2 else _CLEFS[0]
    notes = placed(_spell_thirds(tonic, intervals), 1 if clef == "treble" else 0)
    title, extra = _common(rng)
    broken = rng.random() < 0.5
    if broken:
        run = [
            *notes,
            *(placed([*_spell_thirds(tonic, intervals), tonic], 1 if clef == "treble" else 0)[-1:]),
            *notes[::-1],
        ]
        music = " ".join([run[0] + "4", *run[1:]])
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
    text = wording.before(rng) + _asked(rng, said) + _ending(rng, [clef_text, *extra])
    return text, Score(music, clef=clef, title=title), Expected("score", names=names, title=title)


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
        shown = [name_of(note) for note in notes]
    else:
        upper = rng.random() < 0.7
        shown = [note.upper() if upper else note for note in notes]
    between = rng.choice((" ", " ", " ", ", ", "-", " - ", ","))
    listed = between.join(shown)
    length_text, length = rng.choice(_NOTE_LENGTHS) if rng.random() < 0.4 else _NOTE_LENGTHS[0]
    time = rng.choice(_TIMES) if rng.random() < 0.35 else "4/4"
    wishes = [length_text]
    if time != "4/4" or rng.random() < 0.1:
        wishes.append(rng.choice((f"in {time}", f"in {time} time", f"time signature {time}", f"{time} time", f"time {time}")))  # fmt: skip
    clef_text, clef = rng.choice(_CLEFS) if rng.random() < 0.15 else _CLEFS[0]
    wishes.append(clef_text)
    tempo = None
    if rng.random() < 0.15:
        tempo = str(rng.choice((60, 72, 80, 90, 96, 100, 108, 112, 120, 132, 140, 144, 160)))
        wishes.append(rng.choice((f"tempo {tempo}", f"at {tempo} bpm", f"{tempo} bpm", f"tempo quarter = {tempo}", f"at tempo {tempo}")))  # fmt: skip
    key = "c \\major"
    if rng.random() < 0.2:
        tonic, mode = rng.choice((("g", "major"), ("d", "major"), ("f", "major"), ("bes", "major"), ("a", "minor"), ("e", "minor"), ("d", "minor"), ("a", "major"), ("ees", "major"), ("g", "minor")))  # fmt: skip
        key = f"{tonic} \\{mode}"
        wishes.append(rng.choice((f"in {spoken(rng, tonic)} {mode}", f"key of {spoken(rng, tonic)} {mode}", f"key {spoken(rng, tonic)} {mode}")))  # fmt: skip
    title, extra = _common(rng)
    lyrics = None
    if rng.random() < 0.12 and len(notes) <= 8:
        sung = [words.any_word(rng).split()[0].strip("./-_0123456789") or "la" for _ in notes]
        lyrics = " ".join(word if word.isalpha() else "la" for word in sung)
        wishes.append(rng.choice(("with the lyrics {}", "lyrics: {}", "with the words {}", "text under the notes: {}", "sung to {}", "words: {}")).format(lyrics))  # fmt: skip
    noun = rng.choice(("melody", "tune", "notes", "the notes", "a melody", "a melody with the notes", "a short melody", "music", "the melody", "a tune", "sheet music for", "sheet music:", "notate", "write", "notes:", "melody:", "play", "a staff with", "score:", "these notes:", "show the notes", ""))  # fmt: skip
    music = relative([notes[0] + length, *notes[1:]], "bass" if clef != "treble" else clef)
    start = wording.opener(rng, noun) if noun in ("melody", "tune") else noun
    text = (
        wording.before(rng)
        + wording.cased(rng, f"{start} {listed}".strip())
        + _ending(rng, wishes + extra)
    )
    return text, Score(music, key, time, clef, title, tempo, None, lyrics), Expected("score", names=tuple(notes), title=title)  # fmt: skip


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
        lead = rng.choice(("rhythm: ", "the rhythm ", "a rhythm of ", "rhythm ", "play the rhythm "))
        where = rng.choice((f" on {shown[0]}", f", all on {shown[0]}", f" on the note {shown[0]}"))
        listed = lead + between.join(said) + where
    else:
        form = rng.choice(("{n} {l}", "{l} {n}", "{n} ({l})", "{n} {l}", "{l} {n}", "a {l} {n}", "{n} as a {l}", "{n}: {l}"))  # fmt: skip
        lead = rng.choice(("", "", "melody: ", "notes: ", "write ", "a tune: ", "a melody with ", "notate ", "play ", "short tune: "))  # fmt: skip
        listed = lead + between.join(form.format(n=n, l=one) for n, one in zip(shown, said, strict=True))  # fmt: skip
    title, extra = _common(rng)
    time = rng.choice(_TIMES) if rng.random() < 0.3 else "4/4"
    if time != "4/4":
        extra.append(rng.choice((f"in {time}", f"in {time} time", f"time signature {time}")))
    text = wording.before(rng) + wording.cased(rng, listed) + _ending(rng, extra)
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


def stacked(rng: random.Random) -> tuple[str, Score, Expected]:
    """A chord given by its notes."""
    start = rng.randrange(7)
    notes = [_STEPS[(start + 2 * step) % 7] for step in range(rng.choice((2, 3, 3, 3, 4)))]
    if rng.random() < 0.3:
        notes = [note + rng.choice(("", "", "is", "es")) if note not in ("e", "b") else note for note in notes]  # fmt: skip
    shown = rng.choice((" ", "-", ", ", " ")).join(name_of(note) for note in notes)
    length_text, length = rng.choice((("", "1"), ("", "1"), ("as a whole note", "1"), ("as a half note", "2"), ("as a quarter note", "4")))  # fmt: skip
    said = rng.choice(("chord {}", "the chord {}", "{} as a chord", "a chord with {}", "the notes {} together", "the notes {} at the same time", "{} played together", "a chord of {}", "{} chord", "triad {}"))  # fmt: skip
    title, extra = _common(rng)
    text = wording.before(rng) + _asked(rng, said.format(shown)) + _ending(rng, [length_text, *extra])  # fmt: skip
    score = Score("<" + " ".join(placed(notes, 1)) + ">" + length, title=title)
    return text, score, Expected("score", names=tuple(notes), title=title)


def tune(rng: random.Random) -> tuple[str, Score, Expected]:
    """A tune everybody knows, by its name."""
    names, key, time, music = rng.choice(TUNES)
    said = rng.choice(names)
    said = said.lower() if rng.random() < 0.25 else said
    title = names[0]
    wishes: list[str] = []
    if rng.random() < 0.12:
        title = words.phrase(rng, 1, 4)
        wishes.append(wording.title_clause(rng, title))
    part = rng.choice(("", "", "", "", "the beginning of ", "the first line of ", "the melody of ", "the tune of ", "the opening of ", "the start of ", "the first bars of ", "the song "))  # fmt: skip
    text = wording.before(rng) + _asked_tune(rng, part + said) + _ending(rng, wishes)
    tonic = "a \\minor" if key == "a" else f"{key} \\major"
    return text, Score(music, tonic, time, title=title), Expected("score", title=title)


def _asked_tune(rng: random.Random, said: str) -> str:
    lead = rng.choice(("", "", "sheet music for ", "notes for ", "write ", "show ", "draw ", "score of ", "please write ", "the notes of ", "give me ", "can you notate ", "sheet music of ", "I want to play "))  # fmt: skip
    return wording.cased(rng, lead + said)


def progression(rng: random.Random) -> tuple[str, Score, Expected]:
    """A row of chord symbols."""
    chosen = [rng.choice(_CHORD_SYMBOLS) for _ in range(rng.choice((2, 3, 4, 4, 4, 4, 5, 6, 8)))]
    symbols = rng.choice((" ", " ", ", ", " - ", "-", " | ")).join(symbol for symbol, _ in chosen)
    chords = " ".join(
        name.replace(":", "1:", 1) if ":" in name else name + "1" for _, name in chosen
    )
    title, extra = _common(rng)
    lead = rng.choice(("chord progression ", "chords ", "the chords ", "a chord progression ", "the progression ", "chord chart ", "lead sheet with ", "chords: ", "progression: ", "show the chords ", "write the chords "))  # fmt: skip
    text = wording.before(rng) + wording.cased(rng, lead + symbols) + _ending(rng, extra)
    score = Score(f"\\chordmode {{ {chords} }}", title=title, chords=chords)
    return text, score, Expected("score", names=tuple(name for _, name in chosen), title=title)


def draw(rng: random.Random) -> tuple[str, Score, Expected]:
    """A request for music, the score, and what it must hold."""
    maker = rng.choices(
        (scale, melody, tune, arpeggio, progression, timed, stacked, chromatic),
        (4.6, 5, 1.6, 1.6, 1, 1.3, 0.7, 0.4),
    )[0]
    return maker(rng)
