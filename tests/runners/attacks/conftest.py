"""The sandboxes that every attack is tried against."""

from __future__ import annotations

import importlib
from collections.abc import Generator

import pytest

from runners.sandbox import sandbox
from runners.sandbox.base import Sandbox
from tests.conftest import need
from tests.runners.attacks.attack import Outcome, fought
from tests.runners.attacks.world import SECRET, VARIABLE

BOXES = {"bubblewrap": "bwrap"}
"""Each sandbox, and the program that it needs."""


@pytest.fixture(scope="module", params=list(BOXES))
def box(request: pytest.FixtureRequest) -> Generator[Sandbox]:
    """A sandbox, while the user's environment holds a secret."""
    need(BOXES[request.param])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, SECRET)
        yield sandbox(request.param)


@pytest.fixture(scope="module")
def outcomes(box: Sandbox, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:  # fmt: skip
    """What came of the module's ``ATTACKS`` in a sandbox."""
    module = importlib.import_module(f"tests.runners.attacks.{request.path.stem}")
    return fought(module.ATTACKS, box, tmp_path_factory.mktemp("attacks"))
