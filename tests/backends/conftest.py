"""Real models for llama.cpp: the embedded one, and ones with random weights that are slow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
import pytest_asyncio

from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from tests import vllm
from tests.conftest import needed

_SERVED = pytest.StashKey[vllm.Served]()
WIDTH, LAYERS, HIDDEN = 512, 6, 1408


def field(reader: Any, name: str) -> Any:
    return reader.get_field(name).contents()


def random_model(path: Path, *, quantized: bool = False, template: bool = True, reverse: bool = False) -> Path:  # fmt: skip
    """A Llama with random weights and the embedded model's tokenizer, or that one from behind."""
    reader = gguf.GGUFReader(EMBEDDED)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("random")
    writer.add_context_length(2048)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(8)
    writer.add_head_count_kv(8)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(64)
    tokens = field(reader, "tokenizer.ggml.tokens")[:: -1 if reverse else 1]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("deepseek-coder")
    writer.add_token_list(tokens)
    writer.add_token_types(field(reader, "tokenizer.ggml.token_type"))
    writer.add_token_merges(field(reader, "tokenizer.ggml.merges"))
    writer.add_bos_token_id(field(reader, "tokenizer.ggml.bos_token_id"))
    writer.add_eos_token_id(field(reader, "tokenizer.ggml.eos_token_id"))
    if template:
        writer.add_chat_template(field(reader, "tokenizer.chat_template"))
    chance = np.random.default_rng(1)

    def matrix(name: str, rows: int, columns: int) -> None:
        weights = chance.standard_normal((rows, columns), dtype=np.float32) * columns**-0.5
        if quantized:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quantize(weights, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, weights.astype(np.float16))

    layers = 2 if quantized else LAYERS
    writer.add_block_count(layers)
    matrix("token_embd.weight", len(tokens), WIDTH)
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, dtype=np.float32))
    for layer in range(layers):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{norm}.weight", np.ones(WIDTH, dtype=np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            matrix(f"blk.{layer}.{part}.weight", WIDTH, WIDTH)
        matrix(f"blk.{layer}.ffn_gate.weight", HIDDEN, WIDTH)
        matrix(f"blk.{layer}.ffn_up.weight", HIDDEN, WIDTH)
        matrix(f"blk.{layer}.ffn_down.weight", WIDTH, HIDDEN)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="session")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that takes seconds to read a long prompt."""
    return random_model(tmp_path_factory.mktemp("models") / "slow.gguf")


@pytest.fixture(scope="session")
def q8_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A q8_0 model without a chat template."""
    path = tmp_path_factory.mktemp("models") / "q8_0.gguf"
    return random_model(path, quantized=True, template=False)


@pytest_asyncio.fixture
async def nano(tmp_path: Path) -> AsyncIterator[LlamaCpp]:
    """The embedded model."""
    backend = LlamaCpp(EMBEDDED, tmp_path / "llama.log", embedded=True)
    yield backend
    await backend.close()


def pytest_collection_finish(session: pytest.Session) -> None:
    """vLLM takes half a minute to start: it does so beside the tests that do not need it."""
    wanted = any("served_by_vllm" in getattr(item, "fixturenames", ()) for item in session.items)
    if wanted and vllm.INSTALLED.exists() and not session.config.option.collectonly:
        session.config.stash[_SERVED] = vllm.Served()


@pytest.fixture(scope="session")
def served_by_vllm(request: pytest.FixtureRequest) -> Iterator[vllm.Served]:
    """A vLLM that serves the embedded model, or is about to."""
    needed(vllm.INSTALLED.exists(), "vLLM (make vllm)")
    found = request.config.stash[_SERVED]
    yield found
    found.end()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server ends with the tests, those that were stopped too."""
    if _SERVED in config.stash:
        config.stash[_SERVED].end()
