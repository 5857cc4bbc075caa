"""``viscoder setup``: brings what a language needs, after saying what and how much that is."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from runners.base import Language, Program, RunnerError, Verdict
from runners.languages import all_languages
from runners.packages.plan import Plan, Stage, plan
from runners.packages.system import MB
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox
from runners.sandbox.base import Sandbox
from runners.toolchains import forget
from viscoder_tui.cli import given
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status
from viscoder_tui.locations import log_folder

_LAST_LINES = 12
_PERCENT = re.compile(r"^(?:pm|dl)status:[^:]*:([\d.]+):(.*)$")


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANG]...")
@click.option("--docker", is_flag=True, help="Build the images for --sandbox docker instead.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def command(languages: tuple[str, ...], docker: bool, yes: bool) -> int:
    """Bring what languages need: programs, packages, or the images of --sandbox docker.

    \b
    viscoder setup lilypond latex
    viscoder setup r --docker
    viscoder setup                  whatever a language lacks here

    It says what it will do and how much is downloaded, and asks first. It can be repeated.
    """
    found = tuple(dict.fromkeys(given.language(name) for name in languages)) or all_languages()
    status = Status()
    if docker:
        return _images(found, status, yes=yes)
    planned = plan(found, whole=bool(languages))
    for one in planned.by_hand:
        status.say(f"by hand: {one}")
    if planned.stages:
        _agreed(status, _told(planned), yes=yes)
        for number, stage in enumerate(planned.stages, 1):
            _done(stage, f"{number} of {len(planned.stages)}", status)
        forget()
    proven = _proven(planned.languages or (found if languages else ()), sandbox("bubblewrap"), status)  # fmt: skip
    if not planned.stages and not planned.by_hand and not languages:
        status.say("nothing to do: every language has what it needs")
    return ExitCode.OK if proven and not planned.by_hand else ExitCode.NO_TOOLCHAIN


def _told(planned: Plan) -> list[str]:
    names = ", ".join(language.title for language in planned.languages)
    lines = [f"for {names}:"]
    lines += [f"  {stage.title}{_size(stage.download)}" for stage in planned.stages]
    if len(planned.stages) > 1 and planned.download:
        lines.append(f"  together{_size(planned.download)}")
    return lines


def _size(download: int | None) -> str:
    if download is None:
        return ""
    if download == 0:
        return " (nothing to download)"
    return f" ({max(download / MB, 0.1):,.{0 if download > 10 * MB else 1}f} MB to download)"


def _agreed(status: Status, lines: Sequence[str], *, yes: bool) -> None:
    """Say what will be done, and go on only if the user wants it."""
    for line in lines:
        status.say(line)
    if yes:
        return
    if not sys.stdin.isatty():
        raise CommandFailed("nothing was installed: add --yes to go on without being asked", ExitCode.USAGE)  # fmt: skip
    if not click.confirm("Go on?", default=True, err=True):
        raise CommandFailed("nothing was installed", ExitCode.INTERRUPTED)


def _done(stage: Stage, which: str, status: Status) -> None:
    """Carry a stage out; what its commands say goes to a log, which a failure names."""
    began = time.monotonic()
    log = log_folder() / f"setup-{datetime.now():%Y%m%d-%H%M%S}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    for arguments in stage.commands:
        code = _run(arguments, log, f"{which} · {stage.title}", status)
        if code == 0:
            continue
        status.clear()
        if stage.optional:
            status.say(f"without {stage.title}: {_last(log, 1)}")
            return
        raise CommandFailed(f"{' '.join(arguments)} failed:\n{_last(log, _LAST_LINES)}\nall of it: {log}", ExitCode.NO_TOOLCHAIN)  # fmt: skip
    status.clear()
    status.say(f"done: {stage.title} ({time.monotonic() - began:.0f} s)")


def _run(arguments: tuple[str, ...], log: Path, what: str, status: Status) -> int:
    """Run a command; apt tells its percents on stdout, others are shown by their last line."""
    began = time.monotonic()
    if "apt-get" in arguments:
        arguments = (*arguments, "-o", "APT::Status-Fd=1", "-o", "Dpkg::Use-Pty=0")
    try:
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")  # fmt: skip
    except OSError as error:
        log.write_text(f"{arguments[0]}: {error.strerror}\n")
        return 127
    assert process.stdout is not None
    with process, log.open("a", encoding="utf-8") as kept:
        for line in process.stdout:
            kept.write(line)
            percent = _PERCENT.match(line)
            said = f"{float(percent[1]):.0f}% {percent[2]}" if percent else line.strip()
            status.progress(f"{what} · {time.monotonic() - began:.0f} s · {said}")
    return process.wait()


def _last(log: Path, most: int) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip() and not _PERCENT.match(line)]  # fmt: skip
    return "\n".join(lines[-most:])


def _proven(languages: Sequence[Language], box: Sandbox, status: Status) -> bool:
    """Draw a picture in each; whether all of them did."""
    problem = box.problem()
    if problem is not None:
        status.say(problem)
        return False
    works = True
    for language in languages:
        status.progress(f"drawing in {language.title}")
        with tempfile.TemporaryDirectory(prefix="viscoder-setup-") as folder:
            runner = SandboxedRunner(box, standby=False)
            run = asyncio.run(runner.run(Program(language.example, language.name), Path(folder)))
        status.clear()
        if run.verdict is Verdict.RENDERED:
            status.say(f"{language.name} works: it drew a picture in {run.seconds:.1f} s")
        else:
            works = False
            why = run.diagnostics[0].message if run.diagnostics else str(run.verdict)
            status.say(f"{language.name} does not work: {why}")
    return works


def _images(languages: Sequence[Language], status: Status, *, yes: bool) -> int:
    """Build the image of each language's family, and draw in it."""
    from runners.images.building import build  # the Docker SDK is slow to import

    box = sandbox("docker")
    problem = box.problem()
    if problem is not None:
        raise CommandFailed(problem, ExitCode.NO_TOOLCHAIN)
    imaged = [one for one in languages if one.toolchain.image]
    families = dict.fromkeys(one.toolchain.image for one in imaged)
    without = [one.title for one in languages if one not in imaged]
    if without:
        status.say(f"there is no image with {', '.join(without)}")
    if not imaged:
        return ExitCode.NO_TOOLCHAIN
    _agreed(status, [f"images to be built, unless they are there: {', '.join(families)} (300 to 1,600 MB each)"], yes=yes)  # fmt: skip
    for number, family in enumerate(families, 1):
        what = f"{number} of {len(families)} · image {family}"

        def told(line: str, what: str = what) -> None:
            status.progress(f"{what} · {line}")

        try:
            tag = build(family, told)
        except RunnerError as error:
            raise CommandFailed(str(error), ExitCode.NO_TOOLCHAIN) from error
        status.clear()
        status.say(f"done: {tag}")
    drawn = _proven(imaged, box, status)
    return ExitCode.OK if drawn and not without else ExitCode.NO_TOOLCHAIN
