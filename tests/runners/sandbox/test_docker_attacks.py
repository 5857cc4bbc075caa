"""Programs that mean harm, in containers: the same verdicts as in bubblewrap."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from runners.base import Limits, Program, Run, Verdict
from runners.runner import SandboxedRunner
from runners.sandbox.docker import connect

SECRET = "viscoder-secret-5261"
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
        "print(open('/etc/shadow').read())",
        "print(open('/etc/passwd').read())",
        "import pathlib; print([p.read_text() for p in pathlib.Path('/home').iterdir()])",
        "import os; print(os.listdir('/root'))",
        f"import os; assert '{SECRET}' in str(os.environ) + open('/proc/1/environ').read()",
        "print(open(__import__('sys').argv[0].rsplit('/', 1)[0] + '/../../pyproject.toml').read())",
        "open('/usr/bin/evil', 'w')",
        "open('/evil', 'w')",
        "open('/dev/evil', 'w')",
        "open('/viscoder/harness/evil.py', 'w')",
        "open('/viscoder/warden.py', 'a')",
        "import sys; open(sys.prefix + '/evil', 'w')",
        "import socket; socket.create_connection(('1.1.1.1', 53), 3)",
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('1.1.1.1', 53))",
        "import socket; print(socket.gethostbyname('example.org'))",
        "import socket; socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')",
        "import ctypes; r = ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, 0); assert r == 0",
        "import ctypes; r = ctypes.CDLL(None, use_errno=True).unshare(0x10000000); assert r == 0",
        "import os; os.setuid(0)",
        "import os; os.setgid(0)",
        "import os; os.mknod('disk', 0o60600, os.makedev(254, 0))",
        "open('/proc/1/mem', 'r+b')",
        "import ctypes; r = ctypes.CDLL(None).ptrace(16, 1, 0, 0); assert r == 0",
        "import os; os.kill(1, 9); import time; time.sleep(1); raise SystemExit('it lives')",
        "import os; assert len([p for p in os.listdir('/proc') if p.isdigit()]) > 20",
        f"import os; os.kill({os.getpid()}, 9)",
    ],
)  # fmt: skip
async def test_what_must_not_be_done_fails(
    contained: SandboxedRunner, tmp_path: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_USER", SECRET)
    run = await attack(contained, tmp_path, source)
    assert run.verdict is Verdict.FAILED, run.stdout
    assert run.diagnostics
    assert "root:" not in run.stdout


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


async def test_the_users_own_server_cannot_be_reached(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    reached: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(8)

        def listen() -> None:
            try:
                server.accept()
                reached.append("tcp")
            except OSError:
                return

        threading.Thread(target=listen, daemon=True).start()
        port = server.getsockname()[1]
        run = await attack(contained, tmp_path, f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)")  # fmt: skip
    assert run.verdict is Verdict.FAILED
    assert reached == []


async def test_a_fork_bomb_ends_and_leaves_nothing(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = (
        "import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.01)"
    )
    began = time.monotonic()
    run = await attack(contained, tmp_path, source, Limits(wall_seconds=10))
    assert run.verdict is Verdict.FAILED
    assert "more than 128 processes" in run.diagnostics[0].message
    assert time.monotonic() - began < 10
    assert left() == []


async def test_a_memory_bomb_is_out_of_memory(contained: SandboxedRunner, tmp_path: Path) -> None:
    limits = Limits(wall_seconds=15, memory_bytes=300 * MIB)
    run = await attack(contained, tmp_path, "x = []\nwhile True: x.append(bytearray(b'x' * 10_000_000))", limits)  # fmt: skip
    assert run.verdict is Verdict.OUT_OF_MEMORY


async def test_memory_of_a_whole_family_is_counted(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = "import os, time\nfor _ in range(8):\n    if os.fork() == 0: break\nx = bytearray(b'x' * 80_000_000)\ntime.sleep(10)"  # fmt: skip
    began = time.monotonic()
    run = await attack(contained, tmp_path, source, Limits(wall_seconds=15, memory_bytes=300 * MIB))
    assert run.verdict is Verdict.OUT_OF_MEMORY
    assert "more than 300 MB" in run.diagnostics[0].message
    assert time.monotonic() - began < 10


async def test_a_disk_bomb_is_stopped(contained: SandboxedRunner, tmp_path: Path) -> None:
    source = "for n in range(10_000):\n    with open(f'f{n}', 'wb') as f: f.write(b'x' * 4_000_000)"
    limits = Limits(wall_seconds=15, workspace_bytes=30 * MIB)
    run = await attack(contained, tmp_path, source, limits)
    assert run.verdict is Verdict.FAILED
    assert "wrote more than" in run.diagnostics[0].message


async def test_one_huge_file_is_refused(contained: SandboxedRunner, tmp_path: Path) -> None:
    source = "with open('big', 'wb') as f:\n    for _ in range(1000): f.write(b'x' * 1_000_000)"
    run = await attack(contained, tmp_path, source, Limits(file_bytes=5 * MIB))
    assert run.verdict is Verdict.FAILED
    assert "too large" in run.diagnostics[0].message


async def test_an_endless_loop_is_stopped(contained: SandboxedRunner, tmp_path: Path) -> None:
    run = await attack(contained, tmp_path, "while True: pass", Limits(wall_seconds=3))
    assert run.verdict is Verdict.TIMED_OUT
    assert "after 3 seconds" in run.diagnostics[0].message


async def test_processor_time_is_counted(contained: SandboxedRunner, tmp_path: Path) -> None:
    run = await attack(contained, tmp_path, "while True: pass", Limits(cpu_seconds=2))
    assert run.verdict is Verdict.TIMED_OUT
    assert "2 seconds of processor time" in run.diagnostics[0].message


async def test_a_gigabyte_of_output_neither_fills_memory_nor_blocks(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = "import sys\nline = 'y' * 1_000_000\nfor _ in range(1000): sys.stdout.write(line)"
    run = await attack(contained, tmp_path, source, Limits(wall_seconds=60, cpu_seconds=60))
    assert run.verdict is Verdict.NO_PICTURE
    assert len(run.stdout) < 300_000


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


async def test_closed_streams_are_no_way_past_the_clock(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    source = "import os, time\nfor n in range(3): os.close(n)\ntime.sleep(300)"
    began = time.monotonic()
    run = await attack(contained, tmp_path, source, Limits(wall_seconds=3))
    assert run.verdict is Verdict.TIMED_OUT
    assert time.monotonic() - began < 10
    assert left() == []


async def test_links_out_of_the_workspace_are_no_pictures(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    victim = tmp_path / "victim.png"
    victim.write_bytes(b"\x89PNG secret")
    source = f"import os\nos.symlink({str(victim)!r}, 'out/01.png')\nos.symlink('/etc/shadow', 'out/texts.json')"  # fmt: skip
    run = await attack(contained, tmp_path / "run", source)
    assert run.pictures == () and run.texts == ()
    assert run.verdict is not Verdict.RENDERED
