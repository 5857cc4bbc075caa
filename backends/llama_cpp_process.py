"""The process in which llama.cpp runs: ``python -m backends.llama_cpp_process``.

It speaks JSON, one object a line: requests on stdin, events on what was stdout. Everything
llama.cpp prints itself goes to stderr, which the parent points at a log file. It ends when its
stdin ends, so it never outlives the parent.

Requests: ``{"do": "load", …}``, ``{"do": "answer", "id", "messages", "sampling"}``,
``{"do": "cancel", "id"}``, ``{"do": "keep"}``. Events carry the ``id`` they belong to.
"""

from __future__ import annotations

import codecs
import json
import os
import queue
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from backends.base import ContextOverflow, ModelMissing
from backends.llama_cpp_model import Cancellation, Model
from backends.llama_cpp_options import LlamaOptions
from backends.llama_cpp_states import WORTH_KEEPING, States, shared


class Server:
    """Reads requests, answers them one at a time."""

    def __init__(self) -> None:
        self.events = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self.requests: queue.Queue[dict[str, Any]] = queue.Queue()
        self.cancellation = Cancellation()
        self.model: Model | None = None
        self.states: States | None = None
        self.recalled: tuple[int, ...] = ()

    def serve(self) -> None:
        """Until stdin ends."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            request = self.requests.get()
            try:
                if request["do"] == "load":
                    self._load(request)
                elif request["do"] == "keep":
                    self._keep(request)
                else:
                    self._answer(request)
            except (ModelMissing, ContextOverflow) as error:
                self._tell(request, "error", kind=type(error).__name__, message=str(error))
            except Exception as error:
                self._tell(request, "error", kind="BackendError", message=f"llama.cpp failed: {error}")  # fmt: skip

    def _listen(self) -> None:
        for line in sys.stdin:
            request = json.loads(line)
            if request["do"] == "cancel":
                self.cancellation.ask(request["id"])
            else:
                self.requests.put(request)
        os._exit(0)

    def _tell(self, request: dict[str, Any], event: str, **content: Any) -> None:
        line = json.dumps({"id": request.get("id", ""), "event": event, **content})
        self.events.write(line + "\n")
        self.events.flush()

    def _load(self, request: dict[str, Any]) -> None:
        options = LlamaOptions(**request["options"])
        model = Model(Path(request["path"]), options, self.cancellation)
        if options.draft_model:
            small = replace(options, context=model.length, chat_template="", draft_model="")
            model.draft_with(Model(Path(options.draft_model), small, self.cancellation))
        self.model = model
        if request["states"]:
            self.states = States(Path(request["states"]), Path(request["path"]), options)
        self._tell(request, "loaded", **model.info())

    def _keep(self, request: dict[str, Any]) -> None:
        """Write what was read to disk, where that is worth it and new."""
        model, states = self.model, self.states
        if model is not None and states is not None and len(model.cached) >= WORTH_KEEPING + len(self.recalled):  # fmt: skip
            place = states.place()
            if model.keep(place):
                states.kept(place, model.cached)
            else:
                place.unlink(missing_ok=True)
        self._tell(request, "kept")

    def _recall(self, model: Model, prompt: list[int]) -> None:
        """Take the beginning of a conversation from disk, where nothing of it is in memory."""
        if self.states is None or shared(model.cached, prompt) >= WORTH_KEEPING:
            return
        state = self.states.longest(prompt)
        if state is None or len(state.tokens) > model.length:
            return
        if model.recall(state.path):
            self.recalled = state.tokens
            self.states.used(state)
        else:
            self.states.drop(state)

    def _answer(self, request: dict[str, Any]) -> None:
        model = self.model
        assert model is not None
        self.cancellation.begin(request["id"])
        prompt = model.prompt(request["messages"])
        if len(prompt) >= model.length:
            raise ContextOverflow(f"the conversation has {len(prompt)} tokens and the model's context {model.length}: shorten the request or choose a model with a longer context")  # fmt: skip
        self._recall(model, prompt)
        model.forget(min(shared(model.cached, prompt), len(prompt) - 1))
        cached = len(model.cached)
        began = time.perf_counter()

        def told() -> None:
            self._tell(request, "reading", read=len(model.cached), tokens=len(prompt))

        told()
        if not model.feed(prompt[cached:], told):
            self._tell(request, "cancelled")
            return
        read = time.perf_counter()
        count, finish = self._write(request, model, prompt)
        usage = {
            "prompt_tokens": len(prompt),
            "cached_tokens": cached,
            "answer_tokens": count,
            "prompt_seconds": read - began,
            "answer_seconds": time.perf_counter() - read,
        }
        if finish == "cancelled":
            self._tell(request, "cancelled")
        else:
            self._tell(request, "finished", finish=finish, usage=usage)

    def _write(self, request: dict[str, Any], model: Model, prompt: list[int]) -> tuple[int, str]:
        """Tell the answer as it is written; how many tokens it has, and why it ended."""
        most = request["sampling"]["max_tokens"]
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        sampler = model.sampler(request["sampling"])
        thoughts = model.begins_with_thoughts(request["messages"])
        if not thoughts:
            sampler.hold()
        count, tail = 0, ""
        written: list[int] = []
        told: list[str] = []
        try:
            for token in model.write(sampler, prompt):
                if self.cancellation.asked:
                    return count, "cancelled"
                if model.native.llama_vocab_is_eog(model.vocab, token):
                    return count, "stop"
                count += 1
                text = decoder.decode(model.piece(token))
                written.append(token)
                told.append(text)
                if thoughts and "</think>" in (tail := tail[-10:] + text):
                    thoughts = False
                    sampler.hold()
                if text:
                    self._tell(request, "text", text=text, tokens=count)
                if count >= most:
                    return count, "length"
            return count, "cancelled" if self.cancellation.asked else "length"
        finally:
            if not decoder.getstate()[0]:  # cut within a letter, the tokens are more than the text
                model.remember("".join(told), written)
            sampler.free()


if __name__ == "__main__":
    Server().serve()
