"""How people ask for music: what they want written, clefs, note lengths, times."""

from __future__ import annotations

import random

from viscoder_tui.training.synthesize import wording, words

CLEFS = (("", "treble"), ("in bass clef", "bass"), ("with a bass clef", "bass"), ("in treble clef", "treble"), ("in alto clef", "alto"), ("for the left hand", "bass"), ("bass clef", "bass"), ("in tenor clef", "tenor"))  # fmt: skip

NOTE_LENGTHS = (("", "4"), ("in quarter notes", "4"), ("as quarter notes", "4"), ("in eighth notes", "8"), ("eighths", "8"), ("as eighth notes", "8"), ("half notes", "2"), ("in half notes", "2"), ("whole notes", "1"), ("in whole notes", "1"), ("sixteenth notes", "16"), ("quarter notes", "4"), ("crotchets", "4"), ("quavers", "8"), ("eigth notes", "8"), ("quater notes", "4"), ("in eights", "8"), ("all eighths", "8"), ("each a half note", "2"), ("all quarter notes", "4"), ("16th notes", "16"), ("8th notes", "8"), ("each note a quarter", "4"), ("minims", "2"))  # fmt: skip

TIMES = ("4/4", "4/4", "4/4", "3/4", "2/4", "6/8")


def ending(rng: random.Random, parts: list[str]) -> str:
    """Further wishes, in one of the ways people join them on, and how they end."""
    return wording.clauses(rng, parts) + wording.closer(rng)


def title_wish(rng: random.Random) -> tuple[str | None, list[str]]:
    """A title for one score in three, and the words that ask for it."""
    if rng.random() < 0.3:
        title = words.phrase(rng, 1, 4)
        return title, [wording.title_clause(rng, title)]
    return None, []


def asked(rng: random.Random, said: str) -> str:
    """The request for what is `said`: on its own, or after "sheet music for", "notate", ..."""
    style = rng.random()
    if style < 0.3:
        return wording.cased(rng, said)
    lead = rng.choice(("sheet music for ", "notes of ", "the notes of ", "score of ", "write ", "show ", "draw ", "engrave ", "notate ", "give me ", "sheet music: ", "I need ", "please write ", "can you write ", "show me ", "music notation for ", "typeset ", "a score with ", "print ", "make ", "please show ", "could you notate ", "I want to practise ", "staff with "))  # fmt: skip
    the = rng.choice(("the ", "a ", "", ""))
    return wording.cased(rng, lead + the + said)
