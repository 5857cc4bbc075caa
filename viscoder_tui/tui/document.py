"""A program as a document of lines: what is shown, changed and run is the same text."""

from __future__ import annotations

from textual.document._document import Document, EditResult, Location


class ProgramDocument(Document):
    """A document whose lines end in ``\\n`` alone.

    Textual's own ends them at form feeds and a few other characters too, and loses these.
    """

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._newline = "\n"
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """As in `Document`."""
        top, bottom = sorted((start, end))
        replaced = self.get_text_range(top, bottom)
        lines = self._lines
        before = lines[top[0]][: top[1]] if top[0] < len(lines) else ""
        after = lines[bottom[0]][bottom[1] :] if bottom[0] < len(lines) else ""
        made = (before + text).split("\n")
        place = (top[0] + len(made) - 1, len(made[-1]))
        made[-1] += after
        lines[top[0] : bottom[0] + 1] = made
        return EditResult(place, replaced)
