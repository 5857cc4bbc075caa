"""``viscoder chat``: the full-screen app."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backends.base import ModelMissing, Sampling
from runners.runner import SandboxedRunner
from viscoder_tui import config
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.datafiles import DataRefused, summarize
from viscoder_tui.cli import given, model, options
from viscoder_tui.cli.status import CommandFailed, ExitCode

if TYPE_CHECKING:
    from viscoder_tui.sessions.records import Session
    from viscoder_tui.sessions.store import Store


@click.command()
@click.argument("prompt", default="")
@options.lang
@options.data
@click.option("--model", "model_name", metavar="M", help="A .gguf file, or viscoder-nano.")
@click.option("--rounds", type=click.IntRange(0), metavar="N", help="Corrections after the first answer (3).")  # fmt: skip
@click.option("--continue", "go_on", is_flag=True, help="Take the last conversation up again.")
@click.option("--resume", metavar="ID", help="Take that conversation up; the beginning of its ID is enough.")  # fmt: skip
@options.sandbox
@options.image
def command(
    prompt: str,
    lang: str | None,
    data: tuple[Path, ...],
    model_name: str | None,
    rounds: int | None,
    go_on: bool,
    resume: str | None,
    sandbox_name: str,
    image: str | None,
) -> int:
    """Talk about a picture: ask, look, change the program by hand, ask again.

    \b
    viscoder chat
    viscoder chat "bar chart of fruit sold: apples 3, pears 5"
    viscoder chat --continue
    """
    try:
        settings = config.load()
        choice, backend = model.started(model_name, settings)
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    except ModelMissing as error:
        raise CommandFailed(str(error), ExitCode.NO_MODEL) from error
    protocol = options.checked_image(image, settings.image)
    language = given.language(lang) if lang else None
    sandbox = given.ready_sandbox(sandbox_name)
    for path in data:
        try:
            summarize(path.expanduser())
        except DataRefused as error:
            raise CommandFailed(str(error), ExitCode.USAGE) from error
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandFailed('chat needs a terminal; without one: viscoder plot "what you want to see"', ExitCode.USAGE)  # fmt: skip

    from viscoder_tui.sessions.store import Store

    store = Store.open()
    session = _session(store, go_on=go_on, resume=resume, language=language.name if language else "")  # fmt: skip

    from viscoder_tui.cli.full_screen import Start, show
    from viscoder_tui.sessions.conversation import Manner

    runner = SandboxedRunner(sandbox)
    budget = Budget(settings.rounds if rounds is None else rounds, settings.max_tokens, settings.max_time)  # fmt: skip
    manner = Manner(budget, sampling=Sampling())
    start = Start(store, session, backend, choice.path.stem, runner, manner, settings, language, protocol, data, prompt.strip())  # fmt: skip
    return show(start)


def _session(store: Store, *, go_on: bool, resume: str | None, language: str) -> Session:
    from viscoder_tui.sessions.faults import NoSession

    if resume is not None:
        try:
            return store.session(resume)
        except NoSession as error:
            raise CommandFailed(str(error), ExitCode.USAGE) from error
    if go_on:
        last = store.latest()
        if last is not None:
            return last
    return store.new_session(language)
