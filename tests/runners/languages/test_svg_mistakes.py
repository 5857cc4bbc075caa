"""SVG as models almost get it right: tags, attributes, colours, paths, and what is never defined."""

from __future__ import annotations

from pathlib import Path

from tests.runners.mistakes import Mistake, wrongly_doubted, wrongly_told


def svg(body: str, root: str = 'viewBox="0 0 200 100"') -> str:
    """A drawing whose body begins on line 2, with something to see behind it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n{body}\n'
        '<rect x="150" y="50" width="40" height="40" fill="teal"/>\n</svg>\n'
    )


TAGS: list[Mistake] = [
    (svg('<g>\n<circle cx="10" cy="10" r="5"/>\n<rect width="4" height="4"/>'), 2, "</g>"),
    (svg('<rect width="4" height="4">\n<circle cx="10" cy="10" r="5"/>'), 2, "</rect>"),
    (svg('<text x="5" y="20">Tom & Jerry</text>'), 2, "&amp;"),
    (svg('<text x="5" y="20">a < b</text>'), 2, "&lt;"),
    (svg('<text x="5" y="20">a&nbsp;b</text>'), 2, "&#160;"),
    (svg('<circle cx=10 cy="10" r="5"/>'), 2, "quote"),
    (svg('<circle cx="10" cy="10" r="5/>\n<circle cx="30" cy="10" r="5"/>'), 2, '"'),
    (svg('<circle cx="10" cx="12" cy="10" r="5"/>'), 2, "twice"),
    (svg('<circle cx="10"cy="10" r="5"/>'), 2, "space"),
    (svg('<text x="5" y="20">words</txt>'), 2, "</text>"),
    (svg("<circle cx='10' cy='10' r='5'/>").replace("</svg>\n", ""), 1, "</svg>"),
    (svg('<!-- a -- b -->\n<circle cx="10" cy="10" r="5"/>'), 2, "--"),
    (svg('<use xlink:href="#a"/><circle id="a" r="5"/>'), 2, "xmlns:xlink"),
    (svg("") + "<svg></svg>\n", 5, "one <svg>"),
    ("Here is the drawing:\n" + svg('<circle cx="10" cy="10" r="5"/>'), 1, "<svg"),
    (svg('<circle cx="10" cy="10" r="5"/>').replace(' xmlns="http://www.w3.org/2000/svg"', ""), 1, "xmlns"),
]  # fmt: skip

NAMES: list[Mistake] = [
    (svg('<cirlce cx="10" cy="10" r="5"/>'), 2, "did you mean circle?"),
    (svg('<defs>\n<lineargradient id="a"><stop offset="0" stop-color="red"/></lineargradient>\n</defs>'), 3, "linearGradient"),
    (svg('<div>words</div>'), 2, "div"),
    (svg('<rect width="40" heigth="40" fill="red"/>'), 2, "did you mean height?"),
    (svg('<circle cx="10" cy="10" radius="5"/>'), 2, "r"),
    (svg('<line x1="0" y1="0" x2="9" y2="9" stroke="red" strokeWidth="3"/>'), 2, "did you mean stroke-width?"),
    (svg('<rect width="40" height="40"\n  fil="red"/>'), 3, "did you mean fill?"),
    (svg('<rect width="40" height="40" fill="redd"/>'), 2, "did you mean red?"),
    (svg('<rect width="40" height="40" fill="#12345"/>'), 2, "#12345"),
    (svg('<rect width="40" height="40" style="fill: bleu; stroke: none"/>'), 2, "did you mean blue?"),
    (svg('<rect width="40" height="40" fill="rgb(300 0)"/>'), 2, "rgb("),
    (svg('<defs>\n<linearGradient id="sky"><stop offset="0" stop-color="red"/></linearGradient>\n</defs>\n<rect width="40" height="40" fill="url(#sk)"/>'), 5, "did you mean sky?"),
    (svg('<rect width="40" height="40" fill="url(#nope)"/>'), 2, "nope"),
    (svg('<defs><circle id="dot" r="5"/></defs>\n<use href="#dt" x="20" y="20"/>'), 3, "did you mean dot?"),
    (svg('<line x1="0" y1="9" x2="90" y2="9" stroke="red" marker-end="url(#arrow)"/>'), 2, "arrow"),
    (svg('<rect width="40" height="40" fill="url(sky)"/>'), 2, "#sky"),
    (svg('<circle id="a" cx="10" cy="10" r="5"/>\n<circle id="a" cx="30" cy="10" r="5"/>'), 3, "id"),
]  # fmt: skip

VALUES: list[Mistake] = [
    (svg('<path d="M 10 10 L 50" fill="none" stroke="red"/>'), 2, "L"),
    (svg('<path d="10 10 L 50 50" stroke="red"/>'), 2, "M"),
    (svg('<path d="M 10 10 K 50 50" stroke="red"/>'), 2, "K"),
    (svg('<path d="M 10 10\n  C 20 20, 40 20"\n  stroke="red"/>'), 3, "C"),
    (svg('<path d="M 10 10 A 5 5 0 2 1 20 20" stroke="red"/>'), 2, "0 or 1"),
    (svg('<path d="M ${x} 10 L 50 50" stroke="red"/>'), 2, "${x}"),
    (svg('<polygon points="10,10 50,10 30"/>'), 2, "points"),
    (svg('<polygon points="10,10; 50,10; 30,40"/>'), 2, ";"),
    (svg('<circle cx="10" cy="10" r="abc"/>'), 2, "r"),
    (svg('<rect x="5" y="5" width="-40" height="20"/>'), 2, "negative"),
    (svg('<rect width="40 px" height="20"/>'), 2, "40 px"),
    (svg('<rect width="40" height="20" transform="rotate(45deg)"/>'), 2, "45"),
    (svg('<rect width="40" height="20" transform="translate 20 20"/>'), 2, "translate(20"),
    (svg('<rect width="40" height="20" transform="rotat(45)"/>'), 2, "did you mean rotate?"),
    (svg('<text x="5" y="20" text-anchor="center">words</text>'), 2, "middle"),
    (svg('<line x1="0" y1="0" x2="90" y2="9" stroke="red" stroke-linecap="rounded"/>'), 2, "round"),
    (svg('<circle cx="10" cy="10" r="5"/>', root='viewBox="0 0 200"'), 1, "four numbers"),
    (svg('<circle cx="10" cy="10" r="5"/>', root='viewBox="0 0 0 100"'), 1, "viewBox"),
    (svg('<circle cx="10" cy="10" r="5"/>', root='viewbox="0 0 200 100"'), 1, "did you mean viewBox?"),
    (svg('<circle cx="10" cy="10" r="5"/>', root='width="0" height="100"'), 1, "width"),
    (svg('<circle cx="10" cy="10" r="5"/>', root='width="200" height="hundred"'), 1, "hundred"),
]  # fmt: skip


UNSEEN: list[Mistake] = [
    (svg('<line x1="0" y1="0" x2="90" y2="9"/>'), 2, "stroke"),
    (svg('<g fill="red">\n<polyline points="0,0 9,40 60,9" fill="none"/>\n</g>'), 3, "stroke"),
    (svg('<path d="M0 0L90 9" fill="none" stroke-width="2"/>'), 2, "stroke"),
]

SEEN: list[str] = [
    svg('<g stroke="red">\n<line x1="0" y1="0" x2="90" y2="9"/>\n</g>'),
    svg('<style>line { stroke: red }</style>\n<line x1="0" y1="0" x2="90" y2="9"/>'),
    svg('<line x1="0" y1="0" x2="90" y2="9" style="stroke: red"/>'),
    svg('<path id="way" d="M0 60L90 60" fill="none" stroke="none"/>\n<text><textPath href="#way">words</textPath></text>'),
    svg('<defs><path id="a" d="M0 0L90 9" fill="none"/></defs>\n<use href="#a" stroke="red"/>'),
    svg('<polyline points="0,0 9,40 60,9"/>'),
]  # fmt: skip


def test_a_line_without_a_stroke_is_told(tmp_path: Path) -> None:
    wrong = wrongly_told(UNSEEN, "svg", tmp_path)
    assert not wrong, "\n".join(wrong)
    wrong = wrongly_doubted(SEEN, "svg", tmp_path)
    assert not wrong, "\n".join(wrong)


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(TAGS + NAMES + VALUES, "svg", tmp_path)
    assert not wrong, "\n".join(wrong)
