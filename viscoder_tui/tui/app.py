# pyright: reportUnknownMemberType=false
# Textual leaves open what screens return.
"""The Textual app: it holds the model and the runner, and shows one session at a time."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Sequence
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.driver import Driver
from textual.filter import LineFilter

from backends.base import Backend, BackendError, listen
from backends.choose import gone
from viscoder_tui.sessions.conversation import Conversation
from viscoder_tui.sessions.records import Session
from viscoder_tui.tui import images
from viscoder_tui.tui.actions import ACTIONS, Action, spoken_key
from viscoder_tui.tui.bindings import bindings
from viscoder_tui.tui.failures import explained
from viscoder_tui.tui.harmless import Harmless
from viscoder_tui.tui.screens.chat import WIDE, ChatScreen
from viscoder_tui.tui.setup import Setup
from viscoder_tui.tui.stylesheet import SettledStylesheet
from viscoder_tui.tui.themes import worn

_SETTLING_SECONDS = 0.1
"""From the first frame until what nobody waits for begins: before, it would hold the second up."""


async def _closed(conversation: Conversation, backend: Backend) -> None:
    """Close a model once nothing is asked of it any more."""
    while conversation.busy:  # noqa: ASYNC110  # nobody tells of it
        await asyncio.sleep(0.05)
    await backend.close()


class ActionCommands(Provider):
    """The registry of actions in the command palette."""

    async def discover(self) -> Hits:
        """All of them."""
        for action in ACTIONS:
            yield DiscoveryHit(action.title, self._perform(action), help=action.description)

    async def search(self, query: str) -> Hits:
        """Those whose title or description holds the words."""
        matcher = self.matcher(query)
        for action in ACTIONS:
            score = matcher.match(f"{action.title} {action.description}")
            if score > 0:
                yield Hit(score, matcher.highlight(action.title), self._perform(action), help=action.description)  # fmt: skip

    def _perform(self, action: Action):
        app = self.app
        assert isinstance(app, ViscoderApp)

        async def perform() -> None:
            await app.action_perform(action.name)

        return perform


class ViscoderApp(App[None]):
    """The app.

    Args:
        setup: what it works with.
        session: to begin with.
        first: asked at once.
    """

    CSS_PATH = "viscoder.tcss"
    TITLE = "viscoder"
    COMMANDS: ClassVar[set[type[Provider]]] = {ActionCommands}  # pyright: ignore[reportIncompatibleVariableOverride]  # Textual's own type is wider than it needs
    BINDINGS: ClassVar[list[BindingType]] = [
        one for action in ACTIONS if not action.in_prompt for one in bindings(action)
    ]

    def __init__(self, setup: Setup, session: Session, first: str = "") -> None:
        super().__init__()
        self.setup = setup
        self._session = session
        self._first = first
        self._harmless = Harmless()
        self._failed = False
        self._wrong_keys: list[str] = []
        if setup.keys:
            from viscoder_tui.tui.keymap import checked

            setup.keys, self._wrong_keys = checked(setup.keys)
            self.set_keymap(dict(setup.keys))
        for theme in setup.themes.values():
            self.register_theme(worn(theme))
        if setup.theme in setup.themes:
            self.theme = setup.theme
        self.stylesheet = SettledStylesheet(variables=self.get_css_variables())

    def _fatal_error(self) -> None:
        # Textual offers nothing public for this, and shows a traceback with all local variables.
        if self._exception is None or self._failed:
            return  # what follows from the first fault is of no use to anybody
        self._failed = True
        self.panic(f"{explained(self._exception)}\ngo on with: viscoder chat --continue")

    def get_default_screen(self) -> ChatScreen:
        """The session from the first frame on: nothing empty is laid out and painted before."""
        return self._opened(self._session, self._first)

    def on_mount(self) -> None:
        """Load the model while the session is being shown."""
        # Without one to take away, Textual cannot switch from the default screen to another.
        self.screen._push_result_callback(self.screen, None)  # pyright: ignore[reportPrivateUsage]  # switch_screen leaves no other way
        if self._wrong_keys:
            self.screen.call_after_refresh(self._tell_wrong_keys)
        self.screen.call_after_refresh(self.set_timer, _SETTLING_SECONDS, self._painted)

    def _painted(self) -> None:
        setup = self.setup
        setup.painted()
        self._begin_to_load()
        if setup.language is not None:
            setup.runner.warm_up(setup.language.name)

    async def _tell_wrong_keys(self) -> None:
        screen = self.screen
        if isinstance(screen, ChatScreen):
            for wrong in self._wrong_keys:
                await screen.chat.note(wrong, kind="warning")

    def get_key_display(self, binding: Binding) -> str:
        """As the help spells it, the user's own keys too."""
        return binding.key_display or spoken_key(binding.key)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, but for a keyboard that is read with more care."""
        found = super().get_driver_class()
        if sys.platform == "win32" or found.__name__ != "LinuxDriver":
            return found
        from viscoder_tui.tui.keyboard import TidyDriver

        return TidyDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing that is shown is obeyed."""
        return (*super().get_line_filters(), self._harmless)

    def watch_theme(self, name: str) -> None:
        """Let the panes that are no Textual of their own take the colours too."""
        self.setup.theme = name
        for screen in self.screen_stack:
            if isinstance(screen, ChatScreen):
                screen.wear()

    def _loading(self, step: str) -> None:
        screen = self.screen
        if isinstance(screen, ChatScreen):
            screen.status.doing(step)

    def _begin_to_load(self) -> None:
        self.run_worker(self._load(), exit_on_error=False)

    async def _load(self) -> None:
        listen(self.setup.backend, self._loading)
        try:
            told = (await self.setup.backend.load()).doubt
        except BackendError as error:
            told = str(error)
        screen = self.screen
        stands_in, self.setup.gone = self.setup.gone, ""
        if isinstance(screen, ChatScreen):
            if screen.status.idle:
                screen.status.doing("")
            for text, kind in ((stands_in, "warning"), (told, "failure")):
                if text:
                    await screen.chat.note(text, kind=kind)
        # What the first request needs, while nobody waits for it.
        for module in ("viscoder_tui.agent.loop", "viscoder_tui.tui.deeds"):
            await asyncio.to_thread(importlib.import_module, module)
        setup = self.setup
        if setup.protocol != "none":
            await asyncio.to_thread(images.load, setup.protocol, setup.cell)

    def _opened(self, session: Session, first: str = "") -> ChatScreen:
        setup = self.setup
        conversation = Conversation(setup.store, session, setup.backend, setup.runner, setup.manner, setup.language, setup.spelled)  # fmt: skip
        for path in setup.data:
            conversation.attach(path)
        screen = ChatScreen(conversation, setup, first, session.draft)
        # Textual finds this out itself, but only after all styles were worked out once without.
        screen.add_class("-wide" if self.size.width >= WIDE else "-narrow")
        return screen

    def action_take_up(self, session_id: str) -> None:
        """Take another session up."""
        screen = self.screen
        if isinstance(screen, ChatScreen):
            screen.keep_draft()
            screen.conversation.stop()
        session = self.setup.store.session(session_id)
        changed = self._have_its_model_answer(session.summary.model)
        opened = self._opened(session)
        self.switch_screen(opened)
        if changed:
            opened.call_after_refresh(self._begin_to_load)

    def _have_its_model_answer(self, spelled: str) -> bool:
        """Let the model of a session answer in it; whether it is another one, or is gone."""
        setup, screen = self.setup, self.screen
        if not spelled or spelled == setup.spelled or setup.fixed:
            return False
        try:
            found = setup.open_model(spelled)
        except BackendError:
            setup.gone = gone(spelled, setup.model)
            return True
        if isinstance(screen, ChatScreen):
            self.run_worker(_closed(screen.conversation, setup.backend), exit_on_error=False)
        setup.backend, setup.model, setup.spelled = found.backend, found.name, found.spelled
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the main screen do nothing while a dialog is open."""
        if action == "perform":
            return isinstance(self.screen, ChatScreen)
        return super().check_action(action, parameters)

    async def action_perform(self, name: str) -> None:
        """Do what an action of the registry is for."""
        screen = self.screen
        if isinstance(screen, ChatScreen):
            await screen.perform(name)
