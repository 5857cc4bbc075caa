"""Models by the names that people use: of the catalogue, of a repository, of what was pulled."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from backends.base import ModelMissing
from backends.pulled import Pulled, Shelf

if TYPE_CHECKING:
    from backends.catalog import Entry
    from backends.memory import Memory

# The catalogue and what reckons with sizes are imported where they are needed: every command that
# asks a model looks here first, and mostly nothing was pulled or a file is named.

_SLOW_WITHOUT_GPU = 8_000_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a name stands for.

    Attributes:
        name: as it was typed.
        repo: where it is on the hub.
        part: a file in it or a quantisation; empty where neither is said.
        entry: of the catalogue; None for a repository that is not in it.
    """

    name: str
    repo: str
    part: str = ""
    entry: Entry | None = None

    def is_met_by(self, model: Pulled) -> bool:
        """Whether this pulled model is meant."""
        if model.repo.lower() != self.repo.lower():
            return False
        from backends import quantisation

        part = self.part.lower()
        return not part or part in {
            model.files[0].lower(),
            model.files[0].rpartition("/")[2].lower(),
            quantisation.stem(model.files[0]).rpartition("/")[2].lower() + ".gguf",
            model.quantisation.lower(),
        }


class Library:
    """The catalogue, and what of it and of elsewhere was pulled.

    Args:
        shelf: what was pulled.
        own: reads the user's own catalogue; called when it is needed; what it raises
            comes out of everything that looks into the catalogue.
    """

    def __init__(self, shelf: Shelf, own: Callable[[], Mapping[str, Entry]] = dict) -> None:
        self.shelf = shelf
        self._own = own

    @cached_property
    def catalogue(self) -> Mapping[str, Entry]:
        """All models with a short name; the user's take the place of ours."""
        from backends import catalog

        return {**catalog.ours(), **self._own()}

    def wanted(self, name: str) -> Wanted:
        """What a name stands for.

        Args:
            name: of the catalogue, or ``organisation/name``, either with ``:FILE`` or
                ``:QUANTISATION`` behind it.

        Raises:
            ModelMissing: it can stand for nothing; the text says what was meant.
        """
        front, colon, part = name.partition(":")
        entry = self.catalogue.get(front.lower())
        if colon and not part.strip():
            raise ModelMissing(f"behind the colon of '{name}' stands nothing: name a file or a quantisation such as Q4_K_M, or leave the colon out")  # fmt: skip
        if entry is not None:
            return Wanted(name, entry.repo, part, entry)
        from backends.catalog import REPOSITORY

        if REPOSITORY.fullmatch(front):
            entry = next((one for one in self.catalogue.values() if one.repo.lower() == front.lower()), None)  # fmt: skip
            return Wanted(name, entry.repo if entry else front, part, entry)
        close = difflib.get_close_matches(front.lower(), self.catalogue, n=1)
        hint = f"did you mean {close[0]}?" if close else "viscoder models list names those there are; organisation/name takes any other of the hub"  # fmt: skip
        raise ModelMissing(f"there is no model {name}: {hint}")

    def pulled(self, name: str) -> Pulled | None:
        """The pulled model that a name stands for; of several quantisations the largest that fits.

        Raises:
            ModelMissing: as with `wanted`, or the list of pulled models cannot be read.
        """
        from backends import memory

        wanted = self.wanted(name)
        here = memory.machine()
        met = [one for one in self.shelf.models() if wanted.is_met_by(one)]
        return max(met, key=lambda one: (self.fits(one, here), one.size), default=None)

    def best(self) -> Pulled | None:
        """The best pulled model that fits in this machine's memory: made for pictures, then large.

        Raises:
            ModelMissing: the list of pulled models cannot be read.
        """
        models = self.shelf.models()
        if not models:
            return None
        from backends import memory

        here = memory.machine()
        fitting = [one for one in models if self.fits(one, here)]
        return max(fitting, key=self._worth, default=None)

    def recommended(self, here: Memory) -> tuple[Entry, str] | None:
        """The best of the catalogue for this memory, with its quantisation; None where none fits.

        Without a GPU a model of more than eight billion weights writes a word a second, so none
        such is recommended there.
        """
        from backends import memory

        found: list[tuple[bool, int, Entry, str]] = []
        for entry in self.catalogue.values():
            if entry.parameters > _SLOW_WITHOUT_GPU and not here.gpu:
                continue
            for label in sorted(entry.quantisations, key=lambda one: one.upper() != "Q4_K_M")[:1]:
                count = entry.bytes_of(label)
                if count and here.holds(memory.needed(count, entry.context_bytes)):
                    found.append((entry.for_pictures, entry.parameters, entry, label.upper()))
        if not found:
            return None
        *_, entry, label = max(found, key=lambda one: one[:2])
        return entry, label

    def fits(self, model: Pulled, here: Memory) -> bool:
        """Whether a pulled model runs well with that memory."""
        from backends import memory

        return here.holds(memory.needed(model.size, self._context_bytes(model)))

    def entry_of(self, model: Pulled) -> Entry | None:
        """The catalogue's entry of a pulled model, if it has one."""
        return next((one for one in self.catalogue.values() if one.repo.lower() == model.repo.lower()), None)  # fmt: skip

    def called(self, model: Pulled) -> str:
        """The shortest name by which this pulled model and no other can be used."""
        entry = self.entry_of(model)
        front = entry.name if entry else model.repo
        if sum(one.repo == model.repo for one in self.shelf.models()) <= 1:
            return front
        return f"{front}:{model.quantisation.lower() or model.files[0]}"

    def _context_bytes(self, model: Pulled) -> int:
        entry = self.entry_of(model)
        return entry.context_bytes if entry else 0

    def _worth(self, model: Pulled) -> tuple[bool, int]:
        entry = self.entry_of(model)
        return (entry is not None and entry.for_pictures, model.size)
