"""A language of somebody else's, installed beside viscoder: a package of its own, nothing changed here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import need

_PACKAGE = Path(__file__).parent / "third_party"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the package was installed."""
    need("bwrap")
    place = tmp_path_factory.mktemp("plugin")
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "install", "--quiet", "--no-deps", "--target", str(place), str(_PACKAGE)]  # fmt: skip
    subprocess.run(command, check=True)
    return place


def viscoder(place: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{place}{os.pathsep}{Path.cwd()}", "VISCODER_HOME": str(home)}  # fmt: skip
    command = [sys.executable, "-m", "viscoder_tui.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_it_is_listed_and_its_programs_are_drawn(place: Path, tmp_path: Path) -> None:
    listed = json.loads(viscoder(place, tmp_path, "languages", "--json").stdout)["languages"]
    assert listed[-1]["name"] == "tally" and listed[-1]["missing"] == []
    program = tmp_path / "fruit.tally"
    program.write_text("apples 3\npears 5\n")
    drawn = viscoder(place, tmp_path, "run", str(program), "-o", str(tmp_path / "fruit.png"))
    assert drawn.returncode == 0, drawn.stderr
    with Image.open(tmp_path / "fruit.png") as picture:
        assert picture.size == (400, 100)
        assert picture.convert("L").getpixel((120, 30)) == 0


@pytest.mark.engine
def test_it_has_no_image_and_says_so(place: Path, tmp_path: Path, engine: None) -> None:
    told = viscoder(place, tmp_path, "setup", "tally", "--docker", "--yes")
    assert told.returncode == 4
    assert told.stderr.strip().startswith("there is no image with ")


def test_its_errors_are_read_by_itself(place: Path, tmp_path: Path) -> None:
    program = tmp_path / "fruit.tally"
    program.write_text("apples 3\npears many\n")
    told = json.loads(viscoder(place, tmp_path, "run", str(program), "--json").stdout)
    (one,) = told["rounds"][0]["diagnostics"]
    assert (one["line"], one["message"]) == (2, "'many' is no whole number")


def test_it_is_spoken_for_by_its_words(place: Path, tmp_path: Path) -> None:
    told = viscoder(place, tmp_path, "plot", "tally marks: a 3, b 5", "--rounds", "0", "--json")
    assert json.loads(told.stdout)["language"] == "tally"


def test_one_that_is_broken_stops_nobody_and_doctor_says_so(place: Path, tmp_path: Path) -> None:
    assert "Traceback" not in viscoder(place, tmp_path, "languages").stderr
    told = viscoder(place, tmp_path, "doctor").stdout
    assert "the language 'broken' of viscoder-tally cannot be loaded" in told
    assert "the language 'odd' of viscoder-tally is no runners.base.Language" in told
    assert re.search(r"^ok +tally +drew a picture", told, re.MULTILINE)
