"""Is what a language needs on this machine?"""

from __future__ import annotations

import importlib.util
import shutil
from functools import cache

from runners.base import Toolchain


def missing(toolchain: Toolchain) -> tuple[str, ...]:
    """The modules and programs that are not here, by name."""
    modules = [name for name in toolchain.modules if not _has_module(name)]
    programs = [name for name in toolchain.programs if shutil.which(name) is None]
    return (*modules, *programs)


@cache
def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None
