"""An answer as it comes from a server: pieces to chunks, time-outs, and whether it is whole."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from backends.base import BackendError, Chunk, Finish, Usage
from backends.server_errors import Complaint, as_error
from backends.server_patience import NotNow, Patience
from backends.server_thoughts import Thoughts
from backends.server_wire import DONE, Events, Piece, Spent, Unreadable, piece

_AFTER_END = 5.0
"""Seconds that the count of tokens is waited for once the answer is whole."""
_CUT = ("length", "max_tokens", "model_length")
_WITHHELD = ("content_filter", "abort", "error")


class Source(Protocol):
    """Where bytes come from."""

    @property
    def where(self) -> str:
        """Host and port."""
        ...

    @property
    def whole(self) -> bool:
        """Whether the answer comes as one object, not as events."""
        ...

    async def read(self, seconds: float) -> bytes | None:
        """What comes within so many seconds; None at the end.

        Raises:
            TimeoutError: nothing came.
            BackendError: the connection broke.
        """
        ...


@dataclass(slots=True)
class _Answer:
    """An answer as it grows.

    Attributes:
        began: when it was asked.
        heard: when the server last said that it reads.
        first: when the first token came; 0 before.
        last: when the last one came.
    """

    where: str
    began: float
    heard: float
    first: float = 0.0
    last: float = 0.0
    tokens: int = 0
    finish: str = ""
    done: bool = False
    spent: Spent = field(default_factory=Spent)
    thoughts: Thoughts = field(default_factory=Thoughts)

    def take(self, one: Piece) -> Iterator[Chunk]:
        """Take in a piece.

        Raises:
            BackendError: the server keeps the answer back.
        """
        if one.spent is not None:
            self.spent = one.spent.over(self.spent)
        if one.reading is not None and not self.tokens:
            self.heard = time.monotonic()
            yield Chunk("", reading=one.reading)
        if one.text or one.reasoning:
            self.last = time.monotonic()
            self.first = self.first or self.last
            self.tokens = max(self.tokens + 1, self.spent.answer or 0)
            thought, text = self.thoughts.split(one.text) if one.text else ("", "")
            yield Chunk(text, self.tokens, reasoning=one.reasoning + thought)
        if one.finish in _WITHHELD:
            raise BackendError(f"{self.where} stopped the answer ({one.finish})")
        self.finish = one.finish or self.finish

    @property
    def whole(self) -> bool:
        """Whether the server has said that it is."""
        return bool(self.finish) or self.done

    def end(self) -> Chunk:
        """The last chunk."""
        thought, text = self.thoughts.rest()
        tokens = self.spent.answer or self.tokens
        usage = Usage(
            prompt_tokens=self.spent.prompt or 0,
            cached_tokens=self.spent.cached or 0,
            answer_tokens=tokens,
            prompt_seconds=(self.first or time.monotonic()) - self.began,
            answer_seconds=self.last - self.first,
        )
        finish = Finish.LENGTH if self.finish in _CUT else Finish.STOP
        return Chunk(text, tokens, finish, usage, reasoning=thought)


async def chunks(source: Source, patience: Patience, understood: Callable[[str], Complaint], model: str, began: float) -> AsyncGenerator[Chunk, None]:  # fmt: skip
    """Read an answer.

    Args:
        source: of its bytes.
        patience: how long to wait.
        understood: reads an error.
        model: that answers.
        began: when it was asked, by `time.monotonic`: some servers say nothing at all before the
            first token.

    Raises:
        NotNow: nothing came, and another server may be asked.
        BackendError: it was cut; what came before stays valid.
        ContextOverflow: the conversation does not fit into the model's context.
    """
    answer = _Answer(source.where, began, began)
    events = Events()
    body = bytearray()
    while not answer.done:
        data = await _read(source, answer, patience)
        if source.whole:
            body += data or b""
            told = [body.decode("utf-8", "replace")] if data is None else []
        else:
            told = events.feed(data or b"", last=data is None)
        for one in told:
            if one.strip() == DONE:
                answer.done = True
                break
            for chunk in answer.take(_piece(one, answer, understood, model)):
                yield chunk
        if data is None:
            break
    if not answer.whole:
        raise _cut(answer)
    yield answer.end()


async def _read(source: Source, answer: _Answer, patience: Patience) -> bytes | None:
    if answer.finish:
        try:
            return await source.read(_AFTER_END)
        except (TimeoutError, BackendError):
            return None  # the answer is whole without the count of its tokens
    now = time.monotonic()
    since, limit = (answer.last, patience.between) if answer.tokens else (answer.heard, patience.first)  # fmt: skip
    try:
        return await source.read(max(since + limit - now, 0.0))
    except TimeoutError as error:
        more = "nothing more" if answer.tokens else "nothing"
        silent = BackendError(f"{answer.where} has written {more} for {limit:g} s")
        raise silent if answer.tokens else NotNow(silent, "broken") from error
    except BackendError as error:
        raise _cut(answer) from error


def _cut(answer: _Answer) -> BackendError | NotNow:
    if answer.tokens:
        return BackendError(f"the connection to {answer.where} was cut after {answer.tokens} tokens; what was written stays")  # fmt: skip
    return NotNow(BackendError(f"{answer.where} closed the connection before it wrote anything"), "broken")  # fmt: skip


def _piece(data: str, answer: _Answer, understood: Callable[[str], Complaint], model: str) -> Piece:
    try:
        found = piece(data)
    except Unreadable as error:
        raise BackendError(f"{answer.where} sent half of a piece after {answer.tokens} tokens; what was written stays") from error  # fmt: skip
    if found.error:
        raise as_error(understood(found.error), answer.where, model, keyed=True)
    return found


__all__ = ["Source", "chunks"]
