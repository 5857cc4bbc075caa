"""The commands as people use them, each a process of its own, with the embedded model."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from runners.languages import all_languages
from tests.cli.conftest import Viscoder
from tests.conftest import need

GOOD = 'import matplotlib.pyplot as plt\nplt.bar(["apples", "pears"], [3, 5])\nplt.show()\n'
BAD = GOOD.replace("plt.bar", "plt.barr")


@pytest.fixture(autouse=True)
def sandboxed() -> None:
    need("bwrap")


def test_running_a_program_prints_the_path_of_its_picture(
    viscoder: Viscoder, tmp_path: Path
) -> None:
    (tmp_path / "plot.py").write_text(GOOD)
    shown = viscoder("run", "plot.py")
    assert shown.returncode == 0, shown.stderr
    (path,) = shown.stdout.splitlines()
    assert Path(path).read_bytes().startswith(b"\x89PNG")
    assert "\x1b" not in shown.stdout + shown.stderr


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_out_is_written_in_the_format_of_its_suffix(
    viscoder: Viscoder, tmp_path: Path, ending: str
) -> None:
    (tmp_path / "plot.py").write_text(GOOD)
    shown = viscoder("run", "plot.py", "-o", f"bars.{ending}")
    assert shown.stdout == f"bars.{ending}\n"
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert (tmp_path / f"bars.{ending}").read_bytes().startswith(start)
    assert [path.name for path in tmp_path.glob(".viscoder-*")] == []


def test_a_failed_program_shows_the_line_and_where_everything_is(
    viscoder: Viscoder, tmp_path: Path
) -> None:
    (tmp_path / "plot.py").write_text(BAD)
    shown = viscoder("run", "plot.py")
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert "error: line 2" in shown.stderr
    assert "did you mean bar?" in shown.stderr
    folder = Path(shown.stderr.rsplit("kept in ", 1)[1].strip())
    assert (folder / "round-0" / "program.py").read_text() == BAD
    assert oct(folder.stat().st_mode)[-3:] == "700"


def test_run_as_json_has_the_documented_shape(viscoder: Viscoder, tmp_path: Path) -> None:
    (tmp_path / "plot.py").write_text(BAD)
    shown = viscoder("run", "plot.py", "--json")
    told = json.loads(shown.stdout)
    assert told["schema_version"] == 1
    assert (told["verdict"], told["language"], told["model"]) == ("failed", "python", None)
    (one,) = told["rounds"]
    assert one["code"] == BAD
    assert set(one) >= {"code", "verdict", "repairs", "diagnostics", "tokens", "seconds"}
    assert set(one["diagnostics"][0]) == {"severity", "line", "column", "message", "hint"}
    assert told["pictures"] == []
    assert Path(told["folder"]).is_dir()


def test_a_program_runs_with_its_data_and_by_any_suffix(viscoder: Viscoder, tmp_path: Path) -> None:
    (tmp_path / "fruit.csv").write_text("name,sold\napples,3\npears,5\n")
    chart = {
        "data": {"url": "fruit.csv"},
        "mark": "bar",
        "encoding": {"x": {"field": "name"}, "y": {"field": "sold", "type": "quantitative"}},
    }
    (tmp_path / "chart.vl.json").write_text(json.dumps(chart))
    shown = viscoder("run", "chart.vl.json", "--data", "fruit.csv", "-o", "chart.png")
    assert shown.returncode == 0, shown.stderr
    shown = viscoder("run", "chart.vl.json")
    assert "there is no data file 'fruit.csv'" in shown.stderr


def test_the_usual_language_is_taken_where_the_request_names_none(
    viscoder: Viscoder, environment: dict[str, str]
) -> None:
    environment["VISCODER_LANGUAGE"] = "vegalite"
    assert "language: vegalite (the settings say so" in viscoder("plot", "bars: a 3, b 5").stderr
    environment["VISCODER_LANGUAGE"] = "klingon"
    wrong = viscoder("plot", "bars: a 3, b 5")
    assert "there is no language 'klingon'" in wrong.stderr
    assert wrong.returncode == 2


def test_languages_are_listed(viscoder: Viscoder) -> None:
    shown = viscoder("languages")
    told = json.loads(viscoder("languages", "--json").stdout)
    assert [one["name"] for one in told["languages"]] == [one.name for one in all_languages()]
    for one in all_languages():
        assert one.name in shown.stdout


def test_doctor_proves_each_language(viscoder: Viscoder) -> None:
    shown = viscoder("doctor", "--json")
    assert shown.returncode == 0, shown.stdout
    works = {one["subject"]: one["works"] for one in json.loads(shown.stdout)["findings"]}
    for subject in ("model", "sandbox", *(one.name for one in all_languages())):
        assert works[subject] is True


def test_plot_asks_the_embedded_model_and_says_so(viscoder: Viscoder) -> None:
    shown = viscoder("plot", "red circle", "--json")
    told = json.loads(shown.stdout)
    assert (told["language"], told["model"]) == ("svg", "viscoder-nano")
    assert told["rounds"][0]["tokens"] > 0
    assert "language: svg (the request says 'circle'" in shown.stderr
    assert "very small model" in shown.stderr
    kept = json.loads((Path(told["folder"]) / "transcript.json").read_text())
    assert kept["messages"][0]["content"] == "svg: red circle"


def test_piped_data_is_named_to_the_model(viscoder: Viscoder) -> None:
    shown = viscoder("plot", "bar chart of sold by day", "--lang", "vega-lite", "--json", input="day,sold\nMon,3\nTue,5\n")  # fmt: skip
    told = json.loads(shown.stdout)
    kept = json.loads((Path(told["folder"]) / "transcript.json").read_text())
    assert kept["messages"][0]["content"].endswith("\ndata data.csv: day text, sold number")


def test_in_a_terminal_the_picture_is_drawn_in_half_cells(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "plot.py").write_text(GOOD)
    environment.update(TERM="xterm-256color", VISCODER_IMAGE="half", COLUMNS="80", LINES="24")
    shown = in_terminal(["run", "plot.py"], environment, tmp_path)
    assert shown.count("▀") > 400
    assert "picture-1.png" in shown
    narrow = in_terminal(["run", "plot.py"], {**environment, "COLUMNS": "19"}, tmp_path)
    assert "▀" not in narrow and "picture-1.png" in narrow
    none = in_terminal(["run", "plot.py", "--image", "none"], environment, tmp_path)
    assert "▀" not in none


def in_terminal(arguments: list[str], environment: dict[str, str], folder: Path) -> str:
    """What a command writes to a terminal."""
    leader, follower = pty.openpty()
    rows, columns = int(environment["LINES"]), int(environment["COLUMNS"])
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "viscoder_tui.cli.main", *arguments],
        stdin=follower, stdout=follower, stderr=follower, env=environment, cwd=folder,
    )  # fmt: skip
    os.close(follower)
    written = bytearray()
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        written += chunk
    process.wait()
    os.close(leader)
    return written.decode()
