"""The settings of a vLLM that viscoder starts: a table within a table, with values of several kinds."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from backends.vllm_options import VllmOptions, read
from viscoder_tui import config
from viscoder_tui.config import SettingsWrong

FULL = """
model = "vllm"

[backends.vllm]
model = "~/models/coder"
python = "/opt/vllm/bin/python"
tensor_parallel = 2
gpu_memory = 0.5
max_length = 4096
start_seconds = 60
arguments = ["--dtype", "bfloat16"]
"""


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VISCODER_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISCODER_MODEL", raising=False)
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    return path


def test_everything_can_be_said_and_reaches_vllm(settings: Path) -> None:
    settings.write_text(FULL)
    options = read(config.load().vllm)
    assert (options.model, options.python, options.start_seconds) == ("~/models/coder", "/opt/vllm/bin/python", 60)  # fmt: skip
    assert options.engine() == [
        "--enable-prefix-caching", "--tensor-parallel-size", "2", "--gpu-memory-utilization", "0.5",
        "--max-model-len", "4096", "--dtype", "bfloat16",
    ]  # fmt: skip
    (told,) = [one for one in config.described() if one.name == "backends.vllm"]
    assert told.origin == f"{settings}, line 4" and "tensor_parallel = 2" in config.toml(told.value)


def test_nothing_said_leaves_it_to_vllm() -> None:
    assert read(config.load().vllm) == VllmOptions()
    assert VllmOptions().engine() == ["--enable-prefix-caching", "--tensor-parallel-size", "1"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("tensor_paralel = 2", "line 2) is unknown: did you mean 'tensor_parallel'?"),
        ('tensor_parallel = "2"', "line 2) must be a whole number, 1 or more"),
        ("tensor_parallel = 0", "must be a whole number, 1 or more"),
        ("gpu_memory = 90", "must be a number between 0 and 1"),
        ("gpu_memory = true", "must be a number between 0 and 1"),
        ('arguments = "--dtype half"', "must be a list of texts"),
        ("model = 7", "must be a text in quotes"),
    ],
)
def test_a_mistake_names_its_line(settings: Path, line: str, why: str) -> None:
    settings.write_text(f"[backends.vllm]\n{line}\n")
    with pytest.raises(SettingsWrong) as wrong:
        config.load()
    name = line.partition(" ")[0]
    assert f"the setting 'backends.vllm.{name}' ({settings}" in str(wrong.value)
    assert why in str(wrong.value)


def test_another_backend_is_no_setting(settings: Path) -> None:
    settings.write_text('[backends.vlm]\nmodel = "x"\n')
    with pytest.raises(SettingsWrong, match=r"there is no setting 'backends.vlm' .*did you mean 'backends.vllm'"):  # fmt: skip
        config.load()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[backends.vllm]\npython = "/tmp/evil"', "cannot be made for a project"),
        ('model = "vllm:org/model"', "would start a vLLM, so that a project cannot name it"),
    ],
)
def test_a_project_starts_nothing(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / ".viscoder.toml").write_text(text)
    with pytest.raises(SettingsWrong, match=why):
        config.load()


def test_the_schema_knows_it() -> None:
    schema = config.schema()
    jsonschema.validate({"backends": {"vllm": {"model": "m", "tensor_parallel": 2}}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"backends": {"other": {}}}, schema)
