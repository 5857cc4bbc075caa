"""The alarms work: without a sandbox, what may be tried safely sets them off."""

from __future__ import annotations

import importlib
from collections.abc import Generator
from pathlib import Path

import pytest

from runners.base import Run, Verdict
from runners.pictures import measure
from runners.sandbox import sandbox
from tests.runners.attacks.attack import Attack, Outcome, fought
from tests.runners.attacks.world import SECRET, VARIABLE, World

_HERE = Path(__file__).parent
RINGING = [
    attack
    for path in sorted(_HERE.glob("test_*.py"))
    if path.stem != "test_alarms"
    for attack in importlib.import_module(f"tests.runners.attacks.{path.stem}").ATTACKS
    if attack.rings
]


@pytest.fixture(scope="module")
def unconfined(tmp_path_factory: pytest.TempPathFactory) -> Generator[list[Outcome]]:
    """The outcomes of those attacks without a sandbox."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, SECRET)
        numbered = [Attack(str(number), one.source, one.verdict, one.language, form=one.form, rings=one.rings) for number, one in enumerate(RINGING)]  # fmt: skip
        yield list(fought(numbered, sandbox("none"), tmp_path_factory.mktemp("alarms")).values())


@pytest.mark.parametrize("number", range(len(RINGING)), ids=lambda number: str(RINGING[number]))
def test_an_alarm_rings(unconfined: list[Outcome], number: int) -> None:
    outcome = unconfined[number]
    assert RINGING[number].rings in outcome.alarms, outcome.run
    with pytest.raises(AssertionError):
        outcome.assert_held()


def test_the_alarm_of_pictures_rings(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        stolen = measure(world.session / "01.png")
        assert world.alarms("", Run(Verdict.RENDERED, (stolen,))) == ("picture",)


def test_every_alarm_is_tried() -> None:
    assert {one.rings for one in RINGING} >= {"secret", "written", "tcp", "udp", "unix", "abstract"}
