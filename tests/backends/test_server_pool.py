"""Several servers with the same model: who is asked, who rests, and what people notice of it."""

from __future__ import annotations

import asyncio
import time

import pytest

from backends.base import BackendError, Message, Sampling
from backends.server import Server
from backends.server_address import Served
from backends.server_patience import Patience
from backends.server_pool import Pool
from tests.backends.asking import HASTY
from tests.backends.fake_server import (  # fmt: skip
    DONE,
    FakeServer,
    answers,
    drops,
    ends,
    event,
    page,
    silent,
    streams,
)

SLOW = streams(event(content="slow"), ends(), DONE, pause=0.1)


def together(*servers: FakeServer, patience: Patience = HASTY) -> Server:
    return Server(Served(tuple(one.address for one in servers)), patience)


def ask(text: str) -> tuple[Message, ...]:
    return (Message("user", text),)


async def said(server: Server, talk: str | tuple[Message, ...] = "bars") -> str:
    messages = ask(talk) if isinstance(talk, str) else talk
    return "".join([chunk.text async for chunk in server.stream(messages, Sampling())])


async def test_requests_at_once_are_shared_out() -> None:
    async with FakeServer(SLOW) as one, FakeServer(SLOW) as other:
        server = together(one, other)
        await server.load()
        texts = await asyncio.gather(*(said(server, f"plot {number}") for number in range(10)))
        await server.close()
        assert set(texts) == {"slow"}
        assert (len(one.heard), len(other.heard)) == (5, 5)


async def test_a_conversation_stays_where_its_beginning_is_known() -> None:
    async with FakeServer() as one, FakeServer() as other:
        server = together(one, other)
        for text in "ab":
            talk = ask(text)
            for _ in range(3):
                await said(server, talk)
                talk = (*talk, Message("assistant", "hello"), Message("user", "again"))
        await server.close()
        for each in (one, other):
            assert len({heard.body["messages"][0]["content"] for heard in each.heard}) == 1
            assert len(each.heard) == 3


@pytest.mark.parametrize("fault", [drops(), silent(), streams(), page(500, {"error": "broken"}), page(503, {"error": "loading"}), page(404, {"error": "no such model"})])  # fmt: skip
async def test_another_one_answers_where_one_fails(fault: object) -> None:
    async with FakeServer(fault) as bad, FakeServer(answers("all well")) as good:  # type: ignore[arg-type]
        server = together(bad, good)
        for number in range(4):
            assert await said(server, f"plot {number}") == "all well"
        await server.close()
        assert len(bad.heard) == 1, "it rests, and is looked at before it is asked again"


async def test_one_that_is_not_there_from_the_beginning() -> None:
    async with FakeServer() as gone, FakeServer() as good:
        await gone.stop()
        server = together(gone, good)
        assert (await server.load()).name == "coder"
        assert [await said(server, str(number)) for number in range(3)] == ["hello"] * 3
        await server.close()


async def test_one_that_comes_back_is_asked_again() -> None:
    async with FakeServer() as one, FakeServer() as other:
        server = together(one, other)
        await server.load()
        await one.stop()
        for number in range(3):
            assert await said(server, f"before {number}") == "hello"
        heard = len(one.heard)
        async with await FakeServer().listen(one.port) as back:
            end = time.monotonic() + 10
            while not back.heard:
                assert time.monotonic() < end
                assert await said(server, f"after {time.monotonic()}") == "hello"
                await asyncio.sleep(0.05)
            assert back.listed, "it is asked first whether it is well"
        assert len(one.heard) == heard
        await server.close()


async def test_what_was_written_is_not_written_again_elsewhere() -> None:
    cut = streams(event(content="import "))
    async with FakeServer(cut) as one, FakeServer(cut) as other:
        server = together(one, other)
        text = ""
        with pytest.raises(BackendError, match="was cut after 1 tokens"):
            async for chunk in server.stream(ask("bars"), Sampling()):
                text += chunk.text
        await server.close()
        assert text == "import "
        assert len(one.heard) + len(other.heard) == 1


async def test_all_of_them_fail() -> None:
    async with FakeServer(page(500, {"error": "out of memory"})) as one, FakeServer(drops()) as other:  # fmt: skip
        server = together(one, other)
        with pytest.raises(BackendError):
            await asyncio.wait_for(said(server), 10)
        await one.stop()
        await other.stop()
        again = together(one, other)
        with pytest.raises(BackendError, match="nobody listens"):
            await asyncio.wait_for(said(again), 10)
        await again.close()
        await server.close()


def test_rests_grow_and_end() -> None:
    now = [0.0]
    pool = Pool(("a", "b"), lambda: now[0])
    a, b = pool.places
    rests: list[float] = []
    for _ in range(12):
        pool.failed(a)
        rests.append(pool.rest(a))
    assert rests[:4] == [0.25, 0.5, 1, 2] and rests[-1] == 30
    assert pool.pick(1) is b and pool.pick(1) is b
    assert pool.others(a) and not pool.others(b)
    pool.failed(b, 60)
    assert pool.pick(1) is a, "both rest: the one that may be asked first"
    now[0] = 31
    assert pool.pick(1) is a and pool.rest(a) == 0
    pool.worked(a)
    pool.failed(a)
    assert pool.rest(a) == 0.25
