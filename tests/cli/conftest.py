"""The command line as people start it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Viscoder = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a command inherits: a home of its own, no colours, no terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VISCODER_")}
    return {**kept, "VISCODER_HOME": str(tmp_path / "home")}


@pytest.fixture
def viscoder(environment: dict[str, str], tmp_path: Path) -> Viscoder:
    """Runs ``viscoder ARGUMENTS…`` in an empty folder and returns what it said."""

    def call(*arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "viscoder_tui.cli.main", *arguments],
            input=options.get("input"),
            stdin=None if "input" in options else subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=environment,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )

    return call
