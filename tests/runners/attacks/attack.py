"""What an attack is, and how it is judged: nothing got out, and the verdict says what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runners import languages
from runners.base import Limits, PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from runners.sandbox.base import Sandbox
from tests.conftest import need
from tests.runners.attacks.world import World

AT_ONCE = 3
QUICK = Limits(wall_seconds=60)
CONTROLS = frozenset("\x1b\x07\x9b\x9d\x00\x08\r\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attack:
    """A program that means harm.

    Attributes:
        name: what it tries, in a few words; unlike any other in its file.
        source: the program; words in «» are places of the `World` that it is given.
        verdict: how its run must end, or the ways it may.
        language: what it is written in.
        says: stands in its first diagnostic, or one of these: a wall says it in its own words.
        limits: what its run may use.
        form: the picture that is asked for.
        rings: without a sandbox it would set off this alarm of the `World`: so it is known to be a
            right program, and the alarm to work.
    """

    name: str
    source: str
    verdict: Verdict | tuple[Verdict, ...] = Verdict.FAILED
    language: str = "python"
    says: str | tuple[str, ...] = ""
    limits: Limits = QUICK
    form: PictureFormat = "png"
    rings: str = ""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The ways it may end."""
        return self.verdict if isinstance(self.verdict, tuple) else (self.verdict,)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attack: its run, and the alarms of its world."""

    attack: Attack
    run: Run
    alarms: tuple[str, ...] = field(default=())

    def assert_held(self) -> None:
        """Nothing got out, and the verdict says what happened."""
        assert self.alarms == (), self.run
        assert self.run.verdict in self.attack.verdicts, self.run
        if self.run.verdict not in (Verdict.RENDERED, Verdict.NO_PICTURE, Verdict.BLANK):
            assert self.run.diagnostics, self.run
        if self.attack.says:
            words = self.attack.says if isinstance(self.attack.says, tuple) else (self.attack.says,)
            message = self.run.diagnostics[0].message
            assert any(word in message for word in words), self.run.diagnostics
        assert not set(told(self.run)) & CONTROLS, self.run


def told(run: Run) -> str:
    """All that a run says to a person or to a model."""
    found = [f"{one.message} {one.hint}" for one in run.diagnostics]
    return " ".join([run.stdout, run.stderr, *run.texts, *found])


def fought(attacks: Sequence[Attack], box: Sandbox, folder: Path) -> dict[str, Outcome]:
    """The outcome of each attack by its name, each in a world of its own, some at once."""
    for language in {one.language for one in attacks}:
        for program in languages.find(language).toolchain.programs:
            need(program)

    async def every_one() -> list[Outcome]:
        runner = SandboxedRunner(box, standby=False)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int, attack: Attack) -> Outcome:
            async with gate:
                with World(folder / str(number)) as world:
                    program = Program(world.filled(attack.source), attack.language)
                    run = await runner.run(program, world.pictures, attack.form, attack.limits)
                    return Outcome(attack, run, world.alarms(told(run), run))

        return await asyncio.gather(*(one(*each) for each in enumerate(attacks)))

    return {one.attack.name: one for one in asyncio.run(every_one())}
