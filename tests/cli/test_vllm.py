"""A vLLM that viscoder starts, from the command line, where it cannot be started."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Viscoder
from tests.conftest import need

ASK = "python: bar chart of fruit sold: apples 3, pears 5"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """What looks like a model to vLLM."""
    folder = tmp_path / "coder"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    return folder


def test_without_vllm_one_sentence_says_how_to_get_it(viscoder: Viscoder, model: Path) -> None:
    need("bwrap")
    shown = viscoder("plot", ASK, "--model", f"vllm:{model}")
    assert shown.returncode == 3
    last = shown.stderr.splitlines()[-1]
    assert "vLLM is not installed: python3 -m venv " in last
    assert "/bin/pip install vllm" in last and "[backends.vllm]" in last


def test_a_folder_that_is_not_there_is_told_before_anything_starts(viscoder: Viscoder) -> None:
    shown = viscoder("plot", ASK, "--model", "vllm:./none")
    assert shown.returncode == 3
    assert "there is no folder ./none" in shown.stderr.splitlines()[-1]


def test_models_and_doctor_tell_of_it(
    viscoder: Viscoder, model: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    settings = Path(environment["VISCODER_HOME"]) / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'model = "vllm"\n[backends.vllm]\nmodel = "{model}"\n')
    listed = viscoder("models")
    assert "coder answers: the settings name it" in listed.stdout
    environment["PATH"] = str(tmp_path)  # no language can be tried, which would take its time
    found = {one["subject"]: one for one in json.loads(viscoder("doctor", "--json").stdout)["findings"]}  # fmt: skip
    assert found["model"]["works"] is False
    assert "vLLM is not installed" in found["model"]["message"]
