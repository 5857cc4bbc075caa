"""``viscoder config`` as people use it, each time a process of its own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import Viscoder


@pytest.fixture
def settings(environment: dict[str, str]) -> Path:
    return Path(environment["VISCODER_HOME"]) / "config" / "settings.toml"


@pytest.fixture
def editor(environment: dict[str, str], tmp_path: Path) -> Path:
    """A stand-in for an editor: it appends what stands in this file."""
    typed = tmp_path / "typed"
    typed.write_text("")
    program = tmp_path / "fake editor.py"
    program.write_text(f"import sys\nopen(sys.argv[1], 'a').write(open({str(typed)!r}).read())\n")
    environment.pop("VISUAL", None)
    environment["EDITOR"] = f"'{sys.executable}' '{program}'"
    return typed


def test_the_path_is_printed_whether_the_file_exists_or_not(
    viscoder: Viscoder, settings: Path
) -> None:
    shown = viscoder("config", "path")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"{settings}\n", "")
    assert not settings.exists()


def test_show_tells_each_value_and_where_it_comes_from(
    viscoder: Viscoder, settings: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    settings.parent.mkdir(parents=True)
    settings.write_text('\ntheme = "ink"\nrounds = 1\n\n[keys]\nrun = "f5"\n')
    (tmp_path / ".viscoder.toml").write_text('language = "svg"\n')
    environment["VISCODER_ROUNDS"] = "5"
    shown = viscoder("config", "show")
    assert shown.returncode == 0, shown.stderr
    told = {line.split()[0]: " ".join(line.split()[1:]) for line in shown.stdout.splitlines()}
    assert told["theme"] == f'"ink" ({settings}, line 2)'
    assert told["rounds"] == "5 (VISCODER_ROUNDS)"
    assert told["language"] == f'"svg" ({tmp_path / ".viscoder.toml"}, line 1)'
    assert told["keys"] == f'{{run = "f5"}} ({settings}, line 5)'
    assert told["threads"] == "0 (default: all cores)"
    assert viscoder("config").stdout == shown.stdout


def test_show_as_json(viscoder: Viscoder, settings: Path, environment: dict[str, str]) -> None:
    environment["VISCODER_PLOTS_FOLLOW_THEME"] = "yes"
    told = json.loads(viscoder("config", "show", "--json").stdout)
    assert (told["schema_version"], told["file"], told["project"]) == (1, str(settings), None)
    found = {one["name"]: one for one in told["settings"]}
    assert found["plots_follow_theme"]["value"] is True
    assert found["plots_follow_theme"]["origin"] == "VISCODER_PLOTS_FOLLOW_THEME"
    assert found["keys"] == {
        "name": "keys",
        "type": "table of texts",
        "value": {},
        "origin": "default",
        "default": {},
        "description": found["keys"]["description"],
        "variable": None,
        "flag": None,
    }


def test_the_schema_is_one(viscoder: Viscoder) -> None:
    schema = json.loads(viscoder("config", "schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "theme" in schema["properties"]
    assert schema["properties"]["sandbox"]["enum"] == ["bubblewrap", "docker"]


def test_edit_begins_with_every_setting_as_a_comment(
    viscoder: Viscoder, settings: Path, editor: Path
) -> None:
    editor.write_text("rounds = 5\n")
    shown = viscoder("config", "edit")
    assert shown.returncode == 0, shown.stderr
    assert "is right" in shown.stderr
    text = settings.read_text()
    assert "# theme = " in text and text.endswith("rounds = 5\n")
    assert re.search(r"^rounds +5 ", viscoder("config", "show").stdout, re.MULTILINE)
    editor.write_text("")
    assert viscoder("config", "edit").returncode == 0
    assert settings.read_text() == text, "what is there is kept"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("roundz = 5\n", "line 1): did you mean 'rounds'?"),
        ("rounds = \n", "line 1"),
        ('theme = "inkk"\n', "line 1): there is no theme 'inkk': did you mean ink?"),
        ('language = "pyton"\n', "line 1): there is no language 'pyton': did you mean python?"),
    ],
)
def test_edit_says_what_is_wrong_and_can_be_called_again(
    viscoder: Viscoder, settings: Path, editor: Path, typed: str, why: str
) -> None:
    settings.parent.mkdir(parents=True)
    settings.write_text("")
    editor.write_text(typed)
    for _ in range(2):
        settings.write_text("")
        shown = viscoder("config", "edit")
        assert shown.returncode == 2
        assert shown.stderr.count("\n") == 1
        assert why in shown.stderr and str(settings) in shown.stderr
    editor.write_text("# nothing\n")
    settings.write_text(typed)
    assert viscoder("config", "edit").returncode == 2
    assert settings.read_text() == f"{typed}# nothing\n", "a wrong file can still be edited"


def test_a_mistake_in_a_users_theme_is_told_with_its_line(
    viscoder: Viscoder, settings: Path, editor: Path
) -> None:
    (settings.parent / "themes").mkdir(parents=True)
    theme = settings.parent / "themes" / "mine.toml"
    theme.write_text('name = "mine"\ntitle = "Mine"\ndark = 1\n')
    editor.write_text("")
    settings.write_text('theme = "mine"\n')
    shown = viscoder("config", "edit")
    assert shown.returncode == 2
    assert f"the theme {theme}, line 3: 'dark' must be true or false" in shown.stderr


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("", "no editor is named: export EDITOR=nano"),
        ("no-such-editor -w", "the editor no-such-editor cannot be started (No such file"),
        ("'unfinished", "cannot be read as a command"),
        ("false", "the editor false ended with status 1"),
    ],
)
def test_an_editor_that_cannot_be_had_is_one_sentence(
    viscoder: Viscoder, environment: dict[str, str], command: str, why: str
) -> None:
    environment.pop("VISUAL", None)
    environment["EDITOR"] = command
    shown = viscoder("config", "edit")
    assert (shown.returncode, shown.stdout) == (2, "")
    assert why in shown.stderr and shown.stderr.count("\n") == 1


def test_the_setting_editor_comes_before_the_environment(
    viscoder: Viscoder, environment: dict[str, str], settings: Path, editor: Path
) -> None:
    settings.parent.mkdir(parents=True)
    settings.write_text(f"editor = {json.dumps(environment['EDITOR'])}\n")
    environment["VISUAL"] = "false"
    editor.write_text("threads = 1\n")
    assert viscoder("config", "edit").returncode == 0
    assert settings.read_text().endswith("threads = 1\n")
