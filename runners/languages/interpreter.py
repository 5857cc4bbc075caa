"""Languages that are drawn by a script of ours in viscoder's own Python interpreter."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from runners.base import PictureFormat, Step

HARNESS = Path(__file__).resolve().parent.parent / "harness"

ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/tmp",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
)


def steps(script: str) -> Callable[[PictureFormat], tuple[Step, ...]]:
    """The one step of a language whose script in ``runners/harness`` is `script`.

    The script finds the program and the wanted format in its folder.
    """
    argv = (sys.executable, "-I", "-B", str(HARNESS / script))
    step = Step(argv, ENVIRONMENT, readable(), standby=(*argv, "standby"))

    def for_format(_format: PictureFormat) -> tuple[Step, ...]:
        return (step,)

    return for_format


@cache
def readable() -> tuple[Path, ...]:
    """What the interpreter needs beside the system: itself, its packages, and our scripts."""
    places = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent]
    wanted = [place.resolve() for place in places] + [Path(sys.prefix), HARNESS]
    kept: list[Path] = []
    for place in wanted:
        inside = any(place.is_relative_to(system) for system in ("/usr", "/bin", "/lib"))
        if not inside and place not in kept and place != Path("/"):
            kept.append(place)
    return tuple(kept)
