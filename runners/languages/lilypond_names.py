"""What LilyPond knows by name, read out of its own files where it is installed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_WORDS = """
accepts addlyrics alias alternative book bookpart change chordmode chords clef consists context
default defaultchild denies description drummode drums etc figuremode figures header include
key language layout lyricmode lyrics lyricsto major markup markuplist midi minor name new
notemode once override paper relative remove repeat rest revert score sequential set
simultaneous tempo time transpose tuplet type unset version voiceOne voiceTwo with partial bar
break grace acciaccatura appoggiatura absolute fixed bold italic staccato accent tenuto fermata
trill mordent turn stemUp stemDown slurUp slurDown tieUp pageBreak
"""
COMMON = frozenset(_WORDS.split())
"""Commands that are written most; many of them are in LilyPond's parser, and so in no file."""
_SOURCES = {
    "command": (("ly/*.ly", r"^\"?([a-zA-Z]+)\"?\s*=|\\([a-zA-Z]+)"), ("scm/**/*.scm", r"define-markup(?:-list)?-command\s+\(([\w-]+)")),
    "context": (("ly/engraver-init.ly", r"\\name\s+\"?(\w+)"),),
    "grob": (("scm/**/define-grobs.scm", r"^    \((\w+)$"),),
    "property": (("scm/**/define-context-properties.scm", r"^\s+\((\w+)\s+,"),),
    "clef": (("scm/**/parser-clef.scm", r"^\s+\(\"(\w+)\"\s+\."),),
}  # fmt: skip


@cache
def known(kind: str, folder: Path) -> frozenset[str]:
    """The names of one kind.

    Args:
        kind: ``command``, ``context``, ``grob``, ``property`` or ``clef``.
        folder: of the installation, with ``share`` in it.
    """
    names: set[str] = set(COMMON) if kind == "command" else set()
    for pattern, regex in _SOURCES[kind]:
        for path in folder.glob(f"share/lilypond/*/{pattern}"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found = re.finditer(regex, text, re.MULTILINE)
            names |= {name for one in found for name in one.groups() if name}
    return frozenset(names)


def near(name: str, names: Iterable[str]) -> str | None:
    """The name that is spelt much the same."""
    close = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.65)
    return close[0] if close and close[0] != name else None
