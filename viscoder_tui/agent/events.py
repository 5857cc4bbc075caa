"""What the loop yields. Every face (one-shot, plain, full-screen, benchmark) consumes these
and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backends.base import Finish, Usage
from runners.base import Program, Run


@dataclass(frozen=True, slots=True)
class Repair:
    """A mend that needed no model.

    Attributes:
        name: of the repair, e.g. ``close_fence``.
        message: what was wrong and what was done, one line.
    """

    name: str
    message: str


Aspect = Literal["number", "name", "title", "colour", "extra number", "fault", "warning"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was asked for and is not there, or is there and was not asked for.

    Also what makes a picture doubtful by itself: a fault that is seen in it, a warning of the tool.

    Attributes:
        aspect: what kind of thing it is; ``extra number`` is one that nobody asked for, and
            a ``fault`` is what a model found that looked at the picture, a ``warning`` what the
            tool said that drew it.
        value: the thing itself, as it stands in the request (or in the program); empty where
            asking the model again would not mend it.
        message: one line for people.
    """

    aspect: Aspect
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """The model is about to be asked.

    Attributes:
        round: 0 is the first answer.
        rounds: how many corrections there may be (N).
        context: length of the model's context in tokens; 0 where it is not known.
    """

    round: int
    rounds: int
    context: int = 0


@dataclass(frozen=True, slots=True)
class PromptRead:
    """The model has read `read` of the `tokens` tokens of the conversation so far."""

    read: int
    tokens: int


@dataclass(frozen=True, slots=True)
class ThoughtStreamed:
    """The model thinks before it answers; `text` is never code. `tokens` counts this round's so
    far."""

    text: str
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class TextStreamed:
    """The model wrote some more. `tokens` counts this round's so far."""

    text: str
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class CodeReady:
    """The answer is whole and its code was taken out of it.

    Attributes:
        answer: the whole answer as the model wrote it.
        source: the code, before repairs.
        prose: what stands around the code.
        finish: why the model stopped.
        usage: what it cost.
    """

    round: int
    answer: str
    source: str
    prose: str
    finish: Finish
    usage: Usage


@dataclass(frozen=True, slots=True)
class Repaired:
    """Repairs changed the source; `source` is what it became."""

    round: int
    repairs: tuple[Repair, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The program is about to be run."""

    round: int
    program: Program


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The program was run; `doubts` are the fidelity check's, where it rendered."""

    round: int
    run: Run
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Solved:
    """There is a picture. `round` says whose; it need not be the last."""

    round: int
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class GaveUp:
    """No picture, and no round, token or second is left, or the model repeats itself."""

    round: int
    reason: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The user stopped it."""

    round: int


@dataclass(frozen=True, slots=True)
class BackendFailed:
    """The backend broke; `message` is one sentence."""

    round: int
    message: str


Event = (
    RoundStarted
    | PromptRead
    | ThoughtStreamed
    | TextStreamed
    | CodeReady
    | Repaired
    | RunStarted
    | RunFinished
    | Solved
    | GaveUp
    | Cancelled
    | BackendFailed
)
