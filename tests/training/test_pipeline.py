# pyright: reportUnknownMemberType=false
# PyTorch leaves the types of much that is used here open.
"""The embedded model's pipeline, end to end and small: data, tokenizer, training, GGUF, llama.cpp."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backends.base import Message, Sampling
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp

torch: Any = (
    __import__("torch")
    if os.environ.get("CI")
    else pytest.importorskip("torch", reason="no PyTorch")
)

import gguf

from viscoder_tui.training.adopt import adopt, tokenizer_of
from viscoder_tui.training.batches import Batching, batches, encoded, from_workers
from viscoder_tui.training.collect import read
from viscoder_tui.training.export import export
from viscoder_tui.training.model import Llama, Shape
from viscoder_tui.training.synthesize import samples
from viscoder_tui.training.tokenizer import MAX_TOKEN_BYTES, Tokenizer, clashes, train
from viscoder_tui.training.train import loss_of

TINY = ["--small", "--tokens", "24e3", "--anneal-tokens", "8e3", "--count", "6"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    drawn = itertools.islice(samples(5), 1_500)
    return train([sample.messages for sample in drawn], vocabulary=1024, macros=128)


def test_every_conversation_comes_back_from_its_tokens(tokenizer: Tokenizer) -> None:
    for sample in itertools.islice(samples(6), 300):
        for message in sample.messages:
            assert tokenizer.decode(tokenizer.encode(message.content)) == message.content


def test_macros_shorten_conversations_and_never_cut_words(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.macros) > 60
    assert all(len(macro.encode()) <= MAX_TOKEN_BYTES for macro in tokenizer.macros)
    bare = Tokenizer(tokenizer.bpe, ())
    answers = [sample.messages[-1].content for sample in itertools.islice(samples(7), 200)]
    with_macros = sum(len(tokenizer.encode(answer)) for answer in answers)
    assert with_macros < 0.6 * sum(len(bare.encode(answer)) for answer in answers)


def test_no_two_macros_of_one_length_meet(tokenizer: Tokenizer) -> None:
    met = [clash for macro in tokenizer.macros for clash in clashes(tokenizer.macros, macro)]
    assert clashes(["ab{ ", "x"], "{ cd") == clashes(["{ cd"], "ab{ ") == ["ab{ cd"]
    for sample in itertools.islice(samples(5), 300):
        assert not any(clash in sample.messages[-1].content for clash in met)


def test_only_right_answers_are_learnt(tokenizer: Tokenizer) -> None:
    for sample in itertools.islice(samples(8), 400):
        one = encoded(tokenizer, sample)
        learnt = tokenizer.decode(
            token for token, learn in zip(one.tokens, one.learn, strict=True) if learn
        )
        right = [message.content for message in sample.messages if message.role == "assistant"]
        if sample.origin == "correction":
            right = right[-1:]
        assert learnt == "".join(right)


def test_a_model_learns_a_batch_by_heart(tokenizer: Tokenizer) -> None:
    torch.manual_seed(0)
    model = Llama(Shape(tokenizer.size, width=64, layers=2, heads=2, hidden=96))
    batch = next(batches(tokenizer, itertools.count(), Batching(6_144, 16, 260)))
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    first = last = 0.0
    for step in range(12):
        loss = loss_of(model, batch)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        last = loss.item()
        first = first or last
        assert step >= 0
    assert last < 0.8 * first


def test_batches_hold_what_was_drawn_and_mark_what_is_learnt(tokenizer: Tokenizer) -> None:
    expected = [encoded(tokenizer, sample) for sample in itertools.islice(samples(0), 400)]
    conversations = {tuple(one.tokens) for one in expected}
    learnt = {tuple(t for t, learn in zip(one.tokens, one.learn, strict=True) if learn) for one in expected}  # fmt: skip
    found = list(batches(tokenizer, iter([0]), Batching(2_048, 16, 1024)))
    assert len(found) > 10
    for batch in found:
        read, places, wanted = batch.on(torch.device("cpu"))
        assert read.shape[1] % 16 == 0
        of_row: dict[int, list[int]] = {}
        for number in range(len(places)):
            place, token = int(places[number]), int(wanted[number])
            of_row.setdefault(place // read.shape[1], []).append(token)
        assert {tuple(tokens) for tokens in of_row.values()} <= learnt
        rows = [[token for token in row if token != tokenizer.control("<|pad|>")] for row in batch.tokens.tolist()]  # fmt: skip
        assert {tuple(row) for row in rows} <= conversations
        assert batch.real == sum(map(len, rows))


def test_workers_draw_each_pool_once(tokenizer: Tokenizer) -> None:
    batching = Batching(2_048, 16, 1024)
    with from_workers(2, tokenizer, 3, batching, ()) as found:
        theirs = [batch.tokens.tolist() for batch in itertools.islice(found, 20)]
    ours = [list(batches(tokenizer, itertools.islice(itertools.count(first, 2), 1), batching)) for first in (3, 4)]  # fmt: skip
    assert theirs == [batch.tokens.tolist() for pair in zip(*ours, strict=False) for batch in pair][:20]  # fmt: skip


def test_training_goes_on_from_an_exported_model(tmp_path: Path) -> None:
    progress = adopt(EMBEDDED, tmp_path)
    tokenizer = Tokenizer.load(tmp_path / "tokenizer.json")
    exported_again = tmp_path / "again.gguf"
    export(tmp_path / "checkpoint.pt", tokenizer, exported_again)
    before, after = (gguf.GGUFReader(path) for path in (EMBEDDED, exported_again))
    assert progress.tokens == int(before.fields["viscoder.tokens_seen"].contents())
    for old, new in zip(before.tensors, after.tensors, strict=True):
        assert old.name == new.name
        assert (old.data == new.data).all()
    for key in ("tokens", "token_type", "merges"):
        field = f"tokenizer.ggml.{key}"
        assert before.fields[field].contents() == after.fields[field].contents()


async def test_the_whole_pipeline_makes_a_file_that_llama_cpp_runs(tmp_path: Path) -> None:
    out = tmp_path / "tiny.gguf"

    def step(name: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "viscoder_tui.training", name, "--folder", str(tmp_path / "t"), "--out", str(out), *TINY],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stderr

    said = step("all")
    assert "tokens/s" in said
    assert "6 failures of 6 requests" in said
    learnt = read(tmp_path / "t" / "failures.jsonl")
    assert all([one.role for one in sample.messages] == ["user", "assistant"] * 2 for sample in learnt)  # fmt: skip
    assert "going on from 0.0" in step("train")
    backend = LlamaCpp(out, tmp_path / "llama.log")
    info = await backend.load()
    assert info.prompt_style == "compact"
    theirs = ""
    async for chunk in backend.stream((Message("user", "python: bars"),), Sampling(max_tokens=24)):
        theirs += chunk.text
    await backend.close()
    assert theirs == greedy(tmp_path / "t", "python: bars", 24)


def greedy(folder: Path, request_text: str, count: int) -> str:
    """What PyTorch says."""
    tokenizer = Tokenizer.load(folder / "tokenizer.json")
    stored = torch.load(folder / "annealed.pt", weights_only=True)
    model = Llama(Shape(**stored["shape"]))
    model.load_state_dict(stored["model"])
    messages = (Message("user", request_text),)
    tokens = tokenizer.conversation(messages, open_end=True).tokens
    begun = len(tokens)
    with torch.no_grad():
        for _ in range(count):
            token = int(model.logits(model(torch.tensor([tokens]))[0, -1]).argmax())
            if token == tokenizer.control("<|end|>"):
                break
            tokens.append(token)
    return tokenizer.decode(tokens[begun:])


def test_llama_cpp_cuts_text_as_training_did(tmp_path: Path) -> None:
    """The embedded file's tokenizer, read back, against llama.cpp's own."""
    program = (
        "import sys, json\nfrom pathlib import Path\n"
        "from backends.llama_cpp_model import Cancellation, Model\n"
        "from backends.llama_cpp_options import LlamaOptions\n"
        "model = Model(Path(sys.argv[1]), LlamaOptions(threads=1), Cancellation())\n"
        "texts = json.load(sys.stdin)\n"
        "print(json.dumps([[model.piece(t).decode('utf-8', 'replace') for t in model.tokens(text, special=False)] for text in texts]))\n"
    )
    import json

    drawn = list(itertools.islice(samples(9), 250))
    texts = [message.content for sample in drawn for message in sample.messages]
    done = subprocess.run([sys.executable, "-c", program, str(EMBEDDED)], input=json.dumps(texts), capture_output=True, text=True, check=True)  # fmt: skip
    theirs = json.loads(done.stdout)
    ours = tokenizer_of(gguf.GGUFReader(EMBEDDED))
    unclear = [clash for macro in ours.macros for clash in clashes(ours.macros, macro)]
    for text, pieces in zip(texts, theirs, strict=True):
        if any(clash in text for clash in unclear):
            continue  # this file was made before macros that clash were left out
        assert [ours.decode([token]) for token in ours.encode(text)] == pieces
