"""Pull requests as they come: each a change of one repository, for summaries and workflows to meet.

`lay_base` makes the repository, the demonstration with two manufacturers that name their accounts;
a proposal changes a copy of it. Everything is invented.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import workbooks
from around import change, put, write
from built import demonstration

from fir.cpl.importing import import_cpl
from fir.model import Entry
from fir.repository.read import read_repository
from fir.repository.snapshot import ENTRIES
from fir.strict_yaml.writer import to_yaml

OWN = "records/firmware/harrowmere"
CONTACT = """\
name: "Glimmer Displays Ltd"
manufacturer_identifiers: ["7F09"]
contact:
  email: "firmware@glimmer.example"
  telephone: "+441632960990"
  address:
    lines: ["7 Lantern Yard"]
    locality: "Glimmerton"
    postal_code: "GL1 7AA"
    country: "GB"
"""
NOTES = """\
Shows the standing charge on the day it changes, not on the next.

The display restarts once, which takes about a minute; nothing else is interrupted.
"""
TODAY = date(2026, 11, 22)


class Proposal(NamedTuple):
    """A pull request: what it does to the files, who sends it, and what a summary must say."""

    make: Callable[[Path], None]
    author: str
    kind: str
    labels: str
    risks: str = ""


def lay_base(root: Path) -> Path:
    demonstration(root)
    change(root, "records/cpl/snapshot.yaml", 'demonstration: "true"', 'demonstration: "false"')
    accounts = {"harrowmere": "Harrowmere-firmware", "quillfield": "@quillfield/firmware"}
    for slug, account in accounts.items():
        path = root / f"records/manufacturers/{slug}.yaml"
        put(root, f"records/manufacturers/{slug}.yaml",
            f'{path.read_text(encoding="utf-8")}github: ["{account}"]\n')  # fmt: skip
    put(root, "scripts/fir/checks/schema.py", "def check(repository): ...\n")
    put(root, "docs/about/index.md", "# About\n")
    return root


def lay_head(base: Path, head: Path, proposal: Proposal) -> Path:
    shutil.copytree(base, head)
    proposal.make(head)
    return head


def entry(root: Path, number: str) -> Entry:
    return read_repository(root).entries[number]


def put_record(root: Path, of: Entry, slug: str, notes: str, **more: object) -> None:
    value = {
        "cpl_number": of.cpl_number,
        "manufacturer": slug,
        "device": of.device._asdict(),
        "release_notes": notes,
        **more,
    }
    put(root, f"records/firmware/{slug}/{of.cpl_number}.yaml", to_yaml(value))


def _new_record(root: Path) -> None:
    put_record(
        root, entry(root, "000002"), "harrowmere", "First production firmware.\n", upgrade_from=[]
    )


def _new_manufacturer(root: Path) -> None:
    put(root, "records/manufacturers/glimmer.yaml", CONTACT)
    put_record(root, entry(root, "000066"), "glimmer", NOTES)


def _impostor(root: Path) -> None:
    _new_manufacturer(root)
    change(root, "records/manufacturers/glimmer.yaml", '"7F09"', '"7F09", "7F01"')


def _foreign(root: Path) -> None:
    put_record(root, entry(root, "000001"), "quillfield", NOTES)


def _one_text(root: Path) -> None:
    for number in ("000001", "000002"):
        put_record(root, entry(root, number), "harrowmere", NOTES, product_name="HM-1")


def _bad_record(root: Path) -> None:
    wrong = entry(root, "000002")._replace(firmware_version="01000001")
    put_record(root, wrong, "harrowmere", " ")


def _contact(root: Path) -> None:
    path = "records/manufacturers/harrowmere.yaml"
    text = (root / path).read_text(encoding="utf-8")
    text = re.sub(r'email: "[^"]*"', 'email: "firmware@harrow-mere.example"', text)
    put(root, path, re.sub(r'telephone: "[^"]*"', 'telephone: "+441632960999"', text))


def _confirmed(root: Path) -> None:
    path = "records/manufacturers/harrowmere.yaml"
    text = (root / path).read_text(encoding="utf-8")
    put(root, path, re.sub(r'confirmed_on: "[^"]*"', 'confirmed_on: "2026-11-20"', text))


def _deletion(root: Path) -> None:
    (root / OWN / "000017.yaml").unlink()
    (root / OWN / "000018.yaml").unlink()


def _correction(root: Path, told: bool) -> None:
    for number in ("000009", "000010"):
        path = f"{OWN}/{number}.yaml"
        change(root, path, "First production firmware", "First released firmware")
        if told:
            text = (root / path).read_text(encoding="utf-8")
            put(root, path, f'{text}corrections:\n  - "on": "2026-11-20"\n    what: "One word."\n')


def _withdrawal(root: Path) -> None:
    path = f"{OWN}/000090.yaml"
    text = (root / path).read_text(encoding="utf-8")
    reason = "Loses the meter's clock when power fails twice within a minute."
    put(root, path, f'{text}withdrawn:\n  "on": "2026-11-19"\n  reason: "{reason}"\n')


def _device(root: Path) -> None:
    change(root, f"{OWN}/000010.yaml", 'hardware_revision: "01"', 'hardware_revision: "00"')


def _rename(root: Path) -> None:
    (root / "records/firmware/quillfield").mkdir(exist_ok=True)
    text = (root / OWN / "000010.yaml").read_text(encoding="utf-8")
    put(
        root,
        "records/firmware/quillfield/000010.yaml",
        text.replace('"harrowmere"', '"quillfield"'),
    )
    (root / OWN / "000010.yaml").unlink()


def _waiver(root: Path) -> None:
    put(root, "records/waivers.yaml", """\
- check: "cpl-mismatch"
  path: "records/firmware/harrowmere/000010.yaml"
  reason: "The CPL is being corrected: request 42 to the code administrator"
  approved_by: "SEC Panel, 12 November 2026"
  until: "2026-12-31"
""")  # fmt: skip


def _tooling(root: Path) -> None:
    put(root, "scripts/fir/checks/schema.py", "def check(repository): return ()\n")
    put(root, "docs/about/index.md", "# About us\n")


def _cpl(root: Path) -> None:
    """An issue that adds, amends, removes, reinstates and loses, with what that does to records."""
    entries = read_repository(root).entries
    pending = read_repository(root).pending
    hm = next(each for each in pending if each.manufacturer == "harrowmere")
    issue = dict(entries)
    issue["000130"] = entries["000107"]._replace(
        cpl_number="000130",
        **_as_columns(hm.device._asdict()),
        smets_chts_version=hm.smets_chts_version or "",
        gbcs_version=hm.gbcs_version or "",
        image_hash="5" * 64,
    )
    issue["000131"] = entries["000066"]._replace(cpl_number="000131", firmware_version="00020400")
    issue["000018"] = entries["000018"]._replace(firmware_version="03010102")
    issue["000030"] = entries["000030"]._replace(status="Removed")
    issue["000067"] = entries["000067"]._replace(status="Current")
    del issue["000122"]
    bring(root, list(issue.values()), "0.089")


def _as_columns(device: dict[str, str]) -> dict[str, str]:
    return {"device_type" if name == "type" else name: value for name, value in device.items()}


def bring(root: Path, entries: list[Entry], version: str, **options: bool) -> None:
    """Imports an issue of the CPL, as whoever proposes it does."""
    file = root.parent / f"{root.name}-{version}.csv"
    label = f"Version {version} Issued on 20-11-2026"
    listed = [each for each in entries if not each.last_listed_version]
    file.write_bytes(workbooks.csv_bytes(workbooks.csv_of(listed, label)))
    write(root, import_cpl(root, file, today=TODAY, allow_lost=True, **options))


def _hand_edited_cpl(root: Path) -> None:
    change(root, ENTRIES, "000002,Current", "000002,Removed")


def _record_beside_cpl(root: Path) -> None:
    _cpl(root)
    _new_record(root)


def _weaker(root: Path) -> None:
    _bad_record(root)
    put(root, "schema/policy.yaml", "nothing: here\n")


def _waived_at_once(root: Path) -> None:
    _bad_record(root)
    _waiver(root)


PROPOSALS = {
    "nothing": Proposal(lambda root: None, "anyone", "none", "risk:low"),
    "new-record": Proposal(_new_record, "Harrowmere-Firmware", "record", "new-record risk:low"),
    "new-manufacturer": Proposal(
        _new_manufacturer, "glimmer", "record", "new-record new-manufacturer risk:low"
    ),
    "identifier-claimed": Proposal(
        _impostor, "glimmer", "record", "new-record new-manufacturer risk:high",
        "identifier-claimed",
    ),
    "foreign-device": Proposal(
        _foreign, "quillfield-person", "record", "new-record risk:high", "foreign-device"
    ),
    "one-text": Proposal(_one_text, "harrowmere-firmware", "record", "new-record risk:low"),
    "bad-record": Proposal(_bad_record, "harrowmere-firmware", "record", "new-record risk:low"),
    "contact-change": Proposal(
        _contact, "somebody-else", "record", "contact-change risk:high",
        "contact-change unlisted-submitter",
    ),
    "contact-confirmed": Proposal(
        _confirmed, "harrowmere-firmware", "record", "risk:low"
    ),
    "deletion": Proposal(
        _deletion, "harrowmere-firmware", "record", "risk:high", "record-deleted record-deleted"
    ),
    "notes-changed": Proposal(
        lambda root: _correction(root, False), "harrowmere-firmware", "record",
        "notes-correction risk:high", "notes-changed notes-changed",
    ),
    "notes-corrected": Proposal(
        lambda root: _correction(root, True), "harrowmere-firmware", "record",
        "notes-correction risk:low",
    ),
    "withdrawal": Proposal(
        _withdrawal, "harrowmere-firmware", "record", "withdrawal risk:high", "withdrawal"
    ),
    "device-changed": Proposal(
        _device, "harrowmere-firmware", "record", "risk:high", "device-changed"
    ),
    "taken-over": Proposal(
        _rename, "harrowmere-firmware", "record", "risk:high",
        "foreign-device other-manufacturer manufacturer-of-record",
    ),
    "waiver": Proposal(_waiver, "analyst", "waiver", "waiver risk:high", "waiver-added"),
    "tooling": Proposal(
        _tooling, "programmer", "tooling", "tooling risk:high", "decides-the-checks"
    ),
    "cpl-update": Proposal(
        _cpl, "cpl-robot", "cpl", "cpl-update waiver risk:high", "waiver-added entries-lost"
    ),
    "cpl-edited": Proposal(
        _hand_edited_cpl, "anyone", "cpl", "cpl-update risk:high", "edited-by-hand"
    ),
    "record-beside-cpl": Proposal(
        _record_beside_cpl, "anyone", "mixed", "new-record cpl-update waiver risk:high",
        "mixed unlisted-submitter waiver-added entries-lost",
    ),
    "record-and-policy": Proposal(
        _weaker, "harrowmere-firmware", "mixed", "new-record tooling risk:high",
        "mixed decides-the-checks",
    ),
    "record-and-waiver": Proposal(
        _waived_at_once, "harrowmere-firmware", "mixed", "new-record waiver risk:high",
        "mixed waiver-added",
    ),
}  # fmt: skip
