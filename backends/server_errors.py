"""What goes wrong at a server, as one sentence.

The bodies are those of OpenAI, vLLM, llama-server, Ollama, LM Studio and Text Generation
Inference: most wrap ``message``, ``type`` and ``code`` in ``error``, some have a text there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from backends.base import BackendError, ContextOverflow, ModelMissing
from backends.server_wire import Table, first, listed, number, table, words

_MOST = 300
"""Characters of a server's own message that are quoted."""

_OVERFLOWS = (
    "context_length_exceeded",
    "exceed_context_size",
    "maximum context length",
    "maximum model length",
    "exceeds the available context size",
    "exceeds the context",
    "context size has been exceeded",
    "exceeded max context length",
    "context length of only",
    "context window",
    "`inputs` tokens + `max_new_tokens`",
    "`inputs` must have less than",
    "prompt is too long",
)
_CONTEXTS = (
    r"context length is (\d+)",
    r"context length of only (\d+)",
    r"available context size \((\d+)",
    r"maximum model length of (\d+)",
    r"must be <= (\d+)",
)
_PROMPTS = (
    r"\((\d+) in the messages",
    r"request has (\d+) input tokens",
    r"messages resulted in (\d+) tokens",
    r"request \((\d+) tokens\)",
    r"prompt \(length (\d+)\)",
    r"keep the first (\d+) tokens",
    r"Given: (\d+) `inputs` tokens",
    r"prompt contains (?:at least )?(\d+) input tokens",
)
_NO_QUOTA = ("insufficient_quota", "billing_hard_limit_reached")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A server's error.

    Attributes:
        status: of HTTP; 0 where it came within an answer.
        message: in one line.
        kind: the words for machines: type, code and error_type.
        param: the field of the request that it is about; empty where it does not say.
        context: length of the model's context in tokens; None where it does not say.
        prompt: length of the conversation in tokens; None where it does not say.
    """

    status: int
    message: str
    kind: str = ""
    param: str = ""
    context: int | None = None
    prompt: int | None = None

    @property
    def overflow(self) -> bool:
        """The conversation, or conversation and answer together, do not fit into the context."""
        told = f"{self.kind} {self.message}".lower()
        return self.status in (0, 400, 413, 422, 500) and any(one in told for one in _OVERFLOWS)

    @property
    def out_of_quota(self) -> bool:
        """To wait is of no use."""
        return any(one in self.kind for one in _NO_QUOTA)


def complaint(status: int, body: str, secret: str = "") -> Complaint:
    """Read the body of an error.

    Args:
        status: of HTTP; 0 for an error within an answer.
        body: as the server sent it.
        secret: the key, which servers like to repeat: it is never passed on.
    """
    told = _object(body)
    error = table(told.get("error")) or told
    wrong = first(told.get("detail"))  # of FastAPI: where in the request, and why
    place = ".".join(str(one) for one in listed(wrong.get("loc")))
    message = words(told.get("error")) or words(error.get("message")) or words(told.get("detail"))
    message = message or f"{place}: {words(wrong.get('msg'))}".strip(": ")
    if not message and not told:
        message = "" if "<" in body[:200] else body  # the page of a proxy says nothing to people
    if secret:
        message = message.replace(secret, "…")
    kind = " ".join(str(one) for one in (error.get("type"), error.get("code"), told.get("error_type")) if one)  # fmt: skip
    line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    return Complaint(
        status or number(error.get("code")) or 0,
        line if len(line) <= _MOST else f"{line[:_MOST]}…",
        kind.lower(),
        words(error.get("param")),
        number(error.get("n_ctx")) or _count(_CONTEXTS, line),
        number(error.get("n_prompt_tokens")) or _count(_PROMPTS, line),
    )


def as_error(found: Complaint, where: str, model: str, *, keyed: bool) -> BackendError:
    """The error to raise.

    Args:
        found: what the server said.
        where: host and port.
        model: that was asked for.
        keyed: a key was sent along.
    """
    said = f": {found.message.rstrip('.')}" if found.message else ""
    if found.overflow:
        if found.prompt and found.context:
            return ContextOverflow(f"the conversation has {found.prompt} tokens and the model's context {found.context}: say less, or start it with a longer one")  # fmt: skip
        return ContextOverflow(f"the conversation is longer than the model's context, says {where}{said}")  # fmt: skip
    match found.status:
        case 401 | 403 if not keyed:
            return BackendError(f"{where} wants a key ({found.status}): set VISCODER_API_KEY to it")
        case 401 | 403:  # its words are left out: they may repeat a part of the key
            return BackendError(f"{where} refuses the key ({found.status}): is VISCODER_API_KEY the right one?")  # fmt: skip
        case 404 if "model" in f"{found.kind} {found.message}".lower():
            return ModelMissing(f"{where} has no model {model} (any more){said}")
        case 404 | 405:
            return BackendError(f"{where} answers, but nothing is served at that address: give it up to /v1")  # fmt: skip
        case 429:
            return BackendError(f"{where} takes no more requests now (429){said}")
        case 503:
            return BackendError(f"{where} is not ready (503){said}")
        case 0:
            return BackendError(f"{where} broke the answer off{said}")
        case status if 300 <= status < 400:
            return BackendError(
                f"{where} sends one on to another address ({status}): name that one"
            )
        case status:
            return BackendError(f"{where} refuses the request ({status}){said}" if status < 500 else f"{where} failed ({status}){said}")  # fmt: skip


def _object(body: str) -> Table:
    try:
        told: object = json.loads(body)
    except ValueError:
        return {}
    return table(told)


def _count(patterns: tuple[str, ...], message: str) -> int | None:
    for pattern in patterns:
        found = re.search(pattern, message)
        if found:
            return int(found[1])
    return None
