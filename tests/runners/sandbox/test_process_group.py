"""A fork bomb takes no more than it may, where viscoder is root too."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runners.base import Limits, Program, SandboxMissing
from runners.runner import SandboxedRunner
from runners.sandbox import process_group, process_tree, sandbox
from runners.sandbox.process_group import ProcessGroup
from tests.conftest import need

BOMB = "import os, time\nstarted = 0\nwhile started < 3000:\n    try: child = os.fork()\n    except OSError: break\n    if child == 0: time.sleep(9); os._exit(0)\n    started += 1\nprint(started, flush=True)\nos._exit(0)"  # fmt: skip


@pytest.fixture
def above() -> Path:
    """Where groups are made; tests for root alone."""
    if os.getuid() != 0:
        pytest.skip("the kernel bounds the processes of other users by itself")
    folder = process_group._above()  # pyright: ignore[reportPrivateUsage]  # whether there is one
    if folder is None:
        pytest.skip("no group can be made here")
    return folder


def _mine(above: Path) -> list[Path]:
    return list(above.glob(f"viscoder-{os.getpid()}-*"))


def _gone(above: Path) -> None:
    """On a busy machine the kernel takes its time to see that a group is empty."""
    until = time.monotonic() + 20
    while _mine(above) and time.monotonic() < until:
        group = ProcessGroup.bounded(9)
        assert group is not None
        group.remove()
    assert not _mine(above)


async def test_a_bomb_is_bounded_by_the_kernel_before_it_is_seen(
    above: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("bwrap")
    monkeypatch.setattr(process_tree, "_WATCH_SECONDS", 60)
    runner = SandboxedRunner(sandbox("bubblewrap"), standby=False)
    run = await runner.run(Program(BOMB, "python"), tmp_path, limits=Limits(processes=40))
    assert 20 < int(run.stdout) <= 44
    _gone(above)


def test_a_group_that_is_not_empty_in_time_goes_with_the_next_one(above: Path) -> None:
    group = ProcessGroup.bounded(9)
    assert group is not None
    (mine,) = _mine(above)
    member = subprocess.Popen(group.joined(["sleep", "60"]))
    while not (mine / "cgroup.procs").read_text():
        time.sleep(0.01)
    group.remove(seconds=0)
    assert mine.exists()
    member.kill()
    member.wait()
    while (mine / "cgroup.procs").read_text():
        time.sleep(0.01)
    another = ProcessGroup.bounded(9)
    assert another is not None
    another.remove()
    assert not _mine(above)


def test_a_group_of_a_viscoder_that_is_gone_is_removed(above: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, mine = above / f"viscoder-{gone.pid}-1", above / f"viscoder-{os.getpid()}-999999"
    left.mkdir()
    mine.mkdir()
    try:
        process_group._above.cache_clear()  # pyright: ignore[reportPrivateUsage]  # as a new viscoder
        group = ProcessGroup.bounded(9)
        assert group is not None
        group.remove()
        assert not left.exists()
        assert mine.exists()
    finally:
        mine.rmdir()


def test_who_is_not_root_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert ProcessGroup.bounded(9) is None


def test_where_no_group_can_be_made_the_command_runs_all_the_same(
    above: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_group, "_above", lambda: above / "nowhere")
    assert ProcessGroup.bounded(9) is None


async def test_a_bubblewrap_that_cannot_be_started_is_said(
    above: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("bwrap")
    runner = SandboxedRunner(sandbox("bubblewrap"), standby=False)
    await runner.run(Program("print(1)", "python"), tmp_path)
    broken = tmp_path / "bwrap"
    broken.write_text("#!/nowhere/sh\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(SandboxMissing, match="bwrap cannot be started: install it anew"):
        await runner.run(Program("print(1)", "python"), tmp_path)
    assert not _mine(above)
