"""What the loop says of a program that draws, but not what was asked for: told by the loop's own check."""

from __future__ import annotations

from viscoder_tui.agent import compact, fidelity, prompts
from viscoder_tui.agent.repairs import repaired


def doubted(instruction: str, language: str, source: str, *, has_data: bool = False) -> str | None:
    """The feedback on `source`, or None where it is mended without the model or nothing seems wrong.

    Args:
        instruction: the user's words.
        language: of the program.
        source: a program that renders.
        has_data: it reads a data file.
    """
    source, _ = repaired(source, language, asked="" if has_data else instruction)
    lines = [
        prompts.compact_doubt(doubt)
        for doubt in fidelity.check(compact.plain(instruction), language, source, has_data=has_data)
    ]
    return compact.feedback(lines) if lines else None
