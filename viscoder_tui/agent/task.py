"""What is asked."""

from __future__ import annotations

from dataclasses import dataclass

from runners.base import DataFile, Language, PictureFormat, PlotStyle
from viscoder_tui.agent.compact import Table
from viscoder_tui.agent.datafiles import DataSummary


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier request of the same conversation, and the program that it led to.

    Attributes:
        instruction: what the user typed.
        language: name of the program's language.
        source: the program as it stands now, changed by hand or not.
        tables: of the data files it reads.
    """

    instruction: str
    language: str
    source: str
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A request for a picture.

    Attributes:
        instruction: what the user typed.
        language: what the program is to be written in.
        data: what the files hold that the program may read.
        format: what the picture is to be stored as.
        style: how the picture looks where its program does not say.
        earlier: what was asked and written before, where this is a change to it.
        told: said to the model in place of the instruction: what is wrong with the last program.
        lines: first and last line, counted from 1, of the part of the last program that may be
            changed; all of it where None.
    """

    instruction: str
    language: Language
    data: tuple[DataSummary, ...] = ()
    format: PictureFormat = "png"
    style: PlotStyle | None = None
    earlier: tuple[Exchange, ...] = ()
    told: str = ""
    lines: tuple[int, int] | None = None

    @property
    def files(self) -> tuple[DataFile, ...]:
        """The data files, as the runner takes them."""
        return tuple(DataFile(one.name, one.path) for one in self.data)
