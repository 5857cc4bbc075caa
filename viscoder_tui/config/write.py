"""Changes one setting in the user's file and leaves all else in it as it is, comments too."""

from __future__ import annotations

import re
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from themes.lines import line_of
from viscoder_tui.config import toml_file
from viscoder_tui.config.describe import toml
from viscoder_tui.config.settings import SettingsWrong
from viscoder_tui.locations import settings_file

_TABLE = re.compile(r"^\s*\[")


def set_text(name: str, value: str) -> None:
    """Set a setting that is a text; a file that does not exist yet is made.

    Args:
        name: of the setting.
        value: new.

    Raises:
        SettingsWrong: the file cannot be read, changed or written; it is as it was.
    """
    path = settings_file()
    found = toml_file.read(path, "the settings")
    text, before = found if found is not None else ("", dict[str, Any]())
    changed = _changed(text, before, name, f"{name} = {toml(value)}")
    try:
        right = tomllib.loads(changed) == {**before, name: value}
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise SettingsWrong(f"the setting '{name}' in {path} spans several lines: write {name} = {toml(value)} there yourself")  # fmt: skip
    _write(path, changed)


def _changed(text: str, before: dict[str, Any], name: str, line: str) -> str:
    lines = text.splitlines(keepends=True)
    if name in before:
        number = line_of(text, (name,)) or 1
        remark = re.search(r"\s+#[^\"']*$", lines[number - 1].rstrip("\n"))
        lines[number - 1] = line + (remark[0] if remark else "") + "\n"
        return "".join(lines)
    # Above the first table; beside the comment of the file that `config edit` begins with.
    commented = next((at + 1 for at, one in enumerate(lines) if one.startswith(f"# {name} = ")), None)  # fmt: skip
    first = next((at for at, one in enumerate(lines) if _TABLE.match(one)), len(lines))
    place = commented if commented is not None and commented <= first else first
    if place and not lines[place - 1].endswith("\n"):
        lines[place - 1] += "\n"
    return "".join([*lines[:place], line + "\n", *lines[place:]])


def _write(path: Path, text: str) -> None:
    target = path.resolve()  # many people's settings are links into a folder under version control
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, prefix=".settings-", delete=False) as new:  # fmt: skip
            new.write(text)
        Path(new.name).chmod(mode)
        Path(new.name).replace(target)
    except OSError as error:
        raise SettingsWrong(f"the settings {path} cannot be written: {error.strerror}") from error
