"""The user's models: what was pulled, and the catalogue of their own beside the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from backends.library import Library
from backends.pulled import Shelf
from viscoder_tui.config.settings import SettingsWrong
from viscoder_tui.locations import data_folder, models_file

if TYPE_CHECKING:
    from backends.catalog import Entry


def library() -> Library:
    """The models by name. Nothing is read before it is needed.

    A mistake in the user's catalogue is a `SettingsWrong` from whatever first reads it.
    """
    return Library(Shelf(data_folder() / "models.json"), own)


def own() -> Mapping[str, Entry]:
    """The user's own catalogue; empty where there is none.

    Raises:
        SettingsWrong: it has a mistake; the text names file and line.
    """
    path = models_file()
    if not path.exists():
        return {}
    import tomllib

    from backends.catalog import CatalogueWrong, entries
    from themes.lines import complaint, line_of

    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise SettingsWrong(f"the models {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsWrong(f"the models {path} are not UTF-8: {error.reason}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsWrong(f"the models {path} cannot be read: {complaint(error, text)}") from error  # fmt: skip

    def where(keys: Sequence[str]) -> str:
        line = line_of(text, keys)
        return f"{path}, line {line}" if line else str(path)

    try:
        return entries(content, where)
    except CatalogueWrong as error:
        raise SettingsWrong(str(error)) from error
