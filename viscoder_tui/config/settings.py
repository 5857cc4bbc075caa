"""What can be set: each setting with its type, its default and what it is for, in one place.

The help of ``viscoder config``, the JSON schema, the commented file that ``config edit`` begins
with and the table of the README are all made from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

Kind = Literal["text", "whole number", "yes or no", "table of texts", "table"]
"""What a setting's value can be."""


class SettingsWrong(Exception):
    """The settings cannot be used; the text names the file and what to change."""


@dataclass(frozen=True, slots=True)
class About:
    """What a setting is for.

    Attributes:
        text: one sentence without its full stop.
        flag: the option that says the same for one command; empty where there is none.
        unset: what the default means, where the value itself does not say it.
        choices: the values there are; empty for any.
        least: the smallest number.
        in_projects: whether a project's file may set it.
        example: of a table, a line.
        within: the table of the file that it stands in; empty for none.
    """

    text: str
    flag: str = ""
    unset: str = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    in_projects: bool = True
    example: str = ""
    within: str = ""


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. To run without a sandbox cannot: that is said each time.

    The attributes are described where they stand, by their `About`.
    """

    model: Annotated[
        str,
        About(
            "which model answers: a pulled model, a .gguf file, a server's address or name, vllm:FOLDER, or viscoder-nano",
            flag="--model",
            unset="the best pulled model that fits in memory, else the embedded one",
        ),
    ] = ""
    language: Annotated[
        str,
        About(
            "the language of programs where the request names none",
            flag="--lang",
            unset="chosen from the request",
        ),
    ] = ""
    rounds: Annotated[int, About("corrections after the first answer", flag="--rounds")] = 3
    image: Annotated[
        str,
        About(
            "how pictures are drawn in the terminal",
            flag="--image",
            choices=("auto", "kitty", "sixel", "half", "none"),
        ),
    ] = "auto"
    sandbox: Annotated[
        str,
        About(
            "what confines programs; to run without is said each time",
            flag="--sandbox",
            choices=("bubblewrap", "docker"),
        ),
    ] = "bubblewrap"
    max_tokens: Annotated[
        int, About("tokens written in all rounds together", flag="--max-tokens", least=1)
    ] = 16_384
    max_time: Annotated[
        int, About("seconds for all rounds together", flag="--max-time", least=1)
    ] = 600
    critiques: Annotated[
        int,
        About("how often a model that sees, at a server, looks at its picture and corrects it"),
    ] = 0
    grammar: Annotated[
        str,
        About(
            "how far answers are held to their form: not at all, a fenced program and no word behind it, or the program too where its language has a grammar (Vega-Lite)",
            choices=("off", "fence", "schema"),
        ),
    ] = "off"
    connect_seconds: Annotated[
        int, About("how long a server is waited for until it takes the connection", least=1)
    ] = 5
    first_token_seconds: Annotated[
        int,
        About(
            "how long a server is waited for until it writes its first word, or says how far it has read",
            least=1,
        ),
    ] = 300
    next_token_seconds: Annotated[
        int, About("how long a server is waited for until it writes one more word", least=1)
    ] = 60
    threads: Annotated[int, About("processor threads of the model", unset="all cores")] = 0
    context: Annotated[
        int,
        About("tokens of the model's context", unset="the model's own, up to 8192"),
    ] = 0
    gpu_layers: Annotated[
        int,
        About(
            "layers of the model that a graphics card computes",
            unset="all, where llama.cpp was built for one",
            least=-1,
        ),
    ] = -1
    flash_attention: Annotated[
        str,
        About("attention that needs less memory", choices=("auto", "on", "off")),
    ] = "auto"
    kv_cache: Annotated[
        str,
        About(
            "how exactly the conversation is kept in memory: 16, about 8 or about 4 bits a number",
            choices=("f16", "q8_0", "q4_0"),
        ),
    ] = "f16"
    rope_scale: Annotated[
        int,
        About("so many times as long a context as the model was trained for, by YaRN", least=1),
    ] = 1
    chat_template: Annotated[
        str,
        About(
            "a file with a Jinja template for conversations",
            unset="the model's own",
            in_projects=False,  # files are named by who owns the machine
        ),
    ] = ""
    draft_model: Annotated[
        str,
        About(
            "a small .gguf file of the model's family, whose guesses the model checks; answers stay the same",
            unset="none",
            in_projects=False,
        ),
    ] = ""
    theme: Annotated[
        str,
        About("the colours: the name of a theme, or auto for paper or ink, as the terminal is"),
    ] = "auto"
    plots_follow_theme: Annotated[
        bool,
        About(
            "pictures take the theme's colours where their program sets none, exported files too; "
            "otherwise they are drawn for white paper"
        ),
    ] = False
    editor: Annotated[
        str,
        About(
            "the command that opens a file to be edited",
            unset="`$VISUAL`, else `$EDITOR`",
            in_projects=False,  # it would run a command of whoever wrote the project's file
        ),
    ] = ""
    keys: Annotated[
        Mapping[str, str],
        About(
            'your own keys: a table of actions, as in run = "ctrl+r"',
            unset="none",
            example='run = "ctrl+r"',
        ),
    ] = field(default_factory=_nothing, hash=False)
    servers: Annotated[
        Mapping[str, str],
        About(
            'servers of models by names of yours, as in lab = "http://gpu1:8000/v1"; --model lab asks it',
            unset="none",
            in_projects=False,  # what one writes would go to whoever wrote the project's file
            example='lab = "http://gpu1:8000/v1"',
        ),
    ] = field(default_factory=_nothing, hash=False)
    vllm: Annotated[
        Mapping[str, object],
        About(
            "how vLLM is started where --model vllm:FOLDER has viscoder start one: model, python, tensor_parallel, "
            "gpu_memory, max_length, start_seconds, arguments; docs/vllm.md says what each is",
            unset="none",
            in_projects=False,  # it starts programs
            example='model = "~/models/Qwen2.5-Coder-7B-Instruct"',
            within="backends",
        ),
    ] = field(default_factory=_nothing, hash=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting as the class above declares it."""

    name: str
    kind: Kind
    default: Any
    about: About

    @property
    def is_table(self) -> bool:
        """Whether it has values of its own by names."""
        return self.kind in ("table of texts", "table")

    @property
    def place(self) -> str:
        """As files and people name it."""
        return f"{self.about.within}.{self.name}" if self.about.within else self.name

    @property
    def variable(self) -> str:
        """The environment variable; empty where there is none."""
        return "" if self.is_table else f"VISCODER_{self.name.upper()}"


@cache
def entries() -> dict[str, Entry]:
    """All settings by name, in the order of their declaration."""
    defaults = Settings()
    hints = get_type_hints(Settings, include_extras=True)
    found: dict[str, Entry] = {}
    for one in fields(Settings):
        kind, about = get_args(hints[one.name])[:2]
        assert isinstance(about, About)
        found[one.name] = Entry(one.name, _kind(kind), getattr(defaults, one.name), about)
    return found


def _kind(declared: Any) -> Kind:
    if declared is bool:
        return "yes or no"
    if declared is int:
        return "whole number"
    if get_origin(declared) is None:
        return "text"
    return "table of texts" if get_args(declared)[1] is str else "table"
