"""The demonstration data: the same bytes each time, sound, and of every shape the CPL has."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from around import lay_schema

from fir.cpl.read import read_cpl
from fir.demonstration import build, write
from fir.demonstration.__main__ import main
from fir.model import SMETS1, Change, Entry, Record, version_key
from fir.repository.read import read_repository, record_of
from fir.schemas import Shapes

SCHEMA = Path(__file__).parents[2] / "schema"
PPMID = "Pre-Payment Interface Device"
HUB = "Communications Hub"
ESME = "Electricity Metering Equipment"


@cache
def files() -> dict[str, bytes]:
    return build()


def rows(path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files()[path].decode("utf-8"), newline="")))


@cache
def entries() -> dict[str, Entry]:
    header, *found = rows("records/cpl/entries.csv")
    assert header == list(Entry._fields)
    return {row[0]: Entry(*row) for row in found}


@cache
def changes() -> list[Change]:
    header, *found = rows("records/cpl/changes.csv")
    assert header == list(Change._fields)
    return [Change(*row) for row in found]


def documents(folder: str) -> dict[str, Any]:
    return {
        path: yaml.load(content.decode("utf-8"), Loader=yaml.BaseLoader)
        for path, content in files().items()
        if path.startswith(f"records/{folder}")
    }


@cache
def records() -> dict[str, Record]:
    found = [record_of(path, value) for path, value in documents("firmware/").items()]
    return {record.cpl_number: record for record in found}


def by(key: Any, items: Iterable[Any]) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert build(seed=1) == files()
    assert build(seed=2) != files()
    assert build(seed=3, entries=200) == build(seed=3, entries=200)


def test_the_catalogue_fills_the_shipped_set_exactly() -> None:
    assert len(entries()) == 120
    with pytest.raises(ValueError, match="the catalogue alone has 120 entries, not 119"):
        build(entries=119)


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        ("record", "firmware/"),
        ("pending", "pending/"),
        ("manufacturer", "manufacturers/"),
        ("snapshot", "cpl/snapshot.yaml"),
        ("waivers", "waivers.yaml"),
    ],
)
def test_every_document_satisfies_its_schema(kind: str, folder: str) -> None:
    shapes = Shapes(SCHEMA)
    found = documents(folder)
    assert found
    for path, value in found.items():
        assert not [error.message for error in shapes.reference(kind).iter_errors(value)], path


def test_every_entry_satisfies_its_schema() -> None:
    shapes = Shapes(SCHEMA)
    for entry in entries().values():
        errors = shapes.reference("entry").iter_errors(entry._asdict())
        assert not [error.message for error in errors], entry.cpl_number


@pytest.mark.parametrize(
    ("schema", "folder"),
    [
        ("firmware-record", "firmware/"),
        ("pending-record", "pending/"),
        ("manufacturer", "manufacturers/"),
        ("snapshot", "cpl/snapshot.yaml"),
    ],
)
def test_keys_stand_in_the_order_of_the_schema(schema: str, folder: str) -> None:
    order = list(json.loads((SCHEMA / f"{schema}.schema.json").read_bytes())["properties"])
    for path, value in documents(folder).items():
        assert list(value) == sorted(value, key=order.index), path


def test_every_document_tells_editors_where_its_schema_is() -> None:
    for path, content in files().items():
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", content.decode("utf-8"))
        if path.endswith(".yaml"):
            assert found, path
            folder = Path("/", path).parent
            assert os.path.normpath(folder / found[1]).startswith("/schema/"), path
            assert (SCHEMA / Path(found[1]).name).is_file(), path


def test_the_reader_takes_every_file(tmp_path: Path) -> None:
    write(tmp_path, files())
    lay_schema(tmp_path)
    repository = read_repository(tmp_path)
    assert not repository.refusals
    assert not repository.misshapen
    assert not repository.misplaced
    assert len(repository.records) == len(records())
    assert repository.entries == entries()


def test_the_snapshot_says_what_it_is() -> None:
    (snapshot,) = documents("cpl/snapshot.yaml").values()
    assert snapshot["demonstration"] == "true"
    assert version_key(snapshot["version"]) < (1, 0), "no real issue is below 1.0"
    assert snapshot["entries"] == str(len(entries()))
    sha256 = hashlib.sha256(files()["records/cpl/entries.csv"]).hexdigest()
    assert snapshot["sha256"] == sha256
    assert snapshot["issued_on"] < snapshot["imported_on"]
    assert documents("waivers.yaml") == {"records/waivers.yaml": []}


def test_numbers_rise_with_issues_and_dates_and_some_are_unused() -> None:
    numbers = list(entries())
    assert numbers == sorted(numbers)
    assert int(numbers[-1]) == len(numbers) + 2
    told = [entry for entry in entries().values() if entry.first_version]
    assert 0 < len(entries()) - len(told) < 10
    assert all(entry.label and entry.first_issued_on for entry in told)
    assert told == sorted(told, key=lambda e: (version_key(e.first_version), e.cpl_number))
    assert told == sorted(told, key=lambda e: (e.first_issued_on, e.cpl_number))
    assert len({e.first_issued_on for e in told}) == len({e.first_version for e in told})
    assert {entry.first_issued_on[:4] for entry in told} >= set(map(str, range(2018, 2027)))


def test_all_types_and_both_statuses_occur() -> None:
    assert len({entry.device_type for entry in entries().values()}) == 7
    listings = Counter(entry.listing for entry in entries().values())
    assert listings["removed"] >= 4
    assert listings["no-longer-listed"] == 1


def test_certificates_are_where_the_type_needs_them() -> None:
    for entry in entries().values():
        smets1 = entry.generation == SMETS1
        needs_cpa = not smets1 and entry.device_type != PPMID
        assert bool(entry.cpa_certificate) == bool(entry.cpa_expiry) == needs_cpa
        needs_dlms = not smets1 and entry.device_type.endswith(ESME)
        assert bool(entry.dlms_certificate) == bool(entry.dlms_version) == needs_dlms
        assert bool(entry.zse_certificate) == bool(entry.zse_version) != smets1
        not_relevant = entry.cpa_security_characteristics == "Not Relevant"
        assert not_relevant == (not smets1 and entry.device_type == PPMID)
        assert bool(entry.image_creator) == bool(entry.image_hash)
        assert entry.image_hash or not entry.image_descriptor


PAIRS = {
    "Communications Hub": "1.0/1.1 1.1/2.0 1.1/2.1 1.3/3.2 1.4/4.0 1.5/4.1",
    "Gas Smart Meter": "2.0/1.1 3.1/2.0 3.1/2.1 4.2/3.2 4.3/3.2 4.3/4.0 4.3/4.1",
    "Pre-Payment Interface Device": "2.0/1.1 3.1/2.0 3.1/2.1 4.2/3.2 4.3/3.2 4.3/4.0 4.4/4.1",
    # 1.0 left the list of allowed versions; the rows that have it keep it
    "": "2.0/1.0 2.0/1.1 3.1/2.0 3.1/2.1 4.2/3.2 5.0/4.0 5.1/4.1",
}


@pytest.mark.parametrize("number", [120, 600])
def test_specifications_are_pairs_that_the_type_allows(number: int) -> None:
    text = build(entries=number)["records/cpl/entries.csv"].decode("utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        smets, gbcs = row["smets_chts_version"], row["gbcs_version"]
        if gbcs == "GBCS Version 0.0":
            assert smets == "SMETS V1.2"
            continue
        family, _, version = smets.partition(" V")
        assert family == ("CHTS" if row["device_type"] == HUB else "SMETS")
        pair = f"{version}/{gbcs.removeprefix('GBCS Version ')}"
        assert pair in PAIRS.get(row["device_type"], PAIRS[""]).split(), row


def test_an_image_is_shared_by_hardware_versions_and_by_device_types() -> None:
    hashed = [entry for entry in entries().values() if entry.image_hash]
    groups = by(lambda e: e.image_hash, hashed).values()
    assert any(len({e.hardware_version for e in group}) > 1 for group in groups)
    assert any(len({e.device_type for e in group}) == 3 for group in groups)
    assert max(map(len, groups)) >= 5


def test_one_image_is_listed_in_bcd_and_again_in_hex() -> None:
    groups = by(lambda e: e.image_hash, entries().values())
    assert {"00041001", "00040A01"} in [{e.firmware_version for e in g} for g in groups.values()]


def test_one_release_comes_in_two_fragments_and_one_for_the_radio_alone() -> None:
    descriptors = " ".join(entry.image_descriptor for entry in entries().values())
    assert "Fragment 1 of 2" in descriptors
    assert "Fragment 2 of 2" in descriptors
    assert "Radio image only" in descriptors
    assert all(len(entry.image_descriptor) <= 45 for entry in entries().values())


def test_firmware_is_listed_again_with_another_gbcs_version() -> None:
    groups = by(lambda e: e.device, entries().values()).values()
    again = [g for g in groups if len({e.gbcs_version for e in g}) == 2]
    assert any({e.status for e in group} == {"Current"} for group in again)
    assert any({e.status for e in group} == {"Current", "Removed"} for group in again)


def test_numbers_and_versions_disagree_on_parallel_tracks_and_in_smets1() -> None:
    disagreeing = set()
    for line, group in by(lambda e: e.line, entries().values()).items():
        current = [e for e in group if e.listing == "current"]
        if current and current[-1].firmware_version != max(e.firmware_version for e in current):
            disagreeing.add((line.type, line.generation))
    assert ("Gas Smart Meter", "SMETS2+") in disagreeing
    assert {kind for kind, generation in disagreeing if generation == SMETS1} >= {
        HUB,
        PPMID,
        "Gas Smart Meter",
        f"Single Element {ESME}",
    }


def test_one_device_model_has_firmware_of_both_generations() -> None:
    generations = by(lambda e: e.line._replace(generation=""), entries().values())
    assert any(len({e.generation for e in group}) == 2 for group in generations.values())


def test_identifiers_are_shared_as_on_the_real_list() -> None:
    users = by(lambda r: r.device.manufacturer_identifier, records().values())
    assert any(len({record.manufacturer for record in group}) == 2 for group in users.values())
    inventory = by(lambda e: e.device.inventory_strings, entries().values())
    assert any(len({e.device_type for e in group}) == 2 for group in inventory.values())


def test_each_record_repeats_its_entry_and_belongs_to_its_maker() -> None:
    known = {Path(path).stem: value for path, value in documents("manufacturers/").items()}
    for record in records().values():
        assert record.device == entries()[record.cpl_number].device
        identifiers = known[record.manufacturer]["manufacturer_identifiers"]
        assert record.device.manufacturer_identifier in identifiers


def test_about_a_fifth_of_the_entries_has_no_record() -> None:
    gaps = [entry for number, entry in entries().items() if number not in records()]
    assert 0.2 <= len(gaps) / len(entries()) <= 0.25
    recent = [e for e in gaps if e.first_issued_on >= "2019-02-28" and e.listing == "current"]
    assert {e.device_type for e in recent} >= {"Gas Smart Meter", f"Single Element {ESME}"}
    nameless = {e.manufacturer_identifier for e in entries().values()}
    for value in documents("manufacturers/").values():
        nameless -= set(value["manufacturer_identifiers"])
    assert len(nameless) == 2


def test_upgrades_are_stated_within_the_line_and_make_chains() -> None:
    stated = {n: r.upgrade_from for n, r in records().items() if r.upgrade_from is not None}
    assert () in stated.values()
    for number, sources in stated.items():
        for source in sources:
            assert entries()[source].line == entries()[number].line
            assert source < number
    before = {n: {b for s in sources for b in stated.get(s, ())} for n, sources in stated.items()}
    assert any(earlier - set(stated[n]) for n, earlier in before.items()), "none needs two steps"
    assert any(len(sources) > 1 for sources in stated.values())


def test_firmware_is_withdrawn_with_and_without_a_replacement() -> None:
    withdrawn = {n: r.withdrawn for n, r in records().items() if r.withdrawn}
    replaced = {n: w.replaced_by for n, w in withdrawn.items() if w.replaced_by}
    assert replaced and len(replaced) < len(withdrawn)
    for number, replacement in replaced.items():
        assert entries()[replacement].line == entries()[number].line


def test_optional_fields_occur_and_are_left_out() -> None:
    for field in ("product_name", "released_on", "release_notes_url", "outage_note"):
        given = [record for record in records().values() if getattr(record, field)]
        assert given and len(given) < len(records()), field
    outages = {record.outage_alert_on_activation for record in records().values()}
    assert outages == {None, "expected", "not-expected", "unknown"}
    assert any(record.corrections for record in records().values())
    named = sum(record.product_name is not None for record in records().values())
    assert named / len(records()) > 0.8
    for record in records().values():
        first = entries()[record.cpl_number].first_issued_on
        assert not (record.released_on and first) or record.released_on < first


def test_notes_are_varied_and_shared_by_a_release_only() -> None:
    notes = by(lambda r: r.release_notes, records().values())
    assert len(notes) > 40
    for text, group in notes.items():
        assert len({entries()[r.cpl_number].image_hash for r in group}) == 1, text
    assert any("\n\n" in text and "\n- " in text for text in notes)
    assert any("https://" in text for text in notes)
    assert any(text.count("\n") == 1 for text in notes)


def test_companies_have_every_kind_of_contact() -> None:
    values = list(documents("manufacturers/").values())
    assert 6 <= len(values) <= 8
    for key in ("contact_by_device_type", "succeeded_by", "also_known_as", "website"):
        assert any(key in value for value in values), key
    assert {value["contact"]["address"]["country"] for value in values} >= {"GB", "DE", "DK"}
    slugs = {Path(path).stem for path in documents("manufacturers/")}
    assert {value["succeeded_by"] for value in values if "succeeded_by" in value} <= slugs


def test_three_records_wait_for_a_number_nobody_has() -> None:
    waiting = [record_of(path, value) for path, value in documents("pending/").items()]
    assert len(waiting) == 3
    listed = {entry.device for entry in entries().values()}
    assert not listed & {record.device for record in waiting}


def test_changes_end_at_what_the_entries_say() -> None:
    last: dict[tuple[str, str], Change] = {}
    for change in changes():
        before = last.get((change.cpl_number, change.field))
        assert before is None or before.after == change.before
        assert change.before != change.after
        last[change.cpl_number, change.field] = change
    for (number, field), change in last.items():
        assert getattr(entries()[number], field) == change.after
    issues = [(version_key(change.version), change.issued_on) for change in changes()]
    assert issues == sorted(issues)
    for change in changes():
        entry = entries()[change.cpl_number]
        if change.before == "" and change.field == "status" and entry.first_version:
            assert change[:2] == (entry.first_version, entry.first_issued_on)


def test_the_history_holds_each_kind_of_change() -> None:
    fields = by(lambda c: c.field, changes())
    kinds = Counter((change.before, change.after) for change in fields["status"])
    assert kinds.pop(("", "Current")) == len(entries())
    assert set(kinds) == {("Current", "Removed"), ("Removed", "Current")}
    assert len(fields["image_hash"]) == 1
    assert fields["dlms_certificate"]
    assert fields["last_listed_version"]
    bulk = Counter(change.version for change in fields["cpa_expiry"])
    assert max(bulk.values()) >= 10
    expiring = {entry.cpa_certificate[:3] for entry in entries().values()}
    assert expiring == {"", "[E]", "[R]"}


def test_nothing_can_reach_a_real_company() -> None:
    for path, content in build(entries=600).items():
        text = content.decode("utf-8")
        for host in re.findall(r"(?:https?://|@)([A-Za-z0-9.-]+)", text):
            assert host.rstrip(".").endswith(".example"), (path, host)
        for number in re.findall(r"\+[0-9]+", text):
            assert re.fullmatch(r"\+441632960[0-9]{3}", number), (path, number)


def test_any_number_of_entries_can_be_had() -> None:
    built = build(entries=2_500, coverage=1.0)
    snapshot = yaml.load(built["records/cpl/snapshot.yaml"], Loader=yaml.BaseLoader)
    assert snapshot["entries"] == "2500"
    assert version_key(snapshot["version"]) < (0, 600), "an issue number has three digits"
    assert built["records/cpl/entries.csv"].decode("utf-8").count("\n") - 1 == 2_500
    made = [path for path in built if path.startswith("records/firmware/")]
    assert len(made) == len(records()) + 2_500 - 120
    assert max(Counter(str(Path(path).parent) for path in made).values()) < 1_000
    size = sum(len(built[path]) for path in made) / len(made)
    assert 1_000 < size < 1_600
    few = build(entries=2_500, coverage=0.5)
    share = sum(path.startswith("records/firmware/") for path in few) - len(records())
    assert 0.45 < share / (2_500 - 120) < 0.55


def test_the_command_writes_what_build_returns(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 0
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert written == files()
    assert main([str(tmp_path)]) == 0, "writing the same again is no conflict"


def test_the_command_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waivers = tmp_path / "records/waivers.yaml"
    waivers.parent.mkdir()
    waivers.write_bytes(b"- ours\n")
    assert main([str(tmp_path)]) == 1
    assert "records/waivers.yaml is there already and differs" in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [waivers]


def test_nothing_is_taken_from_the_real_list(real_cpl: Path) -> None:
    real = read_cpl(real_cpl).entries.values()
    assert len(real) > 700
    devices = {entry.device.inventory_strings for entry in real}
    hashes = {entry.image_hash for entry in real} - {""}
    makers = {identifier for identifier, _, _ in devices}
    text = build(entries=2_500)["records/cpl/entries.csv"].decode("utf-8")
    ours = [Entry(*row) for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert not makers & {entry.manufacturer_identifier for entry in ours}
    assert not devices & {entry.device.inventory_strings for entry in ours}
    assert not hashes & {entry.image_hash for entry in ours}
    assert not hashes & {value for change in changes() for value in change}
