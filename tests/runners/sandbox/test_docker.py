"""Containers from their start to their end: none is left, whatever happens."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from runners import images, languages
from runners.base import Limits, Program, SandboxMissing, Verdict
from runners.languages.interpreter import HARNESS
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from runners.sandbox.docker import Docker, connect, translated
from tests.conftest import Built

BARS = "import matplotlib.pyplot as plt\nplt.bar(['a', 'b'], [3, 5])\nplt.show()\n"


def containers(pid: int) -> list[dict[str, Any]]:
    """The containers of a viscoder that there still are, ended ones too."""
    return list(connect().api.containers(all=True, filters={"label": f"viscoder.pid={pid}"}))


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not await asyncio.to_thread(condition):
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


async def test_a_container_is_confined_on_every_side(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    running = asyncio.create_task(contained.run(Program("import time; time.sleep(60)", "python"), tmp_path))  # fmt: skip
    await until(lambda: any(one["State"] == "running" for one in containers(os.getpid())))
    found = connect().api.inspect_container(containers(os.getpid())[0]["Id"])
    host, config = found["HostConfig"], found["Config"]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert host["NetworkMode"] == "none" and config["NetworkDisabled"]
    assert host["ReadonlyRootfs"] and not host["Privileged"]
    assert host["CapDrop"] == ["ALL"] and not host["CapAdd"]
    assert "no-new-privileges:true" in host["SecurityOpt"]
    assert config["User"] not in ("", "0", "root", "0:0")
    assert (host["PidsLimit"], host["Memory"], host["MemorySwap"]) == (128, 2 << 30, 2 << 30)
    assert 0 < host["NanoCpus"] <= 2 * 10**9
    assert list(host["Tmpfs"]) == ["/tmp"]
    assert [one["Destination"] for one in found["Mounts"] if one["RW"]] == ["/viscoder/work"]
    assert host["LogConfig"]["Type"] == "none"


async def test_a_cancelled_run_leaves_no_container(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    sleeper = Program("import time; time.sleep(60)", "python")
    for pause in (0.0, 0.05, 0.2, 1.0):  # before, during and after the start
        running = asyncio.create_task(contained.run(sleeper, tmp_path))
        await asyncio.sleep(pause)
        running.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert time.monotonic() - began < 20, "it would sleep for a minute"
        assert containers(os.getpid()) == []


async def test_nothing_is_left_of_a_run_but_its_picture(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    run = await contained.run(Program(BARS, "python"), tmp_path)
    assert run.verdict is Verdict.RENDERED
    assert containers(os.getpid()) == []


async def test_a_container_started_ahead_is_used_once(
    warm_contained: SandboxedRunner, tmp_path: Path
) -> None:
    warm_contained.warm_up("python")
    await until(lambda: any(one["State"] == "running" for one in containers(os.getpid())))
    waiting = {one["Id"] for one in containers(os.getpid())}
    assert len(waiting) == 1
    first = await warm_contained.run(Program(BARS, "python"), tmp_path / "1")
    assert first.verdict is Verdict.RENDERED
    await until(lambda: bool({one["Id"] for one in containers(os.getpid())} - waiting))
    assert waiting.isdisjoint({one["Id"] for one in containers(os.getpid())})
    second = await warm_contained.run(Program("open('kept', 'x')\n" + BARS, "python"), tmp_path / "2")  # fmt: skip
    third = await warm_contained.run(Program("open('kept', 'x')\n" + BARS, "python"), tmp_path / "3")  # fmt: skip
    assert (second.verdict, third.verdict) == (Verdict.RENDERED, Verdict.RENDERED)
    await warm_contained.close()
    assert containers(os.getpid()) == []


async def test_a_waiting_container_keeps_the_limits(
    warm_contained: SandboxedRunner, tmp_path: Path
) -> None:
    warm_contained.warm_up("python")
    run = await warm_contained.run(Program("import time\nwhile True: time.sleep(0.1)", "python"), tmp_path, limits=Limits(wall_seconds=2))  # fmt: skip
    assert run.verdict is Verdict.TIMED_OUT


async def test_a_program_reads_no_answer_from_stdin(
    contained: SandboxedRunner, tmp_path: Path
) -> None:
    run = await contained.run(Program("input('how many? ')", "python"), tmp_path)
    assert run.verdict is Verdict.FAILED
    assert "EOF" in run.diagnostics[0].message


def started(tmp_path: Path, mark: str, *, standby: bool) -> subprocess.Popen[bytes]:
    """A viscoder of its own, whose program runs; a spare waits beside it with `standby`."""
    driver = (
        "import asyncio\nfrom pathlib import Path\n"
        "from runners.base import Program\nfrom runners.runner import SandboxedRunner\n"
        "from runners.sandbox import sandbox\n"
        "async def main():\n"
        f"    runner = SandboxedRunner(sandbox('docker'), standby={standby})\n"
        "    runner.warm_up('svg')\n"
        f"    await runner.run(Program('import time; time.sleep(300)', 'python'), Path({str(tmp_path)!r}))\n"
        "asyncio.run(main())\n"
    )
    return subprocess.Popen([sys.executable, "-c", driver, mark], start_new_session=True)


async def test_containers_end_with_a_killed_viscoder_and_the_next_one_sweeps_up(
    built: Built, tmp_path: Path
) -> None:
    built("python")
    viscoder = started(tmp_path, "mark", standby=True)
    try:
        await until(lambda: len([one for one in containers(viscoder.pid) if one["State"] == "running"]) == 2)  # fmt: skip
    finally:
        viscoder.send_signal(signal.SIGKILL)
        viscoder.wait()
    await until(lambda: all(one["State"] != "running" for one in containers(viscoder.pid)))
    assert Docker().problem() is None
    assert containers(viscoder.pid) == []


async def test_the_containers_of_another_viscoder_are_let_be(built: Built, tmp_path: Path) -> None:
    built("python")
    viscoder = started(tmp_path, "mark", standby=False)
    try:
        await until(lambda: any(one["State"] == "running" for one in containers(viscoder.pid)))
        assert Docker().problem() is None
        assert len(containers(viscoder.pid)) == 1
    finally:
        viscoder.kill()
        viscoder.wait()
        assert Docker().problem() is None


async def test_a_missing_image_is_said_with_the_command_that_brings_it(
    engine: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(family: str) -> str:
        return f"viscoder/{family}:never"

    monkeypatch.setattr(images, "tag", never)
    runner = SandboxedRunner(sandbox("docker"))
    runner.warm_up("python")
    run = await runner.run(Program(BARS, "python"), tmp_path)
    assert run.verdict is Verdict.UNAVAILABLE
    assert run.diagnostics[0].message == "Python needs the image viscoder/python"
    assert run.diagnostics[0].hint == "viscoder setup python --docker"
    await runner.close()


async def test_an_engine_that_goes_away_is_one_sentence(
    contained: SandboxedRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(tmp_path / "socket"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/socket")
    with pytest.raises(SandboxMissing, match=r"does not answer: start it"):
        await SandboxedRunner(sandbox("docker")).run(Program(BARS, "python"), tmp_path)


def test_places_of_this_machine_are_named_as_they_are_in_an_image() -> None:
    lilypond = languages.find("lilypond").steps("png")[0].argv
    assert translated(lilypond)[0].startswith("/opt/viscoder/lib/python3.11/site-packages/lilypond")
    assert translated((sys.executable, "-I", str(HARNESS / "svg.py"), "standby")) == ["/opt/viscoder/bin/python3", "-I", "/viscoder/harness/svg.py", "standby"]  # fmt: skip
