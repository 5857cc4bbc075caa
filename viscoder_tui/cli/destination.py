"""``-o OUT``: where the picture goes, checked before anything is asked or run."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from runners.base import PICTURE_FORMATS, Language, Picture, PictureFormat
from viscoder_tui.cli.status import CommandFailed, ExitCode


@dataclass(frozen=True, slots=True)
class Destination:
    """A file to be written, and the format that its suffix asks for."""

    path: Path
    format: PictureFormat

    def write(self, pictures: tuple[Picture, ...]) -> tuple[Path, ...]:
        """Copy the pictures there, whole or not at all; the second gets ``-2`` before the suffix.

        Raises:
            CommandFailed: the file cannot be written.
        """
        written: list[Path] = []
        for number, picture in enumerate(pictures, start=1):
            stem = self.path.stem if number == 1 else f"{self.path.stem}-{number}"
            target = self.path.with_name(stem + self.path.suffix)
            try:
                _copy_atomically(picture.path, target)
            except OSError as error:
                raise CommandFailed(
                    f"cannot write {target}: {error.strerror}; the picture is at {picture.path}",
                    ExitCode.USAGE,
                ) from error
            written.append(target)
        return tuple(written)


def destination(option: str | None) -> Destination | None:
    """What ``-o`` asks for.

    Raises:
        CommandFailed: the suffix is no format, or the folder is missing or cannot be written.
    """
    if option is None:
        return None
    path = Path(option).expanduser()
    suffix = path.suffix.lower().removeprefix(".")
    formats: list[PictureFormat] = [each for each in PICTURE_FORMATS if each == suffix]
    if not formats:
        named = f"'{path.suffix}'" if path.suffix else "no suffix"
        endings = ", ".join("." + each for each in PICTURE_FORMATS)
        raise CommandFailed(f"{option} has {named}: -o takes {endings}", ExitCode.USAGE)
    folder = path.parent
    if not folder.is_dir():
        raise CommandFailed(
            f"the folder {folder} of -o {option} does not exist: make it first", ExitCode.USAGE
        )
    if path.is_dir():
        raise CommandFailed(f"-o {option} is a folder: name a file in it", ExitCode.USAGE)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CommandFailed(
            f"the folder {folder} of -o {option} cannot be written ({error.strerror}): choose another",
            ExitCode.USAGE,
        ) from error
    return Destination(path, formats[0])


def format_for(wanted: Destination | None, language: Language) -> PictureFormat:
    """The format to draw.

    Raises:
        CommandFailed: the language cannot make it.
    """
    if wanted is None:
        return "png"
    if wanted.format not in language.formats:
        endings = ", ".join("." + each for each in language.formats)
        raise CommandFailed(
            f"{language.title} cannot make {wanted.format}: choose -o with {endings}",
            ExitCode.USAGE,
        )
    return wanted.format


def _copy_atomically(source: Path, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".viscoder-")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as written, source.open("rb") as read:
            shutil.copyfileobj(read, written)
        partial.chmod(0o666 & ~_umask())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
