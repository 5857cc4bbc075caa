"""A session of the list is answered by its own model, as long as none was named for all."""

from __future__ import annotations

from tests.tui.conftest import PLOT, Open


async def test_a_session_of_the_list_is_answered_by_its_own_model(desk: Open) -> None:
    async with desk([PLOT]) as it:
        await it.type("/model other")
        await it.until(lambda: "other answers from now on" in it.read())
        await it.type("bars of fruit")
        await it.idle()
        theirs = it.screen.conversation.session_id
        lost = it.store.new_session("", "/models/lost.gguf").id
    async with desk([PLOT]) as it:
        assert it.screen.setup.model == "fake"
        it.app.action_take_up(theirs)
        await it.until(lambda: it.screen.conversation.session_id == theirs)
        assert it.screen.status.setting.model == "other"
        assert it.screen.conversation.backend is not it.backend
        it.app.action_take_up(lost)
        await it.until(lambda: "lost, which answered" in it.read())
    async with desk([PLOT]) as it:
        it.screen.setup.fixed = True
        it.app.action_take_up(theirs)
        await it.until(lambda: it.screen.conversation.session_id == theirs)
        assert it.screen.conversation.backend is it.backend
