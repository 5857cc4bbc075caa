"""``viscoder plot``: from words to a picture."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from backends.base import Backend, BackendError, ModelInfo, ModelMissing, Sampling, listen
from runners import languages
from runners.base import Language, Verdict
from runners.runner import SandboxedRunner
from viscoder_tui import config
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.events import (
    BackendFailed,
    Event,
    GaveUp,
    PromptRead,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    TextStreamed,
    ThoughtStreamed,
)
from viscoder_tui.agent.form import GrammarUse
from viscoder_tui.agent.loop import solve
from viscoder_tui.agent.task import Task
from viscoder_tui.cli import given, model, options
from viscoder_tui.cli.destination import Destination, destination, format_for
from viscoder_tui.cli.picture import ImageProtocol
from viscoder_tui.cli.result import present
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status
from viscoder_tui.cli.story import Story
from viscoder_tui.sessions.runs import new_run_folder


@dataclass(frozen=True, slots=True)
class Request:
    """The command line, checked as far as that goes without a model."""

    prompt: str
    language: Language
    data: tuple[Path, ...]
    wanted: Destination | None
    budget: Budget
    check: bool
    seed: int
    sandbox: str
    image: ImageProtocol
    as_json: bool
    grammar: GrammarUse


@click.command()
@click.argument("prompt")
@options.lang
@options.data
@options.out
@click.option("--rounds", type=int, metavar="N", help="Corrections after the first answer (3).")
@options.model
@options.sandbox
@options.image
@options.as_json
@click.option("--max-tokens", type=int, metavar="N", help="Tokens written in all rounds together (16384).")  # fmt: skip
@click.option("--max-time", type=int, metavar="SECONDS", help="Time for everything (600).")
@click.option(
    "--no-check",
    is_flag=True,
    help="Do not compare the picture with the request, and let warnings stand.",
)
@click.option("--seed", type=int, default=0, help="Of the model's choices.")
def command(
    prompt: str,
    lang: str | None,
    data: tuple[Path, ...],
    out: str | None,
    rounds: int | None,
    model_name: str | None,
    sandbox_name: str | None,
    image: str | None,
    as_json: bool,
    max_tokens: int | None,
    max_time: int | None,
    no_check: bool,
    seed: int,
) -> int:
    """Draw what PROMPT describes. Data comes with --data or through a pipe.

    \b
    viscoder plot "bar chart of fruit sold: apples 3, pears 5"
    viscoder plot "a C major scale" --lang lilypond -o scale.pdf
    viscoder plot "sales by month" < sales.csv
    """
    status = Status()
    try:
        settings = config.load()
        _, backend = model.started(model_name, settings)
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    except ModelMissing as error:
        raise CommandFailed(str(error), ExitCode.NO_MODEL) from error

    def read() -> Request:
        if not prompt.strip():
            raise CommandFailed('the request is empty: viscoder plot "what you want to see"', ExitCode.USAGE)  # fmt: skip
        budget = Budget(
            _at_least(0, "--rounds", settings.rounds if rounds is None else rounds),
            _at_least(1, "--max-tokens", settings.max_tokens if max_tokens is None else max_tokens),
            _at_least(1, "--max-time", settings.max_time if max_time is None else max_time),
            settings.critiques,
        )
        wanted = destination(out)
        found = _language(prompt, lang, settings.language, status)
        format_for(wanted, found)
        shown = options.checked_image(image, settings.image)
        return Request(prompt, found, data, wanted, budget, not no_check, seed, sandbox_name or settings.sandbox, shown, as_json, cast("GrammarUse", settings.grammar))  # fmt: skip

    async def run() -> int:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(backend.close)
            return await plot(read(), backend, status)

    return asyncio.run(run())


def _at_least(least: int, option: str, value: int) -> int:
    if value < least:
        raise CommandFailed(f"{option} is {value}: it must be {least} or more", ExitCode.USAGE)
    return value


def _language(prompt: str, named: str | None, usual: str, status: Status) -> Language:
    if named is not None:
        return given.language(named)
    found, why = languages.guess(prompt)
    if usual and why == languages.NOTHING_ASKED:
        found, why = given.language(usual), "the settings say so"
    status.say(f"language: {found.name} ({why}; --lang chooses another)")
    return found


async def plot(request: Request, backend: Backend, status: Status) -> ExitCode:
    """Draw what is requested and show it.

    Args:
        request: what is asked.
        backend: the model; loading already.
        status: where progress goes.

    Raises:
        CommandFailed: bad input, no model, no sandbox.
    """
    sandbox = given.ready_sandbox(request.sandbox)
    runner = SandboxedRunner(sandbox)
    runner.warm_up(request.language.name)
    try:
        folder = new_run_folder(request.prompt)
        data = given.data_files(request.data, folder)
        form = format_for(request.wanted, request.language)
        task = Task(request.prompt, request.language, data, form)
        listen(backend, status.progress)
        try:
            info = await backend.load()
        except BackendError as error:
            raise CommandFailed(str(error), ExitCode.NO_MODEL) from error
        if info.doubt:
            status.say(info.doubt)
        story = Story(request.language.name, info.name, folder)
        events = solve(
            task,
            backend=backend,
            runner=runner,
            folder=folder,
            budget=request.budget,
            check=request.check,
            sampling=Sampling(seed=request.seed),
            grammar=request.grammar,
        )
        async with aclosing(events):
            async for event in events:
                story.hear(event)
                report(event, status)
        status.clear()
        _tell(info, story, status)
        return present(story, status, wanted=request.wanted, image=request.image, as_json=request.as_json)  # fmt: skip
    except OSError as error:
        raise CommandFailed(f"cannot write {error.filename}: {error.strerror}", ExitCode.USAGE) from error  # fmt: skip
    finally:
        status.clear()
        await runner.close()


def report(event: Event, status: Status) -> None:
    """Show progress.

    Raises:
        CommandFailed: the backend failed.
    """
    match event:
        case RoundStarted():
            where = f"correction {event.round} of {event.rounds}" if event.round else "first answer"
            status.progress(f"{where} · reading the request")
        case PromptRead() if event.read < event.tokens:
            status.progress(f"reading the request · {event.read / event.tokens:.0%}")
        case ThoughtStreamed():
            status.progress(f"thinking · {event.tokens} tokens · {event.seconds:.1f} s")
        case TextStreamed():
            speed = event.tokens / event.seconds if event.seconds else 0.0
            status.progress(f"writing · {event.tokens} tokens · {speed:.0f} tokens/s · {event.seconds:.1f} s")  # fmt: skip
        case Repaired():
            for one in event.repairs:
                status.say(f"mended without the model: {one.message}")
        case RunStarted():
            status.progress("running the program")
        case RunFinished() if event.run.verdict is not Verdict.RENDERED:
            status.say(f"round {event.round}: {_why(event)}")
        case RunFinished() if event.doubts:
            status.say(f"round {event.round}: drawn, but {event.doubts[0].message}")
        case BackendFailed():
            raise CommandFailed(event.message, ExitCode.NO_MODEL)
        case GaveUp():
            status.clear()
        case _:
            pass


def _why(event: RunFinished) -> str:
    run = event.run
    verdict = run.verdict.replace("_", " ")
    if not run.diagnostics:
        return verdict
    one = run.diagnostics[0]
    place = f"line {one.line}: " if one.line else ""
    return f"{verdict}, {place}{one.message}"


def _tell(info: ModelInfo, story: Story, status: Status) -> None:
    written = sum(each.tokens for each in story.rounds)
    if info.embedded and written:
        status.say(model.SMALL_MODEL)
