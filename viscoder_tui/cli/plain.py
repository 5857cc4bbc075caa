"""The plain chat's way out and in: results to stdout, the rest to stderr, requests from stdin."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backends.base import listen
from runners.base import Picture
from viscoder_tui.cli import model, output, theme
from viscoder_tui.cli.picture import ImageProtocol, show
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status

if TYPE_CHECKING:
    from viscoder_tui.cli.full_screen import Start
    from viscoder_tui.repl.voice import Ended, Requests, Voice
    from viscoder_tui.sessions.store import Store


def fits_full_screen() -> bool:
    """Whether somebody types and looks, at a terminal that can move its cursor."""
    return _two_way() and not _dumb()


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
    manner = replace(start.manner, style=theme.of_plots(start.settings))
    conversation = Conversation(start.store, start.session, start.backend, start.runner, manner, start.language, start.spelled)  # fmt: skip
    for path in start.data:
        conversation.attach(path)
    voice = Spoken(Status(), start.image)
    listen(start.backend, voice.progress)
    requests = _requests(start.store, voice)
    # A model that was named answers in all sessions; else each session has its own.
    opened = None if start.fixed else model.opened(start.settings)
    chat = Talk(conversation, requests, voice, start.settings.editor, opened)

    async def run() -> Ended:
        task = asyncio.current_task()
        assert task is not None
        # An exception out of a signal handler would tear the model and the program apart.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        try:
            if start.gone:
                voice.say(start.gone)
            if conversation.language is not None:
                start.runner.warm_up(conversation.language.name)
            return await chat.go(start.prompt, start.session.draft)
        finally:
            await start.runner.close()
            await chat.conversation.backend.close()
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
