# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false
# Runs inside the sandbox.
"""What the compiler and the linker say, and where a program crashed, as findings."""

from __future__ import annotations

import difflib
import os
import re
import signal
from pathlib import Path

import common
import cpp_mistakes
import pages

SOURCE = "program.cpp"
_SAID = re.compile(r"^(\S.*?):(\d+):(\d+): (fatal error|error|warning|note): (.*)$")
_REQUIRED = re.compile(
    rf"^{re.escape(SOURCE)}:(\d+):(\d+):\s+(?:recursively )?required (?:from|by)"
)
_INCLUDED = re.compile(rf"^(?:In file included from|\s+from) {re.escape(SOURCE)}:(\d+)")
_FIX = re.compile(rf'^fix-it:"{re.escape(SOURCE)}":{{(\d+):(\d+)-(\d+):(\d+)}}:"(.*)"$')
_UNDEFINED = re.compile(r"program\.cpp:(\d+): undefined reference to [`']([^']+)'")
_TWICE = re.compile(r"program\.cpp:(\d+): multiple definition of [`']([^']+)'")
_MEANT = re.compile(r"did you mean [‘']([^’']+)[’']")
_FORGOT = re.compile(r"did you forget to [‘']([^’']+)[’']")
_BEFORE = re.compile(r"expected (.*) before")
_HINTS = (
    (re.compile(r"expected [‘'][;)}\]][’'] at end of input"), "a { is never closed"),
    (re.compile(r"expected [‘'];[’'] after (class|struct|union) definition"), "put ; after the closing brace"),
    (re.compile(r"expected .* before"), "look for a missing semicolon or bracket here or in the line before"),
    (re.compile(r"was not declared|has not been declared|does not name a type"), "declare it first, or include the header that does"),
    (re.compile(r"is not a member of"), "check its name, or include the header that brings it"),
    (re.compile(r"no matching function for call"), "the number or the types of the arguments do not fit"),
    (re.compile(r"class plstream[’'] has no member named [‘']pl"), "the functions of a plstream have no pl before their names: init, env, line"),
    (re.compile(r"has no member named"), "check its name"),
    (re.compile(r"constexpr.* (limit|exceeds)|template instantiation depth"), "compute it when the program runs, not when it is compiled"),
    (re.compile(r"no match for [‘']operator"), "these types cannot be combined so"),
    (re.compile(r"cannot convert [‘']std::vector<.*[’'] to .*\*"), "pass its numbers: .data()"),
    (re.compile(r"invalid conversion|cannot convert|conversion from"), "convert it first: std::stoi, std::to_string, static_cast"),
    (re.compile(r"nested depth|nested too deeply"), "a file that includes itself"),
    (re.compile(r"read-only|discards qualifiers"), "it is const: take const away, or change a copy"),
)  # fmt: skip
_PLPLOT = re.compile(r"\bc_pl(?=\w)")
"""How PLplot's functions are called behind its macros."""
_ROOM = ("No space left on device", "out of memory", "virtual memory exhausted", "Killed signal", "cannot allocate", "Cannot allocate")  # fmt: skip
_ABSENT = (
    (r"(?:plplot/)?(?:plplot|plstream)", "PLplot"),
    (r"gnuplot-iostream", "gnuplot-iostream"),
    (r"boost/", "Boost"),
    (r"(?:cairo/)?cairo", "cairo"),
)
_CRASHES = {
    "SIGSEGV": "an index or a pointer goes outside of what there is, or a function calls itself without an end",
    "SIGFPE": "an integer is divided by zero",
    "SIGABRT": "an exception was not caught, or an assertion failed",
    "SIGILL": "a function that returns a value ends without return",
}


def of_compiler(said: str, source: str) -> list[dict[str, object]]:
    """What the compiler says of the program, the first error of each line.

    Of what stands in other files nothing is shown but the system's own headers' words.
    """
    found: list[dict[str, object]] = []
    warned: list[dict[str, object]] = []
    lines: set[int] = set()
    required: tuple[int, int] | None = None
    included: int | None = None
    for line in said.splitlines():
        if place := _REQUIRED.match(line):
            required = (int(place[1]), int(place[2]))
        elif place := _INCLUDED.match(line):
            included = int(place[1])
        elif "In instantiation of" in line or "In substitution of" in line:
            required = None
        elif fix := _FIX.match(line):
            if found and "hint" not in found[-1]:
                found[-1]["hint"] = fixed(fix)
        elif one := _SAID.match(line):
            path, kind, message = one[1], one[4], _PLPLOT.sub("pl", one[5])
            if kind == "note":
                if found and (forgot := _FORGOT.search(message)):
                    found[-1]["hint"] = f"add {forgot[1]}"
                if found and path == SOURCE and message.startswith("in expansion of macro"):
                    found[-1].update(line=int(one[2]), column=int(one[3]))
                    lines.add(int(one[2]))
                continue
            at = (int(one[2]), int(one[3]))
            if kind == "warning":
                if path == SOURCE:
                    warned.append(common.find(re.sub(r" \[-W\S+\]$", "", message), line=at[0], column=at[1], severity="warning"))  # fmt: skip
                continue
            if path != SOURCE:
                ours = path.startswith("/usr/")
                message = message if ours else "the included file is no C++ header"
                at = (required if ours else None) or (included or 1, 1)
            required = None
            if at[0] not in lines:
                lines.add(at[0])
                found.append(common.find(message, line=at[0], column=at[1], hint=hint_for(message, at, source)))  # fmt: skip
    found += [common.find(f"{name} is declared but nowhere defined", line=int(line), hint="define it, or take its use away") for line, name in dict.fromkeys(_UNDEFINED.findall(said))]  # fmt: skip
    found += [common.find(f"{name} is defined twice", line=int(line)) for line, name in _TWICE.findall(said)]  # fmt: skip
    if not found and "undefined reference to `main'" in said:
        found.append(common.find("there is no main function", line=1, hint="add int main() { … }"))
    if any(word in said for word in _ROOM) or (not found and "internal compiler error" in said):
        found.insert(0, common.find("the compiler ran out of memory", hint="make arrays and templates smaller"))  # fmt: skip
    return [*found[:6], *warned[:2]]


def fixed(fix: re.Match[str]) -> str:
    """The compiler's own proposal in words."""
    text = fix[5].replace("\\n", " ").replace('\\"', '"').strip()
    if fix[1] == fix[3] and fix[2] == fix[4]:
        return f"add {text}" if text.startswith("#") else f"put {text} at line {fix[1]}, column {fix[2]}"  # fmt: skip
    return f"did you mean {text}?" if text else f"take away what stands at line {fix[1]}, columns {fix[2]} to {int(fix[4]) - 1}"  # fmt: skip


def hint_for(message: str, at: tuple[int, int], source: str) -> str | None:
    """What would mend it, where that can be told."""
    if meant := _MEANT.search(message):
        return f"did you mean {meant[1]}?"
    if absent := re.match(r"(\S+): No such file", message):
        return header(absent[1])
    lines = source.splitlines()
    if at[0] <= len(lines) and cpp_mistakes.quoted_within(lines[at[0] - 1]):
        return "quotes within a text are written \\\", or take ' for them"
    if (wanted := _BEFORE.search(message)) and at[0] <= len(lines) and not lines[at[0] - 1][: at[1] - 1].strip():  # fmt: skip
        above = next((n for n in range(at[0] - 1, 0, -1) if lines[n - 1].strip()), None)
        missing = "; " if ";" in wanted[1] else ""
        if above is not None and missing:
            return f"a ; is missing at the end of line {above}"
    return next((hint for pattern, hint in _HINTS if pattern.search(message)), None)


def header(name: str) -> str:
    """The standard header that is spelt much the same, or which libraries there are."""
    if absent := next((one for pattern, one in _ABSENT if re.match(pattern, name)), None):
        return f"{absent} is not installed here (viscoder setup cpp): draw with <cairo/cairo.h>, or write an .svg"
    folders = sorted(Path("/usr/include/c++").glob("*"))
    there = [path.name for path in folders[-1].iterdir() if path.is_file()] if folders else []
    close = difflib.get_close_matches(name, there, n=1, cutoff=0.7)
    if close:
        return f"did you mean <{close[0]}>?"
    return "only the standard library, cairo, PLplot and gnuplot-iostream are here: draw with <cairo/cairo.h>, or write an .svg"


def of_crash(number: int, last_words: str, lines: int) -> dict[str, object]:
    """A program that ended by a signal, at its own line where the addresses tell it.

    Args:
        number: the signal's.
        last_words: the end of what it said on stderr.
        lines: of the program.
    """
    name = signal.Signals(number).name
    message, hint, line = f"the program crashed with {name}", _CRASHES.get(name), crashed_at(lines)
    thrown = re.search(r"terminate called after throwing an instance of '([^']+)'(?:\s+what\(\):\s+(.*))?", last_words)  # fmt: skip
    asserted = re.search(r"(?:program\.cpp:(\d+): )?[^\n]*Assertion [`'](.*)' failed", last_words)
    if thrown:
        kind = re.sub(r"^std::(__cxx11::)?", "std::", thrown[1])
        message, hint = f"{kind} was thrown and not caught: {thrown[2] or ''}".rstrip(": "), None
        if "out_of_range" in kind:
            hint = "an index is not smaller than the size"
    elif asserted:
        message, hint = f"assertion failed: {asserted[2]}", None
        if asserted[2].startswith("__n < this->size()"):
            message, hint = "an index is outside of its vector", "indexes go from 0 to size() - 1"
        elif "empty()" in asserted[2]:
            message, hint = "front, back or pop of something empty", "ask empty() first"
        line = int(asserted[1]) if asserted[1] else line
    return common.find(message, line=line, hint=hint)


def crashed_at(lines: int) -> int | None:
    """The innermost line of the program itself, from the addresses in ``.crash``."""
    try:
        entries = Path(".crash").read_text(errors="replace").splitlines()[:64]
    except OSError:
        return None
    finally:
        Path(".crash").unlink(missing_ok=True)
    addresses: list[str] = []
    for number, entry in enumerate(entries):
        found = re.search(r"program\((?:\+(0x[0-9a-f]+))?\) ?\[(0x[0-9a-f]+)\]", entry)
        if found and number > 0:
            # An address to return to lies behind the call; that of the crash itself does not.
            addresses.append(hex(int(found[1] or found[2], 16) - (0 if number == 2 else 1)))
    if not addresses or not os.path.exists("/usr/bin/addr2line"):
        return None
    said = pages.tool("addr2line", "-i", "-e", "program", *addresses, timeout=5).stdout
    found = map(int, re.findall(r"(?:^|/)program\.cpp:(\d+)", said, re.MULTILINE))
    return next((line for line in found if 0 < line <= lines), None)
