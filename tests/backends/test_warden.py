"""Programs of other environments end with viscoder, whoever is killed, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backends.warded import Warded
from tests.conftest import needed

STUBBORN = """
import os, signal, sys, time
from pathlib import Path
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        Path(sys.argv[1], "grandchild").write_text(str(os.getpid()))
        time.sleep(600)
    os._exit(0)
print("up", flush=True)
Path(sys.argv[1], "child").write_text(str(os.getpid()))
time.sleep(float(sys.argv[2]))
"""
OWNER = """
import os, sys, time
from pathlib import Path
from backends.warded import Warded
folder = Path(sys.argv[1])
warded = Warded([sys.executable, "-c", sys.argv[2], sys.argv[1], "600"], folder / "log", os.environ)
(folder / "warden").write_text(str(warded.pid))
time.sleep(600)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="others have no prctl")


def soon(true: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def pid(folder: Path, name: str) -> int:
    path = folder / name
    assert soon(lambda: path.exists() and path.read_text() != "")
    return int(path.read_text())


def lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def stubborn(folder: Path, seconds: float = 600) -> Warded:
    needed(Path("/proc/self/stat").exists(), "/proc")
    return Warded([sys.executable, "-c", STUBBORN, str(folder), str(seconds)], folder / "log", os.environ)  # fmt: skip


def test_what_hides_and_will_not_end_is_ended(tmp_path: Path) -> None:
    warded = stubborn(tmp_path)
    processes = [pid(tmp_path, "child"), pid(tmp_path, "grandchild")]
    assert warded.status() is None and "up" in warded.said()
    warded.end()
    assert not any(map(lives, processes))
    warded.end()


def test_what_is_left_of_a_program_that_ended_is_ended(tmp_path: Path) -> None:
    warded = stubborn(tmp_path, seconds=0.5)
    grandchild = pid(tmp_path, "grandchild")
    assert soon(lambda: warded.status() == 0)
    assert not lives(grandchild)
    warded.end()


def test_a_killed_owner_leaves_nothing(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path), STUBBORN])
    processes = [pid(tmp_path, name) for name in ("warden", "child", "grandchild")]
    owner.kill()
    owner.wait()
    assert soon(lambda: not any(map(lives, processes)))


def test_a_killed_warden_takes_the_program_along(tmp_path: Path) -> None:
    warded = stubborn(tmp_path)
    child, grandchild = pid(tmp_path, "child"), pid(tmp_path, "grandchild")
    os.kill(warded.pid, signal.SIGKILL)
    assert soon(lambda: not lives(child))
    os.kill(grandchild, signal.SIGKILL)
    warded.end()


def test_how_a_program_ended(tmp_path: Path) -> None:
    for program, status in (
        ("raise SystemExit(3)", 3),
        ("import os; os.kill(os.getpid(), 9)", 137),
    ):
        warded = Warded([sys.executable, "-c", program], tmp_path / "log", os.environ)
        assert warded.wait() == status
        warded.end()
    missing = Warded(["/nowhere/python"], tmp_path / "log", os.environ)
    assert missing.wait() == 127
    assert "/nowhere/python: No such file" in missing.said()
    missing.end()


def test_modules_of_the_folder_one_works_in_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    work = tmp_path / "project"
    work.mkdir()
    for name in ("vllm", "backends"):
        (work / f"{name}.py").write_text("raise SystemExit('this is the project's')")
    monkeypatch.chdir(work)
    warded = Warded([sys.executable, "-c", "import backends.warden, os; print(os.getcwd())"], tmp_path / "logs" / "log", os.environ)  # fmt: skip
    assert warded.wait() == 0, warded.said()
    assert warded.said().strip() == str(tmp_path / "logs")
    warded.end()
