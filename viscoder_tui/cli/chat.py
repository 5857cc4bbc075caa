"""``viscoder chat``: the full-screen app, or the same conversation in plain lines."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backends.base import ModelMissing, Sampling
from runners.base import Picture
from runners.runner import SandboxedRunner
from viscoder_tui import config
from viscoder_tui.agent.budget import Budget
from viscoder_tui.agent.datafiles import DataRefused, summarize
from viscoder_tui.cli import given, model, options, output
from viscoder_tui.cli.picture import ImageProtocol, show
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status

if TYPE_CHECKING:
    from viscoder_tui.cli.full_screen import Start
    from viscoder_tui.repl.voice import Ended, Requests, Voice
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
@click.option("--plain", is_flag=True, help="Line by line instead of full screen; so it is anyway where TERM is dumb, and in a pipe.")  # fmt: skip
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
    sandbox_name: str,
    image: str | None,
) -> int:
    """Talk about a picture: ask, look, change the program by hand, ask again.

    \b
    viscoder chat
    viscoder chat "bar chart of fruit sold: apples 3, pears 5"
    viscoder chat --continue
    printf 'bars: a 3, b 5\\nmake it red\\n' | viscoder chat --plain

    Through a pipe each line is a request; the exit status says whether the last one gave a
    picture. With a screen reader: TERM=dumb viscoder chat.
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

    store, session = _opened(go_on=go_on, resume=resume, language=language.name if language else "")

    from viscoder_tui.cli import full_screen
    from viscoder_tui.sessions.conversation import Manner

    runner = SandboxedRunner(sandbox)
    budget = Budget(settings.rounds if rounds is None else rounds, settings.max_tokens, settings.max_time)  # fmt: skip
    manner = Manner(budget, sampling=Sampling())
    start = full_screen.Start(store, session, backend, choice.path.stem, runner, manner, settings, language, protocol, data, prompt.strip())  # fmt: skip
    return talk(start) if plain or _dumb() or not _two_way() else full_screen.show(start)


def _opened(*, go_on: bool, resume: str | None, language: str) -> tuple[Store, Session]:
    from viscoder_tui.sessions.faults import NoSession, StoreUnusable
    from viscoder_tui.sessions.store import Store

    try:
        store = Store.open()
        if resume is not None:
            return store, store.session(resume)
        last = store.latest() if go_on else None
        return store, last or store.new_session(language)
    except (NoSession, StoreUnusable) as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error


def _dumb() -> bool:
    """Whether the terminal cannot move its cursor."""
    return os.environ.get("TERM", "").lower() in ("", "dumb", "unknown")


def _typed() -> bool:
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def _two_way() -> bool:
    """Whether somebody types and looks."""
    return _typed() and output.is_terminal()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The plain chat's voice: results to stdout, the rest to stderr.

    Attributes:
        status: owns stderr.
        image: how pictures are drawn.
    """

    status: Status
    image: ImageProtocol

    @property
    def coloured(self) -> bool:
        """Where somebody looks who has not said no (https://no-color.org)."""
        return output.is_terminal() and not _dumb() and not os.environ.get("NO_COLOR")

    def result(self, text: str) -> None:
        """Write it out at once: whoever reads the pipe may be waiting for it."""
        self.status.clear()
        output.line(text)
        output.flush()

    def draw(self, picture: Picture) -> None:
        """Draw a picture, if stdout is a terminal that can."""
        self.status.clear()
        show(picture, self.image)

    def say(self, message: str) -> None:
        """Write lines that stay."""
        self.status.say(message)

    def progress(self, message: str) -> None:
        """Show a passing line, where the cursor can go back over it."""
        if not _dumb():
            self.status.progress(message)

    def clear(self) -> None:
        """Take the passing line away."""
        self.status.clear()


def talk(start: Start) -> int:
    """Talk in plain lines until the user leaves; everything that is held is ended then.

    Raises:
        CommandFailed: a request is no text.
        KeyboardInterrupt: it was ended from outside, or stopped where nobody types.
    """
    from viscoder_tui.repl.talk import Talk
    from viscoder_tui.repl.voice import Ended, Unreadable
    from viscoder_tui.sessions.conversation import Conversation

    reconfigure: Callable[..., None] | None = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a locale without all letters
    conversation = Conversation(start.store, start.session, start.backend, start.runner, start.manner, start.language)  # fmt: skip
    for path in start.data:
        conversation.attach(path)
    voice = Spoken(Status(), start.image)
    requests = _requests(start.store, voice)

    async def run() -> Ended:
        task = asyncio.current_task()
        assert task is not None
        # An exception out of a signal handler would tear the model and the program apart.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        try:
            if conversation.language is not None:
                start.runner.warm_up(conversation.language.name)
            chat = Talk(conversation, requests, voice, start.settings.editor)
            return await chat.go(start.prompt, start.session.draft)
        finally:
            await start.runner.close()
            await start.backend.close()
            start.store.close()

    try:
        ended = asyncio.run(run())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    except Unreadable as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    if requests.interactive:
        return ExitCode.OK
    if ended is Ended.STOPPED:
        raise KeyboardInterrupt
    if ended is Ended.NOTHING:
        voice.say("nothing was asked: write requests to stdin, one a line")
    return {Ended.DRAWN: ExitCode.OK, Ended.NO_MODEL: ExitCode.NO_MODEL, Ended.NO_TOOLCHAIN: ExitCode.NO_TOOLCHAIN}.get(ended, ExitCode.NO_PICTURE)  # fmt: skip


def _requests(store: Store, voice: Voice) -> Requests:
    if _two_way() and not _dumb():
        from viscoder_tui.repl.prompt import Prompt

        return Prompt(store)
    from viscoder_tui.repl.lines import Lines

    descriptor = sys.stdin.fileno() if sys.stdin is not None and not sys.stdin.closed else None
    return Lines(descriptor, voice, interactive=_typed())
