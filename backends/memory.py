"""How much memory a model needs, and how much of it this machine has."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

GB = 1_000_000_000
USUAL_CONTEXT = 8192
"""Tokens of context that a model gets where nobody says how many."""
WORKING_BYTES = 300_000_000
"""Besides weights and context: what llama.cpp computes with, and the process itself."""
_LEFT_ALONE, _SHARE_LEFT_ALONE = 1.5 * GB, 0.1
"""What a machine keeps for everything else."""
_GPU_DEVICES = ("/dev/nvidiactl", "/dev/kfd")


@dataclass(frozen=True, slots=True)
class Memory:
    """A machine's memory, in bytes.

    Attributes:
        total: all there is, or all that this process may take of it.
        available: what is free now, or can be freed at once.
        swap: behind it.
        gpu: there is a GPU, whose memory is not counted here.
    """

    total: int
    available: int
    swap: int = 0
    gpu: bool = False

    @property
    def for_models(self) -> int:
        """What a model may take without the rest of the machine suffering."""
        return max(int(self.total - max(_LEFT_ALONE, self.total * _SHARE_LEFT_ALONE)), 0)

    def holds(self, needed: int) -> bool:
        """Whether a model that needs so many bytes runs well here."""
        return needed <= self.for_models


def machine() -> Memory:
    """The memory of this machine; of this container, where that is less."""
    figures = _meminfo()
    total = figures.get("MemTotal") or os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = _container_limit()
    if limit is not None and limit < total:
        total = limit
    available = min(figures.get("MemAvailable", total), total)
    gpu = any(Path(device).exists() for device in _GPU_DEVICES)
    return Memory(total, available, figures.get("SwapFree", 0), gpu)


def needed(weights: int, context_bytes: int, context: int = USUAL_CONTEXT) -> int:
    """Bytes that a model needs.

    Args:
        weights: bytes of its files.
        context_bytes: of one token of context.
        context: tokens of it.
    """
    return weights + context_bytes * context + WORKING_BYTES


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a model may not fit.

    Attributes:
        sentence: for the user.
        certain: it cannot be loaded at all.
    """

    sentence: str
    certain: bool


def doubt(name: str, weights: int, context: int, here: Memory) -> Doubt | None:
    """Whether a model fits in memory; None where it does, or where a GPU may hold it.

    Args:
        name: of the model, for the sentence.
        weights: bytes of its files.
        context: bytes of its whole context.
        here: the machine's memory.
    """
    wanted = weights + context + WORKING_BYTES
    if here.gpu or wanted <= here.available:
        return None
    needs = f"{name} needs about {size(wanted)} of memory ({size(weights)} for the model, {size(context)} for its context)"  # fmt: skip
    if wanted > here.total + here.swap:
        return Doubt(f"{needs} and this machine has {size(here.total)}: take a smaller one (viscoder models says which fit) or set a shorter context", certain=True)  # fmt: skip
    return Doubt(f"{needs} and {size(here.available)} are free now: it may be very slow; close other programs, or take a smaller one", certain=False)  # fmt: skip


def context_bytes(metadata: Mapping[str, str | int | float | bool]) -> int:
    """Bytes that one token of context takes, by what a GGUF file says of its shape.

    Keys and values of 16 bits in each layer; 0 where the file does not tell.
    """
    kind = metadata.get("general.architecture", "")

    def figure(name: str, default: int = 0) -> int:
        found = metadata.get(f"{kind}.{name}", default)
        return int(found) if isinstance(found, int | float) else default

    heads = figure("attention.head_count")
    shared = figure("attention.head_count_kv", heads)
    width = figure("embedding_length") // heads if heads else 0
    keys, values = figure("attention.key_length", width), figure("attention.value_length", width)
    return 2 * figure("block_count") * shared * (keys + values)


def size(count: int) -> str:
    """A number of bytes for people: ``4.7 GB``, ``980 MB``, ``12 kB``."""
    if count >= 999.95 * GB:
        return f"{count / GB / 1000:.1f} TB"
    if count >= 0.9995 * GB:
        return f"{count / GB:.1f} GB"
    if count >= 999_500:
        return f"{count / 1e6:.0f} MB"
    return f"{count / 1e3:.0f} kB"


def _meminfo() -> dict[str, int]:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return {}
    pairs = (line.split(":", 1) for line in lines if line.rstrip().endswith("kB"))
    return {name: int(value.split()[0]) * 1024 for name, value in pairs}


def _container_limit() -> int | None:
    """The least limit of the control groups above this process (version 2)."""
    root = Path("/sys/fs/cgroup")
    try:
        own = Path("/proc/self/cgroup").read_text(encoding="utf-8").strip().rpartition("::/")[2]
    except OSError:
        return None
    place = root / own
    found: list[int] = []
    for folder in (place, *place.parents):
        if not folder.is_relative_to(root):
            break
        try:
            text = (folder / "memory.max").read_text(encoding="ascii").strip()
        except OSError:
            continue
        if text.isdigit():
            found.append(int(text))
    return min(found, default=None)
