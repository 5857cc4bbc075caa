"""What is printed of a request: rounds and errors as they come, then program and picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from runners.base import Language, Picture, Run, Verdict
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
from viscoder_tui.agent.prompts import diagnosed
from viscoder_tui.repl.colours import coloured
from viscoder_tui.repl.voice import Ended, Voice
from viscoder_tui.visible import visible

_MOST_DIAGNOSTICS = 3


@dataclass(frozen=True, slots=True)
class _Round:
    prose: str = ""
    source: str = ""
    pictures: tuple[Picture, ...] = ()


class Account:
    """Hears the events of one request, or of one run by hand, and tells them.

    Args:
        voice: that speaks.
        language: of the program.
        by_hand: the user wrote the program, and knows it.
    """

    def __init__(self, voice: Voice, language: Language, *, by_hand: bool = False) -> None:
        self.ended = Ended.NOT_DRAWN
        self._voice = voice
        self._language = language
        self._by_hand = by_hand
        self._rounds: dict[int, _Round] = {}
        self._verdict: Verdict | None = None

    @property
    def wrote(self) -> bool:
        """Whether there was a program."""
        return any(one.source for one in self._rounds.values())

    def hear(self, event: Event) -> None:
        """Tell one event."""
        voice = self._voice
        match event:
            case RoundStarted():
                if self._by_hand:  # the model takes over, and counts from 0 again
                    self._by_hand = False
                    self._rounds.clear()
                where = f"correction {event.round} of {event.rounds}" if event.round else "first answer"  # fmt: skip
                voice.progress(f"{where} · reading the request")
            case PromptRead():
                if event.read < event.tokens:
                    voice.progress(f"reading the request · {event.read / event.tokens:.0%}")
            case ThoughtStreamed():
                voice.progress(f"thinking · {event.tokens} tokens · {event.seconds:.1f} s")
            case TextStreamed():
                speed = event.tokens / event.seconds if event.seconds else 0.0
                voice.progress(f"writing · {event.tokens} tokens · {speed:.0f} tokens/s · {event.seconds:.1f} s")  # fmt: skip
            case CodeReady():
                self._rounds[event.round] = _Round(event.prose.strip(), event.source)
            case Repaired():
                for one in event.repairs:
                    voice.say(f"mended without the model: {one.message}")
            case RunStarted():
                known = self._rounds.get(event.round, _Round())
                self._rounds[event.round] = replace(known, source=event.program.source)
                voice.progress("running the program")
            case RunFinished():
                self._ran(event)
            case Solved():
                voice.clear()
                self._show(self._rounds.get(event.round, _Round()))
                if event.round != max(self._rounds, default=event.round):
                    voice.say(f"this is round {event.round}, the best of them")
            case GaveUp():
                unavailable = self._verdict is Verdict.UNAVAILABLE
                self.ended = Ended.NO_TOOLCHAIN if unavailable else Ended.NOT_DRAWN
                voice.say(f"no picture: {event.reason}")
            case Cancelled():
                self.ended = Ended.STOPPED
                voice.say("stopped; what was written stays")
            case BackendFailed():
                self.ended = Ended.NO_MODEL
                voice.say(event.message)

    def _ran(self, event: RunFinished) -> None:
        run, voice = event.run, self._voice
        self._verdict = run.verdict
        one = replace(self._rounds.get(event.round, _Round()), pictures=run.pictures)
        self._rounds[event.round] = one
        name = "by hand" if self._by_hand else f"round {event.round}"
        voice.say(f"{name}: {run.verdict.replace('_', ' ')} in {run.seconds:.1f} s")
        if run.verdict is not Verdict.RENDERED:
            self._explain(one.source, run)
            if self._by_hand and run.verdict is Verdict.UNAVAILABLE:
                self.ended = Ended.NO_TOOLCHAIN
        elif self._by_hand:
            self._draw(one)
        for doubt in event.doubts:
            voice.say(f"but {doubt.message}")

    def _explain(self, source: str, run: Run) -> None:
        for one in run.diagnostics[:_MOST_DIAGNOSTICS]:
            self._voice.say("\n".join(diagnosed(source, one)))
        more = len(run.diagnostics) - _MOST_DIAGNOSTICS
        if more > 0:
            self._voice.say(f"and {more} more")

    def _show(self, one: _Round) -> None:
        voice = self._voice
        if one.prose:
            voice.result(visible(one.prose))
        source = one.source.rstrip("\n")
        voice.result(coloured(source, self._language.lexer) if voice.coloured else visible(source))
        self._draw(one)

    def _draw(self, one: _Round) -> None:
        self.ended = Ended.DRAWN
        self._voice.clear()
        for picture in one.pictures:
            self._voice.draw(picture)
            self._voice.result(visible(str(picture.path)))
