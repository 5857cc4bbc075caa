"""The user's settings: defaults for options, from ``settings.toml`` and the environment.

A setting is looked for in the environment (``VISCODER_ROUNDS``), then in the file, then here.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from viscoder_tui.locations import settings_file


class SettingsWrong(Exception):
    """The settings cannot be used; the text names the file and what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set.

    Attributes:
        model: which model answers; as ``--model``.
        rounds: corrections after the first answer; as ``--rounds``.
        image: how the picture is drawn in the terminal; as ``--image``.
        max_tokens: as ``--max-tokens``.
        max_time: seconds, as ``--max-time``.
        threads: processor threads of the model; 0 for all cores.
    """

    model: str = ""
    rounds: int = 3
    image: str = "auto"
    max_tokens: int = 16_384
    max_time: int = 600
    threads: int = 0


def load() -> Settings:
    """The settings in force.

    Raises:
        SettingsWrong: the file is no TOML, or a setting is unknown or of the wrong kind.
    """
    settings = Settings()
    path = settings_file()
    for name, value in _stored(path).items():
        settings = _with(settings, name, value, f"in {path}")
    for field in fields(Settings):
        variable = f"VISCODER_{field.name.upper()}"
        text = os.environ.get(variable)
        if text and field.name not in ("model", "image"):  # those have readers of their own
            settings = _with(settings, field.name, int(text) if text.isdigit() else text, f"in {variable}")  # fmt: skip
    return settings


def _stored(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"the settings {path} cannot be read: {error}") from error


def _with(settings: Settings, name: str, value: object, where: str) -> Settings:
    known = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}
    if name not in known:
        raise SettingsWrong(f"there is no setting '{name}' ({where}); there are {', '.join(known)}")
    wants_number = isinstance(known[name], int)
    right = type(value) is int and value >= 0 if wants_number else isinstance(value, str)
    if not right:
        kind = "a whole number, 0 or more" if wants_number else "a text in quotes"
        raise SettingsWrong(f"the setting '{name}' ({where}) must be {kind}")
    return replace(settings, **{name: value})
