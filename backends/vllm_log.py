"""What vLLM's log means to people: how far a start is, and why it came to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backends.base import BackendError, ModelMissing

if TYPE_CHECKING:
    from backends.vllm_process import Environment

_STEPS = (
    (re.compile(r"Fetching \d+ files: +(\d+%)|Downloading|Time spent downloading"), "fetching the model"),
    (re.compile(r"Initializing a V\d LLM engine"), "starting the engine"),
    (re.compile(r"Starting to load model|Loading weights"), "loading the weights"),
    (re.compile(r"[Ll]oading safetensors checkpoint shards: +(\d+%)"), "loading the weights"),
    (re.compile(r"Dynamo bytecode|Compiling a graph|[Ss]tart compiling|Warming up"), "compiling"),
    (re.compile(r"Capturing CUDA graphs?[^\r\n]*?(\d+%)|Capturing"), "capturing graphs"),
    (re.compile(r"KV cache (?:size|space)|init engine"), "making room for conversations"),
    (re.compile(r"Started server process|Starting vLLM (?:API )?server"), "almost ready"),
)  # fmt: skip
_WRONG_VALUE = re.compile(r"Value error, (.+?)(?: \[type=|[\r\n])")
"""Of pydantic, whose own first line says nothing."""
_ERROR = re.compile(r"(?:^|\s)(?:\w+\.)*(\w*(?:Error|Exception)\b: .+)")
_MEMORY = re.compile(
    r"OutOfMemoryError|out of memory|MemoryError|Cannot allocate memory|No available memory for the cache"
    r"|less than desired (?:GPU|CPU) memory|KV cache is needed, which is larger|bad_alloc",
)
_NO_MODEL = re.compile(
    r"RepositoryNotFound|Repository Not Found|is not a valid model identifier|Invalid repository ID"
    r"|not a local folder|GatedRepo|LocalEntryNotFound|[Cc]an't load the configuration|couldn't connect to",
)
_LONGEST = 300
_KILLED = 128 + 9


def step(news: str) -> str:
    """What a server that starts does now, as the newest lines of its log say; empty for nothing
    that people want to know."""
    found, place = "", -1
    for pattern, words in _STEPS:
        for match in pattern.finditer(news):
            if match.start() > place:
                place = match.start()
                done = match[1] if match.re.groups else None
                found = f"vLLM · {words}" + (f" · {done}" if done else "")
    return found


def fault(said: str, environment: Environment, model: str, status: int) -> BackendError:
    """Why vLLM has ended, in one sentence.

    Args:
        said: its whole log.
        environment: where it is installed.
        model: what it was to serve.
        status: its exit status, as a shell tells it.
    """
    python, log = environment.python, environment.log
    if re.search(r"No module named '?vllm'?\b|No module named .vllm\.", said):
        return BackendError(f"there is no vLLM beside {python}: {python} -m pip install vllm, or name another as python in [backends.vllm]")  # fmt: skip
    unknown = re.search(r"error: (unrecognized arguments: [^\r\n]+|argument [^\r\n]+)", said)
    if unknown:
        return BackendError(f"vLLM does not take what [backends.vllm] says: {_short(unknown[1])}")
    unfit = re.search(r"Model architectures \[([^\]]*)\] (?:are not supported|failed)", said)
    if unfit:
        return ModelMissing(f"vLLM does not know models of the kind {unfit[1]}, such as {model}: choose another")  # fmt: skip
    longest = re.search(r"max_model_len \((\d+)\) is greater than the derived max_model_len \([^=)]*=(\d+)", said)  # fmt: skip
    if longest:
        return BackendError(f"{model} has a context of {longest[2]} tokens, and max_length in [backends.vllm] is {longest[1]}: lower it")  # fmt: skip
    if _MEMORY.search(said):
        return BackendError(f"there is not enough memory for {model} in vLLM: lower max_length, raise gpu_memory or tensor_parallel in [backends.vllm], or take a smaller model; its log is {log}")  # fmt: skip
    if _NO_MODEL.search(said):
        return ModelMissing(f"vLLM finds no model {model}: is the name right, is the hub within reach? Its log is {log}")  # fmt: skip
    if status == _KILLED:
        return BackendError(f"vLLM was killed while it started, perhaps for want of memory; its log is {log}")  # fmt: skip
    errors = _WRONG_VALUE.findall(said) or _ERROR.findall(said)
    # The first says why; what follows says that somebody else could not go on.
    why = f" ({_short(errors[0])})" if errors else ""
    return BackendError(f"vLLM could not start{why}; its log is {log}")


def _short(text: str) -> str:
    """A piece of a log, which is data and never an escape."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text).strip()
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
