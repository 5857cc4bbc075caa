"""What an OpenAI-compatible server sends: server-sent events with a piece of an answer in each.

The events are those of https://html.spec.whatwg.org/multipage/server-sent-events.html, the
pieces those of https://platform.openai.com/docs/api-reference/chat/streaming, with the fields
that vLLM, llama-server, Ollama and others add.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import cast

from backends.base import Reading

Table = dict[str, object]
DONE = "[DONE]"


class Unreadable(Exception):
    """An event holds half of a piece."""


class Events:
    """Takes bytes in as they arrive, and gives the data of whole events out.

    Comments, with which servers keep a connection open, and lines that are no fields say nothing.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._line = ""
        self._data: list[str] = []

    def feed(self, data: bytes, *, last: bool = False) -> list[str]:
        """The events that are whole now.

        Args:
            data: what has arrived.
            last: nothing follows; an event without the empty line behind it counts too.
        """
        text = self._line + self._decoder.decode(data, last)
        if text.endswith("\r") and not last:  # the newline that belongs to it may follow
            lines, self._line = _lines(text[:-1]), ""
            self._line = lines.pop() + "\r"
        else:
            lines = _lines(text)
            self._line = lines.pop()
        if last:
            lines += [self._line, ""]
            self._line = ""
        found: list[str] = []
        for line in lines:
            if not line and self._data:
                found.append("\n".join(self._data))
                self._data = []
            elif line.startswith(("data:", "error:")):  # llama-server has written the second
                self._data.append(line.partition(":")[2].removeprefix(" "))
        return found


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@dataclass(frozen=True, slots=True)
class Spent:
    """The tokens that a server counted; None where it does not say."""

    prompt: int | None = None
    cached: int | None = None
    answer: int | None = None

    def over(self, before: Spent) -> Spent:
        """These counts, and those told `before` where these say nothing."""
        return Spent(
            _either(self.prompt, before.prompt),
            _either(self.cached, before.cached),
            _either(self.answer, before.answer),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """What one event says.

    Attributes:
        text: added to the answer.
        reasoning: added to what the model thinks.
        finish: the server's word for why the answer ended.
        spent: tokens so far.
        reading: how far the conversation is read.
        error: the server's complaint instead of a piece, as it stands.
    """

    text: str = ""
    reasoning: str = ""
    finish: str = ""
    spent: Spent | None = None
    reading: Reading | None = None
    error: str = ""


def piece(data: str) -> Piece:
    """Read the data of an event; what is no JSON object at all says nothing.

    Raises:
        Unreadable: it is half of an object.
    """
    if not data.lstrip().startswith("{"):
        return Piece()
    try:
        told = table(json.loads(data))
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if told.get("error") or told.get("object") == "error" or ("choices" not in told and "message" in told):  # fmt: skip
        return Piece(error=data)
    choice = first(told.get("choices"))
    said = table(choice.get("delta")) or table(choice.get("message"))
    reasoning = words(said.get("reasoning_content")) or words(said.get("reasoning"))
    finish = choice.get("finish_reason")
    return Piece(
        text=words(said.get("content")),
        reasoning=reasoning,
        finish=finish if isinstance(finish, str) else "",
        spent=_spent(told),
        reading=_reading(told),
    )


def _spent(told: Table) -> Spent | None:
    usage, timings = table(told.get("usage")), table(told.get("timings"))
    if not usage and not timings:
        return None
    details = table(usage.get("prompt_tokens_details"))
    return Spent(
        prompt=number(usage.get("prompt_tokens")),
        cached=_either(number(details.get("cached_tokens")), number(timings.get("cache_n"))),
        answer=_either(number(usage.get("completion_tokens")), number(timings.get("predicted_n"))),
    )


def _reading(told: Table) -> Reading | None:
    progress = table(told.get("prompt_progress"))
    total, done = number(progress.get("total")), number(progress.get("processed"))
    return Reading(min(done, total), total) if total and done is not None else None


def _either(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def table(value: object) -> Table:
    """`value` if it is a JSON object, else an empty one."""
    return cast("Table", value) if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """`value` if it is a JSON array, else an empty one."""
    return cast("list[object]", value) if isinstance(value, list) else []


def first(value: object) -> Table:
    """The first object of an array, else an empty one."""
    return table(next(iter(listed(value)), None))


def number(value: object) -> int | None:
    """`value` if it is a count."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def words(value: object) -> str:
    """A text, or the texts of a list of parts."""
    if isinstance(value, str):
        return value
    return "".join(words(table(one).get("text")) for one in listed(value))
