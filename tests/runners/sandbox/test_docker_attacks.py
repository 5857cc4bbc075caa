"""What only containers have for attackers; all else is tried in `tests.runners.attacks`, on both sandboxes."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from runners.base import Limits, Program, Run, Verdict
from runners.runner import SandboxedRunner
from runners.sandbox.docker import connect

MIB = 1024 * 1024


async def attack(runner: SandboxedRunner, folder: Path, source: str, limits: Limits | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "python"), folder, limits=limits or Limits(wall_seconds=15))  # fmt: skip


def left() -> list[str]:
    """The containers of this process that there still are."""
    found = connect().api.containers(all=True, filters={"label": f"viscoder.pid={os.getpid()}"})
    return [str(one["Id"]) for one in found]


@pytest.mark.parametrize(
    "source",
    [
        "open('/viscoder/harness/evil.py', 'w')",
        "open('/viscoder/warden.py', 'a')",
        "open('/opt/viscoder/evil', 'w')",
        "import socket; socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')",
        "import os; os.setgid(0)",
        "import os; assert len([p for p in os.listdir('/proc') if p.isdigit()]) > 20",
        "open('/proc/1/mem', 'r+b')",
        "import os; os.kill(1, 9); import time; time.sleep(1); raise SystemExit('it lives')",
    ],
)
async def test_what_must_not_be_done_fails(contained: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    run = await attack(contained, tmp_path, source)
    assert run.verdict is Verdict.FAILED, run.stdout
    assert run.diagnostics


async def test_no_program_has_more_rights_than_its_user(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = (
        "import os\n"
        "status = open('/proc/self/status').read()\n"
        "print(os.getuid() == 0, [line for line in status.splitlines() if line.startswith(('CapEff', 'CapBnd', 'NoNewPrivs'))])\n"
        "print([os.path.join(folder, name) for folder, _, names in os.walk('/usr') for name in names\n"
        "       if os.lstat(os.path.join(folder, name)).st_mode & 0o6000])\n"
    )
    run = await attack(contained, tmp_path, source)
    assert run.stdout == (
        "False ['CapEff:\\t0000000000000000', 'CapBnd:\\t0000000000000000', 'NoNewPrivs:\\t1']\n[]\n"
    )


async def test_a_program_is_filtered_twice_and_its_watch_is_not(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = (
        "print([int(line.split()[1]) for pid in ('self', '1') for line in open(f'/proc/{pid}/status')\n"
        "       if line.startswith('Seccomp_filters')])\n"
    )
    own, watch = json.loads((await attack(contained, tmp_path, source)).stdout)
    assert own == watch + 1


async def test_a_bomb_leaves_no_container(contained: SandboxedRunner, tmp_path: Path) -> None:
    source = (
        "import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.01)"
    )
    run = await attack(contained, tmp_path, source, Limits(wall_seconds=10))
    assert "more than 128 processes" in run.diagnostics[0].message
    assert left() == []


async def test_memory_of_a_whole_family_is_counted(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = "import os, time\nfor _ in range(8):\n    if os.fork() == 0: break\nx = bytearray(b'x' * 80_000_000)\ntime.sleep(10)"  # fmt: skip
    began = time.monotonic()
    run = await attack(contained, tmp_path, source, Limits(wall_seconds=15, memory_bytes=300 * MIB))
    assert run.verdict is Verdict.OUT_OF_MEMORY
    assert "more than 300 MB" in run.diagnostics[0].message
    assert time.monotonic() - began < 10


async def test_a_survivor_does_not_survive(contained: SandboxedRunner, tmp_path: Path) -> None:
    source = (
        "import os, time\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.close(0); os.close(1); os.close(2)\n        time.sleep(300)\n    os._exit(0)\n"
        "print('parent done')"
    )
    run = await attack(contained, tmp_path, source)
    assert run.stdout == "parent done\n"
    assert left() == []


async def test_output_that_nobody_reads_any_more_holds_no_container(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    run = await attack(contained, tmp_path, "while True: print('y' * 9999)", Limits(wall_seconds=3))
    assert run.verdict is Verdict.TIMED_OUT
    assert left() == []
