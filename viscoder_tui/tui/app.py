# pyright: reportUnknownMemberType=false
# Textual leaves open what screens return.
"""The Textual app: it holds the model and the runner, and shows one session at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider

from backends.base import BackendError
from viscoder_tui.sessions.conversation import Conversation
from viscoder_tui.sessions.records import Session
from viscoder_tui.tui.actions import ACTIONS, Action
from viscoder_tui.tui.bindings import bindings
from viscoder_tui.tui.failures import explained
from viscoder_tui.tui.screens.chat import ChatScreen
from viscoder_tui.tui.setup import Setup
from viscoder_tui.tui.themes import worn


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

    def _fatal_error(self) -> None:
        # Textual offers nothing public for this, and shows a traceback with all local variables.
        error = self._exception
        said = explained(error) if error is not None else "viscoder itself failed"
        self.panic(f"{said}\ngo on with: viscoder chat --continue")

    def on_mount(self) -> None:
        """Show the session, and load the model meanwhile."""
        self.set_keymap(dict(self.setup.keys))
        for theme in self.setup.themes.values():
            self.register_theme(worn(theme))
        if self.setup.theme in self.setup.themes:
            self.theme = self.setup.theme
        self._show(self._session, self._first)
        self.run_worker(self._load(), exit_on_error=False)
        setup = self.setup
        if setup.language is not None:
            setup.runner.warm_up(setup.language.name)

    def watch_theme(self, name: str) -> None:
        """Let the panes that are no Textual of their own take the colours too."""
        self.setup.theme = name
        for screen in self.screen_stack:
            if isinstance(screen, ChatScreen):
                screen.wear()

    async def _load(self) -> None:
        try:
            await self.setup.backend.load()
        except BackendError as error:
            screen = self.screen
            if isinstance(screen, ChatScreen):
                await screen.chat.note(str(error), kind="failure")

    def _show(self, session: Session, first: str = "") -> None:
        setup = self.setup
        conversation = Conversation(setup.store, session, setup.backend, setup.runner, setup.manner, setup.language)  # fmt: skip
        for path in setup.data:
            conversation.attach(path)
        screen = ChatScreen(conversation, setup, first, session.draft)
        if isinstance(self.screen, ChatScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def action_take_up(self, session_id: str) -> None:
        """Take another session up."""
        screen = self.screen
        if isinstance(screen, ChatScreen):
            screen.keep_draft()
            screen.conversation.stop()
        self._show(self.setup.store.session(session_id))

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
