"""``viscoder doctor``: what works here, what is missing, and the command that brings it."""

from __future__ import annotations

import asyncio
import platform
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from backends.base import BackendError, listen
from backends.server_address import host_of
from runners.base import Language, Program, SandboxMissing, Verdict
from runners.languages import all_languages, refused
from runners.runner import SandboxedRunner
from runners.sandbox import sandbox, seccomp
from runners.sandbox.base import Sandbox
from runners.toolchains import brings
from viscoder_tui import __version__, config
from viscoder_tui.cli import model, models_told, options, output, picture
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status
from viscoder_tui.config.models import library
from viscoder_tui.locations import data_folder, log_folder, settings_file

_AT_ONCE = 3
"""Languages that are drawn in side by side."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: what.
        works: whether it does; None where it is neither good nor bad.
        message: how it is, and what brings it where it is missing.
    """

    subject: str
    works: bool | None
    message: str


@click.command()
@options.as_json
def command(as_json: bool) -> int:
    """Look at everything viscoder needs. Each language draws a tiny picture as a proof."""
    try:
        settings = config.load()
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    status = Status()
    findings = asyncio.run(_look(settings, status))
    status.clear()
    if as_json:
        output.document({"findings": [{"subject": one.subject, "works": one.works, "message": one.message} for one in findings]})  # fmt: skip
    else:
        width = max(len(one.subject) for one in findings)
        for one in findings:
            mark = {True: "ok", False: "--", None: "  "}[one.works]
            output.line(f"{mark}  {one.subject:{width}}  {one.message}")
    broken = {one.subject for one in findings if one.works is False}
    if "model" in broken:
        return ExitCode.NO_MODEL
    return ExitCode.NO_TOOLCHAIN if broken & {"sandbox", "python"} else ExitCode.OK


async def _look(settings: config.Settings, status: Status) -> list[Finding]:
    size = shutil.get_terminal_size()
    findings = [
        Finding("viscoder", None, f"{__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"),
        Finding("terminal", None, f"{size.columns} by {size.lines}, pictures: {picture.detected()}"),
        Finding("settings", None, str(settings_file()) + ("" if settings_file().exists() else " (none yet)")),
        Finding("runs", None, str(data_folder() / "runs")),
        Finding("log", None, str(log_folder())),
    ]  # fmt: skip
    status.progress("loading the model")
    findings.append(await _model(settings, status))
    try:
        findings.append(Finding("model from", None, models_told.order(library(), settings)))
    except (BackendError, config.SettingsWrong) as error:
        findings.append(Finding("model from", False, str(error)))
    box = sandbox(settings.sandbox)
    problem = box.problem()
    unfiltered = seccomp.lacking(platform.machine(), seccomp.program_here())
    works = f"{box.name} works" + (f", {unfiltered}" if unfiltered else "")
    findings.append(Finding("sandbox", problem is None, problem or works))
    runner = SandboxedRunner(box, standby=False)
    gate = asyncio.Semaphore(_AT_ONCE)

    async def proven(language: Language) -> Finding:
        async with gate:
            status.progress(f"drawing in {language.title}")
            return await _drawn(box, runner, language)

    findings += await asyncio.gather(*map(proven, all_languages()))
    findings += [Finding("plugin", False, sentence) for sentence in refused()]
    return findings


async def _model(settings: config.Settings, status: Status) -> Finding:
    try:
        choice, backend = model.started(None, settings)
    except (BackendError, config.SettingsWrong) as error:
        return Finding("model", False, str(error))
    listen(backend, status.progress)
    try:
        info = await backend.load()
    except BackendError as error:
        return Finding("model", False, str(error))
    finally:
        await backend.close()
    small = ", very small: viscoder models pull brings a real one" if choice.embedded else ""
    where = f" at {', '.join(map(host_of, choice.server.addresses))}" if choice.server else ""
    where = " in a vLLM that viscoder starts" if choice.owned else where
    doubt = f"; {info.doubt}" if info.doubt else ""
    return Finding("model", True, f"{info.name}{where}, context {info.context} tokens ({choice.why}{small}){doubt}")  # fmt: skip


async def _drawn(box: Sandbox, runner: SandboxedRunner, language: Language) -> Finding:
    try:
        lacking = box.missing(language)
    except SandboxMissing:
        return Finding(language.name, False, "cannot be tried without a sandbox")
    if lacking is not None:
        return Finding(language.name, False, f"needs {', '.join(lacking.what)}: {lacking.install}")
    with tempfile.TemporaryDirectory(prefix="viscoder-doctor-") as folder:
        try:
            run = await runner.run(Program(language.example, language.name), Path(folder))
        except SandboxMissing:
            return Finding(language.name, False, "cannot be tried without a sandbox")
    if run.verdict is Verdict.RENDERED:
        return Finding(language.name, True, f"drew a picture in {run.seconds:.1f} s")
    why = run.diagnostics[0].message if run.diagnostics else run.stderr.strip()[-200:]
    return Finding(language.name, False, f"{run.verdict}: {why}; {brings(language)}")
