"""A conversation is read back as it was held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backends.base import Finish, Usage
from runners.base import Run, Verdict
from tests.sessions import story
from viscoder_tui.agent.events import (
    BackendFailed,
    Cancelled,
    Event,
    GaveUp,
    RoundStarted,
    TextStreamed,
)
from viscoder_tui.sessions.records import Origin, Outcome
from viscoder_tui.sessions.store import NoSession, Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "sessions") as opened:
        yield opened


def test_every_event_is_read_back_by_the_next_viscoder(store: Store, tmp_path: Path) -> None:
    data = [tmp_path / "fruit.csv"]
    session = store.new_session("python", "qwen")
    task = store.add_task(session.id, story.REQUEST, "python", data)
    assert (task.outcome, task.rounds, task.data) == (Outcome.RUNNING, (), tuple(data))
    for event in story.events(task.folder):
        store.hear(task.id, event)
    store.close()
    with Store.open(tmp_path / "sessions") as again:
        found = again.session(session.id)
        assert again.task(task.id) == found.tasks[0]
    (read,) = found.tasks
    assert (read.number, read.instruction, read.language) == (0, story.REQUEST, "python")
    assert (read.outcome, read.solved, read.reason) == (Outcome.SOLVED, 1, "")
    first, second = read.rounds
    assert (first.answer, first.source, first.prose) == (story.FIRST, story.BROKEN, story.PROSE)
    assert (first.verdict, first.diagnostics) == (Verdict.FAILED, (story.DIAGNOSTIC,))
    assert (first.stdout, first.stderr) == (story.FAILED.stdout, story.FAILED.stderr)
    assert (first.seconds, first.finish) == (0.25, Finish.STOP)
    assert first.usage == Usage(10, 2, 20, 0.1, 0.5)
    assert (second.answer, second.source) == (story.SECOND, story.WHOLE)
    assert (second.repairs, second.doubts) == ((story.REPAIR,), (story.DOUBT,))
    assert second.finish is Finish.LENGTH
    (picture,) = second.pictures
    assert picture.path == task.folder / "round-1" / "picture-1.png" and picture.path.is_file()
    assert (picture.format, picture.width, picture.height) == ("png", 40, 30)
    assert read.best == second
    about = found.summary
    assert (about.title, about.language, about.model) == (story.REQUEST, "python", "qwen")
    assert (about.rounds, about.picture) == (2, picture.path)
    assert about.created <= read.created <= about.updated


@pytest.mark.parametrize(
    ("event", "outcome", "reason"),
    [
        (GaveUp(0, "no round is left"), Outcome.GAVE_UP, "no round is left"),
        (Cancelled(0), Outcome.CANCELLED, ""),
        (BackendFailed(0, "the server went away"), Outcome.BACKEND_FAILED, "the server went away"),
    ],
)
def test_what_the_model_wrote_stays_however_it_ends(
    store: Store, event: Event, outcome: Outcome, reason: str
) -> None:
    task = store.add_task(store.new_session("svg").id, "a circle", "svg")
    store.hear(task.id, RoundStarted(0, 3))
    store.hear(task.id, TextStreamed("half an ans\0wer \ud83d", 3, 0.1))
    assert store.task(task.id).rounds[0].answer == "half an ans\0wer ?"
    store.hear(task.id, event)
    found = store.task(task.id)
    assert (found.outcome, found.reason, found.solved) == (outcome, reason, None)
    assert found.rounds[0].answer == "half an ans\0wer ?"


def test_programs_changed_by_hand_are_rounds_too(store: Store) -> None:
    task = store.add_task(store.new_session("python").id, story.REQUEST, "python")
    for event in story.events(task.folder):
        store.hear(task.id, event)
    number = store.add_hand_round(task.id, "plt.bar([3, 6])\n")
    assert number == 2
    folder = store.round_folder(task.id, number)
    assert folder.is_dir() and folder.parent == task.folder
    store.finish_hand_round(task.id, number, story.drawn(folder))
    found = store.task(task.id)
    assert found.best is not None and found.best.origin is Origin.HAND
    assert (found.best.source, found.best.answer) == ("plt.bar([3, 6])\n", "")
    assert found.best.pictures[0].path.parent == folder
    assert (found.outcome, found.solved) == (Outcome.SOLVED, 1)


def test_a_program_run_before_any_request_ends_its_task(store: Store) -> None:
    task = store.add_task(store.new_session("python").id, "", "python")
    number = store.add_hand_round(task.id, story.BROKEN)
    store.finish_hand_round(task.id, number, story.FAILED)
    assert store.task(task.id).outcome is Outcome.GAVE_UP
    number = store.add_hand_round(task.id, story.WHOLE)
    store.finish_hand_round(task.id, number, Run(Verdict.RENDERED))
    assert (store.task(task.id).outcome, store.task(task.id).solved) == (Outcome.SOLVED, 1)


def test_the_latest_conversation_goes_on(store: Store) -> None:
    assert store.latest() is None
    old, new = store.new_session("python"), store.new_session("svg")
    store.add_task(new.id, "a circle", "svg")
    store.add_task(old.id, "a chart", "python")
    store.add_task(old.id, "as a flowchart", "mermaid")
    store.new_session("python")  # nothing was said in it
    latest = store.latest()
    assert latest is not None and latest.id == old.id
    assert latest.summary.language == "mermaid"
    assert [one.number for one in latest.tasks] == [0, 1]
    assert [one.title for one in store.sessions()] == ["", "a chart", "a circle"]
    assert len(store.sessions(limit=1)) == 1


def test_ids_sort_by_time_and_are_never_given_twice(store: Store) -> None:
    ids = [store.new_session("svg").id for _ in range(40)]
    assert ids == sorted(set(ids))
    assert all((store.folder / each).stat().st_mode & 0o777 == 0o700 for each in ids)
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_the_first_request_is_the_title_until_it_is_renamed(store: Store) -> None:
    session = store.new_session("python")
    store.add_task(session.id, "", "python")
    store.add_task(session.id, "sales\n  by \x1b[31mmonth " + "x" * 200, "python")
    title = store.session(session.id).summary.title
    assert title.startswith("sales by [31mmonth xxx") and len(title) == 80 and title[-1] == "…"
    store.rename(session.id, "  Sales\n2026 ")
    store.add_task(session.id, "in red", "python")
    assert store.session(session.id).summary.title == "Sales 2026"
    store.rename(session.id, " ")
    assert store.session(session.id).summary.title == title


def test_search_finds_words_of_titles_and_requests_in_any_case(store: Store) -> None:
    for requests in (("Umsätze je Monat", "make it RED"), ("100% stacked bars",), ("red circle",)):
        session = store.new_session("python")
        for request in requests:
            store.add_task(session.id, request, "python")
    store.rename(session.id, "Sun")
    assert [one.title for one in store.sessions("red")] == ["Sun", "Umsätze je Monat"]
    assert [one.title for one in store.sessions("UMSÄTZE red")] == ["Umsätze je Monat"]
    assert [one.title for one in store.sessions("sun")] == ["Sun"]
    assert [one.title for one in store.sessions("%")] == ["100% stacked bars"]
    assert store.sessions("_") == ()


def test_a_beginning_is_enough_and_a_typo_is_told_the_nearest(store: Store) -> None:
    with pytest.raises(NoSession, match="none was kept yet"):
        store.session("2026")
    one, two = store.new_session("svg"), store.new_session("svg")
    store.add_task(one.id, "a red circle", "svg")
    assert store.session(one.id[:-1]).id == one.id
    with pytest.raises(NoSession, match=f"2 sessions: type more of {one.id}.*{two.id}"):
        store.session(one.id[:4])
    for typo in (one.id[:-3] + "___", "circle"):
        with pytest.raises(NoSession, match=f"the nearest .*{one.id}.*a red circle"):
            store.session(typo)
    with pytest.raises(NoSession, match=f"the latest are {one.id}"):
        store.session("qqq")
    for empty in ("", "%", "*"):
        with pytest.raises(NoSession):
            store.session(empty)


def test_a_removed_conversation_leaves_nothing(store: Store) -> None:
    kept, gone = store.new_session("python"), store.new_session("python")
    task = store.add_task(gone.id, story.REQUEST, "python")
    for event in story.events(task.folder):
        store.hear(task.id, event)
    store.remove(gone.id)
    assert not (store.folder / gone.id).exists()
    assert [one.id for one in store.sessions()] == [kept.id]
    for late in (
        lambda: store.hear(task.id, RoundStarted(2, 3)),
        lambda: store.task(task.id),
        lambda: store.add_task(gone.id, "more", "python"),
        lambda: store.set_draft(gone.id, "more"),
        lambda: store.rename(gone.id, "more"),
        lambda: store.remove(gone.id),
        lambda: store.remove(".."),
        lambda: store.add_hand_round(task.id, "more"),
    ):
        with pytest.raises(NoSession):
            late()
    assert store.add_task(kept.id, "x", "svg").id > task.id


def test_a_draft_waits_in_its_conversation(store: Store) -> None:
    one, two = store.new_session("svg"), store.new_session("svg")
    store.set_draft(one.id, "a chart of\n ")
    assert store.session(one.id).draft == "a chart of\n "
    assert store.session(two.id).draft == ""


def test_history_is_shared_and_free_of_immediate_repeats(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "sessions") as other:
        for text in ("a", "b", "b", " ", "a\nc"):
            store.add_to_history(text)
        other.add_to_history("a\nc")
        other.add_to_history("b")
    assert store.history() == ("a", "b", "a\nc", "b")
    assert store.history(limit=2) == ("a\nc", "b")


def test_sessions_may_be_moved_with_their_folder(store: Store, tmp_path: Path) -> None:
    session = store.new_session("python")
    task = store.add_task(session.id, story.REQUEST, "python")
    for event in story.events(task.folder):
        store.hear(task.id, event)
    store.close()
    (tmp_path / "sessions").rename(tmp_path / "elsewhere")
    with Store.open(tmp_path / "elsewhere") as moved:
        (found,) = moved.session(session.id).tasks
        assert found.rounds[1].pictures[0].path.is_file()
        assert found.folder.is_dir()
