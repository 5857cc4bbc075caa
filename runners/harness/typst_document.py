# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportMissingImports=false
# Runs inside the sandbox.
"""Typesets document.typ and draws its pages. Executed inside the sandbox."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import pages
import typst_errors
import typst_mistakes

del sys.path[0]
SHARE = Path(sys.prefix) / "share" / "viscoder"
sys.path.append(str(SHARE / "packages"))

PACKAGES = SHARE / "typst"
"""Typst's own packages: ``preview/cetz/0.4.2`` and what it needs."""
_FITTED = "#set page(width: auto, height: auto, margin: 10pt);#show: it => context block(width: calc.min(measure(it).width, 17cm), it);"
"""A page that is as large as what it shows, but no wider than a line can be read."""
_PAGED = re.compile(r"\bset\s+page\b|\bpage\s*\(|\bpagebreak\b|\bcolbreak\b|\bset\s+document\b")
_IMPORT = re.compile(r'"@preview/([\w-]+):([\d.]+)"')


def fitted(source: str) -> str:
    """The document on a page of its size, unless it says something of pages."""
    return source if _PAGED.search(source) else f"{_FITTED}\n{source}"


def at_hand(source: str) -> str:
    """The document with the versions of packages that are here in place of those it asks for."""

    def chosen(match: re.Match[str]) -> str:
        here = versions(match[1])
        return match[0] if not here or match[2] in here else f'"@preview/{match[1]}:{here[-1]}"'

    return _IMPORT.sub(chosen, source)


def versions(package: str) -> list[str]:
    """Which of a package are here, oldest first."""
    found = [path.name for path in (PACKAGES / "preview" / package).glob("*")]
    return sorted(found, key=lambda version: [int(part) for part in re.findall(r"\d+", version)])


def main() -> None:
    """Typeset and draw."""
    import typst

    common.wait_for_program()
    source = Path("document.typ").read_text(encoding="utf-8-sig", errors="replace")
    document = fitted(at_hand(source))
    Path("document.typ").write_text(document, encoding="utf-8")
    ahead = document.count("\n") - source.count("\n")
    try:
        pdf, warnings = typst.compile_with_warnings("document.typ", format="pdf", package_path=str(PACKAGES), package_cache_path=str(PACKAGES))  # fmt: skip
    except typst.TypstError as error:
        here = sorted(f"{path.parent.name} {path.name}" for path in (PACKAGES / "preview").glob("*/*") if path.parent.name != "oxifmt")  # fmt: skip
        common.fail(*typst_errors.findings(error.diagnostic, source, ahead, here))
        return
    Path("document.pdf").write_bytes(pdf)
    drawn = Path("document.pdf")
    kept = pages.draw(drawn, common.wanted_format())
    common.texts(pages.words(drawn))
    beyond = common.beyond(pages.count(drawn)) if kept == pages.MOST_PAGES else []
    told = "\n".join(getattr(one, "diagnostic", "") or str(one) for one in warnings)
    common.report([*typst_mistakes.warnings(source), *typst_errors.findings(told, source, ahead, []), *beyond])  # fmt: skip


common.run(main)
