"""Preambles that most pictures begin with are loaded in one go: faster, and nothing else is different."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from runners.base import Program, Run
from runners.harness import tex_formats
from runners.languages import latex
from runners.runner import SandboxedRunner
from tests.conftest import need, needed

BODY = "\\begin{document}\n\\begin{tikzpicture}\n\\draw (0,0) circle (1);\n\\end{tikzpicture}\n\\end{document}\n"
PLOT = "\\begin{document}\n\\begin{tikzpicture}\n\\begin{axis}[ybar]\n\\addplot coordinates {(1,3) (2,5)};\n\\end{axis}\n\\end{tikzpicture}\n\\end{document}\n"
LOADED = [
    ("tikz", "\\documentclass[border=4pt]{standalone}\n\\usepackage{tikz}\n"),
    ("tikz", "% a circle\n\n\\documentclass[border={2pt 4pt}]{standalone}\n\\usepackage{tikz} \n"),
    ("plots", "\\documentclass{standalone}\n\\usepackage{pgfplots}\n"),
    ("pages-plots", "\\documentclass[tikz, border=5mm]{standalone}\n\\usepackage{tikz}\n\\usepackage{pgfplots}\n"),
]  # fmt: skip
OTHERS = [
    "\\documentclass[border=4pt]{standalone}\n",
    "\\documentclass[border=4pt,varwidth]{standalone}\n\\usepackage{tikz}\n",
    "\\documentclass[border=4pt]{standalone}\n\\usepackage[dvipsnames]{xcolor}\n\\usepackage{tikz}\n",
    "\\def\\mine{}\n\\documentclass[border=4pt]{standalone}\n\\usepackage{tikz}\n",
    "\\documentclass[border=\\input{x}]{standalone}\n\\usepackage{tikz}\n",
    "\\documentclass{article}\n\\usepackage{tikz}\n",
]
WRONG = [
    LOADED[0][1] + BODY.replace("(1);", "(1)"),
    LOADED[0][1] + BODY.replace("circle", "\\nosuch"),
    LOADED[0][1] + "\\usepackage[dvipsnames]{xcolor}\n" + BODY,
    LOADED[2][1] + PLOT.replace("ybar", "ybra"),
    LOADED[3][1] + PLOT.replace("\\end{document}\n", ""),
]


@pytest.fixture(autouse=True)
def made() -> None:
    need("pdflatex")
    needed(tex_formats.instead(latex.EXAMPLE) is not None, "the formats: python runners/harness/tex_formats.py")  # fmt: skip


def unknown(source: str) -> str:
    """The same program, beginning as no format does."""
    return source.replace("{standalone}", "{standalone}\\relax", 1)


async def both(runner: SandboxedRunner, source: str, folder: Path) -> tuple[Run, Run]:
    assert tex_formats.instead(source) is not None
    assert tex_formats.instead(unknown(source)) is None
    loaded = await runner.run(Program(source, "latex"), folder / "loaded")
    return loaded, await runner.run(Program(unknown(source), "latex"), folder / "read")


@pytest.mark.parametrize(("name", "preamble"), LOADED)
def test_lines_that_a_format_holds_are_taken_out_and_the_others_stay_where_they_are(name: str, preamble: str) -> None:  # fmt: skip
    found = tex_formats.instead(preamble + BODY)
    assert found is not None and found[0].stem == name
    assert found[1].count("\n") == (preamble + BODY).count("\n")
    assert found[1].endswith(BODY) and "\\usepackage" not in found[1]


@pytest.mark.parametrize("preamble", OTHERS)
def test_a_preamble_that_says_anything_else_is_read(preamble: str) -> None:
    assert tex_formats.instead(preamble + BODY) is None


@pytest.mark.parametrize("source", [LOADED[1][1] + BODY, LOADED[3][1] + PLOT])
async def test_the_picture_is_the_same(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    loaded, read = await both(runner, source, tmp_path)
    assert len(loaded.pictures) == len(read.pictures) == 1 and loaded.texts == read.texts
    assert loaded.pictures[0].path.read_bytes() == read.pictures[0].path.read_bytes()


@pytest.mark.parametrize("source", WRONG)
async def test_a_mistake_is_told_in_the_same_words_at_the_same_line(runner: SandboxedRunner, tmp_path: Path, source: str) -> None:  # fmt: skip
    loaded, read = await both(runner, source, tmp_path)
    assert loaded.verdict is read.verdict
    assert loaded.diagnostics == read.diagnostics and loaded.diagnostics[0].line


def test_formats_of_packages_that_have_changed_since_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    shutil.copytree(tex_formats.FOLDER, tmp_path / "tex")
    monkeypatch.setattr(tex_formats, "FOLDER", tmp_path / "tex")
    assert tex_formats.instead(latex.EXAMPLE) is not None
    told = next((tmp_path / "tex").glob("*.json"))
    told.write_text(told.read_text().replace("[1", "[2", 1))
    assert tex_formats.instead(latex.EXAMPLE) is None
    assert tex_formats.main() == 0
    assert tex_formats.instead(latex.EXAMPLE) is not None


def test_they_lie_where_no_program_can_write() -> None:
    assert tex_formats.FOLDER.is_relative_to(Path(sys.prefix))
