"""Themes by name, the user's own among them, and what a mistake in one is answered with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from themes import load
from themes.base import NoTheme, Style, ThemeWrong

MINE = """\
name = "mine"
title = "Mine"
dark = true

[interface]
primary = "#80c0ff"
foreground = "#eeeeee"
background = "ansi_black"
variables = {border = "#123456"}

[syntax]
keyword = "bold italic #ff8800"
comment = "ansi_bright_black"

[plot]
palette = ["#112233", "#445566", "#778899"]
paper = "#000000"
ink = "#ffffff"
muted = "#aaaaaa"
grid = "#333333"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "themes"
    made.mkdir()
    (made / "mine.toml").write_text(MINE)
    return made


def test_ours_come_first_light_before_dark() -> None:
    assert load.names() == ("paper", "ink", "colour-blind", "contrast", "terminal")
    themes = load.all_themes()
    assert tuple(themes) == load.names()
    assert [themes[name].dark for name in (load.LIGHT, load.DARK)] == [False, True]


def test_a_theme_of_the_users_own(folder: Path) -> None:
    theme = load.find("Mine", folder)
    assert (theme.name, theme.title, theme.dark) == ("mine", "Mine", True)
    assert theme.interface.secondary is None
    assert dict(theme.interface.variables) == {"border": "#123456"}
    assert theme.syntax.keyword == Style("#ff8800", bold=True, italic=True)
    assert theme.syntax.string == Style("#eeeeee"), "what is left out has the colour of text"
    assert theme.plot.palette == ("#112233", "#445566", "#778899")
    assert theme.plot.font == "sans-serif"
    assert load.all_themes(folder)["mine"] == theme


def test_the_users_theme_takes_the_place_of_ours(folder: Path) -> None:
    (folder / "ink.toml").write_text(MINE.replace('"mine"', '"ink"'))
    assert load.find("ink", folder).title == "Mine"
    assert load.names(folder) == (*load.names(), "mine")
    assert load.find("ink").title == "Ink"


def test_a_folder_that_is_not_there_is_no_mistake(tmp_path: Path) -> None:
    assert load.names(tmp_path / "none") == load.names()


def test_an_unknown_theme_names_the_nearest(folder: Path) -> None:
    with pytest.raises(NoTheme, match=r"^there is no theme 'papr': did you mean paper\? the themes are paper, ink,"):  # fmt: skip
        load.find("papr", folder)


def test_a_mistake_in_one_theme_does_not_keep_from_another(folder: Path) -> None:
    (folder / "broken.toml").write_text("name = ")
    assert load.find("mine", folder).name == "mine"
    with pytest.raises(ThemeWrong, match=r"broken\.toml"):
        load.all_themes(folder)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "why"),
    [
        ('primary = "#80c0ff"', 'primry = "#80c0ff"', 6, "'primry' in [interface] is unknown: did you mean 'primary'?"),
        ('primary = "#80c0ff"\n', "", 5, "[interface] lacks 'primary'"),
        ('"#eeeeee"', '"white"', 7, "the colour 'white' of 'foreground' is unknown: it can be #rrggbb"),
        ('"ansi_black"', '"ansi_blak"', 8, "did you mean ansi_black?"),
        ('{border = "#123456"}', "{border = 1}", 9, "'border' must be a text in quotes"),
        ("keyword", "kyword", 12, "did you mean 'keyword'?"),
        ('"bold italic', '"fat', 12, "'fat' before the colour of 'keyword' is unknown: it can be bold, italic"),
        ('"ansi_bright_black"', '""', 13, "'comment' must be a style"),
        ('"#778899"]', "7]", 16, "the colour '7' of 'palette' must be #rrggbb"),
        (', "#445566", "#778899"', "", 16, "'palette' must be a list of 3 or more colours"),
        ('paper = "#000000"', 'paper = "ansi_black"', 17, "must be #rrggbb"),
        ('ink = "#ffffff"\n', "", 15, "[plot] lacks 'ink'"),
        ('grid = "#333333"', 'grid = "#333333"\nfont = "a}%%"', 21, "'font' must be the name of a font"),
        ("dark = true", 'dark = "yes"', 3, "'dark' must be true or false"),
        ('name = "mine"', 'name = "other"', 1, "the name 'other' must be that of the file, 'mine'"),
        ("dark = true", "dark = true\nlight = false", 4, "'light' is unknown"),
        ("[plot]", "[plots]", 15, "did you mean 'plot'?"),
        ("dark = true", "dark = tru", 3, "is no TOML"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_what_is_allowed(
    folder: Path, right: str, wrong: str, line: int, why: str
) -> None:
    assert right in MINE
    path = folder / "mine.toml"
    path.write_text(MINE.replace(right, wrong, 1))
    with pytest.raises(ThemeWrong) as told:
        load.find("mine", folder)
    said = str(told.value)
    assert said.startswith(f"the theme {path}")
    assert f"line {line}" in said and why in said
    assert "\n" not in said


def test_a_theme_that_cannot_be_read(folder: Path) -> None:
    (folder / "mine.toml").unlink()
    (folder / "mine.toml").symlink_to(folder / "mine.toml")  # not for root either
    with pytest.raises(ThemeWrong, match=r"[Ss]ymbolic links"):
        load.find("mine", folder)


def test_themes_are_read_without_the_rest_of_the_house() -> None:
    program = (
        "import sys\nfrom themes.load import all_themes\nall_themes()\n"
        "print([one for one in ('textual', 'rich', 'runners', 'viscoder_tui') if one in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # fmt: skip
    assert shown.stdout.strip() == "[]"
