# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""Compiles program.cpp, runs it, and takes the pictures that it wrote. Executed inside the sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import common
import cpp_errors
import cpp_letters
import cpp_libraries
import cpp_mistakes
import pages
import written

del sys.path[0]

_OPTIONS = (
    "-std=c++17", "-O1", "-g1", "-D_GLIBCXX_ASSERTIONS", "-ftabstop=1", "-fdiagnostics-parseable-fixits",
    "-fno-diagnostics-show-caret", "-fdiagnostics-color=never", "-fmax-errors=8", "-ftemplate-depth=200",
    "-fconstexpr-ops-limit=10000000",
)  # fmt: skip
_COMPILE_SECONDS = 20
_LAST_WORDS = 8192
_NO_PICTURE = 'write one into the current folder, for example with std::ofstream out("picture.svg")'


def compiled(source: str) -> list[dict[str, object]]:
    """Make ``program``, or end as failed; what the compiler warns of."""
    argv = ["g++", *_OPTIONS, "-o", "program", "program.cpp", os.path.join(HERE, "cpp_crash.cpp"), *cpp_letters.flags(source), *cpp_libraries.flags(source), "-lm"]  # fmt: skip
    try:
        said = pages.tool(*argv, timeout=_COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        common.fail(common.find(f"the compiler was stopped after {_COMPILE_SECONDS} seconds", hint="use simpler templates, and compute when the program runs"))  # fmt: skip
        return []
    if said.returncode != 0:
        # Lines of other files are not shown: an include may name any of them.
        own = "\n".join(line for line in said.stderr.splitlines() if line.startswith(("program.cpp", "/usr/bin/ld")))  # fmt: skip
        sys.stderr.write(own[:20_000] + "\n")
        common.fail(*(cpp_errors.of_compiler(said.stderr, source) or [common.find("the program cannot be compiled")]))  # fmt: skip
    return cpp_errors.of_compiler(said.stderr, source)


def ran(environment: dict[str, str]) -> tuple[int, str]:
    """Run the program; its exit status, and the end of what it said on stderr."""
    program = subprocess.Popen(
        ["./program"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    assert program.stderr is not None
    last = b""
    while chunk := os.read(program.stderr.fileno(), 65536):
        sys.stderr.buffer.write(chunk)
        sys.stderr.buffer.flush()
        last = (last + chunk)[-_LAST_WORDS:]
    return program.wait(), last.decode("utf-8", errors="replace")


def main() -> None:
    """Compile, run, and draw what was written."""
    source = Path("program.cpp").read_text(encoding="utf-8-sig", errors="replace")
    Path("program.cpp").write_text(cpp_libraries.windowless(source), encoding="utf-8")
    warned = compiled(source)
    there = written.there()
    status, last_words = ran(cpp_libraries.environment(source))
    cpp_libraries.tidy()
    if status < 0:
        common.fail(cpp_errors.of_crash(-status, last_words, len(source.splitlines())), *warned)
    if status > 0:
        words = [line.strip() for line in last_words.splitlines() if line.strip()]
        told = f": {words[-1][:200]}" if words else ""
        common.fail(common.find(f"the program ended with status {status}{told}", hint="main returns 0 where all went well"), *warned)  # fmt: skip
    made = written.files(there)
    said = [*warned, *cpp_mistakes.never_painted(source), *cpp_letters.lacking(source)]
    common.report([*said, *written.taken(made)])
    if not any(path.suffix == ".png" for path in common.OUT.iterdir()):
        others = ", ".join(path.name for path in made[:5])
        message = f"the program wrote no picture, only {others}" if others else "the program wrote no picture"  # fmt: skip
        common.report([common.find(message, hint=_NO_PICTURE), *warned])


common.run(main)
