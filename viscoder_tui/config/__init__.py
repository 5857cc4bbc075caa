"""The user's settings: defaults for options, from files, the environment and flags.

From weak to strong: the defaults in `settings`, the user's ``settings.toml``, the project's
``.viscoder.toml``, environment variables such as ``VISCODER_ROUNDS``, and what the command line
says for this once.
"""

from viscoder_tui.config.describe import (
    Description,
    described,
    markdown_table,
    schema,
    template,
    toml,
)
from viscoder_tui.config.layers import load, project_file
from viscoder_tui.config.settings import Settings, SettingsWrong

__all__ = [
    "Description",
    "Settings",
    "SettingsWrong",
    "described",
    "load",
    "markdown_table",
    "project_file",
    "schema",
    "template",
    "toml",
]
