"""The feeds: any reader takes them, ids last, and what changes is told anew."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import pytest
from around import MANUFACTURER, RECORD, change, lay, put
from built import edition
from hostility import HOSTILE
from hypothesis import example, given
from hypothesis import strategies as st

from fir.site.commits import Commit, Commits, read_commits
from fir.site.edition import Edition
from fir.site.feeds import (
    ALL,
    MOST_ITEMS,
    Item,
    Source,
    feeds_of_entry,
    of_model,
    wide_feeds,
)
from fir.site.rendering import xml
from fir.site.shell import feed_links

MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
ATOM = "{http://www.w3.org/2005/Atom}"


def feeds(of: Edition) -> dict[str, bytes]:
    source = Source(of)
    return {**dict(wide_feeds(source)), **dict(of_model(source, each) for each in of.models)}


def items(feed: bytes) -> dict[str, dict[str, str]]:
    """By the end of each id: title, updated, category, link and content."""
    found = {}
    for entry in ET.fromstring(feed).iter(f"{ATOM}entry"):
        told = {child.tag.removeprefix(ATOM): child.text or "" for child in entry}
        told["category"] = entry.find(f"{ATOM}category").attrib["term"]  # type: ignore[union-attr]
        told["link"] = entry.find(f"{ATOM}link").attrib["href"]  # type: ignore[union-attr]
        found[told["id"].removeprefix("tag:fir.example,2026:")] = told
    return found


@pytest.fixture(scope="module")
def demo(demo_root: Path) -> Edition:
    return edition(demo_root, Commits(Commit("c0ffee" + "0" * 34, "2026-11-20"), day="2026-11-20"))


def parsed(feed: bytes) -> Any:
    found = feedparser.parse(feed, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_reader_takes_every_feed(demo: Edition) -> None:
    found = feeds(demo)
    models = {entry.device.device_model for entry in demo.repository.entries.values()}
    assert set(found) == {
        "feeds/all.xml",
        *(f"feeds/manufacturers/{slug}.xml" for slug in demo.repository.manufacturers),
        *(f"feeds/models/{model}.xml" for model in models),
    }
    ids = set()
    for path, content in found.items():
        feed = parsed(content)
        assert feed.version == "atom10"
        assert feed.feed.id not in ids
        ids.add(feed.feed.id)
        assert {link.rel: link.href for link in feed.feed.links}[
            "self"
        ] == f"https://fir.example/{path}"
        assert "CPL 0.088, issued 10 Nov 2026, commit c0ffee0" in feed.feed.subtitle
        assert feed.entries and len(feed.entries) <= MOST_ITEMS
        assert feed.feed.updated == max(each.updated for each in feed.entries)
        assert len({each.id for each in feed.entries}) == len(feed.entries)
        for each in feed.entries:
            assert re.fullmatch(
                r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", each.updated
            )
            assert each.id.startswith("tag:fir.example,2026:")


def test_the_newest_come_first_and_no_more_than_a_bound(demo: Edition) -> None:
    found = parsed(feeds(demo)["feeds/all.xml"])
    updated = [each.updated for each in found.entries]
    assert updated == sorted(updated, reverse=True)
    assert len(updated) == MOST_ITEMS


def test_what_the_cpl_did_is_an_item_each_dated_by_its_issue(demo: Edition) -> None:
    for each in demo.repository.changes[-40:]:
        model = demo.repository.entries[each.cpl_number].device.device_model
        item = items(feeds_of(demo, model))[f"cpl/{each.version}/{each.cpl_number}"]
        assert item["updated"] == f"{each.issued_on}T00:00:00Z"
        assert item["link"] == f"https://fir.example/cpl/{each.cpl_number}/"
        if each.field != "status":
            assert each.after in item["content"] and each.before in item["content"]


def feeds_of(of: Edition, model: str) -> bytes:
    return of_model(Source(of), model)[1]


def test_an_entry_is_listed_when_the_history_of_the_list_says_so(demo: Edition) -> None:
    for number, entry in demo.repository.entries.items():
        if entry.first_version:
            found = items(feeds_of(demo, entry.device.device_model))
            listed = [i for i in found.values() if i["category"] == "listed" and number in i["id"]]
            assert [each["updated"][:10] for each in listed] == [entry.first_issued_on]


def test_an_entry_first_met_at_an_import_is_not_listed_again(tmp_path: Path) -> None:
    """The import notes it as added in 0.003; the list's history has it since 0.002."""
    root = lay(tmp_path / "root")
    header = "version,issued_on,cpl_number,field,before,after\n"
    put(root, "records/cpl/changes.csv", f"{header}0.003,2026-09-01,000047,status,,Current\n")
    found = items(feeds_of(edition(root), "7F02-0020-0100"))
    assert list(found) == ["cpl/0.002/000047"]
    assert found["cpl/0.002/000047"]["updated"] == "2026-05-11T00:00:00Z"


@pytest.mark.parametrize(
    ("field", "before", "after", "kind"),
    [
        ("status", "Current", "Removed", "removed"),
        ("status", "Removed", "Current", "listed-again"),
        ("last_listed_version", "", "0.002", "no-longer-listed"),
        ("last_listed_version", "0.002", "", "listed-again"),
        ("cpa_expiry", "2028-01-01", "2029-08-14", "amended"),
        ("status", "", "Current", "listed"),
    ],
)
def test_each_kind_of_change_has_its_word(
    tmp_path: Path, field: str, before: str, after: str, kind: str
) -> None:
    root = lay(tmp_path / "root")
    header = "version,issued_on,cpl_number,field,before,after\n"
    put(
        root,
        "records/cpl/changes.csv",
        f"{header}0.003,2026-09-01,000047,{field},{before},{after}\n",
    )
    entries = (root / "records/cpl/entries.csv").read_text(encoding="utf-8")
    put(
        root,
        "records/cpl/entries.csv",
        entries.replace("0.002,2026-05-11,Sample Displays SC-2", ",,Sample"),
    )
    found = items(feeds_of(edition(root), "7F02-0020-0100"))
    assert found["cpl/0.003/000047"]["category"] == kind
    assert kind.replace("-", " ") in found["cpl/0.003/000047"]["title"]


def test_a_record_keeps_its_id_when_it_is_corrected_and_withdrawn(tmp_path: Path) -> None:
    """Without git: the days that the data tells."""
    root = lay(tmp_path / "root")
    text = (root / RECORD).read_text(encoding="utf-8")
    states = [text]
    states.append(states[-1] + 'corrections:\n  - "on": "2026-10-02"\n    what: "Named the hub."\n')
    states.append(states[-1] + 'withdrawn:\n  "on": "2026-10-09"\n  reason: "Loses the tariff."\n')
    told = []
    for state in states:
        put(root, RECORD, state)
        told.append(items(feeds(edition(root))["feeds/all.xml"])["record/000042"])
    assert [each["category"] for each in told] == ["recorded", "corrected", "withdrawn"]
    assert [each["updated"][:10] for each in told] == ["2026-05-11", "2026-10-02", "2026-10-09"]
    assert "Corrected on 2026-10-02: Named the hub." in told[1]["content"]
    assert told[2]["content"].startswith("Withdrawn on 2026-10-09: Loses the tariff.")


def test_the_history_of_the_files_dates_records_and_contacts(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")

    def commit(when: str) -> None:
        author = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        environment = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "PATH": "/usr/bin:/bin"}
        for words in (["init", "-q"], ["add", "-A"], [*author, "commit", "-qm", "state"]):
            subprocess.run(["git", "-C", str(root), *words], check=True, env=environment)

    commit("2026-10-05T23:30:00+02:00")
    change(root, MANUFACTURER, "+441632960123", "+441632960124")
    commit("2026-10-06T09:00:00+00:00")
    before = items(
        feeds(edition(root, read_commits(root)))["feeds/manufacturers/example-meters.xml"]
    )
    assert before["record/000042"]["updated"] == "2026-10-05T21:30:00Z"
    assert before["manufacturer/example-meters"]["updated"] == "2026-10-06T09:00:00Z"
    assert "+441632960124" in before["manufacturer/example-meters"]["content"]
    change(root, RECORD, "release_notes: |\n", "release_notes: |\n  One more line.\n")
    commit("2026-10-07T12:00:00+00:00")
    after = items(feeds(edition(root, read_commits(root)))["feeds/all.xml"])
    assert after["record/000042"]["updated"] == "2026-10-07T12:00:00Z"
    others = [name for name in before if name != "record/000042"]
    assert others and all(before[name] == after[name] for name in others)


def test_hostile_text_comes_back_as_it_is(hostile_root: Path) -> None:
    of = edition(hostile_root)
    for content in feeds(of).values():
        parsed(content)
        assert b"<script" not in content and b"<img" not in content
    notes = of.repository.by_number["000044"].release_notes
    assert notes in items(feeds(of)["feeds/all.xml"])["record/000044"]["content"]
    assert all(each in notes for each in HOSTILE)


NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("]]> & <a href='x'>\"\r\n\rtab\t\0\x0b\ufffe")
def test_any_text_comes_back_from_a_feed(demo: Edition, said: str) -> None:
    """Exactly, but for characters that no XML can hold, which are marked and never break it."""
    item = Item("record/000042", "recorded", said, "2026-10-05T00:00:00Z", "cpl/000042/", said)
    entry = ET.fromstring(f'<feed xmlns="{ATOM[1:-1]}">{Source(demo).render(item).xml}</feed>')[0]
    wanted = NO_XML.sub("\ufffd", said)
    assert (entry.findtext(f"{ATOM}title") or "") == wanted
    assert (entry.findtext(f"{ATOM}content") or "") == wanted
    assert ET.fromstring(f'<a b="{xml(said)}"/>').attrib["b"].split() == wanted.split()


def test_a_page_can_name_its_feeds(demo: Edition) -> None:
    entry = next(iter(demo.repository.entries.values()))
    maker = demo.makers(entry)[0]
    named = maker._replace(name='"><script>')
    hostile = {**demo.repository.manufacturers, maker.slug: named}
    of = replace(demo, repository=demo.repository._replace(manufacturers=hostile))
    found = Links()
    found.feed(feed_links(feeds_of_entry(of, entry), "../../"))
    assert [each["href"] for each in found.links] == [
        f"../../feeds/models/{entry.device.device_model}.xml",
        f"../../feeds/manufacturers/{maker.slug}.xml",
        "../../feeds/all.xml",
    ]
    assert found.links[1]["title"].startswith('"><script>')
    assert {each["type"] for each in found.links} == {"application/atom+xml"}
    assert ALL.path in feeds(demo)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "link"
        self.links.append({name: value or "" for name, value in attrs})


def test_each_page_names_the_feeds_that_tell_of_it(demo_site: Path) -> None:
    """In its head for feed readers, and in words for people; every file named is there."""
    site = demo_site
    expected = {
        "cpl/000007/": ["models/7F03-0021-0100", "manufacturers/nordvang", "all"],
        "models/7F03-0021-0100/": ["models/7F03-0021-0100", "manufacturers/nordvang", "all"],
        "manufacturers/nordvang/": ["manufacturers/nordvang", "all"],
        "releases/": ["all"],
        "about/": ["all"],
        "checks/cpl-mismatch/": ["all"],
    }
    for page, feeds in expected.items():
        text = (site / page / "index.html").read_text(encoding="utf-8")
        found = re.findall(r'<link rel="alternate feed"[^>]*href="([^"]*)">', text)
        root = "../" * page.count("/")
        assert found == [f"{root}feeds/{name}.xml" for name in feeds], page
        for href in found:
            assert (site / page / href).resolve().is_file()
    for page, file in (
        ("cpl/000007/", "entries/000007"),
        ("models/7F03-0021-0100/", "models/7F03-0021-0100"),
        ("manufacturers/nordvang/", "manufacturers/nordvang"),
    ):
        text = (site / page / "index.html").read_text(encoding="utf-8")
        assert f'<a href="../../feeds/{followed(page)}.xml">Atom feed of this' in text
        assert f'<a href="../../api/v1/{file}.json">JSON</a>' in text
    assert "Atom feed</a>" in (site / "releases/index.html").read_text(encoding="utf-8")


def followed(page: str) -> str:
    return "models/7F03-0021-0100" if page.startswith("cpl/") else page.rstrip("/")
