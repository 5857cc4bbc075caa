"""Installed without bytecode, viscoder is as quick from its second run on as any."""

from __future__ import annotations

import shutil
import sys
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


def test_a_library_without_bytecode_gets_it(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = bare / "library"
    library.mkdir()
    (library / "plotted.py").write_text("drawn = 1\n")
    monkeypatch.setattr(sys, "path", [str(library), *sys.path])
    assert first_use.lacks_bytecode("plotted")
    (library / "__pycache__").mkdir()
    (library / "__pycache__" / f"plotted.{sys.implementation.cache_tag}.pyc").touch()
    assert not first_use.lacks_bytecode("plotted")


def test_where_nothing_can_be_kept_nothing_is_made(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip

    def refused(_path: object, _mode: int) -> bool:
        return False

    monkeypatch.setattr("os.access", refused)
    first_use.make(languages.find("python"))
    assert not [*bare.rglob("*.pyc"), *bare.rglob("fontlist-*.json")]
