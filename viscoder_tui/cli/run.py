"""``viscoder run``: a program without a model."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import click

from runners import languages
from runners.base import DataFile, Language, Program
from runners.runner import SandboxedRunner
from viscoder_tui import config
from viscoder_tui.agent.record import Record
from viscoder_tui.cli import given, options
from viscoder_tui.cli.destination import destination, format_for
from viscoder_tui.cli.result import present
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status
from viscoder_tui.cli.story import Round, Story
from viscoder_tui.sessions.runs import new_run_folder

_MAX_SOURCE_BYTES = 1024 * 1024


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.lang
@options.data
@options.out
@options.sandbox
@options.image
@options.as_json
def command(
    file: Path,
    lang: str | None,
    data: tuple[Path, ...],
    out: str | None,
    sandbox_name: str | None,
    image: str | None,
    as_json: bool,
) -> int:
    """Run the program FILE in the sandbox and show its picture."""
    try:
        settings = config.load()
    except config.SettingsWrong as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error
    source = _source(file)
    language = given.language(lang) if lang else _language_of(file)
    wanted = destination(out)
    form = format_for(wanted, language)
    shown = options.checked_image(image, settings.image)
    sandbox = given.ready_sandbox(sandbox_name or settings.sandbox)
    status = Status()
    folder = new_run_folder(file.name)
    files = tuple(DataFile(one.name, one.path) for one in given.data_files(data, folder))
    program = Program(source, language.name, files)
    status.progress(f"running {file.name}")

    async def run() -> Story:
        runner = SandboxedRunner(sandbox, standby=False)
        record = Record(folder, language)
        record.write_program(0, source)
        began = time.monotonic()
        ended = await runner.run(program, record.round(0), form)
        record.write_run(0, ended, ())
        story = Story(language.name, None, folder, [Round(code=source)], solved=0)
        story.hear_run(replace(ended, seconds=time.monotonic() - began))
        return story

    story = asyncio.run(run())
    status.clear()
    return present(story, status, wanted=wanted, image=shown, as_json=as_json)


def _source(file: Path) -> str:
    try:
        if file.is_dir():
            raise CommandFailed(f"{file} is a folder: name a program in it", ExitCode.USAGE)
        data = file.read_bytes()
    except FileNotFoundError:
        raise CommandFailed(f"there is no file {file}", ExitCode.USAGE) from None
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}", ExitCode.USAGE) from error
    if len(data) > _MAX_SOURCE_BYTES:
        raise CommandFailed(f"{file} has {len(data) / 1e6:.1f} MB: a program may have 1 MB", ExitCode.USAGE)  # fmt: skip
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CommandFailed(f"{file} is not UTF-8 (line {line})", ExitCode.USAGE) from error
    if not source.strip():
        raise CommandFailed(f"{file} is empty", ExitCode.USAGE)
    return source


def _language_of(file: Path) -> Language:
    for suffix in ("".join(file.suffixes[-2:]), file.suffix):
        found = languages.by_suffix(suffix)
        if found is not None:
            return found
    names = ", ".join(one.suffix for one in languages.all_languages())
    raise CommandFailed(f"{file} does not tell its language: name it with --lang, or use one of the endings {names}", ExitCode.USAGE)  # fmt: skip
