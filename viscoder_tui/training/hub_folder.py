# pyright: reportUnknownMemberType=false
# PyTorch leaves the types of much that is used here open.
"""Writes an exported model as a folder in the form of model hubs, which vLLM serves.

Our Llama rotates halves, as that form does, so that the weights stand as they were trained. Macros
become added tokens: those are cut out of raw text from left to right, where training cuts the longest
out first; the two differ only in a text in which macros of different lengths overlap.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, decoders
from tokenizers import Tokenizer as Bpe
from torch import Tensor

from viscoder_tui.training.adopt import Adopted, read
from viscoder_tui.training.model import NORM_EPSILON, ROPE_BASE, Shape
from viscoder_tui.training.tokenizer import (
    BOS,
    CHAT_TEMPLATE,
    CONTROLS,
    END,
    PAD,
    Tokenizer,
)

_HALF = "F16"


def write(exported: Path, folder: Path) -> None:
    """Write the model of the GGUF file `exported` into `folder`.

    Raises:
        ValueError: `exported` was not written by `viscoder_tui.training.export`.
    """
    found = read(exported)
    folder.mkdir(parents=True, exist_ok=True)
    controls = _controls(found.tokenizer)
    ids = {"bos_token_id": controls[BOS], "eos_token_id": controls[END], "pad_token_id": controls[PAD]}  # fmt: skip
    _write(folder / "config.json", _config(found.shape) | ids)
    _write(folder / "generation_config.json", ids)
    _write(folder / "tokenizer_config.json", _tokenizer_config(found.shape))
    tokenizer(found.tokenizer).save(str(folder / "tokenizer.json"), pretty=False)
    write_tensors(folder / "model.safetensors", _tensors(found))


def tokenizer(ours: Tokenizer) -> Bpe:
    """The tokenizer, as the file ``tokenizer.json`` holds it."""
    made = Bpe.from_str(ours.bpe.to_str())
    made.decoder = decoders.ByteLevel()
    for text in CONTROLS:
        made.add_special_tokens([AddedToken(text, special=True, normalized=False)])
    made.add_tokens([AddedToken(text, normalized=False) for text in ours.macros])
    return made


def _controls(ours: Tokenizer) -> dict[str, int]:
    return {text: ours.control(text) for text in CONTROLS}


def _config(shape: Shape) -> dict[str, Any]:
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.width,
        "intermediate_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.heads,
        "head_dim": shape.head,
        "hidden_act": "silu",
        "max_position_embeddings": shape.context,
        "rms_norm_eps": NORM_EPSILON,
        "rope_theta": ROPE_BASE,
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
    }


def _tokenizer_config(shape: Shape) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": BOS,
        "eos_token": END,
        "pad_token": PAD,
        "add_bos_token": False,
        "add_eos_token": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": shape.context,
        "chat_template": CHAT_TEMPLATE,
    }


def _tensors(found: Adopted) -> dict[str, Tensor]:
    weights = found.weights
    tensors = {
        "model.embed_tokens.weight": weights["embedding.weight"],
        "model.norm.weight": weights["norm.weight"],
    }
    for layer in range(found.shape.layers):
        ours, theirs = f"blocks.{layer}.", f"model.layers.{layer}."
        query, key, value = weights[ours + "query_key_value.weight"].chunk(3)
        gate, up = weights[ours + "gate_up.weight"].chunk(2)
        tensors |= {
            theirs + "input_layernorm.weight": weights[ours + "attention_norm.weight"],
            theirs + "self_attn.q_proj.weight": query,
            theirs + "self_attn.k_proj.weight": key,
            theirs + "self_attn.v_proj.weight": value,
            theirs + "self_attn.o_proj.weight": weights[ours + "output.weight"],
            theirs + "post_attention_layernorm.weight": weights[ours + "feed_norm.weight"],
            theirs + "mlp.gate_proj.weight": gate,
            theirs + "mlp.up_proj.weight": up,
            theirs + "mlp.down_proj.weight": weights[ours + "down.weight"],
        }
    return tensors


def write_tensors(path: Path, tensors: Mapping[str, Tensor]) -> None:
    """Write tensors at half precision: the length of a header, the header as JSON, the numbers.

    Format: https://huggingface.co/docs/safetensors/index#format
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    place = 0
    for name, tensor in tensors.items():
        end = place + 2 * tensor.numel()
        header[name] = {"dtype": _HALF, "shape": list(tensor.shape), "data_offsets": [place, end]}
        place = end
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        file.write(struct.pack("<Q", len(head)) + head)
        for tensor in tensors.values():
            file.write(tensor.to(torch.float16).contiguous().numpy().astype("<f2").tobytes())
    partial.replace(path)


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


__all__ = ["tokenizer", "write", "write_tensors"]
