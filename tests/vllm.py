"""A real vLLM for the tests: in an environment of its own, serving the embedded model.

It is started beside the tests that do not need it. ``make test`` makes the environment.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future
from pathlib import Path
from urllib.request import urlopen

from backends.vllm import Vllm
from backends.vllm_options import VllmOptions
from backends.vllm_process import Environment

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "vllm" / "bin" / "python"
INSTALLED = ROOT / ".venv" / "vllm" / "installed"
_BEHIND_THE_TESTS = 10
OPTIONS = VllmOptions(
    start_seconds=900,
    arguments=("--enforce-eager", "--dtype", "float32", "--max-num-seqs", "16"),
)
"""Small, and exact enough that answers are llama.cpp's."""


def small() -> None:
    """Have every vLLM that is started from here be content with little."""
    os.environ["VLLM_CPU_KVCACHE_SPACE"] = "1"
    os.environ["VLLM_CPU_OMP_THREADS_BIND"] = "nobind"
    os.environ["OMP_NUM_THREADS"] = "1"


def write_model(folder: Path) -> Path:
    """The embedded model as vLLM takes it."""
    out = folder / "viscoder-nano"
    subprocess.run([sys.executable, "-m", "viscoder_tui.training", "hub_folder", "--out", str(out), "--folder", str(folder)], cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    return out


class Served:
    """A vLLM that is started while other things go on.

    Attributes:
        folder: where its log is.
    """

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="viscoder-vllm-")
        self.folder = Path(self._place.name)
        self._model: Future[Path] = Future()
        self._started: Future[Vllm] = Future()
        threading.Thread(target=self._start, daemon=True).start()

    @property
    def environment(self) -> Environment:
        """Where vLLM is, with a log of its own."""
        return Environment(PYTHON, self.folder / "vllm.log")

    def model(self) -> Path:
        """The folder that it serves."""
        return self._model.result()

    def vllm(self) -> Vllm:
        """The server; it may be starting still."""
        return self._started.result()

    def end(self) -> None:
        """End it, if nobody has yet, and remove its files."""
        with contextlib.suppress(Exception):  # it could not be started
            asyncio.run(self.vllm().close())
        self._place.cleanup()

    def _start(self) -> None:
        if sys.platform == "linux":  # there it is of this thread and of what it starts
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _BEHIND_THE_TESTS)
        try:
            small()
            model = write_model(self.folder)
            self._model.set_result(model)
            vllm = Vllm(str(model), self.environment, OPTIONS)
            vllm.start()
            self._started.set_result(vllm)
        except Exception as error:  # whatever it is, the test that waits tells it
            for one in (self._model, self._started):
                if not one.done():
                    one.set_exception(error)


def metric(address: str, name: str) -> float:
    """The sum of one of the server's counts: https://docs.vllm.ai/en/latest/usage/metrics.html"""
    with urlopen(f"{address.removesuffix('/v1')}/metrics", timeout=10) as page:
        lines = page.read().decode().splitlines()
    found = [line for line in lines if line.startswith((f"vllm:{name}{{", f"vllm:{name} "))]
    assert found, f"the server counts no {name}"
    return sum(float(line.rpartition(" ")[2]) for line in found)
