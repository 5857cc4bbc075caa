"""What a language's toolchain still needs on this machine, and how it is brought."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from runners.base import Language
from runners.languages.interpreter import HARNESS
from runners.packages import is_here, known, system
from runners.toolchains import missing

_SIZES = {
    "python": 125 * system.MB,
    "typst": 34 * system.MB,
    "web": 46 * system.MB,
    "d2": 22 * system.MB,
}
"""What a part downloads, in bytes, rounded up."""
_ALSO_FROM_ELSEWHERE = {"npm": "npm"}
"""Packages whose program is enough: Node's own package brings npm, and Debian's npm refuses to
stand beside that one."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing to be done.

    Attributes:
        title: how it is told.
        commands: to be run, one after the other.
        download: bytes; None where nobody knows before.
        optional: whether the language works without it.
    """

    title: str
    commands: tuple[tuple[str, ...], ...]
    download: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What brings some languages.

    Attributes:
        languages: those that lack something.
        stages: what will be done, in this order.
        by_hand: what has to be done by the user, for no package manager here can.
    """

    languages: tuple[Language, ...]
    stages: tuple[Stage, ...] = ()
    by_hand: tuple[str, ...] = ()

    @property
    def download(self) -> int | None:
        """Bytes in all; None where a part of it is not known."""
        sizes = [stage.download for stage in self.stages]
        return None if None in sizes else sum(size for size in sizes if size is not None)


def plan(languages: Sequence[Language], *, whole: bool = False) -> Plan:
    """What is to be done so that these languages work; nothing for those that do.

    Args:
        languages: to be looked at.
        whole: bring each package of theirs, also where what is there would do: R without ggplot2,
            LaTeX without its fonts, Python with matplotlib alone.
    """
    manager = system.manager()

    def wants(one: Language) -> bool:
        if missing(one.toolchain):
            return True
        if whole and any(part in known() and not is_here(part) for part in one.toolchain.parts):
            return True
        return whole and manager is not None and bool(system.lacking(system.called(_wanted(one.toolchain.packages), manager), manager))  # fmt: skip

    wanting = tuple(filter(wants, languages))
    stages: list[Stage] = []
    by_hand: list[str] = []
    packages = dict.fromkeys(name for one in wanting for name in _wanted(one.toolchain.packages))
    if packages and manager is None:
        by_hand.append(f"install {', '.join(packages)} (Debian's names): there is no apt-get, dnf, pacman or brew here")  # fmt: skip
    elif packages and manager is not None:
        names = system.lacking(system.called(packages, manager), manager)
        if names:
            stages.append(_of_system(names, manager))
    for part in dict.fromkeys(part for one in wanting for part in one.toolchain.parts):
        stages += _of_part(part)
    for one in wanting:
        if not one.toolchain.packages and not one.toolchain.parts:
            by_hand.append(f"{one.title}: {one.toolchain.install or 'its package says how'}")
    return Plan(wanting, tuple(stages), tuple(by_hand))


def _wanted(packages: Sequence[str]) -> list[str]:
    """Those packages whose program is not here already in another way."""
    return [name for name in packages if not shutil.which(_ALSO_FROM_ELSEWHERE.get(name, ""))]


def _of_system(names: tuple[str, ...], manager: system.PackageManager) -> Stage:
    root = manager.needs_root and hasattr(os, "geteuid") and os.geteuid() != 0
    lead = ("sudo",) if root and shutil.which("sudo") else ()
    commands = [(*lead, manager.name, *manager.refresh)] if manager.refresh else []
    commands.append((*lead, manager.name, *manager.install, *names))
    return Stage(f"{manager.name}: {', '.join(names)}", tuple(commands), manager.download(names))


def _of_part(part: str) -> list[Stage]:
    if part == "web":
        return [Stage("npm: d3, ECharts, Chart.js, Plotly, three.js, Vega, esbuild", ((sys.executable, "-m", "runners.web"),), _SIZES["web"])]  # fmt: skip
    if part == "d2":
        return [Stage("npm: D2", ((sys.executable, "-m", "runners.d2"),), _SIZES["d2"])]
    if part == "tex":
        command = (sys.executable, str(HARNESS / "tex_formats.py"))
        return [Stage("TeX: TikZ and pgfplots ready to be loaded in one go", (command,), 0, optional=True)]  # fmt: skip
    if part == "python":
        return [
            Stage("pip: Plotly, Bokeh, plotnine, wordcloud, NetworkX, Polars, SciPy", ((sys.executable, "-m", "runners.packages", part),), _SIZES[part]),
            Stage("matplotlib: its list of the fonts here", ((sys.executable, "-m", "runners.packages", "fonts"),), 0, optional=True),
        ]  # fmt: skip
    stages = [Stage(f"pip: {part}", ((sys.executable, "-m", "runners.packages", part),), _SIZES.get(part))]  # fmt: skip
    if part == "typst":
        stages.append(Stage("Typst Universe: cetz", ((sys.executable, "-m", "runners.packages", "cetz"),), 4 * system.MB, optional=True))  # fmt: skip
    return stages
