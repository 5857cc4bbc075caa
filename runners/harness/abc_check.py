# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What abcm2ps draws otherwise than it was meant, without a word: told as warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import abc_bars
import abc_fields
import abc_music
import common
from abc_music import Tune, Voice

_PLAYED = re.compile(r'(?:"[^"\n]*"|![^!\n]*!|\[[A-Z]:[^\]\n]*\]|\{[^}\n]*\}|[\^_=]*[A-Ga-gxzZ][,\']*[\d/]*|[\s|:\[\](){}<>.\-~\\&]|\d)+')  # fmt: skip
_MOST = 8


def doubts(source: str) -> list[dict[str, Any]]:
    """The warnings for a file of tunes, in the order of their lines."""
    found: list[dict[str, Any]] = []
    lines = source.split("\n")
    for tune in abc_music.tunes(source):
        found += abc_fields.doubts(lines, tune.begins, tune.header_ends, tune.ends)
        found += _cut_off(lines, tune.ends)
        for voice in tune.voices:
            found += _dots(voice, lines)
            found += _slurs(voice, lines, len(tune.voices))
        bars = abc_bars.findings(tune)
        found += bars
        if tune.voices:
            found += _repeats(tune.voices[0])
        if not bars:
            found += _voices(tune)
    return sorted(found, key=lambda one: one["line"])[:_MOST]


def _warn(message: str, line: int, hint: str, column: int | None = None) -> dict[str, Any]:
    return common.find(message, line=line, column=column, hint=hint, severity="warning")


def _cut_off(lines: list[str], ends: int) -> Iterator[dict[str, Any]]:
    """Music behind an empty line, which ends the tune."""
    behind = next((n for n in range(ends + 1, len(lines) + 1) if lines[n - 1].strip()), None)
    if behind is None or lines[behind - 1].startswith("X:"):
        return
    for number in range(behind, len(lines) + 1):
        line = lines[number - 1]
        if line.startswith("X:"):
            return
        bare = re.sub(r"%.*", "", line).strip()
        if "|" in bare and len(re.findall("[A-Ga-g]", bare)) > 1 and _PLAYED.fullmatch(bare):
            yield _warn("this empty line ends the tune: what stands below it is left out", ends + 1, "leave the empty line out; a lone % keeps the lines apart")  # fmt: skip
            return


def _dots(voice: Voice, lines: list[str]) -> Iterator[dict[str, Any]]:
    """A dot behind a note, which here is a staccato of the next one."""
    for kind, text, number, column in voice.signs:
        line = lines[number - 1]
        if (kind, text) == ("other", ".") and re.match(r"[A-Ga-gz,'\d/\]]\.(?:\s|\)|$)", line[column - 2 :]):  # fmt: skip
            note = re.search(r"[A-Ga-gz][,']*[\d/]*$", line[: column - 1])
            shown = note[0] if note else "the note"
            yield _warn(f"the dot behind {shown} does not make it longer", number, "a dotted note is written with its length, as in G3/2 or G3; a dot before a note is a staccato", column)  # fmt: skip


def _slurs(voice: Voice, lines: list[str], voices: int) -> list[dict[str, Any]]:
    if any("(" in sign or ")" in sign for bar in voice.bars for sign, _ in bar.pieces):
        return []
    has_endings = any(bar.opens.endswith("1") for bar in voice.bars)
    is_open: list[tuple[int, int]] = []
    surplus: list[tuple[int, int]] = []
    for kind, text, number, column in voice.signs:
        if kind == "slur":
            is_open.append((number, column + len(text) - 1))
        elif kind == "unslur" and is_open:
            is_open.pop()
        elif kind == "unslur":
            surplus.append((number, column))
    if is_open and not surplus:
        number, column = is_open[-1]
        return [_warn("the slur that this ( begins is never closed", number, "write ) behind its last note", column)]  # fmt: skip
    if surplus and not is_open and not has_endings and voices == 1:
        number, column = surplus[0]
        tuplet = re.search(r"\(\d[^()|]*$", lines[number - 1][: column - 1])
        hint = f"a triplet is written {tuplet[0].strip()}, without )" if tuplet else "write ( before its first note, or leave it out"  # fmt: skip
        return [_warn("this ) closes no slur", number, hint, column)]
    return []


def _repeats(voice: Voice) -> Iterator[dict[str, Any]]:
    """A repeat that begins and does not end."""
    bars = [(text, number, column) for kind, text, number, column in voice.signs if kind == "bar"]
    starts = [place for place, (text, _, _) in enumerate(bars) if text.endswith(":") and "|" in text]  # fmt: skip
    if starts and not any(text.startswith(":") for text, _, _ in bars[starts[-1] + 1 :]):
        text, number, column = bars[starts[-1]]
        if text.startswith("|"):
            yield _warn(f"the repeat that this {text} begins is never closed", number, "write :| where it ends", column)  # fmt: skip


def _voices(tune: Tune) -> Iterator[dict[str, Any]]:
    """A voice that is some bars shorter than the others."""
    if len(tune.voices) < 2 or not tune.known or not all(voice.name for voice in tune.voices):
        return
    lengths: list[float] = []
    for voice in tune.voices:
        known = [bar.length for bar in voice.bars]
        if any(length is None for length in known) or not all(bar.expected for bar in voice.bars):
            return
        lengths.append(sum(length for length in known if length is not None))
    longest = max(lengths)
    model = tune.voices[lengths.index(longest)]
    for voice, length in zip(tune.voices, lengths, strict=True):
        if (
            length > longest - 1e-6 or length < longest / 2
        ):  # one that is shorter still enters later
            continue
        if _bars(voice) == _bars(model):
            continue
        line = _parts_at(voice, model)
        message = f"voice {voice.name} has {_bars(voice)}, and voice {model.name} {_bars(model)}"
        yield _warn(message, line, "all voices are equally long: fill the measures that lack, with rests z or Z")  # fmt: skip


def _bars(voice: Voice) -> str:
    count = sum(max(bar.whole, 1) for bar in voice.bars)
    return f"{count} bar{'s' if count != 1 else ''}"


def _parts_at(voice: Voice, model: Voice) -> int:
    """The line of a voice whose bars are fewer than those of the other one's line; its last one."""
    if len(voice.lines) == len(model.lines):
        for own, other in zip(voice.lines, model.lines, strict=True):
            if _within(voice, own) < _within(model, other):
                return own
    return voice.lines[-1]


def _within(voice: Voice, line: int) -> float:
    return sum(bar.length or 0 for bar in voice.bars if bar.line == line)
