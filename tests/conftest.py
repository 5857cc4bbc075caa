"""Shared by all rooms: a missing tool skips a test on a laptop and fails it in CI."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache

import pytest
import pytest_asyncio

from runners.runner import SandboxedRunner
from runners.sandbox import sandbox

# A suite that a shell starts in the background would hand on that Ctrl-C is ignored, and one under
# nohup that a terminal goes away.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


Built = Callable[[str], str]
"""Brings the image of a family, once a session."""


def need(program: str) -> None:
    """Skip the test where `program` is missing; in CI that is an error."""
    needed(shutil.which(program) is not None, program)


def needed(here: bool, what: str) -> None:
    """Skip the test where `what` is not here; in CI that is an error."""
    if here:
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI must install {what}")
    pytest.skip(f"{what} is not installed")


@pytest_asyncio.fixture
async def runner() -> AsyncIterator[SandboxedRunner]:
    """The real runner in the real sandbox."""
    need("bwrap")
    made = SandboxedRunner(sandbox("bubblewrap"), standby=False)
    yield made
    await made.close()


@pytest_asyncio.fixture
async def warm_runner() -> AsyncIterator[SandboxedRunner]:
    """The same, with interpreters started ahead."""
    need("bwrap")
    made = SandboxedRunner(sandbox("bubblewrap"))
    yield made
    await made.close()


@pytest.fixture(scope="session")
def engine() -> Iterator[None]:
    """A real Docker engine."""
    from tests.engine import running

    with running():
        yield


@pytest.fixture(scope="session")
def built(engine: None) -> Built:
    """Builds a family's image where it is not there."""
    from runners.images.building import build

    @cache
    def bring(family: str) -> str:
        return build(family, print)

    return bring
