"""Writes a trained model as GGUF, in the form that llama.cpp runs.

The file is f16 with f32 norms. Tied embeddings: there is no ``output.weight``. llama.cpp's Llama
rotates neighbouring dimensions where ours rotates halves, so queries and keys are permuted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import torch
from torch import Tensor

from viscoder_tui.training.model import NORM_EPSILON, ROPE_BASE, Shape
from viscoder_tui.training.tokenizer import (
    BOS,
    CHAT_TEMPLATE,
    CONTROLS,
    END,
    PAD,
    Tokenizer,
)

NAME = "viscoder-nano"


def export(checkpoint: Path, tokenizer: Tokenizer, out: Path) -> None:
    """Write the model in `checkpoint` to the GGUF file `out`."""
    stored: dict[str, Any] = torch.load(checkpoint, weights_only=True, map_location="cpu")
    shape = Shape(**stored["shape"])
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".partial")
    writer = gguf.GGUFWriter(partial, "llama")
    _describe(writer, shape)
    writer.add_uint64("viscoder.tokens_seen", stored["progress"]["tokens"])
    writer.add_uint64("viscoder.pools_drawn", stored["progress"]["pools"])
    _tokens(writer, tokenizer)
    for name, tensor in _tensors(stored["model"], shape):
        half = tensor.ndim == 2
        writer.add_tensor(name, tensor.to(torch.float16 if half else torch.float32).numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    partial.replace(out)


def _describe(writer: gguf.GGUFWriter, shape: Shape) -> None:
    writer.add_name(NAME)
    writer.add_description("writes small plotting programs; trained from scratch by viscoder")
    writer.add_license("Apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(NORM_EPSILON)
    writer.add_rope_dimension_count(shape.head)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_string("viscoder.prompt_style", "compact")


def _tokens(writer: gguf.GGUFWriter, tokenizer: Tokenizer) -> None:
    plain = tokenizer.size - len(CONTROLS) - len(tokenizer.macros)
    types = [gguf.TokenType.NORMAL] * plain
    types += [gguf.TokenType.UNUSED if one == PAD else gguf.TokenType.CONTROL for one in CONTROLS]
    types += [gguf.TokenType.USER_DEFINED] * len(tokenizer.macros)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("deepseek-coder")
    writer.add_token_list(list(tokenizer.texts))
    writer.add_token_types(types)
    writer.add_token_merges(tokenizer.merges())
    writer.add_bos_token_id(tokenizer.control(BOS))
    writer.add_eos_token_id(tokenizer.control(END))
    writer.add_eot_token_id(tokenizer.control(END))
    writer.add_pad_token_id(tokenizer.control(PAD))
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def _tensors(model: dict[str, Tensor], shape: Shape) -> list[tuple[str, Tensor]]:
    found = [
        ("token_embd.weight", model["embedding.weight"]),
        ("output_norm.weight", model["norm.weight"]),
    ]
    for layer in range(shape.layers):
        ours, theirs = f"blocks.{layer}.", f"blk.{layer}."
        query, key, value = model[ours + "query_key_value.weight"].chunk(3)
        gate, up = model[ours + "gate_up.weight"].chunk(2)
        found += [
            (theirs + "attn_norm.weight", model[ours + "attention_norm.weight"]),
            (theirs + "attn_q.weight", _interleaved(query, shape)),
            (theirs + "attn_k.weight", _interleaved(key, shape)),
            (theirs + "attn_v.weight", value),
            (theirs + "attn_output.weight", model[ours + "output.weight"]),
            (theirs + "ffn_norm.weight", model[ours + "feed_norm.weight"]),
            (theirs + "ffn_gate.weight", gate),
            (theirs + "ffn_up.weight", up),
            (theirs + "ffn_down.weight", model[ours + "down.weight"]),
        ]
    return [(name, tensor.contiguous()) for name, tensor in found]


def _interleaved(weight: Tensor, shape: Shape) -> Tensor:
    """From halves side by side to pairs of neighbours, for each head."""
    halves = weight.view(shape.heads, 2, shape.head // 2, shape.width)
    return halves.transpose(1, 2).reshape(shape.width, shape.width)


__all__ = ["NAME", "export"]
