"""Installed without bytecode, viscoder is as quick from its second run on as any."""

from __future__ import annotations

import shutil
from importlib.util import cache_from_source, find_spec
from pathlib import Path

import pytest

from runners import first_use, languages
from runners.packages import fonts


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of our scripts as an installer leaves them that compiles nothing, and no list of fonts."""
    scripts = tmp_path / "harness"
    scripts.mkdir()
    shutil.copy(first_use.HARNESS / "common.py", scripts)
    monkeypatch.setattr(first_use, "HARNESS", scripts)
    monkeypatch.setattr(fonts, "FOLDER", tmp_path / "fonts")
    first_use.forget()
    return tmp_path


def test_what_each_run_would_make_anew_is_made_once(bare: Path) -> None:
    first_use.make(languages.find("python"))
    made = [*bare.rglob("*.pyc"), *bare.rglob("fontlist-*.json")]
    assert {path.name.partition(".")[0].partition("-")[0] for path in made} == {"common", "fontlist"}  # fmt: skip
    times = [path.stat().st_mtime_ns for path in made]
    first_use.forget()
    first_use.make(languages.find("python"))
    assert times == [path.stat().st_mtime_ns for path in made]


def test_a_library_without_bytecode_gets_it(bare: Path) -> None:
    library = find_spec("resvg_py")
    assert library is not None and library.origin is not None
    compiled = Path(cache_from_source(library.origin))
    compiled.unlink(missing_ok=True)
    first_use.make(languages.find("svg"))
    assert compiled.exists()


def test_nothing_is_said_of_it(bare: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """What stands on the screen would be written over."""
    monkeypatch.setenv("PYTHONVERBOSE", "1")  # matplotlib itself only speaks where it takes long
    first_use.make(languages.find("python"))
    assert capfd.readouterr() == ("", "")


def test_where_nothing_can_be_kept_nothing_is_made(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip

    def refused(_path: object, _mode: int) -> bool:
        return False

    monkeypatch.setattr("os.access", refused)
    first_use.make(languages.find("python"))
    assert not [*bare.rglob("*.pyc"), *bare.rglob("fontlist-*.json")]
