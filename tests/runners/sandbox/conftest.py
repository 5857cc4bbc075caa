from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache

import pytest
import pytest_asyncio

from runners.images.building import build
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.runners.sandbox.engine import running

Built = Callable[[str], str]
"""Brings the image of a family, once a session."""


@pytest.fixture(scope="session")
def engine() -> Iterator[None]:
    """A real Docker engine."""
    with running():
        yield


@pytest.fixture(scope="session")
def built(engine: None) -> Built:
    """Builds a family's image where it is not there."""

    @cache
    def bring(family: str) -> str:
        return build(family, print)

    return bring


@pytest_asyncio.fixture
async def contained(built: Built) -> AsyncIterator[SandboxedRunner]:
    """The real runner over containers, with the image of Python and its kin."""
    built("python")
    made = SandboxedRunner(sandbox("docker"), standby=False)
    yield made
    await made.close()


@pytest_asyncio.fixture
async def warm_contained(built: Built) -> AsyncIterator[SandboxedRunner]:
    """The same, with containers started ahead."""
    built("python")
    made = SandboxedRunner(sandbox("docker"))
    yield made
    await made.close()
