# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyTorch leaves the types of much that is used here open.
"""Trains the embedded model; can be interrupted at any moment and goes on where it was.

The learning rate is warmed up, then constant, so that training has no fixed end; a checkpoint is
turned into a model by `Training.train` with `falling`, which lets the rate fall to nothing over a
given number of tokens or of seconds (Hägele et al., "Scaling laws and compute-optimal training
beyond fixed training durations", arXiv 2405.18392; Bergsma et al., "Straight to zero", arXiv
2502.15938).
"""

from __future__ import annotations

import ctypes
import dataclasses
import itertools
import math
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from viscoder_tui.training.batches import Batch, Batching, batches, from_workers
from viscoder_tui.training.collect import read
from viscoder_tui.training.model import Llama, Shape
from viscoder_tui.training.optimizer import Optimizer
from viscoder_tui.training.tokenizer import Tokenizer

_WARM_UP_STEPS = 60
_SAVE_SECONDS = 240
_REPORT_SECONDS = 15
_SHORT_UNTIL = 1_000_000
"""Until so many tokens, a CPU trains on short conversations alone: the copying heads form sooner
on them. On a GPU that takes seconds either way."""
_SHORT = 260
_BATCH_TOKENS = {"cpu": 6_144, "cuda": 49_152}
_ROUNDING = {"cpu": 16, "cuda": 64}

Say = Callable[[str], None]


@dataclass(slots=True)
class Progress:
    """How far a training has come; stored with the weights.

    Attributes:
        tokens: seen so far, padding not counted.
        steps: taken so far.
        pools: of samples drawn so far, so that none comes twice.
        loss: running average over the answers' tokens, in nats.
    """

    tokens: int = 0
    steps: int = 0
    pools: int = 0
    loss: float = 0.0


@dataclass(frozen=True, slots=True)
class Limit:
    """How long to train.

    Attributes:
        tokens: to be seen, counted from the beginning of this run.
        seconds: that this run takes.
    """

    tokens: float = math.inf
    seconds: float = math.inf

    def left(self, tokens: int, seconds: float) -> float:
        """The share that is still to come, from 1 to 0."""
        return max(0.0, min(1 - tokens / self.tokens, 1 - seconds / self.seconds))


def loss_of(model: Llama, batch: Batch) -> Tensor:
    """Mean cross-entropy of the tokens to be learnt, in nats."""
    device = next(model.parameters()).device
    read, places, wanted = batch.on(device)
    with torch.autocast(device.type, torch.bfloat16):
        hidden = model(read).flatten(0, 1)
        logits = model.logits(hidden[places])
    return functional.cross_entropy(logits.float(), wanted)


def keep_memory() -> None:
    """Have freed memory kept for the next step.

    glibc gives large blocks back at once, and a step of training that gets its buffers anew
    spends a fifth of its time on page faults.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        mmap_threshold, trim_threshold = -3, -1
        libc.mallopt(mmap_threshold, 1 << 30)
        libc.mallopt(trim_threshold, 2**31 - 1)


class Training:
    """A model, its optimizer and how far they have come, in one folder."""

    def __init__(
        self, folder: Path, tokenizer: Tokenizer, shape: Shape, device: str = "cpu"
    ) -> None:
        self.folder = folder
        self.tokenizer = tokenizer
        self.device = torch.device(device)
        torch.manual_seed(1)
        self.model = Llama(shape).to(self.device)
        self.optimizer = Optimizer(self.model)
        self.progress = Progress()
        self.failures = read(folder / "failures.jsonl")
        self._stopped = False
        keep_memory()

    def compile(self) -> None:
        """Fuse what stands between the matrix products: a minute once, a fifth off each step."""
        for block in self.model.blocks:
            block.compile(dynamic=True)

    @property
    def checkpoint(self) -> Path:
        """The file that training goes on from."""
        return self.folder / "checkpoint.pt"

    def resume(self, path: Path | None = None) -> bool:
        """Go on from a checkpoint, if there is one."""
        path = path or self.checkpoint
        if not path.exists():
            return False
        stored: dict[str, Any] = torch.load(path, weights_only=True, map_location=self.device)
        self.model.load_state_dict(stored["model"])
        self.optimizer.restore(stored["optimizer"])
        self.progress = Progress(**stored["progress"])
        return True

    def save(self, path: Path | None = None) -> None:
        """Write a checkpoint, whole or not at all."""
        path = path or self.checkpoint
        partial = path.with_suffix(".partial")
        content = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state(),
            "progress": dataclasses.asdict(self.progress),
            "shape": dataclasses.asdict(self.model.shape),
        }
        torch.save(content, partial)
        partial.replace(path)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after the step under way."""
        self._stopped = True

    def train(self, limit: Limit, say: Say, *, rate: float = 1.0, falling: bool = False, workers: int = 0) -> None:  # fmt: skip
        """Train to the limit, or until `stop`.

        Args:
            limit: of this run.
            say: takes a line of progress now and then.
            rate: the learning rate, as a share of the full one.
            falling: let it fall to nothing towards the limit; such a run does not touch the
                checkpoint that training goes on from.
            workers: processes that make the batches; 0 makes them here.
        """
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        clock = _Clock(self.progress, limit)
        saved = clock.began
        loss = torch.zeros((), device=self.device)
        with self._batches(workers) as found:
            for batch in found:
                left = clock.left()
                warm = min(1.0, (self.progress.steps + 1) / _WARM_UP_STEPS)
                step_loss = self._step(batch, rate * warm * (left if falling else 1.0))
                loss += max(0.02, 1 / self.progress.steps) * (step_loss - loss)
                done = self._stopped or clock.left() <= 0
                if clock.due() or done:
                    self.progress.loss = loss.item()
                    say(clock.report())
                if not falling and (time.monotonic() - saved > _SAVE_SECONDS or done):
                    self.save()
                    saved = time.monotonic()
                if done:
                    return

    def _step(self, batch: Batch, factor: float) -> Tensor:
        loss = loss_of(self.model, batch)
        loss.backward()
        self.optimizer.step(factor)
        self.progress.steps += 1
        self.progress.tokens += batch.real
        self.progress.pools = max(self.progress.pools, batch.pools)
        return loss.detach()

    @contextmanager
    def _batches(self, workers: int) -> Generator[Iterator[Batch]]:
        kind, first, longest = self.device.type, self.progress.pools, self.model.shape.context
        whole = Batching(_BATCH_TOKENS[kind], _ROUNDING[kind], longest)
        if workers:
            with from_workers(workers, self.tokenizer, first, whole, self.failures) as found:
                yield found
            return
        short = dataclasses.replace(whole, longest=min(longest, _SHORT))
        pools = itertools.count(first)
        beginning = batches(self.tokenizer, pools, short, self.failures)
        yield itertools.chain(
            itertools.takewhile(lambda _: self.progress.tokens < _SHORT_UNTIL, beginning),
            batches(self.tokenizer, pools, whole, self.failures),
        )


class _Clock:
    """How much of a run is over, and how fast it goes."""

    def __init__(self, progress: Progress, limit: Limit) -> None:
        self.progress = progress
        self.limit = limit
        self.began = self.reported = time.monotonic()
        self._tokens = progress.tokens

    def left(self) -> float:
        """The share of the run that is still to come."""
        seen = self.progress.tokens - self._tokens
        return self.limit.left(seen, time.monotonic() - self.began)

    def due(self) -> bool:
        """Whether it is time for a line of progress."""
        return time.monotonic() - self.reported > _REPORT_SECONDS

    def report(self) -> str:
        """The line of progress."""
        self.reported = time.monotonic()
        passed = self.reported - self.began
        speed = (self.progress.tokens - self._tokens) / passed
        left = self.left()
        minutes = passed / 60 * left / (1 - left) if left < 1 else math.inf
        return (
            f"{self.progress.tokens / 1e6:7.2f} M tokens  loss {self.progress.loss:.4f}  "
            f"{speed:5.0f} tokens/s  {minutes:4.0f} min left"
        )


def shape_of(path: Path) -> Shape:
    """The shape of a stored checkpoint's model."""
    stored: dict[str, Any] = torch.load(path, weights_only=True)
    return Shape(**stored["shape"])
