"""How llama.cpp loads a model and what it may use; see ``llama.h``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Switch = Literal["auto", "on", "off"]
CacheType = Literal["f16", "q8_0", "q4_0"]
"""Bits of a number in the cache of the conversation: 16, about 8, about 4."""

ALL_LAYERS = -1
MOST_CONTEXT = 8192
"""Tokens of context where nobody asks for more: it takes memory whether it is used or not."""
MOST_READ = 512
"""Tokens that are read in one go."""


@dataclass(frozen=True, slots=True)
class LlamaOptions:
    """What a person may set about llama.cpp.

    Attributes:
        threads: processor threads; 0 for all cores, or one for a tiny model.
        context: tokens of the context; 0 for the model's own, up to `MOST_CONTEXT`.
        gpu_layers: layers that a graphics card computes; `ALL_LAYERS` for as many as there are.
        flash_attention: attention that needs less memory; ``auto`` on a graphics card, where the
            model can, and where `kv_cache` needs it.
        kv_cache: how exactly the conversation is kept; less than ``f16`` needs flash attention.
        rope_scale: so many times as long a context as the model was trained for, by YaRN; 1 for none.
        chat_template: a Jinja template in place of the model's own; empty for that one.
        draft_model: a small GGUF model of the same vocabulary, whose guesses the model checks;
            empty for none.
        drafts: read ahead what is likely to come; the answer is the same without, but for rounding.
    """

    threads: int = 0
    context: int = 0
    gpu_layers: int = ALL_LAYERS
    flash_attention: Switch = "auto"
    kv_cache: CacheType = "f16"
    rope_scale: float = 1.0
    chat_template: str = ""
    draft_model: str = ""
    drafts: bool = True

    def attention(self, *, on_card: bool) -> Switch:
        """What ``auto`` means: on a processor, flash attention writes slower behind 500 tokens.

        Args:
            on_card: whether a graphics card computes.
        """
        if self.flash_attention == "auto" and self.kv_cache == "f16" and not on_card:
            return "off"
        return self.flash_attention
