"""Where code comes from: the words that every backend shares."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation.

    Attributes:
        role: whose turn.
        content: what is said.
        pictures: PNG files to be looked at, by a model that sees.
    """

    role: Role
    content: str
    pictures: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen.

    Attributes:
        temperature: 0 is greedy.
        top_p: nucleus, 0 to 1.
        seed: the same seed, model and messages give the same answer.
        max_tokens: the answer ends after so many, with `Finish.LENGTH`.
        grammar: the form that the answer must have, in llama.cpp's GBNF with the rule ``root``; empty
            for any. A backend that cannot hold a model to it lets it write freely.
    """

    temperature: float = 0.0
    top_p: float = 0.95
    seed: int = 0
    max_tokens: int = 4096
    grammar: str = ""


class Finish(StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    LENGTH = "length"
    """The token budget or the context is used up; the answer is cut."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost.

    Attributes:
        prompt_tokens: length of the whole conversation in tokens.
        cached_tokens: how many of them were taken from the prompt cache.
        answer_tokens: tokens written.
        prompt_seconds: time to read the prompt.
        answer_seconds: time to write the answer.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    answer_tokens: int = 0
    prompt_seconds: float = 0.0
    answer_seconds: float = 0.0

    @property
    def tokens_per_second(self) -> float:
        """Speed of writing; 0 before anything is written."""
        return self.answer_tokens / self.answer_seconds if self.answer_seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the model is in reading the conversation, in tokens."""

    read: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an answer as it is written.

    Attributes:
        text: what was added; may be empty.
        tokens: how many tokens were written so far.
        finish: set on the last chunk alone.
        usage: set on the last chunk alone.
        reading: before anything is written, from backends that can tell.
        reasoning: what the model thinks before it answers, where that is told apart; never code.
    """

    text: str
    tokens: int = 0
    finish: Finish | None = None
    usage: Usage | None = None
    reading: Reading | None = None
    reasoning: str = ""


PromptStyle = Literal["full", "compact"]
"""How much a model is told: ``full`` for general models (a system prompt with the language's
guide), ``compact`` for models trained by this project on the bare request."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a loaded model says of itself.

    Attributes:
        name: as shown to people.
        context: length of the context in tokens.
        prompt_style: which prompts it wants.
        embedded: it is the small model that ships in the package.
        doubt: a sentence where it may hardly run here; empty where nothing is to be feared.
        may_see: it may be shown pictures; a server says no if its model is blind.
    """

    name: str
    context: int
    prompt_style: PromptStyle = "full"
    embedded: bool = False
    doubt: str = ""
    may_see: bool = False


class Backend(Protocol):
    """A model that answers conversations, one at a time."""

    async def load(self) -> ModelInfo:
        """Wait until the model can answer; may be called again.

        Raises:
            BackendError: it cannot be loaded.
        """
        ...

    def stream(
        self, messages: tuple[Message, ...], sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        """Answer the conversation. Closing the generator stops the model within 100 ms.

        Raises:
            BackendError: the backend broke; what was streamed so far stays valid.
            ContextOverflow: the conversation does not fit into the model's context.
        """
        ...

    async def close(self) -> None:
        """Free the model."""
        ...


@runtime_checkable
class Announcing(Protocol):
    """A backend that takes so long to load that it says what it does meanwhile."""

    def listen(self, hear: Callable[[str], None]) -> None:
        """Have `hear` told, a few words at a time, until the model can answer."""
        ...


def listen(backend: Backend, hear: Callable[[str], None]) -> None:
    """Have `hear` told what `backend` does while it loads, if it tells."""
    if isinstance(backend, Announcing):
        backend.listen(hear)


class BackendError(Exception):
    """The model or its server failed; the text is one sentence for the user."""


class ModelMissing(BackendError):
    """There is no such model file, or it is no model."""


class ContextOverflow(BackendError):
    """The conversation is longer than the model's context."""
