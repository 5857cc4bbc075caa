# pyright: reportUnknownMemberType=false
# PyTorch leaves the types of much that is used here open.
"""Batches of synthesized conversations, made in this process or in several others.

A pool is what is drawn from one seed. Pools are numbered, so that a training that is interrupted
goes on with the next one and sees none twice.
"""

from __future__ import annotations

import itertools
import multiprocessing
import random
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.queues import Queue

import numpy
import numpy.typing
import torch
from torch import Tensor

from viscoder_tui.training.sample import Sample
from viscoder_tui.training.synthesize import samples
from viscoder_tui.training.tokenizer import PAD, Encoded, Tokenizer

_POOL = 400
"""Samples that are drawn from one seed."""
_FAILURES = 20
"""Of the model's own failures, beside each pool, at most."""
_FAILURES_SHARE = 0.02
"""Of all of them, beside each pool, at most: few failures shall not be learnt by heart."""
_WAITING = 4
"""Batches that each worker keeps ready."""

Numbers = numpy.typing.NDArray[numpy.int64]


@dataclass(frozen=True, slots=True)
class Batching:
    """How conversations become batches.

    Lengths are rounded up, so that there are few shapes of batches: a CPU's matrix library
    prepares a kernel for each shape it meets, which costs more than the padding.

    Attributes:
        tokens: in a batch, padding counted.
        rounding: lengths are multiples of it.
        longest: conversation, in tokens; longer ones are left out.
    """

    tokens: int
    rounding: int
    longest: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Conversations of similar length, padded.

    Attributes:
        tokens: (conversations, length).
        places: of the tokens after which one is to be learnt, in ``tokens[:, :-1]`` laid flat.
        real: tokens without the padding.
        pools: drawn so far.
    """

    tokens: Numbers
    places: Numbers
    real: int
    pools: int

    def on(self, device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """The tokens read, the places learnt and the tokens wanted there, on `device`."""
        wanted = self.tokens[:, 1:].reshape(-1)[self.places]
        tensors = [
            torch.from_numpy(one) for one in (self.tokens[:, :-1].copy(), self.places, wanted)
        ]
        if device.type == "cuda":
            tensors = [one.pin_memory() for one in tensors]
        read, places, learnt = (one.to(device, non_blocking=True) for one in tensors)
        return read, places, learnt


def encoded(tokenizer: Tokenizer, sample: Sample) -> Encoded:
    """A sample as tokens; in a correction only the last answer is learnt, for the first is wrong."""
    return tokenizer.conversation(sample.messages, learn_all=sample.origin != "correction")


def batches(tokenizer: Tokenizer, pools: Iterator[int], batching: Batching, failures: Sequence[Sample] = ()) -> Iterator[Batch]:  # fmt: skip
    """Batches of `pools`, as long as there are any; some of `failures` are mixed in."""
    waiting: dict[int, list[Encoded]] = {}
    for pool in pools:
        chance = random.Random(pool)
        drawn = list(itertools.islice(samples(pool), _POOL))
        if failures:
            count = min(_FAILURES, max(1, int(len(failures) * _FAILURES_SHARE)))
            drawn += chance.sample(failures, count)
        full: list[list[Encoded]] = []
        for sample in drawn:
            one = encoded(tokenizer, sample)
            if len(one.tokens) > batching.longest:
                continue
            width = -(-len(one.tokens) // batching.rounding) * batching.rounding
            rows = waiting.setdefault(width, [])
            rows.append(one)
            if len(rows) == max(1, batching.tokens // width):
                full.append(waiting.pop(width))
        chance.shuffle(full)
        for rows in full:
            yield _padded(rows, tokenizer.control(PAD), batching.rounding, pool + 1)


def _padded(rows: Sequence[Encoded], pad: int, rounding: int, pools: int) -> Batch:
    longest = max(len(row.tokens) for row in rows)
    # One more than is read: the last token is only wanted.
    width = -(-longest // rounding) * rounding + 1
    tokens = numpy.full((len(rows), width), pad, numpy.int64)
    learn = numpy.zeros((len(rows), width), numpy.bool_)
    for number, row in enumerate(rows):
        tokens[number, : len(row.tokens)] = row.tokens
        learn[number, : len(row.learn)] = row.learn
    places = numpy.flatnonzero(learn[:, 1:])
    return Batch(tokens, places, sum(len(row.tokens) for row in rows), pools)


@contextmanager
def from_workers(workers: int, tokenizer: Tokenizer, first: int, batching: Batching, failures: Sequence[Sample]) -> Generator[Iterator[Batch]]:  # fmt: skip
    """Batches without end from several processes, which end with the block.

    Args:
        workers: how many.
        tokenizer: of the model.
        first: pool to be drawn.
        batching: how conversations become batches.
        failures: to be mixed in.
    """
    context = multiprocessing.get_context("spawn")
    queues: list[Queue[Batch]] = [context.Queue(_WAITING) for _ in range(workers)]
    processes = [
        context.Process(
            target=_work,
            args=(queue, tokenizer.to_json(), first + number, workers, batching, failures),
            daemon=True,
        )
        for number, queue in enumerate(queues)
    ]
    for process in processes:
        process.start()
    try:
        yield (queue.get() for queue in itertools.cycle(queues))
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _work(queue: Queue[Batch], tokenizer: str, first: int, step: int, batching: Batching, failures: Sequence[Sample]) -> None:  # fmt: skip
    pools = itertools.count(first, step)
    for batch in batches(Tokenizer.from_json(tokenizer), pools, batching, failures):
        queue.put(batch)
