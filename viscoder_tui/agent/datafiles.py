"""Data files: checked, and summed up for a model, which never gets a whole table.

CSV and TSV are read with the csv module's dialect of their suffix; JSON must be a list of
objects (or an object of columns). Columns are typed by looking at their first 20,000 rows.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, cast

from viscoder_tui.agent import compact

MAX_BYTES = 50 * 1024 * 1024
_ROWS = 20_000
_FIRST_ROWS = 5
_LONGEST_CELL = 60
_SUFFIXES = (".csv", ".tsv", ".json")


class DataRefused(Exception):
    """A data file that cannot be used; the text is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """One column: its name, type, and what it holds in a few words."""

    name: str
    type: compact.ColumnType
    figures: str


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What a model is told of a data file.

    Attributes:
        name: by which the program reads it.
        path: where it lies.
        rows: how many rows were looked at.
        all_rows: whether these are all there are.
        columns: in their order.
        first: the first rows, cells cut to 60 characters.
    """

    name: str
    path: Path
    rows: int
    all_rows: bool
    columns: tuple[ColumnSummary, ...]
    first: tuple[tuple[str, ...], ...]

    @property
    def table(self) -> compact.Table:
        """As the compact prompt tells it."""
        columns = tuple(compact.Column(column.name, column.type) for column in self.columns)
        return compact.Table(self.name, columns)

    def text(self) -> str:
        """As the full prompt tells it: schema, figures, first rows."""
        count = f"{self.rows} rows" if self.all_rows else f"more than {self.rows} rows"
        lines = [f"File {self.name}: {count}, {len(self.columns)} columns"]
        lines += [f"- {column.name} ({column.type}): {column.figures}" for column in self.columns]
        lines.append("First rows:")
        lines += [" | ".join(row) for row in ([c.name for c in self.columns], *self.first)]
        return "\n".join(lines)


def summarize(path: Path, name: str | None = None) -> DataSummary:
    """Read and sum up a data file.

    Args:
        path: the file.
        name: by which the program will read it; the file's own name when None.

    Raises:
        DataRefused: it is missing, empty, too large, binary, not UTF-8, or not a table.
    """
    name = name or path.name
    if Path(name).suffix.lower() not in _SUFFIXES:
        raise DataRefused(f"the data file {path} must end in {', '.join(_SUFFIXES)}")
    text = _text(path)
    rows, complete = _json_rows(path, text) if name.lower().endswith(".json") else _table_rows(path, text, name)  # fmt: skip
    if not rows:
        raise DataRefused(f"the data file {path} has a header but no rows")
    names = list(dict.fromkeys(key for row in rows[:200] for key in row))
    columns = tuple(_column(key, [row.get(key) for row in rows]) for key in names)
    first = tuple(tuple(_cell(row.get(key)) for key in names) for row in rows[:_FIRST_ROWS])
    return DataSummary(name, path, len(rows), complete, columns, first)


def piped_name(text: str) -> str:
    """The name for data that came through a pipe: by its look, JSON, TSV or CSV."""
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        return "data.json"
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return "data.tsv" if first.count("\t") > first.count(",") else "data.csv"


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DataRefused(f"the data file {path} is a folder: name a file in it")
        if size == 0:
            raise DataRefused(f"the data file {path} is empty")
        if size > MAX_BYTES:
            raise DataRefused(f"the data file {path} has {size / 1e6:.0f} MB; at most {MAX_BYTES // 1024**2} MB can be read: reduce it first")  # fmt: skip
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataRefused(f"there is no data file {path}") from None
    except OSError as error:
        raise DataRefused(f"the data file {path} cannot be read: {error.strerror}") from error
    if b"\0" in data[:4096]:
        raise DataRefused(f"the data file {path} is binary: save it as CSV, TSV or JSON")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataRefused(f"the data file {path} is not UTF-8 (line {line}): convert it, for example with iconv -f latin1 -t utf-8") from error  # fmt: skip


def _table_rows(path: Path, text: str, name: str) -> tuple[list[dict[str, Any]], bool]:
    mark = "\t" if name.lower().endswith(".tsv") else ","
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    rows: list[dict[str, Any]] = []
    try:
        header = next(reader, list[str]())
        if not any(cell.strip() for cell in header):
            raise DataRefused(f"the data file {path} has no header in line 1")
        doubled = {cell for cell in header if header.count(cell) > 1}
        if doubled:
            raise DataRefused(f"the data file {path} has two columns called '{doubled.pop()}' in line 1")  # fmt: skip
        for cells in islice(reader, _ROWS):
            if not cells:
                continue
            if len(cells) != len(header):
                raise DataRefused(f"the data file {path} has {len(cells)} cells in line {reader.line_num}, its header has {len(header)}")  # fmt: skip
            rows.append(dict(zip(header, cells, strict=True)))
        complete = next(reader, None) is None
    except csv.Error as error:
        raise DataRefused(f"the data file {path} is broken in line {reader.line_num}: {error}") from error  # fmt: skip
    return rows, complete


def _json_rows(path: Path, text: str) -> tuple[list[dict[str, Any]], bool]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataRefused(f"the data file {path} is no JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error  # fmt: skip
    if isinstance(content, dict):
        columns = cast("dict[str, Any]", content)
        if columns and all(isinstance(cells, list) for cells in columns.values()):
            length = min(len(cells) for cells in columns.values())
            content = [{key: cells[i] for key, cells in columns.items()} for i in range(length)]
    if not isinstance(content, list):
        raise DataRefused(f"the data file {path} must hold a list of objects")
    entries = cast("list[Any]", content)
    if not all(isinstance(row, dict) for row in entries[:_ROWS]):
        raise DataRefused(f"the data file {path} must hold a list of objects")
    rows = cast("list[dict[str, Any]]", entries[:_ROWS])
    return rows, len(entries) <= _ROWS


def _column(name: str, cells: Sequence[Any]) -> ColumnSummary:
    present = [cell for cell in cells if cell is not None and str(cell).strip()]
    missing = f", {len(cells) - len(present)} missing" if len(present) < len(cells) else ""
    numbers = [_number(cell) for cell in present]
    known = [number for number in numbers if number is not None]
    if present and len(known) == len(present):
        mean = sum(known) / len(known)
        return ColumnSummary(name, "number", f"{min(known):g} to {max(known):g}, mean {mean:.4g}{missing}")  # fmt: skip
    distinct = list(dict.fromkeys(str(cell) for cell in present))
    if present and all(_is_date(str(cell)) for cell in present[:200]):
        return ColumnSummary(name, "date", f"{min(distinct)} to {max(distinct)}{missing}")
    shown = ", ".join(cell[:_LONGEST_CELL] for cell in distinct[:8])
    more = f" … ({len(distinct)} distinct)" if len(distinct) > 8 else ""
    return ColumnSummary(name, "text", f"{shown}{more}{missing}")


def _number(cell: Any) -> float | None:
    if isinstance(cell, bool):
        return None
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _is_date(cell: str) -> bool:
    try:
        date.fromisoformat(cell[:10])
    except ValueError:
        return False
    return len(cell) >= 10


def _cell(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
