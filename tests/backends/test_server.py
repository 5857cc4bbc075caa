"""A server as people use it: a real one answers; a stand-in shows what servers differ in."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing

import pytest
import pytest_asyncio

from backends.base import (
    Finish,
    ModelMissing,
    Reading,
    Sampling,
)
from backends.server import Server
from backends.server_address import parse
from backends.server_patience import Patience
from tests.backends.asking import ASK, HASTY, SHORT, fault, said, to
from tests.backends.fake_server import (
    DONE,
    FakeServer,
    Wire,
    answers,
    counts,
    ends,
    event,
    page,
    silent,
    streams,
)
from tests.served import serving


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of llama-cpp-python's server with the embedded model."""
    with serving(tmp_path_factory.mktemp("served") / "log") as address:
        yield address


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[FakeServer]:
    async with FakeServer() as server:
        yield server


async def test_a_real_server_answers(real: str) -> None:
    server = Server(parse(real))
    info = await server.load()
    assert (info.name, info.prompt_style, info.embedded) == ("viscoder-nano", "compact", False)
    text, _, last = await said(server, sampling=Sampling(max_tokens=300))
    assert text.startswith("```python\n")
    assert last.finish is Finish.STOP and last.usage is not None
    assert last.usage.answer_tokens > 20
    assert last.usage.prompt_seconds > 0 and last.usage.answer_seconds > 0
    text, _, last = await said(server, sampling=Sampling(max_tokens=5))
    assert last.finish is Finish.LENGTH


async def test_a_real_server_is_free_at_once_when_the_answer_is_stopped(real: str) -> None:
    server = Server(parse(real))
    began = time.monotonic()
    await said(server, sampling=Sampling(max_tokens=1))
    alone = time.monotonic() - began
    hot = Sampling(temperature=5, top_p=1, max_tokens=900)
    async with aclosing(server.stream(ASK, hot)) as stream:
        async for chunk in stream:
            if chunk.tokens > 3:
                break
    began = time.monotonic()
    await said(server, sampling=Sampling(max_tokens=1))
    assert time.monotonic() - began < 10 * alone + 0.5, "900 tokens would take longer"


async def test_a_real_server_that_is_not_encrypted(real: str) -> None:
    error, _ = await fault(Server(parse(real.replace("http", "https"))))
    assert "does it speak https" in str(error)


@pytest.mark.parametrize("where", ["{0}", "{0}/", "{1}", "{1}/", "{0}/chat/completions"])
async def test_an_address_may_end_as_it_likes(fake: FakeServer, where: str) -> None:
    named = where.format(fake.address, fake.address.removesuffix("/v1"))
    assert (await said(Server(parse(named), HASTY)))[0] == "hello"
    assert fake.heard[0].path == "/v1/chat/completions"


async def test_what_is_asked_and_what_it_cost() -> None:
    counted = streams(event(content="a"), event(content="b"), ends("length"), counts(20, 9, 12), DONE)  # fmt: skip
    async with FakeServer(counted, max_model_len=4096) as fake:
        server = to(fake)
        info = await server.load()
        text, _, last = await said(server, sampling=Sampling(0.5, 0.9, 7, 33))
    assert (info.name, info.context, info.prompt_style) == ("coder", 4096, "full")
    body = fake.heard[0].body
    assert body["messages"] == [{"role": "user", "content": ASK[0].content}]
    assert (body["model"], body["stream"], body["stream_options"]) == ("coder", True, {"include_usage": True})  # fmt: skip
    assert (body["temperature"], body["top_p"], body["seed"], body["max_tokens"]) == (0.5, 0.9, 7, 33)  # fmt: skip
    assert text == "ab" and last.finish is Finish.LENGTH and last.usage is not None
    assert (last.usage.prompt_tokens, last.usage.cached_tokens, last.usage.answer_tokens) == (20, 12, 9)  # fmt: skip


async def test_a_server_that_says_nothing_before_its_first_word() -> None:
    async def late(wire: Wire) -> None:
        await asyncio.sleep(0.2)  # as Ollama does, which sends no head before
        await streams(event(content="a"), ends(), DONE)(wire)

    async with FakeServer(late) as fake:
        _, _, last = await said(to(fake))
    assert last.usage is not None
    assert last.usage.prompt_seconds >= 0.2 > last.usage.answer_seconds


async def test_how_far_the_conversation_is_read() -> None:
    def progress(done: int) -> str:
        told = {"prompt_progress": {"total": 400, "processed": done, "cache": 0, "time_ms": 1}}
        return f"data: {json.dumps({'choices': [{'delta': {}}], **told})}\n\n"

    reading = (progress(100), progress(200), progress(400))
    act = streams(*reading, event(content="a"), ends(), DONE, pause=0.4)
    async with FakeServer(act, owned_by="llamacpp") as fake:
        server = to(fake, Patience(first=1))  # for a first word, or for such a sign
        told = [chunk.reading async for chunk in server.stream(ASK, SHORT) if chunk.reading]
        await server.close()
    assert told == [Reading(100, 400), Reading(200, 400), Reading(400, 400)]
    assert fake.heard[0].body["return_progress"] is True


async def test_a_models_name_is_data() -> None:
    async with FakeServer(models=("co\x1b[31mder\n",)) as fake:
        server = to(fake)
        assert (await server.load()).name == "co?[31mder?"
        await said(server)
        assert fake.heard[0].body["model"] == "co\x1b[31mder\n"


async def test_a_server_that_counts_nothing() -> None:
    async with FakeServer(streams(event(content="a"), event(content="b"), ends())) as fake:
        text, _, last = await said(to(fake))
    assert text == "ab" and last.usage is not None
    assert (last.usage.prompt_tokens, last.usage.answer_tokens) == (0, 2)


async def test_lines_that_say_nothing_are_passed_over() -> None:
    noise = ("\ufeff: ping\n\n", "retry: 10\r\n\r\n", "garbage\n", "data: ping\n\n", "data:\n\n")
    split = event(content="Zürich 🍎").encode()
    pieces = (*noise, split[:30], split[30:47], split[47:], "\n\n", ends(), DONE)
    async with FakeServer(streams(*pieces, pause=0.01)) as fake:
        assert (await said(to(fake)))[0] == "Zürich 🍎"


async def test_a_server_that_does_not_stream() -> None:
    whole = {"choices": [{"message": {"content": "all of it"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 5, "completion_tokens": 3}}  # fmt: skip
    async with FakeServer(page(200, whole)) as fake:
        text, _, last = await said(to(fake))
    assert text == "all of it" and last.usage is not None and last.usage.answer_tokens == 3


@pytest.mark.parametrize(
    "pieces",
    [
        (event(reasoning_content="so "), event(reasoning_content="so"), event(content="code")),
        (event(reasoning="so so"), event(content="code")),
        (event(content="\n<think>so so</think>\n\ncode"),),
        tuple(event(content=letter) for letter in "<think>so so</think>\ncode"),
    ],
)
async def test_what_a_model_thinks_is_told_apart(pieces: tuple[str, ...]) -> None:
    async with FakeServer(streams(*pieces, ends(), DONE)) as fake:
        text, reasoning, _ = await said(to(fake))
    assert (text.strip(), reasoning) == ("code", "so so")


async def test_marks_further_behind_are_the_answers_own() -> None:
    async with FakeServer(streams(event(content="<thin"), event(content="g> </think>"), ends())) as fake:  # fmt: skip
        assert (await said(to(fake)))[:2] == ("<thing> </think>", "")
    async with FakeServer(streams(event(content="<thi"), ends())) as fake:
        assert (await said(to(fake)))[:2] == ("<thi", "")


async def stopped_in_the_middle() -> float:
    """Seconds until a server sees that nobody wants its answer any more."""
    async with FakeServer(silent(event(content="a"), event(content="b"))) as fake:
        server = to(fake, Patience())
        async with aclosing(server.stream(ASK, SHORT)) as stream:
            async for chunk in stream:
                if chunk.text == "b":
                    break
            began = time.monotonic()
        await settled(fake)
        await server.close()
        return fake.left_at - began


async def cancelled_at_the_beginning() -> float:
    """The same, before anything has come."""
    async with FakeServer(silent()) as fake:
        server = to(fake, Patience())
        task = asyncio.create_task(said(server))
        while not fake.heard:
            await asyncio.sleep(0.01)
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await settled(fake)
        await server.close()
        return fake.left_at - began


async def settled(fake: FakeServer) -> None:
    end = time.monotonic() + 5
    while not fake.left_at:
        assert time.monotonic() < end
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("how", [stopped_in_the_middle, cancelled_at_the_beginning])
async def test_the_server_is_free_at_once(how: Callable[[], Awaitable[float]]) -> None:
    # The best of three: a busy machine is no fault of ours.
    assert min([await how() for _ in range(3)]) < 1


@pytest.mark.parametrize(
    ("models", "wanted", "why"),
    [
        (("a", "b"), "", "has several models, name one as in --model ADDRESS#a: a, b"),
        ((), "", "names no model"),
        (("qwen-coder", "llama"), "qwen-codr", "did you mean qwen-coder"),
    ],
)
async def test_a_model_that_must_be_named(models: tuple[str, ...], wanted: str, why: str) -> None:
    async with FakeServer(models=models) as fake:
        error, _ = await fault(to(fake, model=wanted))
    assert isinstance(error, ModelMissing) and why in str(error)
    assert fake.heard == []


@pytest.mark.parametrize(
    ("models", "wanted", "name"),
    [
        (("a", "b"), "b", "b"),
        (("qwen:latest", "qwen:7b"), "qwen", "qwen:latest"),
        (("Qwen/Qwen-Coder", "b"), "qwen-coder", "Qwen/Qwen-Coder"),
        (("/models/coder.gguf",), "", "/models/coder.gguf"),
        (("coder", "text-embedding-nomic"), "", "coder"),
    ],
)
async def test_a_model_is_found_by_its_name(
    models: tuple[str, ...], wanted: str, name: str
) -> None:
    async with FakeServer(models=models) as fake:
        server = to(fake, model=wanted)
        assert "/models" not in (await server.load()).name, "a path is nothing to show"
        await said(server)
        assert fake.heard[0].body["model"] == name


async def test_a_server_without_a_list_is_believed() -> None:
    async with FakeServer() as fake:
        fake.listing = page(404, {"detail": "Not Found"})
        assert (await said(to(fake, model="any")))[0] == "hello"
        error, _ = await fault(to(fake))
        assert "names no model" in str(error)


async def test_a_model_that_is_gone_is_looked_for_anew() -> None:
    gone = page(404, {"error": {"message": 'model "coder" not found, try pulling it first'}})
    async with FakeServer(gone, answers("it is me")) as fake:
        server = to(fake)
        error, _ = await fault(server)
        assert isinstance(error, ModelMissing) and "has no model coder" in str(error)
        fake.listing = page(200, {"data": [{"id": "other"}]})
        await said(server)
        assert fake.heard[1].body["model"] == "other"


async def test_a_page_that_is_no_list_of_models(fake: FakeServer) -> None:
    fake.listing = page(200, "<html>welcome</html>")
    error, _ = await fault(to(fake))
    assert "not as a server of models does" in str(error)
