"""What a newcomer gets wrong ends in one clear sentence and the documented status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Viscoder

GOOD = 'import matplotlib.pyplot as plt\nplt.bar(["apples", "pears"], [3, 5])\nplt.show()\n'


def sentence(shown: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr; the line that tells the chosen language left out."""
    assert "Traceback" not in shown.stderr
    lines = [line for line in shown.stderr.splitlines() if not line.startswith("language: ")]
    assert len(lines) == 1, shown.stderr
    assert shown.stdout == ""
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["plot", "x", "--lang", "pyhton"], 2, "did you mean python"),
        (["plot", ""], 2, "the request is empty"),
        (["plot", "  "], 2, "the request is empty"),
        (["plot"], 2, "Missing argument 'PROMPT'"),
        (["plot", "x", "--data", "none.csv"], 2, "there is no data file none.csv"),
        (["plot", "x", "-o", "missing/x.png"], 2, "the folder missing of -o missing/x.png does not exist"),
        (["plot", "x", "-o", "x.bmp"], 2, "-o takes .png, .svg, .pdf"),
        (["plot", "x", "-o", "x"], 2, "no suffix"),
        (["plot", "x", "-o", "."], 2, "no suffix"),
        (["plot", "x", "--rounds", "-1"], 2, "--rounds is -1"),
        (["plot", "x", "--rounds", "many"], 2, "'many' is not a valid integer"),
        (["plot", "x", "--max-tokens", "0"], 2, "--max-tokens is 0"),
        (["plot", "x", "--max-time", "0"], 2, "--max-time is 0"),
        (["plot", "x", "--model", "none.gguf"], 3, "there is no model none.gguf"),
        (["plot", "x", "--model", "."], 3, "is a folder"),
        (["plot", "x", "--sandbox", "chroot"], 2, "bubblewrap, docker, none"),
        (["plot", "x", "--image", "ascii"], 2, "auto, kitty, sixel, half, none"),
        (["run", "none.py"], 2, "there is no file none.py"),
        (["run", "."], 2, "is a folder"),
        (["completion", "tcsh"], 2, "'tcsh' is not one of"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence(
    viscoder: Viscoder, arguments: list[str], status: int, why: str
) -> None:
    shown = viscoder(*arguments)
    assert why in sentence(shown)
    assert shown.returncode == status


def test_data_that_cannot_be_used(viscoder: Viscoder, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "latin.csv").write_bytes(b"city,n\nZ\xfcrich,3\n")
    (tmp_path / "binary.csv").write_bytes(b"\x00\x01\x02")
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(200_000_000)
    for name, why in (("empty", "is empty"), ("latin", "not UTF-8 (line 2)"), ("binary", "binary"), ("huge", "200 MB")):  # fmt: skip
        shown = viscoder("plot", "bars", "--data", f"{name}.csv")
        assert why in sentence(shown)
        assert shown.returncode == 2


def test_a_model_file_that_is_none(viscoder: Viscoder, tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("hello, I am no model")
    shown = viscoder("plot", "bars", "--model", "text.gguf")
    assert "is not a GGUF file" in sentence(shown)
    assert shown.returncode == 3


def test_a_request_longer_than_the_context(viscoder: Viscoder) -> None:
    shown = viscoder("plot", "apples 3, " * 900)
    assert "the model's context" in sentence(shown)
    assert shown.returncode == 3


def test_a_folder_that_cannot_be_written(viscoder: Viscoder, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        shown = viscoder("plot", "x", "-o", "/proc/x.png")
        assert shown.returncode == 2
        assert "/proc" in sentence(shown)
        return
    (tmp_path / "shut").mkdir(mode=0o500)
    shown = viscoder("plot", "x", "-o", "shut/x.png")
    assert "cannot be written" in sentence(shown)
    assert shown.returncode == 2


def test_a_missing_sandbox_says_how_to_get_it(
    viscoder: Viscoder, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "plot.py").write_text(GOOD)
    environment["PATH"] = str(tmp_path)
    shown = viscoder("run", "plot.py")
    assert "bubblewrap, which is not installed" in sentence(shown)
    assert shown.returncode == 4


def test_settings_with_a_mistake_name_the_file(
    viscoder: Viscoder, environment: dict[str, str]
) -> None:
    settings = Path(environment["VISCODER_HOME"]) / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    for content, why in (("rounds = -2", "whole number"), ("turns = 3", "there is no setting 'turns'"), ("rounds = \nmodel = 1", "line 1")):  # fmt: skip
        settings.write_text(content)
        shown = viscoder("plot", "x")
        assert why in sentence(shown) and str(settings) in sentence(shown)
        assert shown.returncode == 2


def test_a_reader_that_goes_away_is_no_fault(environment: dict[str, str], tmp_path: Path) -> None:
    command = f"{sys.executable} -m viscoder_tui.cli.main languages | head -1"
    shown = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, env=environment, check=False)  # fmt: skip
    assert shown.stdout.startswith("python")
    assert shown.stderr == ""
    assert shown.returncode == 0


@pytest.mark.parametrize("after", [0.02, 0.3, 1.0])
def test_ctrl_c_at_any_moment_leaves_nothing_running(
    environment: dict[str, str], tmp_path: Path, after: float
) -> None:
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(60)\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", "run", "slow.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=tmp_path,
        start_new_session=True,
    )
    end = time.monotonic() + 20
    while not list(Path(environment["VISCODER_HOME"]).glob("data/runs/*/round-0")):
        assert time.monotonic() < end
        time.sleep(0.02)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    listed = subprocess.run(
        ["ps", "-eo", "args"], capture_output=True, text=True, check=True
    ).stdout
    assert "slow.py" not in listed
