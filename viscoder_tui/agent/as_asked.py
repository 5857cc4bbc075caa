"""Mends by the request: a name or a number that was copied with a slip is put right.

Models, small ones above all, drop a letter or a digit of what they copy. Where the request leaves no
doubt what was meant, that needs no round: a name that the program lacks and a word in the program that
nobody said and that is spelt much the same; a number that stands behind another name's.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal

from viscoder_tui.agent.compact import plain
from viscoder_tui.agent.requirements import read

_ALIKE = 0.65
"""How much of two words must be the same for one to be a slip of the other, from 0 to 1."""
_QUOTED = re.compile(r'"([^"\\\n]{2,60})"|(?<=>)([^<>\n]{2,60})(?=</)')
_PAIR = r'"{name}"(?:\s*:\s*|,\s*"value":\s*)(-?\d+(?:\.\d+)?)(?![\w.])'


@dataclass(frozen=True, slots=True)
class Given:
    """What came with the request.

    Attributes:
        data: names of the data files.
        asked: the request itself.
    """

    data: tuple[str, ...] = ()
    asked: str = ""


def names_as_asked(source: str, given: Given) -> str:
    """A name of the request that the program spells with a slip."""
    if not given.asked or given.data:
        return source
    said = _words(given.asked)
    for name in read(given.asked).names:
        if not name.sure or _words(name.text) in _words(source):
            continue
        strange = {
            text
            for text in (one or other for one, other in _QUOTED.findall(source))
            if _words(text) and _words(text) not in said and _alike(text, name.text)
        }
        if len(strange) == 1:
            wrong = strange.pop()
            source = re.sub(
                rf'(?<=["> ]){re.escape(wrong)}(?=["<])', lambda _, n=name: n.text, source
            )
    return source


def _words(text: str) -> str:
    """Letters and digits alone, each word with a blank on both sides."""
    found = re.findall(r"\w+", plain(text).lower())
    return f" {' '.join(found)} "


def _alike(text: str, name: str) -> bool:
    return difflib.SequenceMatcher(None, text.lower(), name.lower()).ratio() >= _ALIKE


def numbers_as_asked(source: str, given: Given) -> str:
    """A name whose number in the program is not the one in the request.

    Only where at least as many other names have theirs, so that the request was read as it was meant.
    """
    if not given.asked or given.data:
        return source
    names = read(given.asked).names
    texts = [name.text for name in names]
    wrong: list[tuple[int, int, str]] = []
    right = 0
    for name in names:
        if not name.sure or name.number is None or texts.count(name.text) > 1:
            continue
        found = list(re.finditer(_PAIR.replace("{name}", re.escape(name.text)), source))
        if len(found) != 1:
            continue
        if Decimal(found[0][1]) in name.number.values:
            right += 1
        else:
            wrong.append((*found[0].span(1), f"{name.number.values[0]:f}"))
    if right < max(1, len(wrong)):
        return source
    for start, end, number in sorted(wrong, reverse=True):
        source = source[:start] + number + source[end:]
    return source
