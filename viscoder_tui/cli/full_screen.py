"""The full-screen app, with all that it needs from the command line."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from backends.base import Backend
from runners.base import Language, Runner, SandboxMissing
from runners.runner import SandboxedRunner
from runners.sandbox import SANDBOXES, sandbox
from viscoder_tui import terminal
from viscoder_tui.cli import collecting, model, theme
from viscoder_tui.cli.picture import ImageProtocol
from viscoder_tui.config import Settings
from viscoder_tui.sessions.conversation import Manner
from viscoder_tui.sessions.records import Session
from viscoder_tui.sessions.store import Store


@dataclass(frozen=True, slots=True)
class Start:
    """What the app begins with.

    Attributes:
        store: where sessions are kept.
        session: to be shown.
        backend: the model; loading already.
        model: its name.
        runner: runs programs.
        manner: how requests are worked on.
        settings: of the user.
        language: of the first program; chosen from the request when None.
        image: how pictures are drawn.
        data: files that the programs may read.
        prompt: asked at once.
        spelled: what has the model answer again, when a session is taken up.
        fixed: it was named for all sessions.
        gone: told first, where it stands in for a session's model that is gone.
    """

    store: Store
    session: Session
    backend: Backend
    model: str
    runner: Runner
    manner: Manner
    settings: Settings
    language: Language | None
    image: ImageProtocol
    data: tuple[Path, ...]
    prompt: str
    spelled: str = ""
    fixed: bool = False
    gone: str = ""


def in_browser() -> bool:
    """Whether this is the process of a page that ``viscoder chat --serve`` shows."""
    return os.environ.get("TEXTUAL_DRIVER", "").startswith("textual.drivers.web_driver:")


def show(start: Start) -> int:
    """Run the app until the user leaves; everything that it holds is ended then."""
    if not in_browser():
        for variable in ("COLUMNS", "LINES"):
            os.environ.pop(variable, None)  # they would be believed over the terminal, for ever
    said = terminal.ask()  # before the app reads the answers as keys
    collecting.hold()  # until the app stands
    from viscoder_tui.tui.app import ViscoderApp
    from viscoder_tui.tui.setup import Setup

    themes = theme.found()
    setup = Setup(
        start.store,
        start.backend,
        start.runner,
        start.model,
        model.opened(start.settings),
        _open_runner,
        start.manner,
        start.language,
        said.protocol if start.image == "auto" else start.image,
        said.cell,
        keys=start.settings.keys,
        editor=start.settings.editor,
        themes=themes,
        theme=theme.chosen(start.settings, themes),
        plots_follow_theme=start.settings.plots_follow_theme,
        data=start.data,
        painted=collecting.resume,
        spelled=start.spelled,
        fixed=start.fixed,
        gone=start.gone,
    )
    session = replace(start.session, draft=start.session.draft + said.typed)
    app = ViscoderApp(setup, session, start.prompt)

    async def run() -> None:
        watching = asyncio.create_task(_leave_with_server(app.exit)) if in_browser() else None
        try:
            await app.run_async()
        finally:
            if watching is not None:
                watching.cancel()
            await setup.runner.close()
            await setup.backend.close()
            start.store.close()

    asyncio.run(run())
    return app.return_code or 0


async def _leave_with_server(leave: Callable[[], None]) -> None:
    """Leave once the server of this page is gone: killed, it asks nobody to end."""
    server = os.getppid()
    while os.getppid() == server:  # noqa: ASYNC110  # nobody tells of it
        await asyncio.sleep(1)
    leave()


def _open_runner(name: str) -> Runner:
    if name not in SANDBOXES:
        raise SandboxMissing(f"there is no sandbox '{name}': it can be {', '.join(SANDBOXES)}")
    found = sandbox(name)
    problem = found.problem()
    if problem is not None:
        raise SandboxMissing(problem)
    return SandboxedRunner(found)
