"""The user's themes, and the one to begin with."""

from __future__ import annotations

import os
from collections.abc import Mapping

from runners.base import PlotStyle
from themes.base import Theme, ThemeWrong
from themes.load import DARK, LIGHT, all_themes
from viscoder_tui import terminal
from viscoder_tui.cli.status import CommandFailed, ExitCode
from viscoder_tui.config import Settings
from viscoder_tui.locations import theme_folder
from viscoder_tui.plot_style import plot_style


def found() -> Mapping[str, Theme]:
    """All themes, by name.

    Raises:
        CommandFailed: one of the user's own is wrong.
    """
    try:
        return all_themes(theme_folder())
    except ThemeWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error


def chosen(settings: Settings, themes: Mapping[str, Theme]) -> str:
    """The theme's name; ``auto`` is paper or ink, as the terminal says that it is.

    Raises:
        CommandFailed: there is none of that name.
    """
    name = settings.theme
    if name != "auto":
        if name not in themes:
            raise CommandFailed(f"the setting theme is '{name}': there are {', '.join(themes)}", ExitCode.USAGE)  # fmt: skip
        return name
    light = terminal.ask().light
    if light is None:
        # Set by rxvt, Konsole, iTerm and others: foreground;background in the sixteen colours.
        light = os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    return LIGHT if light else DARK


def of_plots(settings: Settings) -> PlotStyle | None:
    """How pictures look, where the settings let them follow the theme.

    Raises:
        CommandFailed: as `found` and `chosen`.
    """
    if not settings.plots_follow_theme:
        return None
    themes = found()
    return plot_style(themes[chosen(settings, themes)].plot)


__all__ = ["chosen", "found", "of_plots"]
