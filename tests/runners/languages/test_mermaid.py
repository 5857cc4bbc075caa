"""Mermaid as its documents write it: with a title in front, and texts that look like statements."""

from __future__ import annotations

from pathlib import Path

from runners.base import PlotStyle, Program, Run, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need

STYLE = PlotStyle(("#ff0000", "#00ff00"), "#101820", "#f0f0f0", "#777777", "#333333", "serif")


async def drawn(runner: SandboxedRunner, folder: Path, source: str) -> tuple[Run, str]:
    need("bwrap")
    run = await runner.run(Program(source, "mermaid", style=STYLE), folder / "run", "svg")
    assert run.verdict is Verdict.RENDERED, run.diagnostics
    return run, run.pictures[0].path.read_text()


async def test_a_title_in_front_leaves_the_look_to_the_run(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    diagram = "---\ntitle: How it goes\n---\nflowchart LR\n    A --> B\n"
    run, svg = await drawn(runner, tmp_path, diagram)
    assert "How it goes" in run.texts
    assert STYLE.paper in svg


async def test_a_look_in_front_stays(runner: SandboxedRunner, tmp_path: Path) -> None:
    diagram = "---\nconfig:\n  theme: forest\n---\nflowchart LR\n    A --> B\n"
    _, svg = await drawn(runner, tmp_path, diagram)
    assert STYLE.paper not in svg


async def test_what_is_said_about_a_journey_is_no_task_of_it(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    journey = (
        "---\ntitle: A day\n---\njourney\n    accTitle: How a day goes\n    title My day: at work\n"
        "    accDescr: two parts\n    section Morning\n      Make tea: 5: Me\n"
    )
    run, _ = await drawn(runner, tmp_path, journey)
    assert run.diagnostics == ()
