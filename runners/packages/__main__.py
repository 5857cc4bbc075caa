"""Brings the Python packages of a language; see `runners.packages`."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from runners.packages import FOLDER, brought, fonts, known, listed, typst


def installer() -> list[str] | None:
    """pip of this interpreter, or uv: an environment may have been made without the first."""
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    beside = Path(sys.executable).parent / "uv"
    uv = str(beside) if beside.exists() else shutil.which("uv")
    return [uv, "pip", "install"] if uv else None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def cetz() -> int:
    """Bring Typst's package for drawings; the exit status."""
    try:
        typst.bring(lambda name: _say(f"fetching {name}"))
    except typst.PackageNotBrought as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def font_list() -> int:
    """Bring matplotlib's list of fonts; the exit status."""
    try:
        written = fonts.bring(fonts.FOLDER, told=True)
    except OSError as error:
        sys.stderr.write(f"matplotlib's list of fonts cannot be kept in {fonts.FOLDER}: {error.strerror}\n")  # fmt: skip
        return 1
    return 0 if written else 1  # matplotlib has said why


def main(names: list[str]) -> int:
    """Install into `FOLDER`; the exit status."""
    if names == ["cetz"]:
        return cetz()
    if names == ["fonts"]:
        return font_list()
    begin = installer()
    if begin is None:
        sys.stderr.write("Python packages need pip or uv: python -m ensurepip brings the first\n")
        return 1
    for name in names or known():
        if name not in known():
            sys.stderr.write(f"there are no packages for '{name}': there are some for {', '.join(known())}\n")  # fmt: skip
            return 2
        FOLDER.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [*begin, "--quiet", "--upgrade", "--no-deps", "--require-hashes", "--target", str(FOLDER), "-r", str(listed(name))],
            check=False,
        )  # fmt: skip
        if done.returncode != 0:
            sys.stderr.write(f"the Python packages for {name} could not be installed\n")
            return 1
        brought(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
