"""What a server is asked, in the words that it takes."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

from backends.base import Message, Sampling
from backends.server_errors import Complaint
from backends.server_models import Offer

_OPTIONAL = ("stream_options", "seed", "top_p", "temperature", "max_tokens", "return_progress")
_GRAMMARS = {"vllm": "structured_outputs", "llamacpp": "grammar", "me": "grammar"}
"""Where a server takes a grammar, by the name under which it lists its models: vLLM, llama-server and
llama-cpp-python's own. Others are not sent one, for some refuse what they do not know."""
_RENAMED = {"max_tokens": "max_completion_tokens"}
_ABOUT_GRAMMAR = re.compile(r"grammar|structured|guided|gbnf|lark", re.IGNORECASE)
_LEAST_ROOM = 16
"""Tokens; an answer that must be shorter is none."""


def _content(message: Message) -> str | list[dict[str, object]]:
    """A text, or a text with pictures behind it: platform.openai.com/docs/guides/images-vision."""
    if not message.pictures:
        return message.content
    parts: list[dict[str, object]] = [{"type": "text", "text": message.content}]
    for picture in message.pictures:
        data = base64.b64encode(picture.read_bytes()).decode()
        parts.append({"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}})
    return parts


@dataclass(slots=True)
class Request:
    """A conversation to be answered, sent again in other words where a server wants others.

    Attributes:
        offer: the model.
        messages: the conversation.
        sampling: how it is to be answered.
        unwanted: fields that the server does not take, and what it calls them instead; empty
            where it has nothing like it.
    """

    offer: Offer
    messages: tuple[Message, ...]
    sampling: Sampling
    unwanted: dict[str, str] = field(default_factory=dict[str, str])
    _room: int = 0

    def body(self) -> dict[str, object]:
        """The request as JSON."""
        sampling = self.sampling
        fields: dict[str, object] = {
            "model": self.offer.name,
            "messages": [{"role": one.role, "content": _content(one)} for one in self.messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "max_tokens": min(sampling.max_tokens, self._room or sampling.max_tokens),
        }
        if self.offer.owner == "llamacpp":
            fields["return_progress"] = True
        place = _GRAMMARS.get(self.offer.owner)
        if sampling.grammar and place is not None:
            fields[place] = (
                sampling.grammar if place == "grammar" else {"grammar": sampling.grammar}
            )
        for name, other in self.unwanted.items():
            value = fields.pop(name, None)
            if other and value is not None:
                fields[other] = value
        return fields

    def learns(self, found: Complaint) -> bool:
        """Whether the server's complaint says how to ask so that it answers."""
        if found.overflow:
            room = (found.context or 0) - (found.prompt or 0)
            return bool(found.prompt) and self._shorter(room)
        if found.status not in (400, 422):
            return False
        most = re.search(r"at most (\d+)", found.message)
        if most and found.param in ("max_tokens", "max_completion_tokens"):
            return self._shorter(int(most[1]))
        place = _GRAMMARS.get(self.offer.owner)
        if self.sampling.grammar and place is not None and place not in self.unwanted and _ABOUT_GRAMMAR.search(f"{found.param} {found.message}"):  # fmt: skip
            self.unwanted[place] = ""
            return True
        for name in _OPTIONAL:
            named = found.param == name or re.search(rf"\b{name}\b", found.message)
            if named and name not in self.unwanted:
                other = _RENAMED.get(name, "")
                self.unwanted[name] = other if other and other in found.message else ""
                return True
        return False

    def _shorter(self, room: int) -> bool:
        """Ask for an answer that fits into `room` tokens, if it was to be longer."""
        if room < _LEAST_ROOM or room >= (self._room or self.sampling.max_tokens):
            return False
        self._room = room
        return True
