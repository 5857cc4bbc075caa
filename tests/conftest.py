"""Shared by all rooms: a missing tool skips a test on a laptop and fails it in CI."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.engine import ENGINE, Beside, Unavailable

# A suite that a shell starts in the background would hand on that Ctrl-C is ignored, and one under
# nohup that a terminal goes away.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


Built = Callable[[str], str]
"""Brings the image of a family."""
_BESIDE = pytest.StashKey[Beside]()


def need(program: str) -> None:
    """Skip the test where `program` (or one of ``a|b``) is missing; in CI that is an error."""
    needed(any(shutil.which(one) for one in program.split("|")), program)


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
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """A real Docker engine, which ``DOCKER_HOST`` names from now on."""
    try:
        address = request.config.stash[_BESIDE].wait(ENGINE)
    except Unavailable as error:
        needed(False, str(error))
        return
    with pytest.MonkeyPatch.context() as patch:
        if address:
            patch.setenv("DOCKER_HOST", address)
        yield


@pytest.fixture(scope="session")
def built(engine: None, request: pytest.FixtureRequest) -> Built:
    """Waits for a family's image."""
    return request.config.stash[_BESIDE].wait


def _wants_engine(item: pytest.Item) -> bool:
    return "engine" in getattr(item, "fixturenames", ()) or bool(item.get_closest_marker("engine"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Images are built beside the tests that do not need them, so those go first."""
    items.sort(key=_wants_engine)


def pytest_collection_finish(session: pytest.Session) -> None:
    """The engine is started as soon as it is known that a test wants it."""
    wanted = any(map(_wants_engine, session.items))
    if wanted and not session.config.option.collectonly:
        session.config.stash[_BESIDE] = Beside()


def pytest_unconfigure(config: pytest.Config) -> None:
    """An engine of the tests' own ends with them."""
    if _BESIDE in config.stash:
        config.stash[_BESIDE].close()
