"""Data files: summed up for a model, and refused in one sentence where they cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from viscoder_tui.agent.datafiles import DataRefused, piped_name, summarize


def test_a_table_is_summed_up_and_never_told_whole(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    rows = "\n".join(f"2024-01-{day % 28 + 1:02d},North,{day}" for day in range(5000))
    path.write_text(f"day,region,sold\n{rows}\n")
    summary = summarize(path)
    assert [(one.name, one.type) for one in summary.columns] == [("day", "date"), ("region", "text"), ("sold", "number")]  # fmt: skip
    text = summary.text()
    assert "5000 rows" in text and "0 to 4999" in text and "mean 2500" in text
    assert len(text) < 1000
    assert summary.table.columns[2].type == "number"


def test_tabs_and_json_are_tables_too(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("x\ty\n1\t2\n")
    (tmp_path / "b.json").write_text('[{"x": 1, "y": "a"}, {"x": null, "y": "b"}]')
    (tmp_path / "c.json").write_text('{"x": [1, 2], "y": [3, 4]}')
    assert [one.type for one in summarize(tmp_path / "a.tsv").columns] == ["number", "number"]
    b = summarize(tmp_path / "b.json")
    assert "1 missing" in b.columns[0].figures
    assert summarize(tmp_path / "c.json").rows == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"x,y\n", "no rows"),
        ("a.csv", b"PK\x03\x04\x00\x00", "is binary"),
        ("a.csv", b"name\nZ\xfcrich\n", r"not UTF-8 \(line 2\)"),
        ("a.csv", b"x,y\n1,2\n3\n", "1 cells in line 3, its header has 2"),
        ("a.csv", b"x,x\n1,2\n", "two columns called 'x'"),
        ("a.json", b'{"a": 1', "line 1, column 8"),
        ("a.json", b"[1, 2]", "list of objects"),
        ("a.xlsx", b"x", "must end in .csv, .tsv, .json"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataRefused, match=why) as refused:
        summarize(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_missing_file_and_a_huge_one(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="there is no data file"):
        summarize(tmp_path / "none.csv")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(DataRefused, match="200 MB; at most 50 MB"):
        summarize(huge)


def test_piped_data_is_known_by_its_look() -> None:
    assert piped_name('[{"a": 1}]') == "data.json"
    assert piped_name("a\tb\n1\t2") == "data.tsv"
    assert piped_name("a,b\n1,2") == "data.csv"
