"""Where the user types: several lines, history, completion; Enter sends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from viscoder_tui.tui.actions import ACTIONS
from viscoder_tui.tui.bindings import bindings
from viscoder_tui.tui.completion import Completion, completions
from viscoder_tui.tui.messages import DraftChanged, Submitted
from viscoder_tui.visible import marked, visible


class PromptText(TextArea):
    """The text that is typed; keys that mean more are told to the prompt around it."""

    BINDINGS: ClassVar[list[BindingType]] = [one for action in ACTIONS if action.in_prompt for one in bindings(action)]  # fmt: skip

    def __init__(self, prompt: Prompt) -> None:
        super().__init__(
            "",
            id="prompt",
            soft_wrap=True,
            compact=True,
            placeholder="what do you want to see?  /help  @file",
        )
        self._prompt = prompt

    def get_line(self, line_index: int) -> Text:
        """A line, with a mark for what would not be seen."""
        return Text(marked(self.document.get_line(line_index)), end="", no_wrap=True)

    async def _on_key(self, event: events.Key) -> None:
        if self._prompt.takes(event.key):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)


class Prompt(Vertical):
    """The request under way. Enter sends it, Ctrl+J or Alt+Enter begins a new line."""

    def __init__(self) -> None:
        super().__init__(id="ask")
        self.input = PromptText(self)
        self.options = OptionList(id="completions", markup=False, compact=True)
        self.options.can_focus = False
        self._completions: tuple[Completion, ...] = ()
        self._refused: str | None = None
        self._offered_for = ""
        self._history: list[str] = []
        self._place = 0
        self._kept = ""

    def compose(self) -> ComposeResult:
        """What could follow stands above what is typed."""
        yield self.options
        yield self.input

    def on_mount(self) -> None:
        """Nothing typed, nothing to complete."""
        self.options.display = False

    @property
    def text(self) -> str:
        """What is typed."""
        return self.input.text

    def put(self, text: str) -> None:
        """Put a text there, the cursor behind it."""
        self.input.load_text(text)
        self.input.move_cursor(self.input.document.end)

    def insert(self, text: str) -> None:
        """Type a text."""
        self.input.insert(text)

    def write(self) -> None:
        """Let the keys go here."""
        self.screen.set_focus(
            self.input
        )  # at once: `focus` would let keys typed ahead go elsewhere

    @property
    def history(self) -> Sequence[str]:
        """The requests of earlier, oldest first, each once."""
        return list(dict.fromkeys(reversed(self._history)))[::-1]

    def remember(self, history: Sequence[str]) -> None:
        """Take the requests of earlier, oldest first."""
        self._history = list(history)
        self._place = len(self._history)

    def takes(self, key: str) -> bool:
        """Whether a key means more than its letter here, and was followed."""
        if self._completions and self._offered_for != self._before():
            self._offer_what_follows()  # keys come faster than word of what they changed
        if self._completions and self._choosing(key):
            return True
        match key:
            case "enter":
                self._send()
            case "ctrl+j" | "shift+enter" | "alt+enter":
                self.input.insert("\n")
            case "up":
                return self.input.cursor_at_first_line and self._step(-1)
            case "down":
                return self.input.cursor_at_last_line and self._step(1)
            case _:
                return False
        return True

    def _choosing(self, key: str) -> bool:
        options = self.options
        match key:
            case "up":
                options.action_cursor_up()
            case "down":
                options.action_cursor_down()
            case "tab":
                self._complete()
            case "enter" if self._would_add():
                self._complete()
            case _:
                return False
        return True

    def close_completion(self) -> bool:
        """Take away what could follow, until something else is typed; says whether it stood there."""
        if not self._completions:
            return False
        self._refused = self.text
        self._offer(())
        return True

    def _chosen(self) -> Completion:
        return self._completions[self.options.highlighted or 0]

    def _would_add(self) -> bool:
        """Whether the highlighted completion is more than what is typed."""
        return not self._before().endswith(self._chosen().text.strip())

    def _complete(self) -> None:
        one = self._chosen()
        row, column = self.input.cursor_location
        self.input.replace(one.text, (row, column - one.length), (row, column))

    def _before(self) -> str:
        return self.input.get_text_range((0, 0), self.input.cursor_location)

    def _offer_what_follows(self) -> None:
        self._offered_for = self._before()
        self._offer(completions(self._offered_for, Path.cwd()))

    def _offer(self, found: tuple[Completion, ...]) -> None:
        self._completions = found
        self.options.display = bool(found)
        self.options.clear_options()
        self.options.add_options(
            [
                Option(Content.assemble(visible(one.text), (f"  {one.detail}", "$foreground 60%")))
                for one in found
            ]
        )
        if found:
            self.options.highlighted = 0

    def _send(self) -> None:
        text = self.text.strip()
        if not text:
            return
        if not self._history or self._history[-1] != text:
            self._history.append(text)
        self._place = len(self._history)
        self.input.load_text("")
        self.post_message(Submitted(text))

    def _step(self, by: int) -> bool:
        """Go through the history; what was being typed is kept at its end."""
        place = self._place + by
        if not 0 <= place <= len(self._history):
            return False
        if self._place == len(self._history):
            self._kept = self.text
        self._place = place
        self.put(self._kept if place == len(self._history) else self._history[place])
        self._refused = self.text
        return True

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = self.text
        if text != self._refused:
            self._refused = None
            if self._before() != self._offered_for:
                self._offer_what_follows()
        self.post_message(DraftChanged(text))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._complete()
        self.write()
