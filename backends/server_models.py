"""What a server serves: its list of models, and which of them is meant."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from backends.base import BackendError, ModelInfo, ModelMissing
from backends.server_wire import listed, number, table, words

UNKNOWN_CONTEXT = 8192
"""Tokens that are reckoned with where a server does not say how long its context is."""
_SMALL = "viscoder-nano"
_SHOWN = 12


def _spelled(name: str) -> tuple[str, ...]:
    """The name, and without the mark that Ollama adds."""
    return name, name.removesuffix(":latest")


def _short(name: str) -> tuple[str, ...]:
    """Without the owner or the folder, and without the suffix of a file."""
    last = PurePosixPath(name).name
    return last, last.removesuffix(".gguf")


_SPELLINGS = (_spelled, _short)
"""From strict to loose."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model of a server.

    Attributes:
        name: that the server knows it by.
        context: tokens; None where it does not say.
        owner: the program that serves it, as it calls itself.
    """

    name: str
    context: int | None = None
    owner: str = ""

    @property
    def info(self) -> ModelInfo:
        """The model as people see it; a server of a single file calls it by the file's path."""
        shown = PurePosixPath(self.name).stem if self.name.endswith(".gguf") else self.name
        shown = _printable(shown)
        small = PurePosixPath(shown).name.startswith(_SMALL)
        return ModelInfo(
            shown,
            self.context or UNKNOWN_CONTEXT,
            "compact" if small else "full",
            may_see=not small,
        )


def offers(body: str, where: str) -> tuple[Offer, ...]:
    """Read the answer to ``/v1/models``; models that only compute embeddings are left out.

    Raises:
        BackendError: it is none.
    """
    try:
        told: object = json.loads(body)
    except ValueError as error:
        raise BackendError(f"{where} answers, but not as a server of models does: give its address up to /v1") from error  # fmt: skip
    rows = listed(table(told).get("data")) or listed(told)
    found: list[Offer] = []
    for row in rows:
        one = table(row)
        name = words(one.get("id"))
        if name and "embed" not in name.lower():
            found.append(Offer(name, _context(one), words(one.get("owned_by"))))
    return tuple(found)


def _context(one: dict[str, object]) -> int | None:
    meta = table(one.get("meta"))
    for place, name in (
        (one, "max_model_len"),  # vLLM
        (meta, "n_ctx"),
        (one, "context_length"),
        (one, "context_window"),
        (one, "max_context_length"),
        (meta, "n_ctx_train"),  # llama-server
    ):
        told = number(place.get(name))
        if told:
            return told
    return None


def meant(found: Sequence[Offer], wanted: str, where: str) -> Offer:
    """The model that is meant.

    Args:
        found: what there is; empty where the server has no list.
        wanted: its name; empty for the only one.
        where: the server, for the sentence.

    Raises:
        ModelMissing: it is not there, or it must be chosen among several.
    """
    names = list(dict.fromkeys(one.name for one in found))
    if not wanted:
        if len(names) == 1:
            return found[0]
        if not names:
            raise ModelMissing(f"{where} names no model: load one there, or add its name: --model ADDRESS#NAME")  # fmt: skip
        raise ModelMissing(f"{where} has several models, name one as in --model ADDRESS#{names[0]}: {_list(names)}")  # fmt: skip
    if not names:
        return Offer(wanted)
    for spellings in _SPELLINGS:
        fitting = [one for one in found if wanted.lower() in spellings(one.name.lower())]
        exact = [one for one in fitting if one.name == wanted]
        if fitting:
            return (exact or fitting)[0]
    close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.4)
    hint = f"did you mean {close[0]}? " if close else ""
    raise ModelMissing(f"{where} has no model {wanted}: {hint}it has {_list(names)}")


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return _printable(", ".join(names[:_SHOWN])) + more


def _printable(name: str) -> str:
    """What a server calls its models is data, never an escape."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
