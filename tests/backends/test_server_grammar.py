"""Servers hold an answer to its form where they can, and answer freely where they cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from backends.base import Finish, Sampling
from backends.server import Server
from backends.server_address import parse
from runners import languages
from tests.backends.asking import ASK, SHORT, said, to
from tests.backends.fake_server import FakeServer, answers, page
from tests.served import serving
from viscoder_tui.agent.answer import extract
from viscoder_tui.agent.form import grammar

FORM = grammar(languages.find("python"), "fence")
HELD = Sampling(max_tokens=40, grammar=FORM)


@pytest.mark.parametrize(
    ("owner", "field", "value"),
    [("vllm", "structured_outputs", {"grammar": FORM}), ("llamacpp", "grammar", FORM)],
)
async def test_a_server_gets_the_form_in_its_own_words(owner: str, field: str, value: object) -> None:  # fmt: skip
    async with FakeServer(owned_by=owner) as fake:
        server = to(fake)
        await said(server, sampling=HELD)
        await said(server, sampling=SHORT)
    assert fake.heard[0].body[field] == value
    assert field not in fake.heard[1].body, "it is sent only where it is wanted"


@pytest.mark.parametrize("owner", ["openai", "library", "organization_owner", ""])
async def test_a_server_that_may_not_know_it_is_not_sent_it(owner: str) -> None:
    async with FakeServer(owned_by=owner) as fake:
        await said(to(fake), sampling=HELD)
    assert not {"grammar", "structured_outputs", "response_format"} & fake.heard[0].body.keys()


@pytest.mark.parametrize(
    ("owner", "status", "body"),
    [
        ("llamacpp", 400, {"error": {"code": 400, "message": "Failed to initialize samplers: failed to parse grammar", "type": "invalid_request_error"}}),
        ("vllm", 400, {"error": {"message": "Invalid grammar specification.", "type": "BadRequestError", "param": None, "code": 400}}),
        ("vllm", 400, {"error": {"message": "[{'type': 'extra_forbidden', 'loc': ('body', 'structured_outputs')}]", "type": "BadRequestError", "param": None, "code": 400}}),
    ],
)  # fmt: skip
async def test_who_refuses_it_is_asked_without(owner: str, status: int, body: object) -> None:
    async with FakeServer(page(status, body), answers("a b"), owned_by=owner) as fake:
        server = to(fake)
        assert (await said(server, sampling=HELD))[0] == "a b"
        await said(server, sampling=HELD)
    with_it = [bool({"grammar", "structured_outputs"} & one.body.keys()) for one in fake.heard]
    assert with_it == [True, False, False], "it is remembered"


async def test_a_real_server_holds_the_model_to_the_form(tmp_path: Path) -> None:
    with serving(tmp_path / "log") as address:
        hot = Sampling(3.0, 1.0, 5, 300, grammar=grammar(languages.find("d2"), "fence"))
        text, _, last = await said(Server(parse(address)), ASK, hot)
    d2 = languages.find("d2")
    code = extract(text, d2)
    assert code.fenced and code.closed == (last.finish is Finish.STOP)
    fence = next(line for line in text.split("\n") if line.startswith("```"))
    assert fence[3:] in (d2.name, *d2.aliases), "though python was asked for"
