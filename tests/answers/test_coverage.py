"""`fir coverage`: which entries count as required, covered and missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from around import RECORD, change, lay, put

from fir.answers.coverage import Coverage, coverage
from fir.model import Repository
from fir.report.coverage import coverage_json, coverage_text
from fir.repository.read import read_repository

PENDING = "records/pending/example-meters/7F01-0005-0205-01080000.yaml"


def read(root: Path) -> tuple[Repository, Coverage]:
    repository = read_repository(root)
    return repository, coverage(repository)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


def missing(found: Coverage) -> dict[str, bool]:
    return {each.entry.cpl_number: each.required for each in found.missing}


def test_every_entry_counts_and_only_current_ones_are_required(root: Path) -> None:
    _, found = read(root)
    assert found.counts == {"entries": 10, "required": 8, "covered": 1, "missing": 9}
    assert missing(found)["000045"] is False, "Removed"
    assert missing(found)["000048"] is False, "no longer listed"
    assert missing(found)["000040"] is True


def test_required_gaps_come_first_then_by_number(root: Path) -> None:
    _, found = read(root)
    assert list(missing(found)) == [
        *("000040", "000041", "000043", "000044", "000046", "000047", "000049"),
        *("000045", "000048"),
    ]


def test_the_policy_says_which_types_and_since_when(root: Path) -> None:
    policy = "schema/policy.yaml"
    before = '  Gas Smart Meter:\n    records: "required"\n    required_from: "2019-02-28"'
    change(root, policy, before, before.replace("2019-02-28", "2026-04-01"))
    before = '  Communications Hub:\n    records: "required"\n    required_from: "2019-02-28"'
    change(root, policy, before, '  Communications Hub:\n    records: "optional"')
    _, found = read(root)
    assert missing(found)["000043"] is True, "first issued after the day"
    assert missing(found)["000040"] is False, "first issued before it"
    assert missing(found)["000047"] is False, "an optional type"


def test_a_type_whose_records_are_not_accepted_has_no_gaps(root: Path) -> None:
    before = '  Communications Hub:\n    records: "required"\n    required_from: "2019-02-28"'
    change(root, "schema/policy.yaml", before, '  Communications Hub:\n    records: "not_accepted"')
    _, found = read(root)
    assert "000047" not in missing(found)
    assert found.by_type["Communications Hub"] == {
        "entries": 1,
        "required": 0,
        "covered": 0,
        "missing": 0,
    }
    assert found.counts["missing"] == 8


def test_parts_add_up_to_the_whole(root: Path) -> None:
    _, found = read(root)
    for groups in (found.by_type, found.by_manufacturer):
        for name, count in found.counts.items():
            assert sum(counts[name] for counts in groups.values()) == count


def test_json_has_the_promised_shape(root: Path) -> None:
    repository, found = read(root)
    said = json.loads(json.dumps(coverage_json(found, repository)))
    assert list(said) == ["counts", "by_type", "by_manufacturer", "missing"]
    assert said["by_type"][0] == {
        "device_type": "Communications Hub",
        "entries": 1,
        "required": 1,
        "covered": 0,
        "missing": 1,
    }
    assert said["by_manufacturer"][0] == {
        "manufacturer_identifier": "7F01",
        "manufacturers": ["example-meters"],
        "entries": 8,
        "required": 6,
        "covered": 1,
        "missing": 7,
    }
    assert said["missing"][0] == {
        "cpl_number": "000040",
        "device_type": "Gas Smart Meter",
        "manufacturer_identifier": "7F01",
        "required": True,
    }
    assert len(said["missing"]) == said["counts"]["missing"]


def test_text_says_what_is_due_and_who_is_known(root: Path) -> None:
    text = (root / RECORD).read_text(encoding="utf-8").replace('cpl_number: "000042"\n', "")
    text = text.replace('hardware_revision: "03"', 'hardware_revision: "05"')
    put(root, PENDING, text.replace("01070300", "01080000"))
    repository, found = read(root)
    lines = coverage_text(found, repository).splitlines()
    assert lines[:3] == [
        "10 CPL entries, 1 with a record",
        "7 of 8 required records are missing, due from whoever submitted the entry (F2.17)",
        "1 pending record waiting for a CPL number",
    ]
    assert "7F01                8         6        1        7  Example Meters Ltd" in lines
    assert "000040  required  7F01-0005-0203  01070100  Example Meters EG-5 gas meter" in lines


def test_nothing_missing_is_not_a_list_without_lines(root: Path) -> None:
    repository, found = read(root)
    said = coverage_text(found._replace(missing=()), repository)
    assert "Missing" not in said
