"""``python -m tests.perf.backends``: what a model costs through viscoder, against llama.cpp bare.

Files in the shape of Qwen2.5-Coder 0.5B and 1.5B with random weights serve for speed; the embedded
model's own corrections for reading ahead. Each figure is a ratio within one run.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import aclosing
from pathlib import Path

from backends.base import Chunk, Message, Sampling, Usage
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from backends.llama_cpp_options import LlamaOptions
from runners import languages
from tests.perf import shapes
from tests.perf.figure import Figure
from viscoder_tui.agent import compact
from viscoder_tui.agent.form import grammar
from viscoder_tui.training.synthesize import samples

_TOKENS = 48
_TRIES = 3
_ANSWERS = 20
_CONVERSATIONS = 30
_ROUNDS = 100
_LONG = "draw the sales of each month as bars, with a title, a grid and the values on top; " * 30
_PLAIN = LlamaOptions(drafts=False)

BARE = """
import sys, time
from llama_cpp import Llama
llama = Llama(sys.argv[1], n_ctx=4096, n_batch=512, n_threads=int(sys.argv[2]), verbose=False)
tokens = llama.tokenize(sys.argv[3].encode(), add_bos=False)
for _ in sys.stdin:
    times = []
    for number, token in enumerate(llama.generate(tokens, temp=0.0)):
        times.append(time.perf_counter())
        if number == int(sys.argv[4]): break
    print((len(times) - 1) / (times[-1] - times[0]), flush=True)
"""


class Bare:
    """llama-cpp-python with nothing around it, which writes the same answer as often as it is asked."""

    def __init__(self, path: Path, threads: int) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", BARE, str(path), str(threads), _LONG, str(_TOKENS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip

    def speed(self) -> float:
        """Tokens a second of one answer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._process.communicate("")


async def spoken(backend: LlamaCpp, messages: tuple[Message, ...], tokens: int) -> tuple[str, float, float]:  # fmt: skip
    """An answer, the seconds to its first token, and tokens a second from there."""
    text, first, speed, _ = await measured(backend, messages, tokens)
    return text, first, speed


async def measured(backend: LlamaCpp, messages: tuple[Message, ...], tokens: int) -> tuple[str, float, float, int]:  # fmt: skip
    """The same, and the tokens of its prompt."""
    began = time.perf_counter()
    times: list[tuple[float, int]] = []
    text, last = "", Chunk("")
    async with aclosing(backend.stream(messages, Sampling(max_tokens=tokens))) as chunks:
        async for last in chunks:
            if last.text:
                text += last.text
                times.append((time.perf_counter(), last.tokens))
    usage = last.usage or Usage()
    (first, one), (end, all_of_them) = times[0], times[-1]
    speed = (all_of_them - one) / max(end - first, 1e-9)
    return text, first - began, speed, usage.prompt_tokens


async def speed(shape: shapes.Shape, path: Path, folder: Path, threads: int) -> Figure:
    """Tokens a second through viscoder and bare, answer by answer in turn: what else the machine does
    changes them by more than viscoder does."""
    bare = Bare(path, threads)
    backend = LlamaCpp(path, folder / "llama.log", LlamaOptions(threads, drafts=False))
    ratios: list[float] = []
    for number in range(_ANSWERS + 1):
        theirs = bare.speed()
        _, _, ours = await spoken(backend, (Message("user", _LONG),), _TOKENS)
        if number:  # the first ones have read their conversation
            ratios.append(ours / theirs)
    await backend.close()
    bare.close()
    ratio = statistics.median(ratios)
    return Figure(f"tokens a second against llama-cpp-python bare, {shape.name}", f"{ratio:.2f}x", "0.97x", ratio >= 0.97)  # fmt: skip


async def first_token(shape: shapes.Shape, path: Path, folder: Path) -> Figure:
    """How soon a correction begins, against as many tokens unread: an answer of random weights, read
    anew, is more of them than were written."""
    ratios: list[float] = []
    for _ in range(_TRIES):
        backend = LlamaCpp(path, folder / "llama.log", _PLAIN)
        await backend.load()
        ask = Message("user", _LONG)
        answer, _, _ = await spoken(backend, (ask,), _TOKENS)
        conversation = (ask, Message("assistant", answer), Message("user", "error in line 3: name 'x' is not defined"))  # fmt: skip
        _, warm, _, short = await measured(backend, conversation, 2)
        await backend.close()
        await backend.load()
        _, cold, _, long = await measured(backend, conversation, 2)
        await backend.close()
        ratios.append(warm / (cold * short / long))
    ratio = statistics.median(ratios)
    return Figure(f"first token of a correction against a cold prompt, {shape.name}", f"{ratio:.2f}x", "0.25x", ratio <= 0.25)  # fmt: skip


async def cancelling(shape: shapes.Shape, path: Path, folder: Path) -> Figure:
    """How long it takes to stop, in reading and in writing."""
    backend = LlamaCpp(path, folder / "llama.log")
    await backend.load()
    worst = 0.0
    for wanted in ("", "text"):
        stream = backend.stream((Message("user", f"{_LONG}{wanted}{_LONG}"),), Sampling())
        async for chunk in stream:
            if bool(chunk.text) == bool(wanted):
                break
        began = time.perf_counter()
        await stream.aclose()
        worst = max(worst, time.perf_counter() - began)
    await backend.close()
    return Figure(f"stopping an answer, {shape.name}", f"{worst * 1000:.0f} ms", "100 ms", worst <= 0.1)  # fmt: skip


async def reading_ahead(folder: Path) -> Figure:
    """Corrections of the embedded model with and without drafts, the answers compared."""
    asked = [sample for sample in itertools.islice(samples(5), 600) if len(sample.messages) >= 4]
    seconds = {True: 0.0, False: 0.0}
    told: dict[bool, list[str]] = {True: [], False: []}
    for drafts in (False, True):
        backend = LlamaCpp(EMBEDDED, folder / "llama.log", LlamaOptions(drafts=drafts))
        await backend.load()
        for sample in asked[:_CONVERSATIONS]:
            async for chunk in backend.stream(sample.messages[:-1], Sampling(max_tokens=400)):
                told[drafts].append(chunk.text)
                seconds[drafts] += chunk.usage.answer_seconds if chunk.usage else 0.0
        await backend.close()
    gain = seconds[False] / seconds[True]
    same = "".join(told[True]) == "".join(told[False])
    return Figure("writing corrections with drafts, the embedded model", f"{gain:.2f}x", "1.50x", gain >= 1.5 and same, "the same answers" if same else "OTHER ANSWERS")  # fmt: skip


async def in_form(folder: Path) -> Figure:
    """Tokens a second of the embedded model held to the form of an answer, against itself free."""
    held = grammar(languages.find("vegalite"), "schema")
    asked = (Message("user", compact.request("vegalite", "bars of fruit: figs 3, pears 5")),)
    backend = LlamaCpp(EMBEDDED, folder / "llama.log", _PLAIN)
    await backend.load()
    ratios: list[float] = []
    for _ in range(3 * _TRIES):
        speeds: list[float] = []
        for form in ("", held):
            usage = Usage()
            async for chunk in backend.stream(asked, Sampling(max_tokens=_TOKENS, grammar=form)):
                usage = chunk.usage or usage
            speeds.append(usage.tokens_per_second)
        ratios.append(speeds[1] / speeds[0])
    await backend.close()
    ratio = statistics.median(ratios)
    return Figure("tokens a second held to the form of an answer, the embedded model", f"{ratio:.2f}x", "0.85x", ratio >= 0.85)  # fmt: skip


def resident(backend: LlamaCpp) -> int:
    """Pages of memory that the process of a model holds."""
    fields = Path(f"/proc/{backend.pid}/statm").read_text().split()
    return int(fields[1])


async def memory(folder: Path) -> Figure:
    """How the process grows over many rounds."""
    backend = LlamaCpp(EMBEDDED, folder / "llama.log")
    await backend.load()
    early = 0
    for number in range(_ROUNDS):
        await spoken(backend, (Message("user", f"python: bars of {number}, 2, 3"),), 60)
        if number == _ROUNDS // 10:
            early = resident(backend)
    grown = resident(backend) / early - 1
    await backend.close()
    return Figure(f"memory over {_ROUNDS} rounds", f"{grown:+.1%}", "+5%", grown <= 0.05)


def main() -> int:
    """Print the figures; the exit status says whether every goal was reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.backends", description=__doc__.split("\n")[0] if __doc__ else None)  # fmt: skip
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    reached = True
    with tempfile.TemporaryDirectory(prefix="viscoder-perf-") as name:
        folder = Path(name)

        def tell(figure: Figure) -> None:
            nonlocal reached
            sys.stdout.write(f"{figure.line()}\n")
            sys.stdout.flush()
            reached = reached and figure.reached

        tell(asyncio.run(reading_ahead(folder)))
        tell(asyncio.run(memory(folder)))
        tell(asyncio.run(in_form(folder)))
        for shape in (shapes.SMALL, shapes.MEDIUM):
            path = shapes.write(folder / "random.gguf", shape)
            tell(asyncio.run(speed(shape, path, folder, given.threads)))
            tell(asyncio.run(first_token(shape, path, folder)))
            tell(asyncio.run(cancelling(shape, path, folder)))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
