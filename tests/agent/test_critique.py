"""A model that sees looks at its picture: it names a fault, mends it, or lets the picture be."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image

from backends.server import Server
from backends.server_address import Served
from runners import languages
from runners.runner import SandboxedRunner
from tests.backends.fake_server import FakeServer, answers, page
from viscoder_tui.agent import critique
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.events import Event, RunFinished, Solved
from viscoder_tui.agent.loop import solve
from viscoder_tui.agent.task import Task

FIRST = "Bars.\n```python\nimport matplotlib.pyplot as plt\nplt.bar(['apples', 'pears'], [3, 5])\nplt.show()\n```"
SECOND = FIRST.replace("plt.show", "plt.ylabel('pieces')\nplt.show")
ASK = Task("bar chart: apples 3, pears 5", languages.find("python"))
FAULT = "The axis has no label: say what is counted."


async def story(server: FakeServer, runner: SandboxedRunner, folder: Path, critiques: int = 1) -> list[Event]:  # fmt: skip
    backend = Server(Served((server.address,)))
    budget = Budget(critiques=critiques)
    events = [one async for one in solve(ASK, backend=backend, runner=runner, folder=folder, budget=budget)]  # fmt: skip
    await backend.close()
    return events


def content(server: FakeServer, number: int) -> Any:
    """What the last message of a request holds."""
    return server.heard[number].body["messages"][-1]["content"]


async def test_a_fault_that_is_seen_is_mended(runner: SandboxedRunner, tmp_path: Path) -> None:
    async with FakeServer(answers(FIRST), answers(FAULT), answers(SECOND), answers("SKIP")) as server:  # fmt: skip
        events = await story(server, runner, tmp_path, critiques=2)
    asked = content(server, 1)
    text, picture = asked
    assert "apples 3, pears 5" in text["text"]
    encoded = picture["image_url"]["url"].removeprefix("data:image/png;base64,")
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as seen:
        assert seen.size == Image.open(tmp_path / "round-0" / "picture-1.png").size
    assert FAULT in str(content(server, 2))
    found = [one.doubts for one in events if isinstance(one, RunFinished)]
    assert [[doubt.message for doubt in one] for one in found] == [[FAULT], []]
    assert events[-1] == Solved(1) and len(server.heard) == 4


async def test_no_fault_and_the_picture_stays(runner: SandboxedRunner, tmp_path: Path) -> None:
    async with FakeServer(answers(FIRST), answers("<think>bars, right</think>SKIP.")) as server:
        events = await story(server, runner, tmp_path)
    assert events[-1] == Solved(0) and len(server.heard) == 2


async def test_it_is_looked_at_as_often_as_allowed_and_no_more(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    async with FakeServer(answers(FIRST), answers(FAULT), answers(SECOND)) as server:
        events = await story(server, runner, tmp_path, critiques=1)
    assert events[-1] == Solved(1) and len(server.heard) == 3


async def test_nobody_looks_unless_it_is_asked_for(runner: SandboxedRunner, tmp_path: Path) -> None:
    async with FakeServer(answers(FIRST)) as server:
        events = await story(server, runner, tmp_path, critiques=0)
    assert events[-1] == Solved(0) and len(server.heard) == 1


async def test_a_blind_model_is_told_of_and_the_picture_stays(runner: SandboxedRunner, tmp_path: Path) -> None:  # fmt: skip
    blind = page(400, {"error": {"message": "coder is not a multimodal model", "code": 400}})
    async with FakeServer(answers(FIRST), blind) as server:
        events = await story(server, runner, tmp_path, critiques=3)
    last = events[-1]
    assert isinstance(last, Solved) and last.round == 0
    assert "was not looked at" in last.doubts[0].message
    assert "not a multimodal model" in last.doubts[0].message


def test_one_fault_is_taken_out_of_what_is_said() -> None:
    assert critique.fault("SKIP") is None and critique.fault("**skip** it is fine") is None
    assert critique.fault("") is None and critique.fault("No fault.") is None
    found = critique.fault("<think>hm</think>\n- The legend hides a bar: move it.\nAlso more.")
    assert found is not None and found.value == "The legend hides a bar: move it."
    long = critique.fault("x" * 1000)
    assert long is not None and len(long.value) < 400
