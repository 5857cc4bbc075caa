"""Many programs run three at a time, once for all tests of a table: browsers, R and compilers are slow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from runners import languages
from runners.base import DataFile, Limits, Program, Run
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from tests.conftest import need

SALES = "day,sold\nMon,3\nTue,5\n"


def together(sources: Sequence[str], language: str, folder: Path, within: str = "bubblewrap") -> list[Run]:  # fmt: skip
    """The runs of some programs that find ``data.csv``, in their order; `within` names the sandbox."""
    if within == "bubblewrap":
        for program in ("bwrap", *languages.find(language).toolchain.programs):
            need(program)
    table = folder / "elsewhere.csv"
    table.write_text(SALES)
    data = (DataFile("data.csv", table),)

    async def every_one() -> list[Run]:
        runner = SandboxedRunner(sandbox(within), standby=False)
        gate = asyncio.Semaphore(3)

        async def one(number: int, source: str) -> Run:
            async with gate:
                return await runner.run(Program(source, language, data), folder / str(number), limits=Limits())  # fmt: skip

        return await asyncio.gather(*(one(*each) for each in enumerate(sources)))

    return asyncio.run(every_one())
