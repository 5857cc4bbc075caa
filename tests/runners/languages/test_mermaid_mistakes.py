"""Mermaid as models almost get it right, in all its common diagrams."""

from __future__ import annotations

from pathlib import Path

from tests.runners.mistakes import Mistake, wrongly_told

FLOWCHARTS: list[Mistake] = [
    ("flowchart TD\n    A[start --> B\n    B --> C\n", 2, "]"),
    ("flowchart TD\n    A[Start (now)] --> B\n", 2, "double quotes"),
    ("flowchart TD\n    A --> B\n    B{Is it ok? --> C\n", 3, "}"),
    ("flowchart TD\n    A -> B\n", 2, "-->"),
    ("flowchart TD\n    A --> B\n    B --> end\n", 3, "end is a keyword"),
    ("flowchart TD\n    A --> B\n    subgraph one\n    B --> C\n", 3, "end"),
    ("flowchart TD\n    A --> B\n    end\n", 3, "end"),
    ("flowchrt TD\n    A --> B\n", 1, "did you mean flowchart?"),
    ("flowchart XY\n    A --> B\n", 1, "TB"),
    ("A --> B\nB --> C\n", 1, "flowchart TD"),
    ("flowchart TD\n    A[\"one] --> B\n", 2, '"'),
    ("flowchart TD\n    A -->|yes B\n", 2, "|"),
    ("flowchart TD\n    A[one] --> B[two] C[three]\n", 2, "one statement"),
    ("flowchart TD\n    A --> B\n    style A fill=#f00\n", 3, "fill:"),
    ("flowchart TD\n    // a comment\n    A --> B\n", 2, "%%"),
    ("flowchart TD\n    A[x = {a}] --> B\n", 2, "double quotes"),
    ("flowchart TD\n    A[one] ==>> B\n", 2, "==>"),
    ("flowchart TD\n    A --> B & C\n    linkStyle 0,1 stroke:red\n    linkStyle 2 stroke:red\n", 4, "out of bounds"),
]  # fmt: skip

COMMENTED: list[Mistake] = [
    ("---\ntitle: Steps\n---\nflowchart TD\n    A --> B\n    B -> C\n", 6, "-->"),
    ("%% the steps\nflowchart TD\n    %% first\n    A --> B\n    B -> C\n", 5, "-->"),
    ("%%{init: {'theme': 'dark'}}%%\nsequenceDiagram\n    A->>B: hi\n    B=>A: yes\n", 4, "->>"),
]

BEHAVIOUR: list[Mistake] = [
    ("sequenceDiagram\n    Alice->>Bob: hi\n    Bob->>Alice\n", 3, "a message"),
    ("sequenceDiagram\n    Alice->>Bob: hi\n    loop each day\n    Bob->>Alice: yes\n", 3, "end"),
    ("sequenceDiagram\n    Alice=>Bob: hi\n", 2, "->>"),
    ("sequenceDiagram\n    participent Alice\n    Alice->>Bob: hi\n", 2, "did you mean participant?"),
    ("sequenceDiagram\n    Alice->>Bob: hi\n    Note over Alice Bob: hi\n", 3, "comma"),
    ("sequenceDiagram\n    Alice->>Bob: hi\n    else no\n    Alice->>Bob: hi\n", 3, "else"),
    ("sequenceDiagram\n    deactivate Bob\n    Alice->>Bob: hi\n", 2, "Bob"),
    ("sequencediagram\n    Alice->>Bob: hi\n", 1, "did you mean sequenceDiagram?"),
    ("stateDiagram-v2\n    [*] -> Idle\n", 2, "-->"),
    ("stateDiagram-v2\n    [*] --> Idle\n    state Moving {\n    Idle --> Fast\n", 3, "}"),
    ("stateDiagram-v2\n    Idle --> In Progress\n", 2, "one word"),
    ("journey\n    title My day\n    section Work\n      Make tea: five: Me\n", 4, "number"),
]  # fmt: skip

STRUCTURE: list[Mistake] = [
    ("classDiagram\n    class Animal {\n      +name: string\n", 2, "}"),
    ("classDiagram\n    Animal <- Dog\n", 2, "<|--"),
    ("classDiagram\n    class Animal\n    Animal <|-- Dog Cat\n", 3, "one statement"),
    ("classDiagram\n    Animal <|-- Dog\n    Animal <|- Cat\n", 3, "<|--"),
    ("classDiagram\n    Animal <|-- Dog\n    Animal *- Leg\n", 3, "A <|-- B"),
    ("C4Context\n    System(shop, \"Shop\")\n    Person(me \"I\", \"one, and two\")\n    Rel(me, shop, \"asks\")\n", 3, "comma"),
    ("C4Context\n    Person(me, \"I\", \"one, and two\")\n    System(shop, \"Shop\")\n    Rel(me, shp, \"asks\")\n", 4, "did you mean shop?"),
    ("erDiagram\n    CUSTOMER ||--o{ ORDER\n", 2, "colon"),
    ("erDiagram\n    CUSTOMER ||-o{ ORDER : places\n", 2, "||--o{"),
    ("erDiagram\n    CUSTOMER {\n      name\n    }\n", 3, "type"),
    ("erDiagram\n    CUSTOMER {\n      string name\n", 2, "}"),
    ("mindmap\n  root((a))\n    b\n  c\n", 4, "one root"),
    ("gitGraph\n    commit\n    brnch develop\n", 3, "did you mean branch?"),
    ("gitGraph\n    commit\n    checkout develop\n", 3, "develop"),
]  # fmt: skip

NUMBERS: list[Mistake] = [
    ("pie title Fruit\n    \"apples\" : 3\n    pears : 5\n", 3, "double quotes"),
    ("pie title Fruit\n    \"apples\" : three\n", 2, "number"),
    ("pie title Fruit\n    \"apples\" 3\n", 2, ":"),
    ("pie title Fruit\n    \"apples : 3\n    \"pears\" : 5\n", 2, '"'),
    ("pie\n    \"apples\" : -3\n", 2, "negative"),
    ("gantt\n    title Plan\n    dateFormat YYYY-MM-DD\n    section One\n    Build : b1, 2024-13-45, 3d\n", 5, "2024-13-45"),
    ("gantt\n    dateFormat YYYY-MM-DD\n    section One\n    Build\n", 4, ":"),
    ("gantt\n    dateFormat YYYY-MM-DD\n    section One\n    Build : b1, 2024-01-01, 3d\n    Test : after b2, 2d\n", 5, "b2"),
    ("xychart-beta\n    x-axis [a, b, c]\n    bar [1, 2, three]\n", 3, "three"),
    ("xychart-beta\n    x-axis [a, b\n    bar [1, 2]\n", 2, "]"),
    ("xychart-beta\n    x-axis [a, b]\n    bars [1, 2]\n", 3, "did you mean bar?"),
    ("xychart-beta\n    x-axis [a, b]\n    bar (1, 2)\n", 3, "square brackets"),
    ("xychart-beta\n    x-axis [a, b]\n    line 1, 2\n", 3, "square brackets"),
    ("journey\n    section Work\n      Make tea: 5: Me\n      Write, 3, Me\n", 4, "colons"),
    ("quadrantChart\n    title Reach\n    x-axis Low --> High\n    A: [0.3, 1.6]\n", 4, "0 and 1"),
    ("sankey-beta\n\nCoal,Power\nPower,Homes,5\n", 3, "three"),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(
        FLOWCHARTS + COMMENTED + BEHAVIOUR + STRUCTURE + NUMBERS, "mermaid", tmp_path
    )
    assert not wrong, "\n".join(wrong)
