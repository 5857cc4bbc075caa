"""The embedded model: a small Llama, trained on a GPU or, with patience, without one.

Source of the architecture: Touvron et al., "LLaMA", arXiv 2302.13971 (RMSNorm before each
block, rotary positions, SwiGLU), with tied embeddings. On a CPU attention is spelt out as two
batched matrix products, which in training is faster there than the fused kernel's backward pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

ROPE_BASE = 10_000.0
NORM_EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a model.

    Attributes:
        vocabulary: tokens.
        width: of the residual stream; a multiple of 32.
        layers: blocks.
        heads: of attention; `width` is a multiple of it.
        hidden: width inside the feed-forward; a multiple of 32.
        context: longest conversation in tokens.
    """

    vocabulary: int
    width: int = 384
    layers: int = 10
    heads: int = 6
    hidden: int = 1024
    context: int = 1024

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.width // self.heads


class Norm(nn.Module):
    """Root-mean-square normalization with a gain."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        """Normalize the last dimension."""
        return functional.rms_norm(x, x.shape[-1:], self.weight, NORM_EPSILON)


class Block(nn.Module):
    """Attention and feed-forward, each on top of the residual stream."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.attention_norm = Norm(shape.width)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.feed_norm = Norm(shape.width)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor | None) -> Tensor:
        """One block: (batch, length, width) to the same."""
        x = x + self.attend(self.attention_norm(x), cosine, sine, mask)
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, dim=-1)
        return x + self.down(functional.silu(gate) * up)

    def attend(self, x: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor | None) -> Tensor:
        """Causal attention."""
        batch, length, width = x.shape
        heads, head = self.shape.heads, self.shape.head
        mixed = self.query_key_value(x).view(batch, length, 3, heads, head)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        query = rotated(query, cosine, sine)
        key = rotated(key, cosine, sine)
        if mask is None:
            joined = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        else:
            query, key, value = (
                one.reshape(batch * heads, length, head) for one in (query, key, value)
            )
            scores = torch.baddbmm(mask, query, key.transpose(1, 2), alpha=head**-0.5)
            joined = torch.bmm(scores.softmax(-1), value).view(batch, heads, length, head)
        return self.output(joined.transpose(1, 2).reshape(batch, length, width))


def rotated(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotary positions over the two halves of the last dimension."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), dim=-1)


class Llama(nn.Module):
    """Tokens in, the hidden state before the vocabulary out; `logits` goes the last step."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width)
        steps = torch.arange(0, shape.head, 2).float() / shape.head
        angles = torch.outer(torch.arange(shape.context).float(), ROPE_BASE**-steps)
        self.register_buffer("cosine", angles.cos(), persistent=False)
        self.register_buffer("sine", angles.sin(), persistent=False)
        self.apply(self._begin)
        for block in self.blocks:
            assert isinstance(block, Block)
            for layer in (block.output, block.down):
                nn.init.zeros_(layer.weight)

    @staticmethod
    def _begin(module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=module.weight.shape[1] ** -0.5)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)

    def forward(self, tokens: Tensor) -> Tensor:
        """Hidden states (batch, length, width) of tokens (batch, length)."""
        length = tokens.shape[1]
        x = self.embedding(tokens)
        dtype = torch.bfloat16 if torch.is_autocast_enabled(x.device.type) else x.dtype
        cosine = self.get_buffer("cosine")[:length].to(dtype)
        sine = self.get_buffer("sine")[:length].to(dtype)
        mask = None
        if x.device.type == "cpu":
            mask = torch.full((length, length), float("-inf"), dtype=dtype).triu(1)[None]
        for block in self.blocks:
            x = block(x, cosine, sine, mask)
        return self.norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        """Scores over the vocabulary."""
        return hidden @ self.embedding.weight.T.to(hidden.dtype)

    @property
    def parameters_count(self) -> int:
        """How many numbers the model is made of."""
        return sum(parameter.numel() for parameter in self.parameters())
