"""What a theme is: colours of the interface, of program text, and of pictures.

Nothing here knows who draws with them: a colour is a text, ``#rrggbb`` or, for the terminal's own
sixteen and its default, a name such as ``ansi_bright_blue``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def _no_variables() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Interface:
    """Colours of the interface, by the names of ``textual.theme.Theme``.

    Attributes:
        primary: headings, borders of what has the focus.
        foreground: text.
        background: behind everything.
        secondary: beside the primary; worked out by the app where it is None, as are those below.
        accent: what is to be noticed.
        surface: behind widgets.
        panel: behind bars.
        boost: laid over what the pointer is on.
        warning: doubts.
        error: failures.
        success: what went well.
        variables: further variables of Textual, as they are.
    """

    primary: str
    foreground: str
    background: str
    secondary: str | None = None
    accent: str | None = None
    surface: str | None = None
    panel: str | None = None
    boost: str | None = None
    warning: str | None = None
    error: str | None = None
    success: str | None = None
    variables: Mapping[str, str] = field(default_factory=_no_variables, hash=False)

    @property
    def ansi(self) -> bool:
        """Whether these are the terminal's own colours."""
        return self.background.startswith("ansi_")


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of program text looks."""

    colour: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Syntax:
    """How program text looks, by what a piece of it is; ``type`` is classes and modules too."""

    keyword: Style
    string: Style
    number: Style
    comment: Style
    function: Style
    type: Style
    operator: Style
    tag: Style
    attribute: Style
    constant: Style
    variable: Style
    punctuation: Style
    error: Style


@dataclass(frozen=True, slots=True)
class Plot:
    """How a picture looks where its program does not say; all colours are ``#rrggbb``.

    Attributes:
        palette: colours of series, in their order.
        paper: behind everything.
        ink: words.
        muted: axes and the lines of diagrams.
        grid: the lines behind the data.
        font: a font's name, or ``sans-serif`` and the like.
    """

    palette: tuple[str, ...]
    paper: str
    ink: str
    muted: str
    grid: str
    font: str = "sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme.

    Attributes:
        name: in settings and on the command line.
        title: for people.
        dark: whether its background is darker than its text.
        interface: colours of the interface.
        syntax: of program text.
        plot: of pictures.
    """

    name: str
    title: str
    dark: bool
    interface: Interface
    syntax: Syntax
    plot: Plot


class ThemeWrong(Exception):
    """A theme's file cannot be used; the text names the file, the line and what is allowed."""


class NoTheme(LookupError):
    """There is no theme of that name; the text is one sentence with the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])
