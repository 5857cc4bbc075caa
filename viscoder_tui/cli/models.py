"""``viscoder models``: the models there are, brought from a hub, chosen and removed."""

from __future__ import annotations

from pathlib import Path

import click

from backends import memory
from backends.base import BackendError
from backends.choose import VLLM
from backends.library import Library, Wanted
from backends.pulled import Pulled
from viscoder_tui import config
from viscoder_tui.cli import models_told, options, output
from viscoder_tui.cli.pulling import agreed, pull_model, recommended
from viscoder_tui.cli.status import CommandFailed, ExitCode, Status, printable
from viscoder_tui.config.models import chosen, library
from viscoder_tui.config.write import set_text
from viscoder_tui.locations import settings_file


class _Models(click.Group):
    """Its commands' faults are one sentence and the documented status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except config.SettingsWrong as error:
            raise CommandFailed(str(error), ExitCode.USAGE) from error
        except BackendError as error:
            raise CommandFailed(str(error), ExitCode.NO_MODEL) from error


@click.group(cls=_Models, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List, pull, choose and remove models.

    \b
    viscoder models pull                 the best that fits this machine, after asking
    viscoder models pull viscoder2-7b    one of the list
    viscoder models pull organisation/name:FILE.gguf

    A model is named as the list has it, or organisation/name of the hub; behind either, :FILE or a
    quantisation such as :Q8_0.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_models)


@command.command("list")
@options.as_json
def list_models(as_json: bool = False) -> None:
    """List the models: what is pulled, what fits in memory, what is used and why."""
    told = models_told.overview(library(), config.load())
    if as_json:
        output.document(told)
        return
    for line in models_told.lines(told):
        output.line(printable(line))


@command.command("show")
@click.argument("name", shell_complete=options.model_names)
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Say what a model is: one of the list, one that is pulled, or a .gguf file."""
    facts = models_told.facts(name, library())
    if as_json:
        output.document(facts)
        return
    width = max(len(key) for key in facts)
    for key, value in facts.items():
        if value not in (None, ""):
            output.line(printable(f"{key.replace('_', ' '):{width}}  {models_told.value(key, value)}"))  # fmt: skip


@command.command("use")
@click.argument("name", shell_complete=options.model_names)
def use(name: str) -> None:
    """Make a model the one that answers: it is written to your settings.

    NAME is whatever --model takes: a pulled model, a .gguf file, a server, vllm:FOLDER, or viscoder-nano.
    """
    found = str(Path(name).expanduser().resolve()) if Path(name).expanduser().is_file() else name
    meant = chosen(found, config.load())
    if meant.owned and found != VLLM:
        found = f"{VLLM}:{meant.owned}"  # from any folder
    set_text("model", found)
    status = Status()
    status.say(f"{found} answers from now on ({settings_file()})")
    (model,) = [one for one in config.described() if one.name == "model"]
    if model.value != found:
        status.say(f"but not here: {model.origin} says {model.value}")
    output.line(str(meant.path or meant.name))


@command.command("rm")
@click.argument("names", metavar="NAME...", nargs=-1, required=True, shell_complete=options.model_names)  # fmt: skip
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def remove(names: tuple[str, ...], yes: bool) -> None:
    """Remove pulled models from the disk."""
    status, known = Status(), library()
    # All are looked up before the first is removed: a mistyped one removes nothing.
    wanted = [known.wanted(name) for name in names]
    from backends import download

    found = {model.name: model for one in wanted for model in _pulled(one, known)}
    sizes = {name: download.free(model, really=False) for name, model in found.items()}
    begun = {path: path.stat().st_size for one in wanted for path in download.partial(one.repo)}
    for name, size in sizes.items():
        status.say(f"{name}: {memory.size(size)}")
    for size in begun.values():
        status.say(f"begun and not finished: {memory.size(size)}")
    total = sum(sizes.values()) + sum(begun.values())
    if not agreed(f"remove {memory.size(total)} from the disk?", yes=yes, undone="nothing was removed"):  # fmt: skip
        return
    for path in begun:
        path.unlink(missing_ok=True)
    freed = sum(begun.values())
    for name, model in found.items():
        freed += download.free(model, really=True)
        known.shelf.remove(model)
        output.line(name)
    status.say(f"removed, {memory.size(freed)} are free again")
    setting = config.load().model
    if setting and any(one.is_met_by(model) for one in _named(setting, known) for model in found.values()):  # fmt: skip
        status.say(f"the settings still name {setting}: viscoder models use ANOTHER")


def _pulled(wanted: Wanted, known: Library) -> list[Pulled]:
    """The pulled models of a name; none where one is only begun.

    Raises:
        BackendError: nothing of it is there.
    """
    from backends import download

    found = [one for one in known.shelf.models() if wanted.is_met_by(one)]
    if not found and not download.partial(wanted.repo):
        pulled = ", ".join(known.called(one) for one in known.shelf.models())
        raise BackendError(f"{wanted.name} is not pulled: " + (f"there are {pulled}" if pulled else "nothing is"))  # fmt: skip
    return found


def _named(setting: str, known: Library) -> list[Wanted]:
    try:
        return [known.wanted(setting)]
    except BackendError:
        return []


@command.command("pull")
@click.argument("name", required=False, shell_complete=options.model_names)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def pull(name: str | None, yes: bool) -> None:
    """Bring a model from the hub; without NAME the best that fits this machine.

    What is cut off goes on where it was when you pull again. HF_HOME, HF_ENDPOINT and HF_TOKEN are
    honoured.
    """
    status, known = Status(), library()
    if name is None:
        name, why = recommended(known, memory.machine())
        status.say(why)
        if not agreed(f"pull {name}?", yes=yes, undone="nothing was pulled"):
            raise CommandFailed("nothing was pulled", ExitCode.INTERRUPTED)
    model = pull_model(known.wanted(name), known, status)
    status.say(f"{known.called(model)} is here")
    using = models_told.in_use(known, config.load())
    if using["path"] == str(model.path.resolve()):
        status.say(f"it answers from now on: {using['why']}")
    else:
        status.say(f"{using['name']} answers ({using['why']}); to have this one: viscoder models use {known.called(model)}")  # fmt: skip
    output.line(str(model.path))
