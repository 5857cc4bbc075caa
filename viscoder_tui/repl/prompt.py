"""Where requests are typed: history, completion, several lines."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output
from prompt_toolkit.output.vt100 import Vt100_Output

from viscoder_tui.repl.completing import following
from viscoder_tui.sessions.store import Store, StoreUnusable

_HINT = "what do you want to see?  /help for commands, @file for data"


class Typed(History):
    """What was typed in all sessions, here and in the app."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    def load_history_strings(self) -> Iterable[str]:
        """The newest first."""
        with suppress(StoreUnusable):
            return reversed(self._store.history())
        return ()

    def store_string(self, string: str) -> None:
        """Remember what was typed."""
        with suppress(StoreUnusable):  # what is asked meets the same fault, and says it
            self._store.add_to_history(string)


class Following(Completer):
    """Commands, languages and data files."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # fmt: skip
        """What could follow before the cursor."""
        for one in following(document.text_before_cursor, Path.cwd()):
            yield Completion(one.text, -one.length, one.text.strip(), one.detail)


def _terminal() -> Output:
    """The terminal, never asked where its cursor is: one that is slow to answer would hold up Enter."""
    made = Vt100_Output.from_pty(sys.stdout, term=os.environ.get("TERM"))
    made.enable_cpr = False
    return made


class Prompt:
    """Asks for a request in a terminal. Enter sends it, Alt+Enter or Ctrl+J begins a new line.

    Args:
        store: keeps what was typed.
        input: keys; those of the terminal when None.
        output: the terminal when None.
    """

    def __init__(self, store: Store, input: Input | None = None, output: Output | None = None) -> None:  # fmt: skip
        self._interrupted = False
        self._session: PromptSession[str] = PromptSession(
            "> ",
            multiline=True,
            prompt_continuation="  ",
            history=Typed(store),
            completer=Following(),
            complete_in_thread=True,
            placeholder=self._hint,
            key_bindings=self._keys(),
            reserve_space_for_menu=6,
            enable_suspend=True,
            input=input,
            output=output or _terminal(),
        )
        self._session.default_buffer.on_text_changed += self._changed

    @property
    def interactive(self) -> bool:
        """Somebody types."""
        return True

    async def next(self, draft: str = "") -> str | None:
        """What is typed; None where the user leaves."""
        self._interrupted = False
        try:
            return await self._session.prompt_async(default=draft)
        except (EOFError, KeyboardInterrupt):
            return None

    @contextmanager
    def waiting(self) -> Generator[None]:
        """Keys typed meanwhile are not echoed into the progress, and come to the next prompt."""
        if not sys.stdin.isatty():
            yield
            return
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        quiet = termios.tcgetattr(descriptor)
        quiet[0] &= ~termios.ICRNL  # Enter stays Enter, which sends
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)
        try:
            yield
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    def _hint(self) -> StyleAndTextTuples:
        text = "press Ctrl+C again to leave" if self._interrupted else _HINT
        return [("class:placeholder fg:ansibrightblack", text)]

    def _changed(self, buffer: Buffer) -> None:
        if buffer.text:
            self._interrupted = False

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def send(event: KeyPressEvent) -> None:
            event.current_buffer.validate_and_handle()

        @keys.add("c-j")
        @keys.add("escape", "enter")
        def new_line(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text("\n")

        @keys.add("c-c")
        @keys.add("<sigint>")
        def interrupt(event: KeyPressEvent) -> None:
            if self._interrupted:
                event.app.exit(exception=EOFError())
                return
            event.current_buffer.reset()
            self._interrupted = True

        assert send and new_line and interrupt
        return keys
