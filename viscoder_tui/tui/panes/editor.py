"""The program as text: coloured for any language, with marks where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.content import Content
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Size
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from runners.base import Diagnostic, Language, Severity
from viscoder_tui.tui.colouring import Colouring
from viscoder_tui.tui.document import ProgramDocument
from viscoder_tui.visible import marked, visible

_COMMENTS = {"python": "#", "lilypond": "%", "mermaid": "%%", "r": "#", "latex": "%", "asymptote": "//"}  # fmt: skip
_REST_SECONDS = 0.4
"""Without a change, before all of it is coloured anew."""


class CodeEditor(TextArea):
    """A text area for programs."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            "", id=id, soft_wrap=False, show_line_numbers=True, tab_behavior="indent", compact=True
        )
        self.alias = "text"
        self.comment_mark = "#"
        self.colours: Mapping[str, Style] = {}
        self.found: dict[int, Diagnostic] = {}
        self._colouring = Colouring()
        self._stale = True
        self._finishing: Timer | None = None

    def set_language(self, language: Language) -> None:
        """Colour the text as that language."""
        self.alias = language.lexer
        self.comment_mark = _COMMENTS.get(language.name, "//")
        self._changed()
        self.refresh()

    def set_colours(self, colours: Mapping[str, Style]) -> None:
        """Take the colours of a theme, by role."""
        self.colours = colours
        self.notify_style_update()
        self.refresh()

    def mark(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Mark the lines in which something is wrong; the first of each line counts."""
        self.found = {}
        for one in diagnostics:
            if one.line is not None:
                self.found.setdefault(one.line - 1, one)
        self.notify_style_update()
        self.refresh()

    def stream(self, text: str) -> None:
        """Show what the model has written so far; follow its end unless scrolled away."""
        shown = self.text
        if text == shown:
            return
        following = self.scroll_offset.y >= self.max_scroll_y - 1
        if shown and text.startswith(shown):
            kept = self.selection
            self.insert(text[len(shown) :], self.document.end)
            self.selection = kept  # the cursor is the user's
        else:
            self.load_text(text)
        if following:  # at once, or the text would be painted twice
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)

    def _refresh_size(self) -> None:
        # As in `TextArea`, but the screen is not laid out anew at each line that is written.
        width, height = self.document.get_size(self.indent_width)
        self.set_reactive(Widget.virtual_size, Size(width + self.gutter_width + 1, height))  # pyright: ignore[reportArgumentType]  # Textual types the reactive as its value
        self._scroll_update(self.virtual_size)
        self.refresh()

    def edit(self, edit: Edit) -> EditResult:
        """As in `TextArea`; the colours are worked out anew."""
        self._changed()
        return super().edit(edit)

    def undo(self) -> None:
        """As in `TextArea`."""
        self._changed()
        super().undo()

    def redo(self) -> None:
        """As in `TextArea`."""
        self._changed()
        super().redo()

    def load_text(self, text: str) -> None:
        """As in `TextArea`."""
        self._changed()
        super().load_text(text)

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document("", language)
        self.document = ProgramDocument(text)
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    async def _on_paste(self, event: events.Paste) -> None:  # Textual calls `TextArea`'s too
        event.text = event.text.replace("\r\n", "\n").replace("\r", "\n")

    def _changed(self) -> None:
        self._stale = True

    def _colour(self) -> None:
        self._stale = False
        self._colouring.update(self.document.lines, self.alias)
        if self._finishing is not None:
            self._finishing.stop()
        self._finishing = None if self._colouring.exact else self.set_timer(_REST_SECONDS, self._finish)  # fmt: skip

    async def _finish(self) -> None:
        if await self._colouring.finish():
            self.notify_style_update()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line with its colours, wavy where something is wrong."""
        line = Text(marked(self.document.get_line(line_index)), end="", no_wrap=True)
        if self._stale:
            self._colour()
        for start, end, role in self._colouring[line_index]:
            style = self.colours.get(role)
            if style is not None:
                line.stylize(style, start, end)
        wrong = self.found.get(line_index)
        if wrong is not None:
            start = max((wrong.column or 1) - 1, 0)
            start = start if start < len(line) else len(line.plain) - len(line.plain.lstrip())
            line.stylize(Style(underline=True), start)
        return line

    def render_line(self, y: int) -> Strip:
        """A line on the screen, with a mark in the gutter where something is wrong."""
        strip = super().render_line(y)
        row = y + self.scroll_offset.y
        wrong = self.found.get(row)
        at = self.gutter_width - 2
        if wrong is None or self.soft_wrap or at < 0:
            return strip
        name = "error" if wrong.severity is Severity.ERROR else "comment"
        colour = self.colours.get(name, Style(color="red")).color
        before, under, after = strip.divide([at, at + 1, strip.cell_length])[:3]
        behind = next((part.style for part in under if part.style is not None), Style())
        mark = Segment("●", behind + Style(color=colour))
        return Strip.join([before, Strip([mark]), after])

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what is wrong with the line under the mouse."""
        here = self.found.get(event.get_content_offset_capture(self).y + self.scroll_offset.y)
        self.tooltip = Content(" ".join(visible(part) for part in (here.message, here.hint) if part)) if here else None  # fmt: skip

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.tooltip = None

    def toggle_comment(self) -> None:
        """Comment the selected lines, or take the comment away from all of them."""
        first, last = sorted((self.selection.start[0], self.selection.end[0]))
        lines = [self.document.get_line(number) for number in range(first, last + 1)]
        mark = self.comment_mark
        commented = all(line.lstrip().startswith(mark) for line in lines if line.strip())
        changed = [_without(line, mark) if commented else _with(line, mark) for line in lines]
        self.replace("\n".join(changed), (first, 0), (last, len(lines[-1])))

    def find_next(self, text: str) -> bool:
        """Select the next place where `text` stands, from the cursor on and around."""
        lowered, wanted = self.text.lower(), text.lower()
        row, column = self.selection.end
        start = len("\n".join(self.text.split("\n")[:row])) + (1 if row else 0) + column
        at = lowered.find(wanted, start)
        at = at if at >= 0 else lowered.find(wanted)
        if at < 0 or not wanted:
            return False
        before = self.text[:at]
        place = (before.count("\n"), at - (before.rfind("\n") + 1))
        self.move_cursor(place, center=True)
        self.move_cursor((place[0], place[1] + len(text)), select=True)
        return True


def _with(line: str, mark: str) -> str:
    indent = len(line) - len(line.lstrip())
    return f"{line[:indent]}{mark} {line[indent:]}" if line.strip() else line


def _without(line: str, mark: str) -> str:
    indent = len(line) - len(line.lstrip())
    return line[:indent] + line[indent:].removeprefix(mark).removeprefix(" ")
