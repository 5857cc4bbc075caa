"""``--sandbox docker`` as people meet it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Viscoder
from tests.cli.test_bad_input import GOOD, sentence
from tests.conftest import Built


@pytest.fixture
def program(tmp_path: Path) -> str:
    (tmp_path / "plot.py").write_text(GOOD)
    return "plot.py"


def test_a_program_is_drawn_in_a_container(
    viscoder: Viscoder, built: Built, program: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    built("python")
    environment["DOCKER_HOST"] = os.environ.get("DOCKER_HOST", "")
    shown = viscoder("run", program, "--sandbox", "docker", "-o", "fruit.svg")
    assert shown.returncode == 0, shown.stderr
    assert (tmp_path / "fruit.svg").read_text().lstrip().startswith("<?xml")


def test_the_settings_choose_docker_and_the_option_another(
    viscoder: Viscoder, program: str, environment: dict[str, str]
) -> None:
    environment |= {"VISCODER_SANDBOX": "docker", "DOCKER_HOST": "unix:///nowhere/docker.sock"}
    assert "no Docker engine at /nowhere/docker.sock" in sentence(viscoder("run", program))
    assert viscoder("run", program, "--sandbox", "none").returncode == 0


def test_docker_cannot_be_chosen_away_by_a_setting(
    viscoder: Viscoder, program: str, environment: dict[str, str]
) -> None:
    environment["VISCODER_SANDBOX"] = "none"
    shown = viscoder("run", program)
    assert "it can be bubblewrap, docker" in sentence(shown)
    assert shown.returncode == 2


@pytest.mark.parametrize("command", [["run", "plot.py"], ["plot", "bars: a 3, b 5"], ["chat", "--plain"]])  # fmt: skip
@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("unix:///nowhere/docker.sock", "there is no Docker engine at /nowhere/docker.sock: install and start one"),
        ("tcp://example.invalid:2375", "is not on this machine"),
        ("ssh://me@example.invalid", "is not on this machine"),
        ("nonsense", "is not on this machine"),
    ],
)  # fmt: skip
def test_without_an_engine_one_sentence_says_what_to_do(
    viscoder: Viscoder, program: str, environment: dict[str, str], command: list[str], host: str, why: str
) -> None:  # fmt: skip
    environment["DOCKER_HOST"] = host
    shown = viscoder(*command, "--sandbox", "docker")
    assert why in sentence(shown)
    assert shown.returncode == 4


def test_an_engine_that_is_stopped_is_to_be_started(
    viscoder: Viscoder, program: str, environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as stopped:
        stopped.bind(str(tmp_path / "docker.sock"))
    environment["DOCKER_HOST"] = f"unix://{tmp_path}/docker.sock"
    shown = viscoder("run", program, "--sandbox", "docker")
    assert "does not answer: start it" in sentence(shown)
    assert shown.returncode == 4
