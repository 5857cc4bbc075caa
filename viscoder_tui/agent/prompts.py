"""What a model is told: the request, and what went wrong with its program.

Two wordings: `full` for general models, `compact` for those that this project trains. Messages are
only ever appended, so that a conversation keeps its beginning and the backend its prompt cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backends.base import Message, PromptStyle
from runners.base import Diagnostic, Run, Severity, Verdict
from viscoder_tui.agent import compact, warned
from viscoder_tui.agent.events import Doubt
from viscoder_tui.agent.task import Task

_OUTPUT_TAIL = 1_500
_AROUND = 2
"""Source lines shown before and behind the one that is wrong."""
_MOST = 5


def opening(task: Task, style: PromptStyle) -> tuple[Message, ...]:
    """The messages that a task begins with."""
    if style == "compact":
        tables = [one.table for one in task.data]
        request = task.told or compact.request(task.language.name, task.instruction, tables)
        return (*_earlier(task), Message("user", request))
    system = (
        f"You write programs that draw pictures, in {task.language.title}.\n\n{task.language.guide}\n\n"
        f"Answer with one sentence and then the whole program in one fenced block that begins with "
        f"```{task.language.name}. Show exactly the numbers, names, title and colours that are "
        "asked for; make it look well designed: readable labels, calm colours, no clutter. When you are "
        "told of errors, answer with the whole mended program in the same form."
    )
    parts = [task.told or task.instruction, *(one.text() for one in task.data)]
    if task.lines and task.earlier:
        first, last = task.lines
        chosen = task.earlier[-1].source.split("\n")[first - 1 : last]
        parts.append(f"Change nothing but lines {first} to {last} of the program, which read:\n" + "\n".join(chosen))  # fmt: skip
    return (Message("system", system), *_earlier(task), Message("user", "\n\n".join(parts)))


def _earlier(task: Task) -> Iterator[Message]:
    """What was asked and written before, without the rounds that failed."""
    for one in task.earlier:
        yield Message("user", compact.request(one.language, one.instruction, one.tables))
        yield Message("assistant", compact.answer(one.language, one.source))


def feedback(
    style: PromptStyle, source: str, run: Run, doubts: Sequence[Doubt], *, cut: bool = False
) -> Message:
    """What is said of a run that was not right.

    Args:
        style: of the wording.
        source: the program, for the lines around a mistake.
        run: what came of it.
        doubts: of the fidelity check, where it rendered.
        cut: the answer broke off at the end of the token budget.
    """
    lines = _compact(run, doubts) if style == "compact" else _full(source, run, doubts, cut)
    return Message("user", "\n".join(lines))


def no_code(style: PromptStyle, language: str) -> Message:
    """What is said of an answer without a program."""
    if style == "compact":
        return Message("user", compact.error("no program in the answer"))
    return Message("user", f"There was no program in the answer. Answer with the whole program in one fenced block that begins with ```{language}.")  # fmt: skip


def _compact(run: Run, doubts: Sequence[Doubt]) -> list[str]:
    match run.verdict:
        case Verdict.BLANK:
            return [compact.BLANK]
        case Verdict.NO_PICTURE:
            return [compact.NO_PICTURE]
        case Verdict.TIMED_OUT:
            return [compact.TOO_SLOW]
        case Verdict.RENDERED:
            told = [compact.error(one.message, one.line, one.hint) for one in warned.to_mend(run)]
            return told + [compact_doubt(one) for one in doubts if one.aspect != "warning"]
        case _:
            errors = [one for one in run.diagnostics if one.severity is Severity.ERROR]
            return [compact.error(one.message, one.line, one.hint) for one in errors[:2]]


def compact_doubt(doubt: Doubt) -> str:
    """A doubt as the compact wording tells it."""
    if doubt.aspect == "extra number":
        return compact.extra(doubt.value)
    if doubt.aspect in ("fault", "warning"):
        return compact.error(doubt.value)
    return compact.missing(doubt.aspect, doubt.value)


def _full(source: str, run: Run, doubts: Sequence[Doubt], cut: bool) -> list[str]:
    if run.verdict is Verdict.RENDERED:
        lines = ["The program ran and drew a picture, but it is not quite what was asked for:"]
        lines += [f"- {doubt.message}" for doubt in doubts if doubt.aspect != "warning"]
        for one in warned.to_mend(run):
            lines += diagnosed(source, one)
        return [*lines, "Give the whole corrected program. Change nothing else."]
    lines = [_HEADLINES.get(run.verdict, "The program failed:")]
    if cut:
        lines = ["The answer broke off before the program was complete. Write a shorter program."]
    for one in run.diagnostics[:_MOST]:
        lines += diagnosed(source, one)
    output = (run.stderr or run.stdout).strip()
    if output and run.verdict is not Verdict.BLANK:
        tail = output[-_OUTPUT_TAIL:]
        shown = "…" + tail.split("\n", 1)[-1] if len(output) > _OUTPUT_TAIL else tail
        lines += ["", "The end of its output:", shown]
    return [*lines, "", "Give the whole corrected program."]


_HEADLINES = {
    Verdict.BLANK: "The program ran, but the picture is blank: nothing is drawn, or all of it in the colour of the paper. Draw something visible.",
    Verdict.NO_PICTURE: "The program ran, but drew no picture. End it so that a picture is made.",
    Verdict.TIMED_OUT: "The program took too long and was stopped. Make it quicker.",
    Verdict.OUT_OF_MEMORY: "The program used too much memory and was stopped. Make it smaller.",
}  # fmt: skip


def diagnosed(source: str, one: Diagnostic) -> list[str]:
    """A diagnostic as people and models read it: message, place, lines with a caret, hint."""
    place = (
        f"line {one.line}" + (f", column {one.column}" if one.column else "") if one.line else ""
    )
    lines = [f"{one.severity}: {f'{place}: ' if place else ''}{one.message}"]
    program = source.split("\n")
    if one.line and one.line <= len(program):
        first = max(1, one.line - _AROUND)
        for number in range(first, min(len(program), one.line + _AROUND) + 1):
            mark = ">" if number == one.line else " "
            lines.append(f"{mark} {number:4} | {program[number - 1]}")
            if number == one.line and one.column and one.column <= len(program[number - 1]) + 1:
                lines.append(" " * (one.column + 8) + "^")
    if one.hint:
        lines.append(f"hint: {one.hint}")
    return lines
