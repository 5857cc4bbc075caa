"""A vLLM that viscoder starts, from the command line, where it cannot be started or is killed."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Viscoder
from tests.conftest import need, needed
from tests.vllm import INSTALLED, PYTHON

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


def test_a_killed_viscoder_leaves_no_vllm(
    model: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needed(INSTALLED.exists(), "vLLM (make vllm)")
    need("bwrap")
    home = Path(environment["VISCODER_HOME"])
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text(f'[backends.vllm]\npython = "{PYTHON}"\n')
    command = [sys.executable, "-m", "viscoder_tui.cli.main", "plot", ASK, "--model", f"vllm:{model}"]  # fmt: skip
    with (tmp_path / "said").open("wb") as said:
        viscoder = subprocess.Popen(command, env=environment, cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=said, stderr=said)  # fmt: skip
    # viscoder, what watches over vLLM, and vLLM
    assert soon(lambda: len(vllms(home)) >= 2), (tmp_path / "said").read_text()
    viscoder.kill()
    viscoder.wait()
    assert soon(lambda: not theirs(home)), theirs(home)


def theirs(home: Path) -> dict[int, str]:
    """The commands of all processes that were started for this home, by whomever."""
    found: dict[int, str] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with contextlib.suppress(OSError):
                if f"VISCODER_HOME={home}".encode() in (path / "environ").read_bytes():
                    found[int(path.name)] = (path / "cmdline").read_text()
    return found


def vllms(home: Path) -> list[str]:
    return [one for one in theirs(home).values() if "api_server" in one]


def soon(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()
