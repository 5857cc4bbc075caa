"""Asymptote that reads, writes, calls the shell, or never ends."""

from __future__ import annotations

import pytest

from runners.base import Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, DRAWN, EMPTY, LATE, FULL = (
    Verdict.FAILED,
    Verdict.RENDERED,
    Verdict.NO_PICTURE,
    Verdict.TIMED_OUT,
    Verdict.OUT_OF_MEMORY,
)
Verdicts = Verdict | tuple[Verdict, ...]


def asy(name: str, body: str, verdict: Verdicts = FAILED, limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A drawing of a circle, with something more."""
    return Attack(
        name, f"size(5cm);\ndraw(unitcircle);\n{body}\n", verdict, "asymptote", says, limits
    )


ATTACKS = (
    asy("the shell", 'system("cat /etc/passwd");'),
    asy("the shell after being told off", 'settings.safe=false; system("touch «outside»/x");'),
    asy("the users names", 'file f = input("/etc/passwd"); string s = f; write(s);'),
    asy("a key in the home", 'file f = input("«secret»"); string s = f; write(s);'),
    asy("up and out", 'file f = input("../../etc/passwd"); string s = f; write(s);'),
    asy("the environment", 'file f = input("/proc/1/environ"); string s = f; write(s);', (FAILED, DRAWN)),
    asy("as a program", 'include "/etc/passwd";'),
    asy("as a label", 'label("\\input{/etc/passwd}", (0,0));'),
    asy("the user's picture", 'label(graphic("«session»/01.png"), (0,0));'),
    asy("write into the temporary folder", 'file f = output("/tmp/«escaped»"); write(f, "x");'),
    asy("write after being let", 'import settings; globalwrite=true; file f = output("«outside»/x"); write(f, "x");'),
    asy("a picture elsewhere", 'shipout("/tmp/«escaped»");'),
    asy("the shell of a label", 'label("\\immediate\\write18{touch «outside»/x}word", (0,0));', DRAWN),
    asy("a loop without end", "while (true) {}", LATE, Limits(wall_seconds=3)),
    asy("memory without end", "real[] a; while (true) a.append(new real[1000000]);", (FULL, FAILED), Limits(wall_seconds=20, memory_bytes=400 << 20)),
    asy("calls without ground", "int f(int n) { return f(n+1); }\nwrite(f(1));"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
