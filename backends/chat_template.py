"""Renders a model's own chat template, keeping apart what the template says and what people wrote."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

_CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
_MARK = re.compile("\ue000([0-9]+)\ue001")


class ChatTemplate:
    """A Jinja template over messages.

    Args:
        source: the template; None stands for ChatML.
        bos: text of the token that begins a conversation.
        eos: text of the token that ends one.
    """

    def __init__(self, source: str | None, bos: str = "", eos: str = "") -> None:
        self._source = source or _CHATML
        self._names = {"bos_token": bos, "eos_token": eos}

    def parts(self, messages: list[dict[str, str]]) -> list[tuple[str, bool]]:
        """The rendered conversation in pieces; True marks the content of a message.

        Raises:
            ValueError: the template refuses the conversation.
        """
        marked = [
            {"role": message["role"], "content": f"\ue000{index}\ue001"}
            for index, message in enumerate(messages)
        ]
        try:
            text = self._render(marked)
        except ValueError:
            if messages[0]["role"] != "system":
                raise
            # Some templates know no system role: its text leads the first request instead.
            first = {"role": "user", "content": "\ue0000\ue001\n\n\ue0001\ue001"}
            text = self._render([first, *marked[2:]])
        found: list[tuple[str, bool]] = []
        place = 0
        for match in _MARK.finditer(text):
            if match.start() > place:
                found.append((text[place : match.start()], False))
            content = messages[int(match[1])]["content"]
            if content:
                found.append((content, True))
            place = match.end()
        if place < len(text):
            found.append((text[place:], False))
        return found

    def _render(self, messages: list[dict[str, str]]) -> str:
        import jinja2

        try:
            return self._template.render(
                messages=messages, add_generation_prompt=True, **self._names
            )
        except jinja2.TemplateError as error:
            raise ValueError(f"the model's chat template refuses the conversation: {error}") from error  # fmt: skip

    @cached_property
    def _template(self) -> Any:
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)

        def refuse(message: str) -> None:
            import jinja2

            raise jinja2.TemplateError(message)

        names: dict[str, Any] = {"raise_exception": refuse, "strftime_now": _no_date}
        return environment.from_string(self._source, globals=names)


def _no_date(_format: str) -> str:
    """A prompt without the date stays the same from day to day, and so does its cache."""
    return ""
