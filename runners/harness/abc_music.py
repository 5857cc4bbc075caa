# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""A tune in ABC as music: its voices, their bars, and how long each of them is.

Lengths are parts of a whole note. What the notation leaves open (a chord of unlike notes, a measure
that is written in several layers) has no length here, so that nobody is told wrong.
"""

from __future__ import annotations

import re

LENGTH = r"\d*(?:/+\d*)*"
_NOTE = r"(?:\^{1,2}|_{1,2}|=)?(?:\d*/\d*(?=[A-Ga-g]))?[A-Ga-g][,']*"
_SIGN = re.compile(
    rf"""(?P<comment>(?<!\\)%.*)
    |(?P<field>\[[A-Za-z]:[^\]\n]*\])
    |(?P<text>"[^"\n]*")
    |(?P<decoration>![^!\s|][^!|\n]*!|\+[A-Za-z<>().]+\+)
    |(?P<grace>\{{[^}}\n]*\}})
    |(?P<bar>\.?(?:\[\||:+\|?|\|)[|:\]]*)
    |(?P<layer>\(&|&\)|&)
    |(?P<tuplet>\(\d+(?::\d*){{0,2}})
    |(?P<slur>\.?\()
    |(?P<unslur>\))
    |(?P<chord>\[(?!\d)(?:[^\[\]\n"|]|"[^"\n]*")*\])(?P<chord_length>{LENGTH})
    |(?P<volta>\[(?=[\d"]))
    |(?P<measures>[ZX]\d*)
    |(?P<spacer>y{LENGTH})
    |(?P<note>{_NOTE}|[zx])(?P<length>{LENGTH})
    |(?P<broken>[<>]+)
    |(?P<other>[^\s])""",
    re.VERBOSE,
)
_FIELD = re.compile(r"([A-Za-z]):(?![|:\]])\s*(.*)")
_BLOCK = re.compile(r"%%begin(\w+)")


class Bar:  # no dataclass: that takes longer to import than to read a tune
    """What stands between two bar lines.

    Attributes:
        line, column: of its first note, counted from 1.
        opens, closes: the bar lines around it; empty at the voice's beginning and end.
        expected: how long the meter makes it; None where it is free.
        length: how long it is; None where that cannot be told.
        pieces: the signs that have a length, each with it.
        ends: how long it was at the end of each of its lines, and which line that was.
        meter, unit: what M: and L: say, each with its line.
        whole: how many measures of rest it stands for.
        spoilt: whether its length cannot be told.
    """

    def __init__(self, opens: str = "") -> None:
        self.line, self.column = 0, 0
        self.opens, self.closes = opens, ""
        self.expected: float | None = None
        self.pieces: list[tuple[str, float]] = []
        self.ends: list[tuple[float, int]] = []
        self.meter, self.unit = ("", 0), (0.125, 0)
        self.whole = 0
        self.spoilt = False

    @property
    def length(self) -> float | None:
        """How long it is, in whole notes."""
        return None if self.spoilt else sum(length for _, length in self.pieces)


class Voice:
    """One voice of a tune, as far as it has been read.

    Attributes:
        name: as V: says; empty for a tune of one voice.
        bars: those that hold something.
        lines: its lines of music.
        signs: kind, text, line and column of every sign that is no note.
        changes: how often its meter or unit length changes.
    """

    def __init__(self, name: str, meter: tuple[str, int], unit: tuple[float, int]) -> None:
        self.name, self.meter, self.unit = name, meter, unit
        self.bar = Bar()
        self.bars: list[Bar] = []
        self.lines: list[int] = []
        self.signs: list[tuple[str, str, int, int]] = []
        self.changes = 0
        self.tuplet, self.broken = (0, 1.0), 1.0


class Tune:
    """A tune: where it begins and ends, its fields before the music, its voices.

    Attributes:
        begins, header_ends, ends: lines: of X:, of K:, and the last one.
        voices: those that have music.
        known: whether lengths can be told at all.
    """

    def __init__(self, begins: int, header_ends: int, ends: int, known: bool) -> None:
        self.begins, self.header_ends, self.ends = begins, header_ends, ends
        self.voices: list[Voice] = []
        self.known = known


def tunes(source: str) -> list[Tune]:
    """The tunes of a file, those without a key left out."""
    lines = source.split("\n")
    starts = [number for number, line in enumerate(lines, 1) if re.match(r"X:", line)]
    head = lines[: starts[0] - 1] if starts else []
    above = {one[0]: one[1] for one in map(_field, head) if one}
    found: list[Tune] = []
    for start in starts:
        end = next((n for n in range(start, len(lines) + 1) if n > start and (not lines[n - 1].strip() or lines[n - 1].startswith("X:"))), len(lines) + 1) - 1  # fmt: skip
        key = next((n for n in range(start, end + 1) if lines[n - 1].startswith("K:")), None)
        if key is not None:
            found.append(_Reader(lines, start, key, end, above).tune)
    return found


def _field(line: str) -> tuple[str, str] | None:
    found = _FIELD.match(line)
    return (found[1], re.sub(r"(?<!\\)%.*", "", found[2]).strip()) if found else None


def measure(meter: str) -> float | None:
    """How long a meter makes a bar; None where it is free, or says more than one number."""
    if meter in ("C", "C|"):
        return 1.0
    found = re.fullmatch(r"\(?(\d+(?:\s*\+\s*\d+)*)\)?\s*/\s*(\d+)", meter)
    if not found or not int(found[2]):
        return None
    return sum(int(part) for part in found[1].split("+")) / int(found[2])


def times(length: str) -> float:
    """The number behind a note: 2, 3/2, /, //."""
    count, slashes = re.match(r"(\d*)(.*)", length).groups()  # pyright: ignore[reportOptionalMemberAccess]
    value = float(count or 1)
    for divisor in re.findall(r"/(\d*)", slashes):
        value /= int(divisor or 2) or 1
    return value


class _Reader:
    """Reads one tune, line by line."""

    def __init__(self, lines: list[str], start: int, key: int, end: int, above: dict[str, str]) -> None:  # fmt: skip
        meter, unit = (above.get("M", ""), 0), (above.get("L", ""), 0)
        known = True
        for number in range(start, key + 1):
            name, value = _field(lines[number - 1]) or ("", "")
            meter = (value, number) if name == "M" else meter
            unit = (value, number) if name == "L" else unit
            known = known and name != "m"
        length = measure(meter[0])
        self.meter = meter
        self.unit = (_unit(unit[0]) or (0.0625 if length and length < 0.75 else 0.125), unit[1])
        self.voices: dict[str, Voice] = {}
        self.current = ""
        self.tune = Tune(start, key, end, known)
        self._body(lines, key, end)
        self.tune.voices = [voice for voice in self.voices.values() if self._ended(voice)]
        changes = {voice.changes for voice in self.tune.voices}
        if len(changes) > 1:  # of a tune of several voices it is not sure whose meter changes
            self.tune.known = False

    def _body(self, lines: list[str], key: int, end: int) -> None:
        skipped = ""
        for number in range(key + 1, end + 1):
            line = lines[number - 1]
            block = _BLOCK.match(line)
            skipped = block[1] if block else skipped
            if skipped:
                skipped = "" if line.startswith(f"%%end{skipped}") else skipped
            elif re.match(r"%%\s*repeat|I:\s*repeat|m:", line):
                self.tune.known = False
            elif line.startswith("%") or line.startswith("+:"):
                continue
            elif found := _field(line):
                self._told(*found, number)
            else:
                self._music(line, number)

    @property
    def voice(self) -> Voice:
        if self.current not in self.voices:
            self.voices[self.current] = Voice(self.current, self.meter, self.unit)
        return self.voices[self.current]

    def _told(self, name: str, value: str, number: int) -> None:
        """A field between the notes."""
        if name == "V":
            self.current = (value.split() or [""])[0]
            return
        if name not in "MLPT":
            return
        begun = any(voice.bars or voice.bar.pieces for voice in self.voices.values())
        if name in "ML" and not begun:  # still the header, whatever stands before it
            if name == "M":
                self.meter = (value, number)
            else:
                self.unit = (_unit(value) or self.unit[0], number)
            for voice in self.voices.values():
                voice.meter, voice.unit = self.meter, self.unit
            return
        if name in "PT":  # a part begins, and may begin with a pickup
            for voice in self.voices.values():
                _set_off(voice)
            return
        voice = self.voice
        voice.changes += 1
        voice.bar.spoilt = voice.bar.spoilt or bool(voice.bar.pieces)
        if name == "M":
            voice.meter = (value, number)
            _set_off(voice)
        else:
            voice.unit = (_unit(value) or voice.unit[0], number)

    def _music(self, line: str, number: int) -> None:
        if line.strip():
            self.voice  # noqa: B018  a voice is known from its first line on
        noted: Voice | None = None
        for sign in _SIGN.finditer(line):
            kind, text, column = sign.lastgroup or "", sign[0], sign.start() + 1
            if kind == "comment":
                break
            if kind == "field":
                self._told(text[1], text[3:-1].strip(), number)
                continue
            voice = self.voice
            if noted is not voice:
                voice.lines.append(number)
                noted = voice
            if kind in ("length", "chord_length", "measures"):
                self._sounds(voice, sign, number)
            elif kind == "bar":
                self._bar_line(voice, text)
                voice.signs.append((kind, text, number, column))
                if re.match(r"\d", line[sign.end() :]):
                    voice.bar.opens += "1"
            elif kind == "tuplet":
                voice.tuplet = _tuplet(text, voice.meter[0])
            elif kind == "broken":
                self._breaks(voice, text)
            else:
                voice.signs.append((kind, text, number, column))
                self._marks(voice, kind)
        if noted is not None and noted.bar.pieces:
            noted.bar.ends.append((sum(length for _, length in noted.bar.pieces), number))

    def _sounds(self, voice: Voice, sign: re.Match[str], number: int) -> None:
        """A note, a chord, a rest."""
        bar = voice.bar
        if not bar.pieces:
            bar.line, bar.column = number, sign.start() + 1
            bar.meter, bar.unit, bar.expected = voice.meter, voice.unit, measure(voice.meter[0])
        if sign["measures"]:
            count = int(sign["measures"][1:] or 1)
            bar.whole += count
            bar.pieces.append((sign[0], (bar.expected or 0) * count))
            return
        value = times(sign["length"] or sign["chord_length"] or "")
        if sign["chord"]:
            inner = [times(length) for length in re.findall(rf"{_NOTE}({LENGTH})", re.sub(r'"[^"]*"|![^!]*!', "", sign["chord"]))]  # fmt: skip
            bar.spoilt = bar.spoilt or len(set(inner)) != 1
            value *= inner[0] if inner else 1
        left, factor = voice.tuplet
        value *= voice.unit[0] * voice.broken * (factor if left else 1)
        voice.tuplet, voice.broken = (max(left - 1, 0), factor), 1.0
        bar.pieces.append((sign[0], value))

    def _breaks(self, voice: Voice, text: str) -> None:
        """A > B: the first note is dotted, the second halved."""
        if not voice.bar.pieces or len(set(text)) != 1:
            voice.bar.spoilt = True
            return
        less = 0.5 ** len(text)
        first, second = (2 - less, less) if text[0] == ">" else (less, 2 - less)
        sign, length = voice.bar.pieces[-1]
        voice.bar.pieces[-1] = (sign, length * first)
        voice.broken = second

    def _marks(self, voice: Voice, kind: str) -> None:
        if kind in ("decoration", "other") and re.match(r"\+(?:[A-Ga-g].*|$)", voice.signs[-1][1]):
            voice.bar.spoilt = True  # a chord as it was written long ago: +CEG+
        elif kind == "layer":
            voice.bar.spoilt = True
            self.tune.known = self.tune.known and voice.signs[-1][1] == "&"
        elif kind == "volta":
            if voice.bar.pieces:
                self._bar_line(voice, "[")
            voice.bar.opens += "1"
            if voice.bars:
                voice.bars[-1].closes += "1"

    def _bar_line(self, voice: Voice, text: str) -> None:
        bar = voice.bar
        if text.startswith("."):  # a dotted one may stand within a measure
            bar.spoilt = True
            return
        if not bar.pieces:
            bar.opens += text
            if voice.bars:
                voice.bars[-1].closes += text
            return
        bar.closes = text
        voice.bars.append(bar)
        voice.bar = Bar(text)

    def _ended(self, voice: Voice) -> bool:
        if voice.bar.pieces:
            voice.bars.append(voice.bar)
        return bool(voice.bars)


def _set_off(voice: Voice) -> None:
    """What comes is another section than what was."""
    if voice.bars and not voice.bar.pieces:
        voice.bar.opens += ":"
        voice.bars[-1].closes += ":"


def _unit(text: str) -> float | None:
    found = re.match(r"(\d+)\s*/\s*(\d+)", text)
    return int(found[1]) / int(found[2]) if found and int(found[2]) else None


def _tuplet(text: str, meter: str) -> tuple[int, float]:
    """How many notes, and by what each is shortened."""
    count, time, notes = (*(int(part or 0) for part in text[1:].split(":")), 0, 0)[:3]
    compound = re.match(r"(?:6|9|12|15)/", meter) is not None
    own = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}.get(count, 3 if compound else 2)
    return notes or count, (time or own) / count if count else 1.0
