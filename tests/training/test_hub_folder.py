# pyright: reportUnknownMemberType=false
# PyTorch leaves the types of much that is used here open.
"""The embedded model as a folder that vLLM serves: the same weights and the same tokens."""

from __future__ import annotations

import itertools
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backends.choose import EMBEDDED

torch: Any = (
    __import__("torch")
    if os.environ.get("CI")
    else pytest.importorskip("torch", reason="no PyTorch")
)

import gguf
from tokenizers import Tokenizer as Bpe

from viscoder_tui.training.adopt import tokenizer_of
from viscoder_tui.training.synthesize import samples

LAYER = "model.layers.3."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hub") / "viscoder-nano"
    command = [sys.executable, "-m", "viscoder_tui.training", "hub_folder", "--from", str(EMBEDDED)]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, check=True)
    assert f"--model vllm:{out}" in done.stderr
    return out


def stored(path: Path) -> dict[str, Any]:
    """The tensors of a safetensors file, read as its format says."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    body = data[8 + length :]
    found: dict[str, Any] = {}
    for name, about in header.items():
        if name != "__metadata__":
            begin, end = about["data_offsets"]
            numbers = torch.frombuffer(bytearray(body[begin:end]), dtype=torch.float16)
            found[name] = numbers.view(about["shape"])
    return found


def test_every_weight_is_there_once_and_exactly(folder: Path) -> None:
    tensors = stored(folder / "model.safetensors")
    gguf_file = {one.name: torch.from_numpy(one.data.copy()) for one in gguf.GGUFReader(EMBEDDED).tensors}  # fmt: skip
    assert len(tensors) == len(gguf_file)
    assert torch.equal(tensors["model.embed_tokens.weight"], gguf_file["token_embd.weight"])
    assert torch.equal(tensors[LAYER + "mlp.down_proj.weight"], gguf_file["blk.3.ffn_down.weight"])
    assert torch.equal(tensors[LAYER + "self_attn.v_proj.weight"], gguf_file["blk.3.attn_v.weight"])
    config = json.loads((folder / "config.json").read_text())
    # llama.cpp rotates neighbours, the hub's form rotates halves.
    theirs = tensors[LAYER + "self_attn.q_proj.weight"].view(config["num_attention_heads"], 2, config["head_dim"] // 2, -1)  # fmt: skip
    assert torch.equal(theirs.transpose(1, 2).reshape(config["hidden_size"], -1), gguf_file["blk.3.attn_q.weight"])  # fmt: skip


def test_requests_are_the_same_tokens_as_in_training(folder: Path) -> None:
    ours = tokenizer_of(gguf.GGUFReader(EMBEDDED))
    theirs = Bpe.from_file(str(folder / "tokenizer.json"))
    assert [theirs.id_to_token(one) for one in range(ours.size)] == list(ours.texts)
    same = seen = 0
    for sample in itertools.islice(samples(9), 250):
        for message in sample.messages:
            tokens = theirs.encode(message.content, add_special_tokens=False).ids
            assert theirs.decode(tokens) == message.content
            seen += 1
            same += tokens == ours.encode(message.content)
            if message is sample.messages[0]:
                assert tokens == ours.encode(message.content)
    assert same / seen > 0.95, "macros that overlap are cut otherwise, which is seldom"


def test_another_model_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    writer = gguf.GGUFWriter(other, "llama")
    for write in (writer.write_header_to_file, writer.write_kv_data_to_file, writer.write_tensors_to_file):  # fmt: skip
        write()
    writer.close()
    command = [sys.executable, "-m", "viscoder_tui.training", "hub_folder", "--from", str(other)]
    done = subprocess.run([*command, "--out", str(tmp_path / "out")], capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"{other} is not a model that this pipeline has exported"
