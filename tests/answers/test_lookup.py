"""`fir find`: how a query is read, which entries it means, and what is said of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from around import MANUFACTURER, RECORD, change, lay, put
from hypothesis import given
from hypothesis import strategies as st

from fir.answers import Answers
from fir.answers.as_json import found_json
from fir.answers.as_text import render
from fir.answers.lookup import Found, find
from fir.answers.query import Part, QueryRefused, parse
from fir.cpl.read import read_cpl
from fir.model import Repository
from fir.repository.read import read_repository

HASH = "403EE49E0105FB60951DCDDBA2EF895041C5459993211B07A3C1E93B841C3BB1"
FORMER = "AB" * 32
COLUMNS = "version,issued_on,cpl_number,field,before,after\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The small repository, with names, a former hash, and one firmware under two numbers."""
    root = lay(tmp_path_factory.mktemp("find") / "root")
    change(root, RECORD, "release_notes:", 'product_name: "Émile Gas 200"\nrelease_notes:')
    change(root, MANUFACTURER, "contact:", 'also_known_as: ["Musterzähler GmbH"]\ncontact:')
    former = f"0.003,2026-09-01,000044,image_hash,{FORMER},A1F6\n"
    put(root, "records/cpl/changes.csv", COLUMNS + former)
    return read_repository(root)


@pytest.fixture(scope="module")
def answers(repository: Repository) -> Answers:
    return Answers(repository)


@pytest.fixture
def look(repository: Repository, answers: Answers) -> Looker:
    return Looker(repository, answers)


class Looker:
    def __init__(self, repository: Repository, answers: Answers) -> None:
        self.repository = repository
        self.answers = answers

    def up(self, query: str) -> Found:
        return find(query, self.repository, self.answers)

    def numbers(self, query: str) -> list[str]:
        return [hit.entry.cpl_number for hit in self.up(query).hits]

    def text(self, query: str) -> str:
        assert self.repository.snapshot
        return render(self.up(query), self.repository, self.repository.snapshot)

    def json(self, query: str) -> dict[str, object]:
        assert self.repository.snapshot
        found = found_json(query, self.up(query), self.repository, self.repository.snapshot)
        read: dict[str, object] = json.loads(json.dumps(found, allow_nan=False))
        return read


@pytest.mark.parametrize(
    "query",
    [
        "42",
        "000042",
        "CPL 000042",
        "7F01 00050203 01070300",
        "01070300 00050203 7F01",
        "7f01 00050203 01070300",
        "7F:01 00:05:02:03 01:07:03:00",
        "0x7F01 0x00050203 0x01070300",
        "7F01-0005-0203 01070300",
        "7F01-0005-0203-01070300",
        "7F01 0005 0203 01070300",
        "7F 01 00 05 02 03 01 07 03 00",
        "7F0100050203 01070300",
        "7F01, 00050203; 01070300",
        f"{HASH} 00050203",
        "42 example 7F01",
        "GSME 7F01 00050203 01070300",
        "Émile",
        "emile gas",
        "gas 200",
        "42 gas",
    ],
)
def test_one_entry_is_found_however_it_is_written(look: Looker, query: str) -> None:
    assert look.numbers(query) == ["000042"]
    assert look.up(query).as_typed


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("7F01-0005-0203", ["000040", "000041", "000042", "000048"]),
        ("7F01-0005", ["000040", "000041", "000042", "000043", "000048"]),
        ("01070300", ["000042", "000043"]),
        (HASH, ["000042", "000043"]),
        (HASH[:6].lower(), ["000042", "000043"]),
        (":".join(re.findall("..", HASH)), ["000042", "000043"]),
        ("7F02", ["000046", "000047"]),
        ("CHF", ["000047"]),
        ("gpf 7F02", ["000047"]),
        ("SAPC", ["000044", "000045", "000049"]),
        ("ESME 7F01", ["000044", "000045", "000049"]),
        ("musterzahler hub", []),
        ("Musterzähler electricity", ["000044", "000045", "000049"]),
        ("sample displays", ["000046", "000047"]),
        ("EG-5", ["000040", "000041", "000042", "000043", "000048"]),
        ("polyphase", []),
    ],
)
def test_every_part_of_a_query_must_hold(look: Looker, query: str, numbers: list[str]) -> None:
    assert look.numbers(query) == numbers


@pytest.mark.parametrize("query", ["00050203 00050203", "7F01 7F01", "7F01 00050203 00050203"])
def test_two_parts_never_mean_the_same_digits(look: Looker, query: str) -> None:
    """A firmware that happens to be written like the model must not be taken for known."""
    assert look.numbers(query) == []


def test_parts_in_the_order_of_the_inventory_are_read_so(look: Looker) -> None:
    """`0203` and `0005` might be model and hardware or the reverse: what is in order wins."""
    assert look.numbers("7F01 0005 0203 01070300") == ["000042"]
    assert look.numbers("0203 7F01 0005 01070300") == ["000042"]


@pytest.mark.parametrize(
    ("query", "coding"),
    [
        ("00040A01", "BCD"),
        ("7F01 00060100 00040A01", "BCD"),
        ("7F010006010000040A01", "BCD"),
        ("0.4.16.1", "decimal"),
        ("4.10.1", "BCD"),
        ("266241", "decimal"),
    ],
)
def test_another_coding_is_found_and_said(look: Looker, query: str, coding: str) -> None:
    found = look.up(query)
    assert [hit.entry.cpl_number for hit in found.hits] == ["000044"]
    assert not found.as_typed
    assert found.hits[0].readings[-1].coding == coding
    assert look.text(query).startswith("Not on the CPL as typed. Found by another reading:\n")
    assert f"firmware version 00041001, if what was typed is {coding}\n" in look.text(query) or (
        "Device Model and firmware version" in look.text(query)
    )


def test_another_coding_does_not_make_a_device_known(look: Looker) -> None:
    unknown = look.up("7F01 00060100 00040A01").unknown
    assert unknown
    assert unknown.answer.answer == "unknown-firmware"


def test_what_is_listed_as_typed_comes_before_another_coding(look: Looker) -> None:
    assert look.numbers("00041000") == ["000045"]
    assert look.up("00041000").as_typed


def test_a_second_reading_is_not_tried_where_a_first_one_finds(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(root, "records/cpl/entries.csv", "7F01,0006,01,00,00041000", "7F01,0006,01,00,00040A01")
    change(root, RECORD, "release_notes:", 'product_name: "Meter 44"\nrelease_notes:')
    repository = read_repository(root)
    look = Looker(repository, Answers(repository))
    assert look.numbers("00040A01") == ["000045"]
    assert look.numbers("00041001") == ["000044"]
    assert look.numbers("44") == ["000044"], "a number alone is a number"
    assert look.numbers("meter 44") == ["000042", "000044"], "beside a name it may be part of it"


def test_a_former_hash_is_found_and_said(look: Looker) -> None:
    assert look.numbers(FORMER[:10]) == ["000044"]
    assert "as an image hash that the CPL has since corrected" in look.text(FORMER)
    assert look.numbers("AB" * 2) == []


def test_five_digits_of_a_hash_are_too_few(look: Looker) -> None:
    assert look.numbers(HASH[:5]) == []


def test_a_number_alone_is_not_looked_for_in_names(look: Looker) -> None:
    """`200` is a word of a product's name; `46` is a number, and the beginning of no word."""
    assert look.numbers("200") == ["000042"]
    assert look.numbers("5") == look.numbers("EG-5")
    assert look.numbers("46") == ["000046"]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("9999 00050203 01070300", "unknown-manufacturer"),
        ("7F01 00990203 01070300", "unknown-model"),
        ("7F01 00050203 99070300", "unknown-firmware"),
        ("99070300 00050203 7F01", "unknown-firmware"),
        ("7F01-0005-0203-99070300", "unknown-firmware"),
        ("7F01 00050203 01070300 CHF", "unknown-model"),
        ("IHD", "never-listed"),
        ("type 2 7F01 00050203 01070300", "never-listed"),
    ],
)
def test_a_device_that_is_not_listed_says_how_far_it_is_known(
    look: Looker, query: str, answer: str
) -> None:
    found = look.up(query)
    assert found.hits == ()
    assert found.unknown
    assert found.unknown.answer.answer == answer
    assert look.json(query)["unknown"]["answer"] == answer  # type: ignore[index]


@pytest.mark.parametrize("more", ["banana", "99", "GSME CHF"])
def test_a_listed_device_is_not_called_unknown_because_of_another_part(
    look: Looker, more: str
) -> None:
    query = f"{more} 7F01 00050203 01070300"
    assert look.up(query).hits == ()
    assert look.up(query).unknown is None
    assert "`7F01`, as manufacturer identifier" in look.text(query)


def test_what_is_listed_for_the_same_device_model_is_named(look: Looker) -> None:
    said = look.text("7F01 00050203 99070300")
    assert said.startswith("NOT ON THE CPL. The CPL lists this Device Model, but not with")
    assert "01070100 (CPL 000040), 01070200 (CPL 000041), 01070300 (CPL 000042)" in said
    assert "+441632960123" in said


def test_nobody_to_call_means_the_panel(look: Looker) -> None:
    assert "ask the SEC Panel: fir@panel.example" in look.text("9999 00050203 01070300")


def test_each_part_says_whether_it_is_known(look: Looker) -> None:
    found = look.up("displays banana 7F01")
    assert found.known == (True, False, True)
    assert "`banana`, as words: not known\n" in look.text("displays banana 7F01")


def test_text_begins_with_the_answer_and_names_whom_to_call(look: Looker) -> None:
    lines = look.text("40").splitlines()
    assert lines[0] == (
        "NEWER EXISTS. 2 newer firmware versions are listed for this exact device; "
        "the latest is 01070300 (CPL 000042)."
    )
    assert lines[1].startswith("Rests on: First CPL number and firmware version, which both rise")
    for wanted in (
        "  CPL number    000040 Current",
        "  Inventory     7F01 00050203 01070100",
        "  Record        none yet, due from whoever submitted the entry (F2.17)",
        "  Directly?     not stated: ask before you install",
        "    +441632960123",
        "    firmware@example-meters.example",
        "    no record: nobody has supplied its notes",
        "    Corrects the gas day boundary after a clock change.",
        "CPL 0.003, issued 2026-09-01; demonstration data, all of it invented",
    ):
        assert wanted in lines


def test_several_hits_stand_one_a_line(look: Looker) -> None:
    lines = look.text("7F01-0005-0203").splitlines()
    assert lines[0] == "4 entries"
    assert lines[2] == (
        "000040  newer-exists      7F01-0005-0203  01070100  3.2   Example Meters EG-5 gas meter"
    )
    assert len(lines) == 8


def test_json_gives_the_answer_for_each_hit(look: Looker) -> None:
    said = look.json("40")
    assert list(said) == [
        "query",
        "cpl_version",
        "cpl_issued_on",
        "demonstration",
        "parts",
        "as_typed",
        "hits",
        "unknown",
    ]
    [hit] = said["hits"]  # type: ignore[misc]
    assert hit["cpl_number"] == "000040"
    assert hit["entry"]["dlms_certificate"] is None
    assert {key: hit[key] for key in ("answer", "listing", "newer", "withdrawn", "recorded")} == {
        "answer": "newer-exists",
        "listing": "current",
        "newer": "exists",
        "withdrawn": False,
        "recorded": False,
    }
    assert [each["cpl_number"] for each in hit["candidates"]["newer"]] == ["000041", "000042"]
    assert hit["candidates"]["unclear"] == []
    assert hit["latest"]["firmware_version"] == "01070300"
    assert hit["basis"] == "order"
    assert hit["way"]["direct"] == "not-stated"
    assert hit["way"]["since"][0]["release_notes"] is None
    assert hit["whom"] == [
        {
            "slug": "example-meters",
            "name": "Example Meters Ltd",
            "website": None,
            "succeeded_by": None,
            "email": "firmware@example-meters.example",
            "telephone": "+441632960123",
            "business_address": "Unit 4, Example Park, Exampleton EX1 2MP, GB",
            "confirmed_on": "2026-10-01",
        }
    ]


def test_a_removed_number_of_a_firmware_that_is_current_says_both(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    path = "records/cpl/entries.csv"
    change(root, path, "7F01,0006,01,00,00041000", "7F01,0006,01,00,00041001")
    repository = read_repository(root)
    look = Looker(repository, Answers(repository))
    assert "000044 Current, 000045 Removed" in look.text("45")
    assert look.up("45").hits[0].answer.answer == "latest"


def test_stated_steps_withdrawal_and_successor_are_told(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    record = (root / RECORD).read_text(encoding="utf-8")
    withdrawn = 'withdrawn: {on: "2026-08-01", reason: "Display freezes.", replaced_by: "000042"}\n'
    for number, version, more in (
        ("000041", "01070200", 'upgrade_from: ["000040"]\n'),
        ("000048", "01070000", ""),
        ("000040", "01070100", withdrawn),
    ):
        text = record.replace("000042", number).replace("01070300", version)
        put(root, f"records/firmware/example-meters/{number}.yaml", text + more)
    more = (
        'upgrade_from: ["000041"]\noutage_alert_on_activation: "expected"\noutage_note: "4 min"\n'
    )
    put(root, RECORD, record + more)
    change(root, MANUFACTURER, "contact:", 'succeeded_by: "sample-displays"\ncontact:')
    repository = read_repository(root)
    look = Looker(repository, Answers(repository))
    said = look.text("40")
    assert said.startswith(
        "WITHDRAWN. The manufacturer withdrew this firmware on 2026-08-01: Display freezes. "
        "Install CPL 000042 instead. 2 newer firmware versions"
    )
    assert "no, in 2 steps: 01070200 (CPL 000041), then 01070300 (CPL 000042)" in said
    assert "  Outage alert  expected: 4 min\n" in said
    assert "    the same notes as 01070200\n" in said
    assert said.index("Example Meters Ltd") < said.index("Sample Displays Ltd")
    assert "NO LONGER LISTED. The CPL last listed this firmware in version 0.002." in look.text(
        "48"
    )


@pytest.mark.parametrize("query", ["", " ", "!", "-- ::", "x" * 1_001, "a " * 21])
def test_a_query_without_sense_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused):
        parse(query)


def test_a_query_is_read_part_by_part() -> None:
    assert [part.text for part in parse("12 34 type 2 ab 42")] == ["12 34", "type 2", "ab 42"]
    assert [part.text for part in parse("gas 42 x")] == ["gas", "42", "x"]
    number = parse("1234")[0]
    assert isinstance(number, Part)
    assert [reading.means for reading in number.readings if not reading.second] == [
        "cpl_number",
        "manufacturer_identifier",
        "model_identifier",
        "hardware",
    ]


@given(st.text(max_size=60))
def test_no_query_breaks_the_look_up(repository: Repository, answers: Answers, query: str) -> None:
    look = Looker(repository, answers)
    try:
        said = look.text(query)
    except QueryRefused:
        return
    assert all(character.isprintable() for character in said.replace("\n", ""))
    look.json(query)


@given(
    st.lists(st.sampled_from(["0000", "00000000", "7F01", "42", "gas", "00", "0005"]), max_size=20)
)
def test_ambiguous_queries_take_no_time(
    repository: Repository, answers: Answers, words: list[str]
) -> None:
    find(" ".join(["gas", *words][:20]), repository, answers)


def test_every_entry_of_the_real_cpl_is_found_by_what_the_inventory_shows(
    repository: Repository, real_cpl: Path
) -> None:
    issue = read_cpl(real_cpl)
    real = repository._replace(entries=issue.entries, changes=(), records=(), manufacturers={})
    look = Looker(real, Answers(real))
    for number, entry in list(issue.entries.items())[::7]:
        assert look.numbers(number) == [number]
        found = look.up(" ".join(entry.device.inventory_strings).lower())
        assert found.as_typed
        assert {hit.entry.device for hit in found.hits} == {entry.device}
        assert number in {hit.entry.cpl_number for hit in found.hits}
        if entry.image_hash:
            assert number in look.numbers(entry.image_hash[:12])
