"""Everything that can be done in the app: keys, palette, slash commands and help come from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Group = Literal["request", "program", "picture", "view", "session"]

GROUPS: dict[Group, str] = {
    "request": "Asking",
    "program": "The program",
    "picture": "The picture",
    "view": "The screen",
    "session": "Sessions",
}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done.

    Attributes:
        name: in settings, and with a slash before it in the prompt.
        title: one or two words, for the footer and the palette.
        description: one sentence, for the help.
        group: what it is about.
        keys: that do it, in Textual's spelling, separated by commas; empty for none.
        footer: whether it stands in the footer.
        argument: what a slash command takes behind its name, for the help; empty for nothing.
        everywhere: the keys work while a text is being edited too.
        in_prompt: the keys work in the prompt alone, where they go before all others.
    """

    name: str
    title: str
    description: str
    group: Group
    keys: str = ""
    footer: bool = False
    argument: str = ""
    everywhere: bool = True
    in_prompt: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("run", "run", "Run what stands in the editor, without the model.", "program", "ctrl+r,f5", footer=True, everywhere=False),
    Action("stop", "stop", "Stop the model and the program at once; nothing written is lost.", "request", "escape", footer=True),
    Action("interrupt", "interrupt", "Copy what is selected; else stop; pressed twice with nothing under way, leave.", "request", "ctrl+c"),
    Action("history", "search", "In the prompt: find an earlier request.", "request", "ctrl+r", footer=True, in_prompt=True),
    Action("new", "new picture", "Ask for a new picture, not for a change to this one.", "request", "ctrl+n", argument="REQUEST"),
    Action("selection", "ask for lines", "Ask for a change to the selected lines alone.", "program", "ctrl+k"),
    Action("continue", "continue", "Hand your version back to the model, with what is wrong with it.", "program", "ctrl+t"),
    Action("language", "language", "Choose the language of the next program.", "request", "ctrl+l", footer=True, argument="NAME"),
    Action("data", "attach data", "Let the program read a CSV, TSV or JSON file.", "request", argument="FILE"),
    Action("model", "model", "Let another model answer: its name, file or address.", "request", argument="NAME"),
    Action("sandbox", "sandbox", "Run programs in bubblewrap or docker, or in none: unconfined, until you leave.", "program", argument="NAME"),
    Action("rounds", "rounds", "Say how many corrections there may be.", "request", argument="N"),
    Action("editor", "editor", "Open the program in $VISUAL or $EDITOR.", "program", "ctrl+g", footer=True),
    Action("comment", "comment", "Comment the selected lines, or take the comment away.", "program", "ctrl+underscore"),
    Action("find", "find", "Find a text in the program.", "program", "ctrl+f"),
    Action("copy_code", "copy code", "Copy the program.", "program", "f7"),
    Action("copy_answer", "copy answer", "Copy the model's last answer.", "request"),
    Action("copy_path", "copy path", "Copy the path of the picture.", "picture"),
    Action("diff", "diff", "Compare two rounds side by side.", "program", "ctrl+d", footer=True),
    Action("earlier", "round before", "Step back to the program and picture of the round before.", "program", "alt+up"),
    Action("later", "round after", "Step forward to the round after.", "program", "alt+down"),
    Action("open", "open", "Open the picture in the system's viewer.", "picture", "ctrl+o", footer=True),
    Action("previous_picture", "picture before", "Show the picture before.", "picture", "left_square_bracket", everywhere=False),
    Action("next_picture", "picture after", "Show the next picture.", "picture", "right_square_bracket", everywhere=False),
    Action("zoom_in", "zoom in", "Show the picture larger; the arrow keys move it.", "picture", "plus", everywhere=False),
    Action("zoom_out", "zoom out", "Show the picture smaller.", "picture", "minus", everywhere=False),
    Action("zoom_fit", "fit", "Fit the picture into its pane.", "picture", "0", everywhere=False),
    Action("chat", "chat", "Go to the conversation.", "view", "f2"),
    Action("code", "code", "Go to the program.", "view", "f3"),
    Action("picture", "picture", "Go to the picture.", "view", "f4"),
    Action("maximise", "maximise", "Let the pane fill the screen, or put it back.", "view", "f11"),
    Action("wider", "wider", "Make the left side wider.", "view", "alt+right"),
    Action("narrower", "narrower", "Make the left side narrower.", "view", "alt+left"),
    Action("taller", "taller", "Make the program taller and the picture less so.", "view", "ctrl+down"),
    Action("shorter", "shorter", "Make the program less tall and the picture more so.", "view", "ctrl+up"),
    Action("theme", "theme", "Choose the colours.", "view", argument="NAME"),
    Action("sessions", "sessions", "Take up another conversation.", "session", "f9"),
    Action("palette", "commands", "Find a command by its name.", "view", "ctrl+p", footer=True),
    Action("help", "help", "List the keys and commands.", "view", "f1", footer=True),
    Action("quit", "quit", "Leave; everything is kept.", "session", "ctrl+q"),
)  # fmt: skip

BY_NAME: dict[str, Action] = {action.name: action for action in ACTIONS}


def slash(text: str) -> tuple[Action, str] | None:
    """The action and its argument, where `text` is a slash command.

    Raises:
        KeyError: it begins with a slash and a word, and there is no such command; holds the word.
    """
    if not text.startswith("/") or text.startswith("//"):
        return None
    word, _, argument = text[1:].partition(" ")
    name = word.strip().replace("-", "_")
    if not name.isidentifier():
        return None  # a path, or something else that begins so
    return BY_NAME[name], argument.strip()


def nearest(word: str, names: Iterable[str] = BY_NAME) -> str | None:
    """The command that somebody may have meant by `word`, as it is typed.

    Args:
        word: what was typed behind the slash.
        names: of the commands that there are.
    """
    import difflib

    low = word.lower().replace("-", "_")
    begun = [name for name in names if name.startswith(low)]
    found = next(iter(begun or difflib.get_close_matches(low, list(names), n=1, cutoff=0.5)), None)
    return "/" + found.replace("_", "-") if found else None


def spoken_key(key: str) -> str:
    """A key as people write it: ``ctrl+r`` is ^R."""
    names = {"left_square_bracket": "[", "right_square_bracket": "]", "plus": "+", "minus": "-", "escape": "Esc", "ctrl+underscore": "^/"}  # fmt: skip
    if key in names:
        return names[key]
    if key.startswith("ctrl+") and key.count("+") == 1:
        return "^" + key.removeprefix("ctrl+").upper()
    return "+".join(part.capitalize() for part in key.split("+"))
