"""A stand-in that fails in every way there is: what came stays, and the reason is one sentence."""

from __future__ import annotations

import asyncio
import json
import re
import time

import pytest

from backends.base import (
    BackendError,
    ContextOverflow,
    Sampling,
)
from backends.server import Server
from backends.server_address import parse
from backends.server_patience import Patience
from tests.backends.asking import ASK, HASTY, SHORT, fault, said, to
from tests.backends.fake_server import (
    Act,
    FakeServer,
    answers,
    drops,
    ends,
    event,
    page,
    silent,
    streams,
)
from tests.served import free_port


@pytest.mark.parametrize("how", ["cut", "half", "silence", "complaint"])
async def test_what_was_written_before_a_fault_stays(how: str) -> None:
    begin = (event(content="import "), event(content="numpy"))
    act: Act = {
        "cut": streams(*begin),
        "half": streams(*begin, 'data: {"choices": [{"delta\n\n'),
        "silence": silent(*begin),
        "complaint": streams(*begin, f"data: {json.dumps({'error': {'message': 'out of memory', 'code': 500}})}\n\n"),
    }[how]  # fmt: skip
    why = {"cut": "was cut after 2 tokens", "half": "half of a piece", "silence": "nothing more for 0.3 s", "complaint": "out of memory"}[how]  # fmt: skip
    async with FakeServer(act) as fake:
        error, text = await fault(to(fake))
    assert text == "import numpy"
    assert why in str(error)
    assert len(fake.heard) == 1, "nobody asks again once something was written"


async def test_a_server_that_is_killed_while_it_writes() -> None:
    async with FakeServer(silent(event(content="a"))) as fake:
        server = to(fake, Patience())
        text = ""
        with pytest.raises(BackendError, match="was cut after 1 tokens"):
            async for chunk in server.stream(ASK, SHORT):
                text += chunk.text
                await fake.stop()
        assert text == "a"
        await server.close()


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (silent(), "has not answered for 0.3 s"),
        (silent(": here\n\n"), "has written nothing for 0.3 s"),
        (drops(), "closed the connection before it answered"),
        (streams(), "closed the connection before it wrote anything"),
        (page(500, {"error": {"message": "CUDA error"}}), r"failed \(500\): CUDA error"),
        (page(400, {"error": {"message": "bad\nwords\x1b[31m"}}), r"refuses the request \(400\): bad words"),
        (page(302, "moved", Location="http://elsewhere/"), "sends one on to another address"),
        (page(404, {"detail": "Not Found"}), "give it up to /v1"),
        (page(200, "<html>hello</html>"), "answers with a web page"),
        (streams(event(content=""), ends("content_filter")), "stopped the answer"),
    ],
)  # fmt: skip
async def test_a_fault_is_one_sentence(act: Act, why: str) -> None:
    async with FakeServer(act) as fake:
        error, text = await fault(to(fake))
        assert text == ""
        assert re.search(why, str(error))
        assert f"127.0.0.1:{fake.port}" in str(error)


_SILENT = ("ollama", "llama-server whose slots share a context")
"""They do not say how long the conversation is, and the context."""
OVERFLOWS = {
    "vllm": (400, {"object": "error", "message": "This model's maximum context length is 2048 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.", "type": "BadRequestError", "param": None, "code": 400}),
    "llama-server": (400, {"error": {"code": 400, "message": "request (5000 tokens) exceeds the available context size (2048 tokens), try increasing it", "type": "exceed_context_size_error", "n_prompt_tokens": 5000, "n_ctx": 2048}}),
    "llama-server whose slots share a context": (500, {"error": {"code": 500, "message": "Context size has been exceeded.", "type": "server_error"}}),
    "ollama": (400, {"error": {"message": "prompt too long; exceeded max context length by 2952 tokens", "type": "invalid_request_error", "param": None, "code": None}}),
    "openai": (400, {"error": {"message": "This model's maximum context length is 2048 tokens. However, your messages resulted in 5000 tokens. Please reduce the length of the messages.", "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}}),
    "lm-studio": (400, {"error": "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 2048 tokens, which is not enough."}),
    "tgi": (422, {"error": "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 5000 `inputs` tokens and 40 `max_new_tokens`", "error_type": "validation"}),
}  # fmt: skip


@pytest.mark.parametrize("server", OVERFLOWS)
async def test_a_conversation_that_is_too_long(server: str) -> None:
    async with FakeServer(page(*OVERFLOWS[server])) as fake:
        error, _ = await fault(to(fake))
    assert isinstance(error, ContextOverflow)
    if server not in _SILENT:
        assert "has 5000 tokens and the model's context 2048" in str(error)
    assert len(fake.heard) == 1


async def test_an_overflow_within_the_stream() -> None:
    status, body = OVERFLOWS["llama-server"]
    assert status == 400
    async with FakeServer(streams(f"data: {json.dumps(body)}\n\n")) as fake:
        error, _ = await fault(to(fake))
    assert isinstance(error, ContextOverflow)


async def test_an_answer_is_asked_for_that_fits_behind_the_conversation() -> None:
    message = "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 2048 tokens and your request has 2000 input tokens (4096 > 2048 - 2000)."  # fmt: skip
    async with FakeServer(page(400, {"error": {"message": message}}), answers("it fits")) as fake:
        assert (await said(to(fake), sampling=Sampling(max_tokens=4096)))[0] == "it fits"
    assert fake.heard[1].body["max_tokens"] == 48


async def test_fields_that_a_server_does_not_take_are_left_out() -> None:
    renamed = {"error": {"message": "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "type": "invalid_request_error", "param": "max_tokens", "code": "unsupported_parameter"}}  # fmt: skip
    heat = {"error": {"message": "Unsupported value: 'temperature' does not support 0 with this model.", "param": "temperature"}}  # fmt: skip
    extra = {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}]}  # fmt: skip
    async with FakeServer(page(400, renamed), page(400, heat), page(422, extra), answers("a b")) as fake:  # fmt: skip
        server = to(fake)
        assert (await said(server))[0] == "a b"
        body = fake.heard[3].body
        assert body["max_completion_tokens"] == 40
        assert not {"max_tokens", "temperature", "stream_options"} & set(body)
        await said(server)
        assert len(fake.heard) == 5, "it is remembered"


async def test_a_busy_server_is_asked_again_when_it_says() -> None:
    busy = page(429, {"error": {"message": "slow down"}}, Retry_After="0.4")
    loading = page(503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}})  # fmt: skip
    async with FakeServer(busy, loading, loading, answers("at last")) as fake:
        began = time.monotonic()
        assert (await said(to(fake, Patience())))[0] == "at last"
        assert 0.4 <= time.monotonic() - began < 10
        assert len(fake.heard) == 4


async def test_nobody_waits_longer_than_patience_lasts() -> None:
    async with FakeServer(page(429, {"error": {"message": "slow down"}}, Retry_After="3600")) as fake:  # fmt: skip
        began = time.monotonic()
        error, _ = await fault(to(fake))
        assert "takes no more requests now (429): slow down" in str(error)
        assert time.monotonic() - began < 60, "it was told to wait an hour"
    quota = {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}
    async with FakeServer(page(429, quota)) as fake:
        error, _ = await fault(to(fake))
        assert "quota" in str(error) and len(fake.heard) == 1


async def test_a_server_that_is_started_a_moment_later() -> None:
    port = free_port()
    server = Server(parse(f"http://127.0.0.1:{port}"), Patience(refused=5))
    task = asyncio.create_task(said(server))
    await asyncio.sleep(0.4)
    async with await FakeServer().listen(port):
        assert (await task)[0] == "hello"


async def test_nobody_listens() -> None:
    error, _ = await fault(Server(parse(f"http://127.0.0.1:{free_port()}"), HASTY))
    assert "nobody listens at 127.0.0.1:" in str(error)
    error, _ = await fault(Server(parse("http://no-such-host.invalid"), HASTY))
    assert "no-such-host.invalid" in str(error)
