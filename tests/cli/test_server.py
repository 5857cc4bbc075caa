"""A served model from the command line: a real server, and what people do with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Viscoder
from tests.conftest import need
from tests.served import free_port, serving

ASK = "python: bar chart of fruit sold: apples 3, pears 5"
KEY = "sk-viscoder-0123456789"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that wants a key."""
    with serving(tmp_path_factory.mktemp("served") / "log", "--api_key", KEY) as found:
        yield found


@pytest.fixture
def keyed(environment: dict[str, str]) -> dict[str, str]:
    environment["VISCODER_API_KEY"] = KEY
    return environment


def settings(environment: dict[str, str], text: str) -> None:
    path = Path(environment["VISCODER_HOME"]) / "config" / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_picture_from_a_server(
    viscoder: Viscoder, keyed: dict[str, str], address: str, tmp_path: Path
) -> None:
    need("bwrap")
    shown = viscoder("plot", ASK, "--model", address.removesuffix("/v1"), "--json", "-o", "out.png")
    assert shown.returncode == 0, shown.stderr
    told = json.loads(shown.stdout)
    assert (told["verdict"], told["model"]) == ("rendered", "viscoder-nano")
    assert told["rounds"][0]["tokens"] > 20
    assert (tmp_path / "out.png").stat().st_size > 1000


def test_a_conversation_with_a_server_that_the_settings_name(
    viscoder: Viscoder, keyed: dict[str, str], address: str, tmp_path: Path
) -> None:
    need("bwrap")
    settings(keyed, f'model = "lab#viscoder-nano"\n[servers]\nlab = "{address}"')
    shown = viscoder("chat", "--plain", input=f"{ASK}\n")
    assert shown.returncode == 0, shown.stderr
    assert "plt." in shown.stdout
    listed = viscoder("models")
    assert "lab#viscoder-nano answers: the settings name it" in listed.stdout


def test_the_key_is_nowhere_to_be_found(
    viscoder: Viscoder, keyed: dict[str, str], address: str, tmp_path: Path
) -> None:
    need("bwrap")
    keyed["VISCODER_DEBUG"] = "1"
    seen = ""
    for arguments in (
        ["plot", ASK, "--model", address, "--json"],
        ["plot", ASK, "--model", f"{address}#none"],
        ["chat", "--plain", "--model", address, ASK],
    ):
        shown = viscoder(*arguments)
        seen += shown.stdout + shown.stderr
    assert "viscoder-nano" in seen
    for path in tmp_path.rglob("*"):
        if path.is_file():
            seen += path.read_bytes().decode("latin-1")
    assert KEY not in seen


@pytest.mark.parametrize("key", ["", "wrong-secret", "two words", "letter-ü"])
def test_a_key_that_is_missing_or_wrong(
    viscoder: Viscoder, keyed: dict[str, str], address: str, key: str
) -> None:
    keyed["VISCODER_API_KEY"] = key
    shown = viscoder("plot", ASK, "--model", address)
    assert shown.returncode == 3
    last = shown.stderr.splitlines()[-1]
    assert "VISCODER_API_KEY" in last
    assert not key or key not in shown.stderr


def test_a_server_that_is_not_there(viscoder: Viscoder) -> None:
    shown = viscoder("plot", ASK, "--model", f"http://127.0.0.1:{free_port()}")
    assert shown.returncode == 3
    assert "nobody listens at 127.0.0.1:" in shown.stderr.splitlines()[-1]


def test_a_projects_file_sends_nothing_anywhere(viscoder: Viscoder, tmp_path: Path) -> None:
    (tmp_path / ".viscoder.toml").write_text('model = "http://127.0.0.1:9/v1"')
    shown = viscoder("plot", ASK)
    assert shown.returncode == 2
    assert "a project cannot name it" in shown.stderr


def test_the_settings_are_looked_through_when_they_are_edited(
    viscoder: Viscoder, environment: dict[str, str], tmp_path: Path
) -> None:
    settings(environment, '[servers]\nlab = "gpu1"')
    environment["EDITOR"] = "true"
    shown = viscoder("config", "edit")
    assert shown.returncode == 2
    assert "the setting 'servers.lab'" in shown.stderr and "must look like http://" in shown.stderr


def test_doctor_says_which_model_and_why(
    viscoder: Viscoder, keyed: dict[str, str], address: str, tmp_path: Path
) -> None:
    keyed["VISCODER_MODEL"] = address
    keyed["PATH"] = str(tmp_path)  # no language can be tried, which would take its time
    shown = viscoder("doctor", "--json")
    found = {one["subject"]: one for one in json.loads(shown.stdout)["findings"]}["model"]
    assert found["works"]
    assert f"viscoder-nano at {address.split('/')[2]}" in found["message"]
    assert "VISCODER_MODEL names it" in found["message"]
