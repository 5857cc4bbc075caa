"""What it means to run a program: the words that every other file of this room shares.

A `Program` goes in, a `Run` comes out. In between stand a `Language` (which steps turn the
program into a picture, and how its errors are read) and a `Sandbox` (where the steps are
confined). Nothing here starts a process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

PictureFormat = Literal["png", "svg", "pdf"]
"""What a picture can be stored as; every language makes at least ``png``."""

PICTURE_FORMATS: tuple[PictureFormat, ...] = ("png", "svg", "pdf")

MIB = 1024 * 1024


class Verdict(StrEnum):
    """How a run ended."""

    RENDERED = "rendered"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    BLANK = "blank"
    """The program ran, but its picture is empty or of one colour."""
    NO_PICTURE = "no_picture"
    UNAVAILABLE = "unavailable"
    """The language's toolchain is missing on this machine."""


class Severity(StrEnum):
    """How much a diagnostic matters."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, at one place of the program.

    Attributes:
        severity: whether it made the run fail.
        message: one line, in the tool's own words, free of paths and terminal escapes.
        line: line of the source, counted from 1, where it is known.
        column: column in that line, counted from 1 in characters, where it is known.
        hint: what would mend it, where that can be told.
    """

    severity: Severity
    message: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that the program may read by its name in the workspace.

    Attributes:
        name: bare file name, without a folder.
        path: where it lies on this machine; copied into the workspace before a run.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class PlotStyle:
    """The colours and the font of a picture whose program says nothing about them.

    Python, R, Vega-Lite, Mermaid, HTML, JavaScript, Graphviz, gnuplot, PlantUML and D2 honour it; a colour that a program sets itself is kept.

    Attributes:
        palette: colours of series, in their order, at least one; all colours are ``#rrggbb``.
        paper: behind everything.
        ink: words.
        muted: axes and the lines of diagrams.
        grid: the lines behind the data.
        font: a font's name, or ``sans-serif`` and the like.
    """

    palette: tuple[str, ...]
    paper: str
    ink: str
    muted: str
    grid: str
    font: str = "sans-serif"


@dataclass(frozen=True, slots=True)
class Program:
    """A source text, the name of its language and the data it reads.

    Attributes:
        source: the program.
        language: its name.
        data: the files that it may read.
        style: how the picture looks where the program does not say; the house's look when None.
    """

    source: str
    language: str
    data: tuple[DataFile, ...] = ()
    style: PlotStyle | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on disk.

    Attributes:
        path: the file.
        format: how it is stored.
        width: width in pixels (png) or in the format's own units, rounded.
        height: height, likewise.
    """

    path: Path
    format: PictureFormat
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use.

    Attributes:
        wall_seconds: time from start to end.
        cpu_seconds: processor time of one process.
        memory_bytes: memory of the whole process tree.
        processes: processes and threads at once.
        file_bytes: size of one file.
        workspace_bytes: size of everything in the workspace.
        output_bytes: how much of stdout, and of stderr, is kept: the first half from the
            beginning, the other half from the end.
    """

    wall_seconds: float = 30.0
    cpu_seconds: int = 30
    memory_bytes: int = 2048 * MIB
    processes: int = 128
    file_bytes: int = 64 * MIB
    workspace_bytes: int = 256 * MIB
    output_bytes: int = 256 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a program.

    Attributes:
        verdict: how it ended.
        pictures: what it drew, in the order it drew them; for an asked-for ``svg`` or ``pdf``
            each picture also has its ``png`` beside it (same stem), which is what is shown.
        diagnostics: what is wrong, the most telling first.
        stdout: what it printed, cut to `Limits.output_bytes`, free of terminal escapes.
        stderr: likewise.
        exit_status: of the last step; negative is a signal; None where nothing ran.
        seconds: wall time of all steps.
        texts: the words that stand in the picture, where the language can tell.
    """

    verdict: Verdict
    pictures: tuple[Picture, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    stdout: str = ""
    stderr: str = ""
    exit_status: int | None = None
    seconds: float = 0.0
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a language, run inside the sandbox with the workspace as its folder.

    Attributes:
        argv: the program and its arguments; paths in the workspace are relative.
        environment: the whole environment of the command; nothing is inherited.
        readable: files and folders of this machine that the command needs beside the
            system's own (``/usr`` and the like); seen at the same path, read-only.
        standby: arguments that start the same command ahead of time: it prepares itself, prints
            the line ``ready`` on stdout and waits for one line on stdin before it looks at the
            workspace. Empty where that gains nothing.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    readable: tuple[Path, ...] = ()
    standby: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What the steps of a run left behind, for a language to read.

    Attributes:
        source: the program's source.
        stdout: as in `Run`.
        stderr: as in `Run`.
        exit_status: of the last step.
        workspace: the folder, with whatever the program wrote.
    """

    source: str
    stdout: str
    stderr: str
    exit_status: int
    workspace: Path


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What a language needs on this machine.

    Attributes:
        modules: Python distributions that must be installed, by their import names.
        programs: executables that must be on the path; ``a|b`` where either will do.
        install: what brings them where ``viscoder setup`` cannot; to be shown to the user.
        packages: the system's packages that bring the programs, by Debian's names; those of
            other systems are in `runners.packages.system`.
        parts: what ``python -m runners.packages``, ``runners.web``, ``runners.d2`` and
            ``runners/harness/tex_formats.py`` bring.
        image: the family in `runners.images` that holds all this for the Docker sandbox.
    """

    modules: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    install: str = ""
    image: str = ""
    packages: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """What a program is written in, and how it becomes a picture.

    Attributes:
        name: how it is called on the command line and in JSON, in lower case.
        title: how it is called in prose.
        aliases: other names people type, and the tags of code fences.
        grammar: of a program, in GBNF: the rule ``program`` and those that it needs, the line's end
            last; empty for any text.
        ordinary: those of its names that are ordinary words too, such as ``dot``: in a request
            they do not name the language.
        suffix: of its source files, with the dot.
        other_suffixes: of source files that are its too.
        lexer: the Pygments lexer's alias.
        guide: what a model is told about writing for this runner; a few sentences.
        formats: what it can draw to.
        toolchain: what it needs here.
        words: words in a request that speak for this language when none is named.
        file_name: the source file's name in the workspace.
        steps: the commands that draw to a format. The picture files that they leave in the
            folder ``out`` of the workspace, in the order of their names, are the run's pictures;
            the lines of ``out/texts.json`` (a JSON list of strings) are its texts.
        diagnose: reads a failed or a warning run's output.
        check: finds mistakes without running anything; an error ends the run as ``failed``.
        example: a small, correct program, drawn by ``doctor`` as a proof.
    """

    name: str
    title: str
    suffix: str
    lexer: str
    guide: str
    toolchain: Toolchain
    file_name: str
    steps: Callable[[PictureFormat], tuple[Step, ...]]
    diagnose: Callable[[Output], tuple[Diagnostic, ...]]
    example: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    other_suffixes: tuple[str, ...] = ()
    formats: tuple[PictureFormat, ...] = PICTURE_FORMATS
    check: Callable[[str], tuple[Diagnostic, ...]] | None = None
    ordinary: tuple[str, ...] = ()
    grammar: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called in a request, the name first."""
        return tuple(name for name in (self.name, *self.aliases) if name not in self.ordinary)


class Runner(Protocol):
    """Runs programs. The one implementation is `runners.runner.SandboxedRunner`."""

    async def run(
        self,
        program: Program,
        folder: Path,
        format: PictureFormat = "png",
        limits: Limits | None = None,
    ) -> Run:
        """Run `program` and put its pictures into `folder`.

        Raises:
            UnknownLanguage: no such language.
            SandboxMissing: the sandbox cannot be had on this machine.
            asyncio.CancelledError: after the whole process tree is dead.
        """
        ...

    def warm_up(self, language: str) -> None:
        """Start the language's interpreter ahead of time, where it can be."""
        ...

    async def close(self) -> None:
        """End whatever was started ahead."""
        ...


class RunnerError(Exception):
    """Something about running that is not the program's fault; the text is one sentence."""


class UnknownLanguage(RunnerError):
    """No language has that name."""


class SandboxMissing(RunnerError):
    """The sandbox cannot be had here; the text says what to install."""
