"""What a LilyPond score shows: its notes with their lengths, its chord symbols, its marks."""

from __future__ import annotations

import re

from viscoder_tui.training.evaluation.figure import Shown

_NOTE = re.compile(r"(?<![\\\w])([a-g](?:isis|eses|is|es|s)?)([',]*)(\d+\.*)?(?![\w:])|(?<![\\\w])(r)(\d+\.*)?(?!\w)|<([^<>]*)>(\d+\.*)?")  # fmt: skip
_CHORD_MODE = re.compile(r"\\chordmode\s*\{([^}]*)\}")
_CHORD = re.compile(r"([a-g](?:is|es|s)?)\d*(:[\w.]+)?")
_NOT_MUSIC = (
    re.compile(r"%[^\n]*"),
    re.compile(r"\\(?:header|paper|layout|midi)\s*\{[^}]*\}"),
    re.compile(r"\\addlyrics\s*\{[^}]*\}"),
    _CHORD_MODE,
    re.compile(r"\"[^\"]*\""),
    re.compile(
        r"\\key\s+\w+\s*\\\w+|\\clef\s+\w+|\\relative\s+[a-g][a-z]*[',]*|\\tempo[^\n]*|\\\w+"
    ),
)


def read(source: str) -> Shown:
    """What the score shows."""
    marks: dict[str, str] = {}
    for name, pattern in (("time", r"\\time\s+(\d+/\d+)"), ("clef", r"\\clef\s+\"?(\w+)"), ("tempo", r"\\tempo\s+.*?=\s*(\d+)")):  # fmt: skip
        found = re.search(pattern, source)
        if found:
            marks[name] = found[1]
    chords = _CHORD_MODE.findall(source)
    names = tuple(root + suffix for root, suffix in _CHORD.findall(chords[0])) if chords else ()
    music = source
    for pattern in _NOT_MUSIC:
        music = pattern.sub(" ", music)
    notes: list[str] = []
    lengths: list[str] = []
    length = "4"
    for match in _NOTE.finditer(music):
        length = match[3] or match[5] or match[7] or length
        lengths.append(length)
        if match[1]:
            notes.append(match[1])
        elif match[6]:
            notes += re.findall(r"[a-g](?:isis|eses|is|es|s)?", match[6])
    kind = "score" if notes or names else ""
    return Shown(kind, notes=tuple(notes), lengths=tuple(lengths), chords=names, marks=marks)
