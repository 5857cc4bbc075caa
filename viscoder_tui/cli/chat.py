"""``viscoder chat``: the full-screen app, or the same conversation in plain lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from backends.base import ModelMissing
from runners.base import Language
from runners.runner import SandboxedRunner
from viscoder_tui import config
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.datafiles import DataRefused, summarize
from viscoder_tui.cli import given, model, options
from viscoder_tui.cli.picture import ImageProtocol
from viscoder_tui.cli.plain import fits_full_screen, talk
from viscoder_tui.cli.status import CommandFailed, ExitCode
from viscoder_tui.config.models import chosen

if TYPE_CHECKING:
    from viscoder_tui.agent.form import GrammarUse
    from viscoder_tui.sessions.records import Session
    from viscoder_tui.sessions.store import Store


@click.command()
@click.argument("prompt", default="")
@options.lang
@options.data
@options.model
@click.option("--rounds", type=click.IntRange(0), metavar="N", help="Corrections after the first answer (3).")  # fmt: skip
@click.option("--continue", "go_on", is_flag=True, help="Take the last conversation up again.")
@click.option("--resume", metavar="ID", help="Take that conversation up; the beginning of its ID is enough.")  # fmt: skip
@click.option("--plain", is_flag=True, help="Line by line instead of full screen; so it is anyway where TERM is dumb, and in a pipe.")  # fmt: skip
@click.option("--serve", "in_browser", is_flag=True, help="The full-screen app in a browser on this machine, until Ctrl+C.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="Where --serve listens (any free port).")  # fmt: skip
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
    plain: bool,
    in_browser: bool,
    port: int | None,
    sandbox_name: str | None,
    image: str | None,
) -> int:
    """Talk about a picture: ask, look, change the program by hand, ask again.

    \b
    viscoder chat
    viscoder chat "bar chart of fruit sold: apples 3, pears 5"
    viscoder chat --continue
    viscoder chat --serve
    printf 'bars: a 3, b 5\\nmake it red\\n' | viscoder chat --plain

    Through a pipe each line is a request; the exit status says whether the last one gave a
    picture. With a screen reader: TERM=dumb viscoder chat.
    """
    if in_browser and plain:
        raise click.UsageError("--serve is full screen and --plain is not: leave one of them out.")
    if port is not None and not in_browser:
        raise click.UsageError("--port is of no use without --serve.")
    try:
        settings = config.load()
        taken_up = _taken_up(resume=resume) if go_on or resume is not None else None
        its = taken_up[1].summary.model if taken_up else ""
        # Each page that is served has a process of its own, with the model in it.
        choice, backend = (chosen(model_name, settings, session=its), None) if in_browser else model.started(model_name, settings, its)  # fmt: skip
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    except ModelMissing as error:
        raise CommandFailed(str(error), ExitCode.NO_MODEL) from error
    protocol = options.checked_image(image, settings.image)
    language = given.language(lang) if lang else None
    tried = given.sandbox_tried(sandbox_name or settings.sandbox)
    for path in data:
        try:
            summarize(path.expanduser())
        except DataRefused as error:
            raise CommandFailed(str(error), ExitCode.USAGE) from error

    from viscoder_tui.cli import full_screen
    from viscoder_tui.sessions.conversation import Manner

    sandbox = tried()
    store, session = taken_up or _begun(language.name if language else "")

    if backend is None:
        given_on = _given_on(lang, data, model_name, rounds, sandbox_name, protocol)
        return _serve(store, session, language, port or 0, given_on, prompt.strip())

    runner = SandboxedRunner(sandbox)
    budget = Budget(settings.rounds if rounds is None else rounds, settings.max_tokens, settings.max_time, settings.critiques)  # fmt: skip
    usual = given.language(settings.language) if settings.language else None
    manner = Manner(budget, grammar=cast("GrammarUse", settings.grammar), usual=usual)
    start = full_screen.Start(store, session, backend, choice.name, runner, manner, settings, language, protocol, data, prompt.strip(), choice.remembered, model.is_named(model_name), choice.gone)  # fmt: skip
    if full_screen.in_browser():
        return full_screen.show(start)
    if plain or not fits_full_screen():
        return talk(start)
    return full_screen.show(start)


def _given_on(lang: str | None, data: tuple[Path, ...], model_name: str | None, rounds: int | None, sandbox_name: str | None, image: ImageProtocol) -> list[str]:  # fmt: skip
    """What a page's process is started with; in a browser there are no kitty graphics."""
    shown = image if image in ("half", "none") else "sixel"
    files = [part for path in data for part in ("--data", str(path))]
    said = (("--lang", lang), ("--model", model_name), ("--rounds", rounds), ("--sandbox", sandbox_name), ("--image", shown))  # fmt: skip
    return [part for name, value in said if value is not None for part in (name, str(value))] + files  # fmt: skip


def _serve(store: Store, session: Session, language: Language | None, port: int, arguments: list[str], prompt: str) -> int:  # fmt: skip
    from viscoder_tui.cli.serve import serve

    def new_session() -> str:
        return store.new_session(language.name if language else "").id

    with store:
        return serve(port, arguments, prompt, session.id, new_session)


def _taken_up(*, resume: str | None) -> tuple[Store, Session] | None:
    """The session that is gone on with: `resume`, else the last one; None where there is none yet."""
    from viscoder_tui.sessions.faults import NoSession, StoreUnusable
    from viscoder_tui.sessions.store import Store

    try:
        store = Store.open()
        found = store.session(resume) if resume is not None else store.latest()
    except (NoSession, StoreUnusable) as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    if found is None:
        store.close()
        return None
    return store, found


def _begun(language: str) -> tuple[Store, Session]:
    from viscoder_tui.sessions.faults import StoreUnusable
    from viscoder_tui.sessions.store import Store

    try:
        store = Store.open()
        return store, store.new_session(language)
    except StoreUnusable as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
