"""gnuplot as people and models write it: plots, terminals that are not ours, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from runners import languages
from runners.base import DataFile, PictureFormat, PlotStyle, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told


@pytest.fixture(autouse=True)
def installed() -> None:
    need("gnuplot")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png", style: PlotStyle | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "gnuplot", style=style), folder, format)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("gnuplot").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.format == form and {"Fruit sold", "apples", "pears", "plums"} <= set(drawn.texts)
    assert picture.path.with_suffix(".png").exists()


@pytest.mark.parametrize("terminal", [
    "set terminal pngcairo size 600,300 enhanced font 'Arial,10'\nset output 'a.png'",
    "set term png size 600,300; set out 'a.png'",
    "set terminal svg size 600,300 dynamic; set output \"a.svg\"",
    "set terminal pdf size 6in,3in\nset output 'a.pdf'",
    "set terminal qt size 600,300 persist",
    "set terminal x11 size 600,300",
    "set terminal gif animate delay 5 size 600,300\nset output 'a.gif'",
    "set terminal epslatex size 12cm,6cm \\\n  color\nset output 'a.tex'",
])  # fmt: skip
async def test_whatever_terminal_is_set_the_plot_is_shown_in_its_shape(runner: SandboxedRunner, tmp_path: Path, terminal: str) -> None:  # fmt: skip
    drawn = await run(runner, f"{terminal}\nplot sin(x)\npause mouse close\n", tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    (picture,) = drawn.pictures
    assert picture.width / picture.height == pytest.approx(2, rel=0.03)  # pyright: ignore[reportUnknownMemberType]


async def test_each_plot_is_a_picture_and_a_replot_takes_the_place_of_its_plot(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = 'plot x title "one"\nplot x**2 title "two"\nreplot x**3 title "three"\n'
    drawn = await run(runner, source, tmp_path)
    assert len(drawn.pictures) == 2
    loop = await run(runner, "do for [n=1:3] {\n  plot x**n\n}\n", tmp_path)
    assert len(loop.pictures) == 3
    several = "set multiplot layout 1,2\nplot x\nplot x**2\nunset multiplot\nset output\n"
    assert len((await run(runner, several, tmp_path)).pictures) == 1


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("day,sold\nMon,3\nTue,5\n")
    data = (DataFile("sales.csv", tmp_path / "sales.csv"),)
    source = 'set datafile separator ","\nplot "sales.csv" using 2:xtic(1) with boxes\n'
    drawn = await runner.run(Program(source, "gnuplot", data), tmp_path / "out")
    assert drawn.verdict is Verdict.RENDERED and "Tue" in drawn.texts
    wrong = await runner.run(Program(source.replace("sales", "sale"), "gnuplot", data), tmp_path / "out")  # fmt: skip
    assert wrong.diagnostics[0].line == 2
    assert wrong.diagnostics[0].hint == "the files here are sales.csv"


async def test_a_plot_takes_the_colours_of_the_style(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    dark = PlotStyle(("#e0a030",), "#101820", "#e8e8f0", "#8890a0", "#283040")
    drawn = await run(runner, "set style fill solid\nplot '+' using 1:(3) with boxes\n", tmp_path, style=dark)  # fmt: skip
    with Image.open(drawn.pictures[0].path) as picture:
        image = picture.convert("RGB")
        assert image.getpixel((2, 2)) == (0x10, 0x18, 0x20)
        assert (0xE0, 0xA0, 0x30) in {colour for _, colour in image.getcolors(1 << 22) or []}


async def test_a_surface_is_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, "set pm3d\nset isosamples 30\nsplot sin(x)*cos(y)\n", tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics


async def test_what_is_printed_is_kept_and_no_plot_is_no_picture(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    ran = await run(runner, 'set print "-"\nprint 6 * 7\n', tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE
    assert ran.stdout.strip() == "42"
    assert ran.diagnostics[0].hint == "end the script with plot or splot"


MISTAKES: list[Mistake] = [
    ('set title "a"\nplot sin(x\n', 2, "not closed"),
    ("plot foo(x)\n", 1, "undefined function: foo"),
    ("plot sinn(x)\n", 1, "did you mean sin"),
    ("plt sin(x)\n", 1, "did you mean plot?"),
    ('plot "nowhere.csv" using 1:2\n', 1, "the files here are data.csv"),
    ('x = 1\nplot "nowhere.csv"\n', 2, "no file"),
    ('set ttle "x"\nplot x\n', 1, "did you mean title?"),
    ("a = 3\nplot a*x title a\n", 2, "quotes"),
    ("plot sin(x) with lins\n", 1, "did you mean lines?"),
    ("set xrange [0:10\nplot x\n", 1, "not closed"),
    ("f(x) = x**2\nplot f(x), g(x)\n", 2, "define g before"),
    ("factor = 2\nplot facter*x\n", 2, "did you mean factor?"),
    ("do for [i=1:3] {\n  plot x\n", 1, "{ is never closed"),
    ('plot "-" using 1:3\n1 2\ne\n', 1, "columns after using"),
    ("x = [1,2]\nplot x\n", 1, "array x[2]"),
    ("splot x*y with pm3d palete\n", 1, "did you mean palette?"),
    ("plot sin(x), \\\n  cos(x) with lins, \\\n  x\n", 2, "did you mean lines?"),
    ("set style data histgram\nplot x\n", 1, "did you mean histograms?"),
    ("set style fil solid\nplot x\n", 1, ""),
    ("set key botom left\nplot x\n", 1, ""),
    ("set xlable 'x'\nplot x\n", 1, "did you mean xlabel?"),
    ("plot x linewdth 3\n", 1, "did you mean linewidth?"),
    ("import numpy\nplot x\n", 1, ""),
    ("plot x\nunset legend\n", 2, ""),
    ("set datafile separator ','\nplot 'data.csv' using 1:7\n", 2, "columns after using"),
    ("if (1 > 0 { plot x }\n", 1, ""),
    ("n = 'a' + 1\nplot n*x\n", 1, ""),
    ("plot for [i=1:3 x**i\n", 1, ""),
    ('plot x title "one, x**2 title "two"\n', 1, 'add its "'),
    ("$sold << EOD\n1 3\n2 5\n\nplot $sold\n", 1, "write EOD"),
    ("$sold << END\n1 3\n2 5\n  END\nplot $sold\n", 1, "take away the blanks"),
    ('set palette defined (0 "blue", 1 "red"\nsplot x*y\n', 1, "the ( is not closed: add its )"),
    ("plot x with lines lw=2\n", 1, "options go without ="),
    ('plot x title="a"\n', 1, "options go without ="),
    ('set xlabel = "a"\nplot x\n', 1, "options go without ="),
    ('n = 3\nset title "n is " + n\nplot x\n', 2, "sprintf"),
    ("set multiplot layout 3 1\nplot x\n", 1, "layout 2,1"),
    ("set xrange [0,10]\nplot x\n", 1, "[0:10]"),
    ('plot x with lines color "red"\n', 1, 'lc rgb "red"'),
    ("plot x with lines lc red\n", 1, 'lc rgb "red"'),
    ("plot x^2\n", 1, "x**2"),
    ("plot sin x\n", 1, "sin(x)"),
    ("plot 3x\n", 1, "2*x"),
    ("plot x, with lines\n", 1, "no comma"),
    ("// a comment\nplot x\n", 1, "begins with #"),
    ("for i in range(3):\n  plot x\n", 1, "do for"),
    ("set terminal pgncairo size 600,300\nplot x\n", 1, "did you mean pngcairo?"),
    ('plot "nowhere.csv" using 1:2, x\n', 1, "the files here are data.csv"),
]
RIGHT = [
    "set term post eps\nset output 'a.eps'\nset title 'it''s #1'  # don't\nplot x title \"a=b\"\n",
    "$sold << EOD\n1 3\nEOD\n$more << END\n1 2\n2 3\nEND\nset terminal PNG\nplot $sold, $more with lines\n",
]


def test_what_is_right_is_drawn_without_a_word(tmp_path: Path) -> None:
    wrong = wrongly_doubted(RIGHT, "gnuplot", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "gnuplot", tmp_path)
    assert not wrong, "\n".join(wrong)
