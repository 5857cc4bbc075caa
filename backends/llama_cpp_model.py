"""A model in llama.cpp, through its C interface: loaded, read to, sampled from, stopped."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from backends import fit, gguf_file
from backends.base import ModelMissing
from backends.chat_template import ChatTemplate
from backends.draft_model import Drafts
from backends.llama_cpp_options import MOST_CONTEXT, MOST_READ, LlamaOptions
from backends.llama_cpp_sampling import Chooser
from backends.lookup import MOST_DRAFTED, Lookup


@cache
def _import_native() -> Any:
    """llama-cpp-python's ctypes bindings alone: its package imports four times as much."""
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or spec.submodule_search_locations is None:
        raise ModelMissing("llama-cpp-python is not installed: pip install llama-cpp-python")
    package = types.ModuleType("llama_cpp")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["llama_cpp"] = package
    return importlib.import_module("llama_cpp.llama_cpp")


_FLASH_ATTENTION = {"auto": -1, "off": 0, "on": 1}
"""``enum llama_flash_attn_type``."""
_CACHE_TYPES = {"f16": 1, "q8_0": 8, "q4_0": 2}
"""Of ``enum ggml_type``."""
_LOOKED_AT, _PADDING = 200, 128
"""Of two vocabularies: so many tokens are compared, and so many unused ones may stand at an end."""
_MOST_WRITTEN = 16
"""Answers whose tokens are kept."""
_DEBUG = 1
"""Of ``enum ggml_log_level``."""


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

    def __init__(self, path: Path, options: LlamaOptions, cancellation: Cancellation) -> None:
        self.file = gguf_file.read(path)
        self.doubt = fit.doubt(path, self.file.metadata, options)
        if self.doubt is not None and self.doubt.certain:
            raise ModelMissing(self.doubt.sentence)
        self.native = native = _import_native()
        self.cancellation = cancellation
        _say_less(native)
        native.llama_backend_init()
        loading = native.llama_model_default_params()
        loading.n_gpu_layers = options.gpu_layers
        if self.file.has_q8_0 and _has_amx():
            # llama.cpp's AMX kernels crash on q8_0 weights: ggml-org/llama.cpp#20824.
            loading.use_extra_bufts = False
        self.model = native.llama_model_load_from_file(str(path).encode(), loading)
        if not self.model:
            raise ModelMissing(f"llama.cpp cannot load {path}: the log says why")
        self.vocab = native.llama_model_get_vocab(self.model)
        settings = self._settings(options)
        self.context = native.llama_init_from_model(self.model, settings)
        if not self.context:
            raise ModelMissing(f"{path} cannot be used with a context of {settings.n_ctx} tokens: there is not enough memory, or it cannot do what the settings ask (kv_cache {options.kv_cache}, flash_attention {options.flash_attention})")  # fmt: skip
        self.length: int = native.llama_n_ctx(self.context)
        self.batch: int = settings.n_batch
        self.memory = native.llama_get_memory(self.context)
        callback = ctypes.cast(cancellation.function, native.ggml_abort_callback)
        native.llama_set_abort_callback(self.context, callback, ctypes.cast(cancellation.buffer, ctypes.c_void_p))  # fmt: skip
        own = native.llama_model_chat_template(self.model, None)
        self.template = ChatTemplate(
            options.chat_template or (own.decode() if own else None),
            bos=self.piece(native.llama_vocab_bos(self.vocab), special=True).decode(),
            eos=self.piece(native.llama_vocab_eos(self.vocab), special=True).decode(),
        )
        self.cached: list[int] = []
        self._written: dict[str, list[int]] = {}
        # A recurrent model keeps no single tokens: what it has read of a wrong draft stays read.
        self.takes_back = options.drafts and not (native.llama_model_is_recurrent(self.model) or native.llama_model_is_hybrid(self.model))  # fmt: skip
        self._draft_batch = native.llama_batch_init(MOST_DRAFTED + 1, 0, 1)
        self._greedy = Chooser(native, self.vocab, {"temperature": 0})
        self.drafter: Model | None = None

    def _settings(self, options: LlamaOptions) -> Any:
        """What the context is made with."""
        native = self.native
        longest = round(native.llama_model_n_ctx_train(self.model) * options.rope_scale)
        settings = native.llama_context_default_params()
        settings.n_ctx = min(options.context, longest) if options.context else min(longest, MOST_CONTEXT)  # fmt: skip
        settings.n_batch = min(MOST_READ, settings.n_ctx)
        settings.n_threads = settings.n_threads_batch = options.threads
        settings.no_perf = True
        on_card = options.gpu_layers != 0 and native.llama_supports_gpu_offload()
        settings.flash_attn_type = _FLASH_ATTENTION[options.attention(on_card=on_card)]
        settings.type_k = settings.type_v = _CACHE_TYPES[options.kv_cache]
        if options.rope_scale > 1:
            settings.rope_scaling_type = native.LLAMA_ROPE_SCALING_TYPE_YARN
            settings.rope_freq_scale = 1 / options.rope_scale
        return settings

    def draft_with(self, small: Model) -> None:
        """Have a small model guess what this one writes.

        Raises:
            ModelMissing: its vocabulary is another.
        """
        mine, theirs = (self.native.llama_vocab_n_tokens(one.vocab) for one in (self, small))
        step = max(1, min(mine, theirs) // _LOOKED_AT)
        alike = all(self.piece(token, special=True) == small.piece(token, special=True) for token in range(0, min(mine, theirs), step))  # fmt: skip
        if abs(mine - theirs) > _PADDING or not alike:
            raise ModelMissing("the draft model has another vocabulary than the model: take a small one of the same family, or leave the setting draft_model out")  # fmt: skip
        self.drafter = small

    def likeliest(self) -> int:
        """The token that is likeliest to follow what was read."""
        return self._greedy.choose(self.context, -1)

    def info(self) -> dict[str, Any]:
        """What the parent is told once the model is loaded."""
        metadata = self.file.metadata
        return {
            "name": str(metadata.get("general.name", "")),
            "prompt_style": str(metadata.get("viscoder.prompt_style", "full")),
            "context": self.length,
            "doubt": self.doubt.sentence if self.doubt is not None else "",
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
            written = self._written.get(text) if is_content else None
            tokens += written or self.tokens(text, special=not is_content)
        bos = self.native.llama_vocab_bos(self.vocab)
        if self.native.llama_vocab_get_add_bos(self.vocab) and tokens[:1] != [bos]:
            tokens.insert(0, bos)
        return tokens

    def remember(self, text: str, tokens: list[int]) -> None:
        """Keep how an answer was written, for its text read anew may be other tokens, and all that
        follows the first of those would be read again.

        Args:
            text: of the answer.
            tokens: that the model chose for it.
        """
        if all(self.piece(token) for token in tokens):  # a control token has no text
            self._written.pop(text, None)
            self._written[text] = tokens
        while len(self._written) > _MOST_WRITTEN:
            del self._written[next(iter(self._written))]

    def feed(self, tokens: list[int], told: Callable[[], None] = lambda: None) -> bool:
        """Let the model read `tokens` behind what it has read; False when it was cancelled.

        Args:
            tokens: to be read, in pieces of the context's batch.
            told: called behind each piece.
        """
        for begin in range(0, len(tokens), self.batch):
            part = tokens[begin : begin + self.batch]
            array = (self.native.llama_token * len(part))(*part)
            if not self._decode(part, self.native.llama_batch_get_one(array, len(part))):
                return False
            told()
        return True

    def write(self, sampler: Chooser, prompt: Sequence[int]) -> Iterator[int]:
        """Tokens of an answer, behind a prompt that was read, until it is cancelled or the context full.

        What stands in the conversation already is read as a draft, where it may come again.

        Args:
            sampler: chooses the tokens.
            prompt: the conversation.
        """
        drafts = Drafts(self.drafter, prompt) if self.drafter else Lookup(prompt)
        token = sampler.choose(self.context, -1)
        yield token
        while len(self.cached) < self.length:
            drafts.add(token)
            draft = drafts.draft()[: self.length - len(self.cached) - 1] if self.takes_back else []
            read = len(self.cached)
            if not self._decode([token, *draft], self._batch_of([token, *draft])):
                return
            kept = 0
            while True:
                token = sampler.choose(self.context, kept)
                if kept == len(draft) or token != draft[kept]:
                    break
                kept += 1
                drafts.add(token)
                yield token
            if draft:
                drafts.learn(len(draft), kept)
                self.forget(read + 1 + kept)
            yield token

    def _batch_of(self, tokens: Sequence[int]) -> Any:
        """A batch behind each of whose tokens the next can be chosen."""
        batch = self._draft_batch
        batch.n_tokens = len(tokens)
        for at, token in enumerate(tokens):
            batch.token[at] = token
            batch.pos[at] = len(self.cached) + at
            batch.n_seq_id[at] = 1
            batch.seq_id[at][0] = 0
            batch.logits[at] = 1
        return batch

    def _decode(self, tokens: list[int], batch: Any) -> bool:
        """Let the model read a batch of `tokens`; False when it was cancelled."""
        status = self.native.llama_decode(self.context, batch)
        if status != 0 or self.cancellation.asked:
            self.forget(len(self.cached))
            if status in (0, 2):
                return False
            raise RuntimeError(f"llama.cpp could not read the conversation (status {status})")
        self.cached += tokens
        return True

    def keep(self, place: Path) -> bool:
        """Write what was read to a file; whether that went well."""
        tokens = (self.native.llama_token * len(self.cached))(*self.cached)
        return self.native.llama_state_seq_save_file(self.context, os.fsencode(place), 0, tokens, len(tokens)) > 0  # fmt: skip

    def recall(self, place: Path) -> bool:
        """Have read what a file holds; whether that went well."""
        self.forget(0)
        tokens = (self.native.llama_token * self.length)()
        count = ctypes.c_size_t()
        read = self.native.llama_state_seq_load_file(self.context, os.fsencode(place), 0, tokens, self.length, ctypes.byref(count))  # fmt: skip
        if read == 0:
            self.native.llama_memory_clear(self.memory, True)
            return False
        self.cached = list(tokens[: count.value])
        return True

    def forget(self, keep: int) -> None:
        """Drop the cache behind the first `keep` tokens."""
        if not self.native.llama_memory_seq_rm(self.memory, 0, keep, -1):
            self.native.llama_memory_clear(self.memory, True)
            keep = 0
        del self.cached[keep:]

    def sampler(self, sampling: dict[str, Any]) -> Chooser:
        """What chooses tokens; to be freed.

        Raises:
            ValueError: llama.cpp cannot read the grammar.
        """
        return Chooser(self.native, self.vocab, sampling)

    def begins_with_thoughts(self, messages: list[dict[str, str]]) -> bool:
        """Whether the template has the model think before it answers."""
        return self.template.parts(messages)[-1][0].rstrip().endswith("<think>")


def _say_less(native: Any) -> None:
    """Keep what is only of use to those who write llama.cpp out of the log: a thousand lines a start."""

    @native.llama_log_callback
    def write(level: int, text: bytes, _data: object) -> None:
        if level != _DEBUG:
            os.write(2, text)

    native.llama_log_set(write, None)
    native.viscoder_log = write  # llama.cpp keeps no reference that Python sees


def _has_amx() -> bool:
    try:
        return "amx_int8" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
