"""What stands around every page: the frame, and the files that machines read of the site."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from around import change, lay
from built import edition

from fir.site.commits import Commit, Commits
from fir.site.downloads import downloads
from fir.site.edition import Edition
from fir.site.pages.data import data_page, dataset
from fir.site.rendering import render
from fir.site.shell import Shell, lean, secured
from fir.site.well_known import SECURITY_TXT, security_txt

COMMIT = Commit("0123456789abcdef", "2026-07-04")
SITE = "https://fir.example/"


def committed(root: Path, site_url: str = SITE) -> Edition:
    found = edition(root, Commits(COMMIT, False, {}, COMMIT.on))
    return Edition(found.repository, found.snapshot, found.commits, site_url=site_url)


def fields(text: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.decode("utf-8").splitlines():
        name, _, value = line.partition(": ")
        found.setdefault(name, []).append(value)
    return found


def json_ld(html: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told: dict[str, Any] = json.loads(text)
    return told


def test_robots_may_read_all_and_are_shown_the_sitemap(demo_site: Path) -> None:
    text = (demo_site / "robots.txt").read_text(encoding="utf-8")
    assert text == f"User-agent: *\nAllow: /\nSitemap: {SITE}sitemap.xml\n"
    assert (demo_site / "sitemap.xml").is_file()


def test_security_txt_has_every_field_and_stands_where_it_says(demo_site: Path) -> None:
    found = fields((demo_site / ".well-known/security.txt").read_bytes())
    assert found["Contact"] == ["mailto:fir@panel.example"]
    assert found["Preferred-Languages"] == ["en"]
    assert found["Canonical"] == [f"{SITE}.well-known/security.txt"] == [f"{SITE}{SECURITY_TXT}"]
    assert len(found["Expires"]) == 1


def test_security_txt_expires_within_a_year_of_the_commit_not_of_the_clock(tmp_path: Path) -> None:
    (expires,) = fields(security_txt(committed(lay(tmp_path / "root"))))["Expires"]
    day = date.fromisoformat(expires.removesuffix("T00:00:00Z"))
    assert timedelta(days=300) < day - date.fromisoformat(COMMIT.on) < timedelta(days=365)


def test_without_a_commit_security_txt_counts_from_the_issue_of_the_cpl(tmp_path: Path) -> None:
    found = edition(lay(tmp_path / "root"))
    assert fields(security_txt(found))["Expires"] == ["2027-08-27T00:00:00Z"]


def test_where_there_is_a_repository_faults_are_reported_there_first(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(
        root, "schema/policy.yaml", 'repository_url: ""', 'repository_url: "https://g.example/f"'
    )
    found = fields(security_txt(committed(root)))
    assert found["Contact"] == [
        "https://g.example/f/security/advisories/new",
        "mailto:fir@panel.example",
    ]
    assert found["Policy"] == ["https://g.example/f/blob/main/SECURITY.md"]


def test_the_data_page_tells_search_engines_of_files_that_are_there(demo_site: Path) -> None:
    told = json_ld((demo_site / "data/index.html").read_text(encoding="utf-8"))
    assert told["@type"] == "Dataset"
    assert told["version"].startswith("CPL 0.088")
    assert told["license"] == f"{SITE}about/#licence"
    for field in ("name", "description", "url", "dateModified", "publisher"):
        assert told[field], field
    assert told["distribution"]
    for each in told["distribution"]:
        content = (demo_site / each["contentUrl"].removeprefix(SITE)).read_bytes()
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
        assert each["contentSize"] == f"{len(content)} B"
        assert "/" in each["encodingFormat"]


def test_the_dataset_is_dated_by_the_commit(tmp_path: Path) -> None:
    found = committed(lay(tmp_path / "root"))
    told = json_ld(data_page(found).content)
    assert told["dateModified"] == "2026-07-04"
    assert told["version"] == "CPL 0.003, commit 0123456"
    assert [each["contentUrl"] for each in told["distribution"]] == [
        f"{SITE}{each.path}" for each in downloads(found)
    ]


def test_nothing_in_the_dataset_can_end_its_element(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    name = "</script><!--<script>&"
    change(root, "schema/policy.yaml", 'name: "SEC Panel"', f'name: "{name}"')
    html = render("dataset.html", dataset=dataset(committed(root), []))
    assert html.count("<") == 2
    assert "&" not in html
    assert json_ld(html)["publisher"]["name"] == name


SHEET = (
    '<svg><defs><!--fir:signs--><symbol id="s-copy"><path d="M1"/></symbol>\n'
    '<symbol id="s-latest"><path d="M2"/></symbol>\n<symbol id="s-ring"/></symbol>\n'
    '<pattern id="s-hatch"/></defs></svg>'
)


def test_a_stamped_page_carries_the_signs_it_uses_and_no_others() -> None:
    shell = Shell(f'<header><use href="#s-copy"/></header><!--fir:content-->{SHEET}')
    page = shell.stamp({"content": '<use href="#s-latest"/>'}).decode()
    assert 'id="s-latest"' in page
    assert 'id="s-copy"' in page, "the frame uses it"
    assert 'id="s-ring"' not in page
    assert 'id="s-hatch"' in page, "what is no sign is left alone"
    assert page.index('id="s-copy"') < page.index('id="s-latest"'), "in the order of the sheet"


def test_a_page_that_is_not_a_shell_keeps_the_whole_sheet() -> None:
    page = f"<!--fir:content-->{SHEET.replace('<!--fir:signs-->', '')}"
    assert Shell(page).stamp({"content": ""}).decode() == page.replace("<!--fir:content-->", "")


def test_every_sign_used_in_the_built_site_is_on_its_page(demo_site: Path) -> None:
    for path in demo_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        used = set(re.findall(r'href="#(s-[a-z]+)"', text))
        assert used <= set(re.findall(r'id="(s-[a-z]+)"', text)), path


def test_a_template_is_made_lean_before_its_scripts_are_allowed() -> None:
    page = "<head>\n    \n  <!--fir:policy-->\n<script>\n   a()\n</script>"
    made = lean(page)
    assert made == "<head>\n<!--fir:policy-->\n<script>\na()\n</script>"
    assert secured(made) != secured(page), "the hash is that of what is published"


def test_every_page_names_itself_to_who_shares_or_prints_it(demo_site: Path) -> None:
    text = (demo_site / "cpl/000007/index.html").read_text(encoding="utf-8")
    assert '<meta property="og:title" content="CPL 000007: newer exists">' in text
    assert '<meta property="og:description" content="Newer exists. 7F03-0021-0100' in text
    assert "This page: https://fir.example/cpl/000007/" in text


def test_the_footer_leads_to_what_the_navigation_names(demo_site: Path) -> None:
    text = (demo_site / "index.html").read_text(encoding="utf-8")
    foot = text[text.index('<footer class="foot">') :]
    for target in (
        "manufacturers/",
        "data/",
        "checks/",
        "guides/parties/",
        "guides/manufacturers/",
        "about/",
    ):
        assert f'href="{target}"' in foot
    for name in ("Use it", "Add to it", "About"):
        assert f'<nav aria-label="{name}">' in foot
