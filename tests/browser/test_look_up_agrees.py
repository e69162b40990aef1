"""The browser's look-up and `fir find` mean the same entries by every query."""

from __future__ import annotations

import json
import random
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from around import ROOT
from visiting import serving

from fir.answers.lookup import find
from fir.answers.query import QueryRefused, words_of
from fir.cpl.read import read_cpl
from fir.model import Change, Entry
from fir.site.browser_data.find_index import find_files
from fir.site.edition import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CASES = json.loads((ROOT / "tests/answers/find_cases.json").read_text(encoding="utf-8"))
LOOK_UP = """async queries => {
    const { Register } = await import("./assets/shared/register.js")
    const { find } = await import("./assets/find/lookup.js")
    const register = await Register.open("0")
    const told = []
    for (const query of queries) {
        try {
            const found = await find(query, register)
            told.push({
                numbers: found.hits.map(hit => hit.entry.number),
                read: found.hits.map(hit =>
                    hit.readings.map(each => [each.means, each.value, each.coding])),
                known: found.known,
                as_typed: found.asTyped,
                unknown: found.unknown?.listing ?? null,
            })
        } catch (error) {
            told.push({ refused: error.constructor.name })
        }
    }
    return told
}"""


def said(query: str, edition: Edition) -> dict[str, Any]:
    """What `fir find` says, as far as the browser must agree."""
    try:
        found = find(query, edition.repository, edition.answers)
    except QueryRefused:
        return {"refused": "QueryRefused"}
    return {
        "numbers": [hit.entry.cpl_number for hit in found.hits],
        "read": [
            [[each.means, each.value, each.coding] for each in hit.readings] for hit in found.hits
        ],
        "known": list(found.known),
        "as_typed": found.as_typed,
        "unknown": found.unknown.answer.listing if found.unknown else None,
    }


@pytest.fixture(scope="module")
def corrected(demo: Edition) -> Edition:
    """The demonstration, with one hash that the CPL has corrected."""
    former = Change("0.050", "2025-01-01", "000007", "image_hash", "AB" * 32, "CD" * 32)
    repository = demo.repository._replace(changes=(former, *demo.repository.changes))
    return replace(demo, repository=repository)


@pytest.fixture(scope="module")
def real(demo: Edition, real_cpl: Path) -> Edition:
    issue = read_cpl(real_cpl)
    found = demo.repository._replace(
        entries=issue.entries, records=(), changes=(), manufacturers={}
    )
    return replace(demo, repository=found)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def published(edition: Edition, folder: Path) -> Path:
    """The index and the scripts as on the site, below a page that is empty."""
    shutil.copytree(ROOT / "docs/assets", folder / "assets")
    for path, content in find_files(edition):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "index.html").write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    return folder


def both(
    queries: list[str], edition: Edition, page: Page, folder: Path
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the browser finds, and what `fir find` does."""
    with serving(published(edition, folder)) as address:
        page.goto(address)
        there = page.evaluate(LOOK_UP, queries)
    return there, [said(query, edition) for query in queries]


def test_the_shared_table_holds_in_python(corrected: Edition) -> None:
    for case in CASES:
        found = said(case["query"], corrected)
        expected = {key: value for key, value in case.items() if key not in ("query", "why")}
        assert {key: found.get(key) for key in expected} == expected, case["query"]


def test_the_shared_table_holds_in_the_browser(
    corrected: Edition, page: Page, tmp_path: Path
) -> None:
    queries = [case["query"] for case in CASES]
    there, here = both(queries, corrected, page, tmp_path / "site")
    for query, found, expected in zip(queries, there, here, strict=True):
        assert found == expected, query


def ways_to_ask(entry: Entry, dice: random.Random) -> Iterator[str]:
    strings = list(entry.device.inventory_strings)
    yield " ".join(strings)
    dice.shuffle(strings)
    yield " ".join(strings).lower()
    yield f"{entry.device.device_model} {entry.firmware_version}"
    yield entry.cpl_number.lstrip("0")
    yield entry.firmware_version
    yield strings[0][:4] + " " + strings[1]
    yield f"{dice.choice(('ESME', 'gsme', 'CHF', 'PPMID', 'IHD'))} {entry.model_identifier}"
    yield entry.label or entry.image_creator or entry.device_type
    if entry.image_hash:
        yield entry.image_hash[: dice.randint(6, 64)]
    version = [strings[0], f"{dice.getrandbits(32):08X}"]
    yield " ".join(version)


def drawn(edition: Edition, count: int) -> list[str]:
    dice = random.Random(3)
    entries = list(edition.repository.entries.values())
    return [way for entry in dice.sample(entries, count) for way in ways_to_ask(entry, dice)]


def test_queries_drawn_from_the_demonstration_agree(
    corrected: Edition, page: Page, tmp_path: Path
) -> None:
    queries = drawn(corrected, 60)
    there, here = both(queries, corrected, page, tmp_path / "site")
    for query, found, expected in zip(queries, there, here, strict=True):
        assert found == expected, query


def test_queries_drawn_from_the_real_cpl_agree(real: Edition, page: Page, tmp_path: Path) -> None:
    queries = drawn(real, 60)
    there, here = both(queries, real, page, tmp_path / "site")
    for query, found, expected in zip(queries, there, here, strict=True):
        assert found == expected, query
    asked = [entry.device.inventory_strings for entry in real.repository.entries.values()][::70]
    there, _ = both([" ".join(each) for each in asked], real, page, tmp_path / "again")
    assert all(found["numbers"] and found["as_typed"] for found in there)


def test_words_are_read_alike(page: Page, corrected: Edition, tmp_path: Path) -> None:
    """Every letter of the basic plane, but for Cherokee and the dotless i."""
    letters = [
        letter
        for letter in map(chr, range(0x20, 0xFFFF))
        if unicodedata.category(letter) not in ("Cn", "Cs")
        and "CHEROKEE" not in unicodedata.name(letter, "")
        and letter != "\u0131"
    ]
    with serving(published(corrected, tmp_path / "site")) as address:
        page.goto(address)
        there = page.evaluate(
            """async letters => {
                const { wordsOf } = await import("./assets/shared/text.js")
                return letters.map(letter => wordsOf(`a${letter}b`))
            }""",
            letters,
        )
    different = [
        (hex(ord(letter)), found, words_of(f"a{letter}b"))
        for letter, found in zip(letters, there, strict=True)
        if found != words_of(f"a{letter}b")
    ]
    assert different == []
