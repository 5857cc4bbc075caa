"""What can be set about a vLLM that viscoder starts: the table ``[backends.vllm]`` of the settings."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, cast, get_type_hints

_MUST = {
    str: "a text in quotes",
    int: "a whole number, 1 or more",
    float: "a number between 0 and 1",
    tuple[str, ...]: 'a list of texts, as in ["--dtype", "bfloat16"]',
}


class OptionWrong(Exception):
    """An option cannot be used; the text begins with its name and says what it must be.

    Attributes:
        name: of the option.
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class VllmOptions:
    """How vLLM is started.

    Attributes:
        model: what ``--model vllm`` means: a folder with safetensors, or ``organisation/name``.
        python: the interpreter of the environment that vLLM is installed in; empty for the usual place.
        tensor_parallel: graphics cards that share the model.
        gpu_memory: the share of a card's memory that it may take; 0 for vLLM's own, which is 0.9.
        max_length: tokens of the context; 0 for the model's own.
        start_seconds: how long it may take until it answers.
        arguments: more of vLLM's own, which stand behind all others.
    """

    model: str = ""
    python: str = ""
    tensor_parallel: int = 1
    gpu_memory: float = 0.0
    max_length: int = 0
    start_seconds: int = 900
    arguments: tuple[str, ...] = ()

    def engine(self) -> list[str]:
        """The arguments for vLLM's engine, but for the model."""
        found = ["--enable-prefix-caching", "--tensor-parallel-size", str(self.tensor_parallel)]
        if self.gpu_memory:
            found += ["--gpu-memory-utilization", str(self.gpu_memory)]
        if self.max_length:
            found += ["--max-model-len", str(self.max_length)]
        return [*found, *self.arguments]


def read(table: Mapping[str, object]) -> VllmOptions:
    """The options that `table` says.

    Raises:
        OptionWrong: one is unknown or of the wrong kind.
    """
    kinds: dict[str, Any] = get_type_hints(VllmOptions)
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in kinds:
            close = difflib.get_close_matches(name, kinds, n=1)
            meant = f"did you mean '{close[0]}'? " if close else ""
            raise OptionWrong(name, f"is unknown: {meant}there are {', '.join(one.name for one in fields(VllmOptions))}")  # fmt: skip
        if not _right(kinds[name], value):
            raise OptionWrong(name, f"must be {_MUST[kinds[name]]}")
        values[name] = tuple(cast("list[str]", value)) if isinstance(value, list) else value
    return VllmOptions(**values)


def _right(kind: Any, value: object) -> bool:
    if kind is str:
        return isinstance(value, str)
    if kind is int:
        return type(value) is int and value >= 1
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
    return isinstance(value, list) and all(isinstance(one, str) for one in cast("list[object]", value))  # fmt: skip
