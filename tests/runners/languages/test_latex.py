"""LaTeX as people and models write it: pictures, pages, mistakes, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners.base import DataFile, Limits, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need


@pytest.fixture(autouse=True)
def installed() -> None:
    need("pdflatex")
    need("pdftocairo")


def document(body: str, preamble: str = "") -> str:
    """A picture with its body from line 4 on."""
    return f"\\documentclass[border=4pt]{{standalone}}\n\\usepackage{{tikz,pgfplots}}{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def tikz(body: str) -> str:
    """A TikZ picture with its body from line 5 on."""
    return document(f"\\begin{{tikzpicture}}\n{body}\n\\end{{tikzpicture}}")


async def run(runner: SandboxedRunner, source: str, folder: Path, **more: object) -> Run:
    return await runner.run(Program(source, "latex"), folder, **more)  # pyright: ignore[reportArgumentType]  # passed on as they are


async def test_a_bare_picture_is_wrapped_and_keeps_its_lines(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    bare = "\\begin{tikzpicture}\n\\draw[fill=orange] (0,0) circle (1);\n\\node at (0,0) {sun};\n\\end{tikzpicture}\n"
    drawn = await run(runner, bare, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and drawn.texts == ("sun",)
    with Image.open(drawn.pictures[0].path) as picture:
        assert picture.convert("RGB").getpixel((picture.width // 4, picture.height // 2)) == (255, 128, 0)  # fmt: skip
    wrong = await run(runner, bare.replace("\\node", "\\nodd"), tmp_path)
    assert wrong.diagnostics[0].line == 3 and wrong.diagnostics[0].hint == "did you mean \\node?"


async def test_an_article_is_cut_to_what_it_shows_and_pages_are_pictures(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = "\\documentclass{article}\\pagestyle{empty}\n\\begin{document}\nOne\n\\newpage\nTwo\n\\end{document}\n"
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and drawn.texts == ("One", "Two")
    assert len(drawn.pictures) == 2
    assert all(picture.width < 600 and picture.height < 400 for picture in drawn.pictures)


async def test_an_engine_is_chosen_by_what_the_program_asks_for(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    lua = document("\\directlua{tex.print(6*7)}")
    drawn = await run(runner, lua, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and drawn.texts == ("42",)


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("x,y\n1,3\n2,5\n3,4\n")
    source = document("\\begin{tikzpicture}\\begin{axis}\n\\addplot table[col sep=comma,x=x,y=y] {sales.csv};\n\\end{axis}\\end{tikzpicture}")  # fmt: skip
    data = (DataFile("sales.csv", tmp_path / "sales.csv"),)
    drawn = await runner.run(Program(source, "latex", data), tmp_path / "out")
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics


MISTAKES: list[tuple[str, int, str]] = [
    (tikz("\\draw (0,0) -- (1,1)\n\\draw (1,0) -- (0,1);"), 6, "semicolon"),
    (tikz("\\drw (0,0) -- (1,1);"), 5, "\\draw?"),
    (tikz("\\draw (0,0) -- (1,1);\n\\fil (0,0) circle (1);"), 6, "\\fill?"),
    (tikz("\\node at (0,0) {a_b};"), 5, "$"),
    (tikz("\\node at (0,0) {\\frac{1}{2}};"), 5, "$"),
    (tikz("\\draw[colour=red] (0,0) -- (1,1);"), 5, "colour"),
    (tikz("\\draw[color=redd] (0,0) -- (1,1);"), 5, "redd"),
    (tikz("\\node[shape=hexagn] at (0,0) {x};"), 5, "hexagn"),
    (tikz("\\draw (a) -- (1,1);"), 5, "No shape named"),
    (tikz("\\foreach \\x in {1,2} \\draw (\\x,0) -- (\\y,1);"), 5, "\\y"),
    (tikz("\\node at (0,0) {\\textbf{x};"), 5, "brace"),
    (document("\\begin{tikzpicure}\n\\end{tikzpicure}"), 4, "tikzpicture?"),
    (document("\\begin{tabular}{ll}\na & b & c & d \\\\\n\\end{tabular}"), 5, "alignment"),
    (document("\\begin{tikzpicture}\n\\begin{scope}\n\\draw (0,0) -- (1,1);\n\\end{tikzpicture}"), 5, "scope"),
    (document("$x^2^3$"), 4, "superscript"),
    (document("$\\alpa$"), 4, "\\alpha?"),
    (document("$\\left( x $"), 4, "\\right"),
    (document("a & b"), 4, "\\&"),
    (document("50% of it} all\n}"), 5, "brace"),
    (document("x", "\\usepackage{nosuchpackage}"), 2, "nosuchpackage"),
    (document("\\begin{tikzpicture}\\begin{axis}\n\\addplot {x^2}\n\\end{axis}\\end{tikzpicture}"), 6, "semicolon"),
    (document("\\begin{tikzpicture}\\begin{axis}[xlabl=x]\n\\addplot {x^2};\n\\end{axis}\\end{tikzpicture}"), 4, "xlabl"),
    (document("\\begin{tikzpicture}\\begin{axis}\n\\addplot {sqr(x)};\n\\end{axis}\\end{tikzpicture}"), 5, "sqr"),
    (document("\\begin{tikzpicture}\\begin{axis}\n\\addplot table {nowhere.dat};\n\\end{axis}\\end{tikzpicture}"), 5, "nowhere.dat"),
    (document("\\includegraphics{nowhere}"), 4, "nowhere"),
    ("\\documentclass{standalne}\n\\begin{document}\nx\n\\end{document}\n", 1, "standalne"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "line", "words"), MISTAKES)
async def test_a_mistake_is_told_where_a_person_would_look(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    wrong = await run(runner, source, tmp_path)
    assert wrong.verdict is Verdict.FAILED
    first = wrong.diagnostics[0]
    assert first.line is not None and abs(first.line - line) <= 1, first
    assert words in f"{first.message} {first.hint}", first


def escaped() -> list[str]:
    """Files that should not be there."""
    return [place for place in ("/escaped.txt", "/tmp/escaped.txt") if Path(place).exists()]


@pytest.mark.parametrize("attack", [
    "\\immediate\\write18{cat /etc/passwd > out/01.png}x",
    "\\input{/etc/passwd}",
    "\\newread\\f\\openin\\f=/etc/passwd \\read\\f to\\x \\x",
    "\\input{|cat /etc/passwd}",
    "\\newwrite\\f\\immediate\\openout\\f=/tmp/../../escaped.txt \\immediate\\write\\f{x}",
])  # fmt: skip
async def test_nothing_outside_is_read_or_written(runner: SandboxedRunner, tmp_path: Path, attack: str) -> None:  # fmt: skip
    ran = await run(runner, document(attack), tmp_path)
    assert "root:" not in ran.stdout + ran.stderr + " ".join(ran.texts)
    assert not escaped()


async def test_an_endless_loop_is_stopped(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(
        runner, document("\\loop\\iftrue\\repeat"), tmp_path, limits=Limits(wall_seconds=3)
    )
    assert ran.verdict is Verdict.TIMED_OUT
