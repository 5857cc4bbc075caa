"""A piece of music and its LilyPond source."""

from __future__ import annotations

from dataclasses import dataclass


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
