# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# Textual leaves open what an app returns, so `screen.app` is partly unknown.
"""What each action does to the main screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import TextArea

from backends.base import BackendError, listen
from runners import languages
from runners.base import RunnerError, UnknownLanguage
from viscoder_tui.agent.datafiles import DataRefused
from viscoder_tui.tui import outside
from viscoder_tui.tui.screens.choose import Choose, Item
from viscoder_tui.tui.screens.diff import Diff, Side
from viscoder_tui.tui.screens.help import Help
from viscoder_tui.tui.screens.sessions import Sessions

if TYPE_CHECKING:
    from viscoder_tui.sessions.records import RoundRecord, TaskRecord
    from viscoder_tui.tui.screens.chat import ChatScreen

Deed = Callable[["ChatScreen", str], Awaitable[None]]


async def do(screen: ChatScreen, name: str, argument: str) -> None:
    """Do the action `name` with what stood behind its slash command."""
    await DEEDS[name](screen, argument)


async def _run(screen: ChatScreen, _: str) -> None:
    screen.run_by_hand()


async def _stop(screen: ChatScreen, _: str) -> None:
    if screen.code.close_find() or screen.chat.prompt.close_completion():
        return
    if screen.maximized is not None:
        screen.minimize()
    elif screen.conversation.busy:
        screen.conversation.stop()
    else:
        screen.chat.prompt.write()
        screen.show_tab("chat")


_TWICE_SECONDS = 2.0


async def _interrupt(screen: ChatScreen, _: str) -> None:
    focused = screen.focused
    if isinstance(focused, TextArea) and focused.selected_text:
        _copy(screen, focused.selected_text, "the selection")
    elif screen.conversation.busy:
        screen.conversation.stop()
    elif time.monotonic() - screen.interrupted < _TWICE_SECONDS:
        await _quit(screen, "")
    else:
        screen.interrupted = time.monotonic()
        screen.notify("press Ctrl+C again to leave; everything is kept", timeout=2, markup=False)


async def _history(screen: ChatScreen, _: str) -> None:
    prompt = screen.chat.prompt
    requests = list(reversed(prompt.history))

    def take(chosen: str | None) -> None:
        if chosen is not None:
            prompt.put(requests[int(chosen)])
        prompt.write()

    if not requests:
        screen.notify("nothing was asked yet", severity="warning", markup=False)
        return
    items = [Item(str(at), " ↵ ".join(one.splitlines())) for at, one in enumerate(requests)]
    await screen.app.push_screen(Choose("earlier requests", items), take)


async def _new(screen: ChatScreen, text: str) -> None:
    from viscoder_tui.tui.screens.chat import Request

    text = text or screen.chat.prompt.text.strip()
    if text:
        screen.chat.prompt.put("")
        screen.ask(Request(text, afresh=True))
    else:
        screen.chat.prompt.put("/new ")
        await _go_chat(screen, "")


async def _selection(screen: ChatScreen, text: str) -> None:
    from viscoder_tui.tui.screens.chat import Request

    lines = screen.code.selected_lines
    text = text or screen.chat.prompt.text.strip()
    if lines is None:
        screen.notify("select the lines in the program first", severity="warning", markup=False)
    elif not text:
        screen.notify("say in the prompt what to do with the selected lines, then ^K", markup=False)
        await _go_chat(screen, "")
    else:
        screen.chat.prompt.put("")
        screen.ask(Request(text, lines=lines))


async def _continue(screen: ChatScreen, text: str) -> None:
    from viscoder_tui.tui.screens.chat import Request

    text = text or screen.chat.prompt.text.strip()
    screen.chat.prompt.put("")
    if text:
        screen.code.edited = True  # the program as it stands is what is gone on from
        screen.ask(Request(text))
    elif screen.code.text.strip():
        screen.ask(Request("go on from this program", mend=True))
    else:
        screen.notify("there is no program to go on from", severity="warning", markup=False)


async def _language(screen: ChatScreen, name: str) -> None:
    def take(chosen: str | None) -> None:
        if chosen:
            language = languages.find(chosen)
            screen.conversation.language = language
            screen.status.setting.language = language.name
            screen.status.show()

    if not name:
        items = [Item(one.name, one.title, one.suffix) for one in languages.all_languages()]
        await screen.app.push_screen(Choose("language of the next program", items), take)
        return
    try:
        take(languages.find(name).name)
    except UnknownLanguage as error:
        screen.notify(str(error), severity="warning", markup=False)


async def _data(screen: ChatScreen, name: str) -> None:
    if not name:
        await screen.chat.note("/data FILE: a CSV, TSV or JSON file that the next programs may read", kind="warning")  # fmt: skip
        return
    try:
        found = screen.conversation.attach(Path(name))
    except DataRefused as error:
        await screen.chat.note(str(error), kind="failure")
        return
    await screen.chat.note(found.text())


async def _rounds(screen: ChatScreen, text: str) -> None:
    if not text.isdigit():
        screen.notify("/rounds N: how many corrections there may be", severity="warning", markup=False)  # fmt: skip
        return
    manner = screen.conversation.manner
    screen.conversation.manner = replace(manner, budget=replace(manner.budget, rounds=int(text)))
    screen.notify(f"up to {text} corrections", markup=False)


async def _model(screen: ChatScreen, name: str) -> None:
    setup = screen.setup
    if not name:
        screen.notify(
            "/model NAME: a pulled model, a .gguf file, a server's address, vllm:FOLDER, or viscoder-nano",
            severity="warning",
            markup=False,
        )
        return
    if screen.working:
        screen.notify("something is under way: Esc stops it", severity="warning", markup=False)
        return
    backend = None
    try:
        found = setup.open_model(name)
        backend = found.backend
        listen(backend, screen.status.doing)
        await backend.load()
    except BackendError as error:
        if backend is not None:
            await backend.close()
        screen.status.doing("")
        await screen.chat.note(str(error), kind="failure")
        return
    old, screen.conversation.backend, setup.backend = screen.conversation.backend, backend, backend
    setup.model = screen.status.setting.model = found.name
    setup.spelled = screen.conversation.model = found.spelled
    screen.status.doing("")
    await old.close()
    await screen.chat.note(f"{found.name} answers from now on")


async def _sandbox(screen: ChatScreen, name: str) -> None:
    if screen.working:
        screen.notify("something is under way: Esc stops it", severity="warning", markup=False)
        return
    try:
        runner = await asyncio.to_thread(screen.setup.open_runner, name or "bubblewrap")
    except RunnerError as error:
        await screen.chat.note(str(error), kind="failure")
        return
    old, screen.conversation.runner, screen.setup.runner = (
        screen.conversation.runner,
        runner,
        runner,
    )
    await old.close()
    if name == "none":
        await screen.chat.note("programs run unconfined from now on, until you leave: /sandbox bubblewrap confines them again", kind="warning")  # fmt: skip
    else:
        await screen.chat.note(f"programs run in {name or 'bubblewrap'} from now on")


async def _editor(screen: ChatScreen, _: str) -> None:
    if screen.app.is_web:  # it would open where the server is
        screen.notify("no editor can be opened from a browser: change the program here", severity="warning", markup=False)  # fmt: skip
        return
    language = screen.conversation.language_for("")[0]
    try:
        with screen.app.suspend():
            text = outside.edited(screen.code.text, language.file_name, screen.setup.editor)
    except outside.NotStarted as error:
        screen.notify(str(error), severity="warning", markup=False)
        return
    screen.refresh(layout=True)
    if text != screen.code.text:
        editor = screen.code.editor
        editor.replace(text, (0, 0), editor.document.end)


async def _comment(screen: ChatScreen, _: str) -> None:
    screen.code.editor.toggle_comment()


async def _find(screen: ChatScreen, text: str) -> None:
    screen.show_tab("code")
    if text:
        screen.code.editor.find_next(text)
        screen.set_focus(screen.code.editor)
    else:
        screen.code.find()


async def _copy_code(screen: ChatScreen, _: str) -> None:
    _copy(screen, screen.code.text, "the program")


async def _copy_answer(screen: ChatScreen, _: str) -> None:
    answers = [one.answer for _, one in screen.rounds() if one.answer]
    _copy(screen, answers[-1] if answers else "", "the answer")


async def _copy_path(screen: ChatScreen, _: str) -> None:
    picture = screen.preview.picture
    _copy(screen, str(picture.path) if picture else "", "the path")


def _copy(screen: ChatScreen, text: str, what: str) -> None:
    if not text:
        screen.notify("there is nothing to copy", severity="warning", markup=False)
        return
    screen.app.copy_to_clipboard(text)  # asks the terminal, which need not obey, nor answers
    screen.run_worker(outside.copy(text), exit_on_error=False)
    screen.notify(f"{what} is copied", markup=False)


async def _diff(screen: ChatScreen, _: str) -> None:
    found = screen.rounds()
    at = next((index for index, (task, one) in enumerate(found) if (task.number, one.number) == screen.looked_at), len(found) - 1)  # fmt: skip
    sides = [_side(*one) for one in found]
    left, right = at - 1, at
    if screen.code.edited and found:
        mine = replace(found[at][1], source=screen.code.text, pictures=())
        sides.append(Side("as it stands", mine))
        left, right = at, len(sides) - 1
    if left < 0:
        screen.notify("there is no round before this one", severity="warning", markup=False)
        return
    setup = screen.setup
    await screen.app.push_screen(Diff(sides, left, right, setup.protocol, setup.cell, screen.preview.paper))  # fmt: skip


def _side(task: TaskRecord, record: RoundRecord) -> Side:
    return Side(f"request {task.number + 1}, round {record.number}", record)


async def _earlier(screen: ChatScreen, _: str) -> None:
    _step(screen, -1)


async def _later(screen: ChatScreen, _: str) -> None:
    _step(screen, 1)


def _step(screen: ChatScreen, by: int) -> None:
    found = screen.rounds()
    places = [(task.number, one.number) for task, one in found]
    if not found or screen.conversation.busy:
        return
    at = places.index(screen.looked_at) if screen.looked_at in places else len(found) - by
    to = at + by
    if 0 <= to < len(found):
        screen.look_at(*found[to])
        screen.notify(_side(*found[to]).name, timeout=1.5, markup=False)


async def _open(screen: ChatScreen, _: str) -> None:
    picture = screen.preview.picture
    if picture is None:
        screen.notify("there is no picture to open", severity="warning", markup=False)
        return
    if screen.app.is_web:  # a viewer would open where the server is
        screen.app.deliver_binary(picture.path.with_suffix(".png"), open_method="browser")
        return
    try:
        outside.view(picture.path)
    except outside.NotStarted:
        screen.notify(f"no viewer was found; the picture is {picture.path}", markup=False)


async def _previous_picture(screen: ChatScreen, _: str) -> None:
    screen.preview.turn(-1)


async def _next_picture(screen: ChatScreen, _: str) -> None:
    screen.preview.turn(1)


async def _zoom_in(screen: ChatScreen, _: str) -> None:
    screen.preview.zoom(1)


async def _zoom_out(screen: ChatScreen, _: str) -> None:
    screen.preview.zoom(-1)


async def _zoom_fit(screen: ChatScreen, _: str) -> None:
    screen.preview.zoom(0)


async def _go_chat(screen: ChatScreen, _: str) -> None:
    screen.show_tab("chat")
    screen.chat.prompt.write()


async def _go_code(screen: ChatScreen, _: str) -> None:
    screen.show_tab("code")
    screen.set_focus(screen.code.editor)


async def _go_picture(screen: ChatScreen, _: str) -> None:
    screen.show_tab("picture")
    screen.set_focus(screen.preview)


async def _maximise(screen: ChatScreen, _: str) -> None:
    if screen.maximized is not None:
        screen.minimize()
        return
    pane = next((one for one in (screen.chat, screen.code, screen.preview) if one.has_focus_within or one.has_focus), screen.code)  # fmt: skip
    screen.maximize(pane, container=False)


async def _wider(screen: ChatScreen, _: str) -> None:
    screen.resplit("columns", 4)


async def _narrower(screen: ChatScreen, _: str) -> None:
    screen.resplit("columns", -4)


async def _taller(screen: ChatScreen, _: str) -> None:
    screen.resplit("rows", 6)


async def _shorter(screen: ChatScreen, _: str) -> None:
    screen.resplit("rows", -6)


async def _theme(screen: ChatScreen, name: str) -> None:
    app = screen.app
    themes = screen.setup.themes
    names = list(themes)

    def take(chosen: str | None) -> None:
        if chosen:
            app.theme = chosen
            screen.notify(f'to keep it: theme = "{chosen}" in the settings (viscoder config edit)', markup=False)  # fmt: skip

    if not name:
        await app.push_screen(
            Choose("theme", [Item(one.name, one.title) for one in themes.values()]), take
        )
    elif name in names:
        take(name)
    else:
        screen.notify(f"there is no theme '{name}': there are {', '.join(names)}", severity="warning", markup=False)  # fmt: skip


async def _sessions(screen: ChatScreen, _: str) -> None:
    async def take(chosen: str | None) -> None:
        if chosen and chosen != screen.conversation.session_id:
            await screen.app.run_action(f"app.take_up('{chosen}')")

    setup = screen.setup
    picker = Sessions(setup.store, setup.protocol, setup.cell, screen.preview.paper)
    await screen.app.push_screen(picker, take)


async def _palette(screen: ChatScreen, _: str) -> None:
    await screen.app.run_action("command_palette")


async def _help(screen: ChatScreen, _: str) -> None:
    await screen.app.push_screen(Help(screen.setup.keys))


async def _quit(screen: ChatScreen, _: str) -> None:
    screen.keep_draft()
    screen.conversation.stop()
    screen.app.exit()


DEEDS: dict[str, Deed] = {
    "run": _run, "stop": _stop, "interrupt": _interrupt, "new": _new, "selection": _selection, "continue": _continue,
    "language": _language, "data": _data, "rounds": _rounds, "model": _model, "sandbox": _sandbox, "editor": _editor, "comment": _comment,
    "find": _find, "copy_code": _copy_code, "copy_answer": _copy_answer, "copy_path": _copy_path,
    "diff": _diff, "earlier": _earlier, "later": _later, "open": _open,
    "previous_picture": _previous_picture, "next_picture": _next_picture, "zoom_in": _zoom_in,
    "zoom_out": _zoom_out, "zoom_fit": _zoom_fit, "chat": _go_chat, "code": _go_code,
    "picture": _go_picture, "maximise": _maximise, "wider": _wider, "narrower": _narrower,
    "taller": _taller, "shorter": _shorter, "history": _history,
    "theme": _theme, "sessions": _sessions, "palette": _palette, "help": _help, "quit": _quit,
}  # fmt: skip
