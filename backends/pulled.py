"""What was pulled: a small JSON file that says which models lie where in the hub's cache."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from backends.base import BackendError, ModelMissing

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Pulled:
    """A model that was pulled.

    Attributes:
        repo: where it came from.
        revision: the commit.
        cache: the hub's cache in which it lies.
        files: its files' names in the repository, the first part first.
        paths: where they lie, in the same order.
        size: bytes of all of them.
        licence: as the hub had it; empty where it said nothing.
    """

    repo: str
    revision: str
    cache: str
    files: tuple[str, ...]
    paths: tuple[str, ...]
    size: int
    licence: str = ""

    @property
    def name(self) -> str:
        """``organisation/name:file``, which names it and no other."""
        return f"{self.repo}:{self.files[0]}"

    @property
    def path(self) -> Path:
        """What llama.cpp is given: the first part knows the others."""
        return Path(self.paths[0])

    @property
    def quantisation(self) -> str:
        """``Q4_K_M`` and the like; empty where the file's name does not tell."""
        from backends import quantisation  # nobody needs it where nothing was pulled

        return quantisation.label(self.files[0])

    @property
    def here(self) -> bool:
        """Whether all its files still lie there; other tools may have emptied the cache."""
        return all(Path(path).is_file() for path in self.paths)


class Shelf:
    """The models that were pulled.

    Args:
        file: where they are written down; need not exist.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def models(self) -> tuple[Pulled, ...]:
        """All of them whose files are there, in the order in which they were pulled.

        Raises:
            ModelMissing: the file cannot be read.
        """
        return tuple(one for one in self._read() if one.here)

    def add(self, model: Pulled) -> None:
        """Write a model down, in the place of an earlier one of the same name.

        Raises:
            BackendError: the file cannot be read or written.
        """
        self._write([*(one for one in self._read() if one.name != model.name and one.here), model])

    def remove(self, model: Pulled) -> None:
        """Forget a model.

        Raises:
            BackendError: as with `add`.
        """
        self._write(one for one in self._read() if one.name != model.name and one.here)

    def _read(self) -> list[Pulled]:
        try:
            content = json.loads(self.file.read_text(encoding="utf-8"))
            return [_model(one) for one in content["models"]]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise ModelMissing(f"the list of pulled models {self.file} cannot be read: {error.strerror}") from error  # fmt: skip
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise ModelMissing(f"the list of pulled models {self.file} is damaged: remove it and pull again, which downloads nothing twice") from error  # fmt: skip

    def _write(self, models: Iterable[Pulled]) -> None:
        import tempfile  # nobody needs it who only reads

        content = {"version": _VERSION, "models": [asdict(one) for one in models]}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self.file.parent, prefix=".models-", delete=False) as new:  # fmt: skip
                json.dump(content, new, indent=2)
            Path(new.name).chmod(0o644 & ~_umask())
            Path(new.name).replace(self.file)
        except OSError as error:
            raise BackendError(f"the list of pulled models {self.file} cannot be written: {error.strerror}") from error  # fmt: skip


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _model(stored: dict[str, Any]) -> Pulled:
    files, paths = tuple(stored["files"]), tuple(stored["paths"])
    if not files or len(files) != len(paths):
        raise ValueError("a model without files")
    texts = (stored["repo"], stored["revision"], stored["cache"], stored["licence"], *files, *paths)
    if not all(isinstance(one, str) for one in texts):
        raise TypeError("a text is wanted")
    return Pulled(stored["repo"], stored["revision"], stored["cache"], files, paths, int(stored["size"]), stored["licence"])  # fmt: skip
