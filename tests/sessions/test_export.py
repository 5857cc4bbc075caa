"""A conversation is written out so that others can look at it, and models learn from it."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from backends.base import Finish, Message, PromptStyle, Usage
from runners.languages import find
from tests.agent.fakes import FakeBackend, FakeRunner
from tests.sessions import story
from viscoder_tui.agent.events import BackendFailed, CodeReady, RoundStarted
from viscoder_tui.agent.loop import solve
from viscoder_tui.agent.task import Task
from viscoder_tui.sessions.export import ExportRefused, export, format_of
from viscoder_tui.sessions.records import Session
from viscoder_tui.sessions.store import Store
from viscoder_tui.training import collect


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """The story, a program by hand, a request that the model never answered, and a Mermaid one."""
    with Store.open(tmp_path / "home") as store:
        begun = store.new_session("python", "qwen <3")
        task = store.add_task(begun.id, f"{story.REQUEST} <img src=x>", "python", [Path("/d/[a](b).csv")])  # fmt: skip
        for event in story.events(task.folder):
            store.hear(task.id, event)
        number = store.add_hand_round(task.id, "# ``` by hand\n")
        store.finish_hand_round(task.id, number, story.drawn(store.round_folder(task.id, number)))
        silent = store.add_task(begun.id, "now in red", "python")
        store.hear(silent.id, BackendFailed(0, "the server went away"))
        other = store.add_task(begun.id, "![x](http://evil.example/x.png)\n# as a flowchart", "mermaid")  # fmt: skip
        store.hear(other.id, RoundStarted(0, 0))
        store.hear(other.id, CodeReady(0, "A-->B", "graph LR\n A-->B", "", Finish.STOP, Usage()))
        return store.session(begun.id)


class Tags(HTMLParser):
    """The tags of a page, and where its attributes lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.places: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.places += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_everything_and_obeys_nothing(session: Session, tmp_path: Path) -> None:
    export(session, tmp_path / "page.html", "html")
    page = (tmp_path / "page.html").read_text()
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.tags and tags.tags.count("img") == 2
    assert "default-src 'none'" in page
    for said in (
        "<script>alert('prose')</script>",
        "<script>alert('stdout')</script>",
        "no attribute 'barr' <b>",
        "<img src=x>",
        "qwen <3",
        "hint: did you mean bar?",
        "doubt: the title 'Fruit' is missing",
        "mended without the model: added the import of pyplot",
        "the model failed: the server went away",
        "plt.barr([3, 5])",
        "Round 2, written by hand",
    ):
        assert said in tags.text
    assert "\x1b" not in page
    assert '<span class="kn">import</span>' in page and ".code .kn {" in page
    first = session.tasks[0].rounds[1].pictures[0].path
    assert all(place.startswith("data:image/png;base64,") for place in tags.places)
    assert base64.b64decode(tags.places[0].split(",")[1]) == first.read_bytes()


def test_markdown_has_its_pictures_beside_it(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "my fruit.md"
    export(session, target, "md")
    text = target.read_text()
    links = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text.replace("\\!\\[", ""))
    assert len(links) == 2
    for link in links:
        assert link.startswith("my%20fruit_pictures/")
        assert (tmp_path / unquote(link)).read_bytes().startswith(b"\x89PNG")
    assert "```python\nimport matplotlib.pyplot as plt\nplt.bar([3, 5])\n```" in text
    assert "````python\n# ``` by hand\n````" in text
    # What a user, a model or a tool said is shown, and is neither a tag nor a link nor a heading.
    page = MarkdownIt("commonmark").render(text)
    tags = Tags()
    tags.feed(page)
    assert {"script", "b", "a"}.isdisjoint(tags.tags)
    assert tags.places == links
    assert tags.tags.count("h1") == 1
    for said in (f"{story.REQUEST} <img src=x>", "![x](http://evil.example/x.png)", "[a](b).csv"):
        assert said in tags.text
    assert "\x1b" not in text


def test_a_folder_holds_programs_pictures_and_the_transcript(
    session: Session, tmp_path: Path
) -> None:
    target = tmp_path / "fruit"
    export(session, target, "folder")
    told = json.loads((target / "transcript.json").read_text())
    assert (told["schema_version"], told["id"]) == (1, session.id)
    first, second, third = told["tasks"][0]["rounds"]
    assert (first["verdict"], first["pictures"], third["origin"]) == ("failed", [], "hand")
    assert first["diagnostics"][0]["hint"] == "did you mean bar?"
    for one in (second, third):
        (picture,) = one["pictures"]
        assert (target / picture).read_bytes().startswith(b"\x89PNG")
    assert (target / "task-0/round-0/program.py").read_text() == story.BROKEN
    assert (target / "task-0/round-1/program.py").read_text() == second["code"] == story.WHOLE
    assert (target / "task-2/round-0/program.mmd").read_text() == "graph LR\n A-->B"


def test_training_reads_the_dialogues(session: Session, tmp_path: Path) -> None:
    target = tmp_path / "fruit.jsonl"
    export(session, target, "jsonl")
    first, other = collect.read(target)
    assert [one.role for one in first.messages] == ["user", "assistant", "user", "assistant"]
    asked, wrong, told, right = (one.content for one in first.messages)
    assert asked.startswith(story.REQUEST)
    assert (wrong, right) == (story.FIRST, story.SECOND)
    assert "no attribute 'barr' <b>" in told and "hint: did you mean bar?" in told
    assert (first.language, other.language) == ("python", "mermaid")
    assert other.messages[-1] == Message("assistant", "A-->B")
    lines = [json.loads(line) for line in target.read_text().splitlines()]
    assert all(set(line) == {"uuid", "messages", "language"} for line in lines)
    assert lines[0]["uuid"] != lines[1]["uuid"]


@pytest.mark.parametrize("style", ["full", "compact"])
async def test_the_dialogue_is_what_the_loop_really_said(
    tmp_path: Path, style: PromptStyle
) -> None:
    answers = ["```svg\n<svg>\n```", "```svg\n<svg><circle/></svg>\n```"]
    backend = FakeBackend(answers, style)
    with Store.open(tmp_path / "home") as store:
        begun = store.new_session("svg")
        task = store.add_task(begun.id, "a circle", "svg")
        runner = FakeRunner([story.FAILED, story.drawn(task.folder / "drawn")])
        asked = Task("a circle", find("svg"))
        async for event in solve(asked, backend=backend, runner=runner, folder=task.folder):
            store.hear(task.id, event)
        session = store.session(begun.id)
    export(session, tmp_path / "x.jsonl", "jsonl")
    (sample,) = collect.read(tmp_path / "x.jsonl")
    heard = [one for one in backend.heard[-1] if one.role != "system"]
    assert [*heard, Message("assistant", backend.answers[1])] == list(sample.messages)
    (task.folder / "transcript.json").write_text("{broken")
    export(session, tmp_path / "x.jsonl", "jsonl", force=True)
    (anew,) = collect.read(tmp_path / "x.jsonl")
    assert [one.content for one in anew.messages if one.role == "assistant"] == answers
    assert (anew == sample) is (style == "full")


def test_what_is_there_is_not_overwritten_unless_forced(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine")
    (tmp_path / "b_pictures").mkdir()
    (tmp_path / "b_pictures" / "mine.png").touch()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.txt").touch()
    for name, form in (("a.md", "md"), ("b.md", "md"), ("c", "folder")):
        target = tmp_path / name
        before = sorted(path for path in tmp_path.rglob("*"))
        with pytest.raises(ExportRefused, match="--force"):
            export(session, target, form)  # pyright: ignore[reportArgumentType]
        assert sorted(path for path in tmp_path.rglob("*")) == before
        export(session, target, form, force=True)  # pyright: ignore[reportArgumentType]
    assert (tmp_path / "c" / "mine.txt").exists()
    assert (tmp_path / "b_pictures" / "mine.png").exists()
    for name, form, why in (("a.md", "folder", "is a file"), ("c", "html", "is a folder"), ("no/x.md", "md", "make it first")):  # fmt: skip
        with pytest.raises(ExportRefused, match=why):
            export(session, tmp_path / name, form, force=True)  # pyright: ignore[reportArgumentType]


def test_a_picture_that_is_gone_is_said_to_be(session: Session, tmp_path: Path) -> None:
    for one in session.tasks[0].rounds:
        for picture in one.pictures:
            picture.path.unlink()
    export(session, tmp_path / "a.md", "md")
    export(session, tmp_path / "a.html", "html")
    export(session, tmp_path / "a", "folder")
    for name in ("a.md", "a.html"):
        assert "is gone" in (tmp_path / name).read_text()
    assert not (tmp_path / "a_pictures").exists()


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.md", "md"), ("a.MD", "md"), ("a.htm", "html"), ("a.jsonl", "jsonl"), ("a", "folder")],
)
def test_the_ending_tells_the_format(tmp_path: Path, name: str, form: str) -> None:
    assert format_of(tmp_path / name) == form


def test_an_ending_that_is_no_format_is_told_which_are(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match=r"'\.docx'.*\.md, .*\.html.*\.jsonl"):
        format_of(tmp_path / "a.docx")
