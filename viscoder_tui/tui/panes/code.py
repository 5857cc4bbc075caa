"""The code pane: the editor, and a line that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from runners.base import Diagnostic, Language
from viscoder_tui.tui.messages import Edited
from viscoder_tui.tui.panes.editor import CodeEditor
from viscoder_tui.visible import visible


class CodePane(Vertical):
    """One program: streamed by the model, changed by hand.

    Attributes:
        edited: the text is not what the model wrote, nor what was run last.
    """

    ALLOW_MAXIMIZE = True
    ALLOW_SELECT = False  # the border is to be dragged

    def __init__(self) -> None:
        super().__init__(id="code", classes="pane")
        self.editor = CodeEditor(id="editor")
        self.edited = False
        self._shown = ""
        self._name = "program"

    def compose(self) -> ComposeResult:
        """The editor, a field to find in it, and what is wrong."""
        yield self.editor
        yield Input(placeholder="find", id="find", compact=True)
        yield Static(id="diagnosis", markup=False)

    def on_mount(self) -> None:
        """Nothing to find and nothing wrong yet."""
        self.query_one("#find").display = False
        self.query_one("#diagnosis").display = False
        self._title()

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self.editor.text

    def set_language(self, language: Language) -> None:
        """Colour and name the program as that language's."""
        self._name = language.file_name
        self.editor.set_language(language)
        self._title()

    def set_colours(self, colours: Mapping[str, Style]) -> None:
        """Take a theme's colours of syntax."""
        self.editor.set_colours(colours)

    def stream(self, text: str) -> None:
        """Show what the model has written so far, unless the user has changed the text since."""
        if self.edited:
            return
        self._shown = text.rstrip("\n")
        self.editor.stream(self._shown)

    def show(self, text: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        """Show a whole program; what stood there is gone from the editor."""
        self._shown = text.rstrip("\n")
        if self._shown != self.editor.text:
            self.editor.load_text(self._shown)
        self.edited = False
        self.mark(diagnostics)
        self._title()

    def holds(self, source: str) -> bool:
        """Whether the editor holds that program."""
        return self.editor.text.rstrip("\n") == source.rstrip("\n")

    def ran(self, diagnostics: Sequence[Diagnostic]) -> None:
        """What stands in the editor was run."""
        self._shown = self.editor.text
        self.edited = False
        self.mark(diagnostics)
        self._title()

    def mark(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Mark what is wrong, and say the first of it."""
        self.editor.mark(diagnostics)
        self._diagnose(diagnostics[0] if diagnostics else None)

    def go_to(self, line: int, column: int | None = None) -> None:
        """Put the cursor there, in the middle of the pane."""
        last = self.editor.document.line_count - 1
        row = min(max(line - 1, 0), last)
        self.editor.move_cursor((row, (column or 1) - 1), center=True)
        self.screen.set_focus(self.editor)

    @property
    def selected_lines(self) -> tuple[int, int] | None:
        """First and last selected line, counted from 1; None where nothing is selected."""
        selection = self.editor.selection
        if selection.is_empty:
            return None
        first, last = sorted((selection.start, selection.end))
        return first[0] + 1, max(first[0], last[0] - (last[1] == 0)) + 1

    def find(self) -> None:
        """Open the field to find a text."""
        field = self.query_one("#find", Input)
        field.display = True
        self.screen.set_focus(field)

    @on(Input.Submitted, "#find")
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.editor.find_next(event.value):
            self.notify(f"'{event.value}' does not stand in the program", markup=False)

    def close_find(self) -> bool:
        """Close the field to find a text; says whether it was open."""
        field = self.query_one("#find", Input)
        if not field.display:
            return False
        field.display = False
        self.screen.set_focus(self.editor)
        return True

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        edited = self.editor.text != self._shown
        if edited != self.edited:
            self.edited = edited
            self._title()
            self.post_message(Edited())

    @on(TextArea.SelectionChanged)
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        here = self.editor.found.get(self.editor.cursor_location[0])
        if here is not None:
            self._diagnose(here)

    def _diagnose(self, one: Diagnostic | None) -> None:
        line = self.query_one("#diagnosis", Static)
        line.display = one is not None
        if one is None:
            return
        place = f"line {one.line}: " if one.line else ""
        said = Content.assemble(("● ", "$error"), f"{place}{visible(one.message)}")
        if one.hint:
            said = Content.assemble(said, (f"  {visible(one.hint)}", "$foreground 60%"))
        line.update(said)

    def _title(self) -> None:
        self.border_title = Content(self._name)
        self.border_subtitle = Content("edited" if self.edited else "")
