# pyright: basic
# Runs inside the sandbox with the standard library alone.
"""What a Python program says in vain: statements that do nothing, functions that nobody calls.

Only whole statements are looked at, never the numbers in them, so that long data cost nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

import common

_CALLED = frozenset(common.words("axhline axis axvline clabel colorbar grid invert_xaxis invert_yaxis legend margins savefig set_axis_off subplots_adjust suptitle tight_layout title twinx xlabel xlim xscale xticks ylabel ylim yscale yticks"))  # fmt: skip
"""Functions of matplotlib that do nothing where they are only named, or given a value."""
_AXES = re.compile(r"(?:ax|axs|axes)\d*(?:_\w+)?")
_DRAWS = re.compile(r"\b(?:plt|ax\w*|fig\w*|sns|px|go|pd|df|nx|alt)\b\s*[.\[]")
_WARNINGS = (
    (re.compile(r"No artists with labels found to put in legend"), "the legend is empty: nothing that is drawn has a label", 'give label="…" to what is drawn, before legend() is called'),
    (re.compile(r"kwargs were not used by|Attempt to set non-positive \w+ on a log-scaled"), None, None),
)  # fmt: skip


def in_vain(tree: ast.Module) -> list[dict[str, Any]]:
    """Warnings of statements that leave the picture as it is though they look otherwise."""
    found = [_finding(one) for one in _statements(tree.body)]
    return [one for one in found if one is not None][:3]


def warned_of(warned: Iterable[tuple[str, int | None]]) -> list[dict[str, Any]]:
    """What matplotlib has warned of, where the picture lacks what the program says.

    Args:
        warned: messages, and the program's lines where they were called forth.
    """
    found: list[dict[str, Any]] = []
    for text, line in warned:
        for pattern, message, hint in _WARNINGS:
            one = common.find(message or text, line=line, hint=hint, severity="warning")
            if line and pattern.search(text) and one not in found:
                found.append(one)
    return found[:3]


def why_nothing(tree: ast.Module | None, source: str) -> dict[str, Any]:
    """Why a program that ran drew nothing.

    Args:
        tree: the program without its last line; None where it ended itself.
        source: the program.
    """
    usual = common.find("the program drew no figure", hint="draw with matplotlib, and end with plt.show()")  # fmt: skip
    if tree is None:
        return usual
    for one in tree.body:
        if isinstance(one, ast.If) and _asks_for_main(one.test):
            return common.find("this is never true, so what stands below it does not run", line=one.lineno, column=one.test.col_offset + 1, hint='write if __name__ == "__main__":')  # fmt: skip
    lines = source.splitlines()
    idle = [one for one in tree.body if isinstance(one, (ast.FunctionDef, ast.ClassDef)) and _is_idle(one, source)]  # fmt: skip
    drawing = [one for one in idle if _DRAWS.search("\n".join(lines[one.lineno - 1 : one.end_lineno]))]  # fmt: skip
    if drawing or idle:
        one = next((one for one in idle if one.name == "main"), (drawing or idle)[-1])
        takes = isinstance(one, ast.FunctionDef) and one.args.args
        return common.find(f"{one.name} is defined, but nothing calls it", line=one.lineno, hint=f"call it at the end: {one.name}({'…' if takes else ''})")  # fmt: skip
    closed = re.search(r"^\s*plt\.(close|clf|cla)\(", source, re.MULTILINE)
    if closed:
        line = source.count("\n", 0, closed.end()) + 1
        return common.find("the figure is closed before it is shown", line=line, hint=f"call plt.show() before plt.{closed[1]}()")  # fmt: skip
    return usual


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements, those in others behind them; of calls and lists nothing."""
    for one in body:
        yield one
        for part in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(one, part, []))
        for handler in getattr(one, "handlers", []):
            yield from _statements(handler.body)


def _finding(one: ast.stmt) -> dict[str, Any] | None:
    if isinstance(one, ast.Expr) and isinstance(one.value, ast.Attribute):
        name = one.value.attr
        if _is_matplotlib(one.value) and (name in _CALLED or name.startswith("set_")):
            called = ast.unparse(one.value)
            return common.find(f"{called} is only named, not called", line=one.lineno, column=one.col_offset + 1, hint=f"write {called}()", severity="warning")  # fmt: skip
    if isinstance(one, ast.Assign) and len(one.targets) == 1:
        target = one.targets[0]
        plain = isinstance(one.value, (ast.Constant, ast.JoinedStr, ast.Tuple, ast.List))
        if isinstance(target, ast.Attribute) and plain and _is_matplotlib(target):
            name, holder = target.attr, ast.unparse(target.value)
            if name in _CALLED or name.startswith("set_"):
                method = name if holder == "plt" or name.startswith("set_") or name in ("legend", "grid", "axis") else f"set_{name}"  # fmt: skip
                return common.find(f"{holder}.{name} is given a value, which draws nothing", line=one.lineno, column=one.col_offset + 1, hint=f"call {holder}.{method}({ast.unparse(one.value)[:60]})", severity="warning")  # fmt: skip
    return None


def _is_matplotlib(place: ast.Attribute) -> bool:
    """Whether a name belongs to pyplot or, by how it is called, to axes."""
    holder = place.value
    while isinstance(holder, ast.Subscript):
        holder = holder.value
    return isinstance(holder, ast.Name) and (holder.id == "plt" or bool(_AXES.fullmatch(holder.id)))


def _asks_for_main(test: ast.expr) -> bool:
    """Whether a condition compares the module's name with a text that it never is."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):  # fmt: skip
        return False
    sides = [test.left, test.comparators[0]]
    named = any(isinstance(one, ast.Name) and one.id == "__name__" for one in sides)
    texts = [one.value for one in sides if isinstance(one, ast.Constant)]
    # The other way round: a text that is meant to be a name.
    quoted = any(isinstance(one, str) and one in ("__name__", "name") for one in texts)
    return (named and bool(texts) and texts[0] != "__main__") or (quoted and len(texts) == 2)


def _is_idle(one: ast.FunctionDef | ast.ClassDef, source: str) -> bool:
    """Whether nothing but its own definition names it."""
    named = len(re.findall(rf"\b{re.escape(one.name)}\b", source))
    return named == 1 and not one.decorator_list
