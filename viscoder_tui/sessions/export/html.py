"""A conversation as one HTML page that needs nothing else.

Whatever a user, a model or a tool said is escaped; and if an escape were forgotten, the page's own
policy lets no script run and nothing be fetched.
"""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from backends.choose import short
from runners.base import Picture
from viscoder_tui.sessions.export import files, words
from viscoder_tui.sessions.records import RoundRecord, Session, TaskRecord

_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}

_STYLE = """
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1e; background: #fff;
       font: 16px/1.5 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 3rem; border-top: 1px solid #d0d0d5; padding-top: 1.5rem; }
.about { color: #5c5c66; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #b8b8c0;
             white-space: pre-wrap; }
pre { padding: .8rem; overflow-x: auto; background: #f5f5f7; border-radius: 6px;
      font: 13px/1.45 ui-monospace, monospace; }
img { max-width: 100%; border: 1px solid #d0d0d5; border-radius: 6px; }
"""


def write(session: Session, target: Path) -> None:
    """Write the page.

    Args:
        session: what to tell.
        target: the file.

    Raises:
        OSError: it cannot be written.
    """
    files.write(target, page(session))


def page(session: Session) -> str:
    """The whole page."""
    about = session.summary
    title = escape(words.title(session))
    model = f" · {_text(short(about.model))}" if about.model else ""
    formatter = HtmlFormatter[str](cssclass="code")
    colours = str(formatter.get_style_defs(".code"))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # the stubs say nothing of it
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>\n<style>{_STYLE}{colours}</style>\n</head>\n<body>",
            f"<h1>{title}</h1>",
            f'<p class="about">{about.created:%Y-%m-%d %H:%M}{model}</p>',
            *(_task(task) for task in session.tasks),
            "</body>\n</html>\n",
        ]
    )


def _task(task: TaskRecord) -> str:
    data = "".join(f" · {_text(path.name)}" for path in task.data)
    parts = [f"<h2>Request {task.number + 1}</h2>"]
    if task.instruction:
        parts.append(f"<blockquote>{_text(task.instruction)}</blockquote>")
    parts.append(f'<p class="about">{_text(task.language)}{data} · {_text(words.ended(task))}</p>')
    return "\n".join([*parts, *(_round(task, one) for one in task.rounds)])


def _round(task: TaskRecord, one: RoundRecord) -> str:
    parts = [f"<h3>{words.heading(one)}</h3>", f'<p class="about">{words.ran(one)}</p>']
    remarks = words.remarks(one)
    if remarks:
        parts.append("<ul>" + "".join(f"<li>{_text(each)}</li>" for each in remarks) + "</ul>")
    if one.prose.strip():
        parts.append(f"<blockquote>{_text(one.prose.strip())}</blockquote>")
    if one.source.strip():
        parts.append(_code(task, one.source))
    parts += [_picture(task, one, picture) for picture in one.pictures]
    if one.diagnostics:
        parts.append(f"<pre>{_text(words.errors(one))}</pre>")
    for name, text in words.output(one):
        parts.append(f"<p>{name}:</p>\n<pre>{_text(text)}</pre>")
    return "\n".join(parts)


def _code(task: TaskRecord, source: str) -> str:
    language = words.language_of(task)
    try:
        kind = find_lexer_class_by_name(language.lexer if language else "text")
    except ClassNotFound:
        kind = find_lexer_class_by_name("text")
    return highlight(words.cleaned(source), kind(), HtmlFormatter[str](cssclass="code"))


def _picture(task: TaskRecord, one: RoundRecord, picture: Picture) -> str:
    path = words.shown(picture)
    if path is None:
        return f"<p>(the picture {_text(picture.path.name)} is gone)</p>"
    content = base64.b64encode(path.read_bytes()).decode("ascii")
    what = f"Picture of request {task.number + 1}, round {one.number}"
    return f'<p><img alt="{what}" src="data:{_TYPES[path.suffix]};base64,{content}"></p>'


def _text(text: str) -> str:
    return escape(words.cleaned(text))
