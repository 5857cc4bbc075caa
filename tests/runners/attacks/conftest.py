"""The sandboxes that every attack is tried against."""

from __future__ import annotations

import importlib
from collections.abc import Generator, Sequence

import pytest

from runners import languages
from runners.sandbox import sandbox
from runners.sandbox.base import Sandbox
from tests.conftest import Built, need
from tests.runners.attacks.attack import Attack, Outcome, fought
from tests.runners.attacks.world import SECRET, VARIABLE


def attacks(request: pytest.FixtureRequest) -> Sequence[Attack]:
    """Those of the module."""
    return importlib.import_module(f"tests.runners.attacks.{request.path.stem}").ATTACKS


@pytest.fixture(scope="module", params=["bubblewrap", pytest.param("docker", marks=pytest.mark.engine)])  # fmt: skip
def box(request: pytest.FixtureRequest) -> Generator[Sandbox]:
    """A sandbox, while the user's environment holds a secret."""
    if request.param == "docker":
        built: Built = request.getfixturevalue("built")
        for one in attacks(request):
            built(languages.find(one.language).toolchain.image)
    else:
        need("bwrap")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, SECRET)
        yield sandbox(request.param)


@pytest.fixture(scope="module")
def outcomes(box: Sandbox, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:  # fmt: skip
    """What came of the module's ``ATTACKS`` in a sandbox."""
    return fought(attacks(request), box, tmp_path_factory.mktemp("attacks"))
