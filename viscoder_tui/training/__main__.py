"""``python -m viscoder_tui.training``: makes the embedded model, one step or all of them."""

from __future__ import annotations

import argparse
import itertools
import math
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from backends.base import Backend
from runners.base import Runner
from viscoder_tui.locations import cache_folder
from viscoder_tui.training.sample import Sample
from viscoder_tui.training.synthesize import samples

_TOKENIZER_SAMPLES = 24_000
_SMALL_TOKENIZER_SAMPLES = 1_200


def say(line: str) -> None:
    """Write a line of progress."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main() -> None:
    """Parse the command line and do the step."""
    parser = argparse.ArgumentParser(prog="python -m viscoder_tui.training", description=__doc__)
    parser.add_argument(
        "step",
        choices=(
            "adopt",
            "tokenize",
            "train",
            "anneal",
            "export",
            "hub_folder",
            "collect",
            "all",
            "evaluate",
            "validate",
        ),
    )
    parser.add_argument("--folder", type=Path, default=cache_folder() / "nano", help="where the training lives")  # fmt: skip
    parser.add_argument("--tokens", type=float, default=40e6, help="train until so many are seen")
    parser.add_argument("--anneal-tokens", type=float, default=4e6, help="let the rate fall over so many")  # fmt: skip
    parser.add_argument("--minutes", type=float, default=math.inf, help="train or anneal no longer than this")  # fmt: skip
    parser.add_argument("--rate", type=float, default=1.0, help="the learning rate, as a share of the full one")  # fmt: skip
    parser.add_argument("--device", default="cpu", help="where to train: cpu or cuda")
    parser.add_argument("--eager", action="store_true", help="train without compiling the model first")  # fmt: skip
    parser.add_argument("--workers", type=int, default=0, help="processes that make the batches (default: none, the training makes them)")  # fmt: skip
    parser.add_argument(
        "--out", type=Path, default=None, help="the GGUF file to write, or the folder of hub_folder"
    )
    parser.add_argument("--from", dest="exported", type=Path, default=Path("backends/nano/viscoder-nano.gguf"), help="the model that adopt, hub_folder, collect and evaluate take")  # fmt: skip
    parser.add_argument("--requests", choices=("generated", "development", "held_out"), default="generated", help="what evaluate asks")  # fmt: skip
    parser.add_argument("--count", type=int, help="requests: of all languages (collect, 3000), of each (evaluate, 100), conversations (validate, 500)")  # fmt: skip
    parser.add_argument("--grammar", choices=("off", "fence", "schema"), default="off", help="how far evaluate holds answers to their form")  # fmt: skip
    parser.add_argument("--show", action="store_true", help="have evaluate show what was wrong")
    parser.add_argument("--small", action="store_true", help="a tiny model, to try the pipeline")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    _STEPS[options.step](options)


def everything(options: argparse.Namespace) -> None:
    """From nothing to the model, by way of its own failures; goes on where it was cut off."""
    tokenize(options)
    if not (options.folder / FAILURES).exists():
        first = argparse.Namespace(**vars(options))
        first.tokens, first.out = 0.7 * options.tokens, options.folder / "interim.gguf"
        first.exported = first.out
        for step in (train, anneal, export, collect):
            step(first)
    for step in (train, anneal, export):
        step(options)


FAILURES = "failures.jsonl"


def collect(options: argparse.Namespace) -> None:
    """Keep what an exported model gets wrong, with what is said of it and the right answer."""
    import asyncio
    import tempfile

    from viscoder_tui.training import collect as collector

    count: int = options.count or 3_000

    async def run() -> None:
        kept: list[str] = []
        with tempfile.TemporaryDirectory(prefix="viscoder-failures-") as folder:
            async with _at_work(options) as (backend, runner):
                found = collector.failures(backend, runner, Path(folder), _FAILURES_SEED, count)  # fmt: skip
                async for sample in found:
                    kept.append(collector.line(sample))
        path = options.folder / FAILURES
        path.write_text("\n".join([*kept, ""]), encoding="utf-8")
        say(f"{len(kept)} failures of {count} requests: {path}")

    asyncio.run(run())


@asynccontextmanager
async def _at_work(options: argparse.Namespace) -> AsyncGenerator[tuple[Backend, Runner]]:
    """The exported model and the runner, ended afterwards."""
    from backends.llama_cpp import LlamaCpp
    from runners.runner import SandboxedRunner
    from runners.sandbox import sandbox

    backend = LlamaCpp(options.exported, options.folder / "llama.log")
    runner = SandboxedRunner(sandbox("bubblewrap"))
    try:
        yield backend, runner
    finally:
        await backend.close()
        await runner.close()


def _conversations(count: int) -> list[Sample]:
    return list(itertools.islice(samples(-1), count))


def tokenize(options: argparse.Namespace) -> None:
    """Learn the tokenizer, unless there is one."""
    from viscoder_tui.training import tokenizer

    path = options.folder / "tokenizer.json"
    if path.exists():
        return
    count = _SMALL_TOKENIZER_SAMPLES if options.small else _TOKENIZER_SAMPLES
    say(f"learning the tokenizer from {count} conversations")
    drawn = _conversations(count)
    learnt = tokenizer.train([sample.messages for sample in drawn])
    learnt.save(path)
    say(f"{learnt.size} tokens, {len(learnt.macros)} of them macros: {path}")


def adopt(options: argparse.Namespace) -> None:
    """Make an exported model the checkpoint that training goes on from."""
    from viscoder_tui.training import adopt as adopter

    if (options.folder / "checkpoint.pt").exists():
        sys.exit(f"there is a checkpoint in {options.folder} already: train goes on from it")
    try:
        progress = adopter.adopt(options.exported, options.folder)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    say(f"{options.exported}: going on from {progress.tokens / 1e6:.2f} M tokens")


def train(options: argparse.Namespace) -> None:
    """Train, going on from the checkpoint."""
    from viscoder_tui.training.train import Limit

    training = _training(options)
    if training.resume():
        say(f"going on from {training.progress.tokens / 1e6:.2f} M tokens")
    left = options.tokens - training.progress.tokens
    if left > 0:
        training.train(Limit(left, 60 * options.minutes), say, rate=options.rate, workers=options.workers)  # fmt: skip


def anneal(options: argparse.Namespace) -> None:
    """Let the learning rate fall to nothing, from the checkpoint to ``annealed.pt``."""
    from viscoder_tui.training.train import Limit

    training = _training(options)
    if training.resume():
        say(f"going on from {training.progress.tokens / 1e6:.2f} M tokens")
    limit = Limit(options.anneal_tokens, 60 * options.minutes)
    training.train(limit, say, rate=options.rate, falling=True, workers=options.workers)
    training.save(options.folder / "annealed.pt")


def export(options: argparse.Namespace) -> None:
    """Write the annealed model as GGUF."""
    from viscoder_tui.training import export as exporter
    from viscoder_tui.training.tokenizer import Tokenizer

    out = options.out or Path("backends/nano/viscoder-nano.gguf")
    tokenizer = Tokenizer.load(options.folder / "tokenizer.json")
    exporter.export(options.folder / "annealed.pt", tokenizer, out)
    say(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def hub_folder(options: argparse.Namespace) -> None:
    """Write the exported model as a folder that vLLM serves."""
    from viscoder_tui.training import hub_folder as writer

    out = options.out or options.folder / "viscoder-nano"
    try:
        writer.write(options.exported, out)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    say(f"{out}: viscoder plot … --model vllm:{out}")


def evaluate(options: argparse.Namespace) -> None:
    """Measure the exported model on fresh generated or on free requests."""
    import asyncio

    from viscoder_tui.training.evaluation import evaluate as evaluator
    from viscoder_tui.training.evaluation.requests import free

    def hear(outcome: evaluator.Outcome) -> None:
        if options.show and not outcome.right:
            say(f"--- {outcome.request.language}: {outcome.request.text}\n{outcome.wrongs}\n{outcome.source}")  # fmt: skip

    async def measure() -> list[str]:
        if options.requests == "generated":
            asked = [
                one
                for name in _LANGUAGES
                for one in evaluator.generated(name, options.count or 100)
            ]
        else:
            asked = list(free(options.requests))
        async with _at_work(options) as (backend, runner):
            return evaluator.report(
                await evaluator.evaluate(asked, backend, runner, grammar=options.grammar, hear=hear)
            )

    for line in asyncio.run(measure()):
        sys.stdout.write(line + "\n")


def _training(options: argparse.Namespace):
    import torch

    from viscoder_tui.training.model import Shape
    from viscoder_tui.training.tokenizer import Tokenizer
    from viscoder_tui.training.train import Training

    torch.set_num_threads(int(os.environ.get("VISCODER_THREADS", os.cpu_count() or 1)))
    tokenizer = Tokenizer.load(options.folder / "tokenizer.json")
    shape = Shape(tokenizer.size)
    if options.small:
        shape = Shape(tokenizer.size, width=64, layers=2, heads=2, hidden=96)
    training = Training(options.folder, tokenizer, shape, options.device)
    if not options.small and not options.eager:
        training.compile()
    return training


def validate(options: argparse.Namespace) -> None:
    """Run synthesized conversations, and say where they are not true."""
    import asyncio
    import tempfile

    from runners.runner import SandboxedRunner
    from runners.sandbox import sandbox
    from viscoder_tui.training.validate import Validation

    async def run() -> list[str]:
        runner = SandboxedRunner(sandbox("bubblewrap"))
        with tempfile.TemporaryDirectory(prefix="viscoder-validation-") as folder:
            validation = Validation(runner, Path(folder))
            async for finding in validation.findings(_VALIDATION_SEED, options.count or 500):
                if options.show:
                    say(f"--- {finding.sample.messages[0].content}\n{finding.message}")
            await runner.close()
            return validation.report()

    for line in asyncio.run(run()):
        sys.stdout.write(line + "\n")


_VALIDATION_SEED = 3_000_000_019
_FAILURES_SEED = 1_000_000_007
_LANGUAGES = ("python", "vegalite", "svg", "mermaid", "lilypond")
_STEPS = {
    "all": everything,
    "collect": collect,
    "evaluate": evaluate,
    "validate": validate,
    "adopt": adopt,
    "tokenize": tokenize,
    "train": train,
    "anneal": anneal,
    "export": export,
    "hub_folder": hub_folder,
}

if __name__ == "__main__":
    main()
