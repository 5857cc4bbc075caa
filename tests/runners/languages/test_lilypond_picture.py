"""A score as a picture: white around it, its lines apart, and what LilyPond leaves out is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageOps

from runners.base import PictureFormat, Program, Severity, Verdict
from runners.runner import SandboxedRunner

TITLED = "\\version \"2.24.0\"\n\\header { title = \"TITLE\" tagline = ##f }\n\\layout { indent = 0 } { c'4 d' e' f' }\n"
LINES = "\\version \"2.24.0\"\n\\layout { indent = 0 }\n\\new Staff { c''4 d'' e'' f'' \\break c'' d'' e'' f'' }\n"


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_glyphs_do_not_touch_the_edge(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    run = await runner.run(Program(TITLED, "lilypond"), tmp_path, form)
    assert run.verdict is Verdict.RENDERED
    image = Image.open(run.pictures[0].path.with_suffix(".png")).convert("L")
    left, top, right, bottom = ImageOps.invert(image).getbbox() or (0, 0, 0, 0)
    assert image.width - right >= 15
    assert all(15 <= margin <= 26 for margin in (left, top, image.height - bottom)), (left, top)


async def test_the_lines_of_a_score_stand_apart(runner: SandboxedRunner, tmp_path: Path) -> None:
    run = await runner.run(Program(LINES, "lilypond"), tmp_path)
    image = Image.open(run.pictures[0].path).convert("L")
    dark = [min(image.crop((0, row, image.width, row + 1)).tobytes()) < 128 for row in range(image.height)]  # fmt: skip
    first, last = dark.index(True), len(dark) - 1 - dark[::-1].index(True)
    gaps = "".join("#" if row else " " for row in dark[first : last + 1]).split("#")
    assert max(map(len, gaps)) >= 15


async def test_an_emoji_that_lilypond_leaves_out_is_told(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    run = await runner.run(Program(TITLED.replace("TITLE", "Apple 🍎"), "lilypond"), tmp_path)
    assert run.verdict is Verdict.RENDERED
    told = run.diagnostics[-1]
    assert (told.severity, told.line) == (Severity.WARNING, 2) and "🍎" in told.message
    noted = TITLED.replace("TITLE", "Apple") + "% 🍎 in a note\n"
    assert not (await runner.run(Program(noted, "lilypond"), tmp_path / "noted")).diagnostics
