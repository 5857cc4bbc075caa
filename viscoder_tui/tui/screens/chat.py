"""The main screen: words on the left, code and picture on the right."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from backends.base import BackendError
from runners.base import Language, RunnerError
from viscoder_tui.agent.datafiles import DataRefused
from viscoder_tui.agent.events import Event
from viscoder_tui.plot_style import plot_style
from viscoder_tui.sessions.conversation import Conversation
from viscoder_tui.sessions.faults import NoSession, StoreUnusable
from viscoder_tui.sessions.records import RoundRecord, TaskRecord
from viscoder_tui.tui.actions import ACTIONS, nearest, slash
from viscoder_tui.tui.completion import attached
from viscoder_tui.tui.failures import explained
from viscoder_tui.tui.live import Live, written
from viscoder_tui.tui.messages import DraftChanged, Edited, JumpTo, Submitted
from viscoder_tui.tui.panes.chat import ChatPane
from viscoder_tui.tui.panes.code import CodePane
from viscoder_tui.tui.panes.keys import KeyLine
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.tui.panes.status import StatusLine
from viscoder_tui.tui.panes.tabs import TabLine
from viscoder_tui.tui.setup import Setup
from viscoder_tui.tui.splits import Split, Splits
from viscoder_tui.tui.themes import syntax_colours

_FLUSH_SECONDS = 0.1
_KEY_SECONDS = 0.03
"""After a key; it has been painted then, and who types fast presses the next one later."""
_DRAFT_SECONDS = 0.5
_GREETING = """Say what you want to see, as in

  bar chart of fruit sold: apples 3, pears 5
  a D major scale in bass clef
  pie: rent 900, food 400, in mermaid
  @sales.csv: sold by month

then ask for changes, or change the program yourself and press F5."""
WIDE = 100
"""Columns from which on the panes stand side by side."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is worked on, or waits for its turn."""

    text: str
    lines: tuple[int, int] | None = None
    afresh: bool = False
    mend: bool = False
    """Not a wish: the program in the editor is run, and mended if it fails."""


class ChatScreen(Screen[None]):
    """Conversation, program and picture.

    Args:
        conversation: the session under way.
        setup: what the app works with.
        first: asked as soon as the screen stands.
        draft: what was being typed.
    """

    AUTO_FOCUS = "#prompt"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # as Textual types it

    def __init__(self, conversation: Conversation, setup: Setup, first: str = "", draft: str = "") -> None:  # fmt: skip
        super().__init__(classes="tab-chat")
        self.conversation = conversation
        self.setup = setup
        self.chat = ChatPane()
        self.code = CodePane()
        self.preview = PreviewPane(setup.protocol, setup.cell)
        self.status = StatusLine()
        self.tabs = TabLine()
        self.keys = KeyLine()
        self.status.setting.model = setup.model
        language = conversation.language or conversation.manner.usual
        self.status.setting.language = language.name if language else ""
        self.live = Live(self.chat, self.code, self.preview, self.status)
        self.looked_at: tuple[int, int] | None = None
        """Task and round whose program stands in the editor."""
        self.right = Vertical(self.code, self.preview, id="right")
        self.splits = Splits(self.chat, self.right, self.code, self.preview)
        self.interrupted = 0.0
        """When Ctrl+C was last pressed with nothing under way."""
        self.working = False
        """Whether something is under way; what is asked now waits."""
        self._first = first
        self._draft = draft
        self._kept_draft = draft
        self._unkept = ""
        self._waiting: deque[Request] = deque()
        self._ticking: Timer
        self._after_key: Timer | None = None
        self._ticked = 0.0

    def compose(self) -> ComposeResult:
        """The line at the top, the panes, the keys at the bottom."""
        yield self.status
        yield self.tabs
        with Horizontal(id="panes"):
            yield self.chat
            yield self.right
        yield self.keys

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, in the registry's order: so the footer shows them."""
        places = {action.name: place for place, action in enumerate(ACTIONS)}
        found = super().active_bindings
        return dict(sorted(found.items(), key=lambda one: places.get(one[1].binding.id or "", -1)))

    async def on_mount(self) -> None:
        """Take the session up where it was."""
        conversation = self.conversation
        self.chat.prompt.remember(conversation.store.history())
        await self.chat.show_all(tuple(conversation.tasks))
        if not conversation.tasks and not self._first:
            await self.chat.note(_GREETING)
        if conversation.language is not None:
            self.code.set_language(conversation.language)
        self._look_at_last()
        self.wear()
        self.resplit()
        self.chat.prompt.put(self._draft)
        # Textual focuses nothing of a screen that is made while its window has no focus, as a page has not.
        self.chat.prompt.write()
        self.watch(self, "maximized", self.on_resize, init=False)
        self._ticking = self.set_interval(_FLUSH_SECONDS, self._tick)
        self.set_interval(_DRAFT_SECONDS, self._keep_draft_meanwhile)
        if self._first:
            self.ask(Request(self._first))

    def _tick(self) -> None:
        self._ticked = time.monotonic()
        self.live.flush()
        if self.conversation.busy:
            self.status.show()

    def _make_way(self) -> None:
        """Show what has streamed in soon after a key, not while the next is pressed."""
        if self._after_key is None and self.conversation.busy:
            self._after_key = self.set_timer(_KEY_SECONDS, self._tick_after_key)

    def _tick_after_key(self) -> None:
        self._after_key = None
        self._ticking.reset()
        if time.monotonic() - self._ticked > _FLUSH_SECONDS / 2:  # a key that is held comes oftener
            self._tick()

    def keep_draft(self) -> None:
        """Write down what is being typed, if it has changed."""
        if self._draft != self._kept_draft:
            self._kept_draft = self._draft
            with self._told_once():
                self.conversation.store.set_draft(self.conversation.session_id, self._draft)

    def _keep_draft_meanwhile(self) -> None:
        if self._draft != self._kept_draft:
            self._kept_draft = self._draft
            self._keep(self.conversation.store.set_draft, self.conversation.session_id, self._draft)

    @work(group="keep", exit_on_error=False)
    async def _keep(self, write: Callable[..., None], *what: str) -> None:
        """Write something down without holding the screen up: another viscoder may write too."""
        with self._told_once():
            await asyncio.to_thread(write, *what)

    @contextmanager
    def _told_once(self) -> Generator[None]:
        """Say once, not at every key, that the sessions cannot be written."""
        try:
            yield
        except (StoreUnusable, NoSession) as error:
            if str(error) != self._unkept:
                self._unkept = str(error)
                self.notify(f"what you type is not kept: {error}", severity="error", timeout=10, markup=False)  # fmt: skip
        else:
            self._unkept = ""

    # What is asked

    @on(DraftChanged)
    def _typed(self, event: DraftChanged) -> None:
        self._draft = event.text
        self._make_way()

    @on(Submitted)
    async def _submitted(self, event: Submitted) -> None:
        self._keep(self.conversation.store.add_to_history, event.text)
        try:
            command = slash(event.text)
        except KeyError as unknown:
            near = nearest(str(unknown.args[0]))
            meant = f"did you mean {near}? " if near else ""
            await self.chat.note(f"there is no command /{unknown.args[0]}: {meant}/help lists them", kind="warning")  # fmt: skip
            return
        if command is not None:
            await self.perform(command[0].name, command[1])
            return
        text, files = attached(event.text, Path.cwd())
        try:
            for path in files:
                await self.chat.note(self.conversation.attach(path).text())
        except DataRefused as error:
            await self.chat.note(str(error), kind="failure")
            self.chat.prompt.put(event.text)
            return
        self.ask(Request(text))

    def ask(self, request: Request) -> None:
        """Have a request worked on, at once or when it is its turn."""
        if self.working:
            self._waiting.append(request)
            self.status.waiting(len(self._waiting))
            self.run_worker(self.chat.queue(request.text), exit_on_error=False)
        else:
            self.working = True
            self._work(request)

    @work(group="task", exit_on_error=False)
    async def _work(self, request: Request) -> None:
        try:
            await self._worked(request)
        except Exception as error:
            await self.chat.note(explained(error), kind="failure")
        finally:
            await self._next()

    async def _worked(self, request: Request) -> None:
        conversation = self.conversation
        await (self.chat.note("going on from your version") if request.mend else self.chat.ask(request.text))  # fmt: skip
        language, why = conversation.language_for(request.text)
        if why not in ("as before", "chosen"):
            await self.chat.note(f"{language.title}: {why}")
        text = self.code.text
        source = text if self.code.edited or request.lines else None
        self._begin(language)
        self.code.edited = False
        if request.mend:
            await self._follow(conversation.go_on(text))
        else:
            await self._follow(conversation.ask(request.text, source=source, lines=request.lines, afresh=request.afresh))  # fmt: skip
        self._settle()

    @work(group="task", exit_on_error=False)
    async def run_by_hand(self) -> None:
        """Run what stands in the editor."""
        conversation = self.conversation
        if self.working:
            self.notify("something is under way: Esc stops it", severity="warning", markup=False)
            return
        if not self.code.text.strip():
            self.notify("there is no program to run", severity="warning", markup=False)
            return
        self.working = True
        try:
            language, _ = conversation.language_for("")
            self._begin(language)
            await self._follow(conversation.run(self.code.text))
            last = conversation.tasks[-1] if conversation.tasks else None
            if last is not None and last.rounds:
                self.looked_at = (last.number, last.rounds[-1].number)
        except Exception as error:
            await self.chat.note(explained(error), kind="failure")
        finally:
            await self._next()

    def _begin(self, language: Language) -> None:
        tasks = self.conversation.tasks
        following = tasks[-1].number + 1 if tasks else 0
        same = bool(tasks) and tasks[-1].language == language.name
        self.live.begin(language, by_hand=tasks[-1].number if same else following, by_model=following)  # fmt: skip

    async def _follow(self, events: AsyncGenerator[Event, None]) -> None:
        try:
            async with aclosing(events):
                async for event in events:
                    await self.live.hear(event)
        except (BackendError, RunnerError, StoreUnusable, NoSession, OSError) as error:
            await self.chat.note(str(error), kind="failure")
        finally:
            self.live.end()

    def _settle(self) -> None:
        """When a task has ended: show the round that counts, unless the user is at work."""
        if not self.code.edited:
            self._look_at_last()
        elif self.conversation.tasks and self.conversation.tasks[-1].best is not None:
            self.notify("your version stands in the editor; alt+up shows the model's", markup=False)

    def _look_at_last(self) -> None:
        """Show the newest program; where the model was stopped before it wrote any, the one before."""
        for task in reversed(self.conversation.tasks):
            if task.best is not None and written(task, task.best):
                self.look_at(task, task.best)
                return

    async def _next(self) -> None:
        if self._waiting:
            request = self._waiting.popleft()
            self.status.waiting(len(self._waiting))
            await self.chat.next()
            self._work(request)
        else:
            self.working = False

    # What is looked at

    def look_at(self, task: TaskRecord, record: RoundRecord) -> None:
        """Show a round's program and picture."""
        self.looked_at = (task.number, record.number)
        self.code.show(written(task, record), record.diagnostics)
        self.live.picture_of(record)

    def rounds(self) -> list[tuple[TaskRecord, RoundRecord]]:
        """All rounds of the session that have a program, in order."""
        return [(task, one) for task in self.conversation.tasks for one in task.rounds if one.source]  # fmt: skip

    @on(JumpTo)
    def _jump(self, event: JumpTo) -> None:
        event.stop()
        found = next((pair for pair in self.rounds() if (pair[0].number, pair[1].number) == (event.task, event.round)), None)  # fmt: skip
        if found is None:
            return
        if self.looked_at != (event.task, event.round) and not self.code.edited:
            self.look_at(*found)
        if event.line is not None:
            self.show_tab("code")
            self.code.go_to(event.line, event.column)

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        event.stop()

    # The panes

    def show_tab(self, name: str) -> None:
        """In a narrow terminal, show that pane; its keys go there in any."""
        for each in TabLine.TABS:
            self.set_class(each == name, f"tab-{each}")
        self.tabs.choose(name)

    def resplit(self, split: Split = "columns", by: float = 0) -> None:
        """Make the left side wider, or the program taller, by so many percent."""
        self.splits.move(split, by, wide=self.size.width >= WIDE and self.maximized is None)

    def on_resize(self) -> None:
        """Columns where there is room for them, else one pane at a time."""
        self.resplit()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the border between two panes."""
        wide = self.size.width >= WIDE and self.maximized is None
        if wide and self.splits.grab(int(event.screen_x), int(event.screen_y)):
            self.right.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the border that is held."""
        if self.splits.dragged:
            self.splits.drag(int(event.screen_x), int(event.screen_y))

    def on_mouse_up(self, _: events.MouseUp) -> None:
        """Let go of it."""
        if self.splits.dragged:
            self.splits.release()
            self.right.release_mouse()

    def wear(self) -> None:
        """Take the colours of the theme that is worn."""
        setup = self.setup
        theme = setup.themes.get(setup.theme)
        if theme is None:
            return
        self.code.set_colours(syntax_colours(theme.syntax))
        self.status.setting.theme = theme.name
        self.status.show()
        style = plot_style(theme.plot) if setup.plots_follow_theme else None
        self.preview.set_paper(theme.plot.paper if style else "#ffffff")
        setup.manner = replace(setup.manner, style=style)
        self.conversation.manner = replace(self.conversation.manner, style=style)

    async def perform(self, name: str, argument: str = "") -> None:
        """Do what an action of the registry is for."""
        from viscoder_tui.tui.deeds import do  # with all dialogs; nobody waits for them before

        try:
            await do(self, name, argument)
        except (BackendError, RunnerError, DataRefused, StoreUnusable, NoSession, OSError) as error:
            await self.chat.note(str(error), kind="failure")
