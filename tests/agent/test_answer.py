"""Taking the code out of what models write."""

from __future__ import annotations

import pytest

from runners import languages
from viscoder_tui.agent.answer import extract

PYTHON = languages.find("python")
CODE = "print(1)\n"


@pytest.mark.parametrize(
    "answer",
    [
        "```python\nprint(1)\n```",
        "Sure!\n\n```py\nprint(1)\n```\nEnjoy.",
        "```\nprint(1)\n```",
        "~~~python\nprint(1)\n~~~",
        "````python\nprint(1)\n````",
        "1. First\n   ```python\n   print(1)\n   ```\n",
        "```python\nprint(0)\n```\nBetter:\n```python\nprint(1)\n```",
        "```python\nprint(1)\n```\nRun it:\n```bash\npython plot.py\n```",
        "```bash\npip install x\n```\n```python\nprint(1)\n```",
        "<think>```python\nprint(0)\n```</think>\n```python\nprint(1)\n```",
        "hm, so…</think>```python\nprint(1)\n```",
        '```python title="plot.py"\nprint(1)\n```',
    ],
)  # fmt: skip
def test_the_last_block_of_the_language_is_taken(answer: str) -> None:
    code = extract(answer, PYTHON)
    assert code.source == CODE
    assert code.closed and code.fenced
    assert "print" not in code.prose.replace("print(0)", "")


def test_prose_is_what_stands_around_the_code() -> None:
    assert extract("Bars.\n```python\nx\n```\nDone.", PYTHON).prose == "Bars.\n\nDone."


def test_an_unclosed_block_is_told_from_a_finished_one() -> None:
    code = extract("```python\nprint(1)\n", PYTHON)
    assert code.source.strip() == "print(1)"
    assert not code.closed


def test_an_unfinished_thought_holds_no_code() -> None:
    assert extract("<think>```python\nprint(1)\n```", PYTHON).source == ""


def test_an_answer_without_a_block_is_the_code() -> None:
    code = extract("print(1)", PYTHON)
    assert code.source == "print(1)"
    assert not code.fenced


@pytest.mark.parametrize("answer", ["", "   \n", "```python\n```"])
def test_nothing_is_nothing(answer: str) -> None:
    assert extract(answer, PYTHON).source == ""
