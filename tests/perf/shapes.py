"""GGUF files in the shape of known models, with random weights: as slow as they are, and as large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from backends.choose import EMBEDDED

_BLOCK, _BLOCK_BYTES = 32, 18
"""Of Q4_0: 32 weights, of 4 bits each, and their scale."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a Qwen2 model, as its config.json has them."""

    name: str
    hidden: int
    layers: int
    feed_forward: int
    heads: int
    kv_heads: int
    vocabulary: int = 151_936


SMALL = Shape("Qwen2.5-Coder 0.5B", 896, 24, 4864, 14, 2)
MEDIUM = Shape("Qwen2.5-Coder 1.5B", 1536, 28, 8960, 12, 2)


def write(path: Path, shape: Shape) -> Path:
    """A Q4_0 file of random weights, with the embedded model's tokenizer and many more tokens, of which no text is made."""
    reader = gguf.GGUFReader(EMBEDDED)
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name(shape.name)
    writer.add_context_length(32_768)
    writer.add_embedding_length(shape.hidden)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_block_count(shape.layers)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1e6)
    _tokenizer(writer, reader, shape.vocabulary)
    _weights(writer, shape)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _tokenizer(writer: Any, reader: Any, size: int) -> None:
    def field(name: str) -> Any:
        return reader.get_field(f"tokenizer.{name}").contents()

    tokens, types = field("ggml.tokens"), field("ggml.token_type")
    unused = size - len(tokens)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("deepseek-coder")
    writer.add_token_list([*tokens, *(f"<more{number}>" for number in range(unused))])
    writer.add_token_types([*types, *[int(gguf.TokenType.NORMAL)] * unused])
    writer.add_token_merges(field("ggml.merges"))
    writer.add_bos_token_id(field("ggml.bos_token_id"))
    writer.add_eos_token_id(field("ggml.eos_token_id"))
    writer.add_chat_template(field("chat_template"))


def _weights(writer: Any, shape: Shape) -> None:
    chance = np.random.default_rng(1)
    ones = np.ones(shape.hidden, dtype=np.float32)
    kv = shape.hidden // shape.heads * shape.kv_heads

    def matrix(name: str, rows: int, columns: int) -> None:
        blocks = chance.integers(0, 256, (rows, columns // _BLOCK, _BLOCK_BYTES), dtype=np.uint8)
        blocks[:, :, :2] = np.frombuffer(np.float16(columns**-0.5 / 4).tobytes(), np.uint8)
        writer.add_tensor(name, blocks.reshape(rows, -1), raw_dtype=gguf.GGMLQuantizationType.Q4_0)

    matrix("token_embd.weight", shape.vocabulary, shape.hidden)
    writer.add_tensor("output_norm.weight", ones)
    for layer in range(shape.layers):
        block = f"blk.{layer}"
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"{block}.{norm}.weight", ones)
        for part, rows in (("q", shape.hidden), ("k", kv), ("v", kv)):
            matrix(f"{block}.attn_{part}.weight", rows, shape.hidden)
            writer.add_tensor(f"{block}.attn_{part}.bias", np.zeros(rows, dtype=np.float32))
        matrix(f"{block}.attn_output.weight", shape.hidden, shape.hidden)
        matrix(f"{block}.ffn_gate.weight", shape.feed_forward, shape.hidden)
        matrix(f"{block}.ffn_up.weight", shape.feed_forward, shape.hidden)
        matrix(f"{block}.ffn_down.weight", shape.hidden, shape.feed_forward)
