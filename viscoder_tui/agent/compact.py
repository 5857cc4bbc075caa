"""The wording for models trained by this project: the bare request, nothing to read around it.

The training pipeline and the loop both build their prompts here, so that the model meets at
work exactly what it met in training. A conversation reads::

    user       python: bar chart of fruit sold: apples 3, pears 5
               data fruit.csv: name text, sold number
    assistant  ```python
               import matplotlib.pyplot as plt
               ...
               ```
    user       error 4: name 'fruits' is not defined
               missing number 5
    assistant  ```python
               ...
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "number", "date"]

_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "\r": None,
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name as it stands in the file, and what it holds."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Table:
    """A data file as the compact prompt tells it: its name and its columns."""

    name: str
    columns: tuple[Column, ...]


def plain(text: str) -> str:
    """`text` with typographic quotes, dashes and spaces made plain and runs of blanks joined."""
    lines = (" ".join(line.split()) for line in text.translate(_PLAIN).split("\n"))
    return "\n".join(line for line in lines if line)


def request(language: str, instruction: str, tables: Iterable[Table] = ()) -> str:
    """A user's turn: a first request or a change to the program above."""
    lines = [f"{language}: {plain(instruction)}"]
    for table in tables:
        columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        lines.append(f"data {table.name}: {columns}")
    return "\n".join(lines)


def error(message: str, line: int | None = None, hint: str | None = None) -> str:
    """A line of feedback for something that went wrong while the program ran."""
    place = f"error {line}: " if line is not None else "error: "
    return place + plain(message) + (f" ({plain(hint)})" if hint else "")


def missing(aspect: Literal["number", "name", "title", "colour"], value: str) -> str:
    """A line of feedback for something that the request gives and the program lacks."""
    return f"missing {aspect} {plain(value)}"


def extra(number: str) -> str:
    """A line of feedback for a number that nobody asked for."""
    return f"extra number {number}"


BLANK = "error: the picture is blank"
NO_PICTURE = "error: no picture was drawn"
TOO_SLOW = "error: it took too long"


def feedback(lines: Iterable[str]) -> str:
    """A user's turn after a failed run: the lines above, most telling first."""
    return "\n".join(lines)


def answer(language: str, source: str) -> str:
    """The model's turn: one fenced block and nothing else."""
    return f"```{language}\n{source.strip()}\n```"
