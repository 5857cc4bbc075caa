"""A real OpenAI-compatible server with a real model: llama-cpp-python's own, on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from backends.choose import EMBEDDED

_STARTS_SECONDS = 60


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serving(log: Path, *arguments: str, model: Path = EMBEDDED) -> Generator[str]:
    """Serve `model` as ``viscoder-nano`` until the end of the block.

    Args:
        log: what the server says.
        arguments: more options of ``llama_cpp.server``.
        model: a GGUF file.

    Yields:
        The address, up to its version.
    """
    port = free_port()
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--model_alias", "viscoder-nano", "--host", "127.0.0.1", "--port", str(port), "--n_threads", "1", "--n_ctx", "1024", *arguments]  # fmt: skip
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + _STARTS_SECONDS
        while not _listens(port):
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
