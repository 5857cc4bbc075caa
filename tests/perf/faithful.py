"""``python -m tests.perf.faithful LANGUAGE FOLDER``: is drawn here what the bare tool draws?

For programs that nobody here wrote: galleries, documented examples. Each program of the folder is
given to the language's own tool (`tests.perf.bare`) and to the runner, each with the files beside
it that it names; the two verdicts are compared, program by program. Printed is each difference, as
it is found, with the first reason of either side; then the count. With ``--keep`` both sides'
pictures are kept, for eyes. Exit status 1 where less than 99 % of what the tool draws is drawn here.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from runners import languages
from runners.base import DataFile, Language, Limits, Program, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.perf.bare import BARE, Drawn, draw

_GOAL = 0.99
_SECONDS = 60
_LARGEST_DATA = 4_000_000


@dataclass(frozen=True, slots=True)
class Compared:
    """A program's two verdicts.

    Attributes:
        name: of its file.
        bare: what the tool made of it.
        here: what the runner said.
    """

    name: str
    bare: Drawn
    here: Run

    @property
    def differs(self) -> bool:
        """Whether one of the two draws what the other does not."""
        return self.bare.well != (self.here.verdict is Verdict.RENDERED)

    def line(self) -> str:
        """The difference, with its reason."""
        if not self.bare.well:
            return f"{self.name}: drawn only here; the tool: {self.bare.said or 'no picture'}"
        wrong = [one for one in self.here.diagnostics if one.severity is Severity.ERROR]
        reason = f"line {wrong[0].line}: {wrong[0].message}" if wrong else self.here.stderr.strip()[-160:]  # fmt: skip
        return f"{self.name}: drawn only by the tool; here {self.here.verdict}: {reason[:240]}"


async def compared(language: Language, programs: Sequence[Path], workers: int, keep: Path | None) -> AsyncIterator[Compared]:  # fmt: skip
    """Both verdicts of each program, as they are found.

    Args:
        language: of the programs.
        programs: their files.
        workers: how many programs are looked at together.
        keep: the folder for all pictures; None to forget them.
    """
    runner = SandboxedRunner(sandbox("bubblewrap"))
    gate = asyncio.Semaphore(workers)
    beside = {folder: _data(language, folder) for folder in {path.parent for path in programs}}

    async def one(program: Path, folder: Path) -> Compared:
        source = await asyncio.to_thread(program.read_text, "utf-8", "replace")
        data = [path for path in beside[program.parent] if path.name in source]
        async with gate:
            bare = await asyncio.to_thread(draw, language.name, program, data, _SECONDS, folder / "bare" if keep else None)  # fmt: skip
            files = tuple(DataFile(path.name, path) for path in data)
            limits = Limits(wall_seconds=_SECONDS, cpu_seconds=_SECONDS)
            run = await runner.run(Program(source, language.name, files), folder / "here", limits=limits)  # fmt: skip
        return Compared(program.stem, bare, run)

    with tempfile.TemporaryDirectory(prefix="viscoder-faithful-") as name:
        root = keep or Path(name)
        tasks = [asyncio.create_task(one(path, root / path.stem)) for path in programs]
        for task in asyncio.as_completed(tasks):
            yield await task
    await runner.close()


def _data(language: Language, folder: Path) -> list[Path]:
    suffixes = (language.suffix, *language.other_suffixes)
    return [path for path in folder.iterdir() if path.is_file() and path.suffix not in suffixes and path.stat().st_size < _LARGEST_DATA]  # fmt: skip


def chosen(folder: Path, suffixes: Sequence[str], sample: int) -> list[Path]:
    """The folder's programs, or so many of them, spread over all."""
    programs = sorted(path for path in folder.rglob("*") if path.name.endswith(tuple(suffixes)))
    if not sample or sample >= len(programs):
        return programs
    return [programs[number * len(programs) // sample] for number in range(sample)]


async def _told(language: Language, programs: Sequence[Path], workers: int, keep: Path | None) -> float:  # fmt: skip
    """Print differences and the count; the share that is drawn here of what the tool draws."""
    found: list[Compared] = []
    async for one in compared(language, programs, workers, keep):
        found.append(one)
        if one.differs:
            sys.stdout.write(f"{one.line()}\n")
            sys.stdout.flush()
    drawn = [one for one in found if one.bare.well]
    both = [one for one in drawn if not one.differs]
    more = sum(one.differs and not one.bare.well for one in found)
    share = len(both) / len(drawn) if drawn else 1.0
    sys.stdout.write(f"{language.name}: {len(found)} programs, {len(drawn)} drawn by the tool, {len(both)} of them here ({share:.1%}), {more} only here\n")  # fmt: skip
    return share


def main() -> int:
    """Compare and print; see the module."""
    parser = argparse.ArgumentParser(prog="python -m tests.perf.faithful", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("language", choices=sorted(BARE))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="so many programs, spread over all of them")  # fmt: skip
    parser.add_argument("--suffix", help="of the programs, if it is not the language's own")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="for the pictures of both sides, in NAME/bare and NAME/here")  # fmt: skip
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="programs looked at together")  # fmt: skip
    given = parser.parse_args()
    language = languages.find(given.language)
    suffixes = (given.suffix,) if given.suffix else (language.suffix, *language.other_suffixes)
    programs = chosen(given.folder, suffixes, given.sample)
    share = asyncio.run(_told(language, programs, given.workers, given.keep))
    return 0 if share >= _GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
