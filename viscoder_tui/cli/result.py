"""How a command ends: the picture, its path or JSON on stdout; what went wrong on stderr."""

from __future__ import annotations

from runners.base import Verdict
from viscoder_tui.agent.prompts import diagnosed
from viscoder_tui.cli import output, picture
from viscoder_tui.cli.destination import Destination
from viscoder_tui.cli.picture import ImageProtocol
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status
from viscoder_tui.cli.story import Story

_MOST_DIAGNOSTICS = 3


def present(
    story: Story, status: Status, *, wanted: Destination | None, image: ImageProtocol, as_json: bool
) -> ExitCode:
    """Show what came of a task.

    Args:
        story: all of it.
        status: where messages go.
        wanted: where the picture was asked for.
        image: how to draw it in the terminal.
        as_json: print the whole story as JSON instead.
    """
    best = story.best
    drawn = best is not None and best.verdict is Verdict.RENDERED
    written = wanted.write(best.pictures) if wanted and best and drawn else ()
    if as_json:
        output.document(story.document(written))
    if best is None or not drawn:
        explain(story, status)
        return ExitCode.NO_PICTURE
    for doubt in best.doubts:
        status.say(f"warning: {doubt.message}")
    if not as_json:
        for one in best.pictures:
            picture.show(one, image)
        for path in written or [one.path for one in best.pictures]:
            output.line(str(path))
    return ExitCode.OK


def explain(story: Story, status: Status) -> None:
    """Say why there is no picture, and where everything is kept.

    Raises:
        CommandFailed: the toolchain is missing.
    """
    best = story.best
    if best is not None and best.verdict is Verdict.UNAVAILABLE:
        one = best.diagnostics[0]
        raise CommandFailed(f"{one.message}: {one.hint}", ExitCode.NO_TOOLCHAIN)
    if best is not None:
        for one in best.diagnostics[:_MOST_DIAGNOSTICS]:
            for line in diagnosed(best.code, one):
                status.say(line)
    verdict = f" ({best.verdict.replace('_', ' ')})" if best and best.verdict else ""
    why = f": {story.reason}" if story.reason else ""
    status.say(f"no picture{verdict}{why}")
    status.say(f"everything is kept in {story.folder}")
