"""Typst as people and models write it: documents, pages, packages, and mistakes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from runners import languages
from runners.base import DataFile, PictureFormat, Program, Run, Verdict
from runners.languages.interpreter import HARNESS
from runners.packages import FOLDER
from runners.runner import SandboxedRunner
from runners.toolchains import missing
from tests.conftest import needed
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told


@pytest.fixture(autouse=True)
def installed() -> None:
    needed(not missing(languages.find("typst").toolchain), "typst (python -m runners.packages)")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png") -> Run:  # fmt: skip
    return await runner.run(Program(source, "typst"), folder, format)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("typst").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.format == form and {"Fruit sold", "apples", "9"} <= set(drawn.texts)
    assert picture.path.with_suffix(".png").exists()


async def test_a_drawing_is_cut_to_what_it_shows(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, "= Head\n#rect(width: 6cm, height: 3cm)\n", tmp_path, "pdf")
    (picture,) = drawn.pictures
    assert 6 / 2.54 * 72 < picture.width < 6 / 2.54 * 72 + 40
    assert drawn.texts == ("Head",)


async def test_more_pages_than_are_kept_are_told(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, "#set page(width: 4cm, height: 3cm)\n" + "a #pagebreak()\n" * 23 + "b", tmp_path)  # fmt: skip
    assert len(drawn.pictures) == 20
    assert [one.message for one in drawn.diagnostics] == ["24 pictures were drawn; the first 20 are kept"]  # fmt: skip


async def test_a_long_line_is_broken_where_it_can_be_read(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, "#lorem(120)\n", tmp_path, "pdf")
    assert drawn.pictures[0].width < 20 / 2.54 * 72


async def test_pages_of_its_own_are_kept(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "#set page(width: 10cm, height: 5cm)\nA\n#pagebreak()\nB\n"
    drawn = await run(runner, source, tmp_path, "pdf")
    assert [(one.width, one.height) for one in drawn.pictures] == [(283, 142)] * 2


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("Mon,3\nTue,5\n")
    data = (DataFile("sales.csv", tmp_path / "sales.csv"),)
    source = '#table(columns: 2, ..csv("sales.csv").flatten())\n'
    drawn = await runner.run(Program(source, "typst", data), tmp_path / "out")
    assert drawn.verdict is Verdict.RENDERED and "Tue" in " ".join(drawn.texts)
    outside = await runner.run(Program('#read("/etc/passwd")\n', "typst"), tmp_path / "out")
    assert outside.verdict is Verdict.FAILED and "root" not in outside.stderr


@pytest.fixture
def package() -> Iterator[str]:
    """A package that was brought, of a name that nothing else has."""
    folder = FOLDER.parent / "typst" / "preview" / "viscoder-trial" / "1.2.0"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "typst.toml").write_text('[package]\nname = "viscoder-trial"\nversion = "1.2.0"\nentrypoint = "lib.typ"\n')  # fmt: skip
    (folder / "lib.typ").write_text("#let badge(body) = rect(fill: yellow, body)\n")
    yield "viscoder-trial"
    for path in (folder / "typst.toml", folder / "lib.typ"):
        path.unlink()
    folder.rmdir()
    folder.parent.rmdir()


async def test_a_package_is_taken_in_the_version_that_is_here(runner: SandboxedRunner, tmp_path: Path, package: str) -> None:  # fmt: skip
    source = f'#import "@preview/{package}:0.9.1": badge\n#badge[hello]\n'
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    assert drawn.texts == ("hello",)


MISTAKES: list[Mistake] = [
    ("= Hi\n#recct[a]\n", 2, "did you mean rect?"),
    ("#let x = (1, 2\n#x\n", 1, "unclosed delimiter"),
    ("Text\n$ frac(1, 2 $\n", 2, "close every bracket"),
    ('#import "@preview/nowhere:0.3.2": a\n', 1, "the package nowhere is not here"),
    ('A\n#image("nowhere.png")\n', 2, "the files here are data.csv"),
    ("#circle(radus: 3cm)\n", 1, "did you mean radius?"),
    ("#text(fill: redd)[x]\n", 1, "did you mean red?"),
    ('= A\n\n#let f(x) = {\n  x + "a"\n}\n#f(1)\n', 4, "str(n)"),
    ("#range(3).at(7)\n", 1, "index 0"),
    ("*bold\n", 1, "unclosed"),
    ("#rect(width: 3)\n", 1, "lengths need a unit"),
    ("#let total = 3\n#totl\n", 2, "did you mean total?"),
    ("#if 1 > 0 [a\n", 1, "unclosed"),
    ('#let d = (a: 1)\n#d.at("b")\n', 2, "b"),
    ("#let d = (a: 1)\n#d.b\n", 2, "b"),
    ("#for i in range(3) {\n  rect(\n}\n", 2, "unclosed"),
    ("#table(colums: 2)[a][b]\n", 1, "did you mean columns?"),
    ("#grid(columns: 2, colum-gutter: 3pt)[a][b]\n", 1, "did you mean column-gutter?"),
    ('#read("nowhere.txt")\n', 1, "data.csv"),
    ('#let rows = csv("data.csv")\n#rows.at(1).at(9)\n', 2, "index"),
    ("#set txt(size: 3pt)\n", 1, "did you mean text?"),
    ("#show heading: it => blok(it)\n= A\n", 1, "did you mean block?"),
    ("$ alpa + beta $\n", 1, "alpa"),
    ("#line(start: (0cm, 0cm), end: (1cm))\n", 1, "expected array"),
    ("#rect(fill: #red)\n", 1, "not valid in code"),
    ("#let f(x) = x\n#f()\n", 2, "missing argument"),
    ("#let f(x) = x\n#f(1, 2)\n", 2, "unexpected argument"),
    ("#(1 / 0)\n", 1, "divide by zero"),
    ('#rgb("zzz")\n', 1, "color"),
    ('#"abc\n', 1, "unclosed"),
    ("#let f(x) = x**2\n#f(2)\n", 1, "calc.pow(x, 2)"),
    ("#let y = math.sin(1)\n", 1, "calc.sin"),
    ("#let y = sqrt(2)\n#(y + 1)\n", 1, "calc.sqrt"),
    ('#for i in range(3) {\n  "step " + i\n}\n', 2, "str(n)"),
    ("#for i in range(0, 90, 30) { [#i] }\n", 1, "step: 30"),
    ("#rect(fill: lightblue)\n", 1, "blue.lighten"),
    ("#rect(fill: pink)\n", 1, 'rgb("#ffc0cb")'),
    ("#rect(width: 1cm,\n  fill = red)\n", 2, "with a colon"),
    ("#let i = 3\n#let x = i-1\n", 2, "i - 1"),
    ('#import "@preview/lilaq:0.3.0" as lq\n#lq.diagram()\n', 1, "the package lilaq is not here"),
    ("#rect(color: red)\n", 1, "it is told by fill"),
    ("= Sold\n\ntable(\n  columns: 2,\n  [a], [b]\n", 3, "write #table("),
    (
        "#table(\n  columns: 2,\n  ..(1, 2).map(n => (\n    [#n], box(width: n * 3mm)),\n  )).flatten()\n)\n",
        4,
        ") too many",
    ),
    ("rect(\n  width: 3cm,\n)\n", 1, "write #rect("),
]
RIGHT = [
    "= A\nLet us set the table (x = 3) and show it: $f(x, a = 3)$\n#rect(width: 2cm, fill: red)[a = 3]\n",
    "#let f(x, y: 2) = x + y\n#let total = f(1)\n#if total == 3 [yes]\n#table(\n  columns: 2,\n  [a = 1], [#let b = 2; #b],\n)\n",
]


def test_what_is_right_is_drawn_without_a_word(tmp_path: Path) -> None:
    wrong = wrongly_doubted(RIGHT, "typst", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_what_cetz_passes_over_is_told_by_the_text() -> None:
    harness = str(HARNESS)
    sys.path.insert(0, harness)
    try:
        warnings = importlib.import_module("typst_mistakes").warnings
    finally:
        sys.path.remove(harness)
    head = '#import "@preview/cetz:0.4.2"\n#cetz.canvas({\n  import cetz.draw: *\n'
    wrong = head + "  circle((0, 0), r: 2)\n  line((0, 0), (1, 1),\n    arrow: true)\n  rect((0, 0), (1, 1), stroek: red)\n})\n"  # fmt: skip
    assert [(one["line"], one["hint"]) for one in warnings(wrong)] == [
        (4, "did you mean radius?"),
        (6, 'did you mean mark: (end: ">")?'),
        (7, "did you mean stroke?"),
    ]
    right = head + '  circle((0, 0), radius: 2, name: "a", fill: red)\n  line("a.east", (5, 0), mark: (end: ">", width: 2pt), stroke: (paint: red, dash: "dashed"))\n  content((0, 1), text(size: 9pt)[r: 3], anchor: "south", padding: 2pt)\n  arc((0, 0), start: 0deg, delta: 30deg, mode: "PIE")\n})\n'  # fmt: skip
    assert warnings(right) == []


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "typst", tmp_path)
    assert not wrong, "\n".join(wrong)
