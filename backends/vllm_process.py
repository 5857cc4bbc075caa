"""A vLLM server that viscoder has started: on loopback, with a key that nobody else knows."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from backends import vllm_log
from backends.base import BackendError, ModelMissing
from backends.server_key import Key
from backends.vllm_options import VllmOptions
from backends.warded import Warded

_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Environment:
    """Where vLLM is installed, and where its messages go.

    Attributes:
        python: the interpreter.
        log: a file.
    """

    python: Path
    log: Path

    def check(self) -> None:
        """See whether there is an interpreter.

        Raises:
            BackendError: there is none; the sentence says how to make one.
        """
        if not os.access(self.python, os.X_OK):
            folder = self.python.parent.parent
            raise BackendError(f"vLLM is not installed: python3 -m venv {folder} && {folder}/bin/pip install vllm, or name the python of another environment as python in [backends.vllm]")  # fmt: skip


def environment_of(options: VllmOptions, usual: Path, log: Path) -> Environment:
    """Where vLLM is.

    Args:
        options: may name the interpreter.
        usual: the folder of the environment where nothing is named.
        log: a file for its messages.
    """
    named = Path(options.python).expanduser() if options.python else usual / "bin" / "python"
    return Environment(named.absolute(), log)


def checked(model: str) -> str:
    """The model as vLLM takes it: a folder's whole path, or a name of a hub.

    Raises:
        ModelMissing: there is no such folder, or it is no model for vLLM.
    """
    path = Path(model).expanduser()
    if model.endswith(".gguf"):
        raise ModelMissing(f"vLLM serves folders with safetensors: leave vllm: out, and llama.cpp runs {model}")  # fmt: skip
    if path.is_dir():
        if not (path / "config.json").exists():
            raise ModelMissing(f"the folder {model} has no config.json, so that it is no model for vLLM: name one with safetensors")  # fmt: skip
        return str(path.resolve())
    if model.startswith(("/", ".", "~")) or model.count("/") != 1:
        raise ModelMissing(f"there is no folder {model}: vLLM serves a folder with safetensors, or organisation/name of a hub")  # fmt: skip
    return model


class VllmProcess:
    """Starts the server; it can be asked once it listens.

    Args:
        model: as `checked` gives it.
        environment: where vLLM is.
        options: how it is started.

    Raises:
        BackendError: it cannot be started.
    """

    def __init__(self, model: str, environment: Environment, options: VllmOptions) -> None:
        environment.check()
        self.environment = environment
        self.model = model
        self.key = Key(secrets.token_urlsafe(24))
        self._kept = socket.socket()
        self._port = _port_of(self._kept)
        command = [
            str(environment.python), "-I", "-m", "vllm.entrypoints.openai.api_server", "--model", model, "--served-model-name", Path(model).name,
            "--enable-prompt-tokens-details", "--host", _HOST, "--port", str(self._port), *options.engine(),
        ]  # fmt: skip
        try:
            self._warded = Warded(command, environment.log, {**inherited(), "VLLM_API_KEY": self.key.reveal()})  # fmt: skip
        except OSError as error:
            self._kept.close()
            raise BackendError(f"vLLM cannot be started: {error.strerror or error}") from error

    @property
    def address(self) -> str:
        """The server's, up to its version."""
        return f"http://{_HOST}:{self._port}/v1"

    @property
    def pid(self) -> int:
        """Of the process that all of vLLM's come from."""
        return self._warded.pid

    @property
    def ended(self) -> bool:
        """Whether it does not run any more."""
        return self._warded.status() is not None

    def step(self) -> str:
        """What it has begun since the last time, for people; empty for nothing new."""
        return vllm_log.step(self._warded.news())

    def listens(self) -> bool:
        """Whether it can be asked."""
        with socket.socket() as one:
            return one.connect_ex((_HOST, self._port)) == 0

    def fault(self) -> BackendError:
        """Why it has ended, as its log tells it."""
        return vllm_log.fault(self._warded.said(), self.environment, self.model, self._warded.status() or 0)  # fmt: skip

    def end(self) -> None:
        """End it with every process of its own, and wait until that is done."""
        self._kept.close()
        self._warded.end()


def inherited() -> dict[str, str]:
    """What vLLM's processes inherit: neither viscoder's own Python nor its keys, and they tell
    nobody that they run."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "VISCODER_API_KEY")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}


def _port_of(kept: socket.socket) -> int:
    """A port for the server. vLLM takes it half a minute later; until then nobody else is given it, for
    on Linux two sockets may have a port of which both say that they share it, while one of them listens."""
    kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    kept.bind((_HOST, 0))
    port = int(kept.getsockname()[1])
    if sys.platform != "linux":
        kept.close()
    return port
