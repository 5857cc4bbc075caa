"""A TOML file that a person wrote: what cannot be read is told with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from themes.lines import complaint
from viscoder_tui.config.settings import SettingsWrong


def read(path: Path, subject: str) -> tuple[str, dict[str, Any]] | None:
    """Its text and what that says; None where there is no such file.

    Args:
        path: of the file.
        subject: what stands in it, in the plural, as in ``the settings``.

    Raises:
        SettingsWrong: it cannot be read.
    """
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsWrong(f"{subject} {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsWrong(f"{subject} {path} are not UTF-8: {error.reason}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"{subject} {path} cannot be read: {complaint(error, text)}") from error
