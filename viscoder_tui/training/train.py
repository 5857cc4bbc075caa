# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# PyTorch leaves the types of much that is used here open.
"""Trains the embedded model; can be interrupted at any moment and goes on where it was.

The learning rate is warmed up, then constant, so that training has no fixed end; a checkpoint is
turned into a model by `anneal`, which lets the rate fall to nothing over a given number of
tokens (Hägele et al., "Scaling laws and compute-optimal training beyond fixed training
durations", arXiv 2405.18392).
"""

from __future__ import annotations

import ctypes
import dataclasses
import itertools
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from viscoder_tui.training.collect import read
from viscoder_tui.training.model import Llama, Shape
from viscoder_tui.training.optimizer import Optimizer
from viscoder_tui.training.sample import Sample
from viscoder_tui.training.synthesize import samples
from viscoder_tui.training.tokenizer import PAD, Encoded, Tokenizer

BATCH_TOKENS = 6_144
_POOL = 400
"""Samples that are drawn from one seed."""
_FAILURES = 20
"""Of the model's own failures, beside each pool."""
_ROUND = 16
"""Lengths are multiples of it."""
_WARM_UP_STEPS = 60
_SAVE_SECONDS = 240
_REPORT_SECONDS = 15
_SHORT_UNTIL = 1_000_000
"""Until so many tokens, only short conversations: the copying heads form sooner on them."""
_SHORT = 260

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
class Batch:
    """Conversations of similar length, padded."""

    tokens: Tensor
    learn: Tensor
    real: int


def encoded(tokenizer: Tokenizer, sample: Sample) -> Encoded:
    """A sample as tokens; in a correction only the last answer is learnt, for the first is wrong."""
    return tokenizer.conversation(sample.messages, learn_all=sample.origin != "correction")


def batches(tokenizer: Tokenizer, progress: Progress, shape: Shape, seed: int = 0, failures: Sequence[Sample] = ()) -> Iterator[Batch]:  # fmt: skip
    """Batches without end, going on from ``progress.pools``; some of `failures` are mixed in.

    Lengths are rounded up, so that there are few shapes of batches: a CPU's matrix library
    prepares a kernel for each shape it meets, which costs more than the padding.
    """
    pad = tokenizer.control(PAD)
    waiting: dict[int, list[Encoded]] = {}
    while True:
        chance = random.Random(progress.pools)
        drawn = list(itertools.islice(samples(seed * 1_000_003 + progress.pools), _POOL))
        if failures:
            drawn += chance.sample(failures, min(_FAILURES, len(failures)))
        longest = shape.context if progress.tokens > _SHORT_UNTIL else _SHORT
        made: list[Batch] = []
        for sample in drawn:
            one = encoded(tokenizer, sample)
            if len(one.tokens) > longest:
                continue
            width = -(-len(one.tokens) // _ROUND) * _ROUND
            rows = waiting.setdefault(width, [])
            rows.append(one)
            if len(rows) == max(1, BATCH_TOKENS // width):
                made.append(_padded(waiting.pop(width), pad, width))
        chance.shuffle(made)
        progress.pools += 1
        yield from made


def _padded(rows: Sequence[Encoded], pad: int, width: int) -> Batch:
    tokens = torch.tensor([row.tokens + [pad] * (width - len(row.tokens)) for row in rows])
    learn = torch.tensor([row.learn + [False] * (width - len(row.learn)) for row in rows])
    return Batch(tokens, learn, sum(len(row.tokens) for row in rows))


def loss_of(model: Llama, batch: Batch) -> Tensor:
    """Mean cross-entropy of the tokens to be learnt, in nats."""
    wanted = batch.learn[:, 1:]
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model(batch.tokens[:, :-1])
        logits = model.logits(hidden[wanted])
    return functional.cross_entropy(logits.float(), batch.tokens[:, 1:][wanted])


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

    def __init__(self, folder: Path, tokenizer: Tokenizer, shape: Shape) -> None:
        self.folder = folder
        self.tokenizer = tokenizer
        torch.manual_seed(1)
        self.model = Llama(shape)
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
        stored: dict[str, Any] = torch.load(path, weights_only=True)
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

    def train(self, until: int, say: Say, *, anneal_over: int = 0, seed: int = 0) -> None:
        """Train until so many tokens are seen, or until `stop`.

        Args:
            until: tokens in all.
            say: takes a line of progress now and then.
            anneal_over: let the rate fall to nothing over the last so many tokens; such a run
                does not touch the checkpoint that training goes on from.
            seed: of the data.
        """
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        progress = self.progress
        began, began_tokens = time.monotonic(), progress.tokens
        saved = reported = began
        for batch in batches(self.tokenizer, progress, self.model.shape, seed, self.failures):
            loss = loss_of(self.model, batch)
            loss.backward()
            factor = min(1.0, (progress.steps + 1) / _WARM_UP_STEPS)
            if anneal_over:
                factor *= max(0.0, min(1.0, (until - progress.tokens) / anneal_over))
            self.optimizer.step(factor)
            progress.steps += 1
            progress.tokens += batch.real
            weight = max(0.02, 1 / progress.steps)
            progress.loss += weight * (loss.item() - progress.loss)
            now = time.monotonic()
            done = self._stopped or progress.tokens >= until
            if now - reported > _REPORT_SECONDS or done:
                speed = (progress.tokens - began_tokens) / (now - began)
                left = max(0, until - progress.tokens) / speed / 60
                say(
                    f"{progress.tokens / 1e6:7.2f} M tokens  loss {progress.loss:.4f}  "
                    f"{speed:5.0f} tokens/s  {left:4.0f} min left"
                )
                reported = now
            if not anneal_over and (now - saved > _SAVE_SECONDS or done):
                self.save()
                saved = now
            if done:
                return


def shape_of(path: Path) -> Shape:
    """The shape of a stored checkpoint's model."""
    stored: dict[str, Any] = torch.load(path, weights_only=True)
    return Shape(**stored["shape"])
