"""LilyPond's messages as a person would tell them: at the place of the mistake, with a hint."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from runners.base import Diagnostic, Severity
from runners.languages.lilypond_names import COMMON, known, near

_SKIPPED = re.compile(r"%\{.*?%\}|%[^\n]*|\"(?:[^\"\\]|\\.)*\"|#'?\((?:[^()\n]|\([^()\n]*\))*\)", re.DOTALL)  # fmt: skip
_PAIR = {"}": "{", ">>": "<<"}
_MEANT = {"pianissimo": "pp", "piano": "p", "mezzopiano": "mp", "mezzoforte": "mf", "forte": "f", "fortissimo": "ff", "crescendo": "cresc", "decrescendo": "decresc", "sharp": "cis for C sharp", "flat": "bes for B flat"}  # fmt: skip
_HINTS = (
    (r"not a note name: ([A-G])\b", "note names are small letters: c is C, cis is C sharp"),
    (r"not a note name: h\b", "note names are Dutch: b is B, bes is B flat"),
    (r"not a note name", "note names are Dutch: cis is C sharp, bes is B flat; text needs quotes"),
    (r"octave marks must precede duration", "write ' and , before the duration: c'4"),
    (r"not a duration", "durations are 1, 2, 4, 8, 16, 32, 64, with dots"),
    (r"EOF found inside string", 'add the closing "'),
    (r"[Uu]nterminated slur|cannot end slur", "a slur begins with ( after its first note and ends with ) after its last: c4( d e)"),
    (r"Unattached (Slur|PhrasingSlur|Beam)Event", "write it after the first note, as in c4( d e)"),
    (r"argument 1.*Expecting fraction.*found", "write \\tuplet 3/2 { … }"),
    (r"argument 2.*Expecting fraction", "write a fraction, as in \\time 4/4"),
    (r"argument 2.*Expecting list of number pairs", "write \\major or \\minor, as in \\key c \\major"),
    (r"argument 1.*Expecting pitch, found \"[A-Z]", "pitches are small letters, as in \\key c \\major"),
    (r"argument 1.*Expecting pitch, found", "write \\key c \\major, with the pitch first"),
    (r"Expecting string, found .*BarCheck", 'the sign of a bar line stands in double quotes: \\bar "|."'),
    (r"Missing music in", "a \\score needs music, as in \\new Staff { c'4 }"),
    (r"unexpected '/'", "a comment begins with %"),
    (r"unexpected ':', expecting|unexpected ':'", 'write = between a name and its value: title = "Song"'),
    (r"[Bb]archeck failed", "a bar before this one has too many or too few notes"),
    (r"string outside of text script|unexpected SYMBOL", "text needs double quotes"),
    (r"strange time signature", "the lower number is 1, 2, 4, 8, 16 or 32"),
    (r"program too old", 'write \\version "2.24.0"'),
    (r"embedded-ps only", "PostScript is left out: draw with \\path, \\draw-line or \\draw-circle"),
    (r"no \\version", None),
)  # fmt: skip


def told(one: Diagnostic, source: str, folder: Path) -> Diagnostic:
    """One diagnostic with its own hint, and at its own place where LilyPond names it elsewhere.

    Args:
        one: as LilyPond says it.
        source: the program.
        folder: of LilyPond's installation.
    """
    named = _named(one, source, folder)
    if named is not None:
        return named
    if "Missing music in" in one.message:
        one = replace(one, line=_empty_score(source) or one.line, column=None)
    key = re.search(r"\\key\s+([A-Ga-g])\s*(#|b|♯|♭|sharp|flat)(?!\w)", _line(source, one.line))
    if key:
        name = key[1].lower() + ("is" if key[2] in ("#", "♯", "sharp") else "es")
        return replace(
            one, hint=f"note names are Dutch: \\key {name} \\major, with is for # and es for flat"
        )
    if "Guile signaled" in one.message:
        return _scheme(one, source)
    if "syntax error" in one.message:
        return _grammar(one, source)
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, one.message)), one.hint)
    if "not a note name" in one.message:
        hint = _note(one, source) or hint
    if "argument 2" in one.message and "Expecting fraction" in one.message:
        found = re.search(r"\\time\s+(\d+)(?!\s*/)", _line(source, one.line))
        hint = f"write a fraction, as in \\time {found[1]}/4" if found else hint
    if "Ignoring non-music expression" in one.message:
        sharp = re.search(r"([a-g])#", _line(source, one.line))
        hint = f"write {sharp[1]}is for {sharp[1].upper()} sharp" if sharp else hint
    return replace(one, hint=hint)


def _empty_score(source: str) -> int | None:
    """The line of the first ``\\score`` in which stands nothing but how it is laid out."""
    bare = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    for score in re.finditer(r"\\score\s*\{", bare):
        inside, before = bare[score.end() :], ""
        while before != inside:  # the innermost braces first
            before, inside = inside, re.sub(r"\\(?:layout|midi|header|context|with|paper)\s*\{[^{}]*\}", "", inside)  # fmt: skip
        if re.match(r"\s*\}", inside):
            return bare.count("\n", 0, score.start()) + 1
    return None


def _scheme(one: Diagnostic, source: str) -> Diagnostic:
    """A Scheme expression that cannot be read: often one of its parentheses is missing."""
    line = re.sub(r'"[^"]*"|%.*', "", _line(source, one.line))
    if line.count("(") > line.count(")"):
        return replace(
            one, message="this Scheme expression is never closed", hint="add the closing )"
        )
    return one


def unclosed(source: str) -> Diagnostic | None:
    """The brace or ``<<`` that is never closed, or that closes nothing.

    One that stands under the line of an outer one shows that an inner one was forgotten.
    """
    is_open: list[tuple[str, int]] = []
    suspect: tuple[str, int] | None = None
    bare = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)
    for found in re.finditer(r"<<|>>|[{}]", bare):
        sign, at = found[0], found.start()
        if sign in "{<<":
            is_open.append((sign, at))
            continue
        if not is_open:
            return _error(f"this {sign} closes nothing", source, at, "leave it out, or open it before")  # fmt: skip
        top = is_open.pop()
        if top[0] != _PAIR[sign]:
            return _never(source, *(suspect or top))
        depth = _indent(source, at)
        begins = not source[source.rfind("\n", 0, at) + 1 : at].strip()
        if suspect is None and begins and depth < _indent(source, top[1]):
            suspect = top if any(_indent(source, outer) == depth for _, outer in is_open) else None
    if not is_open:
        return None
    return _never(source, *(suspect or is_open[-1]))


def _never(source: str, sign: str, at: int) -> Diagnostic:
    other = "}" if sign == "{" else ">>"
    return _error(f"the {sign} here is never closed", source, at, f"check that every {sign} has its {other}")  # fmt: skip


def _error(message: str, source: str, at: int, hint: str) -> Diagnostic:
    line, column = source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)
    return Diagnostic(Severity.ERROR, message, line, column, hint)


def _indent(source: str, at: int) -> int:
    line = source[source.rfind("\n", 0, at) + 1 :]
    return len(line) - len(line.lstrip(" \t"))


def _line(source: str, line: int | None) -> str:
    lines = source.splitlines()
    return lines[line - 1] if line and line <= len(lines) else ""


def _named(one: Diagnostic, source: str, folder: Path) -> Diagnostic | None:
    """What is misspelt: a command, a context, a clef, a property, an object."""
    command = re.search(r"unknown (?:command|escaped string): `\\(\w+)'", one.message)
    if command:
        own = re.findall(r"^\s*\"?([A-Za-z]+)\"?\s*=", source, re.MULTILINE)
        meant = _MEANT.get(command[1]) or near(command[1], [*own, *COMMON]) or near(command[1], known("command", folder))  # fmt: skip
        hint = f"did you mean \\{meant}?" if meant else "there is no such command: check its spelling"  # fmt: skip
        return replace(one, hint=hint)
    for pattern, kind in (
        (r"cannot create context: (\w+)", "context"),
        (r"unknown clef type `(\w+)'", "clef"),
        (r"the property '(\w+)' does not exist", "property"),
    ):
        found = re.search(pattern, one.message)
        if found:
            meant = near(found[1], known(kind, folder))
            line = one.line or next((number for number, text in enumerate(source.splitlines(), 1) if found[1] in text), None)  # fmt: skip
            return replace(one, line=line, hint=f"did you mean {meant}?" if meant else None)
    if "bad grob property path" in one.message:
        found = re.search(r"\\(?:override|revert|tweak)\s+(?:\w+\.)?([A-Z]\w+)", _line(source, one.line))  # fmt: skip
        meant = near(found[1], known("grob", folder)) if found else None
        return replace(one, hint=f"did you mean {meant}?" if meant else "write \\override NoteHead.color = #red")  # fmt: skip
    voice = re.search(r"cannot find context: (\w+) = (\S+)", one.message)
    if voice:
        names = re.findall(rf"\\(?:new|context)\s+{voice[1]}\s*=\s*\"?(\w+)", source)
        return replace(one, hint=f"the {voice[1]}s here are {', '.join(names)}" if names else None)
    return None


def _note(one: Diagnostic, source: str) -> str | None:
    word = one.message.rpartition(" ")[2]
    if ":" + word in _line(source, one.line):
        return "a chord is written c1:maj7, c1:m, c1:7"
    english = re.search(r"\\language\s+\"english\"", source)
    if english and re.fullmatch(r"[a-g](is|es)", word):
        return f"in English it is {word[0]}{'s' if word.endswith('is') else 'f'}"
    if re.fullmatch(r"[a-g]b", word):
        return f"note names are Dutch: {word[0]}es is {word[0].upper()} flat"
    if re.fullmatch(r"[a-g]s", word):
        return f"note names are Dutch: {word[0]}is is {word[0].upper()} sharp"
    return None


def _grammar(one: Diagnostic, source: str) -> Diagnostic:
    """A syntax error: often a brace that is missing elsewhere, or what stands at this line."""
    line = _line(source, one.line)
    brace = unclosed(source)
    if brace is not None and ("end of input" in one.message or "unexpected '}'" in one.message or (brace.line or 0) <= (one.line or 0)):  # fmt: skip
        return brace
    for pattern, hint in _LINES:
        if re.search(pattern, line):
            return replace(one, hint=hint)
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, one.message)), None)
    if hint is None and re.search(r"unexpected end of input|unexpected \\score|unexpected '}'", one.message):  # fmt: skip
        hint = "check that every { has its }"
    return replace(one, hint=hint)


_LINES = (
    (r"^\s*[A-Za-z]+[\d_]\w*\s*=|\\[A-Za-z]+\d+\s*$", "a variable's name has letters alone, no digits: voiceOne = { … }"),
    (r"\\repeat\s+(?:\d|\{)", "the kind of repeat comes first: \\repeat volta 2 { … }"),
    (r"\\bar\s*[|:.]", 'the sign of a bar line stands in double quotes: \\bar "|."'),
    (r"\\(?:tuplet|times)\s*\d+\s*(?::|\{)", "write \\tuplet 3/2 { … }"),
    (r"\\time\s+\d+\s*[:|-]", "write a fraction, as in \\time 4/4"),
    (r"^\s*//|/\*", "a comment begins with %"),
    (r"=\s*[A-Za-z]+(?:\s+[A-Za-z]+)+", "text of several words stands in double quotes"),
    (r"=\s*[\d.]+\s*(?:mm?|cm|in|pt)\b", "a length has a backslash before its unit: 10\\mm"),
    (r"^\s*\w+\s*:\s", 'write = between a name and its value: title = "Song"'),
    (r"(?<!<)<(?!<)[^<>]*\d[^<>]*>", "the duration of a chord stands behind the >: <c e g>4"),
    (r"(?<!<)<(?![<!])[^<>]*$|(?<!<)<(?![<!])[^<>]*\d", "a chord ends with > before its duration: <c e g>4"),
    (r"\\tempo\b", "write \\tempo \"Allegro\" 4 = 120"),
)  # fmt: skip
