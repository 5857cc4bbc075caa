"""Octave as people and models write it: figures, files of its own, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners import languages
from runners.base import DataFile, PictureFormat, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need
from tests.runners.mistakes import Mistake, wrongly_told


@pytest.fixture(autouse=True)
def installed() -> None:
    need("octave-cli")
    need("gnuplot")


async def run(runner: SandboxedRunner, source: str, folder: Path, format: PictureFormat = "png") -> Run:  # fmt: skip
    return await runner.run(Program(source, "octave"), folder, format)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
async def test_the_example_is_drawn_in_every_format(runner: SandboxedRunner, tmp_path: Path, form: PictureFormat) -> None:  # fmt: skip
    drawn = await run(runner, languages.find("octave").example, tmp_path, form)
    assert drawn.verdict is Verdict.RENDERED, (drawn.diagnostics, drawn.stderr)
    (picture,) = drawn.pictures
    assert picture.format == form and {"Fruit sold", "apples", "pears"} <= set(drawn.texts)
    assert picture.path.with_suffix(".png").exists()


async def test_each_open_figure_is_a_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    source = "clear all; close all; clc;\nfigure(1); plot(1:3); figure(3); surf(peaks(9)); figure(2); pie([1 2])\n"  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert len(drawn.pictures) == 3, drawn.diagnostics


async def test_a_picture_that_the_program_saved_is_taken_where_no_figure_is_open(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = "plot(1:3)\nprint -dpngcairo mine.png\nclose all\n"
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics


async def test_functions_may_stand_before_or_behind_their_use(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = "1;\nfunction y = twice(x)\n  y = 2 * x;\nend\nplot(twice(1:3))\nprintf('%d\\n', twice(21));\n"  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and drawn.stdout.strip() == "42"


async def test_data_are_read_by_name(runner: SandboxedRunner, tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("day,sold\n1,3\n2,5\n")
    data = (DataFile("sales.csv", tmp_path / "sales.csv"),)
    source = 'd = csvread("sales.csv", 1, 0);\nplot(d(:,1), d(:,2))\n'
    drawn = await runner.run(Program(source, "octave", data), tmp_path / "out")
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics


async def test_nothing_drawn_is_no_picture(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(runner, "x = 6 * 7\n", tmp_path)
    assert ran.verdict is Verdict.NO_PICTURE and "42" in ran.stdout


async def test_commands_of_the_system_find_nothing(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(runner, '[s, out] = system("cat /etc/passwd /etc/shadow");\ndisp(out)\nplot(1)\n', tmp_path)  # fmt: skip
    assert "root:" not in ran.stdout + ran.stderr


MISTAKES: list[Mistake] = [
    ("x = linspace(0, 1\nplot(x)\n", 1, "( here is never closed"),
    ("plott(1:3)\n", 1, "did you mean plot?"),
    ("x = 1:3;\nplot(xx)\n", 2, "did you mean x"),
    ("y = 2;\nplot(1:3, 1:4)\n", 2, "sizes differ"),
    ("for i = 1:3\n  plot(i)\n", 1, "for has no end"),
    ("a = [1 2; 3]\n", 1, "sizes differ"),
    ('x = "abc\nplot(1)\n', 1, "closing quote"),
    ('plot(1)\nerror("my own")\n', 2, "my own"),
    ("1;\nfunction f(x)\n  y = x + undefined_thing;\nend\nf(2)\n", 3, "undefined_thing"),
    ('bar([1 2 3], "colour", "red")\n', 1, "colour"),
    ("a = ones(2,3) * ones(2,3)\n", 1, ".* and ./"),
    ('x = 1;\nd = csvread("nowhere.csv");\n', 2, "the files here are data.csv"),
    ("pkg load statistics\nplot(1)\n", 1, "leave pkg load out"),
    ("plot(1:3))\n", 1, ") closes nothing"),
    ("if true\n  x = 1\nendfor\n", 3, "endif"),
    ("x = {1, 2};\ny = x + 1;\n", 2, "x{1}"),
    ("a.b = 1;\na.c\n", 2, "c"),
    ("x = 1:3;\nx(7)\n", 2, "the first item has the index 1"),
    ("x = 1:3;\nx(0)\n", 2, "the first item has the index 1"),
    ("x = 0:0.1:1;\ny = x^2;\nplot(x, y)\n", 2, ""),
    ("title('a'\n", 1, "( here is never closed"),
    ("y = sine(3)\n", 1, "did you mean sin"),
    ("plot(1:3)\nxlable('x')\n", 2, "did you mean xlabel?"),
    ("x = 3\nif x = 4 { plot(x) }\n", 2, ""),
    ("import numpy\nplot(1)\n", 1, ""),
    ("1;\nfunction y = f(a, b)\n  y = a + b;\nend\nplot(f(1))\n", 3, "b"),
    ("1;\nfunction y = f(a)\n  y = a;\nend\nplot(f(1, 2))\n", 5, "count the arguments"),
    ("x = [1 2 3;\nplot(x)\ny = 2;\n", 1, "[ here is never closed"),
    ("while true\n  break\nplot(1)\n", 1, "while has no end"),
    ("z = str2func(3)\n", 1, ""),
    ("plot(1:3);\ntitle('Sold';\nxlim([0 4]);\n", 2, "add its )"),
    ("x = 1:3;\nylabel('sold);\nplot(x', 'r')\n", 2, "add the closing quote: '"),
    ("for k = 1:2\n  plot(1:k);\n  if k == 1\n    hold on\n  end\ntitle('a');\n", 1, "add an end"),
    ("hold on\nfor k in 1:3\n  plot(1:k)\nend\n", 2, "for k = 1:4"),
    ("for (k = 1; k < 3; k++)\n  plot(1:k)\nend\n", 1, "for k = 1:4"),
    ("k = 2;\nif k == 1\n  x = 1;\nelif k == 2\n  x = 2;\nend\n", 4, "write elseif"),
    ("for k = 1:3:\n  plot(1:k)\nend\n", 1, "no colon"),
    ("x = 1;\n// a comment\nplot(x)\n", 2, "begins with %"),
    ("f = lambda x: x + 1;\nplot(f(1))\n", 1, "@(x)"),
    ("x = randn(1, 9);\nhistogram(x)\n", 2, "hist(values, bins)"),
    ("plot(1:3)\nyline(2)\n", 2, "line(xlim, [y y])"),
    ("tiledlayout(2, 1)\nnexttile\nplot(1:3)\n", 1, "subplot"),
    ("x = [1 2 3];\nn = len(x)\n", 2, "numel(x)"),
]


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(MISTAKES, "octave", tmp_path)
    assert not wrong, "\n".join(wrong)
