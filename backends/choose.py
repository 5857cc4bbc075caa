"""Which model answers: what the user named, the environment, the settings, the best one that was
pulled and fits in memory, the embedded one: the first of these that there is."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from backends.base import ModelMissing
from backends.library import Library

MODEL_VARIABLE = "VISCODER_MODEL"
EMBEDDED = Path(__file__).resolve().parent / "nano" / "viscoder-nano.gguf"
EMBEDDED_NAME = "viscoder-nano"


@dataclass(frozen=True, slots=True)
class Choice:
    """A model file, and why it was chosen."""

    path: Path
    why: str

    @property
    def embedded(self) -> bool:
        """Whether it is the small model that ships in the package."""
        return self.path == EMBEDDED


def choose(named: str | None, configured: str | None = None, library: Library | None = None) -> Choice:  # fmt: skip
    """The model to use.

    Args:
        named: what ``--model`` says, if anything: a .gguf file, ``viscoder-nano``, or a
            pulled model.
        configured: what the settings say, if anything.
        library: knows the pulled models; None for none.

    Raises:
        ModelMissing: there is no such model, and the text says what there is nearby; or the list
            of pulled models cannot be read.
    """
    for name, why in (
        (named, "--model names it"),
        (os.environ.get(MODEL_VARIABLE), f"{MODEL_VARIABLE} names it"),
        (configured, "the settings name it"),
    ):
        if name:
            return Choice(_file(name, library), why)
    best = library.best() if library else None
    if best is not None:
        return Choice(best.path, "the best pulled model that fits in memory, and no other is named")
    if not EMBEDDED.exists():
        raise ModelMissing("the embedded model is missing from this installation: name one with --model FILE.gguf")  # fmt: skip
    return Choice(EMBEDDED, "no other model is named")


def _file(name: str, library: Library | None) -> Path:
    if name == EMBEDDED_NAME:
        return EMBEDDED
    path = Path(name).expanduser()
    if path.is_file():
        return path.resolve()
    if library is not None and not is_path(name):
        return _pulled(name, library)
    if path.exists():
        return path.resolve()
    folder = path.parent
    near = [one.name for one in folder.glob("*.gguf")] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, near, n=1)
    hint = f": did you mean {folder / close[0]}?" if close else f": give a .gguf file, or {EMBEDDED_NAME}"  # fmt: skip
    raise ModelMissing(f"there is no model {name}{hint}")


def is_path(name: str) -> bool:
    """Whether a name means a file, there or not, and no model of a catalogue or a hub."""
    return name.startswith(("/", ".", "~")) or (name.endswith(".gguf") and ":" not in name)


def _pulled(name: str, library: Library) -> Path:
    model = library.pulled(name)
    if model is None:
        raise ModelMissing(f"{name} is not pulled yet: viscoder models pull {name}")
    return model.path
