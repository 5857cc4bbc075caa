"""How the tests of servers ask: what is said, in what patience, and how it fails."""

from __future__ import annotations

from backends.base import BackendError, Chunk, Message, Sampling
from backends.server import Server
from backends.server_address import Served
from backends.server_patience import Patience
from tests.backends.fake_server import FakeServer

ASK = (Message("user", "python: bar chart of fruit sold: apples 3, pears 5"),)
SHORT = Sampling(max_tokens=40)
HASTY = Patience(connect=1, listing=1, first=0.3, between=0.3, refused=0.3, busy=2)


def to(server: FakeServer, patience: Patience = HASTY, model: str = "") -> Server:
    return Server(Served((server.address,), model), patience)


async def said(server: Server, messages: tuple[Message, ...] = ASK, sampling: Sampling = SHORT) -> tuple[str, str, Chunk]:  # fmt: skip
    """The text, the reasoning and the last chunk of an answer."""
    text, reasoning, last = "", "", None
    async for chunk in server.stream(messages, sampling):
        text += chunk.text
        reasoning += chunk.reasoning
        last = chunk
    await server.close()
    assert last is not None
    return text, reasoning, last


async def fault(server: Server, messages: tuple[Message, ...] = ASK) -> tuple[BackendError, str]:
    """How an answer fails, and what was written before."""
    text = ""
    try:
        async for chunk in server.stream(messages, SHORT):
            text += chunk.text
    except BackendError as error:
        assert "\n" not in str(error)
        return error, text
    finally:
        await server.close()
    raise AssertionError(f"it answered {text}")
