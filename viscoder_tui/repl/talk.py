"""The plain chat: reads a request, has it worked on, tells what came of it, and reads the next."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path

from backends.base import Backend, BackendError, listen
from backends.choose import gone
from runners.base import Language, RunnerError
from viscoder_tui.agent.datafiles import DataRefused
from viscoder_tui.agent.events import Event, RoundStarted
from viscoder_tui.repl import commands
from viscoder_tui.repl.deeds import do
from viscoder_tui.repl.interrupt import on_interrupt
from viscoder_tui.repl.shown import Account
from viscoder_tui.repl.voice import Ended, Requests, Voice
from viscoder_tui.sessions.answering import Open
from viscoder_tui.sessions.conversation import Conversation
from viscoder_tui.sessions.faults import NoSession, StoreUnusable
from viscoder_tui.sessions.records import RoundRecord, Session, TaskRecord
from viscoder_tui.tui.completion import attached
from viscoder_tui.visible import visible


class Talk:
    """A conversation, typed line by line.

    Args:
        conversation: the session under way.
        requests: where requests come from.
        voice: that answers.
        editor: command of the user's editor; ``$VISUAL`` or ``$EDITOR`` where it is empty.
        open_model: has the model of another session answer; None where the same one always does.
    """

    def __init__(self, conversation: Conversation, requests: Requests, voice: Voice, editor: str = "", open_model: Open | None = None) -> None:  # fmt: skip
        self.conversation = conversation
        self.requests = requests
        self.voice = voice
        self.editor = editor
        self.open_model = open_model
        self._doubted: Backend | None = None
        """The model of which it was said that it may hardly run here."""
        self.version: str | None = None
        """The program as the user changed it, until it is run or gone on from."""
        self.afresh = False
        """The next request is for a new picture."""
        self.leaving = False
        self.ended = Ended.NOTHING
        self._draft = ""
        self._stopped = False

    async def go(self, first: str = "", draft: str = "") -> Ended:
        """Talk until the user leaves, or there are no more requests.

        Args:
            first: asked at once.
            draft: what was being typed when the session was left.

        Returns:
            What came of the last request.

        Raises:
            Unreadable: what comes is no text.
        """
        self._draft = draft if self.requests.interactive else ""
        self.greet()
        if first:
            with on_interrupt(self.stop):
                await self.ask(first)
        while not self.leaving:
            text = await self.requests.next(self._draft)
            if text is None:
                break
            self._forget_draft()
            if text.strip():
                self._stopped = False
                with on_interrupt(self.stop):
                    await self.take(text.strip())
        cut_short = self._stopped and not self.requests.interactive
        return Ended.STOPPED if cut_short else self.ended

    def stop(self) -> None:
        """End what is under way; where nobody types, all of it."""
        self.conversation.stop()
        self._stopped = True
        self.leaving = self.leaving or not self.requests.interactive

    def greet(self) -> None:
        """Say where the session stands."""
        asked = [task.instruction for task in self.conversation.tasks if task.instruction]
        if asked:
            self.voice.say(f"going on after: {asked[-1]}")
        if self.requests.interactive:
            self.voice.say("/help lists the commands, Ctrl+D leaves; everything is kept")

    async def take(self, text: str) -> None:
        """Follow a command, or ask."""
        try:
            command = commands.read(text)
        except commands.UnknownCommand as error:
            self.voice.say(str(error))
            return
        if command is None:
            await self.ask(text)
        else:
            await do(self, command)

    async def ask(self, text: str) -> None:
        """Have a request worked on; @FILE in it attaches a data file."""
        conversation = self.conversation
        request, files = attached(text, Path.cwd())
        if not all(self.attach(path) for path in files):
            self.ended = Ended.NOT_DRAWN
            self._draft = text
            return
        if self._stopped:  # while a large file was read
            self.voice.say("stopped; nothing was asked")
            self._draft = text
            return
        language, why = conversation.language_for(request)
        if why not in ("as before", "chosen"):
            self.voice.say(f"language: {language.name} ({why}; /language chooses another)")
        version, self.version = self.version, None
        afresh, self.afresh = self.afresh, False
        account = Account(self.voice, language)
        await self._follow(conversation.ask(request, source=version, afresh=afresh), account)
        if not account.wrote:
            self.version = version

    async def go_on(self) -> None:
        """Run the program as it stands; if it fails, have the model mend it."""
        source, self.version = self.program, None
        account = Account(self.voice, self.language, by_hand=True)
        await self._follow(self.conversation.go_on(source), account)

    async def run(self) -> None:
        """Run the program as it stands, without the model."""
        source = self.program
        if not source.strip():
            self.voice.say("there is no program to run yet: ask for a picture first")
            return
        self.version = None
        account = Account(self.voice, self.language, by_hand=True)
        await self._follow(self.conversation.run(source), account)

    async def _follow(self, events: AsyncGenerator[Event, None], account: Account) -> None:
        voice, conversation = self.voice, self.conversation
        before = self._newest()
        try:
            with self.requests.waiting():
                async with aclosing(events):
                    async for event in events:
                        if isinstance(event, RoundStarted):
                            await self._doubt()
                        account.hear(event)
            self.ended = account.ended
        except BackendError as error:
            self._failed(error, Ended.NO_MODEL)
        except RunnerError as error:
            self._failed(error, Ended.NO_TOOLCHAIN)
        except (NoSession, StoreUnusable, OSError) as error:
            self._failed(error, Ended.NOT_DRAWN)
        finally:
            voice.clear()
        if self.ended is not Ended.DRAWN and self._newest() != before:
            voice.say(f"everything is kept in {conversation.tasks[-1].folder}")

    async def _doubt(self) -> None:
        """Say once of a model, which is loaded by now, that it may hardly run here."""
        backend = self.conversation.backend
        if self._doubted is not backend:
            self._doubted = backend
            told = (await backend.load()).doubt
            if told:
                self.voice.say(told)

    def _failed(self, error: Exception, ended: Ended) -> None:
        self.voice.say(str(error))
        self.ended = ended

    def _newest(self) -> TaskRecord | None:
        tasks = self.conversation.tasks
        return tasks[-1] if tasks else None

    def attach(self, path: Path) -> bool:
        """Let the next programs read a data file, and say what is in it; whether that can be."""
        try:
            self.voice.say(self.conversation.attach(path).text())
        except DataRefused as error:
            self.voice.say(str(error))
            return False
        return True

    @property
    def language(self) -> Language:
        """Of the program as it stands."""
        return self.conversation.language_for("")[0]

    @property
    def program(self) -> str:
        """The program as it stands; empty while there is none."""
        if self.version is not None:
            return self.version
        found = self.rounds()
        best = found[-1][0].best if found else None
        return best.source if best is not None else ""

    def rounds(self) -> Sequence[tuple[TaskRecord, RoundRecord]]:
        """All rounds of the session that have a program, in order."""
        return [(task, one) for task in self.conversation.tasks for one in task.rounds if one.source]  # fmt: skip

    async def take_up(self, session: Session) -> None:
        """Go on with another session, with its own model, if it has one, and the same runner and data."""
        old = self.conversation
        backend, spelled = await self._model_of(session.summary.model)
        new = Conversation(old.store, session, backend, old.runner, old.manner, model=spelled)
        new.data = old.data
        self.conversation = new
        self.version, self.afresh = None, False
        self.voice.say(f"taking up {session.summary.title or session.id}")
        for task in new.tasks:
            self.voice.say(f"> {task.instruction or '(run by hand)'}")
        found = self.rounds()
        best = found[-1][0].best if found else None
        for picture in best.pictures if best is not None else ():
            self.voice.result(visible(str(picture.path)))

    async def _model_of(self, spelled: str) -> tuple[Backend, str]:
        """The model of another session, or this one's where it has none or that is gone."""
        old = self.conversation
        if not spelled or spelled == old.model or self.open_model is None:
            return old.backend, old.model
        try:
            found = self.open_model(spelled)
        except BackendError:
            self.voice.say(gone(spelled, (await old.backend.load()).name))
            return old.backend, old.model
        await old.backend.close()
        listen(found.backend, self.voice.progress)
        self.voice.say(f"{found.name} answers from now on")
        return found.backend, found.spelled

    def _forget_draft(self) -> None:
        if self._draft:
            self._draft = ""
            try:
                self.conversation.store.set_draft(self.conversation.session_id, "")
            except (NoSession, StoreUnusable) as error:
                self.voice.say(str(error))
