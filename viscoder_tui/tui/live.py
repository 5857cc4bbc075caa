"""A task as it happens: the loop's events, shown in the panes."""

from __future__ import annotations

from dataclasses import replace

from runners import languages
from runners.base import Language, Run, Verdict
from viscoder_tui.agent.events import (
    BackendFailed,
    Cancelled,
    CodeReady,
    Event,
    GaveUp,
    PromptRead,
    Repaired,
    RoundStarted,
    RunFinished,
    RunStarted,
    Solved,
    TextStreamed,
    ThoughtStreamed,
)
from viscoder_tui.sessions.records import Origin, RoundRecord, TaskRecord
from viscoder_tui.tui.panes.chat import ChatPane
from viscoder_tui.tui.panes.code import CodePane
from viscoder_tui.tui.panes.preview import PreviewPane
from viscoder_tui.tui.panes.status import StatusLine


class Live:
    """Takes in events and shows them; what streams is shown ten times a second by `flush`."""

    def __init__(self, chat: ChatPane, code: CodePane, preview: PreviewPane, status: StatusLine) -> None:  # fmt: skip
        self.chat = chat
        self.code = code
        self.preview = preview
        self.status = status
        self._tasks = (0, 0)
        self._language: Language | None = None
        self._origin = Origin.HAND
        """A round begins with `RoundStarted` where the model writes it."""
        self._record = RoundRecord(0)
        self._answer = ""
        self._speed = 0.0
        self._news = False
        self._where = ""
        self._context = 0
        self._prompt = 0
        """Tokens of the model's context, and of the conversation that it has read."""

    def begin(self, language: Language, *, by_hand: int, by_model: int) -> None:
        """Something is under way.

        Args:
            language: of the program.
            by_hand: number of the task that a run by hand belongs to.
            by_model: number of the task that the model's rounds belong to.
        """
        self._tasks = (by_hand, by_model)
        self._language = language
        self._origin = Origin.HAND
        self._where = "run"
        self.code.set_language(language)
        self.status.setting.language = language.name
        self.status.begin()

    @property
    def _task(self) -> int:
        return self._tasks[self._origin is Origin.MODEL]

    def end(self) -> None:
        """Nothing is under way any more."""
        self._news = False
        self.status.end()

    def flush(self) -> None:
        """Show what has been written since the last time."""
        if not self._news or self._language is None:
            return
        self._news = False
        self.status.doing(f"{self._where} · writing", self._speed)
        from viscoder_tui.agent.answer import (
            extract,  # loaded with the agent, behind the first paint
        )

        self.code.stream(extract(self._answer, self._language).source)

    async def hear(self, event: Event) -> None:
        """Show one event."""
        if isinstance(event, RoundStarted | Solved | GaveUp | Cancelled | BackendFailed):
            self.chat.end(self._record)
        match event:
            case RoundStarted():
                self._answer = ""
                self._context, self._prompt = event.context, 0
                self._origin = Origin.MODEL
                self._where = f"round {event.round}/{event.rounds}"
                self._record = RoundRecord(event.round)
                self.status.doing(f"{self._where} · reading")
                await self.chat.round(self._task, self._record)
            case PromptRead():
                self._prompt = event.tokens
                done = f" {event.read / event.tokens:.0%}" if event.read < event.tokens else ""
                self.status.doing(f"{self._where} · reading{done}")
            case ThoughtStreamed():
                self._fills(self._prompt + event.tokens)
                self.status.doing(f"{self._where} · thinking", event.tokens / event.seconds if event.seconds else 0.0)  # fmt: skip
            case TextStreamed():
                self._fills(self._prompt + event.tokens)
                self._answer += event.text
                self._speed = event.tokens / event.seconds if event.seconds else 0.0
                self._news = True
            case CodeReady():
                self._news = False
                self._fills(event.usage.prompt_tokens + event.usage.answer_tokens)
                self.code.stream(event.source)
                self._record = replace(self._record, source=event.source, prose=event.prose, usage=event.usage)  # fmt: skip
                await self.chat.prose(event.prose)
            case Repaired():
                self.code.stream(event.source)
                self._record = replace(self._record, source=event.source, repairs=event.repairs)
            case RunStarted():
                await self._started(event)
            case RunFinished():
                await self._finished(event)
            case Solved():
                if event.doubts:
                    await self.chat.note(f"drawn, but {event.doubts[0].message}", kind="warning")
            case GaveUp():
                await self.chat.note(f"no picture: {event.reason}", kind="failure")
            case Cancelled():
                await self.chat.note("stopped; what was written stays")
            case BackendFailed():
                await self.chat.note(event.message, kind="failure")

    def _fills(self, tokens: int) -> None:
        if self._context:
            self.status.fills(tokens / self._context)

    async def _started(self, event: RunStarted) -> None:
        if self._origin is Origin.HAND:
            self._record = RoundRecord(event.round, Origin.HAND)
        self._record = replace(self._record, source=event.program.source)
        self.status.doing(f"{self._where} · running")
        await self.chat.round(self._task, self._record)

    async def _finished(self, event: RunFinished) -> None:
        run = event.run
        self._record = replace(
            self._record, verdict=run.verdict, diagnostics=run.diagnostics, doubts=event.doubts,
            pictures=run.pictures, stdout=run.stdout, stderr=run.stderr, seconds=run.seconds,
        )  # fmt: skip
        await self.chat.round(self._task, self._record, opened=run.verdict is not Verdict.RENDERED)
        if self.code.holds(self._record.source):
            self.code.ran(run.diagnostics)
        self.picture_of(run)

    def picture_of(self, run: Run | RoundRecord) -> None:
        """Show what a run drew, or why it drew nothing."""
        if run.pictures:
            self.preview.show(run.pictures)
        elif run.verdict is Verdict.RENDERED:
            self.preview.say("the picture is no longer there")
        elif run.verdict is not None:
            self.preview.say(_why(run))


def written(task: TaskRecord, record: RoundRecord) -> str:
    """A round's program, as far as the model wrote it."""
    from viscoder_tui.agent.answer import extract

    return record.source or extract(record.answer, languages.find(task.language)).source


def _why(run: Run | RoundRecord) -> str:
    said = {
        Verdict.BLANK: "the program ran, but the picture is empty",
        Verdict.NO_PICTURE: "the program ran, but drew no picture",
        Verdict.TIMED_OUT: "the program took too long and was stopped",
        Verdict.OUT_OF_MEMORY: "the program used too much memory and was stopped",
        Verdict.UNAVAILABLE: "the language's tools are missing here",
    }.get(run.verdict or Verdict.FAILED, "the program failed")
    if run.diagnostics and run.verdict is not Verdict.RENDERED:
        one = run.diagnostics[0]
        said += "\n\n" + (f"line {one.line}: " if one.line else "") + one.message
    return said


__all__ = ["Live", "written"]
