"""``viscoder sessions``: the conversations that were kept."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import click

from backends.choose import short
from viscoder_tui.cli import options, output
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status, printable
from viscoder_tui.sessions import export
from viscoder_tui.sessions.export import ExportFormat
from viscoder_tui.sessions.records import Session
from viscoder_tui.sessions.store import NoSession, Store, StoreUnusable


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List, show, export and remove your conversations.

    A conversation is named by its ID, or so much of it that no other begins so.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_sessions)


@contextmanager
def _opened() -> Generator[Store]:
    """The store, closed in the end.

    Raises:
        CommandFailed: it cannot be used, or there is no such session.
    """
    try:
        with Store.open() as store:
            yield store
    except (NoSession, StoreUnusable) as error:
        raise CommandFailed(str(error), ExitCode.USAGE) from error


@command.command("list")
@click.option("--search", default="", metavar="WORDS", help="Only those whose requests hold all these words.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help="How many at most.")  # fmt: skip
@options.as_json
def list_sessions(search: str = "", limit: int = 200, as_json: bool = False) -> None:
    """List the conversations, the latest first."""
    with _opened() as store:
        found = store.sessions(search, limit)
    if as_json:
        from viscoder_tui.sessions.export.document import summary

        output.document({"sessions": [summary(one) for one in found]})
        return
    if not found:
        what = f"no request holds '{search}'" if search.strip() else "there are no sessions yet"
        Status().say(f"{what}: viscoder chat begins one")
        return
    width = max(len(one.language) for one in found)
    for one in found:
        rounds = f"{one.rounds} round{'' if one.rounds == 1 else 's'}"
        output.line(f"{one.id}  {one.updated.astimezone():%Y-%m-%d %H:%M}  {one.language:{width}}  {rounds:10}  {_line(one.title)}".rstrip())  # fmt: skip


@command.command("show")
@click.argument("wanted", metavar="ID")
@options.as_json
def show(wanted: str, as_json: bool) -> None:
    """Show what was asked, what came of it, and the program that counts."""
    with _opened() as store:
        session = store.session(wanted)
    if as_json:
        from viscoder_tui.sessions.export.document import document

        output.document(document(session))
        return
    _tell(session)


def _tell(session: Session) -> None:
    from viscoder_tui.sessions.export import words

    about = session.summary
    model = f" · {_line(short(about.model))}" if about.model else ""
    output.line(_line(words.title(session)))
    output.line(f"{about.id} · {about.created:%Y-%m-%d %H:%M}{model}")
    for task in session.tasks:
        output.line("")
        for line in printable(task.instruction).splitlines():
            output.line(f"> {line}")
        output.line(f"{_line(task.language)} · {_line(words.ended(task))}")
        for one in task.rounds:
            output.line(f"  {words.heading(one)}: {words.ran(one)}")
            for remark in words.remarks(one):
                output.line(f"    {_line(remark)}")
            for line in printable(words.errors(one)).splitlines():
                output.line(f"    {line}")
            for picture in one.pictures:
                output.line(f"    {printable(str(picture.path))}")
        if task.best is not None and task.best.source.strip():
            output.line("")
            output.line(printable(task.best.source.rstrip()))


@command.command("export")
@click.argument("wanted", metavar="ID")
@click.option("-o", "--out", metavar="OUT", help="Where to: .md, .html, .jsonl, or a folder; viscoder-ID.md when not given.")  # fmt: skip
@click.option(
    "--format", "format", type=click.Choice(export.FORMATS), help="When OUT does not tell it."
)
@click.option("--force", is_flag=True, help="Write over what is there.")
def export_session(wanted: str, out: str | None, format: ExportFormat | None, force: bool) -> None:
    """Write a conversation to a file or a folder, for somebody else or for training."""
    with _opened() as store:
        session = store.session(wanted)
        try:
            if out is None:
                target = export.default_target(session, format or "md")
            else:
                target = Path(out).expanduser()
            export.export(session, target, format or export.format_of(target), force=force)
        except export.ExportRefused as error:
            raise CommandFailed(str(error), ExitCode.USAGE) from error
    output.line(str(target))


@command.command("rm")
@click.argument("wanted", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(wanted: tuple[str, ...], yes: bool) -> None:
    """Remove conversations with all their programs and pictures."""
    status = Status()
    with _opened() as store:
        # All are looked up before the first is removed: a mistyped one removes nothing.
        sessions = {one.id: one for one in map(store.session, wanted)}
        if not yes and not _agreed(list(sessions.values()), status):
            status.say("nothing was removed")
            return
        for identity in sessions:
            store.remove(identity)
            output.line(identity)


def _agreed(sessions: list[Session], status: Status) -> bool:
    """Whether the user wants them removed.

    Raises:
        CommandFailed: nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        raise CommandFailed("nothing was removed: without a terminal to ask on, say --yes", ExitCode.USAGE)  # fmt: skip
    for one in sessions:
        status.say(f"{one.id}  {one.summary.title}")
    what = "this conversation" if len(sessions) == 1 else f"these {len(sessions)} conversations"
    status.say(f"remove {what} with all programs and pictures? y or n")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _line(text: str) -> str:
    return " ".join(printable(text).split())
