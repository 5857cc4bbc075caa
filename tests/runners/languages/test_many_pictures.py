"""More pictures than are kept: the first twenty are, in their order, and the rest is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from runners import languages
from runners.base import Program, Verdict
from runners.runner import SandboxedRunner
from tests.conftest import need

MANY = {
    "graphviz": "".join(f"digraph g{n} {{ a -> n{n} }}\n" for n in range(1, 24)),
    "gnuplot": "do for [n=1:23] { plot n*x title sprintf('%d times', n) }\n",
    "octave": "for n = 1:23\n  figure;\n  plot(1:n);\nend\n",
    "asymptote": 'for (int n = 1; n <= 23; ++n) {\n  picture p;\n  label(p, "n" + string(n), (0, 0));\n  shipout("p" + string(n), p);\n}\n',
    "cpp": """#include <fstream>
#include <string>
int main() {
    for (int n = 1; n <= 23; ++n)
        std::ofstream("p" + std::to_string(n) + ".svg")
            << "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><text x='9' y='20'>n" << n << "</text></svg>";
}
""",
    "javascript": """const fs = require('fs');
fs.mkdirSync('out', { recursive: true });
for (let n = 1; n <= 23; n++)
  fs.writeFileSync(`out/p${n}.svg`, `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text x="9" y="20">n${n}</text></svg>`);
""",
}


@pytest.mark.parametrize("name", MANY)
async def test_more_pictures_than_are_kept_are_told_of(runner: SandboxedRunner, name: str, tmp_path: Path) -> None:  # fmt: skip
    for program in languages.find(name).toolchain.programs:
        need(program)
    drawn = await runner.run(Program(MANY[name], name), tmp_path)
    assert drawn.verdict is Verdict.RENDERED, drawn.diagnostics
    assert len(drawn.pictures) == 20
    assert [one.message for one in drawn.diagnostics] == ["23 pictures were drawn; the first 20 are kept"]  # fmt: skip
    if name not in ("gnuplot", "octave"):
        assert "n1" in drawn.texts and "n20" in drawn.texts and "n21" not in drawn.texts
