"""The built site: complete, linked, secured, the same each time, and never of a broken register."""

from __future__ import annotations

import base64
import csv
import filecmp
import hashlib
import io
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from around import RECORD, ROOT, change, lay, lay_schema
from built import build_site, edition, run_mkdocs
from hostility import FORMULA, HOSTILE, NUMBER
from linked import BASE, Links, pages, reached

from fir.demonstration import build, write
from fir.repository_entry import fir_csv
from fir.site.build import SHELLS, entry_pages
from fir.site.edition import Edition

CHARSET = '<meta charset="utf-8">'
POLICY = "Content-Security-Policy"
# Of the guide, which is written by hand.
OWN_PICTURE = (
    r'<img alt="[^"<>]+"(?: height="\d+" loading="lazy")? '
    r'src="\.\./\.\./assets/[a-z-]+\.(?:png|webp)"(?: width="\d+")?\s*/?>'
)


def test_every_entry_has_a_page_and_no_shell_is_left(demo: Edition, demo_site: Path) -> None:
    found = {url for url, _ in pages(demo_site)}
    numbers = demo.repository.entries
    assert {f"cpl/{number}/" for number in numbers} <= found
    assert not any((demo_site / shell).exists() for shell in SHELLS)
    assert "<!--fir:" not in "".join(text for _, text in pages(demo_site))


@pytest.mark.parametrize("which", ["demo_site", "hostile_site"])
def test_every_link_leads_somewhere_below_any_path(
    request: pytest.FixtureRequest, which: str
) -> None:
    """Addresses are resolved as if the site stood below `/some/path/`."""
    site: Path = request.getfixturevalue(which)
    linked = {}
    for url, text in pages(site):
        linked[url] = Links(text)
    for url, links in linked.items():
        assert len(links.ids) == len(set(links.ids)), url
        for target in links.targets:
            if urlsplit(target).scheme in ("https", "mailto", "tel"):
                continue
            there = urljoin(BASE + url, target)
            assert there.startswith(BASE), (url, target)
            path, _, anchor = there.removeprefix(BASE).partition("#")
            path = unquote(path.partition("?")[0])
            assert (site / path / "index.html").is_file() or (site / path).is_file(), (url, target)
            if anchor and not path.endswith(".svg"):
                assert anchor in linked[path].ids, (url, target)


@pytest.mark.parametrize("which", ["demo_site", "hostile_site"])
def test_every_page_is_reached_by_clicking_alone(
    request: pytest.FixtureRequest, which: str
) -> None:
    site: Path = request.getfixturevalue(which)
    assert reached(site) == {url for url, _ in pages(site)}


def test_every_page_says_what_it_is_and_where(demo_site: Path) -> None:
    titles = {}
    for url, text in pages(demo_site):
        assert text.count("<h1") == 1, url
        assert f'<link rel="canonical" href="https://fir.example/{url}">' in text
        description = re.search('<meta name="description" content="([^"]+)">', text)
        assert description and len(unescape(description[1])) <= 300, url
        title = re.search("<title>([^<]+) · Firmware Information Repository</title>", text)
        assert title, url
        titles[url] = title[1]
        assert "<b>Demonstration data.</b>" in text
        assert "CPL <b>0.088</b>" in text and "issued <b>10 Nov 2026</b>" in text
        assert "no commit" in text
    assert len(set(titles.values())) == len(titles)


def test_the_policy_stands_first_and_allows_exactly_the_scripts_of_the_page(
    demo_site: Path,
) -> None:
    for path in sorted(demo_site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        found = re.search(
            rf'<head>\s*{CHARSET}<meta http-equiv="{POLICY}" content="([^"]+)">', text
        )
        assert found, path
        scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        wanted = {
            base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
            for script in scripts
        }
        assert set(re.findall("'sha256-([^']+)'", found[1])) == wanted
        assert "unsafe-inline" not in found[1]
        assert not re.search(r"<[^>]+\sstyle=", text), path


def test_the_sitemap_names_every_page(demo_site: Path) -> None:
    text = (demo_site / "sitemap.xml").read_text(encoding="utf-8")
    named = re.findall("<loc>https://fir.example/([^<]*)</loc>", text)
    assert named == sorted(url for url, _ in pages(demo_site))
    assert not (demo_site / "sitemap.xml.gz").exists()


def test_the_table_is_published_as_it_is(demo: Edition, demo_site: Path) -> None:
    table = fir_csv(demo.repository)
    assert (demo_site / "data/fir.csv").read_bytes() == table
    assert hashlib.sha256(table).hexdigest() in (demo_site / "data/index.html").read_text("utf-8")


def test_two_builds_are_the_same_to_the_byte(
    demo_root: Path, demo_site: Path, tmp_path: Path
) -> None:
    again = build_site(demo_root, tmp_path / "site")
    names = sorted(path.relative_to(demo_site) for path in demo_site.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    _, different, unread = filecmp.cmpfiles(demo_site, again, map(str, names), shallow=False)
    assert (different, unread) == ([], [])


def test_hostile_records_bring_no_element_into_the_built_pages(hostile_site: Path) -> None:
    # The page's own module, or what tells search engines of the downloads.
    own = {"": 1, "find/": 1, "portfolio/": 1, "submit/": 1, "data/": 1}
    for url, text in pages(hostile_site):
        text = re.sub(OWN_PICTURE, "", text)
        assert not re.search(r"<(img|iframe|object|embed|style)\b", text), url
        assert len(re.findall(r"<script\b", text)) == text.count("</script>"), url
        assert text.count("</script>") == 6 + own.get(url, 0), url
        assert text.count("</article>") == 1
        assert "<h1>x" not in text


def test_hostile_values_come_back_from_the_table(hostile_site: Path) -> None:
    text = (hostile_site / "data/fir.csv").read_bytes().decode("utf-8")
    rows = {row["cpl_number"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    lines = rows[NUMBER]["release_notes"].split("\n")
    assert lines[: len(HOSTILE)] == list(HOSTILE)
    assert rows["000042"]["product_name"] == FORMULA, "exact: another file is for spreadsheets"


def test_two_thousand_records_at_once_are_published(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write(root, build(entries=2_000, coverage=1.0))
    lay_schema(root)
    made = edition(root)
    assert not any(finding.level == "error" for finding in made.findings)
    rows = fir_csv(made.repository).decode("utf-8")
    recorded = {row["cpl_number"] for row in csv.DictReader(io.StringIO(rows, newline=""))}
    assert recorded == set(made.repository.by_number) and len(recorded) > 1_900
    assert sum(1 for _ in entry_pages(made, made.repository.entries)) == 2_000


def test_a_waived_mismatch_shows_the_value_of_the_cpl(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    case = ROOT / "tests/cases/cpl-mismatch/good/waived_after_the_list_changed"
    shutil.copytree(case, root, dirs_exist_ok=True)
    text = (build_site(root, tmp_path / "site") / "cpl/000044/index.html").read_text("utf-8")
    assert "Record awaiting correction." in text
    assert "<code>00040A01</code>, CPL entry <code>000044</code> (version 0.003) has" in text
    plate = text[text.index('class="plate"') :]
    assert "<i>00</i><i>04</i><i>10</i><i>01</i>" in plate[: plate.index("</dl>")]


def test_a_repository_with_errors_is_not_published(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(root, RECORD, '"01070300"', '"01070301"')
    done = run_mkdocs(root, tmp_path / "site")
    assert done.returncode == 1
    assert "a repository with errors is not published" in done.stderr
    assert f"{RECORD}:10:" in done.stderr and "[cpl-mismatch]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site/index.html").exists()


def test_a_folder_that_is_no_repository_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = run_mkdocs(tmp_path, tmp_path / "site")
    assert done.returncode == 1
    assert "is no repository of firmware records" in done.stderr
    assert "Traceback" not in done.stderr
