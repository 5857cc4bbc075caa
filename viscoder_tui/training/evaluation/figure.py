"""What a program shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shown:
    """What was read from a program.

    Attributes:
        kind: of picture; empty where that cannot be told.
        numbers: of its data, as they are written.
        pairs: label and number, where there is one series.
        links: arrows, by the texts at their ends.
        notes: in order, by LilyPond's names, without octaves.
        lengths: of those notes.
        chords: chord symbols in LilyPond's names.
        marks: of a score: ``time``, ``clef``, ``tempo``.
        shapes: how many of each SVG element, the paper's own rectangle left out.
        texts: that stand in an SVG.
    """

    kind: str = ""
    numbers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    chords: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    shapes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    texts: tuple[str, ...] = ()
