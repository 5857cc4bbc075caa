"""Whether a model fits in memory, asked before llama.cpp takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from backends import memory, quantisation
from backends.llama_cpp_options import MOST_CONTEXT, MOST_READ, LlamaOptions
from backends.memory import Doubt

_KEPT = {"f16": 1.0, "q8_0": 8.5 / 16, "q4_0": 4.5 / 16}
"""Of the memory that a context of 16-bit numbers takes."""


def doubt(path: Path, metadata: Mapping[str, str | int | float | bool], options: LlamaOptions) -> Doubt | None:  # fmt: skip
    """Why this model may not fit in what is free; None where it does.

    Args:
        path: the model file; of several parts the first.
        metadata: what the file says of itself.
        options: how it is to be loaded.

    Raises:
        OSError: the file is missing.
    """
    here = memory.machine()
    if options.gpu_layers == 0:
        here = replace(here, gpu=False)
    kind = metadata.get("general.architecture", "")
    trained = metadata.get(f"{kind}.context_length", MOST_CONTEXT)
    longest = int(float(trained) * options.rope_scale)
    tokens = min(options.context or MOST_CONTEXT, longest)
    context = memory.context_bytes(metadata) * tokens * _KEPT[options.kv_cache]
    if options.attention(on_card=here.gpu) == "off":
        heads = int(metadata.get(f"{kind}.attention.head_count", 0))
        # How each token that is read looks at each that was, as 32-bit numbers, a layer at a time.
        context += max(0, 4 * heads * min(MOST_READ, tokens) * tokens - memory.WORKING_BYTES)
    return memory.doubt(path.name, quantisation.weights(path), int(context), here)
