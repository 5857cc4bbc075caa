"""What each run would make anew in its sandbox, where nothing is kept: made once, before the first run.

An installer may leave out the bytecode of what it installs (uv does), and matplotlib makes a list of the
machine's fonts at its first import. Either takes seconds.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from functools import cache
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from runners.base import Language
from runners.languages.interpreter import HARNESS
from runners.packages import fonts

_COMPILE = "import compileall, sys; compileall.compile_dir(sys.argv[1], quiet=2)"
_LATER = {"matplotlib": ("matplotlib.backends.backend_agg",)}
"""What a library imports only once something is drawn."""


def make(language: Language) -> None:
    """Make what is not there yet and can be kept, for a language and for our own scripts.

    Takes some seconds where there is something to make, and else next to nothing.
    """
    _made(tuple(language.toolchain.modules))


def forget() -> None:
    """Look again at what is here."""
    _made.cache_clear()


def lacks_bytecode(module: str) -> bool:
    """Whether a module's bytecode is not there, and could be written."""
    found = find_spec(module)
    return found is not None and found.origin is not None and _lacks(Path(found.origin))


@cache
def _made(modules: tuple[str, ...]) -> None:
    if _lacks(HARNESS / "common.py"):
        _run(_COMPILE, str(HARNESS))
    if any(map(lacks_bytecode, modules)):
        later = [name for module in modules for name in _LATER.get(module, ())]
        _run(f"import {', '.join([*modules, *later])}")
    if "matplotlib" in modules and fonts.can_be_brought(fonts.FOLDER):
        with contextlib.suppress(OSError):  # then each run makes its own
            fonts.bring(fonts.FOLDER, told=False)


def _lacks(source: Path) -> bool:
    if source.suffix != ".py" or not os.access(source.parent, os.W_OK):
        return False
    return not Path(cache_from_source(str(source))).exists()


def _run(program: str, *arguments: str) -> None:
    # With -I, as in the sandbox: with a setting of the user's it might lie elsewhere.
    subprocess.run([sys.executable, "-I", "-c", program, *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL)  # fmt: skip
