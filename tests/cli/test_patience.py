"""How long a server is waited for is said by the settings."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from backends.base import BackendError
from tests.backends.asking import ASK, SHORT
from tests.backends.fake_server import Act, FakeServer, Wire, event, streams
from viscoder_tui.cli import model
from viscoder_tui.config import Settings


async def _says_one_word(wire: Wire) -> None:
    await streams(event(content="Bars"))(wire)
    await wire.left.wait()


async def _says_nothing(wire: Wire) -> None:
    await wire.left.wait()


@pytest.mark.parametrize(
    ("act", "setting", "told"),
    [
        (_says_nothing, "first_token_seconds", "has not answered for 1 s"),
        (_says_one_word, "next_token_seconds", "has written nothing more for 1 s"),
    ],
)
async def test_a_silent_server_is_given_up_when_the_settings_say(act: Act, setting: str, told: str) -> None:  # fmt: skip
    async with FakeServer(act) as fake:
        settings = replace(Settings(), **{setting: 1})
        _, backend = model.started(fake.address, settings)
        await backend.load()
        began = time.monotonic()
        with pytest.raises(BackendError, match=told):
            async for _ in backend.stream(ASK, SHORT):
                pass
        assert 1 <= time.monotonic() - began < 20
        await backend.close()
