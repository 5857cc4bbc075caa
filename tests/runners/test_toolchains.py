"""What a language needs is looked for on the path, and told by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import Toolchain
from runners.toolchains import missing

EITHER = Toolchain(programs=("small-browser|browser", "node"))


def has(folder: Path, *programs: str) -> None:
    for name in programs:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)


@pytest.mark.parametrize("browser", ["small-browser", "browser"])
def test_either_of_two_programs_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: str) -> None:  # fmt: skip
    monkeypatch.setenv("PATH", str(tmp_path))
    has(tmp_path, browser, "node")
    assert missing(EITHER) == ()


def test_where_neither_is_there_the_common_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setenv("PATH", str(tmp_path))
    has(tmp_path, "node")
    assert missing(EITHER) == ("browser",)
