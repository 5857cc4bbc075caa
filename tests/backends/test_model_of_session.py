"""A session that is taken up is answered by the model that answered in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backends.base import ModelMissing
from backends.choose import EMBEDDED, MODEL_VARIABLE, choose, short
from backends.library import Library
from backends.pulled import Shelf
from viscoder_tui.cli.models_told import order
from viscoder_tui.config import Settings

SERVERS = {"lab": "http://127.0.0.1:8000/v1#coder"}


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A model's file."""
    path = tmp_path / "own.gguf"
    path.write_bytes(b"GGUF")
    return path


def test_a_model_is_found_again_by_what_is_remembered(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for named in ("own.gguf", "lab", "lab#other", "http://127.0.0.1:9#coder", "viscoder-nano"):
        first = choose(named, servers=SERVERS)
        monkeypatch.chdir("/")
        again = choose(None, "viscoder-nano", servers=SERVERS, session=first.remembered)
        monkeypatch.chdir(tmp_path)
        assert (again.path, again.server) == (first.path, first.server)
        assert again.why == "it answered in this session" and not again.gone


def test_flag_and_environment_go_before_the_session_and_the_settings_behind(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    assert choose("viscoder-nano", str(own), session=str(own)).why == "--model names it"
    assert choose(None, "viscoder-nano", session=str(own)).path == own
    assert choose(None, str(own)).why == "the settings name it"
    monkeypatch.setenv(MODEL_VARIABLE, "viscoder-nano")
    assert choose(None, session=str(own)).path == EMBEDDED


def test_a_model_that_is_gone_is_told_and_the_next_answers(own: Path, tmp_path: Path) -> None:
    lost = str(tmp_path / "lost.gguf")
    found = choose(None, str(own), session=lost)
    assert found.path == own
    assert found.gone == "lost, which answered in this session, is gone: own answers instead"
    found = choose(None, session="lab#coder")
    assert found.embedded and found.gone.endswith("viscoder-nano answers instead")
    with pytest.raises(ModelMissing, match="no model"):
        choose(lost, str(own), session=str(own))


def test_doctor_tells_the_order(tmp_path: Path) -> None:
    told = order(Library(Shelf(tmp_path / "models.json"), dict), Settings(model="lab"))
    places = ["--model", MODEL_VARIABLE, "the session that is taken up", "the setting model (lab)", "the best pulled", "viscoder-nano"]  # fmt: skip
    found = [told.index(place) for place in places]
    assert found == sorted(found), told


def test_the_small_model_is_remembered_only_where_somebody_named_it() -> None:
    assert choose(None).remembered == ""
    assert choose("viscoder-nano").remembered == "viscoder-nano"


def test_lists_show_a_models_name_and_no_folder() -> None:
    assert short("/home/me/models/coder-Q4_K_M.gguf") == "coder-Q4_K_M"
    assert short("lab#coder") == "lab#coder" and short("") == ""
