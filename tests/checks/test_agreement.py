"""How the checks against the CPL and the neighbours share the work: one mistake, one finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from around import AROUND, lay

from fir.checks import judge
from fir.checks.confidential_wording import marking
from fir.checks.doubtful_notes import check as doubtful_notes
from fir.checks.upgrade_cycle import circles
from fir.diagnostics import Diagnostic
from fir.repository.read import read_repository

OWN = "records/firmware/example-meters"
LIKE_000042 = (AROUND / OWN / "000042.yaml").read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


def findings(root: Path) -> list[Diagnostic]:
    return judge(read_repository(root))


def ids(root: Path) -> list[str]:
    return [finding.check for finding in findings(root)]


def record(root: Path, number: str, **values: str) -> Path:
    """Writes a record like that of entry 000042 but for its number and the values given."""
    folder = values.get("manufacturer", "example-meters")
    text = LIKE_000042.replace('cpl_number: "000042"', f'cpl_number: "{number}"')
    for field, value in values.items():
        if field == "notes":
            text = re.sub(r"(?s)release_notes: .*", f"release_notes: {value}\n", text)
        elif re.search(rf"\b{field}: ", text):
            text = re.sub(rf"\b{field}: .*", f'{field}: "{value}"', text)
        else:
            text += f"{field}: {value}\n"
    path = root / f"records/firmware/{folder}/{number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def entry(root: Path, number: str, like: str, **values: str) -> None:
    """Adds an entry to the snapshot, after all others, or changes the one there is."""
    path = root / "records/cpl/entries.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = header.split(",")
    rows = {line[:6]: line.split(",") for line in lines}
    row = [*rows[like]]
    for column, value in {"cpl_number": number, **values}.items():
        row[columns.index(column)] = value
    rows[number] = row
    text = "".join(f"{','.join(row)}\n" for row in ([header], *rows.values()))
    path.write_text(text, encoding="utf-8", newline="\n")
    snapshot = root / "records/cpl/snapshot.yaml"
    said = snapshot.read_text(encoding="utf-8")
    said = re.sub(r"(?m)^entries: .*$", f'entries: "{len(rows)}"', said)
    snapshot.write_text(said, encoding="utf-8", newline="\n")


def changed(root: Path, *lines: str) -> None:
    path = root / "records/cpl/changes.csv"
    text = path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")


def waived(root: Path, path: str) -> None:
    text = (
        f'- check: "cpl-mismatch"\n  path: "{path}"\n  reason: "Asked for."\n'
        '  approved_by: "SEC Panel"\n  until: "2027-01-01"\n'
    )
    (root / "records/waivers.yaml").write_text(text, encoding="utf-8", newline="\n")


def test_waiver_holds_where_an_import_changed_the_field(root: Path) -> None:
    record(root, "000042", firmware_version="01070299")
    waived(root, f"{OWN}/000042.yaml")
    changed(root, "0.003,2026-09-01,000042,firmware_version,01070299,01070300")
    assert "cpl-mismatch" not in ids(root)


@pytest.mark.parametrize(
    "change",
    [
        "0.003,2026-09-01,000042,status,Current,Removed",
        "0.003,2026-09-01,000042,firmware_version,01070298,01070300",
        "0.003,2026-09-01,000042,hardware_version,02,03",
        "0.003,2026-09-01,000041,firmware_version,01070299,01070300",
    ],
    ids=["another field", "another value", "a field that agrees", "another entry"],
)
def test_waiver_of_a_mismatch_that_no_import_caused_does_not_hold(root: Path, change: str) -> None:
    record(root, "000042", firmware_version="01070299")
    waived(root, f"{OWN}/000042.yaml")
    changed(root, change)
    assert "cpl-mismatch" in ids(root)


def test_number_of_the_wrong_entry_is_one_finding_whatever_else_that_entry_is(root: Path) -> None:
    for number in ("000045", "000048", "000046"):
        path = record(root, number, hardware_revision="04")
        (one,) = findings(root)
        assert one.check == "cpl-mismatch" and one.path.endswith(f"{number}.yaml")
        assert f"git mv {OWN}/{number}.yaml {OWN}/000043.yaml" in one.fix
        path.unlink()


def test_one_coding_slip_is_told_at_the_value_even_where_the_list_has_both(root: Path) -> None:
    entry(root, "000050", "000044", firmware_version="00040A01")
    record(
        root,
        "000044",
        type="Single Element Electricity Metering Equipment",
        model_identifier="0006",
        hardware_version="01",
        hardware_revision="00",
        firmware_version="00040A01",
    )
    (one,) = findings(root)
    assert one.line == 10 and one.message.endswith("has `00041001`, the same number in BCD")


def test_unknown_number_of_a_device_listed_twice_names_both(root: Path) -> None:
    entry(root, "000050", "000043", gbcs_version="GBCS Version 4.0")
    record(root, "000999", hardware_revision="04")
    (one,) = findings(root)
    assert '"000043" or "000050"' in one.fix


def test_of_a_device_listed_twice_the_number_typed_nearly_so_is_meant(root: Path) -> None:
    entry(root, "000050", "000043", gbcs_version="GBCS Version 4.0")
    record(root, "000500", hardware_revision="04")
    (one,) = findings(root)
    assert f"git mv {OWN}/000500.yaml {OWN}/000050.yaml" in one.fix


def test_unknown_manufacturer_silences_the_foreign_identifier(root: Path) -> None:
    record(root, "000043", manufacturer="nobody", hardware_revision="04")
    assert ids(root) == ["unknown-manufacturer"]


def test_broken_manufacturer_file_still_counts_as_existing(root: Path) -> None:
    path = root / "records/manufacturers/example-meters.yaml"
    path.write_text('name: "Example"\n', encoding="utf-8", newline="\n")
    assert set(ids(root)) == {"schema"}


def test_mistyped_identifier_is_a_mismatch_and_not_foreign_as_well(root: Path) -> None:
    record(root, "000042", manufacturer_identifier="7F10")
    assert ids(root) == ["cpl-mismatch"]


def test_mistyped_version_does_not_make_its_notes_doubtful_as_well(root: Path) -> None:
    record(root, "000042", firmware_version="01073000", notes='"Notes for 01070300."')
    assert ids(root) == ["cpl-mismatch"]


def test_damaged_snapshot_makes_no_number_unknown(root: Path) -> None:
    record(root, "000042", upgrade_from='["000041"]')
    (root / "records/cpl/entries.csv").write_text("nothing\n", encoding="utf-8", newline="\n")
    assert not {"unknown-cpl-number", "unknown-upgrade-source"} & set(ids(root))


def test_source_of_another_generation_is_told(root: Path) -> None:
    entry(root, "000050", "000042", firmware_version="00000001", gbcs_version="GBCS Version 0.0")
    record(root, "000042", upgrade_from='["000050"]')
    (one,) = findings(root)
    assert one.check == "upgrade-across-models"
    assert one.message == "the source `000050` is firmware for SMETS1, this is for SMETS2+"


def test_source_for_other_hardware_is_mended_by_its_twin(root: Path) -> None:
    entry(root, "000050", "000043", firmware_version="01070200")
    record(root, "000043", hardware_revision="04", upgrade_from='["000041"]')
    (one,) = findings(root)
    assert one.fix.startswith('write "000050", the same firmware version for this model')


def test_twin_of_another_generation_is_not_suggested(root: Path) -> None:
    entry(root, "000050", "000043", firmware_version="01070200", gbcs_version="GBCS Version 0.0")
    record(root, "000043", hardware_revision="04", upgrade_from='["000041"]')
    (one,) = findings(root)
    assert one.fix == 'remove "000041" from `upgrade_from`'


def test_wrong_device_does_not_make_its_sources_foreign_as_well(root: Path) -> None:
    record(root, "000042", hardware_revision="05", upgrade_from='["000041"]')
    assert ids(root) == ["cpl-mismatch"]


def test_release_without_hash_is_one_version_of_one_model(root: Path) -> None:
    ppmid = {
        "type": "Pre-Payment Interface Device",
        "manufacturer": "sample-displays",
        "manufacturer_identifier": "7F02",
        "firmware_version": "02000000",
    }
    entry(root, "000050", "000046", hardware_version="02")
    entry(root, "000051", "000046", model_identifier="0011")
    record(
        root,
        "000046",
        **ppmid,
        model_identifier="0010",
        hardware_version="01",
        hardware_revision="01",
        notes='"One."',
    )
    record(
        root,
        "000051",
        **ppmid,
        model_identifier="0011",
        hardware_version="01",
        hardware_revision="01",
        notes='"Two."',
    )
    assert ids(root) == []
    record(
        root,
        "000050",
        **ppmid,
        model_identifier="0010",
        hardware_version="02",
        hardware_revision="01",
        notes='"Three."',
    )
    assert ids(root) == ["notes-differ-in-release"]


def test_the_text_of_fewest_records_is_the_odd_one(root: Path) -> None:
    entry(root, "000050", "000043", hardware_revision="05")
    record(root, "000043", hardware_revision="04", notes='"Another text."')
    record(root, "000050", hardware_revision="05")
    (one,) = findings(root)
    assert one.path == f"{OWN}/000043.yaml"


def test_notes_that_differ_only_in_blanks_do_not_differ(root: Path) -> None:
    record(
        root,
        "000043",
        hardware_revision="04",
        notes='"Corrects the gas day  boundary after a clock change."',
    )
    assert ids(root) == []


@pytest.mark.parametrize("width", [2, 3, 10_000])
def test_circle_of_any_length_is_found_once(width: int) -> None:
    numbers = [f"{number:06d}" for number in range(1, width + 1)]
    ring = dict(zip(numbers, ([each] for each in [*numbers[1:], numbers[0]]), strict=True))
    assert [sorted(circle) for circle in circles(ring)] == [numbers]


def test_circles_without_a_common_member_are_told_apart() -> None:
    sources = {"a": ["b"], "b": ["a", "c"], "c": ["d"], "d": ["c"], "e": ["e"], "f": ["a"]}
    assert sorted(sorted(circle) for circle in circles(sources)) == [["a", "b"], ["c", "d"]]


def test_circles_with_a_common_member_are_told_once() -> None:
    assert len(list(circles({"a": ["b", "c"], "b": ["a"], "c": ["a"]}))) == 1


def test_long_chain_is_no_circle() -> None:
    chain = {f"{n:06d}": [f"{n + 1:06d}", f"{n + 2:06d}"] for n in range(10_000)}
    assert list(circles(chain)) == []


@pytest.mark.parametrize(
    "notes",
    [
        "Maintenance.",
        "Corrects two faults of 01070200.",
        "01070300 corrects what 01070200 and 01080000 had in common.",
        "For the EG-5. Needs hub SC-2 with 03010000.",
        "Supports SMETS2 and GBCS4, see SHA-256 AB12-CD.",
        "None of the tariffs are lost. To follow the update, watch the display.",
        "Text: https://example-meters.example/a explains tariffs.",
        "Allows n/a as a tariff name.",
    ],
)
def test_ordinary_notes_are_not_doubtful(root: Path, notes: str) -> None:
    record(root, "000042", notes=f'"{notes}"')
    assert list(doubtful_notes(read_repository(root))) == []


@pytest.mark.parametrize(
    "notes",
    [
        "TBC",
        "n/a",
        "...",
        "To follow.",
        "[release notes]",
        "None",
        "Lorem ipsum dolor.",
        "Fixes <description>.",
        "ZEN-numberhere",
        "www.example-meters.example/notes",
        "Release notes: https://a.example/1 and https://a.example/2",
        "Version: 01070200",
        "Notes for the EG-9: corrects the clock.",
        "Corrects the clock of 7F01-0009-0204.",
        "v" * 9_000 + " " * 9_000 + "01070200",
    ],
)
def test_unfinished_or_misdirected_notes_are_doubtful(root: Path, notes: str) -> None:
    entry(
        root,
        "000050",
        "000043",
        label="Example Meters EG-9 meter",
        model_identifier="0009",
        image_hash="",
    )
    entry(
        root,
        "000051",
        "000040",
        firmware_version="01070200",
        model_identifier="0009",
        image_hash="",
    )
    record(root, "000042", notes=f'"{notes}"')
    assert ids(root) == ["doubtful-notes"]


def test_copied_text_in_half_a_release_is_one_finding(root: Path) -> None:
    record(root, "000041", firmware_version="01070200")
    record(root, "000043", hardware_revision="04", notes='"Corrects the gas day."')
    assert ids(root) == ["notes-differ-in-release"]


def test_parts_of_one_firmware_may_share_their_notes(root: Path) -> None:
    entry(root, "000041", "000041", image_descriptor="Fragment 1 of 2")
    entry(root, "000042", "000042", image_descriptor="Fragment 2 of 2")
    record(root, "000041", firmware_version="01070200")
    assert ids(root) == []


def test_product_name_of_a_record_is_its_own_name(root: Path) -> None:
    another = {"model_identifier": "0009", "image_hash": ""}
    entry(root, "000050", "000040", label="Example Meters EG-9 meter", **another)
    path = record(root, "000043", firmware_version="01080000", notes='"For the EG-9."')
    text = path.read_text(encoding="utf-8").replace('cpl_number: "000043"\n', "")
    pending = root / "records/pending/example-meters/7F01-0005-0203-01080000.yaml"
    pending.parent.mkdir(parents=True)
    path.unlink()
    pending.write_text(text, encoding="utf-8", newline="\n")
    assert ids(root) == ["doubtful-notes"]
    pending.write_text(f'{text}product_name: "EG-9"\n', encoding="utf-8", newline="\n")
    assert ids(root) == []


def test_standard_or_version_in_a_label_is_no_model(root: Path) -> None:
    another = {"model_identifier": "0009", "image_hash": ""}
    entry(root, "000050", "000040", label="Meter for SMETS1 01060000", **another)
    record(root, "000042", notes='"As for SMETS1, since 01060000."')
    assert ids(root) == []


def test_signs_that_show_nothing_are_blank(root: Path) -> None:
    record(root, "000042", notes='" \u2800\u3000\u00a0 "')
    assert "empty-release-notes" in ids(root)


@pytest.mark.parametrize(
    ("domain", "free"),
    [
        ("gmx.example", True),
        ("Yahoo.co.uk", True),
        ("gmail.com", True),
        ("mail.example-meters.example", False),
        ("live-meters.example", False),
        ("notgmail.com", False),
    ],
)
def test_free_mail_is_known_by_its_whole_domain(root: Path, domain: str, free: bool) -> None:
    path = root / "records/manufacturers/example-meters.yaml"
    text = path.read_text(encoding="utf-8").replace("@example-meters.example", f"@{domain}")
    path.write_text(text, encoding="utf-8", newline="\n")
    assert ids(root) == (["free-mail-contact"] if free else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Strictly CONFIDENTIAL", "confidential"),
        ("This is not confidential; non-confidential.", ""),
        ("Keeps confidentiality.", ""),
        ("Do not\n  ship.", "do not ship"),
        ("It does not shorten the log for internal reasons.", ""),
        ("Portal password: example", "password:"),
        ("Adds password protection.", ""),
        ("Company internal only", "internal only"),
        ("The internal clock, for internal useful work", ""),
        ("Supplied under NDA.", "under nda"),
        ("Agenda, standard.", ""),
        ("Has an unpatched vulnerability", "unpatched vulnerability"),
        ("Corrects a vulnerability", ""),
    ],
)
def test_markings_are_found_as_whole_words(text: str, said: str) -> None:
    assert marking(text) == said
