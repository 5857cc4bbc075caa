"""Music and documents that read, call Scheme, or never end."""

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


def ly(name: str, source: str, verdict: Verdicts = FAILED, rings: str = "", limits: Limits = QUICK) -> Attack:  # fmt: skip
    """A tune, with something more."""
    whole = f"\\version \"2.24.0\"\n\\header {{ tagline = ##f }}\n{source}\n{{ c'4 d' e' f' }}\n"
    return Attack(name, whole, verdict, "lilypond", limits=limits, rings=rings)


def typst(name: str, source: str, verdict: Verdicts = FAILED, says: str = "", limits: Limits = QUICK) -> Attack:  # fmt: skip
    """A document with a word in it."""
    return Attack(name, f"word\n{source}\n", verdict, "typst", says, limits)


def abc(name: str, source: str, verdict: Verdicts = DRAWN, limits: Limits = QUICK) -> Attack:
    """A tune in ABC, with something more."""
    return Attack(name, f"X:1\nT:tune\n{source}\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|\n", verdict, "abc", limits=limits)  # fmt: skip


SOON = Limits(wall_seconds=6)

ATTACKS = (
    ly("the shell of Scheme", '#(system "cat /etc/shadow «secret»; echo x > «outside»/x")', DRAWN, rings="written"),
    ly("a file of Scheme", '#(display (call-with-input-file "«secret»" (lambda (p) (read-char p) (read-char p) (read p))))'),
    ly("a file of Scheme by descriptor", '#(use-modules (ice-9 rdelim))\n#(display (read-line (open-file "«secret»" "r")))', rings="secret"),
    ly("Scheme that writes", '#(call-with-output-file "«outside»/x" (lambda (p) (display "x" p)))', rings="written"),
    ly("Scheme on the net", '#(connect (socket PF_INET SOCK_STREAM 0) AF_INET INADDR_LOOPBACK «tcp»)'),
    ly("the environment of Scheme", '#(display (getenv "«variable»"))\n#(display (environ))', DRAWN),
    ly("Scheme that ends viscoder", "#(kill «pid» 9)"),
    ly("Scheme without end", "#(let loop () (loop))", LATE, limits=SOON),
    ly("the users names as music", '\\include "/etc/passwd"'),
    ly("a key as words", '\\markup { \\verbatim-file "«secret»" }', (FAILED, DRAWN)),
    ly("a picture of the user", '\\markup { \\epsfile #X #10 "«session»/01.png" }', (FAILED, DRAWN)),
    ly("PostScript in music", '\\markup { \\postscript "(«secret») (r) file 100 string readline pop show" }', (FAILED, DRAWN)),
    ly("music without end", "{ \\repeat unfold 100000 { c'4 d' e' f' } }", (LATE, FULL), limits=SOON),
    typst("the users names in Typst", '#read("/etc/passwd")'),
    typst("a key in Typst", '#read("«secret»")'),
    typst("up and out of Typst", '#read("../../../etc/passwd")'),
    typst("a picture in Typst", '#image("«session»/01.png")'),
    typst("a link in Typst", '#read("out/../../../etc/passwd")'),
    typst("a package of nobody", '#import "@preview/nothing:1.0.0": *'),
    typst("Typst without end", "#while true {}", (FAILED, LATE), limits=SOON),
    typst("calls of Typst without ground", "#let f(n) = f(n + 1)\n#f(1)"),
    typst("pages of Typst without end", "#for n in range(100000) { pagebreak() ; [x] }", (DRAWN, LATE, FULL, FAILED), limits=SOON),
    abc("the users names in ABC", "%%abc-include /etc/passwd", (DRAWN, FAILED)),
    abc("PostScript in ABC", "%%beginps\n(«secret») (r) file 100 string readline pop show\n%%endps", (DRAWN, FAILED, Verdict.BLANK)),
    abc("SVG in ABC", '%%beginsvg\n<image href="file://«session»/01.png" width="90" height="40"/><script>1</script>\n%%endsvg', (DRAWN, FAILED)),
    abc("a picture in ABC", "%%EPS «session»/01.png", (DRAWN, FAILED)),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
