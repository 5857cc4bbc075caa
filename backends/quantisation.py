"""What the names of GGUF files tell: the quantisation, and which of several files are one model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PREFERRED = "Q4_K_M"
"""Half the size of Q8_0 with answers hardly worse: the usual choice for coders."""
_BITS = {
    "IQ1_S": 1.8, "IQ1_M": 2.0, "IQ2_XXS": 2.4, "IQ2_XS": 2.6, "IQ2_S": 2.7, "IQ2_M": 2.9, "Q2_K": 3.2,
    "IQ3_XXS": 3.3, "IQ3_XS": 3.5, "IQ3_S": 3.7, "IQ3_M": 3.8, "Q3_K_S": 3.6, "Q3_K_M": 4.0,
    "Q3_K_L": 4.3, "IQ4_XS": 4.5, "IQ4_NL": 4.7, "Q4_0": 4.6, "Q4_1": 5.1, "Q4_K_S": 4.7,
    "Q4_K_M": 4.9, "Q4_K_XL": 5.0, "Q5_0": 5.5, "Q5_1": 6.0, "Q5_K_S": 5.6, "Q5_K_M": 5.7, "Q6_K": 6.6,
    "Q8_0": 8.5, "MXFP4": 4.6, "BF16": 16.0, "F16": 16.0, "FP16": 16.0, "F32": 32.0,
}  # fmt: skip
"""Bits a weight, on average over a model of some billions: llama.cpp's own table, rounded."""
_LABEL = re.compile(
    r"(?<![A-Z0-9])(I?Q\d_(?:K_XL|K_[SML]|K|XXS|XS|NL|[SM01])|MXFP4|BF16|FP?16|F32)(?![A-Z0-9])",
    re.IGNORECASE,
)
_PART = re.compile(r"^(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf$", re.IGNORECASE)
_ACCURATE_ENOUGH = 9.0
"""Bits beyond which a file is for those who quantise it themselves."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A model in one file or in several.

    Attributes:
        files: their names in the repository, the first part first.
        size: bytes of all of them.
    """

    files: tuple[str, ...]
    size: int

    @property
    def quantisation(self) -> str:
        """``Q4_K_M`` and the like; empty where the name does not tell."""
        return label(self.files[0])


def label(name: str) -> str:
    """The quantisation that stands in a file's name; empty where there is none."""
    found = _LABEL.findall(name.rpartition("/")[2])
    return found[-1].upper() if found else ""


def bits(quantisation: str) -> float | None:
    """Bits a weight, approximately; None where the quantisation is unknown."""
    return _BITS.get(quantisation.upper())


def stem(name: str) -> str:
    """A file's name without ``.gguf`` and without the number of its part."""
    part = _PART.match(name)
    return part["stem"] if part else name.removesuffix(".gguf")


def weights(path: Path) -> int:
    """Bytes of a model's file and of the other parts that lie beside it.

    Raises:
        OSError: the file is missing.
    """
    part = _PART.match(path.name)
    if part is None:
        return path.stat().st_size
    names = (f"{part['stem']}-{number:05}-of-{part['count']}{path.suffix}" for number in range(1, int(part["count"]) + 1))  # fmt: skip
    return sum(one.stat().st_size for one in map(path.with_name, names) if one.exists())


def wholes(files: Iterable[tuple[str, int]]) -> tuple[Whole, ...]:
    """The models among a repository's files.

    Projectors of pictures and importance matrices are none; of a model that is there in one file
    and in parts, the one file counts.

    Args:
        files: names and bytes.
    """
    sizes = {name: size for name, size in files if name.lower().endswith(".gguf")}
    found: dict[str, Whole] = {}
    for name, size in sorted(sizes.items()):
        base = name.rpartition("/")[2].lower()
        if base.startswith("mmproj") or "imatrix" in base:
            continue
        part = _PART.match(name)
        if part is None:
            found[stem(name)] = Whole((name,), size)
        elif int(part["number"]) == 1 and part["stem"] not in found:
            names = [f"{part['stem']}-{number:05}-of-{part['count']}{name[-5:]}" for number in range(1, int(part["count"]) + 1)]  # fmt: skip
            if all(one in sizes for one in names):
                found[part["stem"]] = Whole(tuple(names), sum(sizes[one] for one in names))
    return tuple(found.values())


def best(models: Sequence[Whole], fits: Callable[[int], bool]) -> tuple[Whole, str] | None:
    """The quantisation to take, and why; None where none fits.

    Args:
        models: of one repository.
        fits: whether a model of so many bytes fits in memory.
    """
    fitting = [one for one in models if fits(one.size)]
    usual = [one for one in fitting if one.quantisation == PREFERRED]
    if usual:
        return usual[0], f"{PREFERRED} is small and quick, and its answers are hardly worse than the full model's"  # fmt: skip
    sensible = [one for one in fitting if (bits(one.quantisation) or 0) <= _ACCURATE_ENOUGH]
    if not (sensible or fitting):
        return None
    chosen = max(sensible or fitting, key=lambda one: one.size)
    known = any(one.quantisation == PREFERRED for one in models)
    why = f"{PREFERRED} does not fit in this machine's memory" if known else f"there is no {PREFERRED}"  # fmt: skip
    return chosen, f"{why}, and this is the largest that fits"
