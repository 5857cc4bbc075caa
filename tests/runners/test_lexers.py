"""Every language's program is coloured: its lexer is there, and those that are ours read it all."""

from __future__ import annotations

import pytest
from pygments.lexers import find_lexer_class_by_name
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String, Token

from runners import languages
from runners.base import Language

OURS = ("mermaid", "plantuml", "abc", "d2")


@pytest.mark.parametrize("language", languages.all_languages(), ids=lambda one: one.name)
def test_each_languages_example_is_coloured(language: Language) -> None:
    found = list(find_lexer_class_by_name(language.lexer)().get_tokens(language.example))
    assert language.lexer != "text"
    if language.name in OURS:
        assert not [text for kind, text in found if kind in Error]
    assert len({kind for kind, _ in found}) > 3
    assert "".join(text for _, text in found).strip() == language.example.strip()


MERMAID = """\
---
title: Orders
---
%%{init: {"theme": "dark"}}%%
flowchart LR
    %% a remark
    A["Start (now)"] -->|yes| B-2:::warm
    subgraph one
    end
    style A fill:#ff0000
"""
PLANTUML = "@startuml\n' a remark\nskinparam shadowing 3\nactor \"The user\" as user\nuser -> shop: buys\n@enduml\n"  # fmt: skip
D2 = """\
# a remark
web shop.cart -> db: stores {style.fill: ${paint}; style.stroke-dash: 3}
(a <-> b)[0].style.animated: true
note: |md
  # a title
|
c: "in quotes" {shape: circle}
"""
ABC = 'X:1\nT:Tune\nK:G\n"Am"!trill!G2 A/2|]\nw:la la % remark\n'


@pytest.mark.parametrize(("name", "source", "expected"), [
    ("mermaid", MERMAID, [("title", Name.Attribute), ("flowchart", Keyword), ("LR", Keyword), ("%% a remark", Comment), ("-->", Operator), ("yes", String), ("B-2", Name), ("warm", Name.Class), ("subgraph", Keyword), ("end", Keyword), ("#ff0000", Number)]),
    ("plantuml", PLANTUML, [("@startuml", Keyword), ("' a remark", Comment), ("skinparam", Keyword), ("3", Number), ("actor", Keyword), ('"The user"', String), ("->", Operator), ("user", Name)]),
    ("abc", ABC, [("X", Keyword), ("Tune", Name.Attribute), ('"Am"', String), ("!trill!", Name.Decorator), ("G", Name), ("2", Number), ("|]", Operator), ("la la % remark", String)]),
    ("d2", D2, [("# a remark", Comment), ("web shop", Name), ("->", Operator), ("stores ", String), ("fill", Name.Attribute), ("${paint}", Name.Variable), ("3", Number), ("<->", Operator), ("true", Keyword.Constant), ("md", Keyword.Type), ("\n  # a title\n", String), ('"in quotes"', String), ("shape", Keyword), ("circle", String)]),
], ids=OURS)  # fmt: skip
def test_what_stands_in_a_program_is_told_apart(name: str, source: str, expected: list[tuple[str, object]]) -> None:  # fmt: skip
    found = list(find_lexer_class_by_name(name)().get_tokens(source))
    for text, kind in expected:
        kinds = [one for one, word in found if word == text]
        assert any(one in kind for one in kinds), (text, kinds)  # pyright: ignore[reportOperatorIssue, reportUnknownVariableType] # Pygments' token types hold each other
    assert not [text for one, text in found if one in Token.Error]
