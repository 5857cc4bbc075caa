"""What the training data is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backends.base import Message

Origin = Literal["plain", "data", "edit", "correction"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer to the last request holds.

    Attributes:
        kind: of picture, e.g. ``bar``, ``line``, ``scatter``, ``pie``, ``flowchart``, ``score``.
        numbers: every number to be shown, as decimal text (``3``, ``4.5``, ``-2``), with repeats.
        names: every label, series, node or note name to be shown.
        title: to be shown, where one was asked for.
        colour: asked for, as a CSS colour name, where one was.
    """

    kind: str
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    title: str | None = None
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One conversation to learn from; the last message is the answer to be learnt.

    Attributes:
        language: of the answer's program.
        messages: user and assistant in turn, worded by `viscoder_tui.agent.compact`.
        expected: what the last answer must hold.
        origin: how it came about.
        data: text of the data files the program reads, by file name.
    """

    language: str
    messages: tuple[Message, ...]
    expected: Expected
    origin: Origin
    data: tuple[tuple[str, str], ...] = ()

    @property
    def instruction(self) -> str:
        """What the user typed first, without the language before it and the tables behind."""
        return self.messages[0].content.split("\ndata ", 1)[0].split(": ", 1)[1]
