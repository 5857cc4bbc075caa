"""ABC notation as people and models write it: tunes, words, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_told


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
    ("X:1\nK:C\nCD # EF|\n", 3, "notes are A to G"),
    ("X:1\nK:C\nCDEF|\nw: a b c d e f g h\n", 3, "one syllable a note"),
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
]


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "abc", tmp_path)
    assert not wrong, "\n".join(wrong)
