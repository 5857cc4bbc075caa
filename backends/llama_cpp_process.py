"""The process in which llama.cpp runs: ``python -m backends.llama_cpp_process``.

It speaks JSON, one object a line: requests on stdin, events on what was stdout. Everything
llama.cpp prints itself goes to stderr, which the parent points at a log file. It ends when its
stdin ends, so it never outlives the parent.

Requests: ``{"do": "load", …}``, ``{"do": "answer", "id", "messages", "sampling"}``,
``{"do": "cancel", "id"}``. Events carry the ``id`` they belong to.
"""

from __future__ import annotations

import codecs
import ctypes
import importlib.util
import json
import os
import queue
import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backends import gguf_file
from backends.base import ContextOverflow, ModelMissing
from backends.chat_template import ChatTemplate


def _import_native() -> Any:
    """llama-cpp-python's ctypes bindings alone: its package imports four times as much."""
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.submodule_search_locations is None:
        raise ModelMissing("llama-cpp-python is not installed: pip install llama-cpp-python")
    package = types.ModuleType("llama_cpp")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["llama_cpp"] = package
    return importlib.import_module("llama_cpp.llama_cpp")


class Cancellation:
    """A flag that llama.cpp itself looks at, between two operations of its graph.

    llama.cpp takes a C function for that and calls it thousands of times a second; a Python
    function would cost more than the work. libc's ``strlen`` of a two-byte buffer is such a
    function: not zero as soon as the first byte is not.
    """

    def __init__(self) -> None:
        self.buffer = ctypes.create_string_buffer(2)
        self.function = ctypes.cast(ctypes.CDLL(None).strlen, ctypes.c_void_p)
        self.answering = ""
        self.lock = threading.Lock()

    @property
    def asked(self) -> bool:
        """Whether the answer under way is to stop."""
        return self.buffer.raw[0] != 0

    def begin(self, answer: str) -> None:
        """An answer begins."""
        with self.lock:
            self.answering = answer
            self.buffer[0] = b"\0"

    def ask(self, answer: str) -> None:
        """Stop that answer, if it is the one under way."""
        with self.lock:
            if answer == self.answering:
                self.buffer[0] = b"\1"


class Model:
    """A loaded model with one conversation in its cache."""

    def __init__(self, path: Path, threads: int, context: int, cancellation: Cancellation) -> None:
        self.file = gguf_file.read(path)
        self.native = native = _import_native()
        self.cancellation = cancellation
        native.llama_backend_init()
        options = native.llama_model_default_params()
        options.n_gpu_layers = -1
        if self.file.has_q8_0 and _has_amx():
            # llama.cpp's AMX kernels crash on q8_0 weights: ggml-org/llama.cpp#20824.
            options.use_extra_bufts = False
        self.model = native.llama_model_load_from_file(str(path).encode(), options)
        if not self.model:
            raise ModelMissing(f"llama.cpp cannot load {path}: the log says why")
        self.vocab = native.llama_model_get_vocab(self.model)
        trained = native.llama_model_n_ctx_train(self.model)
        settings = native.llama_context_default_params()
        settings.n_ctx = min(context, trained) if context else min(trained, 8192)
        settings.n_batch = min(512, settings.n_ctx)
        settings.n_threads = settings.n_threads_batch = threads
        settings.no_perf = True
        self.context = native.llama_init_from_model(self.model, settings)
        if not self.context:
            raise ModelMissing(f"there is not enough memory for {path} with a context of {settings.n_ctx} tokens")  # fmt: skip
        self.length: int = native.llama_n_ctx(self.context)
        self.batch: int = settings.n_batch
        self.memory = native.llama_get_memory(self.context)
        callback = ctypes.cast(cancellation.function, native.ggml_abort_callback)
        native.llama_set_abort_callback(self.context, callback, ctypes.cast(cancellation.buffer, ctypes.c_void_p))  # fmt: skip
        template = native.llama_model_chat_template(self.model, None)
        self.template = ChatTemplate(
            template.decode() if template else None,
            bos=self.piece(native.llama_vocab_bos(self.vocab), special=True).decode(),
            eos=self.piece(native.llama_vocab_eos(self.vocab), special=True).decode(),
        )
        self.cached: list[int] = []

    def info(self) -> dict[str, Any]:
        """What the parent is told once the model is loaded."""
        metadata = self.file.metadata
        return {
            "name": str(metadata.get("general.name", "")),
            "prompt_style": str(metadata.get("viscoder.prompt_style", "full")),
            "context": self.length,
        }

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """Tokens of `text`; control tokens are recognized in it only where `special`."""
        data = text.encode()
        room = len(data) + 8
        found = (self.native.llama_token * room)()
        count = self.native.llama_tokenize(self.vocab, data, len(data), found, room, False, special)
        if count < 0:
            found = (self.native.llama_token * -count)()
            count = self.native.llama_tokenize(self.vocab, data, len(data), found, -count, False, special)  # fmt: skip
        return list(found[:count])

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """The bytes of a token, however many."""
        if token < 0:
            return b""
        buffer = ctypes.create_string_buffer(64)
        size = self.native.llama_token_to_piece(self.vocab, token, buffer, 64, 0, special)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = self.native.llama_token_to_piece(self.vocab, token, buffer, -size, 0, special)
        return buffer.raw[:size]

    def prompt(self, messages: list[dict[str, str]]) -> list[int]:
        """The conversation as tokens. What people and tools wrote never becomes a control token."""
        tokens: list[int] = []
        for text, is_content in self.template.parts(messages):
            tokens += self.tokens(text, special=not is_content)
        bos = self.native.llama_vocab_bos(self.vocab)
        if self.native.llama_vocab_get_add_bos(self.vocab) and tokens[:1] != [bos]:
            tokens.insert(0, bos)
        return tokens

    def feed(self, tokens: list[int], told: Callable[[], None] = lambda: None) -> bool:
        """Let the model read `tokens` behind what it has read; False when it was cancelled.

        Args:
            tokens: to be read, in pieces of the context's batch.
            told: called behind each piece.
        """
        for begin in range(0, len(tokens), self.batch):
            part = tokens[begin : begin + self.batch]
            array = (self.native.llama_token * len(part))(*part)
            status = self.native.llama_decode(self.context, self.native.llama_batch_get_one(array, len(part)))  # fmt: skip
            if status != 0 or self.cancellation.asked:
                self.forget(len(self.cached))
                if status in (0, 2):
                    return False
                raise RuntimeError(f"llama.cpp could not read the conversation (status {status})")
            self.cached += part
            told()
        return True

    def forget(self, keep: int) -> None:
        """Drop the cache behind the first `keep` tokens."""
        if not self.native.llama_memory_seq_rm(self.memory, 0, keep, -1):
            self.native.llama_memory_clear(self.memory, True)
            keep = 0
        del self.cached[keep:]

    def sampler(self, sampling: dict[str, Any]) -> Any:
        """A chain that chooses tokens."""
        native = self.native
        chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
        if sampling["temperature"] <= 0:
            native.llama_sampler_chain_add(chain, native.llama_sampler_init_greedy())
            return chain
        # Temperature first, as vLLM has it: cut before it is applied, a model that is sure of itself
        # keeps one token only, and no heat would make it say anything else.
        native.llama_sampler_chain_add(chain, native.llama_sampler_init_temp(sampling["temperature"]))  # fmt: skip
        native.llama_sampler_chain_add(chain, native.llama_sampler_init_top_p(sampling["top_p"], 1))
        native.llama_sampler_chain_add(chain, native.llama_sampler_init_min_p(0.05, 1))
        native.llama_sampler_chain_add(chain, native.llama_sampler_init_dist(sampling["seed"] & 0xFFFFFFFF))  # fmt: skip
        return chain


def _has_amx() -> bool:
    try:
        return "amx_int8" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


class Server:
    """Reads requests, answers them one at a time."""

    def __init__(self) -> None:
        self.events = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self.requests: queue.Queue[dict[str, Any]] = queue.Queue()
        self.cancellation = Cancellation()
        self.model: Model | None = None

    def serve(self) -> None:
        """Until stdin ends."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            request = self.requests.get()
            try:
                if request["do"] == "load":
                    self._load(request)
                else:
                    self._answer(request)
            except (ModelMissing, ContextOverflow) as error:
                self._tell(request, "error", kind=type(error).__name__, message=str(error))
            except Exception as error:
                self._tell(request, "error", kind="BackendError", message=f"llama.cpp failed: {error}")  # fmt: skip

    def _listen(self) -> None:
        for line in sys.stdin:
            request = json.loads(line)
            if request["do"] == "cancel":
                self.cancellation.ask(request["id"])
            else:
                self.requests.put(request)
        os._exit(0)

    def _tell(self, request: dict[str, Any], event: str, **content: Any) -> None:
        line = json.dumps({"id": request.get("id", ""), "event": event, **content})
        self.events.write(line + "\n")
        self.events.flush()

    def _load(self, request: dict[str, Any]) -> None:
        self.model = Model(Path(request["path"]), request["threads"], request["context"], self.cancellation)  # fmt: skip
        self._tell(request, "loaded", **self.model.info())

    def _answer(self, request: dict[str, Any]) -> None:
        model = self.model
        assert model is not None
        self.cancellation.begin(request["id"])
        prompt = model.prompt(request["messages"])
        if len(prompt) >= model.length:
            raise ContextOverflow(f"the conversation has {len(prompt)} tokens and the model's context {model.length}: shorten the request or choose a model with a longer context")  # fmt: skip
        shared = 0
        for mine, theirs in zip(model.cached, prompt, strict=False):
            if mine != theirs:
                break
            shared += 1
        shared = min(shared, len(prompt) - 1)
        model.forget(shared)
        shared = len(model.cached)
        began = time.perf_counter()

        def told() -> None:
            self._tell(request, "reading", read=len(model.cached), tokens=len(prompt))

        told()
        if not model.feed(prompt[shared:], told):
            self._tell(request, "cancelled")
            return
        read = time.perf_counter()
        count, finish = self._write(request, model, request["sampling"])
        usage = {
            "prompt_tokens": len(prompt),
            "cached_tokens": shared,
            "answer_tokens": count,
            "prompt_seconds": read - began,
            "answer_seconds": time.perf_counter() - read,
        }
        if finish == "cancelled":
            self._tell(request, "cancelled")
        else:
            self._tell(request, "finished", finish=finish, usage=usage)

    def _write(self, request: dict[str, Any], model: Model, sampling: dict[str, Any]) -> tuple[int, str]:  # fmt: skip
        native, decoder = model.native, codecs.getincrementaldecoder("utf-8")("replace")
        sampler = model.sampler(sampling)
        count = 0
        try:
            while True:
                if self.cancellation.asked:
                    return count, "cancelled"
                if count >= sampling["max_tokens"] or len(model.cached) >= model.length:
                    return count, "length"
                token = native.llama_sampler_sample(sampler, model.context, -1)
                if native.llama_vocab_is_eog(model.vocab, token):
                    return count, "stop"
                count += 1
                text = decoder.decode(model.piece(token))
                if text:
                    self._tell(request, "text", text=text, tokens=count)
                if not model.feed([token]):
                    return count, "cancelled"
        finally:
            native.llama_sampler_free(sampler)


if __name__ == "__main__":
    Server().serve()
