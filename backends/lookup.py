"""Guessing what a model will write next from what stands in the conversation already.

A correction repeats most of the program that it corrects. Where the last tokens have stood before,
what followed them then is likely to follow now; the model reads such a draft in one go, which
costs little more than reading one token, and keeps of it what it would have written itself. The
answer is the same with and without (Saxena, "Prompt Lookup Decoding", 2023; Yang et al.,
"Inference with Reference", arXiv:2304.04487).
"""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST, _SHORTEST = 4, 2
"""Tokens that must have stood before in the same order; the longest such run tells most."""
MOST_DRAFTED = 24
"""Tokens of a draft, at most: more where drafts are right, fewer where they are wrong."""
_LEAST, _FIRST = 2, 8


class Lookup:
    """The tokens of a conversation and of its growing answer, with where each run of them stood.

    Args:
        tokens: the conversation.
    """

    def __init__(self, tokens: Iterable[int]) -> None:
        self._tokens: list[int] = []
        self._after: dict[tuple[int, ...], int] = {}
        self._most = _FIRST
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """One more token stands in it."""
        # What ends here is entered once something follows it, so that nothing finds itself.
        at = len(self._tokens)
        for length in range(_SHORTEST, _LONGEST + 1):
            if at >= length:
                self._after[tuple(self._tokens[at - length :])] = at
        self._tokens.append(token)

    def draft(self) -> list[int]:
        """What may follow the last token; nothing where it never stood before."""
        for length in range(_LONGEST, _SHORTEST - 1, -1):
            if len(self._tokens) < length:
                continue
            after = self._after.get(tuple(self._tokens[-length:]))
            if after is not None:
                return self._tokens[after : after + self._most]
        return []

    def learn(self, drafted: int, kept: int) -> None:
        """How the last draft went.

        Args:
            drafted: tokens of it.
            kept: how many of them were right, from the first on.
        """
        if kept == drafted:
            self._most = min(MOST_DRAFTED, self._most * 2)
        elif kept < drafted // 2:
            self._most = max(_LEAST, self._most // 2)
