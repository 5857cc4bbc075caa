"""Reasoning that a model writes in front of its answer, between ``<think>`` and ``</think>``."""

from __future__ import annotations

_OPENING, _CLOSING = "<think>", "</think>"


class Thoughts:
    """Takes an answer apart as it is written: what was thought, and what is answered.

    Only what stands at the very beginning is thought: further behind the words are the answer's.
    """

    def __init__(self) -> None:
        self._held = ""
        self._inside: bool | None = None
        """Whether it is being thought; None before that is known."""

    def split(self, text: str) -> tuple[str, str]:
        """Take in what was written.

        Returns:
            What is thought and what is answered; either may come with a later call, as long as a
            mark may have begun.
        """
        if self._inside is False:
            return "", text
        self._held += text
        if self._inside is None:
            start = self._held.lstrip()
            if start.startswith(_OPENING):
                self._inside, self._held = True, start[len(_OPENING) :]
            elif _OPENING.startswith(start):
                return "", ""
            else:
                return "", self._answer(self._held)
        thought, mark, answer = self._held.partition(_CLOSING)
        if mark:
            return thought, self._answer(answer)
        kept = _begun(self._held)
        self._held, thought = self._held[len(self._held) - kept :], self._held[: len(self._held) - kept]  # fmt: skip
        return thought, ""

    def rest(self) -> tuple[str, str]:
        """What is held back when nothing more follows, as `split` returns it."""
        held, self._held = self._held, ""
        return (held, "") if self._inside else ("", held)

    def _answer(self, text: str) -> str:
        self._inside, self._held = False, ""
        return text


def _begun(text: str) -> int:
    """How many letters at the end may be the beginning of the closing mark."""
    for length in range(min(len(_CLOSING) - 1, len(text)), 0, -1):
        if _CLOSING.startswith(text[-length:]):
            return length
    return 0
