"""A Docker engine for the tests: the one that runs here, or else one of their own.

Their own keeps its images in the folder ``.docker`` of the checkout, so that they are built once. All
this is done by a process beside the tests, which builds while they go on: `python -m tests.engine`.
It says what has become of each thing in a line of JSON, and ends with its stdin.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from concurrent.futures import Future
from pathlib import Path

import pytest

from runners import images
from runners.base import SandboxMissing
from runners.images.building import ImageNotBuilt, build
from runners.sandbox.docker import connect

BASE = "debian:bookworm-slim"
ENGINE = "engine"
_ROOT = Path(__file__).resolve().parents[1]
_KEPT = _ROOT / ".docker"
_START_SECONDS = 60
_END_SECONDS = 30
_FIRST = "python"
"""The family that most tests want."""


class Unavailable(Exception):
    """There can be no engine; the text is what it takes."""


class Beside:
    """The process beside the tests, and what it has said so far."""

    def __init__(self) -> None:
        self._told: dict[str, Future[str]] = {one: Future() for one in (ENGINE, *images.families())}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.engine"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def wait(self, name: str) -> str:
        """The address of the `ENGINE`, or the tag of a family's image.

        Raises:
            Unavailable: there can be no engine.
            ImageNotBuilt: the image cannot be built.
        """
        return self._told[name].result()

    def close(self) -> None:
        """End it, and an engine that it has started."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            waiting = self._told[said["name"]]
            if "failed" in said:
                waiting.set_exception(ImageNotBuilt(said["failed"]))
            elif "needs" in said:
                waiting.set_exception(Unavailable(said["needs"]))
            else:
                waiting.set_result(said["result"])
        for name, waiting in self._told.items():
            if not waiting.done():
                waiting.set_exception(ImageNotBuilt(f"tests.engine ended before it came to {name}"))


@contextlib.contextmanager
def running() -> Generator[None]:
    """An engine that ``DOCKER_HOST`` names while this lasts.

    Raises:
        Unavailable: there is none, and none can be started.
    """
    if _answers():
        yield
        return
    for program in ("dockerd", "debootstrap"):
        if shutil.which(program) is None:
            raise Unavailable(program)
    if os.getuid() != 0:
        raise Unavailable("a Docker engine, or root to start one,")
    # A socket's path may have 107 letters.
    place = Path(tempfile.gettempdir()) / f"viscoder-{hashlib.sha256(bytes(_KEPT)).hexdigest()[:8]}"
    place.mkdir(mode=0o700, exist_ok=True)
    _KEPT.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch, _started(place, patch):
        _with_base()
        yield


@contextlib.contextmanager
def _started(place: Path, patch: pytest.MonkeyPatch) -> Generator[None]:
    patch.setenv("DOCKER_HOST", f"unix://{place}/socket")
    # No bridge: programs have no network, and builds use that of this machine.
    command = [
        "dockerd", "--data-root", str(_KEPT / "data"), "--exec-root", str(place / "run"), "--pidfile", str(place / "pid"),
        "--host", f"unix://{place}/socket", "--bridge=none", "--iptables=false", "--ip-forward=false",
    ]  # fmt: skip
    with (_KEPT / "log").open("wb") as log:
        engine = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        end = time.monotonic() + _START_SECONDS
        while not _answers():
            assert engine.poll() is None and time.monotonic() < end, (_KEPT / "log").read_text()[-2000:]  # fmt: skip
            time.sleep(0.2)
        yield
    finally:
        engine.terminate()
        try:
            engine.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            engine.kill()
            engine.wait()


def _answers() -> bool:
    try:
        connect()
    except SandboxMissing:
        return False
    return True


def _with_base() -> None:
    """Have the image that ours are built on; an engine of one's own begins with none."""
    api = connect().api
    if api.images(name=BASE):
        return
    with tempfile.TemporaryDirectory(prefix="viscoder-debian-") as folder:
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", folder, *_mirror()], check=True, capture_output=True)  # fmt: skip
        packed = subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE)
        name, _, tag = BASE.partition(":")
        api.import_image_from_stream(packed.stdout, repository=name, tag=tag)
        assert packed.wait() == 0


def _mirror() -> list[str]:
    """Where this machine has its packages from, if that is Debian bookworm; else debootstrap knows."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Codename: bookworm"]  # fmt: skip
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
    return told[:1]


def _say(name: str, **told: str) -> None:
    sys.stdout.write(json.dumps({"name": name, **told}) + "\n")
    sys.stdout.flush()


def _build_all() -> None:
    for family in sorted(images.families(), key=lambda one: one != _FIRST):
        try:
            _say(family, result=build(family, lambda _line: None))
        except (ImageNotBuilt, SandboxMissing) as error:
            _say(family, failed=str(error))
        except Exception as error:  # whatever the SDK raises when the engine ends under it
            _say(family, failed=repr(error))


def main() -> None:
    """Have an engine and every image, until stdin ends."""
    try:
        with running():
            _say(ENGINE, result=os.environ.get("DOCKER_HOST", ""))
            threading.Thread(target=_build_all, daemon=True).start()
            sys.stdin.read()
    except Unavailable as error:
        for name in (ENGINE, *images.families()):
            _say(name, needs=str(error))


if __name__ == "__main__":
    main()
