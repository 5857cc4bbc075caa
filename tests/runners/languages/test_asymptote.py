"""Asymptote as people and models write it: pictures, mistakes, and what it may not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import Limits, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need


@pytest.fixture(autouse=True)
def installed() -> None:
    need("asy")
    need("pdflatex")


async def run(runner: SandboxedRunner, source: str, folder: Path, limits: Limits | None = None) -> Run:  # fmt: skip
    return await runner.run(Program(source, "asymptote"), folder, limits=limits)


async def test_words_and_lines_are_drawn(runner: SandboxedRunner, tmp_path: Path) -> None:
    drawn = await run(runner, 'size(5cm);\ndraw(unitcircle, red);\nlabel("centre", (0,0));\n', tmp_path)  # fmt: skip
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    assert drawn.texts == ("centre",)


async def test_a_picture_in_space_is_drawn_without_a_screen(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    drawn = await run(runner, "import three;\nsize(5cm);\ncurrentprojection=perspective(4,3,2);\ndraw(unitbox, blue);\n", tmp_path)  # fmt: skip
    assert drawn.verdict is Verdict.RENDERED, drawn.stderr


async def test_what_is_shipped_out_becomes_pictures_in_order(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    source = 'size(3cm);\ndraw(unitcircle);\nshipout("first");\nerase();\ndraw(unitsquare);\nlabel("two", (0,0));\nshipout("second");\nerase();\n'  # fmt: skip
    drawn = await run(runner, source, tmp_path)
    assert drawn.verdict is Verdict.RENDERED and len(drawn.pictures) == 2


MISTAKES: list[tuple[str, int, str]] = [
    ("size(5cm);\ndraw(unitcircl);\n", 2, "unitcircle"),
    ("size(5cm);\ndrw(unitcircle);\n", 2, "draw"),
    ("size(5cm);\ndraw(unitcircle)\ndraw(unitsquare);\n", 3, "semicolon"),
    ("size(5cm);\ndraw((0,0)--(1,1);\n", 2, "bracket"),
    ("size(5cm);\ndraw((0,0)--(1,1), rd);\n", 2, "red"),
    ("import grph;\nsize(5cm);\ndraw(unitcircle);\n", 1, "grph"),
    ('size(5cm);\nlabel("a_b", (0,0));\ndraw(unitcircle);\n', 2, "$"),
    ('size(5cm);\nlabel("x, (0,0));\n', 2, ""),
    ("size(5cm);\nint n = 1.5;\n", 2, "cast"),
    ("size(5cm);\npair p = 3, 4;\n", 2, ""),
    ("size(5cm);\nfor (int i = 0; i < 3; ++i {\n  dot((i,0));\n}\n", 2, ""),
    ("size(5cm);\nreal f(real x) { return x^2 }\ndraw((0,0)--(1,f(1)));\n", 2, ""),
    ("size(5cm);\nreal f(real x) { return x^2; }\ndraw((0,0)--(1,g(1)));\n", 3, "g"),
    ("size(5cm);\nstring s = 5;\n", 2, "cast"),
    ("size(5cm);\nint[] a = {1,2};\nwrite(a[7]);\n", 3, "bounds"),
    ("size(5cm);\nwrite(1/0);\n", 2, "zero"),
    ("size(5cm);\ndraw(unitcircle, linewidth(2)+);\n", 2, ""),
    ("size(5cm);\npen p = blue + 2cm + thick;\ndraw(unitcircle, p);\n", 2, "pen"),
    ("size(5cm);\nfill(unitcircle, yelow);\n", 2, "yellow"),
    ("size(5cm);\nimport graph;\ndraw(grap(sin, 0, 1));\n", 3, "graph"),
    ("size(5cm);\nstruct A { int x; }\nA a;\nwrite(a.y);\n", 4, "y"),
    ("size(5cm);\nif (1 < 2 {\n  draw(unitcircle);\n}\n", 2, ""),
    ("size(5cm);\ndraw(shift(1,0)*unitcircle\n, red);\nfill(unitsquare, blue));\n", 4, ""),
    ("size(5cm)\ndraw(unitcircle);\n", 2, "semicolon"),
    ("size(5cm);\ntriple t = (1,2);\n", 2, "cast"),
    ("size(5cm);\nundefined_thing();\n", 2, "undefined_thing"),
]


@pytest.mark.parametrize(("source", "line", "words"), MISTAKES)
async def test_a_mistake_is_told_where_a_person_would_look(runner: SandboxedRunner, tmp_path: Path, source: str, line: int, words: str) -> None:  # fmt: skip
    wrong = await run(runner, source, tmp_path)
    assert wrong.verdict is Verdict.FAILED
    first = wrong.diagnostics[0]
    assert first.line is not None and abs(first.line - line) <= 1, first
    assert words in f"{first.message} {first.hint}", first


@pytest.mark.parametrize("attack", [
    'system("cat /etc/passwd");',
    'file f = input("/etc/passwd"); string s = f; write(s);',
    'file f = output("/tmp/../escaped.txt"); write(f, "x");',
    'include "/etc/passwd";',
    'label("\\\\input{/etc/passwd}", (0,0));',
])  # fmt: skip
async def test_nothing_outside_is_read_or_written(runner: SandboxedRunner, tmp_path: Path, attack: str) -> None:  # fmt: skip
    ran = await run(runner, f"size(5cm);\ndraw(unitcircle);\n{attack}\n", tmp_path)
    said = ran.stdout + ran.stderr + " ".join(ran.texts)
    assert "root:" not in said


async def test_an_endless_loop_is_stopped(runner: SandboxedRunner, tmp_path: Path) -> None:
    ran = await run(runner, "while (true) {}\n", tmp_path, Limits(wall_seconds=3))
    assert ran.verdict is Verdict.TIMED_OUT
