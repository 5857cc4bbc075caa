"""Where viscoder keeps things: one function a place, nothing is made until it is asked for."""

from __future__ import annotations

import os
from pathlib import Path

HOME_VARIABLE = "VISCODER_HOME"
"""Environment variable: one folder for data, settings, logs and caches, instead of the
platform's own places."""


def data_folder() -> Path:
    """Runs and, later, sessions."""
    return _place("data")


def settings_file() -> Path:
    """The user's settings; need not exist."""
    return _place("config") / "settings.toml"


def models_file() -> Path:
    """The user's own catalogue of models; need not exist."""
    return _place("config") / "models.toml"


def theme_folder() -> Path:
    """The user's own themes; need not exist."""
    return _place("config") / "themes"


def log_folder() -> Path:
    """Native log output of models."""
    return _place("log")


def cache_folder() -> Path:
    """What can be made again at any time."""
    return _place("cache")


def _place(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home).expanduser() / kind
    import platformdirs

    places = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "log": platformdirs.user_log_path,
        "cache": platformdirs.user_cache_path,
    }
    return places[kind]("viscoder", appauthor=False)
