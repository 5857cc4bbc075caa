"""The embedded model's tokenizer: a small byte-level BPE, and macros for what is always the same.

Most of a plotting program is boilerplate. Pieces of it that recur in the training data become
single tokens ("macros"), which shortens a conversation by more than half. In GGUF they are
``USER_DEFINED`` tokens: llama.cpp cuts them out of raw text, the longest first, before BPE sees
the rest, and `Tokenizer.encode` does exactly the same.

Pre-tokenizer: llama.cpp's ``deepseek-coder``, which splits digits singly and does not treat
apostrophes as contractions.

No BPE token holds a blank beside something else. A word is therefore the same tokens at the
beginning of a label, inside a request and behind a quote, and copying it is copying: where " pears"
and "pears" are different tokens a small model has to learn the spelling of every word instead.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Regex, models, pre_tokenizers, trainers
from tokenizers import Tokenizer as Bpe

from backends.base import Message

MAX_TOKEN_BYTES = 31
"""llama-cpp-python's own ``detokenize`` drops tokens that are longer."""

PAD, BOS, END, USER, ASSISTANT = "<|pad|>", "<|start|>", "<|end|>", "<|user|>", "<|assistant|>"
CONTROLS = (PAD, BOS, END, USER, ASSISTANT)

CHAT_TEMPLATE = (
    "{{ '<|start|>' }}"
    "{% for message in messages %}"
    "{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)

_SPLITS = (r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", r"[一-龥ࠀ-一가-퟿]+", r"\p{N}")
_STRUCTURE = frozenset("()[]{}\"'=:;<>_\\/|%#`$.")
_SHORTEST_MACRO = 4


@dataclass(frozen=True, slots=True)
class Encoded:
    """A conversation as tokens; `learn` marks those the model shall learn to write."""

    tokens: list[int]
    learn: list[bool]


class Tokenizer:
    """Turns text into tokens and back, exactly as llama.cpp does with the exported file."""

    def __init__(self, bpe: Bpe, macros: Sequence[str]) -> None:
        self.bpe = bpe
        self.macros = tuple(macros)
        """Longest first, as llama.cpp tries them."""
        self._first_macro = bpe.get_vocab_size() + len(CONTROLS)
        self._first_control = bpe.get_vocab_size()
        self.texts = (*_vocabulary(bpe), *CONTROLS, *self.macros)
        """The text of every token by its id; BPE tokens in byte-level spelling."""

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return len(self.texts)

    def control(self, text: str) -> int:
        """The id of a control token."""
        return self._first_control + CONTROLS.index(text)

    def encode(self, text: str) -> list[int]:
        """The tokens of raw text; a control token's spelling in it is plain text."""
        parts: list[str | int] = [text]
        for number, macro in enumerate(self.macros):
            if macro not in text:
                continue
            split: list[str | int] = []
            for part in parts:
                if isinstance(part, int) or macro not in part:
                    split.append(part)
                    continue
                pieces = part.split(macro)
                for index, piece in enumerate(pieces):
                    if index:
                        split.append(self._first_macro + number)
                    if piece:
                        split.append(piece)
            parts = split
        tokens: list[int] = []
        for part in parts:
            tokens += [part] if isinstance(part, int) else self.bpe.encode(part).ids
        return tokens

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of tokens; control tokens are left out."""
        data = bytearray()
        for token in tokens:
            text = self.texts[token]
            if token < self._first_control:
                data += bytes(_BYTE_OF[letter] for letter in text)
            elif token >= self._first_macro:
                data += text.encode()
        return data.decode("utf-8", errors="replace")

    def conversation(
        self, messages: Sequence[Message], *, learn_all: bool = False, open_end: bool = False
    ) -> Encoded:
        """A conversation as `CHAT_TEMPLATE` writes it; the last answer is to be learnt.

        Args:
            messages: the turns.
            learn_all: every answer in it is right, so every one is to be learnt.
            open_end: leave the model to write the next answer.
        """
        tokens, learn = [self.control(BOS)], [False]
        for number, message in enumerate(messages):
            assistant = message.role == "assistant"
            last = assistant and (learn_all or number == len(messages) - 1)
            body = self.encode(message.content)
            tokens += [self.control(ASSISTANT if assistant else USER), *body, self.control(END)]
            learn += [False, *([last] * (len(body) + 1))]
        if open_end:
            tokens.append(self.control(ASSISTANT))
            learn.append(False)
        return Encoded(tokens, learn)

    def to_json(self) -> str:
        """Everything, for `from_json`."""
        content = {"bpe": json.loads(self.bpe.to_str()), "macros": self.macros}
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Tokenizer:
        """What `to_json` gave."""
        content = json.loads(text)
        return cls(Bpe.from_str(json.dumps(content["bpe"])), content["macros"])

    def save(self, path: Path) -> None:
        """Write everything to one JSON file."""
        path.write_text(self.to_json(), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Tokenizer:
        """Read what `save` wrote."""
        return cls.from_json(path.read_text(encoding="utf-8"))

    def merges(self) -> list[str]:
        """The BPE merges in order, as GGUF stores them: two texts and a space between."""
        found = json.loads(self.bpe.to_str())["model"]["merges"]
        return [merge if isinstance(merge, str) else " ".join(merge) for merge in found]


def train(conversations: Sequence[Sequence[Message]], vocabulary: int = 1024, macros: int = 448) -> Tokenizer:  # fmt: skip
    """Learn a tokenizer from conversations.

    Args:
        conversations: a broad sample of the training data.
        vocabulary: how many BPE tokens, single bytes among them.
        macros: how many macros at most.
    """
    answers = [message.content for turns in conversations for message in turns if message.role == "assistant"]  # fmt: skip
    found = mine_macros(answers, macros)
    pieces = [
        piece
        for turns in conversations
        for message in turns
        for piece in _between(found, message.content)
    ]
    bpe = Bpe(models.BPE())
    blanks_apart = pre_tokenizers.Split(" ", "isolated")
    bpe.pre_tokenizer = pre_tokenizers.Sequence([blanks_apart, pre_tokenizer()])
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        max_token_length=16,
        show_progress=False,
    )
    bpe.train_from_iterator(pieces, trainer)
    bpe.pre_tokenizer = pre_tokenizer()
    return Tokenizer(bpe, found)


def mine_macros(answers: Sequence[str], count: int) -> list[str]:
    """Pieces of boilerplate that recur in `answers`, the longest first.

    Pairs of neighbouring units (words, numbers, signs, blanks) are joined as in BPE, the most
    frequent first, after everything that varies from answer to answer is cut out. Of what is
    joined, the pieces are kept that hold program structure and never stand inside a longer word
    or number: copying needs those whole.
    """
    lines: list[tuple[list[str], int]] = [
        (_UNIT.findall(text), times)
        for text, times in _constant_fragments(answers).most_common(_FRAGMENTS)
    ]
    least = len(answers) // 1200
    for _ in range(_JOINS):
        pairs: Counter[tuple[str, str]] = Counter()
        for units, times in lines:
            for pair in itertools.pairwise(units):
                pairs[pair] += times
        fitting = ((n, pair) for pair, n in pairs.items() if len("".join(pair).encode()) <= MAX_TOKEN_BYTES)  # fmt: skip
        times, best = max(fitting, default=(0, ("", "")))
        if times < least:
            break
        for units, _ in lines:
            _join(units, best)
    used: Counter[str] = Counter()
    for units, times in lines:
        for unit in units:
            used[unit] += times
    worth = {text: times * (len(text) - 3) for text, times in used.items() if _is_macro(text)}
    whole = _never_inside_a_word(worth, answers[:3000])
    sample = "\n\0".join(answers[:3000])
    kept: list[str] = []
    for text in sorted(whole, key=lambda text: -worth[text]):
        if len(kept) < count and not any(clash in sample for clash in clashes((*kept, text), text)):
            kept.append(text)
    return sorted(kept, key=lambda text: (-len(text), text))


def clashes(macros: Iterable[str], with_: str) -> list[str]:
    """Texts in which a macro and `with_`, both of the same length, share a piece.

    Which of the two is cut out first is left open by llama.cpp, so no conversation may hold one.
    """
    found: list[str] = []
    for macro in macros:
        if macro == with_ or len(macro.encode()) != len(with_.encode()):
            continue
        for one, other in ((macro, with_), (with_, macro)):
            found += [one + other[size:] for size in range(1, len(one)) if one.endswith(other[:size])]  # fmt: skip
    return found


_UNIT = re.compile(r"[A-Za-z_]+|[0-9]+|\n| +|.")
_FRAGMENTS = 5000
_JOINS = 1100


def _join(units: list[str], pair: tuple[str, str]) -> None:
    index = 0
    while index < len(units) - 1:
        if units[index] == pair[0] and units[index + 1] == pair[1]:
            units[index : index + 2] = [pair[0] + pair[1]]
        index += 1


def _constant_fragments(answers: Sequence[str]) -> Counter[str]:
    """The lines of all answers, cut at quoted or tagged texts that are rare."""
    lines = Counter(line for answer in answers for line in answer.splitlines(keepends=True))
    held: Counter[str] = Counter()
    for line, times in lines.items():
        for match in _HELD.finditer(line):
            held[match[0]] += times
    common = {text for text, times in held.items() if times >= len(answers) // 100}
    fragments: Counter[str] = Counter()
    for line, times in lines.items():
        cut = _HELD.sub(lambda match: match[0] if match[0] in common else "\0", line)
        for part in cut.split("\0"):
            if part:
                fragments[part] += times
    return fragments


_HELD = re.compile(r'(?<=")[^"\n]*(?=")|(?<=>)[^<>\n]+(?=<)')


_DATA = re.compile(r"\" ?: ?-?\d|\"?: -$|[a-g]'+ |' [a-g]'")
"""Numbers and notes that answers copy: these must stay tokens of their own."""


def _is_macro(token: str) -> bool:
    return (
        len(token) >= _SHORTEST_MACRO
        and len(token.encode()) <= MAX_TOKEN_BYTES
        and token.isascii()
        and (bool(_STRUCTURE & set(token)) or token.isspace())
        and not _DATA.search(token)
    )


def _never_inside_a_word(tokens: Iterable[str], answers: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for token in tokens:
        cut = all_seen = 0
        for answer in answers:
            place = answer.find(token)
            if place < 0:
                continue
            all_seen += 1
            before, after = answer[place - 1 : place], answer[place + len(token) :][:1]
            if (before.isalnum() and token[0].isalnum()) or (
                after.isalnum() and token[-1].isalnum()
            ):
                cut += 1
        if cut * 50 <= all_seen:
            kept.append(token)
    return kept


def _between(macros: Sequence[str], text: str) -> list[str]:
    """What is left of `text` when the macros are cut out."""
    parts = [text]
    for macro in macros:
        if macro in text:
            parts = [piece for part in parts for piece in part.split(macro) if piece]
    return parts


def pre_tokenizer() -> pre_tokenizers.PreTokenizer:
    """Cuts text as llama.cpp's ``deepseek-coder`` does, before BPE."""
    splits = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in _SPLITS]
    return pre_tokenizers.Sequence(
        [*splits, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )


def _vocabulary(bpe: Bpe) -> list[str]:
    by_text = bpe.get_vocab()
    return sorted(by_text, key=lambda text: by_text[text])


def _byte_letters() -> dict[str, int]:
    """GPT-2's spelling of bytes as printable letters, reversed."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {chr(byte): byte for byte in kept}
    spare = 256
    for byte in range(256):
        if byte not in kept:
            letters[chr(spare)] = byte
            spare += 1
    return letters


_BYTE_OF = _byte_letters()
