# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Engraves tune.abc with abcm2ps. Executed inside the sandbox."""

from __future__ import annotations

import difflib
import os
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import pages
import svg_picture

del sys.path[0]

_MESSAGE = re.compile(r"^tune\.abc:(\d+)(?::(\d+))?: (error|warning): (.*)$", re.MULTILINE)
_NO_MATTER = ("Not enough words", "Line underfull", "Line too much shrunk")
_DECORATIONS = common.words("accent arpeggio coda crescendo D.C. D.S. dacapo dacoda diminuendo downbow emphasis f fermata ff fff ffff fine invertedfermata longphrase lowermordent mediumphrase mf mordent mp open p plus pp ppp pppp pralltriller roll segno sfz shortphrase slide snap tenuto thumb trem1 trem2 trem3 trill turn turnx upbow uppermordent wedge")  # fmt: skip
_HINTS = (
    (re.compile(r"[Cc]hord not closed|Not a note"), "a chord is [CEG], without spaces"),
    (re.compile(r"guitar chord"), 'a chord symbol stands in quotes: "Am"'),
    (re.compile(r"[Mm]eter"), "a meter is M:4/4, M:6/8, M:C or M:none"),
    (re.compile(r"key\b"), "a key is K:C, K:G, K:F#m, K:Bb, K:Ddor"),
    (re.compile(r"[Tt]empo"), "a tempo is Q:1/4=120"),
    (re.compile(r"length divisor$"), "the length of a note is C2, C/2 or C3/2"),
    (re.compile(r"[Ll]ength"), "a unit length is L:1/8"),
    (re.compile(r"[Cc]lef"), "a clef is treble, alto, tenor, bass or perc"),
    (re.compile(r"%%staves"), "each voice of %%staves has its lines: V:1 before its notes"),
    (re.compile(r"Missing note after accidental"), "^C is C sharp, _C flat, =C natural; at most two of them"),
    (re.compile(r"grace"), "grace notes stand in braces: {GA}B"),
    (re.compile(r"Too many words"), "one syllable a note: words end with a space, syllables with -"),
    (re.compile(r"Bad character"), "notes are A to G and a to g, rests z; other words stand in w: lines or quotes"),
)  # fmt: skip


def headers(source: str) -> dict[str, Any] | None:
    """What abcm2ps passes over without a word: a tune that has no number or no key."""
    lines = source.split("\n")
    begins = next((n for n, line in enumerate(lines, 1) if re.match(r"X:\s*\d+", line)), None)
    if begins is None:
        first = next((n for n, line in enumerate(lines, 1) if line.strip() and line[0] != "%"), 1)
        return common.find("the tune has no number", line=first, hint="begin it with the line X:1")
    if not any(re.match(r"K:", line) for line in lines[begins:]):
        small = next((n for n, line in enumerate(lines[begins:], begins + 1) if line.startswith("k:")), None)  # fmt: skip
        if small is not None:
            return common.find("the tune has no key", line=small, hint=f"did you mean K{lines[small - 1][1:].rstrip()}?")  # fmt: skip
        body = next((n for n, line in enumerate(lines[begins:], begins + 1) if line.strip() and not re.match(r"[A-Za-z]:|%", line)), len(lines))  # fmt: skip
        return common.find("the tune has no key", line=body, hint="the header ends with a line such as K:C")  # fmt: skip
    return None


def findings(complaints: str, source: str) -> list[dict[str, Any]]:
    """abcm2ps's messages, the first of each line."""
    found: list[dict[str, Any]] = []
    told: set[str] = set()
    for line, column, severity, text in _MESSAGE.findall(complaints):
        if line in told or text.startswith(_NO_MATTER):
            continue
        told.add(line)
        hint = next((hint for pattern, hint in _HINTS if pattern.search(text)), None)
        decoration = re.search(r"Decoration !([^!]+)! not defined", text)
        place = int(column) + 1 if column else None
        if text.startswith("Bad character") and source.split("\n")[int(line) - 1].count("!") % 2:
            hint = "a decoration stands between two of them: !trill!"
        if decoration:
            close = difflib.get_close_matches(decoration[1], _DECORATIONS, n=1)
            hint = f"did you mean !{close[0]}!?" if close else "there is no such decoration"
            at = source.split("\n")[int(line) - 1].find(f"!{decoration[1]}!")
            place = at + 1 if at >= 0 else place
        found.append(common.find(text, line=int(line), column=place, hint=hint, severity="warning" if severity == "warning" else None))  # fmt: skip
    return found


def main() -> None:
    """Wait if this is a spare, then engrave each tune as a picture."""
    common.wait_for_program()
    source = Path("tune.abc").read_text(encoding="utf-8-sig", errors="replace")
    Path("tune.abc").write_text(source, encoding="utf-8")
    lacking = headers(source)
    if lacking:
        common.fail(lacking)
    said = pages.tool("abcm2ps", "-g", "-q", "-O", "tune-", "tune.abc")
    complaints = said.stderr + said.stdout
    found = findings(complaints, source)
    if said.returncode != 0:
        common.fail(*(found or [common.find(f"abcm2ps ended with status {said.returncode}")]))
    words: list[str] = []
    for number, path in enumerate(sorted(Path().glob("tune-*.svg")), 1):
        svg = path.read_text(encoding="utf-8", errors="replace")
        words += svg_picture.keep(svg_picture.on_paper(svg), common.OUT / f"{number:02}")
    common.texts(words)
    common.report(found)


common.run(main)
