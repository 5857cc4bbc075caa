"""The themes by name: those that come along, and the user's own, which win over them."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path

from themes.base import NoTheme, Theme, ThemeWrong
from themes.lines import complaint
from themes.read import read

LIGHT, DARK = "paper", "ink"
"""What stands for ``auto``, on a light and on a dark terminal."""

_OURS = Path(__file__).resolve().parent


def names(user_folder: Path | None = None) -> tuple[str, ...]:
    """The names of all themes, ours first; none of them is read.

    Args:
        user_folder: where the user's own themes lie; need not exist.
    """
    return tuple(_files(user_folder))


def all_themes(user_folder: Path | None = None) -> dict[str, Theme]:
    """All themes by name, ours first; a user's theme takes the place of ours of that name.

    Args:
        user_folder: where the user's own themes lie; need not exist.

    Raises:
        ThemeWrong: one of the files has a mistake.
    """
    return {name: _loaded(path) for name, path in _files(user_folder).items()}


def find(name: str, user_folder: Path | None = None) -> Theme:
    """The theme of that name; no other is read, so a mistake elsewhere does no harm.

    Args:
        name: of the theme, in any case.
        user_folder: where the user's own themes lie; need not exist.

    Raises:
        NoTheme: there is none; the text names the nearest.
        ThemeWrong: its file has a mistake.
    """
    files = _files(user_folder)
    wanted = name.strip().lower()
    by_name = {known.lower(): path for known, path in files.items()}
    if wanted in by_name:
        return _loaded(by_name[wanted])
    close = difflib.get_close_matches(wanted, by_name, n=2)
    meant = f"did you mean {' or '.join(close)}? " if close else ""
    raise NoTheme(f"there is no theme '{name}': {meant}the themes are {', '.join(files)}")


def _files(user_folder: Path | None) -> dict[str, Path]:
    order = [LIGHT, DARK]
    ours = sorted(_OURS.glob("*.toml"), key=lambda path: (path.stem not in order, path.stem != LIGHT, path.stem))  # fmt: skip
    users = sorted(user_folder.glob("*.toml")) if user_folder is not None else []
    return {path.stem: path for path in (*ours, *users)}


def _loaded(path: Path) -> Theme:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return read(tomllib.loads(text), text, path)
    except OSError as error:
        raise ThemeWrong(f"the theme {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ThemeWrong(f"the theme {path} is not UTF-8: {error.reason}") from error
    except tomllib.TOMLDecodeError as error:
        raise ThemeWrong(f"the theme {path} is no TOML: {complaint(error, text)}") from error
