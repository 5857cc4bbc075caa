"""A vLLM that viscoder owns: the real one, serving the embedded model."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from backends.base import (
    BackendError,
    Chunk,
    ContextOverflow,
    Finish,
    Message,
    ModelMissing,
    Sampling,
)
from backends.choose import EMBEDDED, choose
from backends.llama_cpp import LlamaCpp
from backends.server import Server
from backends.server_address import Served as Address
from backends.server_address import parse
from backends.server_key import Key
from backends.vllm import Vllm
from backends.vllm_batch import VllmBatch
from backends.vllm_options import VllmOptions
from backends.vllm_process import Environment
from runners import languages
from tests.served import serving
from tests.vllm import OPTIONS, Served, metric
from viscoder_tui.agent.form import grammar

REQUESTS = (
    "python: bar chart of fruit sold: apples 3, pears 5",
    "svg: three red circles in a row",
    "vegalite: line chart of sales: Jan 3, Feb 5, Mar 4",
    "mermaid: pie chart: rent 900, food 400, transport 120",
)
GREEDY = Sampling(max_tokens=300)
LONG = Message("user", "python: bar chart of " + ", ".join(f"fruit{number} {number}" for number in range(60)))  # fmt: skip

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def vllm(served_by_vllm: Served) -> AsyncIterator[Vllm]:
    made = await asyncio.to_thread(served_by_vllm.vllm)
    await made.load()
    yield made
    await made.close()


def asked(request: str) -> tuple[Message, ...]:
    return (Message("user", request),)


async def answer(backend: Vllm | Server | LlamaCpp, request: str, sampling: Sampling = GREEDY) -> tuple[str, Chunk]:  # fmt: skip
    """The whole text, and the last chunk."""
    text, last = "", Chunk("")
    async for last in backend.stream(asked(request), sampling):
        text += last.text
    return text, last


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What llama.cpp answers."""
    llama = LlamaCpp(EMBEDDED, tmp_path_factory.mktemp("llama") / "log")
    found = {request: (await answer(llama, request))[0] for request in REQUESTS}
    await llama.close()
    return found


async def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        await asyncio.sleep(0.05)
    return true()


def address_of(vllm: Vllm) -> str:
    assert vllm.address
    return vllm.address


async def test_it_answers_as_llama_cpp_does_in_pieces_that_are_counted(
    vllm: Vllm, expected: dict[str, str]
) -> None:
    info = await vllm.load()
    assert (info.name, info.context, info.prompt_style) == ("viscoder-nano", 1024, "compact")
    pieces = [chunk async for chunk in vllm.stream(asked(REQUESTS[0]), GREEDY)]
    assert "".join(one.text for one in pieces) == expected[REQUESTS[0]]
    assert len([one for one in pieces if one.text]) > 10
    last = pieces[-1]
    assert last.finish is Finish.STOP and last.usage is not None
    assert last.usage.answer_tokens > 20 and last.usage.prompt_tokens > 10
    cut, last = await answer(vllm, REQUESTS[0], Sampling(max_tokens=5))
    assert last.finish is Finish.LENGTH and last.usage is not None
    assert last.usage.answer_tokens == 5 and expected[REQUESTS[0]].startswith(cut)


async def test_many_answers_at_once_are_the_same_as_one_by_one(
    vllm: Vllm, expected: dict[str, str]
) -> None:
    found = await asyncio.gather(*(answer(vllm, request) for request in REQUESTS * 2))
    assert [text for text, _ in found] == [expected[request] for request in REQUESTS * 2]


async def test_a_second_round_reads_only_what_is_new(vllm: Vllm) -> None:
    address = address_of(vllm)
    text, first = "", Chunk("")
    async for first in vllm.stream((LONG,), Sampling(max_tokens=40)):
        text += first.text
    hits = metric(address, "prefix_cache_hits_total")
    correction = (LONG, Message("assistant", text), Message("user", "line 3: name 'x' is not defined"))  # fmt: skip
    last = Chunk("")
    async for chunk in vllm.stream(correction, Sampling(max_tokens=5)):
        last = chunk
    assert first.usage is not None and last.usage is not None
    assert metric(address, "prefix_cache_hits_total") - hits >= 0.5 * first.usage.prompt_tokens
    assert last.usage.cached_tokens >= 0.5 * first.usage.prompt_tokens


async def test_stopping_an_answer_frees_the_server(vllm: Vllm) -> None:
    address = address_of(vllm)
    async with aclosing(vllm.stream((LONG,), Sampling(temperature=1.0, max_tokens=400))) as stream:
        async for chunk in stream:
            if chunk.text:
                break
        assert metric(address, "num_requests_running") == 1
        began = time.perf_counter()
    assert time.perf_counter() - began < 1
    assert await soon(lambda: metric(address, "num_requests_running") == 0, 5)
    assert metric(address, "num_requests_waiting") == 0


async def test_an_answer_is_held_to_its_form(vllm: Vllm) -> None:
    text, last = await answer(vllm, REQUESTS[0], Sampling(max_tokens=60, grammar='root ::= "yes" | "no"'))  # fmt: skip
    assert text in ("yes", "no") and last.finish is Finish.STOP
    fence = grammar(languages.find("svg"), "fence")
    text, _ = await answer(vllm, "python: bar chart of a 3, b 5", Sampling(max_tokens=200, grammar=fence))  # fmt: skip
    assert "```svg\n" in text, "whatever it would rather write"


async def test_a_conversation_that_is_too_long_is_told_with_both_lengths(vllm: Vllm) -> None:
    with pytest.raises(ContextOverflow, match="1024"):
        await answer(vllm, "python: bars of " + ", ".join(map(str, range(900))))


async def test_nobody_else_can_ask_it(
    vllm: Vllm, served_by_vllm: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISCODER_API_KEY", raising=False)
    assert urlsplit(address_of(vllm)).hostname == "127.0.0.1"
    stranger = Server(parse(address_of(vllm)))
    with pytest.raises(BackendError, match="VISCODER_API_KEY"):
        await answer(stranger, REQUESTS[0])
    commands = list(map(command, processes(vllm.pid)))
    assert vllm.key is not None and len(commands) > 1
    assert not any(vllm.key.reveal().encode() in command for command in commands)
    log = await asyncio.to_thread(served_by_vllm.environment.log.read_text)
    assert "vLLM" in log and vllm.key.reveal() not in log


async def test_it_is_one_of_several_servers(vllm: Vllm, expected: dict[str, str], tmp_path: Path) -> None:  # fmt: skip
    address = address_of(vllm)
    before = metric(address, "request_success_total")
    assert vllm.key is not None
    with serving(tmp_path / "log") as other:
        both = Server(Address((address, other)), keys={address: vllm.key, other: Key("")})
        found: list[tuple[str, Chunk]] = []
        for two in (REQUESTS[:2], REQUESTS[2:]):  # the other server gives up an answer for a third
            found += await asyncio.gather(*(answer(both, request) for request in two))
        await both.close()
    assert [text for text, _ in found] == [expected[request] for request in REQUESTS]
    assert metric(address, "request_success_total") - before == len(REQUESTS) / 2


async def test_a_batch_is_answered_as_the_server_answers(
    served_by_vllm: Served, expected: dict[str, str], tmp_path: Path
) -> None:
    heard: list[str] = []
    environment = Environment(served_by_vllm.environment.python, tmp_path / "batch.log")
    batch = VllmBatch(str(served_by_vllm.model()), environment, OPTIONS, heard.append)
    too_long = asked("python: bars of " + ", ".join(map(str, range(900))))
    asking = [*map(asked, REQUESTS), too_long]
    found = {one.number: one async for one in batch.answers(asking, GREEDY)}
    assert [found[number].text for number in range(len(REQUESTS))] == [expected[request] for request in REQUESTS]  # fmt: skip
    assert all(found[number].usage.answer_tokens > 10 for number in range(len(REQUESTS)))
    assert "1024" in str(found[len(REQUESTS)].overflow)
    assert any("loading the weights" in step for step in heard), heard
    again = [one async for one in batch.answers([asked(REQUESTS[1])], Sampling(max_tokens=5))]
    assert [(one.finish, one.usage.answer_tokens) for one in again] == [(Finish.LENGTH, 5)]
    pids = processes(batch.pid)
    assert len(pids) > 1
    await batch.close()
    assert not any(map(lives, pids))


async def test_what_vllm_cannot_do_is_one_sentence(served_by_vllm: Served, tmp_path: Path) -> None:
    model = await asyncio.to_thread(served_by_vllm.model)
    unknown = tmp_path / "unknown"
    unknown.mkdir()
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (unknown / name).write_bytes((model / name).read_bytes())
    config = (model / "config.json").read_text()
    (unknown / "config.json").write_text(config.replace("LlamaForCausalLM", "NeverHeardOfForCausalLM"))  # fmt: skip

    async def fault(name: str, folder: Path, options: VllmOptions) -> str:
        vllm = Vllm(
            str(folder), Environment(served_by_vllm.environment.python, tmp_path / name), options
        )
        with pytest.raises(BackendError) as found:
            await vllm.load()
        assert "\n" not in str(found.value)
        await vllm.close()
        return str(found.value)

    told = await asyncio.gather(
        fault("longer", model, VllmOptions(max_length=5000)),
        fault("arguments", model, VllmOptions(arguments=("--no-such-thing",))),
        fault("kind", unknown, VllmOptions()),
        fault("slow", model, VllmOptions(start_seconds=1)),
    )
    assert "has a context of 1024 tokens, and max_length in [backends.vllm] is 5000" in told[0]
    assert "--no-such-thing" in told[1] and "[backends.vllm]" in told[1]
    assert "NeverHeardOfForCausalLM" in told[2]
    assert "not ready after 1 s: raise start_seconds" in told[3]


async def test_a_killed_server_is_told_and_started_anew(vllm: Vllm) -> None:
    text = ""
    with pytest.raises(BackendError, match="vLLM has ended while it answered") as found:
        async for chunk in vllm.stream((LONG,), Sampling(temperature=1.0, max_tokens=400)):
            text += chunk.text
            if text:
                for pid in processes(vllm.pid)[1:]:
                    with contextlib.suppress(OSError):
                        os.kill(pid, 9)
    assert text and "its log is" in str(found.value)
    before = vllm.pid
    heard: list[str] = []
    vllm.listen(heard.append)
    anew = asyncio.create_task(vllm.load())
    assert await soon(lambda: vllm.pid not in (before, None) and len(processes(vllm.pid)) > 1)
    pids = processes(vllm.pid)
    anew.cancel()
    await vllm.close()
    assert heard[0] == "starting vLLM"
    assert not any(map(lives, pids)), "it can be ended while it starts"


async def test_where_there_is_no_vllm(tmp_path: Path) -> None:
    model = str(EMBEDDED.parent)
    nowhere = Vllm(model, Environment(tmp_path / "env/bin/python", tmp_path / "log"), VllmOptions())
    nowhere.start()
    with pytest.raises(BackendError, match=f"vLLM is not installed: python3 -m venv {tmp_path}/env && "):  # fmt: skip
        await nowhere.load()
    without = Vllm(model, Environment(Path(sys.executable), tmp_path / "log"), VllmOptions())
    with pytest.raises(BackendError, match=r"there is no vLLM beside .*: .* -m pip install vllm"):
        await without.load()
    await without.close()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("vllm:{}/none", "there is no folder"),
        ("vllm:{}", "has no config.json"),
        ("vllm:model.gguf", "leave vllm: out"),
        ("vllm", "it is not said what vLLM shall serve"),
    ],
)
async def test_what_is_no_model_is_said_before_anything_starts(tmp_path: Path, name: str, why: str) -> None:  # fmt: skip
    with pytest.raises(ModelMissing, match=why):
        choose(name.format(tmp_path))


async def test_the_settings_say_what_vllm_alone_means(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    choice = choose("vllm", usual_of_vllm=str(tmp_path))
    assert (choice.owned, choice.path, choice.name) == (str(tmp_path), None, tmp_path.name)
    assert choose("vllm:org/model").owned == "org/model"
    named = choose("vllm#m", servers={"vllm": "http://gpu1:8000"})
    assert named.server is not None, "a server of the user's that is called so goes before"


def processes(root: int | None) -> list[int]:
    """`root` and all that came from it."""
    assert root is not None
    parents: dict[int, int] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])  # fmt: skip
    found = [root]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found


def command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
