"""``python -m tests.perf.languages``: how quick each language is, bare, sandboxed and started ahead.

Four ways a language, taken in turn, each the median of several tries:

- bare: the language's own step as a plain process, with nothing around it;
- cold: a run in bubblewrap, from program to measured picture;
- warm: the same, by an interpreter that was started ahead;
- docker: the same as cold, in a container, where an engine and the image are there.

``--harness`` adds VisPlotBench's way of executing: programs as notebook cells, run by nbconvert, in
an environment that is made for it (it needs PyPI); and the bare steps two at once, which no runner
can be faster than that starts each program anew.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from runners import languages
from runners.base import Language, Program, Run, Verdict
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from runners.toolchains import missing
from runners.workspace import new_workspace, remove
from tests.perf.harness import Harness

_MOST_EXTRA = 0.06
_MOST_WARM = 0.35
_WARM_GOALS = ("python", "r", "lilypond", "html", "javascript")
_LEAST_SPEED = 8.0


@dataclass(frozen=True, slots=True)
class Times:
    """Median seconds of a language's ways; None where there is none."""

    language: str
    bare: float
    cold: float
    warm: float | None
    docker: float | None

    def line(self) -> str:
        """As the table shows it."""
        warm = f"{self.warm:6.2f} {self.warm / self.cold:5.2f}x" if self.warm is not None else f"{'–':>13}"  # fmt: skip
        docker = f"{self.docker:7.2f}" if self.docker is not None else f"{'–':>7}"
        extra = (self.cold - self.bare) * 1000
        return f"{self.language:11} {self.bare:6.2f} {self.cold:6.2f} {extra:+6.0f} ms {warm} {docker}  {', '.join(self.missed())}"  # fmt: skip

    def missed(self) -> list[str]:
        """The goals that are not reached."""
        found = ["cold"] if self.cold - self.bare > _MOST_EXTRA else []
        if self.language in _WARM_GOALS and (self.warm is None or self.warm > _MOST_WARM * self.cold):  # fmt: skip
            found.append("warm")
        return found


def bare(language: Language) -> float:
    """Seconds of the language's steps as plain processes."""
    workspace = new_workspace()
    (workspace / language.file_name).write_text(language.example, encoding="utf-8")
    (workspace / "format").write_text("png")
    began = time.perf_counter()
    for step in language.steps("png"):
        subprocess.run(step.argv, cwd=workspace, env=dict(step.environment), capture_output=True, check=True, stdin=subprocess.DEVNULL)  # fmt: skip
    taken = time.perf_counter() - began
    remove(workspace)
    return taken


async def timed(runner: SandboxedRunner, program: Program, folder: Path) -> float:
    """Seconds of a run that must draw."""
    began = time.perf_counter()
    run: Run = await runner.run(program, folder)
    taken = time.perf_counter() - began
    if run.verdict is not Verdict.RENDERED:
        raise SystemExit(f"{program.language}: {run.verdict}: {run.diagnostics}")
    return taken


async def measured(language: Language, folder: Path, tries: int) -> Times:
    """All ways of a language, in turn."""
    program = Program(language.example, language.name)
    cold_runner = SandboxedRunner(sandbox("bubblewrap"), standby=False)
    warm_runner = SandboxedRunner(sandbox("bubblewrap"))
    box = sandbox("docker")
    in_docker = box.problem() is None and box.missing(language) is None
    docker_runner = SandboxedRunner(box, standby=False) if in_docker else None
    has_standby = bool(language.steps("png")[0].standby)
    taken: dict[str, list[float]] = {"bare": [], "cold": [], "warm": [], "docker": []}
    for _ in range(tries):
        taken["bare"].append(await asyncio.to_thread(bare, language))
        taken["cold"].append(await timed(cold_runner, program, folder))
        if has_standby:
            warm_runner.warm_up(language.name)
            await asyncio.sleep(3 * taken["cold"][-1] + 1)  # a person reads the answer meanwhile
            taken["warm"].append(await timed(warm_runner, program, folder))
            await warm_runner.close()
        if docker_runner is not None:
            taken["docker"].append(await timed(docker_runner, program, folder))
    middle = {way: statistics.median(times) if times else None for way, times in taken.items()}
    assert middle["bare"] is not None and middle["cold"] is not None
    return Times(language.name, middle["bare"], middle["cold"], middle["warm"], middle["docker"])


def mixed(number: int) -> list[Program]:
    """So many programs: what the harness can execute, of every language that is here, in turn."""
    here = [one for one in languages.all_languages() if not missing(one.toolchain) and one.name in Harness.LANGUAGES]  # fmt: skip
    return [Program(here[at % len(here)].example, here[at % len(here)].name) for at in range(number)]  # fmt: skip


async def through_the_runner(programs: Sequence[Program], folder: Path) -> float:
    """Seconds of all programs by two workers. Nothing is started ahead: processors that are all busy
    gain nothing by it."""
    runner = SandboxedRunner(sandbox("bubblewrap"), standby=False)
    gate = asyncio.Semaphore(2)

    async def one(number: int, program: Program) -> None:
        async with gate:
            await timed(runner, program, folder / str(number))

    began = time.perf_counter()
    await asyncio.gather(*(one(*each) for each in enumerate(programs)))
    taken = time.perf_counter() - began
    await runner.close()
    return taken


def throughput(folder: Path, number: int) -> bool:
    """Print the runner against the harness on a mixed set; whether the goal is reached."""
    programs = mixed(number)
    with Harness() as harness:
        theirs = harness.seconds(programs)
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(bare, [languages.find(one.language) for one in programs]))
    alone = time.perf_counter() - began
    ours = asyncio.run(through_the_runner(programs, folder))
    ratio = theirs / ours
    sys.stdout.write(f"{number} mixed programs: harness {theirs:.0f} s, here {ours:.0f} s with 2 workers: {ratio:.1f}x (goal {_LEAST_SPEED:.0f}x; bare, two at once: {theirs / alone:.1f}x)\n")  # fmt: skip
    return ratio >= _LEAST_SPEED


def main() -> int:
    """Print the table; the exit status says whether every goal was reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.languages", description=__doc__.split("\n")[0] if __doc__ else None)  # fmt: skip
    parser.add_argument("languages", nargs="*", help="all that are here")
    parser.add_argument("--tries", type=int, default=5)
    parser.add_argument("--harness", type=int, metavar="N", help="also N mixed programs, by the benchmark's own way too")  # fmt: skip
    given = parser.parse_args()
    wanted = [languages.find(name) for name in given.languages] or [one for one in languages.all_languages() if not missing(one.toolchain)]  # fmt: skip
    reached = True
    sys.stdout.write(f"{'':11} {'bare':>6} {'cold':>6} {'sandbox':>9} {'warm':>13} {'docker':>7}  goals missed\n")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="viscoder-perf-") as name:
        for language in wanted:
            times = asyncio.run(measured(language, Path(name), given.tries))
            reached = reached and not times.missed()
            sys.stdout.write(f"{times.line()}\n")
            sys.stdout.flush()
        if given.harness:
            reached = throughput(Path(name), given.harness) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
