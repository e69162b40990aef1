"""A portfolio as a Party checks it: files of every make, repairs, sums, letters, and no request."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from around import ROOT
from portfolios import DAMAGES, HEADING, Row, drawn, of_entry, published, text_of
from visiting import NARROWEST, PHONE, SCHEMES, WIDE, Visit, serving, too_wide, violations, visiting

from fir.answers.sentences import WORDS
from fir.cpl.read import read_cpl
from fir.site import api
from fir.site.browser_data.portfolio import sample_csv
from fir.site.edition import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ANSWERED = "#portfolio h2:has-text('answered')"
GIVEN = {"name": "meters.csv", "mimeType": "text/csv"}
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def page(visit: Visit) -> Page:
    return opened(visit)


def opened(visit: Visit, path: str = "portfolio/") -> Page:
    page = visit.to(path)
    page.locator(".drop").wait_for()
    return page


def give(page: Page, content: bytes | str, name: str = "meters.csv") -> None:
    data = content.encode() if isinstance(content, str) else content
    page.set_input_files("#file", {**GIVEN, "name": name, "buffer": data})


def answer(page: Page, content: bytes | str, name: str = "meters.csv") -> list[dict[str, str]]:
    """The rows of the file of answers."""
    give(page, content, name)
    page.locator(".parsed", has_text="read in").wait_for(timeout=60_000)
    return answers(page)


def answers(page: Page) -> list[dict[str, str]]:
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download answers").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def total(page: Page) -> dict[str, int]:
    """What the page says the rows add up to."""
    said = page.locator(".sum").inner_text()
    rows = re.match(r"([\d,]+) rows? = ([\d,]+) answered \+ ([\d,]+) not read", said)
    assert rows, said
    blank = re.search(r"([\d,]+) blank", said)
    names = ("rows", "answered", "unread")
    counts = {
        name: int(text.replace(",", "")) for name, text in zip(names, rows.groups(), strict=True)
    }
    return {**counts, "blank": int(blank[1]) if blank else 0}


def test_every_listed_firmware_has_the_answer_that_python_and_the_api_give(
    demo: Edition, browser: Browser, tmp_path: Path
) -> None:
    assert agreed(demo, browser, tmp_path) == len(demo.repository.entries)


def test_every_entry_of_the_real_cpl_has_the_same_answer_in_all_three(
    demo: Edition, real_cpl: Path, browser: Browser, tmp_path: Path
) -> None:
    issue = read_cpl(real_cpl)
    bare = demo.repository._replace(entries=issue.entries, records=(), changes=(), manufacturers={})
    real = replace(demo, repository=bare)
    assert agreed(real, browser, tmp_path) == len(issue.entries) > 700


def agreed(edition: Edition, browser: Browser, folder: Path) -> int:
    """How many entries have one answer through Python, the API and the page; fails where not."""
    source = api.Source(edition)
    files = dict(file for model in edition.models for file in api.model_files(source, model))
    entries = list(edition.repository.entries.values())
    rows = [of_entry(entry, entry.cpl_number) for entry in entries]
    with (
        serving(published(edition, folder / "site")) as address,
        visiting(browser, address) as visit,
    ):
        told = answer(opened(visit), text_of(rows))
    for row, entry, there in zip(rows, entries, told, strict=True):
        here = edition.answers.of_device(*row.strings, row.cells[1])
        path = "api/v1/devices/{}/{}/{}.json".format(*row.strings)
        device = json.loads(files[path])
        types = {one.firmware.line.type for one in here if one.firmware}
        filed = [
            each
            for each in device["answers"] or [device]
            if each["firmware"]["device_type"] in types
        ]
        assert [each["answer"] for each in filed] == [each.answer for each in here]
        words = list(dict.fromkeys(WORDS[each.answer] for each in here))
        assert there["fir_answer"] == " or ".join(words), entry.cpl_number
        numbers = dict.fromkeys(f"CPL {each['firmware']['cpl_number']}" for each in filed)
        assert there["fir_cpl_entry"] == " or ".join(numbers)
        newer = dict.fromkeys(each["newer"] for each in filed)
        assert there["fir_newer"] == " or ".join(newer)
        assert there["fir_repair"] == there["fir_not_read"] == ""
    return len(told)


@pytest.fixture(scope="module")
def many(demo: Edition) -> list[Row]:
    return drawn(demo, 20_000)


def test_damaged_rows_are_repaired_with_a_note_or_listed_and_all_rows_add_up(
    page: Page, demo: Edition, many: list[Row]
) -> None:
    told = answer(page, text_of(many))
    counts = total(page)
    unread = [each for each in told if each["fir_not_read"]]
    assert counts == {
        "rows": len(many), "answered": len(many) - len(unread), "unread": len(unread), "blank": 0,
    }  # fmt: skip
    done: dict[str, Counter[str]] = {way: Counter() for way in DAMAGES}
    listed = {each.device.inventory_strings for each in demo.repository.entries.values()}
    for row, there in zip(many, told, strict=True):
        if row.damage and row.cells[2:] in listed:
            continue  # another device of the list: nobody can see the damage
        read = f"{there['fir_device_model']} {there['fir_firmware_version']}".replace("-", "")
        right = read.replace(":", "") == f"{row.strings[0]}{row.strings[1]} {row.strings[2]}"
        if not row.damage:
            assert right and not there["fir_repair"], row
        elif there["fir_not_read"]:
            done[row.damage]["listed"] += 1
        elif there["fir_answer"] == "Not on the CPL":
            done[row.damage]["unknown"] += 1
        else:
            assert right and there["fir_repair"], (row, there)
            done[row.damage]["repaired"] += 1
    for way in ("colons", "lower case", "blanks", "0x", "quotes", "swapped"):
        assert set(done[way]) == {"repaired"}, way
    for way in ("NaN", "power", "nothing"):
        assert set(done[way]) == {"listed"}, way
    for way in ("lost zeros", "decimal", "BCD"):
        assert done[way]["repaired"], way
    assert page.locator("#unread h2").inner_text() == f"{len(unread):,} rows were not read"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_every_encoding_and_separator_is_read(page: Page, demo: Edition, encoding: str) -> None:
    entries = list(demo.repository.entries.values())
    for place, separator in enumerate((",", ";", "\t", "|")):
        some = entries[20 * place :][:20]  # others each time, or the last answers might be read
        rows = [of_entry(entry, f"Zähler “{entry.cpl_number}”") for entry in some]
        told = answer(page, text_of(rows, separator, quotes=separator == "|").encode(encoding))
        assert [each["DeviceId"] for each in told] == [row.cells[0] for row in rows], separator
        assert not any(each["fir_repair"] or each["fir_not_read"] for each in told), separator


def test_quoted_line_breaks_blank_rows_short_rows_and_stray_quotes_lose_nothing(
    page: Page,
) -> None:
    told = answer(
        page,
        "DeviceManufacturer,DeviceModel,DeviceFirmwareVersion,Where\r\n"
        '7F03,00210100,01010000,"2 Sluice Lane\nWeir ""End"", by the mill"\r\n'
        "\r\n"
        "7F03,00210100\r\n"
        '7F03,00210100,01010000,"never closed\r\n'
        "7F03,00210100,01010000,=2+3,and more",
    )
    assert [each["Where"] for each in told] == [
        '2 Sluice Lane\nWeir "End", by the mill', "", '"never closed', "'=2+3",
    ]  # fmt: skip
    assert [each["fir_not_read"] for each in told] == ["", "no firmware", "", ""]
    assert told[3]["column_5"] == "and more"
    assert total(page) == {"rows": 5, "answered": 3, "unread": 1, "blank": 1}
    assert page.locator("#unread tbody th").inner_text() == "4"


def test_lost_zeros_come_back_only_where_one_reading_is_on_the_cpl(
    page: Page, demo: Edition
) -> None:
    """`4.10.1` is 00040A01 or 00041001, and one Device Model of the demonstration lists both."""
    twins = [
        entry.device.inventory_strings
        for entry in demo.repository.entries.values()
        if entry.firmware_version in ("00040A01", "00041001")
    ]
    both = {strings[:2] for strings in twins if [each[:2] for each in twins].count(strings[:2]) > 1}
    maker, model = both.pop()
    told = answer(
        page, f"manufacturer,model,firmware\n{maker},{model},4.10.1\n{maker},{model},40A01\n"
    )
    assert "it could be any of 2 devices" in told[0]["fir_not_read"]
    assert told[1]["fir_firmware_version"] == "00:04:0A:01"
    assert told[1]["fir_repair"] == "firmware 40A01 read as 00040A01 (lost zeros put back)"


def test_inventory_types_are_mapped_and_counted_apart(page: Page, demo: Edition) -> None:
    hub = next(
        each for each in demo.repository.entries.values()
        if each.device_type == "Communications Hub"
    )  # fmt: skip
    strings = ",".join(hub.device.inventory_strings)
    lines = ["DeviceType,DeviceManufacturer,DeviceModel,DeviceFirmwareVersion,count"]
    lines += [f"{name},{strings},{count}" for name, count in (("CHF", "1,000"), ("gpf", 7))]
    lines[1] = f'CHF,{strings},"1,000"'
    lines += ["IHD,,,,5", "Type 2,7F01,nothing,,2", f"GSME,{strings},3", f"Kettle,{strings},1"]
    lines += [f"CHF,{strings},some"]
    told = answer(page, "\n".join(lines))
    word = WORDS[demo.answer_of[hub.cpl_number].answer]
    never = "Never listed"
    assert [each["fir_answer"] for each in told] == [
        word, word, never, never, "Not on the CPL", word, "not read",
    ]  # fmt: skip
    assert told[4]["fir_listing"] == "unknown model"
    assert told[6]["fir_not_read"] == "the count some is no whole number"
    assert page.locator("h2", has_text="devices answered").inner_text() == "1,018 devices answered"
    counted = page.locator(".types summary").inner_text()
    assert "CHF 1,000" in counted and "GPF 7" in counted and "IHD 5" in counted
    page.locator(".types summary").click()
    assert "Kettle (1 row)" in page.locator(".types").inner_text()
    devices = page.locator("details.lot .n").all_inner_texts()
    assert sum(int(text.split()[0].replace(",", "")) for text in devices) == 1018


def test_nothing_is_asked_for_once_the_page_is_there_and_no_address_tells_anything(
    visit: Visit, demo: Edition
) -> None:
    asked: list[str] = []
    page = opened(visit)
    page.wait_for_load_state("networkidle")
    visit.context.on("request", lambda request: asked.append(request.url))
    answer(page, text_of(of_entry(each, "x") for each in demo.repository.entries.values()))
    for group in page.locator("details.lot > summary").all()[:10]:
        group.click()
    page.locator("#maker").select_option("7F01")
    give(page, "nothing\nto see")
    page.locator(".mapping form").wait_for()
    page.get_by_role("button", name="Try a sample").click()
    page.locator(ANSWERED).wait_for()
    assert asked == []
    assert page.url.endswith("/portfolio/")
    page.locator(".tally a", has_text="Latest").click()
    assert page.url.endswith("/portfolio/?answer=latest")
    page.wait_for_timeout(200)
    # With any new address the browser takes the icon again.
    assert {url.rpartition("/")[2] for url in asked} <= {"mark.svg"}


def test_the_worker_has_nothing_to_ask_with() -> None:
    """A page's policy does not bind its worker, so what works there must not even try."""
    seen: set[Path] = set()
    queue = [ROOT / "docs/assets/portfolio/worker.js"]
    while queue:
        path = queue.pop()
        if path not in seen:
            seen.add(path)
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b\(?",
                re.sub("//.*|/\\*.*?\\*/", "", text),
            ), path
            queue += [(path.parent / name).resolve() for name in re.findall(r'from "(\S+)"', text)]
    read = {path.stem for path in seen}
    assert {"answers", "check", "device", "identifiers", "table", "text", "workbook", "zip"} < read


def test_columns_are_named_by_the_cpl_too_and_a_model_may_be_in_parts(page: Page) -> None:
    cpl = (
        "Version,Entry.number,Entry.status,Device_Type.name,Device_Model.manufacturer_identifier,"
        "Device_Model.model_identifier,Device_Model.hardware_version.version,"
        "Device_Model.hardware_version.revision,"
        "Device_Model.model_identifier_concatenated_with_hardware_version,"
        "Device_Model.firmware_version,SMETS_CHTS Version.Version_number_and_effective_date,"
        "GBCS Version.version_number,Manufacturer_Image.hash\n"
        "Version 1,7,Current,,7F:03,00:21,01,00,00210100,01:01:00:00,,,\n"
    )
    assert answer(page, cpl)[0]["fir_cpl_entry"] == "CPL 000007"
    parts = "Manufacturer ID;Model ID;HW version;HW revision;FW\n7F03;21;1;0;01010000\n"
    told = answer(page, parts)[0]
    assert told["fir_cpl_entry"] == "CPL 000007"
    assert "lost zeros put back" in told["fir_repair"]


def test_columns_that_do_not_tell_themselves_are_chosen_by_hand(page: Page) -> None:
    give(page, "who,what,which\n7F03,00210100,01010000\n")
    page.locator("#column-manufacturer").wait_for()
    form = page.locator(".mapping form")
    form.get_by_role("button", name="Answer").click()
    assert "Choose a column for" in form.get_by_role("alert").inner_text()
    for role, place in (("manufacturer", "0"), ("model", "1"), ("firmware", "2"), ("heading", "0")):
        page.locator(f"#column-{role}").select_option(place)
    form.get_by_role("button", name="Answer").click()
    page.locator(ANSWERED).wait_for()
    assert answers(page)[0]["fir_cpl_entry"] == "CPL 000007"


def test_rows_are_pasted_without_a_heading_and_parted_by_blanks(page: Page) -> None:
    page.get_by_text("Paste rows instead").click()
    page.get_by_label("Rows, with or without").fill(
        "7F03 00210100 01010000\n7f03 00210100 01010000"
    )
    page.get_by_role("button", name="Answer these rows").click()
    page.locator(ANSWERED).wait_for()
    told = answers(page)
    assert [each["fir_cpl_entry"] for each in told] == ["CPL 000007"] * 2
    assert told[0]["column_1"] == "7F03"


def workbook(rows: Iterable[Iterable[object]], **options: object) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, **options})
    book.add_worksheet("Read me").write_string(0, 0, "The meters are on the next sheet")
    sheet = book.add_worksheet("Meters & more")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.close()
    return made.getvalue()


@pytest.mark.parametrize("inline", [True, False])
def test_a_workbook_is_read_as_the_text_that_stands_in_it(page: Page, inline: bool) -> None:
    content = workbook(
        [
            [*HEADING[1:], "count"],
            ["GSME", "7F03", "00210100", "01010000", 3],
            ["GSME", "7F03", 210100, 1010000, 4],
            [],
            ["ESME", "7F03", "00210100", "<&> \"'", 5],
        ],
        constant_memory=inline,
    )
    told = answer(page, content, "meters.xlsx")
    assert [each["fir_cpl_entry"] for each in told[:2]] == ["CPL 000007"] * 2
    assert [each["count"] for each in told] == ["3", "4", "5"]
    assert "lost zeros" in told[1]["fir_repair"]
    assert told[2]["DeviceFirmwareVersion"] == "<&> \"'"
    assert total(page) == {"rows": 4, "answered": 2, "unread": 1, "blank": 1}
    assert "Meters & more" in page.locator(".drop").inner_text()
    assert page.locator("#unread tbody th").inner_text() == "5"


def sheet_of(cells: str, extra: dict[str, str] | None = None) -> bytes:
    """A workbook whose one sheet has these cells as XML."""
    made = io.BytesIO()
    heads = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("manufacturer", "model", "fw")
    )
    parts = {
        "xl/workbook.xml": f'<x:workbook xmlns:x="{SHEET}" xmlns:r="r"><x:sheets>'
        '<x:sheet name="S" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='rId1' "
        "Target='/xl/worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData><row>{heads}</row>"
        f"<row>{cells}</row></sheetData></worksheet>",
        **(extra or {}),
    }
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def test_formulas_give_their_value_or_the_reason_why_there_is_none(page: Page) -> None:
    good = '<c t="str"><f>A1</f><v>7F03</v></c><c><f>B1</f><v>210100</v></c>'
    told = answer(page, sheet_of(f'{good}<c t="str"><f>C1</f><v>01010000</v></c>'), "a.xlsx")
    assert told[0]["fir_cpl_entry"] == "CPL 000007"
    told = answer(page, sheet_of(f"{good}<c><f>NOW()</f></c>"), "b.xlsx")
    assert told[0]["fir_not_read"] == "the firmware is a formula that was never calculated"
    told = answer(page, sheet_of(f'{good}<c t="e"><v>#N/A</v></c>'), "c.xlsx")
    assert told[0]["fir_not_read"] == "no firmware: #N/A stands there"


def bomb() -> bytes:
    return sheet_of("<c><v>1</v></c>", {"xl/worksheets/sheet1.xml": " " * 310_000_000})


def locked() -> bytes:
    plain = bytearray(sheet_of("<c/>"))
    at = plain.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<H", plain, at + 8, 1)
        at = plain.find(b"PK\x01\x02", at + 4)
    return bytes(plain)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "no rows"),
        ("blank.csv", b" \n,,\n", "no rows"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "no table of text"),
        ("half.xlsx", sheet_of("<c/>")[:-200], "damaged"),
        ("other.xlsx", sheet_of("<c/>").replace(b"workbook.xml", b"wxrkbook.xml"), "no Excel"),
        ("locked.xlsx", locked(), "password"),
        ("far.xlsx", sheet_of('</row><row r="9999999"><c/>'), "more than 1,000,000 rows"),
        ("wide.xlsx", sheet_of('<c r="XFD1"><v>1</v></c>'), "more than 1,000 columns"),
        ("torn.xlsx", sheet_of("<c/></c>"), "a cell ends that has no beginning"),
        ("laughs.xlsx", sheet_of("<!DOCTYPE x><c/>"), "definitions of its own"),
        ("bomb.xlsx", None, "more text than"),
    ],
)
def test_what_is_no_list_of_meters_is_refused_with_a_sentence(
    page: Page, name: str, content: bytes | None, said: str
) -> None:
    give(page, bomb() if content is None else content, name)
    alarm = page.locator("#portfolio [role=alert] p")
    alarm.wait_for(timeout=60_000)
    assert said in alarm.inner_text()
    assert (
        page.locator("h2:visible").all_inner_texts()[:-1] == []
        or not page.locator(ANSWERED).count()
    )
    give(page, "manufacturer,model,firmware\n7F03,00210100,01010000\n")
    page.locator(ANSWERED).wait_for()


def test_a_group_tells_the_way_the_notes_and_whom_to_call(page: Page, demo: Edition) -> None:
    found = next(
        (number, answer)
        for number, answer in sorted(demo.answer_of.items())
        if answer.way and answer.way.direct == "via" and answer.answer == "newer-exists"
    )
    entry, way = demo.repository.entries[found[0]], found[1].way
    assert way and entry
    answer(page, text_of([of_entry(entry, "x")]))
    page.locator("details.lot > summary").click()
    inside = page.locator("details.lot .in").inner_text()
    for since in way.since:
        assert since.firmware.version in inside.replace(" ", "")
        for line in (since.notes or "Nobody has supplied its notes yet.").strip().splitlines():
            assert since.repeats or line.strip() in inside
    maker = demo.repository.manufacturers[found[1].whom[0]]
    contact = maker.contact_for(entry.device_type)
    assert maker.name in inside and contact.email in inside
    page.get_by_role("link", name="Drafted email").click()
    letter = page.locator(f"#letter-{maker.slug}")
    body = letter.locator(".notes").inner_text()
    assert entry.device.device_model in body and way.target.version in body
    link = letter.get_by_role("link", name="mail program").get_attribute("href") or ""
    assert link.startswith("mailto:") and len(link) <= 1800


def test_hostile_cells_and_records_stay_text(browser: Browser, attacked: str) -> None:
    with visiting(browser, attacked) as visit:
        hostile_cells(opened(visit))


def hostile_cells(page: Page) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    told = answer(
        page,
        f"DeviceType,manufacturer,model,firmware,{nasty}\n"
        f"{nasty},7F01,00060100,00041001,=cmd|' /C calc'!A0\n"
        f"constructor,{nasty},__proto__,toString,+1\n",
        f"{nasty}.csv",
    )
    assert told[0][nasty].startswith("'=") and told[1][nasty] == "'+1"
    for summary in page.locator("details:visible > summary").all():
        summary.click()
    assert page.locator("#portfolio img, #portfolio script").count() == 0


def test_the_filter_is_in_the_address_and_back_undoes_it(page: Page, demo: Edition) -> None:
    answer(page, sample_csv(demo))
    every = page.locator("details.lot").count()
    page.locator(".tally a", has_text="Unclear").click()
    assert page.url.endswith("?answer=unclear")
    signs = set(page.locator("details.lot > summary > .st").all_inner_texts())
    assert signs == {"Unclear"}
    page.go_back()
    assert page.locator("details.lot").count() == every


def test_the_sample_shows_a_repair_an_unknown_a_type_2_device_and_a_row_not_read(
    page: Page, demo: Edition
) -> None:
    page.get_by_role("button", name="Try a sample").focus()
    page.keyboard.press("Enter")
    page.locator(ANSWERED).wait_for()
    told = answers(page)
    assert {"Not on the CPL", "Never listed", "not read", "Latest", "Newer exists"} <= {
        each["fir_answer"] for each in told
    }
    assert sum(bool(each["fir_repair"]) for each in told) == 1
    assert "read the version from the device" in page.locator(".lag").inner_text()


@pytest.mark.parametrize(("scheme", "width"), [*zip(SCHEMES, (WIDE, PHONE), strict=True)])
def test_every_state_is_accessible_and_fits(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    with visiting(browser, served, width, scheme) as visit:
        page = opened(visit)

        def sound(state: str) -> None:
            assert violations(page) == [], state
            for size in (width, 768, NARROWEST):
                visit.resize(size)
                assert too_wide(page, size) == [], (state, size)
            visit.resize(width)

        sound("empty")
        page.get_by_text("Paste rows instead").click()
        give(page, "a,b\nc,d\n")
        page.locator("#column-manufacturer").wait_for()
        sound("columns unclear")
        give(page, b"")
        page.locator("#portfolio [role=alert] p").wait_for()
        sound("refused")
        page.get_by_role("button", name="Try a sample").click()
        page.locator(ANSWERED).wait_for()
        for summary in page.locator("#portfolio details > summary:visible").all():
            summary.click()
        sound("answered")


def test_without_a_script_the_page_says_where_to_go(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}portfolio/")
    said = scriptless.locator("#portfolio")
    assert "JavaScript, which is off" in said.inner_text()
    links = said.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == ["../find/", "../data/"]
