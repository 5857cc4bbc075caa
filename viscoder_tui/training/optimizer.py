# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyTorch leaves the types of much that is used here open.
"""Muon for matrices, AdamW for the rest.

Source: Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024):
the momentum of a matrix is made orthogonal by a few Newton-Schulz steps before it is applied.
Fused matrices (query-key-value, gate-up) are split first, since each part is a map of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

MUON_RATE = 0.02
ADAM_RATE = 3e-3
_MOMENTUM = 0.95
_DECAY = 0.05
_SCHULZ = (3.4445, -4.7750, 2.0315)
_SCHULZ_STEPS = 5


def orthogonal(matrix: Tensor) -> Tensor:
    """The nearest (semi-)orthogonal matrix, roughly, by Newton-Schulz iteration."""
    a, b, c = _SCHULZ
    x: Tensor = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(_SCHULZ_STEPS):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.T if tall else x).float()


class Optimizer:
    """Both optimizers under one learning-rate factor."""

    def __init__(self, model: torch.nn.Module) -> None:
        matrices: list[tuple[Tensor, int]] = []
        rest: list[Tensor] = []
        for name, parameter in model.named_parameters():
            if parameter.ndim == 2 and "embedding" not in name:
                parts = 3 if "query_key_value" in name else 2 if "gate_up" in name else 1
                matrices.append((parameter, parts))
            else:
                rest.append(parameter)
        self.matrices = matrices
        self.momenta = [torch.zeros_like(parameter) for parameter, _ in matrices]
        self.adam = torch.optim.AdamW(rest, lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0)

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Apply the gradients at `factor` of the full learning rates, and clear them."""
        for (parameter, parts), momentum in zip(self.matrices, self.momenta, strict=True):
            gradient = parameter.grad
            assert gradient is not None
            momentum.mul_(_MOMENTUM).add_(gradient)
            ahead = gradient.add(momentum, alpha=_MOMENTUM)
            update = torch.cat([orthogonal(part) for part in ahead.chunk(parts)])
            rows = parameter.shape[0] // parts
            scale = max(1.0, rows / parameter.shape[1]) ** 0.5
            rate = MUON_RATE * factor
            parameter.mul_(1 - rate * _DECAY).add_(update, alpha=-rate * scale)
            parameter.grad = None
        for group in self.adam.param_groups:
            group["lr"] = ADAM_RATE * factor
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)

    def state(self) -> dict[str, Any]:
        """Everything needed to go on later."""
        return {"momenta": self.momenta, "adam": self.adam.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take back what `state` gave."""
        momenta: Iterable[Tensor] = state["momenta"]
        for mine, saved in zip(self.momenta, momenta, strict=True):
            mine.copy_(saved)
        self.adam.load_state_dict(state["adam"])
