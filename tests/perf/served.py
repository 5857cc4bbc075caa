"""``python -m tests.perf.served``: sixteen requests at once at a real vLLM, through viscoder and through
vLLM's own benchmark client (``vllm bench serve``): the same requests, the same server, in turns.

``make vllm`` makes the environment; pandas, with which the client reads its requests, is added to it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from backends.base import Chunk, Message, Sampling
from backends.vllm import Vllm
from tests.perf.figure import Figure
from tests.vllm import PYTHON, Served
from viscoder_tui.training.synthesize import samples

_AT_ONCE = 16
_MOST_TOKENS = 128
_CLIENT = """
import sys
from vllm.benchmarks.serve import add_cli_args, main
from vllm.utils.argparse_utils import FlexibleArgumentParser
parser = FlexibleArgumentParser()
add_cli_args(parser)
main(parser.parse_args(sys.argv[1:]))
"""
"""``vllm bench serve``, which its build for processors cannot start by that name."""


def requests(count: int) -> list[str]:
    """What is asked: what the embedded model was made for."""
    return [sample.messages[0].content for sample in itertools.islice(samples(11), count)]


async def ours(vllm: Vllm, asked: list[str]) -> float:
    """Tokens a second through viscoder."""
    gate = asyncio.Semaphore(_AT_ONCE)
    sampling = Sampling(max_tokens=_MOST_TOKENS)

    async def answered(request: str) -> int:
        last = Chunk("")
        async with gate:
            async for chunk in vllm.stream((Message("user", request),), sampling):
                last = chunk
        assert last.usage is not None
        return last.usage.answer_tokens

    began = time.perf_counter()
    tokens = sum(await asyncio.gather(*map(answered, asked)))
    return tokens / (time.perf_counter() - began)


def theirs(vllm: Vllm, model: Path, asked: Path, count: int) -> float:
    """Tokens a second through vLLM's own client."""
    assert vllm.key is not None
    result = asked.with_name("result.json")
    command = [
        str(PYTHON), "-c", _CLIENT, "--backend", "openai-chat", "--base-url", vllm.address.removesuffix("/v1"),
        "--endpoint", "/v1/chat/completions", "--model", "viscoder-nano", "--tokenizer", str(model),
        "--dataset-name", "custom", "--dataset-path", str(asked), "--skip-chat-template", "--disable-shuffle",
        "--custom-output-len", str(_MOST_TOKENS), "--num-prompts", str(count), "--max-concurrency", str(_AT_ONCE),
        "--temperature", "0", "--disable-tqdm", "--save-result", "--result-filename", str(result),
    ]  # fmt: skip
    environment = {**os.environ, "OPENAI_API_KEY": vllm.key.reveal()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"vLLM's client failed: {done.stdout[-1000:]}{done.stderr[-2000:]}")
    found = json.loads(result.read_text())
    assert found["completed"] == count
    return float(found["output_throughput"])


async def throughput(served: Served, count: int, turns: int) -> Figure:
    """What viscoder gets out of the server, against what vLLM's own client gets."""
    vllm = await asyncio.to_thread(served.vllm)
    await vllm.load()
    model = served.model()
    asked = requests(count)
    with tempfile.TemporaryDirectory(prefix="viscoder-perf-") as folder:
        file = Path(folder) / "asked.jsonl"
        file.write_text("".join(json.dumps({"prompt": one}) + "\n" for one in asked))
        await ours(vllm, asked)  # what is asked is read once, for both
        pairs = [(await ours(vllm, asked), await asyncio.to_thread(theirs, vllm, model, file, count)) for _ in range(turns)]  # fmt: skip
    ratio = statistics.median(mine / other for mine, other in pairs)
    detail = ", ".join(f"{mine:.0f} and {other:.0f} tokens/s" for mine, other in pairs)
    return Figure(f"{_AT_ONCE} requests at once at vLLM against its own client", f"{ratio:.2f}x", "0.90x", ratio >= 0.9, detail)  # fmt: skip


def main() -> int:
    """Print the figure; the exit status says whether the goal was reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.served")
    parser.add_argument("--requests", type=int, default=64)
    parser.add_argument("--turns", type=int, default=3)
    given = parser.parse_args()
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pandas"], check=True)  # fmt: skip
    served = Served()
    try:
        figure = asyncio.run(throughput(served, given.requests, given.turns))
    finally:
        served.end()
    sys.stdout.write(f"{figure.line()}\n")
    return 0 if figure.reached else 1


if __name__ == "__main__":
    sys.exit(main())
