"""A language of somebody else's: each line is a name and a number, drawn as tally marks."""

import re
import sys
from pathlib import Path

from runners.base import Diagnostic, Language, Output, PictureFormat, Severity, Step, Toolchain

_HERE = Path(__file__).resolve().parent


def steps(_format: PictureFormat) -> tuple[Step, ...]:
    """One small script."""
    readable = (Path(sys.prefix), Path(sys.base_prefix), _HERE)
    return (Step((sys.executable, "-I", str(_HERE / "draw.py")), {"PATH": "/usr/bin"}, readable),)


def diagnose(output: Output) -> tuple[Diagnostic, ...]:
    """Its messages are ``line 3: …``."""
    found = re.findall(r"^line (\d+): (.*)$", output.stderr, re.MULTILINE)
    return tuple(Diagnostic(Severity.ERROR, text, int(line)) for line, text in found)


STEPS = steps
LANGUAGE = Language(
    name="tally",
    title="Tally",
    suffix=".tally",
    lexer="text",
    guide="Each line is a name and a whole number.",
    toolchain=Toolchain(),
    file_name="marks.tally",
    steps=steps,
    diagnose=diagnose,
    example="apples 3\npears 5\n",
    formats=("png",),
    words=("tally marks",),
)
