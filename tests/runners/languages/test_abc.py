"""ABC notation as people and models write it: tunes, words, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told


@pytest.fixture(autouse=True)
def installed() -> None:
    need("abcm2ps")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png") -> Run:  # fmt: skip
    return await runner.run(Program(source, "abc"), folder, format)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("abc").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED and not drawn.diagnostics, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.format == form and {"Morning Walk", "walk", "mor"} <= set(drawn.texts)
    assert picture.path.with_suffix(".png").exists()


async def test_each_tune_is_a_picture_on_white_paper(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    tunes = "\n".join(f"X:{number}\nT:Tune {number}\nK:C\nCDEF|\n" for number in (1, 2, 3))
    drawn = await run(runner, tunes, tmp_path)
    assert len(drawn.pictures) == 3 and "Tune 2" in drawn.texts
    with Image.open(drawn.pictures[0].path) as picture:
        assert picture.convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)


_FOUR = "X:1\nM:4/4\nL:1/4\nK:C\n"
MISTAKES: list[Mistake] = [
    ("T:a\nK:C\nCDEF|\n", 1, "begin it with the line X:1"),
    ("CDEF|GABc|\n", 1, "begin it with the line X:1"),
    ("X:1\nT:a\nCDEF|\n", 3, "a line such as K:C"),
    ("X:1\nT:a\nK:H\nCDEF|\n", 3, "K:F#m"),
    ("X:1\nM:4/x\nK:C\nCDEF|\n", 2, "M:4/4"),
    ("X:1\nK:C\n[CEG DEF|\n", 3, "a chord is [CEG]"),
    ('X:1\nK:C\n"Am CDEF|\n', 3, '"Am"'),
    ("X:1\nK:C\n!trll!CDEF|\n", 3, "did you mean !trill!?"),
    ("X:1\nK:C\nCDEF|!fermatta!G|\n", 3, "did you mean !fermata!?"),
    ("X:1\nK:C\nCDEF|\nGA @ B|\n", 4, "notes are A to G"),
    ("X:1\nK:C\nCD # EF|\n", 3, "^F"),
    ("X:1\nK:C\nCDEF|\nw: a b c d e f g h\n", 4, "one syllable a note"),
    ("X:1\nL:1/0\nK:C\nCDEF|\n", 2, "L:1/8"),
    ("X:1\nK:C\nC{DE F|\n", 3, "grace notes stand in braces"),
    ("X:1\nK:C\nC^^^D|\n", 3, "^C is C sharp"),
    ("X:1\nK:C\nCDEF|\nQ:1/4=x\nCDEF|\n", 4, "Q:1/4=120"),
    ("X:1\nK:C\n^|CDE|\n", 3, "^C is C sharp"),
    ("X:1\nL:x\nK:C\nCDE|\n", 2, "L:1/8"),
    ("X:1\nK:C\nCDE|\nM:a/b\nCDE|\n", 4, "M:4/4"),
    ("X:1\nK:C\n[CE\nG]CDE|\n", 3, "a chord is [CEG]"),
    ("X:1\nK:C\nCDEF|]}\n", 3, ""),
    ("X:1\nK:C\nCDE $ F|\nGA ? B|\n", 3, "notes are A to G"),
    ("X:1\nT:a\nk:C\nCDEF|\n", 3, "did you mean K:C?"),
    ("X:1\nK:C\n!trill CDEF|\n", 3, "between two of them: !trill!"),
    ("X:1\nL:3/7\nK:C\nCDEF|\n", 2, "L:1/8"),
    ("X:1\nV:1 clef=trebl\nK:C\nCDEF|\n", 2, "a clef is treble"),
    ("X:1\nK:C\nC5/0D|\n", 3, "C3/2"),
    ("X:1\nK:C\nV:2\n%%staves [1 2\nCDEF|\n", 4, "V:1"),
    ("X:1\nK:C\nCDEF|\nGA B#c|\n", 4, "is written ^F"),
    ("X:1\nK:C\nCDEF|\nga♭ bc|\n", 4, "is written _B"),
    ("X:1\nK:C\n3(CDE) F|\n", 3, "(3cde"),
    ("X:1\nK:C\nC2 2D|\n", 3, "behind its note"),
    ("X:1\nK:C\nC1.5 D/2|\n", 3, "C3/2"),
    ("X:1\nK:C\nfis gis|\n", 3, "^f"),
    ("X:1\nK:C\nGm CDEF|\n", 3, '"Am"'),
    ("X:1\nK:C\nCDEF|\nD.C. al Fine\n", 4, "!fine!"),
    ("X:1\nK:C\nCD-EF|\n", 3, "a slur is (CD)"),
    ("X:1\nK:C\n!staccato!CDEF|\n", 3, ".C"),
    ("X:1\nm:4/4\nK:C\nCDEF|\n", 2, "did you mean M:4/4?"),
    ("X:1\nK:G#\nCDEF|\n", 2, "K:Ab"),
    ("X:1\nT:a\nKey: D\nCDEF|\n", 3, "did you mean K:D?"),
    ("X:1\nT:a\n\nM:4/4\nK:C\nCDEF|\n", 3, "leave it out"),
    ("X:1\nTitle: Rain\nK:C\nCDEF|\n", 2, "did you mean T:Rain?"),
    ("X:1\nT:a\nL 1/4\nK:C\nCDEF|\n", 3, "did you mean L:1/4?"),
    ("X:1\nTempo=90\nK:C\nCDEF|\n", 2, "did you mean Q:1/4=90?"),
    ("X:1\nQ:half=90\nK:C\nCDEF|\n", 2, "did you mean Q:1/2=90?"),
    ("X:1\nQ:Allegro\nK:C\nCDEF|\n", 2, 'Q:"Allegro"'),
    ("X:1\nK:B flat\nCDEF|\n", 2, "did you mean K:Bb?"),
    ("X:1\nK:g minor\nCDEF|\n", 2, "did you mean K:Gm?"),
    ("X:1\nK:C\nCDEF|\n\nGABc|cdef|\n", 4, "ends the tune"),
    ("X:1\nK:C\nCD(EF|\nGABc|\n", 3, "never closed"),
    ("X:1\nK:C\n(3CDE) F|\n", 3, "(3CDE, without )"),
    ("X:1\nK:C\nCD. EF|\n", 3, "G3/2"),
    ("X:1\nK:C\n|:CDEF|GABc|]\n", 3, "write :|"),
    (f"{_FOUR}CDEF|GABc d|cBAG|F4|]\n", 5, "5/4"),
    (f"{_FOUR}CDEF|GABc|\ncBA|GFEF|C4|]\n", 6, "too short: 3/4"),
    (f"{_FOUR}CDEF|GABc|cBAG|F3|]\n", 5, "too short: 3/4"),
    (f"{_FOUR}CDEF|GABc\ncBAG|F4|]\n", 5, "no bar line ends this line"),
    (f"{_FOUR}CDEF|A2 Eb c|cBAG|F4|]\n", 5, "flat is written _E"),
    (f"{_FOUR}CDEF|(3CDE F2 G|cBAG|F4|]\n", 5, "too long"),
    (f"{_FOUR}C2D2E2F2|G2A2B2c2|c2B2A2G2|F8|]\n", 3, "with L:1/8"),
    (f"{_FOUR}CDE|FGA|Bcd|e3|]\n", 2, "M:3/4"),
    (f"{_FOUR}V:1\nCDEF|GABc|c4|]\nV:2\nC4|D4|]\n", 8, "voice 2 has 2 bars"),
    (f"{_FOUR}[V:1]CDEF|GABc|\n[V:2]C4|\n[V:1]c4|c4|]\n[V:2]C4|D4|]\n", 6, "voice 2 has 3 bars"),
]  # fmt: skip
RIGHT = [
    f"{_FOUR}G|CDEF|GABc|c3|]\n",
    f"{_FOUR}|:G|CDEF|GABc|c3:|\n|:c|cdef|c3:|\n",
    f"{_FOUR}|:CDEF|GABc|1c4:|2C4|]\n",
    f"{_FOUR}|:CDEF|GABc|[1 c3 G:|[2 C4|]\n",
    f"{_FOUR}CDEF|C2||D2|GABc|c4|]\n",
    f"{_FOUR}CDEF|G2 A2 \\\n|c4|]\n",
    f"{_FOUR}C>D E<F|(3C/D/E/ (3FGA C|{{cd}}C2 z2|[CE]2 [D2F2]|Z2|x4|]\n",
    f"{_FOUR}CDEF|[M:3/4]CDE|FGA|\nM:4/4\nCDEF|G4|]\n",
    f"{_FOUR}CDEF|C2D2&E4|G4|]\n",
    f"{_FOUR}(CD(EF)|G4)|!f!.C.D!trill!E2|(3(cde) c2|^F_B =e2|\"Am\"a2 \"_soft\"e2|]\n",
    f"{_FOUR}%%score (1 2)\nV:1\n|:CDEF|G4:|\nV:2\n|:C,4|Z:|\n",
    f"{_FOUR}P:A\nCDEF|G3|\nP:B\nc|cdef|c3|]\n",
    "X:1\nM:none\nK:C\nCDEFGAB|c|C2|]\n",
    "X:1\nK:C\nCDEFGAB|c|C2|]\n",
    "X:1\nM:6/8\nK:D clef=bass\nQ:\"Fast\" 3/8=120\nd2e f>ed|(2de d3|]\n",
    "X:1\nM:2+3/8\nL:1/8\nK:Eb Major\nE2 FGA|E2 E3|]\nW:Words | of the song\n\nA word | on the tune: a bad Cafe\n",
    "X:1\nT:a\nH:of old\nand more of it\nM:C|\nL:1/8\nQ:120\nK:D dorian\n|:CDEF GABc|c8:|\n\nX:2\nT:b\nK:HP\nABc|\n",
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "abc", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_nothing_is_said_of_a_right_tune(tmp_path: Path) -> None:
    wrong = wrongly_doubted(RIGHT, "abc", tmp_path)
    assert not wrong, "\n".join(wrong)
