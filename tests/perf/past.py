"""Sessions that were long ago, and a program that is long."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from backends.base import Finish, Usage
from runners.base import Diagnostic, Picture, Program, Run, Severity, Verdict
from viscoder_tui.agent.events import CodeReady, RoundStarted, RunFinished, RunStarted, Solved
from viscoder_tui.sessions.records import Session
from viscoder_tui.sessions.store import Store

FAILED = Run(
    Verdict.FAILED,
    diagnostics=(
        Diagnostic(Severity.ERROR, "module 'matplotlib.pyplot' has no attribute 'barr'", 7, 4),
    ),
    stderr="Traceback (most recent call last):\n" * 8,
    exit_status=1,
    seconds=0.3,
)


def request(number: int) -> str:
    """What the user asked."""
    return (
        f"bar chart {number} of coffee sold this week: Mon 42, Tue 38, Wed 51, titled Week {number}"
    )


def program(number: int) -> str:
    """A program as models write them; no two are the same."""
    return (
        "import matplotlib.pyplot as plt\nimport numpy as np\n\n"
        f"# Coffee sold in week {number}\n"
        "days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']\n"
        f"cups = np.array([42, 38, 51, 47, {number}])\n"
        "figure, axes = plt.subplots(figsize=(8, 5))\n"
        "bars = axes.bar(days, cups, color='#6f4e37', edgecolor='black')\n"
        "axes.bar_label(bars, fmt='%d', padding=3)\n"
        f"axes.set_title('Week {number}', fontsize=14, fontweight='bold')\n"
        "axes.set_xlabel('day')\naxes.set_ylabel('cups')\naxes.grid(axis='y', alpha=0.3)\n"
        "figure.tight_layout()\nplt.show()\n"
    )


def answer(number: int) -> str:
    """As the model wrote it."""
    return f"The bars of week {number}.\n```python\n{program(number)}```\n"


LONG_PROGRAM = "\n\n".join(program(number) for number in range(42))
"""About 5,000 tokens of four characters."""


def picture(folder: Path) -> Picture:
    """A small real picture."""
    path = folder / "picture-1.png"
    image = Image.effect_noise((320, 200), 60)
    image.convert("RGB").save(path)
    return Picture(path, "png", *image.size)


def written(store: Store, rounds: int) -> Session:
    """A session of so many rounds, an even number: each request failed once, then was drawn."""
    session = store.new_session("python", "fake")
    for number in range(rounds // 2):
        task = store.add_task(session.id, request(number), "python")
        drawn = Run(Verdict.RENDERED, (picture(task.folder),), exit_status=0, seconds=0.4)
        for round, run in enumerate((FAILED, drawn)):
            source = program(number)
            usage = Usage(200, 0, 180, 0.2, 2.0)
            store.hear(task.id, RoundStarted(round, 3))
            store.hear(task.id, CodeReady(round, answer(number), source, f"The bars of week {number}.", Finish.STOP, usage))  # fmt: skip
            store.hear(task.id, RunStarted(round, Program(source, "python")))
            store.hear(task.id, RunFinished(round, run))
        store.hear(task.id, Solved(1))
    return store.session(session.id)
