# pyright: basic, reportOptionalMemberAccess=false
# Runs inside the sandbox with the standard library alone.
"""D2's renderer, started in node and asked over a pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_FOLDER = Path(sys.prefix) / "share" / "viscoder" / "d2"
_SERVER = Path(os.path.dirname(os.path.abspath(__file__))) / "d2_engine.cjs"
_FIRST = "vars: {d2-config: {layout-engine: %s}}\na -> b: c\nd: {e -> f}\n"
PROGRAM = "index"
"""What D2 calls the program's file."""


class Refused(Exception):
    """D2 does not take the program; the argument is what it says, or its list of errors."""


class Broken(Exception):
    """D2 itself broke down over the program."""


class Engine:
    """A running renderer."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            ["node", str(_SERVER), str(_FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def prepare(self) -> None:
        """Draw something with either layout, so that all of it is loaded."""
        for layout in ("dagre", "elk"):
            compiled = self.compile(_FIRST % layout, {}, {})
            self.render(compiled["diagram"], compiled["renderOptions"])

    def compile(self, source: str, beside: dict[str, str], options: dict[str, Any]) -> dict[str, Any]:  # fmt: skip
        """What D2 makes of a program: boards under ``diagram``, the syntax under ``graph``.

        Args:
            source: the program.
            beside: files that it may import, by name.
            options: what D2 should do where the program does not say.

        Raises:
            Refused: the program is wrong.
            Broken: D2 is.
        """
        request = {"fs": {**beside, PROGRAM: source}, "inputPath": PROGRAM, "options": options}
        return self._asked(call="compile", elk="elk" in source, request=request)

    def render(self, diagram: dict[str, Any], options: dict[str, Any]) -> str:
        """A board as SVG; raises as `compile` does."""
        return self._asked(call="render", request={"diagram": diagram, "options": options})

    def _asked(self, **question: Any) -> Any:
        try:
            self._node.stdin.write(json.dumps(question) + "\n")
            self._node.stdin.flush()
            line = self._node.stdout.readline()
        except OSError:
            line = ""
        answer = json.loads(line or '{"broken": "D2 ended"}')
        if "data" in answer:
            return answer["data"]
        said = answer.get("error")
        if not isinstance(said, str) or said.startswith("panic"):
            raise Broken(answer.get("broken"))
        raise Refused(json.loads(said) if said.startswith("[") else said)
