"""What looking up is made of: the index, the hashes, the lists of links, the text to be indexed."""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from around import RECORD, ROOT, change, lay, put
from built import edition, run_mkdocs

from fir.answers.sentences import WORDS
from fir.model import Entry, Repository
from fir.repository.read import read_repository
from fir.site.browser_data.find_index import certificate, find_files, find_index, index_version
from fir.site.browser_data.text_index import TextIndex, TextIndexError, documents, why_none
from fir.site.edition import Edition
from fir.site.entry_view import SHAPES
from fir.site.pages.find import find_pages
from fir.site.pages.home import home_page

CHANGES = "version,issued_on,cpl_number,field,before,after\n"


def index_of(edition: Edition) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(find_index(edition))
    return read


def rows(index: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The table as entries, which is what a browser makes of it."""
    numbers = [
        f"{int(first) + step:06}" for first, count in index["numbers"] for step in range(count)
    ]
    columns = index["columns"]
    for place, number in enumerate(numbers):
        row = {name: each["values"][each["codes"][place]] for name, each in columns.items()}
        yield {"number": number, **row}


def test_the_index_says_of_every_entry_what_the_register_says(demo: Edition) -> None:
    told = {row["number"]: row for row in rows(index_of(demo))}
    assert list(told) == sorted(demo.repository.entries)
    for number, entry in demo.repository.entries.items():
        row, record, answer = told[number], demo.record_of(entry), demo.answer_of[number]
        assert row["model"] + row["firmware"] == "".join(entry[3:8])
        assert row["type"] == entry.device_type
        assert row["answer"] == answer.answer
        assert row["listing"] == entry.listing
        assert bool(row["recorded"]) is (record is not None)
        assert row["makers"] == [maker.slug for maker in demo.makers(entry)]
        assert row["product"] == ((record and record.product_name) or "")
        assert bool(row["apart"]) is (entry.listing != "current" and answer.listing == "current")


def test_the_index_names_every_answer_as_the_pages_do(demo: Edition) -> None:
    said = index_of(demo)["answers"]
    assert said == {answer: [shape, WORDS[answer]] for answer, shape in SHAPES.items()}


def test_the_index_is_named_by_what_it_holds(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    before = index_version(edition(root))
    assert index_version(edition(root)) == before
    change(root, RECORD, "release_notes:", 'product_name: "Other"\nrelease_notes:')
    assert index_version(edition(root)) != before


@pytest.mark.parametrize(
    ("number", "expiry", "said", "state"),
    [
        ("[E] CPA-1", "2026-11-09", "Expired 9 Nov 2026", "passed"),
        ("[E] CPA-1", "2026-11-10", "Expires 10 Nov 2026", "soon"),
        ("[E] CPA-1", "2027-11-10", "Expires 10 Nov 2027", "soon"),
        ("[R] CPA-1", "2027-11-11", "Review due 11 Nov 2027", "later"),
        ("[R] CPA-1", "2020-01-01", "Review was due 1 Jan 2020", "passed"),
        ("[R] CPA-1", "", "No day on the CPL", "none"),
        ("", "", "None on the CPL", "none"),
    ],
)
def test_a_certificate_is_judged_on_the_day_of_the_cpl(
    demo: Edition, number: str, expiry: str, said: str, state: str
) -> None:
    entry: Entry = demo.repository.entries["000007"]
    changed = entry._replace(cpa_certificate=number, cpa_expiry=expiry)
    assert demo.snapshot.issued_on == "2026-11-10"
    assert certificate(demo, changed) == (said, expiry, state)


def test_every_hash_stands_in_the_shard_of_its_first_digit(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    former = f"0.003,2026-09-01,000044,image_hash,{'AB' * 32},A1F6\n"
    put(root, "records/cpl/changes.csv", CHANGES + former)
    found = edition(root)
    shards = {path: json.loads(content) for path, content in find_files(found) if "hash" in path}
    assert set(shards) == {f"find/hashes/{digit}.json" for digit in "0123456789ABCDEF"}
    assert shards["find/hashes/A.json"]["former_image_hash"] == {"AB" * 32: ["000044"]}
    for number, entry in found.repository.entries.items():
        if entry.image_hash:
            shard = shards[f"find/hashes/{entry.image_hash[0]}.json"]
            assert number in shard["image_hash"][entry.image_hash]


def test_the_list_by_number_is_whole_and_light(demo: Edition) -> None:
    _, page = find_pages(demo)
    linked = re.findall('<a href="([0-9]{6})/">([0-9]{6})</a>', page.content)
    assert linked == [(number, number) for number in sorted(demo.repository.entries)]
    assert "000001 to 000100" in page.content
    assert len(page.content) < 40 * len(linked) + 500


def test_the_home_page_shows_what_this_edition_holds(demo: Edition) -> None:
    content = home_page(demo).content
    queries = [unescape(each) for each in re.findall(r'href="find/\?q=([^"]+)"', content)]
    number, strings, beginning, company = (each.replace("+", " ") for each in queries)
    entry = demo.repository.entries[number]
    assert strings == " ".join(entry.device.inventory_strings)
    assert entry.image_hash.startswith(beginning)
    assert company == demo.makers(entry)[0].name
    for answer in SHAPES:
        count = sum(each.answer == answer for each in demo.answer_of.values())
        assert f'<a href="find/?answer={answer}">{count}</a>' in content


def test_a_text_is_indexed_once_however_many_entries_have_it(demo: Edition) -> None:
    repository = demo.repository
    made = dict(documents(repository))
    assert len(made) == len({record.release_notes for record in repository.records})
    named = {
        name: unescape(re.findall('content="([0-9 ]+)"', page)[0]) for name, page in made.items()
    }
    assert sorted(" ".join(named.values()).split()) == sorted(repository.by_number)
    for name, numbers in named.items():
        texts = {repository.by_number[number].release_notes for number in numbers.split()}
        assert len(texts) == 1 and name == f"{numbers[:6]}.html"


def test_hostile_notes_bring_no_element_into_what_is_indexed(hostile_root: Path) -> None:
    pages = [page for _, page in documents(read_repository(hostile_root))]
    bodies = [page[page.index("<body>") + 6 : page.index("</body>")] for page in pages]
    assert not any("<" in body for body in bodies)
    assert any("&lt;script&gt;" in body for body in bodies)


def sound(root: Path) -> Repository:
    return read_repository(lay(root))


def test_it_is_said_why_there_is_no_text_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = sound(tmp_path / "root")
    assert why_none(repository, serving=False) == ""
    assert "not built while serving" in why_none(repository, serving=True)
    (tmp_path / "root" / RECORD).unlink()
    empty = read_repository(tmp_path / "root")
    assert why_none(empty, serving=False) == "There are no release notes to search yet."
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Pagefind is not there for this machine" in why_none(repository, serving=False)


REFUSED = base64.b64encode(b'{"message_id":0,"payload":{"type":"Error","message":"no room"}}')


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("echo out of memory >&2; exit 3", "exit code 3: out of memory"),
        (f"for _ in 1 2 3 4 5; do printf {REFUSED.decode()},; done; cat", "no index: no room"),
    ],
)
def test_a_failing_pagefind_stops_the_build_with_its_reason(
    does: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    index = TextIndex(sound(tmp_path / "root"))
    with pytest.raises(TextIndexError, match=reason):
        index.finish(tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_site_is_built_without_pagefind_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "shadow/pagefind_bin.py", "raise ImportError\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "shadow"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    done = run_mkdocs(lay(tmp_path / "root"), tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "Pagefind is not there for this machine" in done.stderr
    text = (tmp_path / "site/find/index.html").read_text("utf-8")
    assert "Pagefind is not there for this machine" in text
    assert not (tmp_path / "site/pagefind").exists()


def test_only_what_a_search_needs_is_published(tmp_path: Path) -> None:
    done = run_mkdocs(lay(tmp_path / "root"), tmp_path / "site")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "site/pagefind").iterdir()}
    kept = {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind"}
    assert {name for name in names if not name.endswith(".pf_meta")} == {*kept, "fragment", "index"}


def test_reading_rules_come_from_python_alone() -> None:
    """A list of fields or spans in a script would be a second one."""
    scripts = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("find", "shared")
        for path in (ROOT / "docs/assets" / folder).glob("*.js")
    )
    for word in ("GSME", "HCALCS", "manufacturer identifier", "model_and_firmware"):
        assert word not in scripts
