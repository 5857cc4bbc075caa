"""What each language's tool says becomes a message, a place and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners.base import Program, Severity, Verdict
from runners.runner import SandboxedRunner

MISTAKES = [
    ("python", "fruit = [1, 2]\nprint(fruits)\n", 2, 7, "name 'fruits' is not defined", "did you mean fruit?"),
    ("python", "import matplotlib.pyplot as plt\nplt.scater([1], [2])\n", 2, 1, "module 'matplotlib.pyplot' has no attribute 'scater'", "did you mean scatter?"),
    ("python", "values = [1, 2\nprint(values)\n", 1, 10, "'[' was never closed", None),
    ("python", "import holoviews\n", 1, 1, "No module named 'holoviews'", "only matplotlib, seaborn, numpy, pandas"),
    ("python", "open('sales.csv')\n", 1, 1, "No such file or directory: 'sales.csv'", "there is no data file here"),
    ("vegalite", '{"mark": "bar",\n "data": {"values": [1, 2]\n', 2, 10, "the { here is never closed", "add its }"),
    ("vegalite", '{"data": {"values": [{"a": 1}]},\n "mark": "bars",\n "encoding": {"x": {"field": "a"}}}', 2, None, "there is no mark 'bars'", "did you mean bar?"),
    ("vegalite", '{"data": {"values": [{"a": 1}]},\n "mark": "bar",\n "encoding": {"x": {"field": "b"}}}', 3, None, "the data has no field 'b'", "the fields are a"),
    ("svg", '<svg xmlns="http://www.w3.org/2000/svg">\n<rect width="3></svg>', 2, None, "", None),
    ("mermaid", "flowchart TD\n    A[start --> B\n", 2, None, "", None),
    ("mermaid", "flowchrt TD\n    A --> B\n", 1, 1, "no diagram begins with flowchrt", "did you mean flowchart?"),
    ("lilypond", '\\version "2.24.0"\n{\n  \\cleff bass\n  c4 d\n}\n', 3, 3, "unknown command: `\\cleff'", "did you mean \\clef?"),
    ("lilypond", '\\version "2.24.0"\n{ c4 h e f }\n', 2, 6, "not a note name: h", "note names are Dutch"),
    ("lilypond", '\\version "2.24.0"\n{ c4 d e f } }\n', 2, 14, "this } closes nothing", "leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "line", "column", "message", "hint"), MISTAKES)
async def test_a_mistake_has_its_place_and_a_hint(
    warm_runner: SandboxedRunner,
    tmp_path: Path,
    language: str,
    source: str,
    line: int | None,
    column: int | None,
    message: str,
    hint: str | None,
) -> None:
    run = await warm_runner.run(Program(source, language), tmp_path)
    assert run.verdict is Verdict.FAILED
    first = run.diagnostics[0]
    assert first.severity is Severity.ERROR
    assert first.line == line
    assert column is None or first.column == column
    assert message in first.message
    assert hint is None or hint in (first.hint or "")
    assert "/viscoder" not in first.message


async def test_what_a_mistake_drags_behind_it_on_the_same_line_is_left_out(
    warm_runner: SandboxedRunner, tmp_path: Path
) -> None:
    source = '\\version "2.24.0"\n{\n  \\cleff bass\n  c4 h\n}\n'
    run = await warm_runner.run(Program(source, "lilypond"), tmp_path)
    assert [one.line for one in run.diagnostics] == [3, 4]
