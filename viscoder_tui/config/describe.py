"""The settings told: for ``config show``, as a JSON schema, as a file to begin with, as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from viscoder_tui.config.layers import PROJECT_FILE, in_force
from viscoder_tui.config.settings import Entry, Kind, entries

_JSON_TYPES: dict[Kind, str] = {
    "text": "string",
    "whole number": "integer",
    "yes or no": "boolean",
    "table of texts": "object",
    "table": "object",
}


@dataclass(frozen=True, slots=True)
class Description:
    """A setting, its value in force and where that comes from.

    Attributes:
        name: in the files.
        kind: what its value can be.
        default: what it is when nobody sets it.
        unset: what the default means, where it does not say so itself.
        text: what it is for.
        flag: the option that says the same for one command; empty where there is none.
        variable: the environment variable; empty where there is none.
        value: in force.
        origin: ``default``, a file with a line, a variable or an option.
    """

    name: str
    kind: Kind
    default: Any
    unset: str
    text: str
    flag: str
    variable: str
    value: Any
    origin: str


def described(flags: Mapping[str, object] = MappingProxyType({})) -> tuple[Description, ...]:
    """All settings as they are in force.

    Args:
        flags: as in `load`.

    Raises:
        SettingsWrong: as in `load`.
    """
    found = in_force(flags)
    return tuple(
        Description(
            one.place,
            one.kind,
            _plain(one.default),
            one.about.unset,
            one.about.text,
            one.about.flag,
            one.variable,
            _plain(getattr(found.settings, one.name)),
            found.origins[one.name],
        )
        for one in entries().values()
    )


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of ``settings.toml``, for editors that complete from it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"viscoder: settings.toml and {PROJECT_FILE}",
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(),
    }


def _properties() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, one in entries().items():
        place = found
        if one.about.within:
            outer = found.setdefault(one.about.within, {"type": "object", "additionalProperties": False, "properties": {}})  # fmt: skip
            place = outer["properties"]
        place[name] = _property(one)
    return found


def _property(one: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": _JSON_TYPES[one.kind],
        "description": _sentence(one),
        "default": _plain(one.default),
    }
    if one.about.choices:
        found["enum"] = list(one.about.choices)
    if one.kind == "whole number":
        found["minimum"] = one.about.least
    if one.kind == "table of texts":
        found["additionalProperties"] = {"type": "string"}
    return found


def template() -> str:
    """A settings file that sets nothing and says what could be set."""
    lines = ["# Settings of viscoder. Take the # away before what you set; viscoder config show", "# tells what is in force and why.", ""]  # fmt: skip
    for one in entries().values():
        lines.append(f"# {_sentence(one)}")
        if one.is_table:
            lines += [f"# [{one.place}]", f"# {one.about.example}", ""]
        else:
            lines += [f"# {one.name} = {toml(one.default)}", ""]
    return "\n".join(lines)


def markdown_table() -> str:
    """The table of the README: every setting, and the variable and option that stand over it."""
    rows = ["| setting | environment · option | default | what it is |", "|---|---|---|---|"]
    for one in entries().values():
        over = " · ".join(f"`{each}`" for each in (one.variable, one.about.flag) if each)
        default = one.about.unset or f"`{toml(one.default)}`"
        choices = f": {', '.join(f'`{each}`' for each in one.about.choices)}" if one.about.choices else ""  # fmt: skip
        rows.append(f"| `{one.place}` | {over or '–'} | {default} | {one.about.text}{choices} |")
    return "\n".join(rows) + "\n"


def toml(value: object) -> str:
    """A value as it stands in a settings file; a table in one line."""
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return "{" + ", ".join(f"{_key(key)} = {toml(text)}" for key, text in pairs.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()
    return name if bare else toml(name)


def _sentence(one: Entry) -> str:
    about = one.about
    choices = f": {', '.join(about.choices)}" if about.choices else ""
    unset = f" (not set: {about.unset.replace('`', '')})" if about.unset else ""
    text = f"{about.text}{choices}{unset}"
    return f"{text[0].upper()}{text[1:]}."


def _plain(value: object) -> Any:
    return dict(cast("Mapping[str, str]", value)) if isinstance(value, Mapping) else value
