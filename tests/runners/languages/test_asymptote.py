"""Asymptote as people and models write it: pictures, mistakes, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import DataFile, Limits, PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need


@pytest.fixture(autouse=True)
def installed() -> None:
    need("asy")
    need("pdflatex")


async def run(
    runner: SandboxedRunner,
    source: str,
    folder: Path,
    format: PictureFormat = "png",
    limits: Limits | None = None,
) -> Run:
    return await runner.run(Program(source, "asymptote"), folder, format, limits)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("asymptote").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.format == form and "sin x" in drawn.texts
    assert picture.path.with_suffix(".png").exists()


async def test_words_and_lines_are_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, 'size(5cm);\nfill(unitcircle, red);\nlabel("centre", (0,0));\n', tmp_path)  # fmt: skip
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    assert drawn.texts == ("centre",)
    with Image.open(drawn.pictures[0].path) as picture:
        colours = picture.convert("RGB")
        assert colours.getpixel((picture.width // 4, picture.height // 2)) == (255, 0, 0)
        assert colours.getpixel((picture.width // 2, 2)) == (255, 255, 255)  # a margin


async def test_a_picture_in_space_is_drawn_without_a_screen(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = 'settings.outformat="png"; settings.render=16;\nimport three;\nsize(5cm);\ncurrentprojection=perspective(4,3,2);\ndraw(unitsphere, blue);\n'  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.stderr
    with Image.open(drawn.pictures[0].path) as picture:
        red, _, blue = picture.convert("RGB").resize((1, 1)).getpixel((0, 0))  # pyright: ignore
        assert blue > red + 30  # pyright: ignore[reportUnknownVariableType, reportOperatorIssue]


async def test_what_is_shipped_out_becomes_pictures_in_order(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = 'size(3cm);\nlabel("one", (0,0));\nshipout("z");\nerase();\nlabel("two", (0,0));\nshipout("a");\nerase();\nlabel("three", (0,0));\nnewpage();\nlabel("four", (0,0));\n'  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and len(drawn.pictures) == 4
    assert drawn.texts == ("one", "two", "three", "four")


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("1,3\n2,5\n3,4\n")
    data = (DataFile("sales.csv", tmp_path / "sales.csv"),)
    source = 'import graph;\nsize(5cm,4cm,IgnoreAspect);\nfile f = input("sales.csv").line().csv();\nreal[][] a = f;\na = transpose(a);\ndraw(graph(a[0], a[1]));\n'  # fmt: skip
    drawn = await runner.run(Program(source, "asymptote", data), tmp_path / "out")
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    wrong = await runner.run(Program(source.replace("sales.csv", "sale.csv"), "asymptote", data), tmp_path / "out")  # fmt: skip
    assert wrong.diagnostics[0].line == 3
    assert wrong.diagnostics[0].hint == "the files here are sales.csv"


async def test_a_program_that_draws_nothing_has_no_picture(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    ran = await run(runner, "size(5cm);\nwrite(1 + 1);\n", tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE and ran.stdout.strip() == "2"


MISTAKES: list[tuple[str, int, str]] = [
    ("draw(unitcircl);\n", 2, "did you mean unitcircle?"),
    ("drw(unitcircle);\n", 2, "did you mean draw?"),
    ("draw(unitcircle)\ndraw(unitsquare);\n", 2, "semicolon"),
    ("draw((0,0)--(1,1);\n", 2, "closing )"),
    ("draw((0,0)--(1,1), rd);\n", 2, "did you mean red?"),
    ("import grph;\ndraw(unitcircle);\n", 2, "did you mean graph?"),
    ('label("a_b", (0,0));\ndraw(unitcircle);\n', 2, "$"),
    ('draw(unitcircle);\nlabel("$\\frc{1}{2}$", (0,0));\n', 3, "did you mean \\frac?"),
    ('draw(unitcircle);\nlabel("$\\mathbb{R}$", (0,0));\n', 3, 'usepackage("amssymb")'),
    ('label("x, (0,0));\ndraw(unitcircle);\n', 2, 'closing "'),
    ("int n = 1.5;\n", 2, "int takes no fraction"),
    ("pair p = 3, 4;\n", 2, "syntax error"),
    ("for (int i = 0; i < 3; ++i {\n  dot((i,0));\n}\n", 2, "syntax error"),
    ("for (int i = 0; i < 3; ++i) {\n  dot((i,0));\n", 2, "never closed"),
    ("real f(real x) { return x^2 }\ndraw((0,0)--(1,f(1)));\n", 2, "semicolon"),
    ("real f(real x) { return x^2; }\ndraw((0,0)--(1,g(1)));\n", 3, "'g'"),
    ("real f(int x) { if (x > 0) return 1; }\nwrite(f(-1));\n", 2, "return for every case"),
    ('string s = "a" + 5;\n', 2, "string(x)"),
    ("int[] a = {1,2};\nwrite(a[7]);\n", 3, "begin with 0"),
    ("write(1/0);\n", 2, "zero"),
    ("int f(int n) { return f(n+1); }\nwrite(f(1));\n", 2, "without end"),
    ("pen p = blue + linewidth(2) + dahsed;\ndraw(unitcircle, p);\n", 2, "did you mean dashed?"),
    ("draw(unitcircle, color=red);\n", 2, "without one"),
    ("draw(graph(sin, 0, 1));\n", 2, "import graph;"),
    ("draw(unitcircle);\ndraw(unitsphere);\n", 3, "import three;"),
    ("struct A { int x; }\nA a;\nwrite(a.y);\n", 4, "a has no y"),
    ("draw(shift(1,0)*unitcircle\n, red);\nfill(unitsquare, blue));\n", 4, "a ) too many"),
    ("triple t = (1,2);\n", 2, "cast"),
    ("undefined_thing();\n", 2, "undefined_thing"),
    ("x = 3;\n", 2, "real x"),
    (
        "path p = (0,0)--(1,1);\ndraw(intersectionpoint(p, (3,3)--(4,4)));\n",
        3,
        "no point in common",
    ),
    (
        "import graph;\nreal[] x = {1,2,3};\nreal[] y = {1,2};\ndraw(graph(x, y));\n",
        5,
        "same length",
    ),
    ("def f(x): return x\n", 2, "real f(real x)"),
    ('label("α", (0,0));\n', 2, "$\\alpha$"),
    ('system("ls");\n', 2, "no other program"),
    ('file f = input("nowhere.csv");\n', 2, "no data file"),
    ("path p = (0,0)--(1,0)--(1,1);\nfill(p, red);\ndraw(p);\n", 3, "--cycle"),
    ("fill(circle((0,0), 1), red);\nfill((0,0)--(1,0)--(1,1), blue);\n", 3, "--cycle"),
    ("draw((0,0) -> (1,1));\n", 2, "joined with --"),
    ("real[] y = [1, 2, 3];\n", 2, "in braces: {0, 1, 2}"),
    (
        "int n = 1;\nif (n == 0) {\n  dot((0,0));\n} elif (n == 1) {\n  dot((1,1));\n}\n",
        5,
        "else if",
    ),
    ("for (int i in range(3)) {\n  dot((i,0));\n}\n", 2, "int i = 0"),
    ("double y = 2;\n", 2, "the type is called real"),
    ('import graph;\nxaxis(label="$x$", ticks=LeftTicks);\n', 3, "it is called L"),
    ("import graph;\nyaxis(colour=red);\n", 3, "it is called p"),
]


@pytest.mark.parametrize(("source", "line", "words"), MISTAKES)
async def test_a_mistake_is_told_where_a_person_would_look(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    wrong = await run(runner, f"size(5cm);\n{source}", tmp_path)
    assert wrong.verdict is Verdict.FAILED
    first = wrong.diagnostics[0]
    assert first.line == line, first
    assert words in f"{first.message} {first.hint}", first


async def test_a_picture_that_is_added_to_nothing_is_told(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    alone = "picture face;\nsize(face, 5cm);\ndraw(face, unitcircle);\n"
    ran = await run(runner, alone, tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE and ran.diagnostics[0].line == 1
    assert "add(face.fit());" in str(ran.diagnostics[0].hint)
    beside = await run(runner, alone + "size(5cm);\ndraw(unitsquare);\n", tmp_path)
    assert beside.verdict is Verdict.RENDERED and beside.diagnostics[0].line == 1
    added = await run(runner, alone + "add(face.fit());\ndraw(unitsquare, red);\n", tmp_path)
    assert added.verdict is Verdict.RENDERED and not added.diagnostics


async def test_a_program_that_draws_nothing_is_told(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    ran = await run(runner, "real x = 6 * 7;\nwrite(x);\n", tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE
    assert ran.diagnostics[0].message == "nothing was drawn"
