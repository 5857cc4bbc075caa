"""Where settings come from, one layer over the other, each mistake with its file and line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from backends import vllm_options
from backends.choose import is_owned
from backends.server_address import looks_like_address
from themes.lines import line_of
from viscoder_tui.config import toml_file
from viscoder_tui.config.settings import Entry, Settings, SettingsWrong, entries
from viscoder_tui.locations import settings_file

PROJECT_FILE = ".viscoder.toml"
DEFAULT = "default"
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings in force, and where each of them comes from."""

    settings: Settings
    origins: Mapping[str, str]


@dataclass(slots=True)
class _Layers:
    """What has been read so far."""

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    origins: dict[str, str] = field(default_factory=dict[str, str])

    def put(self, entry: Entry, value: object, origin: str) -> None:
        """Lay a value over what is there; tables grow together, key by key."""
        if not entry.is_table:
            self.values[entry.name] = value
            self.origins[entry.name] = origin
            return
        for key, text in cast("Mapping[str, str]", value).items():
            self.values.setdefault(entry.name, {})[key] = text
        before = self.origins.get(entry.name)
        self.origins[entry.name] = f"{before}; {origin}" if before else origin

    def read_file(self, path: Path, *, project: bool) -> None:
        """Lay a file over what is there.

        Raises:
            SettingsWrong: it cannot be read, or a setting in it is wrong.
        """
        read = toml_file.read(path, "the settings")
        if read is None:
            return
        text, content = read
        for keys, stored in _settings_in(content):
            line = line_of(text, keys)
            where = f"{path}, line {line}" if line else str(path)
            entry = _known(".".join(keys), where)
            name = entry.place
            if project and not entry.about.in_projects:
                raise SettingsWrong(f"the setting '{name}' ({where}) cannot be made for a project: move it to {settings_file()}")  # fmt: skip
            value = _checked(entry, stored, f"the setting '{name}' ({where})")
            if project and name == "model" and is_owned(str(value)):
                raise SettingsWrong(f"the setting 'model' ({where}) would start a vLLM, so that a project cannot name it: move it to {settings_file()}")  # fmt: skip
            if project and name == "model" and self._is_server(str(value)):
                raise SettingsWrong(f"the setting 'model' ({where}) is a server, and what you write would go there, so that a project cannot name it: move it to {settings_file()}")  # fmt: skip
            if entry.kind == "table of texts":
                _check_table(entry, cast("Mapping[str, object]", value), text, path)
            if entry.kind == "table":
                _check_vllm(entry, cast("Mapping[str, object]", value), text, path)
            beside = project and name == "model"
            self.put(entry, _beside(str(value), path.parent) if beside else value, where)

    def _is_server(self, model: str) -> bool:
        named = cast("Mapping[str, str]", self.values.get("servers", {}))
        return looks_like_address(model) or model.partition("#")[0] in named

    def read_environment(self) -> None:
        """Lay the environment over what is there; an empty variable says nothing.

        Raises:
            SettingsWrong: a variable is of the wrong kind.
        """
        for entry in entries().values():
            text = os.environ.get(entry.variable) if entry.variable else None
            if text:
                value = _from_text(entry, text)
                self.put(entry, _checked(entry, value, f"the setting '{entry.name}' (in {entry.variable})"), entry.variable)  # fmt: skip


def in_force(flags: Mapping[str, object] = MappingProxyType({})) -> InForce:
    """The settings in force and their origins; the arguments are those of `load`.

    Raises:
        SettingsWrong: as `load` says.
    """
    layers = _Layers()
    layers.read_file(settings_file(), project=False)
    project = project_file()
    if project is not None:
        layers.read_file(project, project=True)
    layers.read_environment()
    for name, value in flags.items():
        if value is not None:
            entry = _known(name, "on the command line")
            flag = entry.about.flag or f"--{name.replace('_', '-')}"
            layers.put(entry, _checked(entry, value, flag), flag)
    values = dict(layers.values)
    for entry in entries().values():
        if entry.is_table and entry.name in values:
            values[entry.name] = MappingProxyType(values[entry.name])
    origins = {name: layers.origins.get(name, DEFAULT) for name in entries()}
    return InForce(Settings(**values), MappingProxyType(origins))


def load(flags: Mapping[str, object] = MappingProxyType({})) -> Settings:
    """The settings in force.

    Args:
        flags: what the command line says for this once, by the settings' names; None is not said.

    Raises:
        SettingsWrong: a file is no TOML, or a setting is unknown or of the wrong kind.
    """
    return in_force(flags).settings


def project_file() -> Path | None:
    """The settings of the project one works in, if there are any.

    They are looked for in the working folder and its parents, up to the one that holds ``.git``
    or to the home folder. Where neither lies above, only the working folder is looked at: a
    folder that everybody may write to, such as /tmp, must not speak for what lies in it.
    """
    try:
        here = Path.cwd()
        folders = [here, *here.parents]
        home = Path.home()
    except (OSError, RuntimeError):
        return None  # a working folder that is gone, a user without a home
    last = next((number for number, one in enumerate(folders) if one == home or (one / ".git").exists()), 0)  # fmt: skip
    for folder in folders[: last + 1]:
        if (folder / PROJECT_FILE).is_file():
            return folder / PROJECT_FILE
    return None


def _known(name: str, where: str) -> Entry:
    known = {one.place: one for one in entries().values()}
    found = known.get(name)
    if found is None:
        close = difflib.get_close_matches(name, known, n=1)
        meant = f"did you mean '{close[0]}'? " if close else ""
        raise SettingsWrong(f"there is no setting '{name}' ({where}): {meant}there are {', '.join(known)}")  # fmt: skip
    return found


def _checked(entry: Entry, value: object, subject: str) -> object:
    """`value`, known to be right; `subject` begins the sentence where it is not."""
    about = entry.about
    match entry.kind:
        case "text" if about.choices and value not in about.choices:
            close = difflib.get_close_matches(str(value), about.choices, n=1)
            meant = f"did you mean '{close[0]}'? " if close else ""
            raise SettingsWrong(f"{subject} cannot be '{value}': {meant}it can be {', '.join(about.choices)}")  # fmt: skip
        case "text":
            right, must = isinstance(value, str), "a text in quotes"
        case "whole number":
            right = type(value) is int and value >= about.least
            must = f"a whole number, {about.least} or more"
        case "yes or no":
            right, must = isinstance(value, bool), "true or false"
        case "table of texts" | "table":
            right, must = isinstance(value, dict), f"a table: [{entry.place}] and below it lines such as {about.example}"  # fmt: skip
    if not right:
        raise SettingsWrong(f"{subject} must be {must}")
    return value


def _check_table(entry: Entry, table: Mapping[str, object], text: str, path: Path) -> None:
    for key, value in table.items():
        if not isinstance(value, str):
            line = line_of(text, (entry.name, key))
            where = f"{path}, line {line}" if line else str(path)
            raise SettingsWrong(f"the setting '{entry.name}.{key}' ({where}) must be a text in quotes")  # fmt: skip


def _check_vllm(entry: Entry, table: Mapping[str, object], text: str, path: Path) -> None:
    try:
        vllm_options.read(table)
    except vllm_options.OptionWrong as error:
        line = line_of(text, (*entry.place.split("."), error.name))
        where = f"{path}, line {line}" if line else str(path)
        raise SettingsWrong(f"the setting '{entry.place}.{error.name}' ({where}) {error}") from error  # fmt: skip


def _settings_in(content: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The settings of a file by where they stand in it: a table of tables holds some."""
    tables = {one.about.within for one in entries().values() if one.about.within}
    for name, stored in content.items():
        if name in tables and isinstance(stored, dict):
            for inner, value in cast("Mapping[str, object]", stored).items():
                yield (name, inner), value
        else:
            yield (name,), stored


def _from_text(entry: Entry, text: str) -> object:
    if entry.kind == "whole number" and text.isascii() and text.isdigit():
        return int(text)
    if entry.kind == "yes or no" and text.lower() in (*_YES, *_NO):
        return text.lower() in _YES
    return text


def _beside(model: str, folder: Path) -> str:
    """A model's file as a project means it: beside the project's file, not the working folder."""
    path = Path(model).expanduser()
    beside = path.suffix == ".gguf" and ":" not in model and not path.is_absolute()
    return str(folder / path) if beside else model
