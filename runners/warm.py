"""Interpreters started ahead: imported, waiting in a sandbox of their own, used once.

Importing a plotting library takes longer than drawing with it. A spare has done so before its
program is known; it is handed one program, and a new spare is started in its place.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

from runners import first_use
from runners.base import Language, Limits, RunnerError, Step
from runners.sandbox.base import Command, Confined, Sandbox
from runners.workspace import new_workspace, remove

READY = b"ready"
GO = b"go\n"
_MOST = 3
"""Spares in all; the one unused for longest makes room."""
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Spare:
    """A prepared interpreter and its still empty workspace."""

    process: Confined
    workspace: Path


class Spares:
    """At most one spare a language.

    Args:
        sandbox: where they wait.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._waiting: dict[str, tuple[Step, asyncio.Task[Spare | None]]] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def prepare(self, language: Language, limits: Limits) -> None:
        """Start a spare, unless one waits already or the language cannot be started ahead."""
        step = language.steps("png")[0]
        if not step.standby or language.name in self._waiting:
            return
        while len(self._waiting) >= _MOST:
            oldest = next(iter(self._waiting))
            self._dismiss(self._waiting.pop(oldest)[1])
        self._waiting[language.name] = step, asyncio.create_task(self._start(language, limits))

    async def take(self, language: str, step: Step) -> Spare | None:
        """The language's spare, if one was started for this step and still lives."""
        prepared, task = self._waiting.pop(language, (None, None))
        if task is None:
            return None
        if prepared != step:  # another format's
            self._dismiss(task)
            return None
        try:
            spare = await asyncio.shield(task)
        except asyncio.CancelledError:
            self._dismiss(task)
            raise
        return spare

    async def close(self) -> None:
        """End all spares."""
        tasks = [task for _, task in self._waiting.values()]
        self._waiting.clear()
        await asyncio.gather(*map(_ended, tasks), *self._ending, return_exceptions=True)

    def _dismiss(self, task: asyncio.Task[Spare | None]) -> None:
        ending = asyncio.create_task(_ended(task))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _start(self, language: Language, limits: Limits) -> Spare | None:
        step = language.steps("png")[0]
        workspace = new_workspace()
        command = Command(step.standby, step.environment, step.readable, workspace, limits, language.toolchain.image)  # fmt: skip
        process: Confined | None = None
        spare: Spare | None = None
        try:
            if not await asyncio.to_thread(self._can_run, language):
                return None
            process = await self._sandbox.start(command)
            async with asyncio.timeout(_START_SECONDS):
                line = await process.stdout.readline()
            if line.strip() == READY:
                spare = Spare(process, workspace)
                return spare
        except (RunnerError, TimeoutError, OSError, ValueError):
            return None
        finally:
            if spare is None:
                await discard(process, workspace)
        return None

    def _can_run(self, language: Language) -> bool:
        if self._sandbox.problem() is not None or self._sandbox.missing(language) is not None:
            return False
        first_use.make(language)
        return True


async def _ended(task: asyncio.Task[Spare | None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        spare = await task
        if spare is not None:
            await discard(spare.process, spare.workspace)


async def discard(process: Confined | None, workspace: Path) -> None:
    """End a process and remove its workspace."""
    if process is not None:
        process.kill()
        with contextlib.suppress(OSError):
            process.stdin.close()
        with contextlib.suppress(RunnerError):  # it was never started
            await process.wait()
    # In a thread, for a program may leave a hundred thousand files. It goes on when this is cancelled.
    await asyncio.shield(asyncio.to_thread(remove, workspace))
