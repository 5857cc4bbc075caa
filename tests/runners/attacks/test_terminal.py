"""Words that would drive a terminal: in output, complaints, titles and the names of files."""

from __future__ import annotations

import json

import pytest

from runners.base import Verdict
from tests.runners.attacks.attack import Attack, Outcome, told

FAILED, DRAWN, EMPTY = Verdict.FAILED, Verdict.RENDERED, Verdict.NO_PICTURE
COPY = "\\x1b]52;c;cm0=\\x07"
"""OSC 52 writes into the clipboard; spelt as Python, C++ and JavaScript spell it."""
RAW = "\x1b]52;c;cm0=\x07\x1b[2J\u202e\u2066"
"""The same as itself, with a cleared screen and turned writing; where a source may hold it."""
DRIVE = f"{COPY}\\x1b[2J\\x1b[31m\\u202e\\u2066\\u200f"
PLOT = (
    "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><circle r="9"/>{}</svg>'

ATTACKS = (
    Attack("output", f"print('{DRIVE}\\x9b31m\\x00\\x08\\rwords')", EMPTY),
    Attack("complaints", f"import sys; print('{DRIVE}words', file=sys.stderr)", EMPTY),
    Attack("an error", f"raise ValueError('{DRIVE}words')"),
    Attack("an error in many lines", f"raise ValueError('words\\n{DRIVE}\\r\\nmore')"),
    Attack("a title that is never ended", "print('words'); print('\\x1b]0;' + 'y' * 100_000)", EMPTY),
    Attack("letters that are half ones", "import sys; sys.stdout.buffer.write(b'words\\xff\\xfe\\x1b\\xc2\\x9b31m\\xed\\xa0\\x80')", EMPTY),
    Attack("device control", "print('words\\x1bP$q\"p\\x1b\\\\\\x1b_Gf=100;x\\x1b\\\\\\x1b^x\\x1b\\\\\\x1bXx\\x1b\\\\')", EMPTY),
    Attack("questions to the terminal", "print('words\\x1b[c\\x1b[6n\\x1b[?1049h\\x1b[?2004h\\x1bc\\x05')", EMPTY),
    Attack("marks that are not seen", "print('words' + ''.join(map(chr, [0xad, 0x61c, *range(0x200b, 0x2010), *range(0x202a, 0x202f), *range(0x2060, 0x2070), 0xfeff, *range(0xe0001, 0xe0080)])))", EMPTY),
    Attack("a title", PLOT + f"plt.title('{DRIVE}words')", DRAWN),
    Attack("the name of a data file", f"open('words{DRIVE}.csv', 'w').close(); open('nothing.csv')"),
    Attack("the name of a picture", f"open('out/words{DRIVE}.png', 'wb').write(b'x'); print('words')"),
    Attack("the name of a program", f"import os; open('words{DRIVE}', 'w').write('#!/bin/sh'); os.execv('words{DRIVE}', ['x'])"),
    Attack("forged findings", f"import json, os; open('findings.json', 'w').write(json.dumps([{{'message': 'words{DRIVE}', 'hint': '{DRIVE}words'}}])); os._exit(1)"),
    Attack("forged words", PLOT + f"plt.close('all')\nimport json, os\nfrom PIL import Image\nImage.effect_noise((9, 9), 90).save('out/01.png')\nopen('out/texts.json', 'w').write(json.dumps(['words{DRIVE}', '\\ud800words']))\nos._exit(0)", DRAWN),
    Attack("words in a drawing", SVG.format("<text y='20'>words\u202e\u2066&#8238;</text>"), DRAWN, "svg"),
    Attack("a drawing that is wrong", "<svg xmlns='http://www.w3.org/2000/svg'><words a='\u202e\u2066'>", FAILED, "svg"),
    Attack("a chart's title", json.dumps({"title": "words\u202e\u2066", "data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}), DRAWN, "vegalite"),
    Attack("a chart's field", json.dumps({"data": {"values": [{f"words{RAW}": 1}]}, "mark": "bar", "encoding": {"x": {"field": "b", "type": "quantitative"}}}), FAILED, "vegalite"),
    Attack("a label", 'flowchart LR\n    A["words\u202e\u2066"] --> B', DRAWN, "mermaid"),
    Attack("a label in Graphviz", 'digraph { a [label="words\u202e\u2066"]; a -> b }', DRAWN, "graphviz"),
    Attack("the console of a page", f"console.log('words{DRIVE}'); document.body.append('words')", DRAWN, "javascript"),
    Attack("an error of a page", f"throw new Error('words{DRIVE}')", FAILED, "javascript"),
    Attack("the title of a page", f"<!DOCTYPE html><title>words{RAW}</title><p>words{RAW}</p><script>console.error('words{DRIVE}')</script>", (FAILED, DRAWN), "html"),
    Attack("output of node", f"require('fs'); console.log('words{DRIVE}'); console.error('{DRIVE}')", EMPTY, "javascript"),
    Attack("an error of node", f"require('fs'); throw new Error('words{DRIVE}')", FAILED, "javascript"),
    Attack("output of R", f"cat('words{COPY}\\x1b[2J'); message('{COPY}')", EMPTY, "r"),
    Attack("an error of R", f"stop('words{COPY}\\x1b[2J')", FAILED, "r"),
    Attack("a title in R", "plot(1, main = 'words\\u202e\\u2066')", DRAWN, "r"),
    Attack("output of C++", f'#include <iostream>\nint main() {{ std::cout << "words{DRIVE}"; std::cerr << "{DRIVE}"; }}\n', EMPTY, "cpp"),
    Attack("an error of C++", f'#include <stdexcept>\nint main() {{ throw std::runtime_error("words{DRIVE}"); }}\n', FAILED, "cpp"),
    Attack("a name in C++", "int main() { return words\u00e4\u00f6\u202e; }\n", FAILED, "cpp"),
    Attack("an error of TeX", "\\documentclass{standalone}\n\\begin{document}\n\\errmessage{words\u202e^^[]52;c;cm0=^^07}\nx\n\\end{document}\n", FAILED, "latex"),
    Attack("output of Asymptote", 'write("words\\x1b]52;c;cm0=\u202e"); \n', EMPTY, "asymptote"),
    Attack("output of Scheme", '#(display "words\\x1b]52;c;cm0=\\x07\\x1b[2J")\n{ c\'4 }\n', DRAWN, "lilypond"),
    Attack("an error in music", "{ c'4 \\words\u202e d' }", FAILED, "lilypond"),
    Attack("output of gnuplot", 'print "words\\033]52;c;cm0=\\007\\033[2J"\nplot x', DRAWN, "gnuplot"),
    Attack("output of Octave", 'printf("words\\x1b]52;c;cm0=\\x07\\x1b[2J"); error("words\\x1b[2J");', FAILED, "octave"),
    Attack("an error of Typst", '#panic("words\\u{1b}]52;c;cm0=\\u{07}\\u{202e}")', FAILED, "typst"),
    Attack("a title in ABC", "X:1\nT:words\u202e\x1b[2J\nM:4/4\nL:1/4\nK:C\nCDEF|\n", (DRAWN, FAILED), "abc"),
    Attack("a label in PlantUML", "@startuml\na -> b : words\u202e\x1b[2J\n@enduml", (DRAWN, FAILED), "plantuml"),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_words_come_through_and_nothing_else(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcome = outcomes[attack.name]
    outcome.assert_held()
    assert "words" in told(outcome.run), outcome.run
