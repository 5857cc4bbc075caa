"""The languages by name; third parties add theirs through the entry points `viscoder.languages`."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from runners.base import Language, UnknownLanguage
from runners.toolchains import missing

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "viscoder.languages"
_OURS = (
    "python",
    "vegalite",
    "svg",
    "mermaid",
    "lilypond",
    "html",
    "javascript",
    "typescript",
    "latex",
    "asymptote",
    "r",
    "cpp",
    "graphviz",
    "gnuplot",
    "typst",
    "abc",
    "plantuml",
    "octave",
    "d2",
)
_DEFAULT = "python"


@cache
def all_languages() -> tuple[Language, ...]:
    """Every language, ours first."""
    found: list[Language] = [
        importlib.import_module(f"runners.languages.{name}").LANGUAGE for name in _OURS
    ]
    from importlib.metadata import entry_points  # takes longer than all of the rest

    for point in entry_points(group=ENTRY_POINTS):
        language = _loaded(point)
        if isinstance(language, Language) and language.name not in {one.name for one in found}:
            found.append(language)
    return tuple(found)


@cache
def refused() -> tuple[str, ...]:
    """One sentence for each language of a third party that cannot be used."""
    all_languages()
    return tuple(_REFUSED)


_REFUSED: list[str] = []


def _loaded(point: EntryPoint) -> Language | None:
    """A third party's language; its faults are not ours, and stop nobody."""
    try:
        language: object = point.load()
    except Exception as error:
        _REFUSED.append(f"the language '{point.name}' of {_package(point)} cannot be loaded: {error}")  # fmt: skip
        return None
    if not isinstance(language, Language):
        _REFUSED.append(f"the language '{point.name}' of {_package(point)} is no runners.base.Language")  # fmt: skip
        return None
    return language


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.module


def find(name: str) -> Language:
    """The language called `name`, by its name or an alias, in any case.

    Raises:
        UnknownLanguage: there is none; the text says which there are.
    """
    wanted = name.strip().lower()
    for language in all_languages():
        if wanted == language.name or wanted in language.aliases:
            return language
    known = [name for language in all_languages() for name in (language.name, *language.aliases)]
    close = difflib.get_close_matches(wanted, known, n=1)
    meant = f"did you mean {find(close[0]).name}? " if close else ""
    names = ", ".join(language.name for language in all_languages())
    raise UnknownLanguage(f"there is no language '{name}': {meant}the languages are {names}")


def by_suffix(suffix: str) -> Language | None:
    """The language whose source files end so."""
    for language in all_languages():
        if suffix.lower() in (language.suffix, *language.other_suffixes):
            return language
    return None


NOTHING_ASKED = "no other language is asked for"
"""Why `guess` takes the default."""


def guess(instruction: str) -> tuple[Language, str]:
    """The language for a request that names none, and why it was chosen.

    A language that is mentioned wins; then words that speak for one ("sheet music",
    "flowchart") which works on this machine; else Python.
    """
    text = instruction.lower()
    for language in all_languages():
        named = _first(text, language.names, longest=3) or _asked_for(text, language.names)
        if named:
            return language, f"the request says '{named}'"
    for language in all_languages():
        word = _first(text, language.words)
        if word and not missing(language.toolchain):
            return language, f"the request says '{word}'"
    return find(_DEFAULT), NOTHING_ASKED


def _asked_for(text: str, names: Iterable[str]) -> str | None:
    """A name of two letters, where the request says that a language is meant."""
    for name in (re.escape(name) for name in names if len(name) == 2):
        if re.search(rf"\b(?:in|with|using) {name}(?![\w-])|(?<![\w-]){name} (?:diagram|program|code)\b", text):  # fmt: skip
            return name
    return None


def _first(text: str, words: Iterable[str], longest: int = 1) -> str | None:
    for word in words:
        if len(word) >= longest and re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", text):
            return word
    return None
