"""The keys and commands as a page of Markdown, made from the registry."""

from __future__ import annotations

from viscoder_tui.tui.actions import ACTIONS, GROUPS, spoken_key


def markdown() -> str:
    """The page ``docs/keys.md``."""
    lines = [
        "# Keys and commands of `viscoder chat`",
        "",
        "`^R` is Ctrl and R together. Every command can also be typed as `/name` into the prompt, or found",
        "with `^P`. Keys of your own stand in the settings: `viscoder config edit`, table `[keys]`, as in",
        '`run = "f6"`.',
        "",
        "In the prompt: Enter sends, `^J` begins a new line, `↑` and `↓` bring earlier requests back, Tab",
        "completes commands and, behind an `@`, data files.",
    ]
    for group, title in GROUPS.items():
        lines += ["", f"## {title}", "", "| key | command | what it does |", "|---|---|---|"]
        for action in ACTIONS:
            if action.group == group:
                key = " ".join(f"`{spoken_key(one)}`" for one in action.keys.split(",") if one)
                slash = f"/{action.name.replace('_', '-')}{' ' + action.argument if action.argument else ''}"  # fmt: skip
                lines.append(f"| {key} | `{slash}` | {action.description} |")
    return "\n".join(lines) + "\n"
