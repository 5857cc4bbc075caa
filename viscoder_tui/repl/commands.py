"""The slash commands of the plain chat: those of the app that need no screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viscoder_tui.tui.actions import BY_NAME, Action, nearest, slash

COMMANDS: dict[str, Action] = {
    action.name: action
    for action in (
        replace(BY_NAME["run"], description="Run the program as it stands, without the model."),
        replace(BY_NAME["editor"], description="Change the program in $VISUAL or $EDITOR; then /run it, or ask."),
        replace(BY_NAME["continue"], description="Hand your version back to the model: to mend, or with a REQUEST to change.", argument="REQUEST"),
        BY_NAME["new"],
        BY_NAME["language"],
        BY_NAME["data"],
        BY_NAME["rounds"],
        replace(BY_NAME["copy_path"], description="Print the path of the picture."),
        replace(BY_NAME["diff"], description="Compare the last two rounds, or your version with the last."),
        replace(BY_NAME["sessions"], description="List the conversations; with an ID, take that one up.", argument="ID"),
        replace(BY_NAME["help"], description="List the commands."),
        BY_NAME["quit"],
    )
}  # fmt: skip
"""By name; described as they are here."""


class UnknownCommand(Exception):
    """There is no such command here; the text is one sentence naming the nearest."""


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command that was typed."""

    name: str
    argument: str


def spelled(name: str) -> str:
    """A command as it is typed: ``/copy-path``."""
    return "/" + name.replace("_", "-")


def read(text: str) -> Command | None:
    """The command that `text` is; None for a request.

    Raises:
        UnknownCommand: it looks like one, and is none here.
    """
    try:
        found = slash(text)
    except KeyError as unknown:
        word = str(unknown.args[0])
        near = nearest(word, COMMANDS)
        hint = f"did you mean {near}? " if near else ""
        raise UnknownCommand(f"there is no command {spelled(word)}: {hint}/help lists them") from None  # fmt: skip
    if found is None:
        return None
    action, argument = found
    if action.name not in COMMANDS:
        raise UnknownCommand(f"{spelled(action.name)} works in the full-screen app alone: /help lists what works here")  # fmt: skip
    return Command(action.name, argument)


def help_text() -> str:
    """What can be typed."""
    named = {
        f"{spelled(one.name)} {one.argument}".rstrip(): one.description for one in COMMANDS.values()
    }
    width = max(map(len, named))
    lines = [f"{name:{width}}  {description}" for name, description in named.items()]
    lines.append("Anything else is a request; @FILE in it lets the program read a data file.")
    lines.append("At a prompt: Alt+Enter or Ctrl+J begins a new line, Ctrl+C clears, Ctrl+D leaves.")  # fmt: skip
    lines.append("While something runs: Ctrl+C stops it.")
    return "\n".join(lines)
