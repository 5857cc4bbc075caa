"""R and Octave that read, write, call and explode."""

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


def r(name: str, source: str, verdict: Verdicts = FAILED, rings: str = "", limits: Limits = QUICK) -> Attack:  # fmt: skip
    """A program in R."""
    return Attack(name, source, verdict, "r", limits=limits, rings=rings)


def octave(name: str, source: str, verdict: Verdicts = FAILED, rings: str = "", limits: Limits = QUICK) -> Attack:  # fmt: skip
    """A program in Octave."""
    return Attack(name, source, verdict, "octave", limits=limits, rings=rings)


BOMB = Limits(wall_seconds=30, memory_bytes=700 << 20)

ATTACKS = (
    r("the shell", "print(system('cat /etc/passwd; id; ls /root /home', intern = TRUE))", EMPTY),
    r("a key in the home", "print(readLines('«secret»'))", rings="secret"),
    r("the users names", "print(readLines('/etc/passwd'))"),
    r("the environment", "print(Sys.getenv()); print(Sys.getenv('«variable»')); print(read.csv('/proc/1/environ'))", (FAILED, EMPTY)),
    r("every environment there is", "for (f in list.files('/proc', pattern = '^[0-9]+$')) print(readLines(file.path('/proc', f, 'environ')))", (FAILED, EMPTY)),
    r("folders", "print(list.files('/root', all.files = TRUE)); print(list.files('/home', recursive = TRUE)); print(list.files('«home»', all.files = TRUE, recursive = TRUE))", EMPTY),
    r("write into a library", "writeLines('x', '/usr/lib/R/library/«escaped»')"),
    r("write beside the secret", "writeLines('x', '«outside»/x')", rings="written"),
    r("a picture elsewhere", "png('/usr/share/«escaped».png'); plot(1); dev.off(); stopifnot(file.exists('/usr/share/«escaped».png'))"),
    r("a picture that is a link", "file.symlink('/etc/passwd', 'a.png'); file.symlink('«session»/01.png', 'out/01.png')", (FAILED, EMPTY)),
    r("a server of the user", "socketConnection('127.0.0.1', «tcp», timeout = 3)", rings="tcp"),
    r("a page", "download.file('http://127.0.0.1:«tcp»/', 'x'); print(readLines(url('http://127.0.0.1:«tcp»')))"),
    r("a package", "install.packages('nothing', repos = 'http://192.0.2.1')", (FAILED, EMPTY)),
    r("end viscoder", "tools::pskill(«pid», 9); stopifnot(tools::pskill(«pid», 0))"),
    r("processes without end", "while (TRUE) system('sleep 60 &')\n", FAILED, limits=BOMB),
    r("memory without end", "x <- list()\nrepeat x[[length(x) + 1]] <- rep(1, 1e7)\n", FULL, limits=BOMB),
    r("a loop without end", "repeat {}\n", LATE, limits=Limits(wall_seconds=5)),
    octave("the shell of Octave", "[s, t] = system('cat /etc/passwd «secret»'); disp(t); plot(1)", (FAILED, DRAWN), rings="secret"),
    octave("a file for Octave", "disp(fileread('«secret»'))", rings="secret"),
    octave("the environment of Octave", "disp(getenv('«variable»')); disp(fileread('/proc/1/environ'))", (FAILED, EMPTY)),
    octave("Octave that writes", "f = fopen('«outside»/x', 'w'); fputs(f, 'x'); fclose(f);", rings="written"),
    octave("Octave on the net", "urlread('http://127.0.0.1:«tcp»/')"),
    octave("a picture of Octave elsewhere", "plot(1:3); print('/usr/share/«escaped».png')", (FAILED, DRAWN, EMPTY)),
    octave("Octave without end", "while true, end", LATE, limits=Limits(wall_seconds=6)),
    octave("memory of Octave", "x = ones(50000, 50000);", (FULL, FAILED), limits=BOMB),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
