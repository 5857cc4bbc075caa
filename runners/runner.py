"""Runs a program: fresh workspace, sandboxed steps, pictures out, verdict, nothing left behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from runners import first_use, languages
from runners.base import (
    Diagnostic,
    Language,
    Limits,
    Output,
    Picture,
    PictureFormat,
    Program,
    Run,
    SandboxMissing,
    Severity,
    Step,
    Verdict,
)
from runners.output import Kept, harmless
from runners.pictures import PictureRefused, is_blank, measure
from runners.sandbox.base import Breach, Command, Confined, Ending, Sandbox
from runners.toolchains import Missing
from runners.warm import GO, Spares, discard
from runners.workspace import OUT, names, new_workspace, read, take

_MOST_PICTURES = 20
_MOST_TEXTS = 2_000
_MOST_TEXT_BYTES = 1 << 20
_LONGEST_TEXT = 1_000
_OUT_OF_MEMORY = ("memoryerror", "std::bad_alloc", "cannot allocate", "memory allocation of", "out of memory")  # fmt: skip
_NO_REASON = ("note: ", "stack backtrace:")
"""What Rust says after it has told what went wrong."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """What came of one step."""

    ending: Ending
    stdout: str
    stderr: str
    timed_out: bool = False


class SandboxedRunner:
    """The one implementation of `runners.base.Runner`.

    Args:
        sandbox: where programs run.
        standby: start interpreters ahead of time, each used once.
    """

    def __init__(self, sandbox: Sandbox, *, standby: bool = True) -> None:
        self._sandbox = sandbox
        self._spares = Spares(sandbox) if standby else None

    async def run(
        self,
        program: Program,
        folder: Path,
        format: PictureFormat = "png",
        limits: Limits | None = None,
    ) -> Run:
        """Run `program` and put its pictures into `folder`; see `runners.base.Runner`."""
        language = languages.find(program.language)
        lacking = await asyncio.to_thread(self._lacking, language)
        if lacking is not None:
            return _failed(Verdict.UNAVAILABLE, f"{language.title} needs {', '.join(lacking.what)}", lacking.install)  # fmt: skip
        if language.check is not None:
            found = language.check(program.source)
            if any(one.severity is Severity.ERROR for one in found):
                return Run(Verdict.FAILED, diagnostics=found)
        began = time.monotonic()
        run = await self._run(language, program, folder, format, limits or Limits())
        return replace(run, seconds=time.monotonic() - began)

    def warm_up(self, language: str) -> None:
        """Start the language's interpreter ahead of time, where it can be."""
        if self._spares is not None:
            self._spares.prepare(languages.find(language), Limits())

    async def close(self) -> None:
        """End whatever was started ahead."""
        if self._spares is not None:
            await self._spares.close()

    def _lacking(self, language: Language) -> Missing | None:
        problem = self._sandbox.problem()
        if problem is not None:
            raise SandboxMissing(problem)
        lacking = self._sandbox.missing(language)
        if lacking is None:
            first_use.make(language)
        return lacking

    async def _run(
        self, language: Language, program: Program, folder: Path, format: PictureFormat, limits: Limits
    ) -> Run:  # fmt: skip
        steps = language.steps(format)
        spare = None
        if self._spares is not None and steps[0].standby and limits == Limits():
            spare = await self._spares.take(language.name, steps[0])
        workspace = spare.workspace if spare else new_workspace()
        process = spare.process if spare else None
        try:
            _fill(workspace, language, program, format)
            ended: list[_Ended] = []
            deadline = time.monotonic() + limits.wall_seconds
            for step in steps:
                if process is None:
                    process = await self._start(step, language.toolchain.image, workspace, limits)
                else:
                    process.stdin.write(GO)
                ended.append(await _finished(process, limits, deadline))
                process = None
                if ended[-1].ending.exit_status != 0 or ended[-1].timed_out:
                    break
            # In a thread: a large picture takes seconds to look at.
            run = await asyncio.to_thread(
                _judged, language, program, folder, limits, workspace, ended
            )
        finally:
            await discard(process, workspace)
        if self._spares is not None:  # now, for its start would hold up the picture
            self._spares.prepare(language, Limits())
        return run

    async def _start(self, step: Step, image: str, workspace: Path, limits: Limits) -> Confined:
        command = Command(step.argv, step.environment, step.readable, workspace, limits, image)
        process = await self._sandbox.start(command)
        process.stdin.close()
        return process


def _fill(workspace: Path, language: Language, program: Program, format: PictureFormat) -> None:
    source = program.source.encode("utf-8", errors="replace")
    (workspace / language.file_name).write_bytes(source)
    (workspace / "format").write_text(format)
    if program.style is not None:
        (workspace / "style").write_text(json.dumps(asdict(program.style)), encoding="utf-8")
    for data in program.data:
        shutil.copyfile(data.path, workspace / Path(data.name).name)


async def _finished(process: Confined, limits: Limits, deadline: float) -> _Ended:
    stdout, stderr = Kept(limits.output_bytes), Kept(limits.output_bytes)
    timed_out = False

    async def drain() -> Ending:
        await asyncio.gather(stdout.read(process.stdout), stderr.read(process.stderr))
        return await process.wait()

    try:
        async with asyncio.timeout(max(deadline - time.monotonic(), 0)):
            ending = await drain()
    except TimeoutError:
        timed_out = True
        process.kill()
        ending = await process.wait()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    with contextlib.suppress(OSError):
        process.stdin.close()
    return _Ended(ending, stdout.text(), stderr.text(), timed_out)


def _judged(
    language: Language,
    program: Program,
    folder: Path,
    limits: Limits,
    workspace: Path,
    ended: Sequence[_Ended],
) -> Run:
    last = ended[-1]
    stdout = "".join(one.stdout for one in ended).replace(f"{workspace}/", "")
    stderr = "".join(one.stderr for one in ended).replace(f"{workspace}/", "")
    status = last.ending.exit_status
    run = Run(Verdict.FAILED, stdout=stdout, stderr=stderr, exit_status=status)
    breach = _breached(last, limits)
    if breach is not None:
        return replace(run, verdict=breach[0], diagnostics=(breach[1],))
    output = Output(program.source, stdout, stderr, status, workspace)
    diagnostics = language.diagnose(output)
    if status != 0:
        if not diagnostics:
            diagnostics = (Diagnostic(Severity.ERROR, _last_line(stderr) or f"the program ended with status {status}"),)  # fmt: skip
        out_of_memory = any(word in diagnostics[0].message.lower() for word in _OUT_OF_MEMORY)
        verdict = Verdict.OUT_OF_MEMORY if out_of_memory else Verdict.FAILED
        return replace(run, verdict=verdict, diagnostics=diagnostics)
    pictures, blank, refused, beyond = _collected(workspace, folder, limits.workspace_bytes)
    if refused and not pictures:
        return replace(run, diagnostics=(*refused, *diagnostics))
    if not pictures:
        return replace(run, verdict=Verdict.NO_PICTURE, diagnostics=diagnostics)
    verdict = Verdict.BLANK if blank else Verdict.RENDERED
    diagnostics += tuple(one for one in beyond if one not in diagnostics)
    texts = _texts(workspace)
    return replace(run, verdict=verdict, pictures=pictures, diagnostics=diagnostics, texts=texts)


def _breached(last: _Ended, limits: Limits) -> tuple[Verdict, Diagnostic] | None:
    def because(verdict: Verdict, message: str) -> tuple[Verdict, Diagnostic]:
        return verdict, Diagnostic(Severity.ERROR, message)

    if last.timed_out:
        return because(Verdict.TIMED_OUT, f"the program was stopped after {limits.wall_seconds:g} seconds")  # fmt: skip
    match last.ending.breach:
        case Breach.CPU:
            return because(Verdict.TIMED_OUT, f"the program used up its {limits.cpu_seconds} seconds of processor time")  # fmt: skip
        case Breach.MEMORY:
            return because(Verdict.OUT_OF_MEMORY, f"the program used more than {limits.memory_bytes >> 20} MB of memory")  # fmt: skip
        case Breach.PROCESSES:
            return because(Verdict.FAILED, f"the program started more than {limits.processes} processes")  # fmt: skip
        case Breach.WORKSPACE:
            return because(Verdict.FAILED, f"the program wrote more than {limits.workspace_bytes >> 20} MB")  # fmt: skip
        case None:
            return None


def _collected(
    workspace: Path, folder: Path, most: int
) -> tuple[tuple[Picture, ...], bool, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """The pictures, whether all are blank, what was wrong with others, and whether there are too many.

    They are copied out of the workspace; links and odd files are left where they are.

    A vector picture comes with the png of the same name, which is what is shown.

    Args:
        workspace: where the program worked.
        folder: where they go.
        most: bytes of them all; what is sparse in the workspace is not so when it is copied.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = names(workspace, OUT)
    pictures: list[Picture] = []
    refused: list[Diagnostic] = []
    blank = True

    def copied(name: str) -> list[Path]:
        nonlocal most
        copy = (folder / f"picture-{len(pictures) + 1}").with_suffix(name[-4:])
        size = take(workspace, OUT, name, target=copy, most=most)
        most -= size or 0
        return [] if size is None else [copy]

    pngs = [name for name in there if name.endswith(".png")]
    beyond: tuple[Diagnostic, ...] = ()
    if len(pngs) > _MOST_PICTURES:
        message = f"{len(pngs)} pictures were drawn; the first {_MOST_PICTURES} are kept"
        beyond = (Diagnostic(Severity.WARNING, message),)
    for png in pngs[:_MOST_PICTURES]:
        vectors = [png[:-4] + ending for ending in (".svg", ".pdf") if png[:-4] + ending in there]
        copies = copied(png)
        if not copies:
            continue
        if vectors:
            copies = copied(vectors[0]) + copies
        try:
            measured = [measure(copy) for copy in copies]
            blank = is_blank(copies[-1]) and blank
            pictures.append(measured[0])
        except PictureRefused as reason:
            refused.append(Diagnostic(Severity.ERROR, harmless(str(reason))))
            for copy in copies:
                copy.unlink()
    return tuple(pictures), blank, tuple(refused), beyond


def _texts(workspace: Path) -> tuple[str, ...]:
    written = read(workspace, OUT, "texts.json", most=_MOST_TEXT_BYTES)
    try:
        content: Any = json.loads(written or b"[]")
    except (ValueError, RecursionError):
        return ()
    if not isinstance(content, list):
        return ()
    entries = cast("list[Any]", content)[:_MOST_TEXTS]
    return tuple(harmless(text)[:_LONGEST_TEXT] for text in entries if isinstance(text, str))


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(_NO_REASON)]  # fmt: skip
    return lines[-1][:300] if lines else ""


def _failed(verdict: Verdict, message: str, hint: str | None = None) -> Run:
    return Run(verdict, diagnostics=(Diagnostic(Severity.ERROR, message, hint=hint),))
