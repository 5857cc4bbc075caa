"""``viscoder setup``: what it says, what it asks, and what stands there afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from runners import languages
from runners.d2 import RENDERER
from runners.packages import fonts, system
from runners.packages.plan import plan
from tests.cli.conftest import Viscoder
from tests.conftest import Built, need, needed


def test_a_language_that_works_is_only_proven(viscoder: Viscoder) -> None:
    shown = viscoder("setup", "svg")
    assert shown.returncode == 0, shown.stderr
    assert "svg works: it drew a picture" in shown.stderr


def test_a_language_that_does_not_exist_is_asked_back(viscoder: Viscoder) -> None:
    shown = viscoder("setup", "graphvz")
    assert shown.returncode == 2
    assert "did you mean graphviz?" in shown.stderr


@pytest.fixture
def without_abcm2ps() -> None:
    """A machine on which ABC notation does not work yet."""
    needed(shutil.which("apt-get") is not None and os.geteuid() == 0, "apt-get, as root")
    subprocess.run(["apt-get", "remove", "-y", "-qq", "abcm2ps"], check=True, capture_output=True)


def test_a_missing_program_is_brought_after_it_was_agreed_to(viscoder: Viscoder, without_abcm2ps: None, tmp_path: Path) -> None:  # fmt: skip
    tune = tmp_path / "tune.abc"
    tune.write_text("X:1\nK:C\nCDEF|\n")
    listed = viscoder("languages")
    assert "needs abcm2ps: viscoder setup abc" in listed.stdout
    ran = viscoder("run", str(tune))
    assert ran.returncode == 4 and "viscoder setup abc" in ran.stderr
    asked = viscoder("setup", "abc")
    assert asked.returncode == 2
    assert re.search(r"apt-get: abcm2ps \((0\.\d MB|nothing) to download\)", asked.stderr)
    assert "nothing was installed: add --yes" in asked.stderr
    assert shutil.which("abcm2ps") is None
    brought = viscoder("setup", "abc", "--yes")
    assert brought.returncode == 0, brought.stderr
    assert "done: apt-get: abcm2ps" in brought.stderr
    assert "abc works: it drew a picture" in brought.stderr


@pytest.fixture
def without_d2() -> None:
    """A machine to which D2's renderer was not brought yet."""
    need("npm")
    RENDERER.unlink(missing_ok=True)


def test_a_renderer_from_npm_is_brought(viscoder: Viscoder, without_d2: None) -> None:
    listed = viscoder("languages")
    assert " d2.wasm: viscoder setup d2" in listed.stdout  # by its name, not its path
    asked = viscoder("setup", "d2")
    assert asked.returncode == 2 and "npm: D2 (22 MB to download)" in asked.stderr
    brought = viscoder("setup", "d2", "--yes")
    assert brought.returncode == 0, brought.stderr
    assert "done: npm: D2" in brought.stderr and "d2 works: it drew a picture" in brought.stderr


def test_an_image_is_built_and_proven(viscoder: Viscoder, built: Built, environment: dict[str, str]) -> None:  # fmt: skip
    tag = built("python")
    environment["DOCKER_HOST"] = os.environ.get("DOCKER_HOST", "")
    done = viscoder("setup", "svg", "--docker", "--yes")
    assert done.returncode == 0, done.stderr
    assert f"done: {tag}" in done.stderr and "svg works: it drew a picture" in done.stderr


def test_images_need_an_engine(viscoder: Viscoder, environment: dict[str, str]) -> None:
    environment["DOCKER_HOST"] = "unix:///nowhere/docker.sock"
    done = viscoder("setup", "svg", "--docker", "--yes")
    assert done.returncode == 4
    assert done.stderr.startswith("there is no Docker engine at /nowhere/docker.sock")


def test_python_packages_are_brought_again_without_harm() -> None:
    done = subprocess.run([sys.executable, "-m", "runners.packages", "typst"], capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    wrong = subprocess.run([sys.executable, "-m", "runners.packages", "nothing"], capture_output=True, text=True, check=False)  # fmt: skip
    assert wrong.returncode == 2 and "there are some for python, typst" in wrong.stderr


def test_matplotlib_finds_the_list_of_fonts_that_was_made_for_it(tmp_path: Path) -> None:
    assert fonts.bring(tmp_path, told=True)
    look = "from matplotlib.font_manager import fontManager; print(len(fontManager.ttflist))"
    here = {**os.environ, "MPLCONFIGDIR": str(tmp_path)}
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("fontlist-*")}
    found = subprocess.run([sys.executable, "-c", look], env=here, capture_output=True, text=True, check=True)  # fmt: skip
    assert int(found.stdout) > 10
    assert before == {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("fontlist-*")}


def test_packages_are_called_as_each_system_calls_them() -> None:
    apt, dnf, pacman, brew = system.MANAGERS
    wanted = ("poppler-utils", "graphviz", "abcm2ps")
    assert system.called(wanted, apt) == wanted
    assert system.called(wanted, dnf) == wanted
    assert system.called(wanted, pacman) == ("poppler", "graphviz")
    assert system.called(wanted, brew) == ("poppler", "graphviz", "abcm2ps")


def test_every_package_of_a_language_is_one_that_debian_has() -> None:
    need("apt-cache")
    names = sorted({name for one in languages.all_languages() for name in one.toolchain.packages})
    known = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=True)
    assert set(names) <= set(known.stdout.split())


def test_nothing_is_planned_for_languages_that_work() -> None:
    working = [languages.find(name) for name in ("python", "svg", "graphviz")]
    need("dot")
    assert not plan(working).stages
