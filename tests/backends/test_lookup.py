"""What was said before is read as a draft of what comes: the answer is the same, and sooner there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from backends.choose import EMBEDDED
from backends.llama_cpp_model import Cancellation, Model
from backends.llama_cpp_options import LlamaOptions
from backends.lookup import MOST_DRAFTED, Lookup

WRONG = """\
pie showData title sales
    "wholesale" : 300
    "online" : 20000
    "northeast" : 9100
    "central" : 8800
    "west" : 3700
    "south" : 1050
"""
CORRECTION = (
    {"role": "user", "content": "mermaid: pie of sales: wholesale 300, online 20000, northeast 9100, central 8800, west 4700, south 1050"},
    {"role": "assistant", "content": f"```mermaid\n{WRONG}```"},
    {"role": "user", "content": "missing number 4700\nextra number 3700"},
)  # fmt: skip


class Counted(Model):
    """A model that counts how often it reads."""

    read = 0

    def _decode(self, tokens: list[int], batch: object) -> bool:
        self.read += 1
        return super()._decode(tokens, batch)


@pytest.fixture(scope="module")
def model() -> Counted:
    # To the last bit it is the same only where it makes no difference how many tokens are read at once.
    return Counted(EMBEDDED, LlamaOptions(threads=1, flash_attention="on"), Cancellation())


def written(model: Counted, messages: Sequence[dict[str, str]], *, ahead: bool, temperature: float = 0) -> tuple[list[int], int]:  # fmt: skip
    """An answer, and how often the model was asked for it."""
    model.takes_back = ahead
    prompt = model.prompt(list(messages))
    model.forget(0)
    model.feed(prompt)
    model.read = 0
    sampler = model.sampler({"temperature": temperature, "top_p": 1.0, "seed": 7})
    tokens: list[int] = []
    for token in model.write(sampler, prompt):
        tokens.append(token)
        if model.native.llama_vocab_is_eog(model.vocab, token) or len(tokens) == 200:
            break
    sampler.free()
    assert len(model.cached) <= model.length
    return tokens, model.read


def test_a_correction_is_the_same_and_takes_half_as_many_steps(model: Counted) -> None:
    plain, steps = written(model, CORRECTION, ahead=False)
    ahead, fewer = written(model, CORRECTION, ahead=True)
    assert ahead == plain
    assert fewer < steps / 2


def test_a_first_answer_is_the_same(model: Counted) -> None:
    plain, steps = written(model, CORRECTION[:1], ahead=False)
    ahead, fewer = written(model, CORRECTION[:1], ahead=True)
    assert ahead == plain and fewer <= steps


def test_chance_is_the_same_too(model: Counted) -> None:
    plain, _ = written(model, CORRECTION, ahead=False, temperature=8)
    assert written(model, CORRECTION, ahead=True, temperature=8)[0] == plain
    assert written(model, CORRECTION, ahead=False)[0] != plain


def test_the_answer_fits_the_context_to_its_last_token(model: Counted) -> None:
    prompt = model.prompt([{"role": "user", "content": "again and " * 400}])
    prompt = prompt[: model.length - 30]
    for ahead in (False, True):
        model.takes_back = ahead
        model.forget(0)
        model.feed(prompt)
        sampler = model.sampler({"temperature": 0})
        tokens = list(model.write(sampler, prompt))
        sampler.free()
        assert len(tokens) == 31 and len(model.cached) == model.length


def test_what_follows_the_longest_run_that_stood_before_is_drafted() -> None:
    lookup = Lookup([1, 2, 3, 4, 5, 9, 2, 3, 7, 8, 1, 2, 3])
    assert lookup.draft()[:2] == [4, 5]


def test_of_two_places_the_later_one_is_taken() -> None:
    assert Lookup([1, 2, 3, 1, 2, 4, 1, 2]).draft()[0] == 4


def test_nothing_is_drafted_where_nothing_is_alike() -> None:
    assert Lookup(range(50)).draft() == []
    assert Lookup([]).draft() == []
    assert Lookup([1, 2, 3]).draft() == []


def test_drafts_grow_where_they_are_right_and_shrink_where_they_are_wrong() -> None:
    lookup = Lookup([*range(100), 0, 1, 2, 3])
    first = len(lookup.draft())
    lookup.learn(first, first)
    assert len(lookup.draft()) == 2 * first
    for _ in range(9):
        lookup.learn(4, 4)
    assert len(lookup.draft()) == MOST_DRAFTED
    for _ in range(9):
        lookup.learn(len(lookup.draft()), 0)
    assert 0 < len(lookup.draft()) <= 2


def test_tokens_of_the_answer_are_found_again() -> None:
    lookup = Lookup([1, 2])
    for token in (5, 6, 7, 5, 6):
        lookup.add(token)
    assert lookup.draft()[0] == 7
