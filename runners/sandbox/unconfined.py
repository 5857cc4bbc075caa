"""No sandbox: for a run whose user asked for that by name. Limits still hold."""

from __future__ import annotations

from runners.base import Language
from runners.sandbox.base import Command
from runners.sandbox.process_tree import ProcessTree, bounded
from runners.toolchains import Missing, missing_here


class Unconfined:
    """Runs commands as the user, in a fresh folder, with an empty environment."""

    @property
    def name(self) -> str:
        """How ``--sandbox`` calls it."""
        return "none"

    def problem(self) -> str | None:
        """Nothing stands in its way."""
        return None

    def missing(self, language: Language) -> Missing | None:
        """What a language lacks on this machine."""
        return missing_here(language)

    async def start(self, command: Command) -> ProcessTree:
        """Start `command`."""
        argv = bounded(command.argv, command.limits, processes=False)
        return await ProcessTree.start(argv, command.environment, command.workspace, command.limits)
