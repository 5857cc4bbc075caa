"""What the app works with; the command line makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backends.base import Backend
from runners.base import Language, Runner
from themes.base import Theme
from viscoder_tui.sessions.answering import Open
from viscoder_tui.sessions.conversation import Manner
from viscoder_tui.sessions.store import Store


@dataclass(slots=True)
class Setup:
    """What the app works with.

    Attributes:
        store: where sessions are kept.
        backend: the model; may be loading still.
        runner: runs programs.
        model: the model's name, as shown.
        open_model: makes another model answer.
        open_runner: makes a runner over a sandbox of that name; raises `RunnerError`.
        manner: how requests are worked on.
        language: of the first program; chosen from the request when None.
        protocol: how pictures are drawn: ``kitty``, ``sixel``, ``half`` or ``none``.
        cell: width and height of one cell of the terminal, in pixels.
        keys: the user's own keys, by the action's name.
        editor: the command of the user's editor; ``$VISUAL`` or ``$EDITOR`` where it is empty.
        themes: all there are, by name.
        theme: the one to begin with.
        plots_follow_theme: pictures take the theme's colours where their programs set none.
        data: files that the programs may read, known to be good.
        painted: called when the app stands on the screen for the first time.
        spelled: what has the model answer again, when a session is taken up.
        fixed: it was named for all sessions, whatever model answered in them.
        gone: told first, where another model stands in for one that is gone.
    """

    store: Store
    backend: Backend
    runner: Runner
    model: str
    open_model: Open
    open_runner: Callable[[str], Runner]
    manner: Manner = field(default_factory=Manner)
    language: Language | None = None
    protocol: str = "half"
    cell: tuple[int, int] = (10, 20)
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    editor: str = ""
    themes: Mapping[str, Theme] = field(default_factory=dict[str, Theme])
    theme: str = "ink"
    plots_follow_theme: bool = False
    data: tuple[Path, ...] = ()
    painted: Callable[[], None] = lambda: None
    spelled: str = ""
    fixed: bool = False
    gone: str = ""
