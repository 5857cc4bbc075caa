"""Which model answers: what the user named, else the environment, else the embedded one."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from backends.base import ModelMissing

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


def choose(named: str | None, configured: str | None = None) -> Choice:
    """The model to use.

    Args:
        named: what ``--model`` says, if anything: a .gguf file, or ``viscoder-nano``.
        configured: what the settings say, if anything.

    Raises:
        ModelMissing: there is no such model; the text says what there is nearby.
    """
    for name, why in (
        (named, "--model names it"),
        (os.environ.get(MODEL_VARIABLE), f"{MODEL_VARIABLE} names it"),
        (configured, "the settings name it"),
    ):
        if name:
            return Choice(_file(name), why)
    if not EMBEDDED.exists():
        raise ModelMissing("the embedded model is missing from this installation: name one with --model FILE.gguf")  # fmt: skip
    return Choice(EMBEDDED, "no other model is named")


def _file(name: str) -> Path:
    if name == EMBEDDED_NAME:
        return EMBEDDED
    path = Path(name).expanduser()
    if path.exists():
        return path.resolve()
    folder = path.parent
    near = [one.name for one in folder.glob("*.gguf")] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, near, n=1)
    hint = f": did you mean {folder / close[0]}?" if close else f": give a .gguf file, or {EMBEDDED_NAME}"  # fmt: skip
    raise ModelMissing(f"there is no model {name}{hint}")
