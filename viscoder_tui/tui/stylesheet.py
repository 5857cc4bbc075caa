"""Styles that are parsed once for each set of colours.

Textual parses all of them a second time as the app starts, because it takes up its theme then, and
again whenever a theme is chosen that is worn already.
"""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class SettledStylesheet(Stylesheet):
    """Textual's own, but for that it knows whether its variables changed."""

    _changed = True

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take up the variables of a theme."""
        self._changed = variables != self._variables
        if self._changed:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse every source again, if it would come out otherwise."""
        if self._changed:
            super().reparse()
