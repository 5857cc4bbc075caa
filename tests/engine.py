"""A Docker engine for the tests: the one that runs here, or else one of their own.

Their own keeps its images in the folder ``.docker`` of the checkout, so that they are built once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from runners.base import SandboxMissing
from runners.sandbox.docker import connect
from tests.conftest import needed

BASE = "debian:bookworm-slim"
_KEPT = Path(__file__).resolve().parents[1] / ".docker"
_START_SECONDS = 60
_END_SECONDS = 30


@contextlib.contextmanager
def running() -> Generator[None]:
    """An engine that ``DOCKER_HOST`` names while this lasts."""
    if _answers():
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for program in ("dockerd", "debootstrap"):
            needed(shutil.which(program) is not None, program)
        needed(os.getuid() == 0, "a Docker engine, or root to start one,")
        # A socket's path may have 107 letters.
        place = (
            Path(tempfile.gettempdir()) / f"viscoder-{hashlib.sha256(bytes(_KEPT)).hexdigest()[:8]}"
        )
        place.mkdir(mode=0o700, exist_ok=True)
        _KEPT.mkdir(exist_ok=True)
        patch.setenv("DOCKER_HOST", f"unix://{place}/socket")
        with _started(place):
            _with_base()
            yield


@contextlib.contextmanager
def _started(place: Path) -> Generator[None]:
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
