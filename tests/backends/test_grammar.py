"""An answer held to its form: a fenced program and no word behind it, whatever the model would write."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from backends.base import BackendError, Chunk, Finish, Message, Sampling
from backends.choose import EMBEDDED
from backends.llama_cpp import LlamaCpp
from backends.llama_cpp_model import Cancellation, Model
from backends.llama_cpp_options import LlamaOptions
from runners import languages
from runners.base import Language
from runners.languages import vegalite_grammar
from tests.backends.conftest import random_model
from viscoder_tui.agent.answer import extract
from viscoder_tui.agent.form import GrammarUse, grammar

NONSENSE = "%%% wug? 9 9 the of </code> ``` 日本"
THINKING = "{% for m in messages %}{{ m['content'] }}\n{% endfor %}<think>\n"


@pytest.fixture(scope="module")
def embedded() -> Model:
    # With it no answer depends on how many tokens are read at once.
    return Model(EMBEDDED, LlamaOptions(threads=1, flash_attention="on"), Cancellation())


@pytest.fixture(scope="module")
def fool(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """A model of random weights: by itself it writes nothing but noise, and never ends."""
    path = random_model(tmp_path_factory.mktemp("models") / "fool.gguf", quantized=True)
    return Model(path, LlamaOptions(threads=1, flash_attention="on"), Cancellation())


def written(model: Model, request: str, language: str, use: GrammarUse, *, temperature: float = 0, seed: int = 1, ahead: bool = True, most: int = 500) -> tuple[str, bool]:  # fmt: skip
    """An answer, and whether the model ended it itself."""
    model.takes_back = ahead
    prompt = model.prompt([{"role": "user", "content": request}])
    model.forget(0)
    model.feed(prompt)
    form = grammar(languages.find(language), use)
    sampler = model.sampler({"temperature": temperature, "top_p": 1.0, "seed": seed, "grammar": form})  # fmt: skip
    sampler.hold()
    text, count = b"", 0
    try:
        for token in model.write(sampler, prompt):
            if model.native.llama_vocab_is_eog(model.vocab, token):
                return text.decode(errors="replace"), True
            text += model.piece(token)
            count += 1
            if count == most:
                break
    finally:
        sampler.free()
    return text.decode(errors="replace"), False


def assert_in_form(answer: str, ended: bool, language: str) -> None:
    """A few lines, the fence with its tag, a program without a fence in it, the closing fence."""
    found = languages.find(language)
    lines = answer.split("\n")
    fences = [at for at, line in enumerate(lines) if re.match(r"[ \t]*(```|~~~)", line)]
    assert fences and fences[0] <= 4, answer
    assert lines[fences[0]].removeprefix("```") in (found.name, *found.aliases)
    code = extract(answer, found)
    assert code.fenced and code.closed == ended
    if ended:
        assert len(fences) == 2 and lines[fences[1] :] == ["```"], "nothing follows"
        assert code.source.strip()


@pytest.mark.parametrize("language", ["python", "vegalite"])
def test_nonsense_gets_an_answer_in_form_however_hot_the_model(embedded: Model, language: str) -> None:  # fmt: skip
    for seed in (1, 2):
        answer, ended = written(embedded, NONSENSE, language, "fence", temperature=6, seed=seed)
        assert_in_form(answer, ended, language)


@pytest.mark.parametrize("language", ["mermaid", "cpp"])
def test_a_model_of_random_weights_keeps_to_the_form(fool: Model, language: str) -> None:
    free_text, _ = written(fool, NONSENSE, language, "off", temperature=1, most=60)
    assert not extract(free_text, languages.find(language)).fenced
    assert_in_form(*written(fool, NONSENSE, language, "fence", temperature=1), language)


def test_what_random_weights_write_by_the_schema_is_a_vegalite_specification(fool: Model) -> None:
    vegalite = languages.find("vegalite")
    for seed in range(12):
        answer, ended = written(fool, NONSENSE, "vegalite", "schema", temperature=1, seed=seed)
        assert_in_form(answer, ended, "vegalite")
        if ended:
            told = json.loads(extract(answer, vegalite).source)
            assert {"mark", "layer", "concat", "hconcat", "vconcat", "spec"} & told.keys()
            return
    raise AssertionError("no answer was whole")


@pytest.mark.parametrize("language", languages.all_languages(), ids=lambda one: one.name)
def test_every_language_has_a_form_that_its_programs_fit(embedded: Model, language: Language) -> None:  # fmt: skip
    for use in ("fence", "schema"):
        for tag in (language.name, *(one for one in language.aliases if " " not in one)):
            answer = f"```{tag}\n{language.example}```"
            assert fits(embedded, answer, language.name, use)
            assert fits(embedded, f"It is drawn so:\n\n{answer}", language.name, use)
        answer = f"```{language.name}\n{language.example}```"
        for wrong in (f"{answer}\nThat is it.", answer[3:], answer.replace(language.name, "other", 1), language.example):  # fmt: skip
            assert not fits(embedded, wrong, language.name, use)


@pytest.mark.parametrize("language", ["python", "vegalite"])
def test_who_keeps_to_the_form_anyway_writes_the_same(embedded: Model, language: str) -> None:
    request = f"{language}: bar chart of fruit sold: apples 3, pears 5"
    plain = written(embedded, request, language, "off")
    assert plain[1]
    assert written(embedded, request, language, "fence") == plain
    assert written(embedded, request, language, "schema") == plain


@pytest.mark.parametrize("temperature", [0.0, 5.0])
def test_writing_ahead_changes_nothing_under_a_grammar(embedded: Model, temperature: float) -> None:  # fmt: skip
    asked = "vegalite: bars of 3, 5, 9"
    for use in ("fence", "schema"):
        step = written(embedded, asked, "vegalite", use, temperature=temperature, ahead=False)
        assert written(embedded, asked, "vegalite", use, temperature=temperature) == step


def test_a_grammar_costs_little(embedded: Model) -> None:
    asked = "python: bar chart of fruit sold: apples 3, pears 5"

    def seconds(use: GrammarUse) -> float:
        began = time.thread_time()
        written(embedded, asked, "python", use, ahead=False)
        return time.thread_time() - began

    for use in ("off", "fence"):
        seconds(use)
    assert min(seconds("fence") for _ in range(5)) < 1.5 * min(seconds("off") for _ in range(5))


async def told(backend: LlamaCpp, sampling: Sampling) -> tuple[str, Chunk]:
    text, last = "", None
    async for chunk in backend.stream((Message("user", NONSENSE),), sampling):
        text, last = text + chunk.text, chunk
    assert last is not None
    return text, last


async def test_the_process_of_the_model_holds_it_to_the_form(nano: LlamaCpp) -> None:
    form = grammar(languages.find("d2"), "fence")
    text, last = await told(nano, Sampling(6, 1.0, 3, 900, grammar=form))
    assert_in_form(text, last.finish is Finish.STOP, "d2")


async def test_thoughts_that_the_template_begins_are_free(tmp_path: Path) -> None:
    backend = LlamaCpp(EMBEDDED, tmp_path / "llama.log", LlamaOptions(chat_template=THINKING))
    form = grammar(languages.find("d2"), "fence")
    text, _ = await told(backend, Sampling(max_tokens=30, grammar=form))
    free_text, _ = await told(backend, Sampling(max_tokens=30))
    await backend.close()
    assert text == free_text, "it has not come to its answer yet"


async def test_a_grammar_that_is_none_is_told(nano: LlamaCpp) -> None:
    with pytest.raises(BackendError, match=r"cannot read the grammar.*set the setting grammar to off"):  # fmt: skip
        await told(nano, Sampling(grammar="root ::= ((("))
    assert (await told(nano, Sampling(max_tokens=5)))[0]


def definitions() -> dict[str, Any]:
    import altair

    path = Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json"
    return json.loads(path.read_text())["definitions"]


def test_the_words_of_the_grammar_are_those_of_vega_lites_schema() -> None:
    schema = definitions()
    marks = {*schema["Mark"]["enum"], "boxplot", "errorband", "errorbar"}
    assert set(vegalite_grammar.MARKS) == marks
    assert set(vegalite_grammar.CHANNELS) == set(schema["FacetedEncoding"]["properties"]) - {"time"}
    assert set(vegalite_grammar.TYPES) == set(schema["Type"]["enum"])
    aggregates = set(schema["NonArgAggregateOp"]["enum"]) - {"exponential", "exponentialb"}
    assert set(vegalite_grammar.AGGREGATES) == aggregates
    views = (one["$ref"].rsplit("/", 1)[1] for one in schema["TopLevelSpec"]["anyOf"])
    tops = {key for view in views for key in _keys(schema[view])}
    core = {"mark", "spec", "layer", "concat", "hconcat", "vconcat", "data", "encoding"}
    assert {*vegalite_grammar.BESIDE, *core} == tops


def _keys(view: dict[str, Any]) -> set[str]:
    inner = [_keys(one) for one in view.get("anyOf", ())]
    return set(view.get("properties", ())).union(*inner)


def test_right_specifications_fit_the_grammar_and_wrong_ones_do_not(embedded: Model) -> None:
    source = languages.find("vegalite").example
    for right, wrong in (
        ('"bar"', '"bars"'),
        ('"mark": "bar",', ""),
        ('"nominal"', '"words"'),
        ('"encoding"', '"encodings"'),
        ("},", "}"),
        ("3},", "3,},"),
    ):
        assert source.count(right)
        answer = f"```vegalite\n{source.replace(right, wrong, 1)}```"
        assert fits(embedded, answer, "vegalite", "fence"), "it is any text"
        assert not fits(embedded, answer, "vegalite", "schema"), wrong


def fits(model: Model, answer: str, language: str, use: GrammarUse) -> bool:
    """Whether an answer is let through as it stands."""
    sampler = model.sampler({"temperature": 0, "grammar": grammar(languages.find(language), use)})
    ends = model.native.llama_vocab_eos(model.vocab)
    try:
        return all(sampler.takes(one) for one in (*model.tokens(answer, special=False), ends))
    finally:
        sampler.free()
