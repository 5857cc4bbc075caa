"""``python -m tests.perf.left_behind 1000``: many mixed runs, a third of them ended halfway.

Prints the processes, mounts, folders and descriptors of viscoder before and after. Exit status 1
where there are more than before.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from runners import languages
from runners.base import Limits, Program
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from runners.sandbox.process_tree import children

AT_ONCE = 3
_SETTLE_SECONDS = 10.0
LONG = "import os, subprocess, time\nopen('x', 'w').write('x' * 1_000_000)\nsubprocess.Popen(['/bin/sleep', '60'])\nprint('y' * 5_000_000)\ntime.sleep(60)"
"""With a child, a file and more output than anybody reads."""
QUICK = ("python", "svg", "vegalite", "mermaid")
"""Languages that need nothing but Python; all are started ahead, one more than there is room for."""


@dataclass(frozen=True, slots=True)
class Left:
    """What there is of viscoder on this machine."""

    processes: int
    mounts: int
    folders: int
    descriptors: int

    def is_more_than(self, before: Left) -> bool:
        """Whether there is more of anything."""
        return any(getattr(self, one.name) > getattr(before, one.name) for one in fields(self))


def now(folder: Path) -> Left:
    """What there is, with the workspaces in a folder."""
    gc.collect()
    mounts = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    return Left(
        processes=_processes(str(folder)),
        mounts=sum(str(folder) in line for line in mounts),
        folders=len(list(folder.iterdir())),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
    )


def _processes(folder: str) -> int:
    """Our children, and whoever was started with a workspace in a folder or has one mounted."""
    count = len(children(os.getpid()))
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            count += folder in (process / "cmdline").read_text(errors="replace") + (process / "mountinfo").read_text(errors="replace")  # fmt: skip
    return count


async def mixed_runs(runner: SandboxedRunner, count: int, folder: Path, names: tuple[str, ...], seed: int = 1) -> Counter[str]:  # fmt: skip
    """Run programs of some languages; every third is cancelled, times out or is too large, at any moment.

    Args:
        runner: what runs them.
        count: how many.
        folder: where their pictures go.
        names: the languages.
        seed: of when a run is ended.

    Returns:
        How they ended.
    """
    chance = random.Random(seed)
    gate = asyncio.Semaphore(AT_ONCE)
    ended: Counter[str] = Counter()

    async def one(number: int) -> None:
        async with gate:
            language = languages.find(names[number % len(names)])
            if number % 3:
                run = await runner.run(Program(language.example, language.name), folder / str(number % 9))  # fmt: skip
                ended[run.verdict] += 1
            elif chance.random() < 0.3:
                limits = Limits(wall_seconds=chance.random() * 2)
                run = await runner.run(Program(LONG, "python"), folder / "late", limits=limits)
                ended[run.verdict] += 1
            else:
                program = Program(LONG, "python") if chance.random() < 0.5 else Program(language.example, language.name)  # fmt: skip
                task = asyncio.create_task(runner.run(program, folder / "cancelled"))
                await asyncio.sleep(chance.random() ** 2 * 2)
                task.cancel()
                await asyncio.wait({task})
                ended["cancelled" if task.cancelled() else task.result().verdict] += 1

    await asyncio.gather(*map(one, range(count)))
    return ended


async def settled(folder: Path, before: Left) -> Left:
    """What there is when no more goes away, ten seconds at most."""
    end = time.monotonic() + _SETTLE_SECONDS
    while (after := now(folder)).is_more_than(before) and time.monotonic() < end:
        await asyncio.sleep(0.1)
    return after


async def measured(count: int, names: tuple[str, ...], workspaces: Path, folder: Path) -> tuple[Left, Left, Counter[str]]:  # fmt: skip
    """What there was before and after so many runs, and how they ended; a few are run before that,
    for what is loaded once stays."""

    async def some(number: int, seed: int) -> Counter[str]:
        runner = SandboxedRunner(sandbox("bubblewrap"))
        try:
            return await mixed_runs(runner, number, folder, names, seed)
        finally:
            await runner.close()

    await some(4, 0)
    before = now(workspaces)
    ended = await some(count, 1)
    return before, await settled(workspaces, before), ended


def main() -> int:
    """Print what there was before and after; see the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.left_behind", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("runs", nargs="?", type=int, default=1000, help="how many (default: %(default)s)")  # fmt: skip
    count: int = parser.parse_args().runs
    runner_has = sandbox("bubblewrap").missing
    names = tuple(one.name for one in languages.all_languages() if runner_has(one) is None)
    with tempfile.TemporaryDirectory(prefix="viscoder-left-") as name:
        workspaces, pictures = Path(name, "workspaces"), Path(name, "pictures")
        workspaces.mkdir()
        tempfile.tempdir = str(workspaces)
        began = time.monotonic()
        before, after, ended = asyncio.run(measured(count, names, workspaces, pictures))
        tempfile.tempdir = None
    sys.stdout.write(f"{count} runs of {', '.join(names)} in {time.monotonic() - began:.0f} s: {dict(ended)}\n")  # fmt: skip
    sys.stdout.write(f"before: {before}\nafter:  {after}\n")
    return 1 if after.is_more_than(before) else 0


if __name__ == "__main__":
    sys.exit(main())
