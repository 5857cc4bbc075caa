"""Free requests to measure a model by, written by hand.

They stand in two TOML files beside this one. ``held_out.toml`` was written by somebody who
had not seen the generator, and nothing is ever tuned on it: look at its score, not at its
requests. ``development.toml`` is there to be looked at.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

FREE = {name: Path(__file__).with_name(f"{name}.toml") for name in ("held_out", "development")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a right picture shows.

    Attributes:
        kinds: of picture, any of which is right.
        numbers: of the data, with repeats.
        names: labels, series, nodes, participants, chord symbols; columns of a data file.
        title: where one is asked for.
        colours: CSS names, all of which must be used.
        links: arrows, by the texts at their ends.
        notes: of a score in order, by LilyPond's names, without octaves.
        lengths: of those notes.
        marks: of a score, by their command: ``time``, ``clef``, ``tempo``.
        shapes: how many of each SVG element.
    """

    kinds: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    title: str | None = None
    colours: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    shapes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request and what a right picture for it shows.

    Attributes:
        language: of the program.
        text: what is typed.
        wanted: what the picture must show.
        data: text of the data files, by name.
    """

    language: str
    text: str
    wanted: Wanted
    data: tuple[tuple[str, str], ...] = ()


def free(name: str) -> tuple[Request, ...]:
    """The free requests of the set ``held_out`` or ``development``."""
    content = tomllib.loads(FREE[name].read_text(encoding="utf-8"))
    entries = cast("list[dict[str, Any]]", content["request"])
    return tuple(
        Request(
            entry["language"],
            entry["text"].strip("\n"),
            _wanted(entry["expect"]),
            tuple(entry.get("data", {}).items()),
        )
        for entry in entries
    )


def _wanted(expect: dict[str, Any]) -> Wanted:
    kind = expect["kind"]
    colours = [*expect.get("colours", ()), *([expect["colour"]] if "colour" in expect else [])]
    return Wanted(
        kinds=(kind,) if isinstance(kind, str) else tuple(kind),
        numbers=tuple(expect.get("numbers", ())),
        names=tuple(expect.get("names", ())),
        title=expect.get("title"),
        colours=tuple(dict.fromkeys(colours)),
        links=tuple((start, end) for start, end in expect.get("links", ())),
        notes=tuple(expect.get("notes", "").split()),
        lengths=tuple(expect.get("lengths", "").split()),
        marks=tuple((key, str(expect[key])) for key in ("time", "clef", "tempo") if key in expect),
        shapes=tuple(expect.get("shapes", {}).items()),
    )
