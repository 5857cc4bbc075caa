"""Old databases are brought up to date; newer and damaged ones are refused in one sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from viscoder_tui.sessions.database import Database
from viscoder_tui.sessions.schema import MIGRATIONS
from viscoder_tui.sessions.store import DATABASE, Store, StoreUnusable

OLD = (("CREATE TABLE notes (text TEXT)",),)
NEW = (
    *OLD,
    ("ALTER TABLE notes ADD COLUMN stars INTEGER DEFAULT 3",),
    ("UPDATE notes SET text = upper(text)",),
)


def test_a_database_of_an_older_version_keeps_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    old = Database(file, OLD)
    with old.writing():
        old.execute("INSERT INTO notes VALUES ('kept')")
    old.close()
    for _ in range(2):  # the second time there is nothing left to do
        new = Database(file, NEW)
        with new.reading():
            assert [tuple(row) for row in new.rows("SELECT text, stars FROM notes")] == [("KEPT", 3)]  # fmt: skip
            assert new.value("PRAGMA user_version") == 3
        new.close()


def test_a_migration_that_fails_leaves_the_old_version_whole(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    Database(file, OLD).close()
    broken = (*NEW, ("ALTER TABLE notes ADD COLUMN more TEXT", "DROP TABLE nothing"))
    with pytest.raises(StoreUnusable, match=r"notes\.db cannot be used"):
        Database(file, broken)
    again = Database(file, OLD)
    with again.reading():
        assert again.value("PRAGMA user_version") == 1
        assert [row["name"] for row in again.rows("PRAGMA table_info(notes)")] == ["text"]
    again.close()


def test_a_database_without_a_version_becomes_the_newest(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / DATABASE).close()
    with Store.open(tmp_path) as store:
        assert store.sessions() == ()
    connection = sqlite3.connect(tmp_path / DATABASE)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_database_of_a_newer_viscoder_is_not_touched(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.new_session("python")
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(StoreUnusable, match=r"newer viscoder .*update viscoder") as refused:
        Store.open(tmp_path)
    assert str(tmp_path / DATABASE) in str(refused.value)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"my diary, not a database" * 100)
    with pytest.raises(StoreUnusable, match=r"sessions\.db is damaged: move it elsewhere"):
        Store.open(tmp_path)
    assert (tmp_path / DATABASE).read_bytes().startswith(b"my diary")


def test_a_database_damaged_inside_is_named_when_that_is_met(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        session = store.new_session("python")
        for number in range(50):
            store.add_task(session.id, f"request {number} " * 50, "python")
    content = bytearray((tmp_path / DATABASE).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(StoreUnusable, match=r"sessions\.db is damaged"), Store.open(tmp_path) as store:  # fmt: skip
        store.session(session.id)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable, match=r"file.*cannot be written"):
        Store.open(tmp_path / "file" / "sessions")


def test_a_database_that_is_kept_locked_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viscoder_tui.sessions.database.BUSY_SECONDS", 0.1)
    with Store.open(tmp_path) as store:
        other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnusable, match="another viscoder keeps"):
            store.new_session("python")
        other.execute("ROLLBACK")
        other.close()
        store.new_session("python")
