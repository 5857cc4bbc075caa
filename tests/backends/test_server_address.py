"""What people type to name a server, and what it is read as; nothing is asked of anybody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from backends.base import ModelMissing
from backends.choose import choose
from backends.server_address import Served, parse, served

SERVERS = {"lab": "http://gpu1:8000/v1, http://gpu2:8000/v1", "one": "http://gpu3:1#qwen"}
LAB = ("http://gpu1:8000/v1", "http://gpu2:8000/v1")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/v1"),
        ("http://127.0.0.1:8000/v1//", "http://127.0.0.1:8000/v1"),
        ("HTTP://GPU1:8000/v1/chat/completions", "http://gpu1:8000/v1"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
        ("https://example.org/openai/v1", "https://example.org/openai/v1"),
        ("https://example.org/v1beta/openai/", "https://example.org/v1beta/openai"),
        ("https://example.org/models-of/us", "https://example.org/models-of/us/v1"),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert parse(text) == Served((address,))
    assert parse(f"{text}#qwen2.5-coder:7b") == Served((address,), "qwen2.5-coder:7b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lab", Served(LAB, "", "lab")),
        ("lab#Qwen/Qwen-Coder", Served(LAB, "Qwen/Qwen-Coder", "lab")),
        ("one", Served(("http://gpu3:1/v1",), "qwen", "one")),
        ("one#other", Served(("http://gpu3:1/v1",), "other", "one")),
        ("http://gpu1:8000,http://gpu2:8000/v1/#m", Served(LAB, "m")),
        ("http://gpu1:8000#m, http://gpu2:8000#m,", Served(LAB, "m")),
        ("labs", None),
        ("model.gguf", None),
        ("gpu1:8000", None),
    ],
)
def test_a_server(text: str, found: Served | None) -> None:
    assert served(text, SERVERS) == found


def test_how_it_is_shown() -> None:
    labels = [one.label for one in (parse("http://a:1"), parse("http://a:1,http://b:2#m")) if one]
    assert labels == ["a:1", "a:1 and 1 more#m"]
    found = choose("lab#m", servers=SERVERS)
    assert (found.name, found.why, found.embedded) == ("lab#m", "--model names it", False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ftp://gpu1/v1", "must look like http://"),
        ("http:///v1", "must look like http://"),
        ("http://gpu1:99999", "cannot be read"),
        ("http://gpu1 http://gpu2", "separated by commas"),
        ("http://gpu1/v1?key=1", "must not have a ?"),
        ("http://me:secret@gpu1/v1", "set VISCODER_API_KEY instead"),
        ("http://me:secret@gpu1:port/v1", "cannot be read"),
        ("http://a#m,http://b#n", "one model, not m and n"),
    ],
)
def test_an_address_that_is_none(text: str, why: str) -> None:
    with pytest.raises(ModelMissing) as told:
        choose(text)
    assert why in str(told.value)
    assert "secret" not in str(told.value)
    with pytest.raises(ModelMissing, match="the server 'mine' of the settings"):
        choose("mine", servers={"mine": text})


@pytest.mark.parametrize(("text", "near"), [("lap", "lab"), ("lap#m", "lab"), ("gpu1:8000", "http://gpu1:8000"), ("gpu1:8000/v1#m", "http://gpu1:8000/v1#m")])  # fmt: skip
def test_an_unknown_name_gets_the_nearest_right_one(text: str, near: str) -> None:
    with pytest.raises(ModelMissing) as told:
        choose(text, servers=SERVERS)
    assert str(told.value) == f"there is no model {text}: did you mean {near}?"


@pytest.mark.parametrize("servers", [{}, SERVERS])
def test_the_order_in_which_a_model_is_chosen(
    monkeypatch: pytest.MonkeyPatch, servers: Mapping[str, str]
) -> None:
    assert choose(None, servers=servers).embedded, "a server that is only known is not asked"
    assert choose(None, "http://settings:1", servers=servers).name == "settings:1"
    monkeypatch.setenv("VISCODER_MODEL", "http://variable:1")
    assert choose(None, "http://settings:1", servers=servers).name == "variable:1"
    assert choose("http://flag:1", "http://settings:1", servers=servers).name == "flag:1"


def test_without_a_server_nothing_of_http_is_loaded() -> None:
    code = (
        "import sys\nfrom viscoder_tui.cli import chat, doctor, model, plot\n"
        "from viscoder_tui.config import Settings\nfrom backends.choose import choose\n"
        "choose('viscoder-nano', None, None, {'lab': 'http://gpu1:8000'})\n"
        "assert not {'httpx2', 'backends.server', 'keyring'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
