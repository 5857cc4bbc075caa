# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What mends a mistake that abcm2ps complains of, by its words and by what stands at the place."""

from __future__ import annotations

import difflib
import re

import abc_fields
import common

_DECORATIONS = common.words("accent arpeggio coda crescendo D.C. D.S. dacapo dacoda diminuendo downbow emphasis f fermata ff fff ffff fine invertedfermata longphrase lowermordent marcato mediumphrase mf mordent mp open p plus pp ppp pppp pralltriller roll segno sfz shortphrase slide snap tenuto thumb trem1 trem2 trem3 trill turn turnx upbow uppermordent wedge")  # fmt: skip
_OTHERWISE = {
    "staccato": "with a dot before the note: .C", "legato": "as a slur: (CDE)", "cresc": "!crescendo(!C D E!crescendo)!",
    "cresc.": "!crescendo(!C D E!crescendo)!", "dim": "!diminuendo(!C D E!diminuendo)!", "dim.": "!diminuendo(!C D E!diminuendo)!",
    "decrescendo": "!diminuendo(!C D E!diminuendo)!", "8va": "!8va(!C D E!8va)!", "tremolo": "!trem3!", "glissando": "!-(!C !-)!G",
    "pedal": "!ped!C D !ped-up!E", "sf": "!sfz!", "fp": "!f!C !p!D",
}  # fmt: skip
"""What has no decoration of its name, or one with a beginning and an end."""
_COMPLAINTS = (
    (re.compile(r"[Cc]hord not closed|Not a note"), 'a chord is [CEG], without spaces; a chord symbol is "Am"'),
    (re.compile(r"guitar chord"), 'a chord symbol stands in quotes: "Am"'),
    (re.compile(r"[Mm]eter"), "a meter is M:4/4, M:6/8, M:C or M:none"),
    (re.compile(r"Too many sharps/flats"), "that key has more than seven sharps: write K:Ab for G#, K:Bb for A#, K:Eb for D#"),
    (re.compile(r"key\b"), "a key is K:C, K:G, K:F#m, K:Bb, K:Ddor"),
    (re.compile(r"[Tt]empo"), "a tempo is Q:1/4=120"),
    (re.compile(r"length divisor$"), "the length of a note is C2, C/2 or C3/2"),
    (re.compile(r"[Ll]ength"), "a unit length is L:1/8"),
    (re.compile(r"[Cc]lef"), "a clef is treble, alto, tenor, bass or perc"),
    (re.compile(r"%%staves"), "each voice of %%staves has its lines: V:1 before its notes"),
    (re.compile(r"Missing note after accidental"), "^C is C sharp, _C flat, =C natural; at most two of them"),
    (re.compile(r"grace"), "grace notes stand in braces: {GA}B"),
    (re.compile(r"Too many words"), "one syllable a note: words end with a space, syllables with -"),
    (re.compile(r"Bad tie|Too many ties"), "a tie joins two notes of one pitch: C-C; a slur is (CD)"),
    (re.compile(r"broken rhythm"), "a dotted pair is C>D or C<D, with at most three signs"),
)  # fmt: skip
_NOTES = "notes are A to G and a to g, rests z; other words stand in w: lines or quotes"
_CHORD = r"[A-G][#b]?(?:maj7?|min7?|m7?|dim7?|aug|sus[24]?|add\d|7)"
_SHOWN = (
    (r"^\s*[A-Za-z][A-Za-z ]+:", ""),
    (r"[A-Ga-g]\s*[#♯]|[#♯]\s*[A-Ga-g]", "F sharp is written ^F: the sign stands before the note"),
    (r"[A-Ga-g]\s*♭|♭\s*[A-Ga-g]", "B flat is written _B: the sign stands before the note"),
    (r"♮", "a natural is written =F, before the note"),
    (r"(?<![\w,'/\])])\d+:?\d*\s*\(", "a triplet is written (3cde: the number stands behind the parenthesis"),
    (r"[A-Ga-gz][,']*\d*\.\d", "a length is a whole number or a fraction: C3/2, not C1.5"),
    (r"(?<![\w,'/\])])\d+\s*[\^_=]*[A-Ga-gz\[]", "a length stands behind its note: G2, not 2G"),
    (r"[A-Ga-gz][,']*\s+\d", "a length follows its note without a space: G2"),
    (r"[A-Ga-g][,']*\d+[,']+", "an octave sign stands before the length: C,2"),
    (r"\b[a-g](?:is|es)\b", "f sharp is written ^f, and b flat _b"),
    (rf"'{_CHORD}'|'[A-G]'|<{_CHORD}>", 'a chord symbol stands in double quotes: "Am"'),
    (rf"(?<!\w){_CHORD}(?!\w)", 'a chord symbol stands in double quotes: "Am"'),
    (r"(?<![A-Za-z])[rR][\d\s|]", "a rest is z, as in z2"),
    (r"(?<![A-Za-z])[hH]\d", "there is no note h: B natural is B, B flat is _B"),
    (r"\b(?:D\.\s*[CS]\.|[Dd]a [Cc]apo|[Ff]ine|[Cc]oda|[Ss]egno)", 'such a word stands in quotes or is a decoration: "^Fine", !fine!, !D.C.!, !coda!'),
    (r";", "bars end with |"),
    (r"(?:^|[\s|])[<>]", "a dotted pair is C>D: the sign stands between two notes"),
    (r"\b[A-Za-z]*[h-w][A-Za-z]{2,}\b", 'words stand in quotes, as in "^slowly", or in a w: line under their notes'),
)  # fmt: skip
"""What a line shows at which abcm2ps met a bad character, the likeliest first."""
_TEXT = re.compile(r'"[^"]*"|![^!]*!|\[[A-Za-z]:[^\]]*\]|(?<!\\)%.*')


def hint(complaint: str, line: str) -> str | None:
    """What would mend it.

    Args:
        complaint: abcm2ps's words.
        line: the line that they are about.
    """
    if complaint.startswith("Bad character") and "grace" not in complaint:
        return _of_character(line)
    unread = re.match(r"header info '(\w):'", complaint)
    if unread:
        return abc_fields.meant(line) if unread[1].upper() in abc_fields.LETTERS else "there is no such field"  # fmt: skip
    return next((hint for pattern, hint in _COMPLAINTS if pattern.search(complaint)), None)


def decoration(name: str) -> str:
    """What a decoration that does not exist was meant to be."""
    close = difflib.get_close_matches(name.lower(), [*_DECORATIONS, *_OTHERWISE], n=1)
    if close and close[0] in _OTHERWISE:
        return f"{close[0]} is written {_OTHERWISE[close[0]]}"
    return f"did you mean !{close[0]}!?" if close else f'there is no such decoration; words stand in quotes: "^{name}"'  # fmt: skip


def _of_character(line: str) -> str:
    if line.count("!") % 2:
        return "a decoration stands between two of them: !trill!"
    bare = _TEXT.sub(lambda found: " " * len(found[0]), line)
    for pattern, told in _SHOWN:
        if re.search(pattern, bare):
            return told or abc_fields.meant(line)
    return _NOTES


def place(line: str) -> int | None:
    """The column, counted from 1, of what a line shows that is no music; None where nothing is seen."""
    bare = _TEXT.sub(lambda found: " " * len(found[0]), line)
    found = next((at for pattern, _ in _SHOWN if (at := re.search(pattern, bare))), None)
    return found.start() + 1 if found else None


def syllables(lines: list[str], music: int) -> int:
    """The w: line under a line of music that has too many words; the music's own where there is none.

    Args:
        lines: of the file.
        music: the line of the notes, counted from 1.
    """
    notes = len(re.findall(r"\[[^\]:]*\]|[A-Ga-g]", re.sub(r"\{[^}]*\}", "", _TEXT.sub("", lines[music - 1]))))  # fmt: skip
    under: list[int] = []
    for number in range(music + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.startswith("w:"):
            under.append(number)
        elif not re.match(r"%|[A-Zs]:|\+:", line):
            break
    words = {number: len(re.findall(r"[^\s|~-]+|(?<=\S)-(?=-)", re.sub(r"~", "x", lines[number - 1][2:]))) for number in under}  # fmt: skip
    return next((number for number in under if words[number] > notes), under[0] if under else music)
