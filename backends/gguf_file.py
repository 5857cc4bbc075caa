"""Looks into a GGUF file before llama.cpp does, so that a broken one is a sentence and no crash.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

from backends.base import ModelMissing

_MAGIC = b"GGUF"
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}  # fmt: skip
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    9: (32, 36), 10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 30: (1, 2),
}  # fmt: skip
"""Tensor types: how many numbers stand in a block, and its bytes."""
_Q8_0 = 8
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class GgufFile:
    """What a model file says of itself.

    Attributes:
        metadata: its scalar and string entries; arrays are left out.
        has_q8_0: it holds tensors of type q8_0.
    """

    metadata: dict[str, str | int | float | bool]
    has_q8_0: bool


def read(path: Path) -> GgufFile:
    """Read the header of a model file and check that its tensors are all there.

    Raises:
        ModelMissing: there is no such file, it is no GGUF file, or it is cut short.
    """
    if path.is_dir():
        raise ModelMissing(f"the model {path} is a folder: name a .gguf file in it")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
            if head != _MAGIC:
                what = "is empty" if size == 0 else "is not a GGUF file"
                raise ModelMissing(f"the model {path} {what}: llama.cpp reads .gguf files")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _Reader(data).read(size)
    except FileNotFoundError:
        raise ModelMissing(f"there is no model file {path}") from None
    except OSError as error:
        raise ModelMissing(f"the model {path} cannot be read: {error.strerror}") from error
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise ModelMissing(f"the model {path} is cut short or damaged: fetch it again") from error


class _Reader:
    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.place = len(_MAGIC)

    def take(self, code: str) -> int:
        (value,) = struct.unpack_from("<" + code, self.data, self.place)
        self.place += struct.calcsize(code)
        return value

    def text(self) -> str:
        length = self.take("Q")
        begin = self.place
        self.place += length
        if self.place > len(self.data):
            raise ValueError("a string ends behind the file")
        return self.data[begin : self.place].decode("utf-8")

    def value(self, kind: int) -> str | int | float | bool | None:
        if kind == _STRING:
            return self.text()
        if kind != _ARRAY:
            return self.take(_SCALARS[kind])
        inner, count = self.take("I"), self.take("Q")
        if inner in _SCALARS:
            self.place += count * struct.calcsize(_SCALARS[inner])
        else:
            for _ in range(count):
                if inner == _STRING:
                    length = self.take("Q")
                    self.place += length
                else:
                    self.value(inner)
                if self.place > len(self.data):
                    raise ValueError("an array ends behind the file")
        return None

    def read(self, size: int) -> GgufFile:
        version = self.take("I")
        tensors, entries = self.take("Q"), self.take("Q")
        if version not in (2, 3) or tensors > _MOST or entries > _MOST:
            raise ValueError("no version or count that makes sense")
        metadata: dict[str, str | int | float | bool] = {}
        for _ in range(entries):
            name = self.text()
            value = self.value(self.take("I"))
            if value is not None:
                metadata[name] = value
        kinds: set[int] = set()
        end = 0
        for _ in range(tensors):
            self.text()
            numbers = 1
            for _ in range(self.take("I")):
                numbers *= self.take("Q")
            kind, offset = self.take("I"), self.take("Q")
            kinds.add(kind)
            per, length = _BLOCKS.get(kind, (1, 0))
            end = max(end, offset + numbers // per * length)
        alignment = int(metadata.get("general.alignment", 32))
        start = -(-self.place // alignment) * alignment
        if start + end > size:
            raise ValueError("the tensors end behind the file")
        return GgufFile(metadata, _Q8_0 in kinds)
