"""A record from `/submit/` through `fir add` to a green `fir check`, on every road and screen."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import forms
import pytest
from visiting import NARROWEST, OPEN, PHONE, SCHEMES, WIDE, Visit, too_wide, violations, visiting

from fir.cli import main
from fir.schemas import Shapes
from fir.site.edition import Edition
from fir.strict_yaml.reader import parse
from fir.strict_yaml.writer import to_yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NOTES = "Corrects the screen after a restart.\n\n- Shows the tariff name whole\n"
OF_A_RELEASE, ITS_KIN = "000023", "000024"
NOBODYS = "000066"
FIRMWARE = "#f-entries-0-device-firmware_version"
CONTACT = {
    "new_manufacturer-name": "Northwind Displays Ltd",
    "contact-email": "firmware@northwind.example",
    "contact-telephone": "+44 (0)1632 960 990",
    "contact-address-lines": "Northwind House\n1 Gale Street",
    "contact-address-locality": "Galeham",
}
SECRET = "pri.vate@secret.example"
KEPT = "localStorage.getItem('fir-submissions')"
DOWNLOAD = "Download the submission"


def opened(visit: Visit, query: str = "") -> Page:
    page = visit.to(f"submit/{query}")
    page.locator("form.submission").wait_for()
    return page


def download(page: Page, press: Callable[[], None], folder: Path) -> Path:
    with page.expect_download() as waited:
        press()
    file = folder / waited.value.suggested_filename
    waited.value.save_as(file)
    return file


def added(
    file: Path, demo_root: Path, folder: Path, capsys: Any, code: int = 0
) -> tuple[Path, list[Any]]:
    """The repository after `fir add`, sound and in canonical form, and the verdicts."""
    root = folder / "root"
    shutil.copytree(demo_root, root)
    capsys.readouterr()
    assert main(["add", str(file), "--root", str(root), "--format", "json"]) == code
    told = json.loads(capsys.readouterr().out)["results"]
    assert main(["check", "--root", str(root)]) == 0
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    return root, told


def value_of(path: Path) -> Any:
    value, faults = parse(path.read_bytes())
    assert faults == []
    return value


def test_on_a_phone_a_company_that_is_new_supplies_a_record(
    browser: Browser, served: str, demo: Edition, demo_root: Path, tmp_path: Path, capsys: Any
) -> None:
    entry = demo.repository.entries[NOBODYS]
    with visiting(browser, served, PHONE) as visit:
        page = opened(visit)
        page.fill("#f-number", "7F09-0701")
        page.locator(".picks button", has_text=NOBODYS).click()
        assert page.url.endswith(f"submit/?cpl={NOBODYS}")
        page.fill(FIRMWARE, ":".join(entry.firmware_version[at : at + 2] for at in (0, 2, 4, 6)))
        page.fill("#f-release_notes", NOTES)
        page.get_by_role("button", name=DOWNLOAD).click()
        assert page.evaluate("document.activeElement.id") == "f-new_manufacturer-name"
        for field, text in CONTACT.items():
            page.fill(f"#f-{field}", text)
        page.select_option("#f-contact-address-country", "GB")
        button = page.get_by_role("button", name=DOWNLOAD)
        file = download(page, button.click, tmp_path)
    root, told = added(file, demo_root, tmp_path, capsys)
    assert [each["status"] for each in told] == ["written"]
    record = value_of(root / f"records/firmware/northwind-displays/{NOBODYS}.yaml")
    assert record["device"] == entry.device._asdict() and record["release_notes"] == NOTES
    maker = value_of(root / "records/manufacturers/northwind-displays.yaml")
    assert maker["contact"]["telephone"] == "+441632960990"
    assert maker["contact"]["address"]["lines"] == ["Northwind House", "1 Gale Street"]


def test_by_keyboard_alone_one_text_serves_the_entries_of_a_release(
    visit: Visit, demo: Edition, demo_root: Path, tmp_path: Path, capsys: Any
) -> None:
    page = opened(visit)
    keys = page.keyboard

    def to(target: Locator) -> None:
        for _ in range(60):
            if target.evaluate("each => each === document.activeElement"):
                return
            keys.press("Tab")
        pytest.fail(f"{target} is not reached")

    to(page.locator("#f-number"))
    keys.type(OF_A_RELEASE)
    to(page.locator(FIRMWARE))
    keys.type(demo.repository.entries[OF_A_RELEASE].firmware_version[:7].lower())
    assert "7 of 8 digits. They agree" in page.locator("#step-firmware .said").inner_text()
    keys.type(demo.repository.entries[OF_A_RELEASE].firmware_version[7])
    to(page.locator(f"[name=also][value='{ITS_KIN}']"))
    keys.press("Space")
    to(page.locator("#f-release_notes"))
    keys.type(NOTES)
    to(page.locator("#f-maker"))
    keys.press("ArrowDown")
    to(page.locator("summary", has_text="outage alert"))
    keys.press("Enter")
    to(page.locator("[name=outage_alert_on_activation]").first)
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    button = page.get_by_role("button", name=DOWNLOAD)
    to(button)
    file = download(page, lambda: keys.press("Enter"), tmp_path)
    to(page.locator(".ways a").first)
    root, told = added(file, demo_root, tmp_path, capsys)
    assert [each["status"] for each in told] == ["written", "written"]
    for number in (OF_A_RELEASE, ITS_KIN):
        record = value_of(root / f"records/firmware/brackenhurst/{number}.yaml")
        assert (record["release_notes"], record["outage_alert_on_activation"]) == (
            NOTES, "not-expected",
        )  # fmt: skip


def test_what_is_downloaded_is_canonical_and_the_letter_asks_to_attach_it(
    visit: Visit, demo: Edition, tmp_path: Path
) -> None:
    page = complete(visit, demo)
    button = page.get_by_role("button", name=DOWNLOAD)
    file = download(page, button.click, tmp_path)
    value = value_of(file)
    assert Shapes("schema").fits("submission", value)
    assert file.read_bytes() == to_yaml(value).encode()
    assert page.locator(".card pre").text_content() == file.read_text(encoding="utf-8")
    href = page.get_by_role("link", name="Write the email").get_attribute("href")
    letter = urlsplit(href or "")
    assert (letter.scheme, letter.path) == ("mailto", demo.repository.policy.panel_email)
    lines = parse_qs(letter.query)["body"][0].split("\r\n")
    assert len(lines) == 3 and lines[0].startswith(f"Please attach {file.name}")
    assert page.get_by_role("link", name="GitHub").count() == 0
    page.fill("#f-release_notes", "🔥" * 19_000)
    assert page.locator(".todo .err").inner_text() == "Release notes"


def complete(visit: Visit, demo: Edition, number: str = OF_A_RELEASE, notes: str = NOTES) -> Page:
    page = opened(visit, f"?cpl={number}")
    page.select_option("#f-maker", "brackenhurst")
    page.fill(FIRMWARE, demo.repository.entries[number].firmware_version)
    page.fill("#f-release_notes", notes)
    return page


def test_where_there_is_a_repository_one_file_is_proposed_there(
    visit: Visit, demo: Edition, demo_root: Path, tmp_path: Path
) -> None:
    repository = "https://github.example/fir"

    def kept_there(route: Any) -> None:
        data = route.fetch().json()
        data["policy"]["repository_url"] = repository
        route.fulfill(json=data)

    visit.context.route("**/submit/data.json*", kept_there)
    page = complete(visit, demo)
    link = page.get_by_role("link", name="Or propose it on GitHub")
    href = link.get_attribute("href") or ""
    folder = "records/firmware/brackenhurst"
    assert href.startswith(f"{repository}/new/main/{folder}?")
    asked = parse_qs(urlsplit(href).query)
    root = tmp_path / "root"
    shutil.copytree(demo_root, root)
    file = root / folder / asked["filename"][0]
    file.write_text(asked["value"][0], encoding="utf-8", newline="\n")
    assert file.name == f"{OF_A_RELEASE}.yaml"
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    page.fill("#f-release_notes", "é" * 2000)
    assert link.count() == 0 and "too long for GitHub" in page.locator(".ways").inner_text()
    page.fill("#f-release_notes", NOTES)
    page.locator("[name=also]").check()
    assert link.count() == 0


def test_a_version_that_is_not_the_lists_is_told_as_it_is_typed(visit: Visit) -> None:
    page = opened(visit, f"?cpl={OF_A_RELEASE}")
    for typed, said in (
        ("01060001", "CPL entry 000023 (version 0.088) has 01060000\n"),
        ("00000601", "has 01060000, the same bytes in reverse order"),
        ("1.6.0", "\ndevice.firmware_version is 1.6.0, it should be eight hexadecimal digits"),
        ("02", "2 of 8 digits. The second is not the CPL’s."),
    ):
        page.fill(FIRMWARE, typed)
        assert said in "\n" + page.locator("#step-firmware .said").inner_text()
    page.get_by_role("button", name=DOWNLOAD).click()
    assert page.evaluate("document.activeElement.id") == FIRMWARE.removeprefix("#")
    page.fill(FIRMWARE, "02000000")
    page.get_by_role("button", name="CPL 000069 has this version").click()
    assert page.input_value("#f-number") == "000069"


def test_the_form_fills_the_page_in_and_its_private_part_goes_nowhere(
    visit: Visit, demo: Edition, demo_root: Path, tmp_path: Path, capsys: Any
) -> None:
    entry = demo.repository.entries[OF_A_RELEASE]
    maker, *hardware, version = entry.device[1:]
    page = opened(visit)
    page.fill("#f-release_notes", "Typed first.")
    for name, notes in ("blank.xlsx", None), ("form.xlsx", NOTES):
        form = forms.save(
            tmp_path, name, type=entry.device_type,
            manufacturer_identifier=f"{maker[:2]}:{maker[2:]}", model_identifier=hardware[0],
            hardware_version=hardware[1], hardware_revision=hardware[2], firmware_version=version,
            company="Brackenhurst Displays", notes=notes, telephone="+44 (0)1632 960 606",
        )  # fmt: skip
        page.set_input_files("#f-file", form)
        page.get_by_text(f"{name} is read, and has not left this browser").wait_for()
        assert page.input_value("#f-release_notes") == (notes or "Typed first.").rstrip("\n")
    assert page.input_value("#f-number") == OF_A_RELEASE
    assert page.input_value("#f-contact-email") == "firmware@example-meters.example"
    assert page.input_value("#f-contact-address-country") == "GB"
    button = page.get_by_role("button", name=DOWNLOAD)
    file = download(page, button.click, tmp_path)
    _, (told,) = added(file, demo_root, tmp_path, capsys, code=1)  # a contact is left to decide
    assert told["status"] == "written"
    assert [each["check"] for each in told["findings"]] == ["contact-differs"]
    everything = page.content() + page.evaluate(KEPT) + file.read_text(encoding="utf-8")
    assert SECRET not in everything and "Pri Vate" not in everything and "960999" not in everything


def test_a_file_that_is_no_filled_in_form_is_refused_and_changes_nothing(
    visit: Visit, tmp_path: Path
) -> None:
    page = opened(visit, f"?cpl={OF_A_RELEASE}")
    page.fill("#f-release_notes", NOTES)
    blank = forms.save(tmp_path, "x.xlsx", **dict.fromkeys(forms.LABELS)).read_bytes()
    for content, why in (
        (b"PK\x03\x04 and no more", "is damaged"),
        (b"\xd0\xcf\x11\xe0", "no Excel workbook, or an old or locked one"),
        (blank, "The form is not filled in"),
    ):
        given = {"name": "x.xlsx", "mimeType": "application/zip", "buffer": content}
        page.set_input_files("#f-file", given)  # type: ignore[arg-type]
        page.locator("#f-file-said", has_text=why).wait_for()
        assert page.input_value("#f-release_notes") == NOTES


def test_a_device_that_is_not_listed_yet_waits_for_its_number(
    visit: Visit, demo: Edition, demo_root: Path, tmp_path: Path, capsys: Any
) -> None:
    device = demo.repository.entries[OF_A_RELEASE].device._replace(firmware_version="7F000001")
    page = opened(visit)
    page.get_by_label("The list has no number for it yet").check()
    page.select_option("#f-entries-0-device-type", device.type)
    for name in device._fields[1:]:
        page.fill(f"#f-entries-0-device-{name}", getattr(device, name).lower())
    for version, said, picks in (
        ("10060000", "has this device with 01060000, two digits are swapped", OF_A_RELEASE),
        ("01060000", "has exactly this device", OF_A_RELEASE),
        (device.firmware_version, "It waits, and takes its number", ""),
    ):
        page.fill(FIRMWARE, version)
        assert said in page.locator("#f-number-said").inner_text()
        assert picks in page.locator(".picks").inner_text()
        assert page.locator(".picks li").count() == bool(picks)
    page.fill("#f-release_notes", NOTES)
    page.get_by_label("Manufacturer", exact=True).select_option("brackenhurst")
    button = page.get_by_role("button", name=DOWNLOAD)
    file = download(page, button.click, tmp_path)
    _, (told,) = added(file, demo_root, tmp_path, capsys)
    assert told["status"] == "pending" and "7F000001.yaml" in told["path"]


def test_work_outlives_a_reload_is_kept_for_each_number_and_goes_when_asked_to(
    visit: Visit, demo: Edition
) -> None:
    page = complete(visit, demo)
    page.locator("[name=also]").check()
    page.reload()
    page.locator("form.submission").wait_for()
    assert page.input_value("#f-release_notes") == NOTES
    assert page.locator("[name=also]").is_checked()
    opened(visit, f"?cpl={NOBODYS}")
    assert page.input_value("#f-release_notes") == ""
    page.fill("#f-release_notes", "Others.")
    page.get_by_role("link", name=OF_A_RELEASE).click()
    page.locator("form.submission").wait_for()
    assert page.input_value("#f-release_notes") == NOTES
    page.get_by_role("button", name="Start again").click()
    assert page.input_value("#f-release_notes") == ""
    assert page.input_value("#f-number") == OF_A_RELEASE
    page.get_by_role("button", name="Forget all").click()
    assert page.evaluate(KEPT) is None


def test_what_a_word_processor_hides_is_found_and_taken_out(visit: Visit, demo: Edition) -> None:
    page = complete(
        visit, demo, notes="It\u2019s \u201cbetter\u201d\u200b now\u00a0\u2013 see\n\tthere\u00ad"
    )
    page.locator("#f-release_notes").blur()
    assert "zero width space" in page.locator("#f-release_notes-said").inner_text()
    page.get_by_role("button", name="Take out all that cannot be seen").click()
    clean = "It\u2019s \u201cbetter\u201d now\u00a0\u2013 see\n\tthere"
    assert page.input_value("#f-release_notes") == clean
    assert page.evaluate("document.activeElement.id") == "f-release_notes"
    assert page.locator(".todo .err").count() == 0


def test_a_search_says_what_it_found_and_is_no_work_to_keep(visit: Visit) -> None:
    page = opened(visit)
    said = page.locator("#f-number-said")
    for text, picks, words in (
        ("7F01", 6, "These are 6 of "),
        ("000023x", 0, "Nothing on the list is like this."),
        ("7F09-0701", 2, "Pick one, or type the six digits."),
    ):
        page.fill("#f-number", text)
        assert words in said.inner_text()
        assert page.locator(".picks li").count() == picks
        assert page.evaluate(KEPT) is None
    page.fill("#f-release_notes", NOTES)
    assert NOTES[:20] in page.evaluate(KEPT)


def test_the_newest_work_is_kept_whatever_room_the_older_takes(visit: Visit) -> None:
    page = opened(visit, f"?cpl={OF_A_RELEASE}")
    old = json.dumps([[f"{at:06}", [["release_notes", "x" * 30_000]]] for at in range(1, 9)])
    page.evaluate("text => localStorage.setItem('fir-submissions', text)", old)
    page.fill("#f-release_notes", NOTES)
    kept = [number for number, _ in json.loads(page.evaluate(KEPT))]
    assert kept[:2] == [OF_A_RELEASE, "000001"] and 4 < len(kept) < 9


def test_what_storage_or_an_address_holds_does_no_harm(visit: Visit) -> None:
    page = opened(visit)
    for kept, query in (
        ("{", ""),
        ("null", f"?cpl={OF_A_RELEASE}"),
        ("[1, [2], [[], []]]", "?cpl=%3Cscript%3Ealert(1)%3C/script%3E"),
        ('[["000023", [["number", {}]]]]', f"?cpl={'9' * 9000}"),
        ('[["", [["__proto__", "x"], ["number", "<img src=x onerror=alert(1)>"]]]]', ""),
    ):
        page.evaluate("text => localStorage.setItem('fir-submissions', text)", kept)
        opened(visit, query)
        assert page.locator("#submit script, #submit img").count() == 0
    page.fill("#f-number", OF_A_RELEASE)
    assert OF_A_RELEASE in page.evaluate(KEPT)


def test_what_is_wrong_and_what_is_ready_are_accessible_and_fit(
    visit: Visit, demo: Edition
) -> None:
    page = complete(visit, demo)
    for state in ("ready", "wrong"):
        if state == "wrong":
            page.get_by_label("This has changed").check()
            page.fill(FIRMWARE, "00000601")
            page.fill("#f-contact-telephone", "W" * 300)
            page.fill("#f-release_notes", "")
            page.get_by_role("button", name=DOWNLOAD).click()
        page.evaluate(OPEN)
        for scheme, width in zip(SCHEMES, (WIDE, PHONE), strict=True):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            visit.resize(width)
            assert violations(page) == [], (state, scheme)
            assert too_wide(page, width) == [], (state, width)
        visit.resize(NARROWEST)
        assert too_wide(page, NARROWEST) == [], state


def test_without_a_script_the_other_roads_are_told(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}submit/")
    told = scriptless.locator(".scriptless")
    assert "JavaScript, which is off" in told.inner_text()
    assert not scriptless.locator("form.submission").is_visible()
    links = [each.get_attribute("href") or "" for each in told.locator("a").all()]
    ways = [link.rpartition("#")[2] for link in links if "guides/manufacturers/" in link]
    assert ways == ["form", "table", "issue", "git"]
    assert any(link.startswith("mailto:") for link in links)


def test_whatever_the_page_accepts_becomes_files_that_pass(
    visit: Visit, demo_root: Path, tmp_path: Path, capsys: Any
) -> None:
    drawn = random.Random(11)
    page = opened(visit, f"?cpl={NOBODYS}")
    page.get_by_label("The list has no number for it yet").check()
    texts = page.evaluate(FILLED_IN, [drawn_values(drawn, place) for place in range(48)])
    accepted = [tmp_path / f"{place}.yaml" for place, text in enumerate(texts) if text]
    for file in accepted:
        file.write_text(texts[int(file.stem)], encoding="utf-8", newline="\n")
    assert len(texts) // 4 < len(accepted) < len(texts)
    root = tmp_path / "root"
    shutil.copytree(demo_root, root)
    capsys.readouterr()
    main(["add", *map(str, accepted), "--root", str(root), "--format", "json"])
    told = json.loads(capsys.readouterr().out)["results"]
    assert [each["findings"] for each in told if each["status"] == "refused"] == []
    assert main(["check", "--root", str(root)]) == 0
    assert main(["fmt", "--check", "--root", str(root)]) == 0


# Puts each set of values into the form, and gives the file that can be downloaded, if one can.
FILLED_IN = """sets => sets.map(values => {
    const form = document.querySelector("form.submission")
    for (const [name, value] of Object.entries(values)) {
        const control = form.querySelector(`[name="${name}"]`)
        control.value = value
        for (const event of ["input", "change"])
            control.dispatchEvent(new Event(event, { bubbles: true }))
    }
    const ready = [...document.querySelectorAll(".todo li")].every(each => each.className === "ok")
    return ready && document.querySelector(".card pre").textContent
})"""


def drawn_values(drawn: random.Random, place: int) -> dict[str, str]:
    """Values for a device of its own, most of them right."""

    def some(*right: str) -> str:
        return drawn.choice([*right, *right, *right, drawn.choice(AWKWARD)])

    device = "entries.0.device."
    return {
        f"{device}type": drawn.choice(["Gas Smart Meter", "Communications Hub"]),
        f"{device}manufacturer_identifier": drawn.choice(["7F:01", "7f04", "7F09", "7FAB"]),
        f"{device}model_identifier": drawn.choice(["0001", "FF:BF"]),
        f"{device}hardware_version": "0a",
        f"{device}hardware_revision": "00",
        f"{device}firmware_version": f"7F {place:06X}",
        "entries.0.smets_chts_version": some("", "SMETS V4.2", "CHTS V1.3"),
        "entries.0.gbcs_version": some("", "GBCS Version 3.2"),
        "release_notes": some(
            "Corrects it.", "\r\n\tTabs\tand blanks  \r\n\r\nthere\n", "=1+1\n- x"
        ),
        "new_manufacturer.name": some("Northwind Ltd", "Ärger & Söhne", "固件", "CON"),
        "contact.email": some("firmware@northwind.example"),
        "contact.telephone": some("+441632960990", "0044 (0)1632 960 990", "+49 30 1234567"),
        "contact.address.lines": some("1 Gale Street", "a\nb\n\n c ", "#1\n- 2"),
        "contact.address.locality": some("", "Galeham"),
        "contact.address.postal_code": some("", "GA1 1LE"),
        "contact.address.country": drawn.choice(["GB", "DE"]),
        "website": some("", "www.northwind.example", "https://northwind.example/x?y=z"),
        "outage_note": some("", "About four minutes."),
        "entries.0.product_name": some("", "Gale 1"),
        "release_notes_url": some("", "https://northwind.example/notes"),
        "submitter": some("", "Example Agency"),
    }


AWKWARD = (
    "x" * 20_001, "\u200b", "👩\u200d🔥", "🔥" * 19_000, "e\u0301", " ", "'\"\\ #: |", "{[&*!%@`",
    "~", "yes", "1.10", "<b>", "javascript:alert(1)", "\ue000", "a" * 101, "\u2800", "a@b", "+1",
)  # fmt: skip
