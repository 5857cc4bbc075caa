# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""The fields of a tune that abcm2ps leaves out, or reads otherwise than they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import common

LETTERS = {
    "T": "title name", "C": "composer author", "M": "meter metre time timesignature",
    "L": "length unit notelength unitlength unitnotelength defaultlength defaultnotelength",
    "Q": "tempo bpm speed", "K": "key keysignature", "R": "rhythm", "V": "voice", "w": "lyrics lyric words",
    "O": "origin", "S": "source", "N": "notes note", "H": "history", "P": "part parts",
    "Z": "transcription transcriber", "X": "index number reference referencenumber",
}  # fmt: skip
"""The fields of a header, and what people call them."""
_BY_NAME = {name: letter for letter, names in LETTERS.items() for name in names.split()}
_BEATS = {
    "whole": "1/1", "semibreve": "1/1", "half": "1/2", "minim": "1/2", "quarter": "1/4", "crotchet": "1/4", "q": "1/4",
    "eighth": "1/8", "quaver": "1/8", "8th": "1/8", "sixteenth": "1/16", "16th": "1/16", "dottedquarter": "3/8",
    "dottedhalf": "3/4", "dottedcrotchet": "3/8", "dottedeighth": "3/16", "♩": "1/4", "♪": "1/8", "♩.": "3/8", "𝅘𝅥": "1/4", "𝅘𝅥𝅮": "1/8", "𝅗𝅥": "1/2",
    "1": "1/1", "2": "1/2", "4": "1/4", "8": "1/8", "16": "1/16", "4.": "3/8", "2.": "3/4",
}  # fmt: skip
_MODES = {"m": "m", "minor": "m", "min": "m", "major": "", "maj": "", "moll": "m", "dur": ""}


def doubts(lines: list[str], begins: int, header_ends: int, ends: int) -> Iterator[dict[str, Any]]:
    """The warnings for the fields of one tune, from X: to its end.

    Args:
        lines: of the file.
        begins, header_ends, ends: lines of the tune, counted from 1: X:, K: and the last one.
    """
    told = ""
    for number in range(begins + 1, header_ends):
        line = lines[number - 1]
        if re.match(r"[A-Za-z+]:", line):
            told = line[0]
        elif line.strip() and not line.startswith("%") and told not in ("H", "N"):
            yield _warn("this line of the header is no field, and is left out", number, meant(line))
    for number in range(begins, ends + 1):
        line = lines[number - 1]
        value = re.sub(r"(?<!\\)%.*", "", line[2:]).strip()
        if line.startswith("Q:") and (hint := _tempo(value)):
            yield _warn(f"abcm2ps draws no tempo of Q:{value}", number, hint)
        elif line.startswith("K:") and (hint := _key(value)):
            yield _warn(f"the key K:{value} is read as another one", number, hint)


def _warn(message: str, line: int, hint: str) -> dict[str, Any]:
    return common.find(message, line=line, hint=hint, severity="warning")


def meant(line: str) -> str:
    """The field that a line was meant to be."""
    named = re.match(r"\s*([A-Za-z][A-Za-z ]*?)\s*[:=]\s*(.*)", line) or re.match(r"\s*([TCMLQKRVOSNHZ])\s+(\S.*)", line)  # fmt: skip
    if named:
        name = named[1].replace(" ", "")
        letter = name if len(name) == 1 else _BY_NAME.get(name.lower())
        if letter:
            value = re.sub(r"^(\d+)(?:\s*bpm)?$", r"1/4=\1", named[2].strip()) if letter in "Qq" else named[2].strip()  # fmt: skip
            return f"did you mean {letter if letter == 'w' else letter.upper()}:{value}?"
    return "a field is one letter and a colon, as in T:title"


def _tempo(value: str) -> str | None:
    """What a tempo was meant to be that has no number of notes a minute."""
    if value.count('"') % 2:
        return 'the words of a tempo stand between two quotes: Q:"Allegro" 1/4=120'
    rest = re.sub(r'"[^"]*"', "", value).strip()
    if not rest or re.match(r"(?:\d+/\d+\s*)+(?:=|$)|(?:[A-G]\d*(?:/\d+)?)?=?\s*\d+$", rest):
        return None
    words = re.sub(r"\W*(?:\d.*|=.*)$", "", rest)
    beat = re.search(r"\d+/\d+(?=\s*=)", rest)
    number = re.search(r"(?<![\d/])\d+(?![\d/]|\s*=)", rest)
    if beat and number:
        return f'words stand in quotes: Q:"{words}" {beat[0]}={number[0]}'
    name = re.sub(r"[\s-]|notes?\b", "", rest.partition("=")[0].lower())
    if "=" in rest and number:
        return f"did you mean Q:{_BEATS.get(name, '1/4')}={number[0]}?"
    if number and re.fullmatch(r"\d+\s*(?:bpm|BPM)", rest):
        return f"did you mean Q:1/4={number[0]}?"
    return f'words stand in quotes: Q:"{words}"' + (f" 1/4={number[0]}" if number else "")


def _key(value: str) -> str | None:
    """What a key was meant to be whose sharp, flat or mode abcm2ps does not read."""
    found = re.fullmatch(r"([A-Ga-g])([\s_-]*)(#|b|♯|♭|[Ss]harp|[Ff]lat|is|es|s)?([\s_-]*)([A-Za-z]*)", value)  # fmt: skip
    if not found:
        return None
    letter, sign, gap, mode = (
        found[1].upper(),
        found[3] or "",
        found[2] + found[4],
        found[5].lower(),
    )
    if mode not in _MODES and mode:
        return None
    plain = found[1].isupper() and sign in ("", "#", "b") and not set(gap) & {"-", "_"}
    if plain or (sign == "s" and letter not in "AE"):
        return None
    accidental = {"♯": "#", "sharp": "#", "is": "#", "♭": "b", "flat": "b", "es": "b", "s": "b"}.get(sign.lower(), sign)  # fmt: skip
    return f"did you mean K:{letter}{accidental}{_MODES.get(mode, '')}?"
