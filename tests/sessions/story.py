"""One task as the loop tells it: two rounds, with every event that there is."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from backends.base import Finish, Usage
from runners.base import DataFile, Diagnostic, Picture, Program, Run, Severity, Verdict
from viscoder_tui.agent.events import (
    CodeReady,
    Doubt,
    Event,
    Repair,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    Solved,
    TextStreamed,
)

REQUEST = "bar chart of fruit sold: apples 3, pears 5"
PROSE = "Here it is <script>alert('prose')</script>."
FIRST = f"{PROSE}\n```python\nplt.barr([3, 5])\n```"
SECOND = "Mended.\u2028\n```python\nplt.bar([3, 5])\n```"
BROKEN = "plt.barr([3, 5])\n"
MENDED = "plt.bar([3, 5])\n"
WHOLE = "import matplotlib.pyplot as plt\nplt.bar([3, 5])\n"

REPAIR = Repair("add_import", "added the import of pyplot")
DOUBT = Doubt("title", "Fruit", "the title 'Fruit' is missing")
DIAGNOSTIC = Diagnostic(Severity.ERROR, "no attribute 'barr' <b>", 1, 5, "did you mean bar?")
FAILED = Run(
    Verdict.FAILED,
    diagnostics=(DIAGNOSTIC,),
    stdout="<script>alert('stdout')</script>\n",
    stderr="Traceback\x1b[31m",
    exit_status=1,
    seconds=0.25,
)


def picture(folder: Path, name: str = "picture-1.png") -> Picture:
    """A real picture in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 30), "steelblue").save(folder / name)
    return Picture(folder / name, "png", 40, 30)


def drawn(folder: Path) -> Run:
    """A run that left a picture in `folder`."""
    return Run(Verdict.RENDERED, (picture(folder),), stdout="3 and 5\n", exit_status=0, seconds=0.5)


def events(task_folder: Path) -> list[Event]:
    """All of them, in order."""
    data = (DataFile("fruit.csv", Path("/data/fruit.csv")),)
    return [
        RoundStarted(0, 3),
        *(TextStreamed(FIRST[place : place + 9], place, 0.1) for place in range(0, len(FIRST), 9)),
        CodeReady(0, FIRST, BROKEN, PROSE, Finish.STOP, Usage(10, 2, 20, 0.1, 0.5)),
        RunStarted(0, Program(BROKEN, "python", data)),
        RunFinished(0, FAILED),
        RoundStarted(1, 3),
        TextStreamed(SECOND, 7, 0.2),
        CodeReady(1, SECOND, MENDED, "Mended.\u2028", Finish.LENGTH, Usage(40, 30, 15, 0.2, 0.4)),
        Repaired(1, (REPAIR,), WHOLE),
        RunStarted(1, Program(WHOLE, "python", data)),
        RunFinished(1, drawn(task_folder / "round-1"), (DOUBT,)),
        Solved(1, (DOUBT,)),
    ]
