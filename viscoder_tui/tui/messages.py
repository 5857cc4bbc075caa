"""What the panes tell the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Submitted(Message):
    """The user sent what stands in the prompt."""

    text: str


@dataclass
class DraftChanged(Message):
    """The user typed in the prompt."""

    text: str


@dataclass
class JumpTo(Message):
    """A place of a round's program is to be shown.

    Attributes:
        task: number of the task.
        round: number of the round.
        line: counted from 1; None for the program as a whole.
        column: counted from 1.
    """

    task: int
    round: int
    line: int | None = None
    column: int | None = None


@dataclass
class Edited(Message):
    """The user changed the program."""
