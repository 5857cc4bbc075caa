"""ABC notation: tunes in letters."""

from __future__ import annotations

from runners.base import Language, Toolchain
from runners.languages import findings
from runners.languages.interpreter import steps

GUIDE = """\
Write one complete ABC tune: X:1, then T: title, C: composer if known, M: meter, L: unit length, Q: tempo if \
asked for, and K: key last in the header; then the notes, several bars a line, each line a line of music. \
Capital C is middle C, c an octave higher, C, an octave lower; ^F is F sharp, _B is B flat; C2 is twice as \
long; z is a rest; |: and :| repeat; |] ends. Words stand in w: lines under their notes."""

EXAMPLE = """\
X:1
T:Morning Walk
M:4/4
L:1/8
K:G
|:GABc dedB|dedB dedB|c2ec B2dB|A2F2 G4:|
w:A walk in the mor-ning
"""

LANGUAGE = Language(
    name="abc",
    title="ABC notation",
    aliases=("abc notation", "abc-notation", "abcnotation"),
    ordinary=("abc",),
    suffix=".abc",
    lexer="abc",
    guide=GUIDE,
    toolchain=Toolchain(
        modules=("resvg_py",),
        programs=("abcm2ps",),
        packages=("abcm2ps",),
        image="diagrams",
    ),
    file_name="tune.abc",
    steps=steps("abc_tune.py"),
    diagnose=findings.read,
    example=EXAMPLE,
)
