"""A server's key: where it comes from, to whom it goes, and that nothing shows it."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from backends.base import BackendError, Message, Sampling
from backends.server import Server
from backends.server_address import parse
from backends.server_key import Key, key_for
from backends.server_patience import Patience
from tests.backends.fake_server import FakeServer, page

SECRET = "sk-0123456789abcdef"
OPENAI = "https://api.openai.com/v1"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key anywhere, and no keyring of this machine."""
    for variable in ("VISCODER_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.mark.parametrize("address", ["http://gpu1:8000/v1", OPENAI, "https://example.org/v1"])
def test_ours_goes_to_whatever_server_is_named(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert not key_for(address)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-another")
    monkeypatch.setenv("VISCODER_API_KEY", f" {SECRET}\n")
    assert key_for(address).reveal() == SECRET


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        (OPENAI, True),
        ("https://eu.api.openai.com/v1", True),
        ("http://api.openai.com/v1", False),
        ("https://api.openai.com.example.org/v1", False),
        ("https://notopenai.com/v1", False),
        ("https://example.org/openai.com/v1", False),
        ("http://127.0.0.1:8000/v1", False),
    ],
)
def test_that_of_openai_goes_to_openai_alone(
    monkeypatch: pytest.MonkeyPatch, address: str, goes: bool
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert bool(key_for(address)) is goes


def test_the_keyring_is_asked_where_somebody_installed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def get_password(service: str, name: str) -> str | None:
        asked.append((service, name))
        return SECRET if name == "gpu1:8000" else None

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    assert key_for("http://gpu1:8000/v1").reveal() == SECRET
    assert not key_for("http://gpu2:8000/v1")
    assert asked == [("viscoder", "gpu1:8000"), ("viscoder", "gpu2:8000")]
    monkeypatch.setenv("VISCODER_API_KEY", "sk-mine")
    assert key_for("http://gpu1:8000/v1").reveal() == "sk-mine"


def test_a_keyring_that_is_locked_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_password(service: str, name: str) -> str:
        raise RuntimeError("locked")

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    assert not key_for("http://gpu1:8000/v1")


@pytest.mark.parametrize("wrong", ["two words", "schlüssel", "line\nbreak"])
def test_what_cannot_be_a_key_is_not_repeated(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("VISCODER_API_KEY", wrong)
    with pytest.raises(BackendError, match="VISCODER_API_KEY") as told:
        key_for("http://gpu1:8000/v1")
    assert wrong not in str(told.value)


def test_it_is_not_shown() -> None:
    assert SECRET not in repr(Key(SECRET)) + str(Key(SECRET)) + f"{Key(SECRET)}"


@pytest.mark.parametrize(
    ("status", "why"),
    [(401, "refuses the key"), (403, "refuses the key"), (400, "refuses the request"), (500, "failed")],
)  # fmt: skip
async def test_it_goes_along_and_a_server_that_repeats_it_is_not_quoted(
    monkeypatch: pytest.MonkeyPatch, status: int, why: str
) -> None:
    monkeypatch.setenv("VISCODER_API_KEY", SECRET)
    repeats = {"error": {"message": f"what do you mean by {SECRET}?"}}
    async with FakeServer(page(status, repeats)) as fake:
        server = Server(parse(fake.address), Patience())
        with pytest.raises(BackendError, match=why) as told:
            async for _ in server.stream((Message("user", "bars"),), Sampling()):
                pass
        await server.close()
        assert fake.heard[0].headers["authorization"] == f"Bearer {SECRET}"
    assert SECRET not in str(told.value)


async def test_without_a_key_none_is_sent() -> None:
    async with FakeServer(page(401, {"error": {"message": "no"}})) as fake:
        server = Server(parse(fake.address))
        with pytest.raises(BackendError, match="wants a key"):
            async for _ in server.stream((Message("user", "bars"),), Sampling()):
                pass
        await server.close()
        assert "authorization" not in fake.heard[0].headers
