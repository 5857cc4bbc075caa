"""The user's models: what was pulled, and the catalogue of their own beside the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from backends.choose import Choice, choose
from backends.library import Library
from backends.pulled import Shelf
from viscoder_tui.config import toml_file
from viscoder_tui.config.settings import Settings, SettingsWrong
from viscoder_tui.locations import data_folder, models_file

if TYPE_CHECKING:
    from backends.catalog import Entry


def library() -> Library:
    """The models by name. Nothing is read before it is needed.

    A mistake in the user's catalogue is a `SettingsWrong` from whatever first reads it.
    """
    return Library(Shelf(data_folder() / "models.json"), own)


def chosen(named: str | None, settings: Settings, known: Library | None = None, session: str = "") -> Choice:  # fmt: skip
    """The model that answers.

    Args:
        named: what ``--model`` says, if anything.
        settings: in force.
        known: the pulled models, where they are known already.
        session: the model of the session that is taken up, as `Choice.spelled` has it.

    Raises:
        ModelMissing: there is no such model.
        SettingsWrong: the user's own catalogue has a mistake.
    """
    of_vllm = str(settings.vllm.get("model", ""))
    return choose(named, settings.model, known or library(), settings.servers, of_vllm, session)


def own() -> Mapping[str, Entry]:
    """The user's own catalogue; empty where there is none.

    Raises:
        SettingsWrong: it has a mistake; the text names file and line.
    """
    path = models_file()
    found = toml_file.read(path, "the models") if path.exists() else None
    if found is None:
        return {}
    from backends.catalog import CatalogueWrong, entries
    from themes.lines import line_of

    text, content = found

    def where(keys: Sequence[str]) -> str:
        line = line_of(text, keys)
        return f"{path}, line {line}" if line else str(path)

    try:
        return entries(content, where)
    except CatalogueWrong as error:
        raise SettingsWrong(str(error)) from error
