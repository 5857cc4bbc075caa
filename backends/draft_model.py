"""A small model that guesses what a large one will write (Leviathan et al., arXiv:2211.17192).

Reading a guess of eight tokens costs the large model little more than writing one. It keeps what it
would have written itself, so the answer is its own; only greedy guesses are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from backends.lookup import Lookup

_MOST = 8
"""Tokens of a guess."""


class Guesser(Protocol):
    """What a small model must be able to do."""

    cached: list[int]
    length: int

    def feed(self, tokens: list[int]) -> bool:
        """Read tokens."""
        ...

    def forget(self, keep: int) -> None:
        """Drop what was read behind the first tokens."""
        ...

    def likeliest(self) -> int:
        """The token that is likeliest to follow what was read."""
        ...


class Drafts:
    """Guesses of a small model, and of what stood before where that is longer.

    Args:
        model: the small one.
        tokens: the conversation.
    """

    def __init__(self, model: Guesser, tokens: Iterable[int]) -> None:
        self._model = model
        self._tokens = list(tokens)
        self._lookup = Lookup(self._tokens)

    def add(self, token: int) -> None:
        """One more token stands in the conversation."""
        self._tokens.append(token)
        self._lookup.add(token)

    def draft(self) -> list[int]:
        """What may follow the last token."""
        stood = self._lookup.draft()
        return stood if len(stood) >= _MOST else self._guessed()

    def learn(self, drafted: int, kept: int) -> None:
        """How the last draft went; see `Lookup.learn`."""
        self._lookup.learn(drafted, kept)

    def _guessed(self) -> list[int]:
        model, tokens = self._model, self._tokens
        if len(tokens) + _MOST > model.length:
            return []
        same = 0
        for mine, theirs in zip(model.cached, tokens[:-1], strict=False):
            if mine != theirs:
                break
            same += 1
        model.forget(same)
        if not model.feed(tokens[len(model.cached) :]):
            return []
        guessed = [model.likeliest()]
        while len(guessed) < _MOST and model.feed(guessed[-1:]):
            guessed.append(model.likeliest())
        return guessed
