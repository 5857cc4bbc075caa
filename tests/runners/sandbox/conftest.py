from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.conftest import Built


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
