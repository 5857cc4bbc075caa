"""The ring, told as stories: a model that errs, is told so, and mends its program."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

from backends.base import Message
from runners import languages
from runners.base import Diagnostic, Picture, Run, Severity, Verdict
from runners.runner import SandboxedRunner
from tests.agent.fakes import FakeBackend, FakeRunner
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.events import (
    BackendFailed,
    Cancelled,
    CodeReady,
    Doubt,
    Event,
    GaveUp,
    Repaired,
    RoundStarted,
    RunFinished,
    Solved,
    TextStreamed,
    ThoughtStreamed,
)
from viscoder_tui.agent.loop import solve
from viscoder_tui.agent.task import Task

GOOD = "Bars.\n```python\nimport matplotlib.pyplot as plt\nplt.bar(['apples', 'pears'], [3, 5])\nplt.show()\n```"
BAD = GOOD.replace("plt.bar", "plt.barr")
ASK = Task("bar chart: apples 3, pears 5", languages.find("python"))
DRAWN = Run(Verdict.RENDERED, (Picture(Path("p.png"), "png", 9, 9),))
FAILED = Run(Verdict.FAILED, diagnostics=(Diagnostic(Severity.ERROR, "no such thing", 2, 5),))


async def story(task: Task, backend: FakeBackend, runner: object, folder: Path, **options: object) -> list[Event]:  # fmt: skip
    return [event async for event in solve(task, backend=backend, runner=runner, folder=folder, **options)]  # type: ignore[arg-type] # fmt: skip


async def test_a_wrong_program_is_mended_in_the_next_round(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    backend = FakeBackend([BAD, GOOD])
    events = await story(ASK, backend, runner, tmp_path)
    verdicts = [event.run.verdict for event in events if isinstance(event, RunFinished)]
    assert verdicts == [Verdict.FAILED, Verdict.RENDERED]
    assert events[-1] == Solved(1)
    said = backend.heard[1][-1].content
    assert "barr" in said and "did you mean bar" in said
    assert "line 2" in said and "^" in said
    assert "Traceback" not in said.split("The end of its output")[0]


async def test_everything_is_on_disk_before_it_is_told(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    async for event in solve(ASK, backend=FakeBackend([BAD, GOOD]), runner=runner, folder=tmp_path):
        if isinstance(event, CodeReady):
            assert (tmp_path / f"round-{event.round}" / "answer.md").read_text() == event.answer
        if isinstance(event, RunFinished):
            folder = tmp_path / f"round-{event.round}"
            kept = json.loads((folder / "run.json").read_text())
            assert kept["verdict"] == event.run.verdict
            assert "plt.bar" in (folder / "program.py").read_text()
    assert (tmp_path / "round-1" / "picture-1.png").exists()
    transcript = json.loads((tmp_path / "transcript.json").read_text())
    roles = [one["role"] for one in transcript["messages"]]
    assert roles == ["system", "user", "assistant", "user", "assistant"]
    assert transcript["messages"][-1]["content"] == GOOD


async def test_the_conversation_only_ever_grows(tmp_path: Path) -> None:
    other = Run(Verdict.FAILED, diagnostics=(Diagnostic(Severity.ERROR, "another"),))
    answers = [GOOD.replace("5", str(number)) for number in range(5, 9)]
    backend = FakeBackend(answers)
    await story(ASK, backend, FakeRunner([FAILED, other, FAILED, other]), tmp_path)
    assert len(backend.heard) == 4
    for shorter, longer in zip(backend.heard, backend.heard[1:], strict=False):
        assert longer[: len(shorter)] == shorter
        assert len(longer) == len(shorter) + 2


async def test_the_same_failure_twice_is_told_once(tmp_path: Path) -> None:
    answers = [GOOD.replace("5", str(number)) for number in range(5, 9)]
    backend = FakeBackend(answers)
    events = await story(ASK, backend, FakeRunner([FAILED]), tmp_path)
    assert [len(heard) for heard in backend.heard] == [2, 4, 4, 4]
    assert isinstance(events[-1], GaveUp)


async def test_a_model_that_repeats_itself_is_warmed_and_then_given_up(tmp_path: Path) -> None:
    backend = FakeBackend([GOOD])
    runner = FakeRunner([FAILED])
    events = await story(ASK, backend, runner, tmp_path, budget=Budget(rounds=9))
    assert [one.temperature for one in backend.samplings] == [0.0, 0.0, 0.4, 0.8]
    assert len(runner.programs) == 1
    assert isinstance(events[-1], GaveUp) and "repeats itself" in events[-1].reason


async def test_no_more_rounds_than_allowed(tmp_path: Path) -> None:
    answers = [GOOD.replace("5", str(number)) for number in range(5, 99)]
    for rounds in (0, 2):
        events = await story(ASK, FakeBackend(answers), FakeRunner([FAILED]), tmp_path, budget=Budget(rounds))  # fmt: skip
        started = [event for event in events if isinstance(event, RoundStarted)]
        assert [event.round for event in started] == list(range(rounds + 1))
        assert isinstance(events[-1], GaveUp)


async def test_the_token_budget_holds_for_all_rounds_together(tmp_path: Path) -> None:
    answers = [GOOD.replace("5", str(number)) for number in range(5, 99)]
    tokens = -(-len(GOOD) // 10)
    backend = FakeBackend(answers)
    events = await story(ASK, backend, FakeRunner([FAILED]), tmp_path, budget=Budget(9, tokens + 1))
    assert [one.max_tokens for one in backend.samplings] == [tokens + 1, 1]
    assert isinstance(events[-1], GaveUp) and "tokens are used up" in events[-1].reason


async def test_time_runs_out(tmp_path: Path) -> None:
    events = await story(ASK, FakeBackend([GOOD]), FakeRunner([FAILED]), tmp_path, budget=Budget(9, 9999, 0))  # fmt: skip
    assert isinstance(events[-1], GaveUp) and "seconds are used up" in events[-1].reason


async def test_an_unclosed_block_at_the_end_of_the_budget_is_taken_and_told(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    backend = FakeBackend([GOOD.removesuffix("plt.show()\n```")], cut=(0,))
    events = await story(ASK, backend, runner, tmp_path)
    repairs = [event.repairs for event in events if isinstance(event, Repaired)]
    assert [one.name for one in repairs[0]] == ["close_fence"]
    assert events[-1] == Solved(0)
    broken = FakeBackend([GOOD.removesuffix(", [3, 5])\nplt.show()\n```"), GOOD], cut=(0,))
    await story(ASK, broken, runner, tmp_path / "2")
    assert "broke off" in broken.heard[1][-1].content


async def test_a_blank_picture_has_its_own_feedback(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    task = Task("a red circle", languages.find("svg"))
    frame = '```svg\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>\n```'
    answers = [frame.format(""), frame.format('<circle cx="4" cy="4" r="3" fill="red"/>')]
    backend = FakeBackend(answers)
    events = await story(task, backend, runner, tmp_path)
    assert events[-1] == Solved(1)
    assert "blank" in backend.heard[1][-1].content


async def test_a_picture_that_lacks_something_gets_one_more_round(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    lacking = GOOD.replace("'pears'], [3, 5]", "'plums'], [3, 4]")
    backend = FakeBackend([lacking, GOOD], style="compact")
    events = await story(ASK, backend, runner, tmp_path)
    first = next(event for event in events if isinstance(event, RunFinished))
    assert {(doubt.aspect, doubt.value) for doubt in first.doubts} == {("name", "pears"), ("number", "5"), ("extra number", "4")}  # fmt: skip
    assert backend.heard[1][-1] == Message("user", "missing name pears\nmissing number 5\nextra number 4")  # fmt: skip
    assert events[-1] == Solved(1)


TWICE = """```svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<linearGradient id="a"><stop stop-color="red"/></linearGradient>
<linearGradient id="a"><stop stop-color="blue"/></linearGradient>
<circle cx="4" cy="4" r="3" fill="url(#a)"/>
</svg>
```"""


async def test_a_warning_that_says_what_to_write_instead_gets_one_more_round(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    task = Task("a circle", languages.find("svg"))
    once = TWICE.replace('id="a"><stop stop-color="blue"', 'id="b"><stop stop-color="blue"')
    backend = FakeBackend([TWICE, once])
    events = await story(task, backend, runner, tmp_path)
    first = next(event for event in events if isinstance(event, RunFinished))
    assert first.run.verdict is Verdict.RENDERED
    assert [one.aspect for one in first.doubts] == ["warning"]
    said = backend.heard[1][-1].content
    assert (
        'line 3, column 17: the id "a" stands twice' in said and "> " in said and "hint: " in said
    )
    assert events[-1] == Solved(1)


async def test_a_warning_that_stays_leaves_the_picture(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    task = Task("a circle", languages.find("svg"))
    events = await story(task, FakeBackend([TWICE]), runner, tmp_path)
    assert isinstance(events[-1], Solved)
    assert events[-1].round == 0
    assert events[-1].doubts[0].message.startswith('line 3: the id "a" stands twice (')


async def test_a_warning_that_nothing_can_be_done_about_is_only_told(tmp_path: Path) -> None:
    lost = Diagnostic(Severity.WARNING, "22 pictures were drawn; the first 20 are kept")
    run = Run(Verdict.RENDERED, DRAWN.pictures, diagnostics=(lost,))
    events = await story(ASK, FakeBackend([GOOD]), FakeRunner([run]), tmp_path)
    assert events[-1] == Solved(0, (Doubt("warning", "", lost.message),))


async def test_a_worse_correction_does_not_replace_a_picture(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    lacking = GOOD.replace("[3, 5]", "[3, 4]")
    events = await story(ASK, FakeBackend([lacking, BAD, BAD]), runner, tmp_path)
    assert isinstance(events[-1], Solved)
    assert events[-1].round == 0
    assert events[-1].doubts


async def test_without_the_check_the_first_picture_stands(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    backend = FakeBackend([GOOD.replace("[3, 5]", "[3, 4]")])
    events = await story(ASK, backend, runner, tmp_path, check=False)
    assert isinstance(events[-1], Solved)
    assert len(backend.heard) == 1


async def test_a_backend_that_breaks_keeps_what_was_written(tmp_path: Path) -> None:
    backend = FakeBackend([GOOD], fails_after=30)
    events = await story(ASK, backend, FakeRunner([DRAWN]), tmp_path)
    assert events[-1] == BackendFailed(0, "the server went away")
    written = "".join(event.text for event in events if isinstance(event, TextStreamed))
    assert (tmp_path / "round-0" / "answer.md").read_text() == written == GOOD[:30]


async def test_an_answer_without_a_program_is_asked_for_again(
    runner: SandboxedRunner, tmp_path: Path
) -> None:
    backend = FakeBackend(["```\n```", GOOD])
    events = await story(ASK, backend, runner, tmp_path)
    assert events[-1] == Solved(1)
    assert "no program" in backend.heard[1][-1].content


async def test_what_a_model_thinks_is_told_apart_and_never_run(tmp_path: Path) -> None:
    backend = FakeBackend([GOOD], thoughts=f"Perhaps this?\n{BAD}")
    runner = FakeRunner([DRAWN])
    events = await story(ASK, backend, runner, tmp_path)
    thought = [event.text for event in events if isinstance(event, ThoughtStreamed)]
    assert thought == [backend.thoughts]
    (program,) = runner.programs
    assert "barr" not in program.source
    assert all("barr" not in event.answer for event in events if isinstance(event, CodeReady))
    assert (tmp_path / "round-0" / "reasoning.md").read_text() == backend.thoughts


async def test_stopping_ends_model_and_program_at_once(tmp_path: Path) -> None:
    for backend, runner in (
        (FakeBackend([GOOD], hangs=True), FakeRunner([DRAWN])),
        (FakeBackend([GOOD]), FakeRunner([DRAWN], hangs=True)),
    ):
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.1, stop.set)
        began = time.monotonic()
        events = await story(ASK, backend, runner, tmp_path, stop=stop)
        assert events[-1] == Cancelled(0)
        assert time.monotonic() - began < 10, "what hangs would hang for ever"
        assert backend.closed_streams == 1


async def test_a_cancelled_task_leaves_no_stream_open(tmp_path: Path) -> None:
    backend = FakeBackend([GOOD], hangs=True)
    task = asyncio.create_task(story(ASK, backend, FakeRunner([DRAWN]), tmp_path))
    while not backend.heard:
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait((task,))
    assert task.cancelled()
    assert backend.closed_streams == 1
