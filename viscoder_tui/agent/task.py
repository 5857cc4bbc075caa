"""What is asked."""

from __future__ import annotations

from dataclasses import dataclass

from runners.base import DataFile, Language, PictureFormat
from viscoder_tui.agent.datafiles import DataSummary


@dataclass(frozen=True, slots=True)
class Task:
    """A request for a picture.

    Attributes:
        instruction: what the user typed.
        language: what the program is to be written in.
        data: what the files hold that the program may read.
        format: what the picture is to be stored as.
    """

    instruction: str
    language: Language
    data: tuple[DataSummary, ...] = ()
    format: PictureFormat = "png"

    @property
    def files(self) -> tuple[DataFile, ...]:
        """The data files, as the runner takes them."""
        return tuple(DataFile(one.name, one.path) for one in self.data)
