"""Interpreters started ahead wait for their program, in every language that has them."""

from __future__ import annotations

import pytest

from runners import languages
from runners.base import Limits
from runners.sandbox import sandbox
from runners.toolchains import missing
from runners.warm import Spares, discard
from tests.conftest import need, needed

AHEAD = [one.name for one in languages.all_languages() if one.steps("png")[0].standby]


@pytest.mark.parametrize("name", AHEAD)
async def test_a_spare_says_that_it_is_ready(name: str) -> None:
    need("bwrap")
    language = languages.find(name)
    needed(not missing(language.toolchain), f"what {language.title} needs")
    spares = Spares(sandbox("bubblewrap"))
    spares.prepare(language, Limits())
    spare = await spares.take(name, language.steps("png")[0])
    assert spare is not None
    await discard(spare.process, spare.workspace)
    await spares.close()
