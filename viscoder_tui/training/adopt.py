# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyTorch leaves the types of much that is used here open.
"""Training that goes on from an exported model: the tokenizer and a checkpoint out of a GGUF file.

The weights come back at the precision of f16 and the optimizer starts without momentum, both of
which a few hundred steps make good. Made for machines that have the model but not the folder in
which it was trained.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy
import torch
from tokenizers import Tokenizer as Bpe
from tokenizers import models
from torch import Tensor

from viscoder_tui.training.model import Shape
from viscoder_tui.training.tokenizer import CONTROLS, Tokenizer, pre_tokenizer
from viscoder_tui.training.train import Progress, Training


@dataclass(frozen=True, slots=True)
class Adopted:
    """What stands in an exported model.

    Attributes:
        shape: its size.
        tokenizer: how it reads.
        weights: by their names in `viscoder_tui.training.model.Llama`.
        progress: how far its training had come.
    """

    shape: Shape
    tokenizer: Tokenizer
    weights: dict[str, Tensor]
    progress: Progress


def read(exported: Path) -> Adopted:
    """Take the file `exported` apart.

    Raises:
        ValueError: it was not written by `viscoder_tui.training.export`.
    """
    reader = gguf.GGUFReader(exported)
    if "viscoder.tokens_seen" not in reader.fields:
        raise ValueError(f"{exported} is not a model that this pipeline has exported")
    tokenizer = tokenizer_of(reader)
    shape = Shape(
        tokenizer.size,
        width=_number(reader, "llama.embedding_length"),
        layers=_number(reader, "llama.block_count"),
        heads=_number(reader, "llama.attention.head_count"),
        hidden=_number(reader, "llama.feed_forward_length"),
        context=_number(reader, "llama.context_length"),
    )
    progress = Progress(
        tokens=_number(reader, "viscoder.tokens_seen"),
        pools=_number(reader, "viscoder.pools_drawn"),
    )
    return Adopted(shape, tokenizer, _weights(reader, shape), progress)


def adopt(exported: Path, folder: Path) -> Progress:
    """Write ``tokenizer.json`` and ``checkpoint.pt`` into `folder` from the file `exported`.

    Returns:
        How far the model had come.

    Raises:
        ValueError: `exported` was not written by `viscoder_tui.training.export`.
    """
    found = read(exported)
    training = Training(folder, found.tokenizer, found.shape)
    training.model.load_state_dict(found.weights)
    training.progress = found.progress
    found.tokenizer.save(folder / "tokenizer.json")
    training.save()
    return training.progress


def _number(reader: gguf.GGUFReader, key: str) -> int:
    field = reader.fields.get(key)
    return int(field.contents()) if field else 0


def tokenizer_of(reader: gguf.GGUFReader) -> Tokenizer:
    """The tokenizer that stands in a file written by `viscoder_tui.training.export`."""
    texts: list[str] = reader.fields["tokenizer.ggml.tokens"].contents()
    merges: list[str] = reader.fields["tokenizer.ggml.merges"].contents()
    plain = texts.index(CONTROLS[0])
    pairs = [(left, right) for left, right in (merge.split(" ") for merge in merges)]
    bpe = Bpe(models.BPE({text: number for number, text in enumerate(texts[:plain])}, pairs))
    bpe.pre_tokenizer = pre_tokenizer()
    return Tokenizer(bpe, texts[plain + len(CONTROLS) :])


def _weights(reader: gguf.GGUFReader, shape: Shape) -> dict[str, Tensor]:
    stored = {
        tensor.name: torch.from_numpy(numpy.asarray(tensor.data, numpy.float32).copy())
        for tensor in reader.tensors
    }
    weights = {
        "embedding.weight": stored["token_embd.weight"],
        "norm.weight": stored["output_norm.weight"],
    }
    for layer in range(shape.layers):
        ours, theirs = f"blocks.{layer}.", f"blk.{layer}."
        query, key = (_halves(stored[f"{theirs}attn_{one}.weight"], shape) for one in "qk")
        weights |= {
            ours + "attention_norm.weight": stored[theirs + "attn_norm.weight"],
            ours + "query_key_value.weight": torch.cat((query, key, stored[theirs + "attn_v.weight"])),
            ours + "output.weight": stored[theirs + "attn_output.weight"],
            ours + "feed_norm.weight": stored[theirs + "ffn_norm.weight"],
            ours + "gate_up.weight": torch.cat((stored[theirs + "ffn_gate.weight"], stored[theirs + "ffn_up.weight"])),
            ours + "down.weight": stored[theirs + "ffn_down.weight"],
        }  # fmt: skip
    return weights


def _halves(weight: Tensor, shape: Shape) -> Tensor:
    """From pairs of neighbours to halves side by side, for each head: undoes the export's order."""
    pairs = weight.view(shape.heads, shape.head // 2, 2, shape.width)
    return pairs.transpose(1, 2).reshape(shape.width, shape.width)
