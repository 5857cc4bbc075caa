"""The models that are known by a short name: ``catalog.toml``, and the user's own beside it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from backends import quantisation

_FILE = Path(__file__).with_name("catalog.toml")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
"""A model's place on a hub: ``organisation/name``."""
_KINDS: dict[str, tuple[type, str]] = {
    "repo": (str, "a text such as 'organisation/name'"),
    "title": (str, "a text"),
    "origin": (str, "a text"),
    "file": (str, "a text with {quantisation} in it"),
    "quantisations": (list, "a list of texts"),
    "parameters": (int, "a whole number"),
    "context": (int, "a whole number of tokens"),
    "context_bytes": (int, "a whole number of bytes a token"),
    "licence": (str, "a text"),
    "good_for": (str, "a text"),
    "for_pictures": (bool, "true or false"),
}

Where = Callable[[Sequence[str]], str]
"""Says in which file and line an entry's table and key stand."""


class CatalogueWrong(Exception):
    """A catalogue cannot be used; the text names the file, the line and what to change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue.

    Attributes:
        name: what people type.
        repo: where its GGUF files lie on the hub.
        title: for people.
        origin: the repository that it was quantised from; empty for the same publisher.
        file: the files' name, with ``{quantisation}`` in it; empty where only the hub knows.
        quantisations: known to be there, as they stand in the files' names.
        parameters: how many weights; 0 where unknown.
        context: tokens that it was trained for; 0 where unknown.
        context_bytes: memory of one token of context.
        licence: its name, as the publisher has it.
        good_for: one sentence.
        for_pictures: it was trained to write programs that draw.
    """

    name: str
    repo: str
    title: str = ""
    origin: str = ""
    file: str = ""
    quantisations: tuple[str, ...] = ()
    parameters: int = 0
    context: int = 0
    context_bytes: int = 0
    licence: str = ""
    good_for: str = ""
    for_pictures: bool = False

    def bytes_of(self, label: str) -> int | None:
        """The approximate bytes of a quantisation; None where they cannot be reckoned."""
        bits = quantisation.bits(label)
        return int(self.parameters * bits / 8) if bits and self.parameters else None

    def file_of(self, label: str) -> str:
        """The name of a quantisation's file; empty where only the hub knows."""
        written = next((one for one in self.quantisations if one.upper() == label.upper()), label)
        return self.file.format(quantisation=written) if self.file else ""


@cache
def ours() -> Mapping[str, Entry]:
    """The catalogue that ships with viscoder, in its own order."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return entries(content, lambda path: f"{_FILE.name}: {'.'.join(path)}")


def entries(content: Mapping[str, Any], where: Where) -> dict[str, Entry]:
    """The models of a catalogue's text.

    Args:
        content: as `tomllib` reads it.
        where: says where a key stands, for the sentence about a mistake.

    Raises:
        CatalogueWrong: something in it is wrong.
    """
    return {name: _entry(name, table, where) for name, table in content.items()}


def _entry(name: str, table: object, where: Where) -> Entry:
    if not isinstance(table, dict):
        raise CatalogueWrong(f"'{name}' ({where((name,))}) must be a table: [{name}] and below it repo = \"organisation/name\"")  # fmt: skip
    if not _NAME.fullmatch(name):
        raise CatalogueWrong(f"a model cannot be called '{name}' ({where((name,))}): small letters, digits, '.', '-' and '_'")  # fmt: skip
    values = dict(cast("Mapping[str, Any]", table))
    for key, value in values.items():
        place = where((name, key))
        if key not in _KINDS:
            if isinstance(value, dict):
                raise CatalogueWrong(f"'{name}' is followed by a dot ({place}): a name with a dot stands in quotes, as in [\"qwen2.5-coder\"]")  # fmt: skip
            close = difflib.get_close_matches(key, _KINDS, n=1)
            meant = f"did you mean '{close[0]}'?" if close else f"there are {', '.join(_KINDS)}"
            raise CatalogueWrong(f"a model has no '{key}' ({place}): {meant}")
        kind, must = _KINDS[key]
        right = type(value) is kind and (kind is not int or value >= 0)
        if kind is list:
            right = right and all(isinstance(one, str) for one in value)
        if key == "repo":
            right = right and REPOSITORY.fullmatch(value) is not None
        if key == "file":
            right = right and value.count("{") == value.count("{quantisation}") == 1
        if not right:
            raise CatalogueWrong(f"'{key}' of the model '{name}' ({place}) must be {must}")
    if "repo" not in values:
        raise CatalogueWrong(f"the model '{name}' ({where((name,))}) has no repo: add repo = \"organisation/name\"")  # fmt: skip
    values["quantisations"] = tuple(values.get("quantisations", ()))
    values.setdefault("title", name)
    return Entry(name, **values)
