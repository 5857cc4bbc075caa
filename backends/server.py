"""Any server that speaks OpenAI's chat completions: llama-server, vLLM, Ollama, LM Studio, Text
Generation Inference, or a hosted one.

Nothing is asked a second time once a word has come; before that, a server where nobody listens,
that has no time or loads its model still is asked again, and another one takes its place where
there is one. Closing an answer closes its connection, and the server stops at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from functools import partial
from itertools import takewhile
from types import MappingProxyType

from backends.base import BackendError, Chunk, Message, ModelInfo, ModelMissing, Sampling
from backends.server_address import Served, host_of
from backends.server_answer import chunks
from backends.server_http import Http, Refused, import_early
from backends.server_key import Key
from backends.server_models import Offer, meant
from backends.server_patience import NotNow, Patience, Tries
from backends.server_pool import Place, Pool
from backends.server_request import Request


class Server:
    """Answers with a model that is served, at one address or at several.

    Any number of answers may be under way at once.

    Args:
        served: where, and which model.
        patience: how long to wait.
        keys: of the servers by address, where they are known already.
    """

    def __init__(
        self,
        served: Served,
        patience: Patience | None = None,
        keys: Mapping[str, Key] = MappingProxyType({}),
    ) -> None:
        self._served = served
        self._patience = patience or Patience()
        self._pool = Pool(served.addresses)
        self._http = Http(self._patience, keys)
        self._offer: Offer | None = None
        self._lock = asyncio.Lock()
        self._unwanted: dict[str, str] = {}
        """Fields that a server does not take, and what it calls them; empty for not at all."""

    def start(self) -> None:
        """Load what is needed to ask, without waiting; nobody is asked yet."""
        import_early()

    async def load(self) -> ModelInfo:
        """Ask what is served; see `backends.base.Backend`.

        Raises:
            ModelMissing: there is no such model, or it must be chosen among several.
        """
        async with self._lock:
            if self._offer is None:
                self._offer = await self._greeted()
            return self._offer.info

    async def stream(
        self, messages: tuple[Message, ...], sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        """Answer the conversation; see `backends.base.Backend`."""
        await self.load()
        tries = Tries(self._patience, 2 * len(self._pool.places))
        conversation = hash(tuple(takewhile(lambda one: one.role != "assistant", messages)))
        while True:
            place = self._pool.pick(conversation)
            written = False
            try:
                if place.failures and len(self._pool.places) > 1:
                    await self._look_at(place)
                with self._pool.at_work(place):
                    async with aclosing(self._answer(place, messages, sampling)) as answer:
                        async for chunk in answer:
                            written = written or bool(chunk.text or chunk.reasoning)
                            yield chunk
                self._pool.worked(place, conversation)
                return
            except (NotNow, ModelMissing) as fault:
                why = fault if isinstance(fault, NotNow) else NotNow(fault, "broken")
                if written:
                    raise why.error from fault
            self._pool.failed(place, why.after)
            others = self._pool.others(place)
            if isinstance(why.error, ModelMissing) and not others:
                self._offer = None  # another model is served by now: `load` asks anew
            seconds = 0.0 if others else min(map(self._pool.rest, self._pool.places))
            await tries.wait(why, seconds, others=others)

    async def close(self) -> None:
        """Close all connections."""
        self._offer = None
        await self._http.close()

    async def _greeted(self) -> Offer:
        """The model, as the servers that are there tell it; the others rest."""
        tries = Tries(self._patience)
        places = self._pool.places
        while True:
            answers = await asyncio.gather(*map(self._told, places))
            there = [one for one in answers if not isinstance(one, BackendError | NotNow)]
            if there:
                found = [offer for told in there for offer in told or ()]
                where = self._served.name or ", ".join(map(host_of, self._served.addresses))
                offer = meant(found, self._served.model, where)
                for place, told in zip(places, answers, strict=True):
                    if isinstance(told, tuple) and not _has(told, offer):
                        self._pool.failed(place)
                return offer
            why = next((one for one in answers if isinstance(one, NotNow)), answers[0])
            if not isinstance(why, NotNow):
                assert isinstance(why, BackendError)
                raise why
            await tries.wait(why, min(map(self._pool.rest, places)))

    async def _told(self, place: Place) -> tuple[Offer, ...] | BackendError | NotNow | None:
        try:
            told = await self._http.models(place.address)
        except NotNow as why:
            self._pool.failed(place, why.after)
            return why
        except BackendError as error:
            self._pool.failed(place)
            return error
        self._pool.worked(place)
        return told

    async def _look_at(self, place: Place) -> None:
        """See whether a server that has failed is well again.

        Raises:
            NotNow: it is not.
        """
        try:
            told = await self._http.models(place.address)
        except BackendError as error:
            raise NotNow(error, "broken") from error
        if told is not None and self._offer is not None and not _has(told, self._offer):
            gone = f"{host_of(place.address)} has no model {self._offer.name} any more"
            raise NotNow(ModelMissing(gone), "broken")

    async def _answer(self, place: Place, messages: tuple[Message, ...], sampling: Sampling) -> AsyncGenerator[Chunk, None]:  # fmt: skip
        """One server's answer.

        Raises:
            NotNow: nothing has come, and the server may be asked again.
        """
        offer = self._offer
        if offer is None:  # another answer found that the model has gone
            raise ModelMissing("the server does not serve the model any more")
        request = Request(offer, messages, sampling, dict(self._unwanted))
        while True:
            began = time.monotonic()
            try:
                async with self._http.answer(place.address, request.body()) as answer:
                    self._unwanted = request.unwanted
                    understood = partial(self._http.complaint, address=place.address)
                    found = chunks(answer, self._patience, understood, offer.name, began)
                    async with aclosing(found):
                        async for chunk in found:
                            yield chunk
                return
            except Refused as refused:
                if not request.learns(refused.found):
                    raise self._http.error(refused, place.address, offer.name) from refused


def _has(told: tuple[Offer, ...], offer: Offer) -> bool:
    return any(one.name == offer.name for one in told)
