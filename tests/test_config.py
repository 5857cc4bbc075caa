"""Settings: which layer wins, what a mistake is answered with, and that the papers tell the truth."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from viscoder_tui import config
from viscoder_tui.cli.picture import IMAGE_PROTOCOLS
from viscoder_tui.config import SettingsWrong

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a project in it; one works in a folder of the project."""
    here = tmp_path / "home" / "project" / "charts"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("VISCODER_HOME", str(tmp_path / "viscoder"))
    for variable in ("MODEL", "ROUNDS", "IMAGE", "THEME"):
        monkeypatch.delenv(f"VISCODER_{variable}", raising=False)
    return here


@pytest.fixture
def users(tmp_path: Path) -> Write:
    path = tmp_path / "viscoder" / "config" / "settings.toml"

    def write(text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


@pytest.fixture
def projects(place: Path) -> Write:
    def write(text: str) -> Path:
        path = place.parent / ".viscoder.toml"
        path.write_text(text)
        return path

    return write


def origins(**flags: object) -> dict[str, tuple[object, str]]:
    return {one.name: (one.value, one.origin) for one in config.described(flags)}


def test_without_anything_the_defaults_are_in_force() -> None:
    assert config.load() == config.Settings()
    assert {origin for _, origin in origins().values()} == {"default"}


def test_each_layer_wins_over_the_one_before(
    users: Write, projects: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = users("rounds = 1\nmax_time = 100\ntheme = 'ink'\nthreads = 2\n")
    ours = projects("\nrounds = 2\nmax_time = 200\ntheme = 'paper'\n")
    monkeypatch.setenv("VISCODER_MAX_TIME", "300")
    monkeypatch.setenv("VISCODER_ROUNDS", "3")
    found = origins(rounds=4, max_time=None)
    assert found["rounds"] == (4, "--rounds")
    assert found["max_time"] == (300, "VISCODER_MAX_TIME")
    assert found["theme"] == ("paper", f"{ours}, line 4")
    assert found["threads"] == (2, f"{mine}, line 4")
    assert found["image"] == ("auto", "default")
    assert config.load({"rounds": 4}).rounds == 4
    assert config.load().rounds == 3


def test_keys_of_both_files_are_in_force(users: Write, projects: Write) -> None:
    mine = users('[keys]\nrun = "ctrl+r"\nstop = "f8"\n')
    ours = projects('keys = {run = "f5"}')
    assert config.load().keys == {"run": "f5", "stop": "f8"}
    assert origins()["keys"][1] == f"{mine}, line 1; {ours}, line 1"


@pytest.mark.parametrize(("text", "value"), [("true", True), ("ON", True), ("1", True), ("false", False), ("no", False)])  # fmt: skip
def test_yes_and_no_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, users: Write, text: str, value: bool
) -> None:
    users(f"plots_follow_theme = {str(not value).lower()}")
    assert config.load().plots_follow_theme is not value
    monkeypatch.setenv("VISCODER_PLOTS_FOLLOW_THEME", text)
    assert config.load().plots_follow_theme is value


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISCODER_ROUNDS", "")
    assert config.load().rounds == 3


def test_a_project_is_found_up_to_its_root_and_not_above(place: Path) -> None:
    project, home = place.parent, place.parent.parent
    (home / ".viscoder.toml").write_text("rounds = 7")
    assert config.load().rounds == 7, "the home folder is looked at too"
    (project / ".git").mkdir()
    assert config.load().rounds == 3, "what lies above the project is none of its business"
    (project / ".viscoder.toml").write_text("rounds = 5")
    assert config.load().rounds == 5
    (place / ".viscoder.toml").write_text("rounds = 6")
    assert config.load().rounds == 6, "the nearest counts"


def test_a_folder_of_everybody_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "tmp" / "mine"
    shared.mkdir(parents=True)
    (tmp_path / "tmp" / ".viscoder.toml").write_text("rounds = 9")
    monkeypatch.chdir(shared)
    assert config.load().rounds == 3
    (shared / ".viscoder.toml").write_text("rounds = 8")
    assert config.load().rounds == 8


def test_a_projects_model_lies_beside_its_file(projects: Write, place: Path) -> None:
    projects('model = "models/small.gguf"')
    assert config.load().model == str(place.parent / "models/small.gguf")
    projects('model = "viscoder-nano"')
    assert config.load().model == "viscoder-nano"


def test_a_project_cannot_name_a_command(projects: Write, tmp_path: Path) -> None:
    path = projects('rounds = 2\neditor = "sh evil.sh"')
    with pytest.raises(SettingsWrong) as told:
        config.load()
    assert f"the setting 'editor' ({path}, line 2) cannot be made for a project" in str(told.value)
    assert str(tmp_path / "viscoder" / "config" / "settings.toml") in str(told.value)


@pytest.mark.parametrize(
    "text",
    ["[servers]\nmine = 'http://elsewhere/v1'", "model = 'http://elsewhere/v1#m'", "model = 'HTTPS://elsewhere'", "model = 'lab'", "model = 'lab#m'"],
)  # fmt: skip
def test_a_project_cannot_send_your_words_to_a_server(
    users: Write, projects: Write, text: str
) -> None:
    mine = users('model = "lab#coder"\n[servers]\nlab = "http://gpu1:8000/v1"')
    assert config.load().model == "lab#coder"
    path = projects(text)
    with pytest.raises(SettingsWrong) as told:
        config.load()
    assert f"{path}, line 1" in str(told.value) and str(mine) in str(told.value)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("rounds = 1\nthem = 'ink'", 2, "did you mean 'theme'? there are model, language"),
        ("# rounds = 1\n\nrounds = -1", 3, "must be a whole number, 0 or more"),
        ("rounds = true", 1, "must be a whole number, 0 or more"),
        ("max_tokens = 0", 1, "must be a whole number, 1 or more"),
        ("model = 1", 1, "must be a text in quotes"),
        ("plots_follow_theme = 'yes'", 1, "must be true or false"),
        ("image = 'sixels'", 1, "cannot be 'sixels': did you mean 'sixel'? it can be auto, kitty"),
        ("image = 3", 1, "cannot be '3': it can be auto"),
        ("[keys]\nrun = 'f5'\nstop = 8", 3, "the setting 'keys.stop'"),
        ("keys = 'f5'", 1, "must be a table: [keys]"),
        ("sandbox = 'none'", 1, "cannot be 'none': it can be bubblewrap, docker"),
        ("[theme]\nname = 'ink'", 1, "must be a text in quotes"),
        ("rounds = 1\nrounds = 2", 2, "cannot be read"),
    ],
)
def test_a_mistake_names_file_and_line_and_what_to_do(
    users: Write, projects: Write, text: str, line: int, why: str
) -> None:
    for write in (users, projects):
        path = write(text)
        with pytest.raises(SettingsWrong) as told:
            config.load()
        said = str(told.value)
        assert str(path) in said and f"line {line}" in said and why in said
        assert "\n" not in said
        path.unlink()


def test_a_mistake_in_the_environment_or_a_flag_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsWrong, match=r"^--rounds must be a whole number"):
        config.load({"rounds": -1})
    monkeypatch.setenv("VISCODER_ROUNDS", "many")
    with pytest.raises(SettingsWrong, match=r"'rounds' \(in VISCODER_ROUNDS\) must be a whole"):
        config.load()


def test_the_pictures_of_the_settings_are_those_of_the_command_line() -> None:
    (image,) = [one for one in config.described() if one.name == "image"]
    assert image.flag == "--image"
    assert tuple(config.schema()["properties"]["image"]["enum"]) == IMAGE_PROTOCOLS


def uncommented() -> str:
    lines = [line.removeprefix("# ") for line in config.template().splitlines()]
    return "\n".join(line for line in lines if re.match(r"\[|\w+ = ", line))


def test_the_file_to_begin_with_names_every_setting_and_sets_none(users: Write) -> None:
    users(config.template())
    assert config.load() == config.Settings()
    users(uncommented())
    assert config.load() == config.Settings(
        keys={"run": "ctrl+r"},
        servers={"lab": "http://gpu1:8000/v1"},
        vllm={"model": "~/models/Qwen2.5-Coder-7B-Instruct"},
    )
    assert all(origin != "default" for _, origin in origins().values())


def test_the_schema_takes_what_can_be_loaded_and_nothing_else() -> None:
    schema = config.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tomllib.loads(uncommented()), schema)
    for wrong in ("them = 'ink'", "rounds = -1", "rounds = true", "image = 'x'", "keys = {run = 1}", "max_time = 0"):  # fmt: skip
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(wrong), schema)


def test_the_readme_tells_the_settings_as_they_are() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert config.markdown_table() in readme, "make the table anew: config.markdown_table()"
    section = readme.split("## Settings", 1)[1].split("\n## ", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| `")]  # fmt: skip
    found = config.described()
    assert [row[0] for row in rows] == [f"`{one.name}`" for one in found]
    for (_, over, default, text), one in zip(rows, found, strict=True):
        assert re.findall(r"`(.+?)`", over) == [each for each in (one.variable, one.flag) if each]
        assert default == (one.unset or f"`{config.toml(one.default)}`")
        assert text.startswith(one.text)
