"""What a model has read, kept on disk: a conversation that is taken up again is not read anew.

A state is llama.cpp's own file of one sequence, beside it the tokens that it stands for. It is taken
where those tokens begin the new conversation, whatever session they came from: a system prompt is
read once. The least recently used go first.
"""

from __future__ import annotations

import array
import contextlib
import hashlib
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backends.llama_cpp_options import LlamaOptions

MOST_BYTES = 2 * 1024**3
"""Of all states together."""
WORTH_KEEPING = 256
"""Tokens that take no time to read are not kept."""


@dataclass(frozen=True, slots=True)
class State:
    """A kept state: llama.cpp's file, and the tokens it stands for."""

    path: Path
    tokens: tuple[int, ...]


class States:
    """The states of one model in a folder that several models and processes share.

    Args:
        folder: where they lie; made when the first is kept.
        model: the model's file.
        options: how it was loaded, as far as states depend on it.
        most_bytes: of all states in the folder.
    """

    def __init__(self, folder: Path, model: Path, options: LlamaOptions, most_bytes: int = MOST_BYTES) -> None:  # fmt: skip
        self._folder = folder
        self._most = most_bytes
        file = model.stat()
        told = f"{model.resolve()} {file.st_size} {file.st_mtime_ns} {options.kv_cache} {options.flash_attention} {options.rope_scale}"
        self._prefix = hashlib.sha256(told.encode()).hexdigest()[:16]

    def longest(self, prompt: Sequence[int]) -> State | None:
        """The state that spares most of reading `prompt`; None where none is worth it."""
        best, most = None, WORTH_KEEPING - 1
        for state in self._all():
            same = shared(state.tokens, prompt)
            if same > most:
                best, most = state, same
        return best

    def used(self, state: State) -> None:
        """It goes later than those that were not."""
        with contextlib.suppress(OSError):
            os.utime(state.path)

    def place(self) -> Path:
        """Where the next state is written, before it is `kept`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{self._prefix}-{uuid.uuid4().hex[:12]}.part"

    def kept(self, written: Path, tokens: Sequence[int]) -> None:
        """A state is complete. Those that are only the beginning of it go, and the oldest above the bound."""
        for state in self._all():
            if shared(state.tokens, tokens) == len(state.tokens):
                self.drop(state)
        written.with_suffix(".tokens").write_bytes(array.array("i", tokens).tobytes())
        written.rename(written.with_suffix(".state"))
        self._prune()

    def drop(self, state: State) -> None:
        """Remove one."""
        for path in (state.path, state.path.with_suffix(".tokens")):
            path.unlink(missing_ok=True)

    def _all(self) -> list[State]:
        found: list[State] = []
        for path in self._folder.glob(f"{self._prefix}-*.state"):
            with contextlib.suppress(OSError, ValueError):
                tokens = array.array("i")
                tokens.frombytes(path.with_suffix(".tokens").read_bytes())
                found.append(State(path, tuple(tokens)))
        return found

    def _prune(self) -> None:
        """All models' states, so that the bound holds for the folder; leavings of a crash too."""
        files: list[tuple[float, int, Path]] = []
        for path in self._folder.glob("*-*.*"):
            if path.suffix in (".state", ".part"):
                with contextlib.suppress(OSError):
                    files.append((path.stat().st_mtime, path.stat().st_size, path))
        room = self._most
        for _, size, path in sorted(files, reverse=True):
            room -= size
            if room < 0:
                self.drop(State(path, ()))


def shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two conversations begin with alike."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))
