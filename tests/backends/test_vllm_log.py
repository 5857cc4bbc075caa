"""What vLLM's log means to people: lines of vLLM's own, as it writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from backends import vllm_log
from backends.base import BackendError, ModelMissing
from backends.vllm_process import Environment

HERE = Environment(Path("/env/bin/python"), Path("/logs/vllm.log"))


@pytest.mark.parametrize(
    ("news", "step"),
    [
        ("(EngineCore pid=9) INFO [core.py:133] Initializing a V1 LLM engine (v0.32.0) with config: model='m'", "vLLM · starting the engine"),
        ("(Worker pid=7) INFO [cpu_model_runner.py:68] Starting to load model /models/coder...", "vLLM · loading the weights"),
        ("Loading safetensors checkpoint shards:  25% Completed | 1/4\rLoading safetensors checkpoint shards:  50% Completed | 2/4", "vLLM · loading the weights · 50%"),
        ("(EngineCore pid=9) INFO [backends.py:548] Dynamo bytecode transform time: 4.21 s", "vLLM · compiling"),
        ("(Worker pid=7) INFO CPU KV cache size: 34,944 tokens, Maximum concurrency for 1,024 tokens per request: 34.12x", "vLLM · making room for conversations"),
        ("(APIServer pid=1) INFO [entry.py:140] Starting vLLM server on http://127.0.0.1:43497", "vLLM · almost ready"),
        ("WARNING [vllm.py:1703] Enforce eager set, disabling torch.compile, CUDAGraphs, and JIT kernel warmup.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_how_far_a_start_is(news: str, step: str) -> None:
    assert vllm_log.step(f"something before\n{news}\nand something behind\n") == step


@pytest.mark.parametrize(
    ("said", "status", "kind", "why"),
    [
        ("/env/bin/python: Error while finding module specification for 'vllm.entrypoints.openai.api_server' (ModuleNotFoundError: No module named 'vllm')", 1, BackendError, "there is no vLLM beside /env/bin/python: /env/bin/python -m pip install vllm"),
        ("api_server.py: error: unrecognized arguments: --no-such-thing", 2, BackendError, "unrecognized arguments: --no-such-thing"),
        ("pydantic_core._pydantic_core.ValidationError: 1 validation error for ModelConfig\n  Value error, Model architectures ['OddForCausalLM'] are not supported for now.", 1, ModelMissing, "does not know models of the kind 'OddForCausalLM'"),
        ("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB.", 1, BackendError, "not enough memory for org/model"),
        ("ValueError: Free memory on device cuda:0 (3.1/23.6 GiB) on startup is less than desired GPU memory utilization (0.9, 21.2 GiB).", 1, BackendError, "not enough memory"),
        ("ValueError: To serve at least one request with the models's max seq len (32768), (4.0 GiB KV cache is needed, which is larger than the available KV cache memory (1.0 GiB).", 1, BackendError, "lower max_length"),
        ("huggingface_hub.errors.RepositoryNotFoundError: 404 Client Error.", 1, ModelMissing, "finds no model org/model"),
        ("", 137, BackendError, "was killed while it started"),
        ("RuntimeError: operator torchvision::nms does not exist\nRuntimeError: Engine core initialization failed.", 1, BackendError, "could not start (RuntimeError: operator torchvision::nms does not exist)"),
        ("importlib.metadata.PackageNotFoundError: No package metadata\x1b[31m was found", 1, BackendError, "(PackageNotFoundError: No package metadata [31m was found)"),
        ("pydantic_core.ValidationError: 1 validation error for VllmConfig\n  Value error, block_size must be 16 [type=value_error, input_value=ArgsKwargs]", 1, BackendError, "could not start (block_size must be 16);"),
        ("", 3, BackendError, "vLLM could not start; its log is /logs/vllm.log"),
    ],
)  # fmt: skip
def test_why_it_came_to_nothing(said: str, status: int, kind: type[BackendError], why: str) -> None:
    fault = vllm_log.fault(f"INFO vLLM\n{said}\n", HERE, "org/model", status)
    assert type(fault) is kind
    assert why in str(fault) and "\n" not in str(fault) and "\x1b" not in str(fault)
