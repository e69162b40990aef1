"""The published CPL, with synthetic notes laid over it, as a reader meets it on the built site.

Nothing of it is kept: the workbook is named by FIR_REAL_CPL, and the site is a temporary folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from around import put
from built import build_site, demonstration, edition
from linked import reached
from visiting import serving, visiting

from fir.cli import main
from fir.model import Entry
from fir.site.edition import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SLUG = "example-meters"
CONTACT = """\
name: "Example Meters Ltd"
manufacturer_identifiers: ["{maker}"]
contact:
  email: "firmware@example-meters.example"
  telephone: "+441632960123"
  address:
    lines: ["Unit 4, Example Park"]
    country: "GB"
"""
RECORD = """\
cpl_number: "{entry.cpl_number}"
manufacturer: "{slug}"
device:
  type: "{entry.device_type}"
  manufacturer_identifier: "{entry.manufacturer_identifier}"
  model_identifier: "{entry.model_identifier}"
  hardware_version: "{entry.hardware_version}"
  hardware_revision: "{entry.hardware_revision}"
  firmware_version: "{entry.firmware_version}"
release_notes: |
  Synthetic notes of firmware {entry.firmware_version}.
  {said}
"""


@pytest.fixture(scope="module")
def root(real_cpl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = demonstration(tmp_path_factory.mktemp("real") / "root")
    assert main(["--root", str(made), "cpl", "import", str(real_cpl), "--replace-demo"]) == 0
    for place, entry in enumerate(noted(edition(made))):
        if not place:
            text = CONTACT.format(maker=entry.manufacturer_identifier)
            put(made, f"records/manufacturers/{SLUG}.yaml", text)
        said = "Corrects the axolotl counter." if place == 7 else "Corrects a counter."
        path = f"records/firmware/{SLUG}/{entry.cpl_number}.yaml"
        put(made, path, RECORD.format(entry=entry, slug=SLUG, said=said))
    return made


def noted(real: Edition) -> list[Entry]:
    """Two of three entries of the manufacturer that has most."""
    makers = [entry.manufacturer_identifier for entry in real.repository.entries.values()]
    most = max(sorted(set(makers)), key=makers.count)
    theirs = [e for e in real.repository.entries.values() if e.manufacturer_identifier == most]
    return [entry for place, entry in enumerate(theirs) if place % 3]


@pytest.fixture(scope="module")
def real(root: Path) -> Edition:
    return edition(root)


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(root, tmp_path_factory.mktemp("real") / "site")


def test_ten_inventory_triples_reach_their_entries_from_home_in_one_step(
    browser: Browser, real: Edition, site: Path
) -> None:
    alone = [found for found in real.repository.by_device.values() if len(found) == 1]
    with serving(site) as address, visiting(browser, address) as visit:
        for place, (entry,) in enumerate(alone[:: len(alone) // 10][:10]):
            strings = list(entry.device.inventory_strings)
            query = " ".join(strings[place % 3 :] + strings[: place % 3])
            page = visit.to("")
            page.get_by_label("Look up").fill(query if place % 2 else query.lower())
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/cpl/{entry.cpl_number}/")


def test_a_word_of_a_note_is_found_from_home(browser: Browser, real: Edition, site: Path) -> None:
    (number,) = (
        number
        for number, record in real.repository.by_number.items()
        if "axolotl" in record.release_notes
    )
    with serving(site) as address, visiting(browser, address) as visit:
        page = visit.to("")
        page.get_by_label("Look up").fill("axolotl")
        page.keyboard.press("Enter")
        page.locator(".mentions mark", has_text="axolotl").wait_for()
        page.locator(".mentions").get_by_role("link").first.click()
        page.wait_for_url(f"**/cpl/{number}/")


def test_every_entry_is_reached_by_clicking_alone(real: Edition, site: Path) -> None:
    found = reached(site)
    assert len(real.repository.entries) == 729
    assert {f"cpl/{number}/" for number in real.repository.entries} <= found
    assert {f"models/{model}/" for model in real.models} <= found
