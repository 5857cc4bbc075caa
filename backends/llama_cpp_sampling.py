"""Choosing the next token: by chance or not, held to a grammar or not.

A grammar that looks at all tokens of a vocabulary takes as long as a small model takes to write one.
So a token is chosen first, and the grammar looks at that one alone; only where it is refused is
chosen again among those that are not (llama.cpp's own programs do the same, ``common/sampling.cpp``).
What a model writes in its form by itself is the same with and without the grammar.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any


class Chooser:
    """Chooses tokens, one after the other.

    Args:
        native: llama.cpp.
        vocab: of the model.
        sampling: a `backends.base.Sampling` as a table.

    Raises:
        ValueError: llama.cpp cannot read the grammar.
    """

    def __init__(self, native: Any, vocab: Any, sampling: dict[str, Any]) -> None:
        self._native = native
        self._held = False
        self._free = _chain(native, sampling)
        self._grammar = self._strict = None
        text: str = sampling.get("grammar", "")
        if not text:
            return
        self._grammar = native.llama_sampler_init_grammar(vocab, text.encode(), b"root")
        if not self._grammar:
            self.free()
            raise ValueError("it cannot read the grammar of the answer: set the setting grammar to off")  # fmt: skip
        self._strict = _chain(native, sampling, self._grammar)
        self._one = native.llama_token_data()
        self._alone = native.llama_token_data_array(ctypes.pointer(self._one), 1, -1, False)
        self._looked_at = ctypes.pointer(self._alone)

    def hold(self) -> None:
        """From here on the grammar is kept to, where there is one."""
        self._held = self._grammar is not None

    def choose(self, context: Any, at: int) -> int:
        """The next token, behind the token `at` of what was read last; -1 for the last of it."""
        native = self._native
        token = native.llama_sampler_sample(self._free, context, at)
        if not self._held or self.takes(token):
            return token
        return native.llama_sampler_sample(self._strict, context, at)

    def takes(self, token: int) -> bool:
        """Whether the grammar lets a token follow; then it has followed."""
        native = self._native
        self._one.id, self._one.logit = token, 0.0
        native.llama_sampler_apply(self._grammar, self._looked_at)
        if self._one.logit == -math.inf:
            return False
        native.llama_sampler_accept(self._grammar, token)
        return True

    def free(self) -> None:
        """Give the memory back."""
        for chain in (self._free, self._strict):
            if chain:
                self._native.llama_sampler_free(chain)
        self._grammar = self._strict = self._free = None


def _chain(native: Any, sampling: dict[str, Any], first: Any = None) -> Any:
    chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
    links: list[Any] = [first] if first else []
    if sampling["temperature"] <= 0:
        links.append(native.llama_sampler_init_greedy())
    else:
        links += [
            # Temperature first, as vLLM has it: cut before it is applied, a model that is sure of
            # itself keeps one token only, and no heat would make it say anything else.
            native.llama_sampler_init_temp(sampling["temperature"]),
            native.llama_sampler_init_top_p(sampling["top_p"], 1),
            native.llama_sampler_init_min_p(0.05, 1),
            native.llama_sampler_init_dist(sampling["seed"] & 0xFFFFFFFF),
        ]
    for link in links:
        native.llama_sampler_chain_add(chain, link)
    return chain
