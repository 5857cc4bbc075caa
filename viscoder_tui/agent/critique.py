"""A model that sees looks at the picture that its program drew, and names one fault or none.

What a tool says cannot tell that a picture is wrong which was drawn. The look is a conversation of
its own: the request and the picture go in, ``SKIP`` or one sentence comes out (as METAL and
MatPlotAgent do, arXiv:2502.17651 and 2402.11453).
"""

from __future__ import annotations

import re
from pathlib import Path

from backends.base import Message
from viscoder_tui.agent.answer import without_reasoning
from viscoder_tui.agent.events import Doubt
from viscoder_tui.agent.task import Task

ANSWER_TOKENS = 400
"""The answer is short; a model that thinks first needs room for it."""
_MOST = 300
_FINE = re.compile(r"\W*(skip|none|no faults?)\b", re.IGNORECASE)
_ASKED = (
    "A program drew this picture for the request below. Look at it as a strict reader would: is "
    "something that was asked for missing or wrong, are words cut off, hidden by others or too small, is a "
    "part empty? Answer SKIP if it can stay as it is. Otherwise name the one worst fault in one "
    "sentence that says what is to be changed. Write no program.\n\nThe request: "
)


def question(task: Task, picture: Path) -> tuple[Message, ...]:
    """What the model is asked about a picture, a PNG file."""
    asked = [one.instruction for one in task.earlier] + [task.instruction]
    return (Message("user", _ASKED + "; then: ".join(asked), (picture,)),)


def fault(answer: str) -> Doubt | None:
    """What the model finds wrong; None where it finds nothing, or says nothing."""
    said = without_reasoning(answer).strip()
    line = next((one.strip(" *#-\t") for one in said.splitlines() if one.strip(" *#-\t")), "")
    if not line or _FINE.match(line):
        return None
    short = line if len(line) <= _MOST else f"{line[:_MOST]}…"
    return Doubt("fault", short, short)


def not_seen(reason: str) -> Doubt:
    """The model could not look; people are told, and the picture stays.

    Args:
        reason: one sentence.
    """
    return Doubt("fault", "", f"the picture was not looked at: {reason}")
