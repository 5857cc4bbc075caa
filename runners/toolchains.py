"""Is what a language needs on this machine?"""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

from runners.base import Language, Toolchain
from runners.packages import FOLDER


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a language from running somewhere.

    Attributes:
        what: is missing, by name.
        install: the command that brings it.
    """

    what: tuple[str, ...]
    install: str


def missing(toolchain: Toolchain) -> tuple[str, ...]:
    """The modules and programs that are not here, by name."""
    modules = [name for name in toolchain.modules if not _has_module(name)]
    programs = [Path(names.rpartition("|")[2]).name for names in toolchain.programs if not _has_program(names)]  # fmt: skip
    return (*modules, *programs)


def missing_here(language: Language) -> Missing | None:
    """What a language lacks where programs run with what is installed on this machine."""
    lacking = missing(language.toolchain)
    return Missing(lacking, brings(language)) if lacking else None


def brings(language: Language) -> str:
    """The command that brings a language's toolchain."""
    chain = language.toolchain
    return f"viscoder setup {language.name}" if chain.packages or chain.parts else chain.install


def forget() -> None:
    """Look again at what is here: something was installed."""
    _has_module.cache_clear()
    importlib.invalidate_caches()


def _has_program(names: str) -> bool:
    return any(shutil.which(name) for name in names.split("|"))


@cache
def _has_module(name: str) -> bool:
    if importlib.util.find_spec(name) is not None:
        return True
    return PathFinder.find_spec(name, [str(FOLDER)]) is not None
