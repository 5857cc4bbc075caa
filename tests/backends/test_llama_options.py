"""What people set about llama.cpp: the context, the cache, the template, a small model that guesses."""

from __future__ import annotations

import re
from contextlib import aclosing
from pathlib import Path

import pytest

from backends.base import BackendError, Message, ModelMissing, Sampling
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from backends.llama_cpp_options import LlamaOptions
from tests.backends.conftest import random_model

ASK = (Message("user", "python: bar chart of fruit sold: apples 3, pears 5"),)


async def told(path: Path, folder: Path, options: LlamaOptions, tokens: int = 60) -> tuple[str, int]:  # fmt: skip
    """What a model answers with these options, and its context."""
    backend = LlamaCpp(path, folder / "llama.log", options)
    text = ""
    try:
        context = (await backend.load()).context
        async with aclosing(backend.stream(ASK, Sampling(max_tokens=tokens))) as chunks:
            async for chunk in chunks:
                text += chunk.text
    finally:
        await backend.close()
    return text, context


async def test_the_context_is_as_long_as_asked_for_and_no_longer_than_the_model(tmp_path: Path) -> None:  # fmt: skip
    assert (await told(EMBEDDED, tmp_path, LlamaOptions(context=512)))[1] == 512
    assert (await told(EMBEDDED, tmp_path, LlamaOptions(context=4096)))[1] == 1024


async def test_yarn_makes_the_context_longer(tmp_path: Path) -> None:
    text, context = await told(EMBEDDED, tmp_path, LlamaOptions(rope_scale=2, context=4096))
    assert context == 2048 and text.startswith("```python")


@pytest.mark.parametrize("options", [LlamaOptions(kv_cache="q8_0"), LlamaOptions(flash_attention="off"), LlamaOptions(flash_attention="on"), LlamaOptions(gpu_layers=0)])  # fmt: skip
async def test_other_ways_of_computing_give_an_answer_too(tmp_path: Path, options: LlamaOptions) -> None:  # fmt: skip
    assert (await told(EMBEDDED, tmp_path, options))[0].startswith("```python")


@pytest.mark.parametrize(
    ("options", "flash"),
    [
        (LlamaOptions(gpu_layers=0), "disabled"),
        (LlamaOptions(gpu_layers=0, flash_attention="on"), "enabled"),
        (LlamaOptions(gpu_layers=0, kv_cache="q8_0"), "enabled"),
    ],
)
async def test_a_processor_writes_without_flash_attention_unless_it_is_wanted(
    tmp_path: Path, options: LlamaOptions, flash: str
) -> None:
    await told(EMBEDDED, tmp_path, options, 1)
    log = (tmp_path / "llama.log").read_text()
    found = re.findall(r"flash_attn += (\w+)", log) + re.findall(r"set to (enabled|disabled)", log)
    assert found[-1] == flash


async def test_what_cannot_go_together_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="kv_cache q8_0, flash_attention off"):
        await told(EMBEDDED, tmp_path, LlamaOptions(kv_cache="q8_0", flash_attention="off"))


async def test_another_template_is_what_the_model_reads(tmp_path: Path) -> None:
    refusing = LlamaOptions(chat_template="{{ raise_exception('only on Sundays') }}")
    with pytest.raises(BackendError, match="only on Sundays"):
        await told(EMBEDDED, tmp_path, refusing)
    plain = LlamaOptions(chat_template="{% for m in messages %}{{ m['content'] }}{% endfor %}")
    assert (await told(EMBEDDED, tmp_path, plain))[0] != (await told(EMBEDDED, tmp_path, LlamaOptions()))[0]  # fmt: skip


async def test_a_model_that_guesses_changes_no_answer(slow_model: Path, tmp_path: Path) -> None:
    plain, _ = await told(EMBEDDED, tmp_path, LlamaOptions())
    by_itself, _ = await told(EMBEDDED, tmp_path, LlamaOptions(draft_model=str(EMBEDDED)))
    by_fools, _ = await told(EMBEDDED, tmp_path, LlamaOptions(draft_model=str(slow_model)), 20)
    assert by_itself == plain and plain.startswith(by_fools)


async def test_a_model_of_another_vocabulary_cannot_guess(tmp_path: Path) -> None:
    other = random_model(tmp_path / "other.gguf", quantized=True, reverse=True)
    with pytest.raises(ModelMissing, match="another vocabulary"):
        await told(EMBEDDED, tmp_path, LlamaOptions(draft_model=str(other)))


async def test_a_large_log_begins_anew(tmp_path: Path) -> None:
    log = tmp_path / "llama.log"
    log.write_bytes(b"old\n" * 300_000)
    await told(EMBEDDED, tmp_path, LlamaOptions(), 1)
    small = log.stat().st_size
    assert small < 100_000
    await told(EMBEDDED, tmp_path, LlamaOptions(), 1)
    assert log.stat().st_size > small
