"""Packages of the operating system: Debian's names for them, and what others call them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class PackageManager:
    """A system's package manager.

    Attributes:
        name: of its program.
        install: arguments that install without asking; the packages follow.
        refresh: a command that brings its lists up to date first; empty where it does so itself.
        is_installed: the command that ends well if the one package that follows is installed.
        needs_root: whether installing does.
        download: how many bytes some packages and what they need would download; None where that
            cannot be told.
    """

    name: str
    install: tuple[str, ...]
    is_installed: tuple[str, ...]
    download: Callable[[tuple[str, ...]], int | None]
    refresh: tuple[str, ...] = ()
    needs_root: bool = True


def _said(*command: str) -> str | None:
    """What a command prints; None where it fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=120, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _of_apt(packages: tuple[str, ...]) -> int | None:
    said = _said("apt-get", "install", "--print-uris", "-qq", "--no-install-recommends", *packages)
    return None if said is None else sum(map(int, re.findall(r"^'\S+' \S+ (\d+) ", said, re.MULTILINE)))  # fmt: skip


def _of_pacman(packages: tuple[str, ...]) -> int | None:
    said = _said("pacman", "-Sp", "--print-format", "%s", *packages)
    return None if said is None else sum(map(int, re.findall(r"^(\d+)$", said, re.MULTILINE)))


def _of_dnf(packages: tuple[str, ...]) -> int | None:
    said = _said(
        "sh", "-c", 'dnf install --assumeno "$@"; true', "dnf", *packages
    )  # a no is its failure
    found = re.search(r"[Tt]otal (?:download )?size[^:]*: ([\d.]+) ?([kMG])", said or "")
    return round(float(found[1]) * {"k": 1_000, "M": MB, "G": 1_000 * MB}[found[2]]) if found else None  # fmt: skip


def _unknown(_packages: tuple[str, ...]) -> int | None:
    return None


MANAGERS = (
    PackageManager("apt-get", ("install", "-y", "--no-install-recommends"), ("dpkg", "-s"), _of_apt, refresh=("update", "-qq")),
    PackageManager("dnf", ("install", "-y"), ("rpm", "-q"), _of_dnf),
    PackageManager("pacman", ("-S", "--noconfirm", "--needed"), ("pacman", "-Q"), _of_pacman),
    PackageManager("brew", ("install",), ("brew", "list"), _unknown, needs_root=False),
)  # fmt: skip

_NAMES: dict[str, tuple[str, str, str]] = {
    "abcm2ps": ("abcm2ps", "", "abcm2ps"),
    "bubblewrap": ("bubblewrap", "bubblewrap", ""),
    "chromium-headless-shell": ("chromium", "chromium", "chromium"),
    "fonts-freefont-otf": ("gnu-free-sans-fonts", "gnu-free-fonts", ""),
    "g++": ("gcc-c++", "gcc", "gcc"),
    "gnuplot-nox": ("gnuplot-minimal", "gnuplot", "gnuplot"),
    "libboost-filesystem-dev": ("boost-devel", "boost", "boost"),
    "libboost-iostreams-dev": ("boost-devel", "boost", "boost"),
    "libcairo2-dev": ("cairo-devel", "cairo", "cairo"),
    "libgnuplot-iostream-dev": ("", "", ""),
    "libplplot-dev": ("plplot-devel", "", "plplot"),
    "lmodern": ("texlive-lm", "texlive-fontsrecommended", "texlive"),
    "nodejs": ("nodejs", "nodejs", "node"),
    "npm": ("nodejs-npm", "npm", "node"),
    "plplot-driver-cairo": ("", "", ""),
    "pkg-config": ("pkgconf", "pkgconf", "pkgconf"),
    "poppler-utils": ("poppler-utils", "poppler", "poppler"),
    "r-base-core": ("R-core", "r", "r"),
    "r-cran-dplyr": ("R-dplyr", "", ""),
    "r-cran-ggplot2": ("R-ggplot2", "", ""),
    "r-cran-lattice": ("R-lattice", "r", "r"),
    "texlive-fonts-recommended": ("texlive-collection-fontsrecommended", "texlive-fontsrecommended", "texlive"),
    "texlive-latex-extra": ("texlive-collection-latexextra", "texlive-latexextra", "texlive"),
    "texlive-luatex": ("texlive-collection-luatex", "texlive-luatex", "texlive"),
    "texlive-pictures": ("texlive-collection-pictures", "texlive-pictures", "texlive"),
    "texlive-science": ("texlive-collection-mathscience", "texlive-mathscience", "texlive"),
    "texlive-xetex": ("texlive-collection-xetex", "texlive-xetex", "texlive"),
}  # fmt: skip
"""What dnf, pacman and brew call a package of Debian's; empty where they have none. Others are
called the same everywhere."""


def manager() -> PackageManager | None:
    """This system's package manager."""
    return next((one for one in MANAGERS if shutil.which(one.name)), None)


def called(packages: Iterable[str], by: PackageManager) -> tuple[str, ...]:
    """Debian's packages by the names that a package manager knows, each once."""
    at = [one.name for one in MANAGERS].index(by.name)
    names = [package if at == 0 else _NAMES.get(package, (package,) * 3)[at - 1] for package in packages]  # fmt: skip
    return tuple(dict.fromkeys(name for name in names if name))


def lacking(packages: Iterable[str], by: PackageManager) -> tuple[str, ...]:
    """Those of a manager's packages that are not installed."""
    return tuple(name for name in packages if not _is_installed(name, by))


def _is_installed(name: str, by: PackageManager) -> bool:
    done = subprocess.run([*by.is_installed, name], capture_output=True, text=True, check=False)
    return done.returncode == 0 and "deinstall ok config-files" not in done.stdout
