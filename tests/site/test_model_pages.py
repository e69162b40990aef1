"""The pages of Device Models: every entry on exactly one, each with the answer of its lines."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from around import lay, put
from built import demonstration, edition
from hostility import HOSTILE, NUMBER
from markup_read import tags, text_of

from fir.cpl.read import read_cpl
from fir.site.build import entry_pages, model_pages, other_pages
from fir.site.commits import Commits
from fir.site.edition import Edition
from fir.site.pages.device_model import device_model_page
from fir.site.shell import Page

FORK, RELISTED, TYPES, GENERATIONS = (
    "7F02-0011-0200",
    "7F03-0021-0100",
    "7F04-0000-0100",
    "7F07-0001-0100",
)
PLATE = re.compile('<a class="cpl" href="../../cpl/([0-9]{6})/">')


@pytest.fixture(scope="module")
def pages(demo: Edition) -> dict[str, Page]:
    return {page.url: page for page in model_pages(demo, demo.models)}


def of(pages: dict[str, Page], model: str) -> str:
    return pages[f"models/{model}/"].content


def row(content: str, number: str) -> str:
    """The row of the timeline that names an entry."""
    rows = re.findall('<li><div class="when">.*?</div></li>', content, re.DOTALL)
    (found,) = (each for each in rows if f'/cpl/{number}/">CPL' in each)
    return found


def section_of(content: str, id: str) -> str:
    return content.split(f'id="{id}"', 1)[1].split("</section>", 1)[0]


def index_of(edition: Edition) -> str:
    return next(page.content for page in other_pages(edition) if page.url == "models/")


def assert_complete(edition: Edition) -> None:
    """Each Device Model has its page and its row; each entry one plate, on its model's page."""
    plates: Counter[str] = Counter()
    for page in model_pages(edition, edition.models):
        for number in PLATE.findall(page.content):
            model = edition.repository.entries[number].device.device_model
            assert page.url == f"models/{model}/"
            plates[number] += 1
    assert plates == dict.fromkeys(edition.repository.entries, 1)
    linked = re.findall(
        '<th scope="row"><a class="pn" href="../models/([^/]+)/">', index_of(edition)
    )
    assert linked == sorted(
        {each.device.device_model for each in edition.repository.entries.values()}
    )


def test_every_entry_is_on_the_page_of_its_model_and_only_there(demo: Edition) -> None:
    assert_complete(demo)


def test_one_latest_is_named(pages: dict[str, Page]) -> None:
    content = of(pages, RELISTED)
    assert '<section class="ans is-latest"' in content
    told = text_of(content)
    assert "Latest is 02000001" in told
    assert "Nothing newer is listed for this exact device in CPL 0.088." in told
    assert "Installs directly over 000052 000079" in text_of(row(content, "000103"))


def test_two_ends_are_drawn_as_a_fork_and_none_is_called_the_latest(
    pages: dict[str, Page],
) -> None:
    content = of(pages, FORK)
    assert '<section class="ans is-unclear"' in content
    told = text_of(content)
    assert "Two ends, no single latest" in told
    assert "track A at 02123140, track B at 02130235" in told
    fork = content.split('<svg class="fork"', 1)[1].split("</svg>", 1)[0]
    assert re.findall(">([A-Z])</text>", fork) == ["A", "B"]
    assert "Latest is" not in told


def test_a_latest_without_a_record_says_so_beside_the_answer(pages: dict[str, Page]) -> None:
    sign = '<section class="ans is-latest"[^>]*>.*?</section>'
    (bare,) = re.findall(sign, of(pages, "7F01-0101-0200"))
    (told,) = re.findall(sign, of(pages, RELISTED))
    assert '<span class="st is-norec">' in bare and '<span class="st is-norec">' not in told


def of_no_order(demo: Edition, count: int) -> Page:
    """A model of so many firmwares; where GBCS is not known, nothing is newer than anything."""
    one = demo.repository.entries["000049"]._replace(gbcs_version="")
    entries = {
        f"{number:06}": one._replace(cpl_number=f"{number:06}", firmware_version=f"{number:08}")
        for number in range(101, 101 + count)
    }
    found = Edition(demo.repository._replace(entries=entries, records=()), demo.snapshot, Commits())
    (page,) = model_pages(found, found.models)
    return page


def test_ends_that_nothing_leads_to_are_named_and_not_drawn(demo: Edition) -> None:
    page = of_no_order(demo, 2)
    assert "track A at 00000102, track B at 00000101" in text_of(page.content)
    assert 'class="fork"' not in page.content


def test_more_ends_than_a_sentence_or_a_drawing_holds_are_counted(demo: Edition) -> None:
    page = of_no_order(demo, 8)
    told = text_of(page.content)
    assert "Eight ends, no single latest" in told
    assert "track F at 00000103, and two more." in told
    assert 'class="fork"' not in page.content
    assert page.content.count('cx="66"') == 4


def test_nothing_on_offer_says_so(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    path = root / "records/cpl/entries.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",Current,", ",Removed,"), encoding="utf-8", newline="\n")
    found = edition(root)
    for page in model_pages(found, found.models):
        assert "Nothing on offer" in page.content
        assert "is-latest" not in page.content and "is-unclear" not in page.content


@pytest.mark.parametrize(
    ("model", "lines"),
    [
        (TYPES, ("Polyphase electricity meter", "Electricity meter")),
        (GENERATIONS, ("SMETS1", "SMETS2+")),
    ],
)
def test_lines_of_one_model_are_told_apart(
    pages: dict[str, Page], model: str, lines: tuple[str, ...]
) -> None:
    content = of(pages, model)
    assert re.findall("<h2>(.*?): newest first</h2>", content) == list(lines)
    assert content.count('<ol class="metro">') == len(lines)
    assert content.count('<section class="ans ') == 1
    assert [line for line in lines if f"<dt>{line}</dt>" in content] == list(lines)


def test_no_line_with_an_answer_of_its_own_colours_the_whole(pages: dict[str, Page]) -> None:
    assert '<section class="ans is-latest"' in of(pages, TYPES)
    assert '<section class="ans is-note"' in of(pages, GENERATIONS)


def test_a_row_says_when_what_and_how_it_stands(pages: dict[str, Page]) -> None:
    told = text_of(row(of(pages, FORK), "000049"))
    assert told.startswith("27 Oct 2020 CPL 0.035")
    assert "Track A, after 02121140, as the manufacturer states." in told
    assert "Adds the remote valve test asked for by network operators" in told
    assert "Versions SMETS 4.2 GBCS 3.2" in told
    assert "Installs directly over 000019" in told
    assert told.endswith("Newer exists")


def test_what_is_installed_over_tells_none_from_not_stated(pages: dict[str, Page]) -> None:
    assert "over none" in text_of(row(of(pages, RELISTED), "000007"))
    assert "over not stated" in text_of(row(of(pages, FORK), "000019"))
    listed = text_of(section_of(of(pages, RELISTED), "sources"))
    assert "01020000 directly over 01010000 (000007)" in listed
    assert "01010000 over no earlier firmware" in listed


def test_firmware_listed_again_is_one_row_with_both_numbers(pages: dict[str, Page]) -> None:
    found = row(of(pages, RELISTED), "000021")
    assert PLATE.findall(found) == ["000021", "000022"]
    assert "000021 removed" in text_of(found)
    assert "000021: Removed in CPL 0.018, 7 May 2019" in text_of(found)


def test_withdrawn_firmware_gives_day_reason_and_replacement(pages: dict[str, Page]) -> None:
    found = row(of(pages, "7F02-0014-0100"), "000082")
    told = text_of(found)
    assert "Withdrawn 14 Mar 2023: Meters colder than -5 °C may stop sending" in told
    assert "Replaced by 04010003." in told
    assert '<path class="to"' in found and told.endswith("Withdrawn")


def test_a_missing_record_is_a_second_mark_beside_the_answer(
    demo: Edition, pages: dict[str, Page]
) -> None:
    for model, lines in demo.models.items():
        for firmware in (each for history in lines for each in history.firmware):
            found = row(of(pages, model), firmware.first_number)
            answers = re.findall('<span class="st is-([a-z]+)">', found)
            assert answers[0] != "norec"
            missing = any(each.cpl_number not in firmware.records for each in firmware.entries)
            assert ("norec" in answers) is missing, firmware.first_number


def test_siblings_and_others_with_the_same_image_are_linked(pages: dict[str, Page]) -> None:
    siblings = section_of(of(pages, FORK), "siblings")
    assert 'href="../../models/7F02-0011-0300/"' in siblings
    assert "02122140, 02123140" in text_of(siblings)
    content = of(pages, TYPES)
    assert 'href="../../models/7F04-0000-0200/"' in section_of(content, "siblings")
    others = section_of(content, "images")
    assert 'href="../../models/7F04-0001-0100/"' in others
    assert "7F04-0000-0200" not in others


def test_the_day_axis_leaves_out_firmware_whose_day_is_not_known(pages: dict[str, Page]) -> None:
    content = of(pages, "7F05-0301-0100")
    axis = content.split('<svg class="axis"', 1)[1].split('<div class="metro-h"', 1)[0]
    assert axis.count("<circle") == 6  # five rings; the end has a centre
    assert content.count('<li><div class="when">') == 6


def test_a_list_out_of_the_order_of_listing_says_so(pages: dict[str, Page]) -> None:
    said = "Newest first, which here is not the order in which they were listed"
    assert said in of(pages, GENERATIONS)
    assert said not in of(pages, FORK)


def test_notes_that_differ_between_entries_name_their_entry(tmp_path: Path) -> None:
    root = demonstration(tmp_path / "root")
    text = (root / "records/firmware/castlebrook/000072.yaml").read_text(encoding="utf-8")
    head = text[: text.index("release_notes:")].replace("000072", "000067")
    put(root, "records/firmware/castlebrook/000067.yaml", f'{head}release_notes: "Other notes."\n')
    found = edition(root)
    model = found.repository.entries["000072"].device.device_model
    told = text_of(row(device_model_page(found, model).content, "000072"))
    assert "For entry 000067:Other notes.For entry 000072:" in told


def test_entry_and_manufacturer_pages_link_to_the_model(demo: Edition) -> None:
    for page in entry_pages(demo, demo.repository.entries):
        model = demo.repository.entries[page.url[4:-1]].device.device_model
        link = f'<a class="pn" href="../../models/{model}/">{model}</a>'
        crumbs, device = page.content.split("<h1", 1)[0], section_of(page.content, "device")
        assert link in crumbs and link in device
        assert f'<span class="pn">{model}</span>' not in page.content
    maker = next(page for page in other_pages(demo) if page.url == "manufacturers/harrowmere/")
    assert maker.content.count('href="../../models/7F01-0101-0101/"') >= 2


def test_hostile_names_and_notes_stay_text(hostile_root: Path) -> None:
    found = edition(hostile_root)
    content = device_model_page(found, found.repository.entries[NUMBER].device.device_model).content
    block = row(content, NUMBER).split('<div class="notes">', 1)[1].split("</div>", 1)[0]
    assert unescape(re.sub("<[^>]+>", "", block)).split("\n")[: len(HOSTILE)] == list(HOSTILE)
    for each in (*model_pages(found, found.models), *other_pages(found)):
        for tag, attributes in tags("".join(each.slots().values())):
            assert tag not in ("img", "style", "iframe")
            assert tag != "script" or attributes == {"type": "application/ld+json"}
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            assert not (attributes.get("href") or "").startswith("javascript")


def test_the_same_repository_gives_the_same_pages(demo: Edition, tmp_path: Path) -> None:
    again = edition(demonstration(tmp_path / "root"))
    assert list(model_pages(again, again.models)) == list(model_pages(demo, demo.models))


def test_a_model_without_contact_sends_to_the_panel(demo: Edition, pages: dict[str, Page]) -> None:
    assert "Nobody has given a contact for this device yet." in of(pages, "7F09-0701-0100")
    assert "7F09 no contact yet" in text_of(index_of(demo))


def test_every_model_of_the_real_list_has_its_page(demo: Edition, real_cpl: Path) -> None:
    entries = read_cpl(real_cpl).entries
    real = demo.repository._replace(entries=entries, records=(), manufacturers={}, changes=())
    found = Edition(real, demo.snapshot, Commits())
    assert (len(found.models), len(entries)) == (162, 729)
    assert_complete(found)
