"""LaTeX that reads, writes, calls the shell, or never ends."""

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

SOON = Limits(wall_seconds=5)


def tex(name: str, body: str, verdict: Verdicts = FAILED, more: str = "", rings: str = "", limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A document with a word in it."""
    whole = f"\\documentclass[border=4pt]{{standalone}}\n\\usepackage{{tikz}}{more}\n\\begin{{document}}\nword {body}\n\\end{{document}}\n"
    return Attack(name, whole, verdict, "latex", says, limits, rings=rings)


LUA = "local f = io.open('{}') tex.print(f and f:read('*a') or 'no')"

ATTACKS = (
    tex("the shell", "\\immediate\\write18{cat /etc/passwd > stolen.txt; touch «outside»/x}\\IfFileExists{stolen.txt}{root:x:}{x}", DRAWN),
    tex("the shell by a pipe", "\\input{|cat /etc/passwd}"),
    tex("the users names", "\\input{/etc/passwd}"),
    tex("a key in the home", "\\input{«secret»}"),
    tex("up and out", "\\input{../../etc/passwd}"),
    tex("line by line", "\\newread\\f\\openin\\f=/etc/passwd \\read\\f to\\x \\x"),
    tex("line by line without a file", "\\newread\\f\\openin\\f=«secret» \\ifeof\\f none\\else\\read\\f to\\x \\x\\fi", DRAWN),
    tex("as it is written", "\\verbatiminput{/etc/passwd}", DRAWN, more="\\usepackage{verbatim}"),
    tex("as a listing", "\\lstinputlisting{«secret»}", more="\\usepackage{listings}"),
    tex("as a table of data", "\\begin{tikzpicture}\\begin{axis}\\addplot table {/etc/passwd};\\end{axis}\\end{tikzpicture}", more="\\usepackage{pgfplots}"),
    tex("the user's picture", "\\includegraphics{«session»/01.png}", more="\\usepackage{graphicx}"),
    tex("the user's file in the picture", "\\immediate\\pdfobj stream file {«secret»}", (FAILED, DRAWN)),
    tex("write up and out", "\\newwrite\\f\\immediate\\openout\\f=../«escaped» \\immediate\\write\\f{x}"),
    tex("write into the temporary folder", "\\newwrite\\f\\immediate\\openout\\f=/tmp/«escaped» \\immediate\\write\\f{x}"),
    tex("write beside the secret", "\\newwrite\\f\\immediate\\openout\\f=«outside»/x \\immediate\\write\\f{x}"),
    tex("lua with the shell", "\\directlua{os.execute('touch «outside»/x') " + LUA.format("/etc/shadow") + "}", DRAWN),
    tex("lua with a key", "\\directlua{" + LUA.format("«secret»") + "}", DRAWN, rings="secret"),
    tex("lua that writes", "\\directlua{local f = assert(io.open('«outside»/x', 'w')) f:write('x') f:close()}", rings="written"),
    tex("lua that calls", "\\directlua{local s = require('socket') local c = assert(s.connect('127.0.0.1', «tcp»))}", (FAILED, DRAWN)),
    tex("lua without end", "\\directlua{while true do end}", LATE, limits=SOON),
    tex("a loop without end", "\\loop\\iftrue\\repeat", LATE, limits=SOON),
    tex("a name without ground", "\\def\\x{\\x\\x}\\x", says="capacity"),
    tex("pages without end", "\\def\\x{\\tikz\\draw (0,0) circle (1);\\newpage\\x}\\x", (FAILED, LATE), limits=SOON),
    tex("a file without end", "\\newwrite\\f\\immediate\\openout\\f=x.txt \\loop\\immediate\\write\\f{yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy}\\iftrue\\repeat", (FAILED, LATE), limits=Limits(wall_seconds=20, workspace_bytes=8 << 20)),
    tex("a picture without measure", "\\tikz\\draw (0,0) rectangle (500,500);", DRAWN),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
