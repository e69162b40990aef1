"""How long a reader's 100,000 rows take in a real browser, and how long its page stands still.

The rows are the tests' own: of listed devices, one in twenty damaged on its way. With FIR_REAL_CPL
they are of the published list, else of the demonstration.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

_HERE = Path(__file__).parent
sys.path[:0] = [
    str(_HERE.parent / folder) for folder in ("tests/support", "tests/browser", "scripts")
]

_ROWS = 100_000
# So much beside the device in each row makes thirty megabytes of them.
_BESIDE = "x" * 250
_PAUSES = """() => {
    let last = performance.now()
    window.longest = 0
    setInterval(() => {
        const now = performance.now()
        window.longest = Math.max(window.longest, now - last)
        last = now
    }, 10)
}"""


class Answered(NamedTuple):
    name: str
    megabytes: float
    seconds: float
    pause: float
    """Of the page, in seconds."""
    said: str


def answered(work: Path) -> Iterator[Answered]:
    """Each file of the same rows, with what the page says they add up to."""
    from playwright.sync_api import sync_playwright
    from portfolios import published
    from visiting import serving

    from dev import find_browser

    edition = _edition(work)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with serving(published(edition, work / "site")) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser() or None, args=["--no-sandbox"] if as_root else []
        )
        for path in _files(edition, work):
            yield _visit(browser, f"{address}portfolio/", path)
        browser.close()


def _edition(work: Path) -> Any:
    from built import demonstration, edition

    from fir.cpl.read import read_cpl

    made = edition(demonstration(work / "demo"))
    real = os.environ.get("FIR_REAL_CPL")
    if not real:
        return made
    entries = read_cpl(Path(real)).entries
    return replace(made, repository=made.repository._replace(entries=entries, records=()))


def _files(edition: Any, work: Path) -> Iterator[Path]:
    import xlsxwriter
    from portfolios import HEADING, drawn, text_of

    rows = drawn(edition, _ROWS)
    long = [row._replace(cells=(row.cells[0] + _BESIDE, *row.cells[1:])) for row in rows]
    texts = {
        "CSV": text_of(long).encode(),
        "UTF-16, semicolons, quotes": text_of(rows, ";", quotes=True).encode("utf-16"),
    }
    for name, content in texts.items():
        path = work / f"{name}.csv"
        path.write_bytes(content)
        yield path
    path = work / "Excel.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate([HEADING, *(row.cells for row in rows)]):
            for column, text in enumerate(cells):
                sheet.write_string(place, column, text)
    yield path


def _visit(browser: Any, address: str, path: Path) -> Answered:
    page = browser.new_page()
    page.goto(address)
    page.locator(".drop").wait_for()
    page.evaluate(_PAUSES)
    start = time.perf_counter()
    page.set_input_files("#file", path)
    page.locator(".parsed", has_text="read in").wait_for(timeout=120_000)
    seconds = time.perf_counter() - start
    pause, said = page.evaluate("longest") / 1000, page.locator(".sum").inner_text()
    page.close()
    return Answered(path.stem, path.stat().st_size / 1e6, seconds, pause, said)
