"""A LilyPond that was started ahead engraves the program, and nothing of what it did before."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import PictureFormat, Program, Verdict
from runners.runner import SandboxedRunner

MUSIC = "\\version \"2.24.0\"\n\\header { title = \"Mine\" tagline = ##f }\n{ c'4 d' e' f' }\n"


async def test_it_draws_the_same_picture(runner: SandboxedRunner, warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    warm_runner.warm_up("lilypond")
    cold = await runner.run(Program(MUSIC, "lilypond"), tmp_path / "cold")
    warm = await warm_runner.run(Program(MUSIC, "lilypond"), tmp_path / "warm")
    assert warm.verdict is Verdict.RENDERED, (warm.diagnostics, warm.stderr)
    assert len(warm.pictures) == 1
    assert warm.pictures[0].path.read_bytes() == cold.pictures[0].path.read_bytes()
    assert warm.stdout == cold.stdout == ""


async def test_its_mistakes_stand_at_the_same_places(runner: SandboxedRunner, warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    warm_runner.warm_up("lilypond")
    wrong = Program(MUSIC.replace("d'", "\\dd'"), "lilypond")
    cold = await runner.run(wrong, tmp_path / "cold")
    warm = await warm_runner.run(wrong, tmp_path / "warm")
    assert warm.verdict is cold.verdict is Verdict.FAILED
    assert warm.diagnostics == cold.diagnostics and warm.diagnostics[0].line == 3


async def test_music_that_is_none_shows_nothing_of_the_piece_before(warm_runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    warm_runner.warm_up("lilypond")
    ran = await warm_runner.run(Program('\\version "2.24.0"\nfoo = 3\n', "lilypond"), tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE and not ran.pictures


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
async def test_another_format_than_was_prepared_for_is_drawn_too(warm_runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    warm_runner.warm_up("lilypond")
    for place in ("first", "second"):
        ran = await warm_runner.run(Program(MUSIC, "lilypond"), tmp_path / place, form)
        assert ran.verdict is Verdict.RENDERED and ran.pictures[0].format == form
