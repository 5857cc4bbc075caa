# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyTorch leaves the types of much that is used here open.
"""Muon for matrices, AdamW for the rest.

Source: Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024):
the momentum of a matrix is made orthogonal by a few Newton-Schulz steps before it is applied.
Fused matrices (query-key-value, gate-up) are split first, since each part is a map of its own.
Matrices of one shape are worked on together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

MUON_RATE = 0.02
ADAM_RATE = 3e-3
_MOMENTUM = 0.95
_DECAY = 0.05
_SCHULZ = (3.4445, -4.7750, 2.0315)
_SCHULZ_STEPS = 5


def orthogonal(matrices: Tensor) -> Tensor:
    """The nearest (semi-)orthogonal matrices, roughly, by Newton-Schulz iteration.

    Args:
        matrices: (count, rows, columns).
    """
    a, b, c = _SCHULZ
    x: Tensor = matrices.bfloat16()
    tall = x.shape[1] > x.shape[2]
    x = x.mT if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(_SCHULZ_STEPS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if tall else x).float()


@dataclass(frozen=True, slots=True)
class _Group:
    """Matrices of one shape, each a parameter or one of its equal parts."""

    parts: list[tuple[nn.Parameter, int, int]]
    """Parameter, number of the part, count of parts."""
    momentum: Tensor
    """(count, rows, columns)"""

    def gradients(self) -> Tensor:
        """(count, rows, columns)"""
        found: list[Tensor] = []
        for parameter, number, count in self.parts:
            assert parameter.grad is not None
            found.append(parameter.grad.chunk(count)[number])
        return torch.stack(found)

    def step(self, rate: float) -> None:
        """Apply the gradients."""
        gradients = self.gradients()
        self.momentum.mul_(_MOMENTUM).add_(gradients)
        update = orthogonal(gradients.add_(self.momentum, alpha=_MOMENTUM))
        rows, columns = update.shape[1:]
        scale = max(1.0, rows / columns) ** 0.5
        for (parameter, number, count), one in zip(self.parts, update, strict=True):
            part = parameter.data.chunk(count)[number]
            part.mul_(1 - rate * _DECAY).add_(one, alpha=-rate * scale)


class Optimizer:
    """Both optimizers under one learning-rate factor."""

    def __init__(self, model: nn.Module) -> None:
        parts: dict[tuple[int, int], list[tuple[nn.Parameter, int, int]]] = {}
        rest: list[nn.Parameter] = []
        for name, parameter in model.named_parameters():
            if parameter.ndim == 2 and "embedding" not in name:
                count = 3 if "query_key_value" in name else 2 if "gate_up" in name else 1
                shape = (parameter.shape[0] // count, parameter.shape[1])
                parts.setdefault(shape, []).extend((parameter, one, count) for one in range(count))
            else:
                rest.append(parameter)
        self.groups = [
            _Group(these, torch.zeros(len(these), *shape, device=these[0][0].device))
            for shape, these in parts.items()
        ]
        self.adam = torch.optim.AdamW(rest, lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0)

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Apply the gradients at `factor` of the full learning rates, and clear them."""
        for group in self.groups:
            group.step(MUON_RATE * factor)
        for group in self.adam.param_groups:
            group["lr"] = ADAM_RATE * factor
        self.adam.step()
        for group in self.groups:
            for parameter, _, _ in group.parts:
                parameter.grad = None
        self.adam.zero_grad(set_to_none=True)

    def state(self) -> dict[str, Any]:
        """Everything needed to go on later."""
        return {
            "momenta": [group.momentum for group in self.groups],
            "adam": self.adam.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Take back what `state` gave."""
        for group, saved in zip(self.groups, state["momenta"], strict=True):
            group.momentum.copy_(saved)
        self.adam.load_state_dict(state["adam"])
