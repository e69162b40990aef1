"""The answer: rule by rule, and entry by entry against `oracle`, which works it out its own way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import count, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import oracle
import pytest
from around import lay_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import GAS, HUB, POLYPHASE, SINGLE, TWIN, entry, maker, record, repository

from fir.answers import Answer, Answers, Firmware, Way, image_kind, way_between
from fir.cpl.read import read_cpl
from fir.demonstration import build, write
from fir.model import (
    SMETS1,
    Entry,
    Line,
    Record,
    Repository,
    Withdrawal,
    version_key,
)
from fir.repository.read import read_repository

SCHEMA = Path(__file__).parents[2] / "schema"


def answer(listed: Entry, entries: Iterable[Entry], records: Iterable[Record] = ()) -> Answer:
    return Answers(repository(entries, records)).of_entry(listed)


def versions(firmware: Iterable[Firmware]) -> list[str]:
    return [each.version for each in firmware]


def numbers(firmware: Iterable[Firmware]) -> list[int]:
    return [int(each.first_number) for each in firmware]


# Held to the oracle


class Outcome(NamedTuple):
    """What both ways of computing say, of one entry."""

    listing: str
    newer: str
    newer_firmware: frozenset[str]
    unclear_firmware: frozenset[str]
    latest: str | None
    withdrawn: bool
    recorded: bool
    answer: str
    target: str | None
    direct: str | None
    steps: int
    since: frozenset[str]


def outcome(answer: Answer) -> Outcome:
    way = answer.way
    return Outcome(
        answer.listing,
        answer.newer,
        frozenset(versions(answer.newer_firmware)),
        frozenset(versions(answer.unclear_firmware)),
        answer.latest.version if answer.latest else None,
        answer.withdrawn,
        answer.recorded,
        answer.answer,
        way.target.version if way else None,
        way.direct if way else None,
        len(way.steps) if way else 0,
        frozenset(
            each.firmware.version
            for each in (way.since if way else ())
            # A step to install is told even where, in a circle, it is not called newer.
            if each.firmware not in way.steps or each.firmware in answer.newer_firmware
        ),
    )


def expected(state: Repository) -> dict[str, Outcome]:
    entries = [each._asdict() for each in state.entries.values()]
    statements = {number: statement(each) for number, each in state.by_number.items()}
    found = {}
    for number, said in oracle.expected(entries, statements).items():
        target = said.latest if said.latest in said.newer_firmware else None
        found[number] = Outcome(
            *said[:8],
            target,
            said.direct[target] if target else None,
            said.steps.get(target, 0) if target else 0,
            said.since,
        )
    return found


def statement(record: Record) -> dict[str, Any]:
    return {
        "upgrade_from": record.upgrade_from,
        "released_on": record.released_on,
        "withdrawn": record.withdrawn is not None,
        "replaced_by": record.withdrawn.replaced_by if record.withdrawn else None,
    }


def hold(state: Repository) -> dict[str, Answer]:
    """Every answer, once it agrees with the oracle and breaks no promise."""
    answers = Answers(state)
    given = {number: answers.of_entry(each) for number, each in state.entries.items()}
    assert {number: outcome(each) for number, each in given.items()} == expected(state)
    directed = {each.line for record, each in state.listed if directs(record)}
    for each in given.values():
        keeps_its_promises(each, directed)
    return given


def directs(record: Record) -> bool:
    """Whether it puts one firmware after another, perhaps over a third."""
    return bool(record.upgrade_from or (record.withdrawn and record.withdrawn.replaced_by))


def keeps_its_promises(answer: Answer, directed: set[Line]) -> None:
    this = answer.firmware
    assert this is not None
    for other in (*answer.newer_firmware, *answer.unclear_firmware):
        assert other is not this and other.line == this.line
        assert any(
            each.listing == "current" and not withdrawn(other, each) for each in other.entries
        )
    for newer in answer.newer_firmware:
        if this.line not in directed and not (dated(this) and dated(newer)):
            assert int(newer.first_number) > int(this.first_number)
            assert int(newer.version, 16) > int(this.version, 16)
            assert highest_gbcs(newer) >= lowest_gbcs(this)
    if answer.answer == "latest":
        assert answer.listing == "current" and not answer.withdrawn
        assert not answer.newer_firmware and not answer.unclear_firmware
        assert answer.latest is this
    if answer.latest is this:
        assert answer.newer == "none" and answer.answer == "latest"
    if answer.unclear_firmware and not answer.newer_firmware:
        assert answer.newer == "unclear"
        assert answer.answer in ("unclear", "withdrawn", "removed", "no-longer-listed")
    if answer.way:
        leads_there(answer)


def leads_there(answer: Answer) -> None:
    """Every step is stated and on offer; what changed ends with the target and names its gaps."""
    this, way = answer.firmware, answer.way
    assert this and way
    assert way.target is answer.latest and way.target in answer.newer_firmware
    for before, after in pairwise([this, *way.steps]):
        assert after.offered
        assert any(
            source.cpl_number in (after.records[to.cpl_number].upgrade_from or ())
            for source in before.entries
            for to in after.entries
            if to.cpl_number in after.records
        )
    if way.steps:
        assert way.steps[-1] is way.target
    assert way.since[-1].firmware is way.target
    assert [each.notes is None for each in way.since] == [
        not each.firmware.records for each in way.since
    ]


def withdrawn(firmware: Firmware, listed: Entry) -> bool:
    found = firmware.records.get(listed.cpl_number)
    return found is not None and found.withdrawn is not None


def dated(firmware: Firmware) -> bool:
    return any(each.released_on for each in firmware.records.values())


def highest_gbcs(firmware: Firmware) -> tuple[int, ...]:
    return max(version_key(each.gbcs_version) for each in firmware.entries)


def lowest_gbcs(firmware: Firmware) -> tuple[int, ...]:
    return min(version_key(each.gbcs_version) for each in firmware.entries)


# The real list


@pytest.fixture(scope="module")
def real(real_cpl: Path) -> Repository:
    return repository(read_cpl(real_cpl).entries.values())


def test_every_answer_of_the_real_list_agrees_with_the_oracle(real: Repository) -> None:
    assert len(real.entries) == 729
    given = hold(real)
    words = Counter(each.answer for each in given.values())
    assert set(words) == {"newer-exists", "latest", "unclear", "removed"}


def test_nothing_on_the_real_list_is_newer_by_half(real: Repository) -> None:
    """Without statements: never another generation, a lower GBCS, version or first number."""
    answers = Answers(real)
    compared = 0
    for listed in real.entries.values():
        for newer in answers.of_entry(listed).newer_firmware:
            best = max(
                (each for each in newer.entries if each.listing == "current"),
                key=lambda each: version_key(each.gbcs_version),
            )
            assert best.device[:5] == listed.device[:5]
            assert (best.generation == SMETS1) == (listed.generation == SMETS1)
            assert version_key(best.gbcs_version) >= version_key(listed.gbcs_version)
            assert int(best.firmware_version, 16) > int(listed.firmware_version, 16)
            compared += 1
    assert compared > 1_000


def test_every_device_of_the_real_list_is_found_by_its_inventory_strings(real: Repository) -> None:
    answers = Answers(real)
    for listed in real.entries.values():
        assert answers.of_device(*listed.device.inventory_strings) == (answers.of_entry(listed),)


def test_unknown_devices_beside_the_real_list_stay_unknown(real: Repository) -> None:
    answers = Answers(real)
    manufacturer, model, _ = next(iter(real.entries.values())).device.inventory_strings
    assert answers.of_device(manufacturer, model, "FFFFFFFF")[0].answer == "unknown-firmware"
    assert answers.of_device(manufacturer, "FFFFFFFF", "00000001")[0].answer == "unknown-model"
    assert answers.of_device("7F01", model, "00000001")[0].answer == "unknown-manufacturer"


# The demonstration data


def test_every_answer_of_the_demonstration_agrees_with_the_oracle(tmp_path: Path) -> None:
    write(tmp_path, build())
    lay_schema(tmp_path)
    state = read_repository(tmp_path)
    assert len(state.entries) == 120 and state.records
    given = hold(state).values()
    words = {each.answer for each in given}
    assert words >= {"newer-exists", "latest", "unclear", "removed", "withdrawn"}
    ways = {each.way.direct for each in given if each.way}
    assert ways == {"stated-yes", "via", "stated-no", "not-stated"}
    answers = Answers(state)
    for listed in state.entries.values():
        found = answers.of_device(*listed.device.inventory_strings)
        assert [each is answers.of_entry(listed) for each in found].count(True) == 1


# Small lines of every kind

GBCS = st.sampled_from(
    [f"GBCS Version {number}" for number in ("1.1", "3.2", "3.2", "3.2", "3.10", "0.0")] + [""]
)


@st.composite
def lines(draw: st.DrawFn) -> Repository:
    """Three to seven firmware of one Device Model, with statements that need not make sense."""
    firmware = draw(st.lists(st.integers(1, 30), min_size=3, max_size=7, unique=True))
    listings = draw(
        st.lists(st.sampled_from(firmware), max_size=4).map(lambda again: [*firmware, *again])
    )
    given_numbers = draw(st.permutations(range(1, len(listings) + 1)))
    entries = [
        entry(
            number,
            f"{version:08X}",
            gbcs_version=draw(GBCS),
            status=draw(st.sampled_from(["Current", "Current", "Current", "Removed"])),
            last_listed_version=draw(st.sampled_from(["", "", "", "", "2.050"])),
        )
        for number, version in zip(given_numbers, listings, strict=True)
    ]
    some = st.integers(1, len(listings) + 2)
    statements = st.fixed_dictionaries(
        {},
        optional={
            "upgrade_from": st.lists(some, max_size=3),
            "released_on": st.sampled_from(["2026-01-31", "2026-02-01", "2026-10-09"]),
            "withdrawn": st.booleans(),
            "replaced_by": some,
            "notes": st.sampled_from(["One text.", "Another."]),
            "outage_alert_on_activation": st.sampled_from(["expected", "not-expected", "unknown"]),
        },
    )
    said = [draw(st.none() | statements) for _ in entries]
    pairs = zip(entries, said, strict=True)
    return repository(entries, [record(each, **fields) for each, fields in pairs if fields])


@settings(max_examples=300)
@given(lines())
def test_every_answer_of_any_line_agrees_with_the_oracle(state: Repository) -> None:
    hold(state)


@settings(max_examples=300)
@given(lines())
def test_without_records_nothing_is_newer_by_half(state: Repository) -> None:
    hold(repository(state.entries.values()))


@given(lines(), st.randoms(use_true_random=False))
def test_the_order_of_entries_and_records_does_not_matter(
    state: Repository, chance: random.Random
) -> None:
    entries, records = list(state.entries.values()), list(state.records)
    chance.shuffle(entries)
    chance.shuffle(records)
    before, after = Answers(state), Answers(repository(entries, records))
    for listed in entries:
        one, other = before.of_entry(listed), after.of_entry(listed)
        assert outcome(one) == outcome(other) and one.basis == other.basis
        if one.way and other.way:
            assert versions(one.way.steps) == versions(other.way.steps)
            assert [each[1:] for each in one.way.since] == [each[1:] for each in other.way.since]


@given(lines())
def test_what_is_newer_one_way_is_older_the_other_way(state: Repository) -> None:
    opposite = {"newer": "older", "older": "newer", "unclear": "unclear"}
    for history in Answers(state).histories.values():
        for one in history.firmware:
            for other in history.firmware:
                if one is not other:
                    there, back = history.compare(one, other), history.compare(other, one)
                    assert opposite[there.relation] == back.relation
                    assert there.basis == back.basis


# Rule 2: number, version and GBCS


def test_higher_number_and_version_is_newer() -> None:
    old, new = entry(1, "01000000"), entry(2, "01000001")
    said = answer(old, [old, new])
    assert (said.newer, said.answer, said.basis) == ("exists", "newer-exists", "order")
    assert versions(said.newer_firmware) == ["01000001"]
    assert said.latest and said.latest.version == "01000001"


def test_lower_in_everything_is_older() -> None:
    old = entry(1, "01000000", gbcs_version="GBCS Version 2.0")
    new = entry(2, "01000001")
    said = answer(new, [old, new])
    assert (said.newer, said.answer, said.way) == ("none", "latest", None)
    assert said.latest is said.firmware


def test_the_only_firmware_is_the_latest() -> None:
    only = entry(1)
    assert answer(only, [only]).answer == "latest"


def test_versions_are_compared_as_numbers() -> None:
    nine, ten = entry(1, "00000009"), entry(2, "0000000A")
    assert answer(nine, [nine, ten]).answer == "newer-exists"


def test_gbcs_3_10_is_above_gbcs_3_2() -> None:
    old = entry(1, "01000000", gbcs_version="GBCS Version 3.10")
    new = entry(2, "02000000", gbcs_version="GBCS Version 3.2")
    assert answer(old, [old, new]).answer == "unclear"


def test_an_old_version_entered_late_is_unclear() -> None:
    late, early = entry(2, "01000000"), entry(1, "02000000")
    for each in (late, early):
        said = answer(each, [late, early])
        assert (said.newer, said.answer, said.latest) == ("unclear", "unclear", None)
        assert len(said.unclear_firmware) == 1


def test_a_higher_version_with_a_lower_gbcs_is_unclear() -> None:
    special = entry(1, "09000010", gbcs_version="GBCS Version 4.0")
    plain = entry(2, "09000404")
    assert answer(special, [special, plain]).answer == "unclear"


def test_an_unknown_gbcs_proves_nothing_newer() -> None:
    unknown, known = entry(1, "01000000", gbcs_version=""), entry(2, "02000000")
    for each in (unknown, known):
        assert answer(each, [unknown, known]).answer == "unclear"


def test_hex_and_bcd_twins_of_one_version_are_unclear() -> None:
    bcd, hexadecimal = entry(24, "00031001"), entry(40, "00030A01")
    assert answer(bcd, [bcd, hexadecimal]).answer == "unclear"


def test_parallel_tracks_have_no_latest() -> None:
    tracks = [entry(1, "05023150"), entry(2, "05024145"), entry(3, "05022150")]
    said = answer(tracks[0], tracks)
    assert (said.newer, said.latest, said.way) == ("exists", None, None)
    assert versions(said.newer_firmware) == ["05024145"]
    assert versions(said.unclear_firmware) == ["05022150"]


@pytest.mark.parametrize(
    "apart",
    [
        {"gbcs_version": "GBCS Version 0.0"},
        {"device_type": SINGLE},
        {"manufacturer_identifier": "7F02"},
        {"model_identifier": "0006"},
        {"hardware_version": "03"},
        {"hardware_revision": "04"},
    ],
    ids=lambda apart: next(iter(apart)),
)
def test_other_devices_and_generations_are_not_compared(apart: dict[str, str]) -> None:
    this, other = entry(1, "01000000"), entry(2, "02000000", **apart)
    stated = record(other, upgrade_from=[1])
    said = answer(this, [this, other], [stated])
    assert (said.answer, said.newer_firmware, said.unclear_firmware) == ("latest", (), ())


# One firmware, several entries


def test_a_relisted_firmware_has_its_first_number_and_its_highest_gbcs() -> None:
    first = entry(40, "01000000", gbcs_version="GBCS Version 1.0")
    between = entry(100, "02000000", gbcs_version="GBCS Version 1.1")
    again = entry(128, "01000000", gbcs_version="GBCS Version 1.1")
    said = answer(first, [first, between, again])
    assert said is not None and said.answer == "newer-exists"
    assert said.firmware and said.firmware.entry == again
    assert answer(between, [first, between, again]).answer == "latest"


def test_a_relisting_above_the_other_gbcs_is_unclear() -> None:
    first = entry(40, "01000000", gbcs_version="GBCS Version 1.0")
    between = entry(100, "02000000", gbcs_version="GBCS Version 1.1")
    again = entry(128, "01000000", gbcs_version="GBCS Version 2.0")
    assert answer(first, [first, between, again]).answer == "unclear"


def test_a_current_entry_wins_over_a_removed_one_with_the_same_firmware() -> None:
    removed, again = entry(1, "01000000", status="Removed"), entry(2, "01000000")
    answers = Answers(repository([removed, again]))
    assert answers.of_entry(removed) is answers.of_entry(again)
    assert (answers.of_entry(removed).listing, answers.of_entry(removed).answer) == (
        "current",
        "latest",
    )


def test_a_removed_entry_lends_a_current_one_no_gbcs() -> None:
    removed = entry(1, "01000000", status="Removed", gbcs_version="GBCS Version 4.0")
    again, new = entry(2, "01000000"), entry(3, "02000000")
    assert answer(again, [removed, again, new]).answer == "newer-exists"


def test_the_record_of_an_entry_that_speaks_is_shown_before_a_removed_ones() -> None:
    low = entry(1, "01000000", gbcs_version="GBCS Version 2.0")
    high = entry(2, "01000000")
    removed = entry(3, "01000000", status="Removed")
    said = answer(high, [low, high, removed], [record(low, "Now."), record(removed, "Once.")])
    assert said.firmware and said.firmware.record
    assert said.firmware.record.release_notes == "Now."


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"status": "Removed"}, "removed"),
        ({"last_listed_version": "2.050"}, "no-longer-listed"),
        ({"status": "Removed", "last_listed_version": "2.050"}, "no-longer-listed"),
    ],
)
def test_firmware_off_the_list_says_so_and_is_offered_to_nobody(
    fields: dict[str, str], word: str
) -> None:
    old, gone, new = entry(1, "01000000"), entry(2, "02000000", **fields), entry(3, "03000000")
    said = answer(gone, [old, gone, new])
    assert (said.listing, said.answer, said.newer) == (word, word, "exists")
    assert versions(answer(old, [old, gone, new]).newer_firmware) == ["03000000"]
    assert answer(old, [old, gone]).answer == "latest"


# Rule 1: the manufacturer's statement


def test_a_stated_upgrade_settles_what_order_leaves_unclear() -> None:
    old, new = entry(2, "02000000"), entry(1, "01000000")
    said = answer(old, [old, new], [record(new, upgrade_from=[2])])
    assert (said.answer, said.basis) == ("newer-exists", "upgrade_from")
    assert said.way and said.way.direct == "stated-yes"
    assert versions(said.way.steps) == ["01000000"]
    assert answer(new, [old, new], [record(new, upgrade_from=[2])]).answer == "latest"


def test_a_chain_of_stated_upgrades_is_followed_through() -> None:
    chain = [entry(3, "01000000"), entry(2, "02000000"), entry(1, "03000000")]
    records = [record(chain[1], upgrade_from=[3]), record(chain[2], upgrade_from=[2])]
    said = answer(chain[0], chain, records)
    assert versions(said.newer_firmware) == ["03000000", "02000000"]
    assert said.way and said.way.direct == "via"
    assert versions(said.way.steps) == ["02000000", "03000000"]


def test_the_shortest_stated_way_is_shown() -> None:
    chain = [entry(number, f"0{number}000000") for number in range(1, 5)]
    records = [
        record(chain[1], upgrade_from=[1]),
        record(chain[2], upgrade_from=[2]),
        record(chain[3], upgrade_from=[2, 3]),
    ]
    way = answer(chain[0], chain, records).way
    assert way and versions(way.steps) == ["02000000", "04000000"]


def test_a_step_no_longer_on_offer_is_no_way() -> None:
    chain = [entry(1, "01000000"), entry(2, "02000000", status="Removed"), entry(3, "03000000")]
    records = [record(chain[1], upgrade_from=[1]), record(chain[2], upgrade_from=[2])]
    said = answer(chain[0], chain, records)
    assert (said.answer, said.basis) == ("newer-exists", "upgrade_from")
    assert said.way and (said.way.direct, said.way.steps) == ("stated-no", ())


@pytest.mark.parametrize("sources", [[], [7]])
def test_firmware_stated_to_go_over_others_only_is_stated_no(sources: list[int]) -> None:
    old, new = entry(1, "01000000"), entry(2, "02000000")
    way = answer(old, [old, new], [record(new, upgrade_from=sources)]).way
    assert way and (way.direct, way.steps) == ("stated-no", ())


def test_without_a_statement_the_way_is_not_stated() -> None:
    old, new = entry(1, "01000000"), entry(2, "02000000")
    for records in ([], [record(new)]):
        way = answer(old, [old, new], records).way
        assert way and (way.direct, way.steps) == ("not-stated", ())


def test_only_the_records_of_entries_that_speak_state_upgrades() -> None:
    old = entry(1, "02000000")
    removed, again = entry(2, "01000000", status="Removed"), entry(3, "01000000")
    records = [record(removed, upgrade_from=[1])]
    assert answer(old, [old, removed, again], records).answer == "unclear"
    records.append(record(again, upgrade_from=[1]))
    assert answer(old, [old, removed, again], records).answer == "newer-exists"


def test_upgrades_stated_in_a_circle_are_unclear() -> None:
    one, other = entry(1, "01000000"), entry(2, "02000000")
    records = [record(one, upgrade_from=[2]), record(other, upgrade_from=[1])]
    for each in (one, other):
        said = answer(each, [one, other], records)
        assert (said.answer, said.latest, said.way) == ("unclear", None, None)


def test_upgrades_over_itself_or_over_strangers_say_nothing_of_the_order() -> None:
    one, other = entry(1, "01000000"), entry(2, "02000000")
    assert answer(other, [one, other], [record(other, upgrade_from=[2, 999])]).answer == "latest"


def test_a_replacement_of_a_later_firmware_says_nothing_of_the_one_between() -> None:
    """03 went over 02 and was sent back to 01; that does not make 01 newer than 02."""
    one, two, three = entry(1, "01000000"), entry(2, "02000000"), entry(3, "03000000")
    withdrawal = Withdrawal("2026-02-01", "Loses readings.", "000001")
    records = [record(three, upgrade_from=[2], withdrawn=withdrawal)]
    assert answer(two, [one, two, three], records).answer == "latest"
    assert answer(one, [one, two, three], records).answer == "newer-exists"


def test_a_step_to_install_is_told_though_a_circle_makes_it_unclear() -> None:
    one, two, three = entry(1, "01000000"), entry(2, "02000000"), entry(3, "03000000")
    sources = {one: [2], two: [1], three: [2]}
    records = [record(each, upgrade_from=numbers) for each, numbers in sources.items()]
    way = answer(one, [one, two, three], records).way
    assert way and versions(way.steps) == ["02000000", "03000000"]
    assert versions(each.firmware for each in way.since) == ["02000000", "03000000"]


def test_release_dates_settle_what_order_leaves_unclear() -> None:
    one, other = entry(1, "02000000"), entry(2, "01000000")
    records = [record(one, released_on="2026-01-31"), record(other, released_on="2026-02-01")]
    said = answer(one, [one, other], records)
    assert (said.answer, said.basis) == ("newer-exists", "released_on")
    assert answer(other, [one, other], records).answer == "latest"


def test_one_release_date_or_two_equal_ones_settle_nothing() -> None:
    one, other = entry(1, "02000000"), entry(2, "01000000")
    first, same = (record(each, released_on="2026-01-31") for each in (one, other))
    assert answer(one, [one, other], [first]).answer == "unclear"
    assert answer(one, [one, other], [first, same]).answer == "unclear"


def test_release_dates_that_disagree_settle_nothing() -> None:
    one, twin, other = entry(1, "02000000"), entry(3, "02000000"), entry(2, "01000000")
    dates = {one: "2026-01-31", twin: "2026-01-30", other: "2026-02-01"}
    records = [record(each, released_on=day) for each, day in dates.items()]
    assert answer(one, [one, twin, other], records).answer == "unclear"


def test_a_stated_upgrade_comes_before_release_dates() -> None:
    one, other = entry(1, "01000000"), entry(2, "02000000")
    records = [
        record(one, released_on="2026-02-01"),
        record(other, released_on="2026-01-31", upgrade_from=[1]),
    ]
    said = answer(one, [one, other], records)
    assert (said.answer, said.basis) == ("newer-exists", "upgrade_from")


# Withdrawn


def test_withdrawn_firmware_says_so_before_anything_else() -> None:
    bad = entry(1, "01000000")
    said = answer(bad, [bad], [record(bad, withdrawn=True)])
    assert (said.answer, said.listing, said.withdrawn) == ("withdrawn", "current", True)
    assert (said.newer, said.latest) == ("none", None)


def test_withdrawn_firmware_is_offered_to_nobody() -> None:
    old, bad = entry(1, "01000000"), entry(2, "02000000")
    said = answer(old, [old, bad], [record(bad, withdrawn=True)])
    assert (said.answer, said.newer_firmware) == ("latest", ())


def test_a_replacement_is_newer_than_what_it_replaces() -> None:
    bad, good = entry(2, "02000000"), entry(1, "01000001")
    said = answer(bad, [bad, good], [record(bad, replaced_by=1)])
    assert (said.answer, said.newer, said.basis) == ("withdrawn", "exists", "replaced_by")
    assert said.way and said.way.target.version == "01000001"
    assert said.way.direct == "not-stated"


def test_going_back_to_the_version_before_undoes_the_upgrade_from_it() -> None:
    good, bad = entry(1, "01000000"), entry(2, "02000000")
    records = [record(bad, upgrade_from=[1], replaced_by=1)]
    said = answer(bad, [good, bad], records)
    assert (said.answer, said.newer, said.basis) == ("withdrawn", "exists", "replaced_by")
    assert said.latest and said.latest.version == "01000000"
    assert answer(good, [good, bad], records).answer == "latest"


def test_firmware_withdrawn_under_one_current_number_only_is_still_offered() -> None:
    one, twin = entry(1, "01000000"), entry(2, "01000000")
    said = answer(one, [one, twin], [record(one, withdrawn=True)])
    assert (said.withdrawn, said.answer) == (False, "latest")
    said = answer(one, [one, twin], [record(one, withdrawn=True), record(twin, withdrawn=True)])
    assert (said.withdrawn, said.answer) == (True, "withdrawn")


def test_removed_firmware_is_withdrawn_when_any_of_its_records_says_so() -> None:
    one, twin = (entry(number, "01000000", status="Removed") for number in (1, 2))
    said = answer(twin, [one, twin], [record(one, withdrawn=True)])
    assert (said.listing, said.withdrawn, said.answer) == ("removed", True, "withdrawn")


def test_a_relisting_ends_the_withdrawal_and_its_replacement() -> None:
    before = entry(1, "01000000")
    removed, again = entry(2, "02000000", status="Removed"), entry(3, "02000000")
    entries, records = [before, removed, again], [record(removed, replaced_by=1)]
    assert answer(again, entries, records).answer == "latest"
    assert answer(before, entries, records).answer == "newer-exists"


# The way to the latest


def test_what_changed_is_told_in_order_once_and_names_the_gaps() -> None:
    line = [entry(number, f"0{number}000000") for number in range(1, 6)]
    records = [
        record(line[0], "Before."),
        record(line[1], "Same text."),
        record(line[3], "Last."),
        record(line[4], "Same text."),
    ]
    way = answer(line[0], line, records).way
    assert way
    assert [(each.firmware.version, each.notes, each.repeats) for each in way.since] == [
        ("02000000", "Same text.", None),
        ("03000000", None, None),
        ("04000000", "Last.", None),
        ("05000000", "Same text.", "02000000"),
    ]


def test_what_changed_in_firmware_since_withdrawn_is_told_too() -> None:
    line = [entry(number, f"0{number}000000") for number in range(1, 4)]
    way = answer(line[0], line, [record(line[1], withdrawn=True)]).way
    assert way and [each.firmware.version for each in way.since] == ["02000000", "03000000"]


def test_what_changed_ends_with_the_latest_even_where_dates_and_order_run_in_a_circle() -> None:
    latest, this, *circle = (entry(n, f"0{v}000000") for n, v in enumerate((9, 1, 2, 3, 4), 1))
    records = [
        record(latest, upgrade_from=[2, 3, 4, 5]),
        record(circle[0], released_on="2026-02-01"),
        record(circle[2], released_on="2026-01-31"),
    ]
    way = answer(this, [latest, this, *circle], records).way
    assert way and way.since[-1].firmware.version == "09000000"
    assert len(way.since) == 4


def test_an_outage_alert_at_any_step_is_expected() -> None:
    chain = [entry(number, f"0{number}000000") for number in range(1, 4)]
    records = [
        record(
            chain[1],
            upgrade_from=[1],
            outage_alert_on_activation="expected",
            outage_note="Four minutes.",
        ),
        record(chain[2], upgrade_from=[2], outage_alert_on_activation="not-expected"),
    ]
    way = answer(chain[0], chain, records).way
    assert way and (way.outage_alert, way.outage_notes) == ("expected", ("Four minutes.",))
    way = answer(chain[1], chain, records).way
    assert way and (way.outage_alert, way.outage_notes) == ("not-expected", ())


def test_a_step_that_says_nothing_of_outages_makes_them_unknown() -> None:
    chain = [entry(number, f"0{number}000000") for number in range(1, 4)]
    records = [
        record(chain[1], upgrade_from=[1]),
        record(chain[2], upgrade_from=[2], outage_alert_on_activation="not-expected"),
    ]
    way = answer(chain[0], chain, records).way
    assert way and way.outage_alert == "unknown"


def test_the_way_names_the_change_of_gbcs_and_smets() -> None:
    old = entry(1, "01000000", gbcs_version="GBCS Version 2.0", smets_chts_version="SMETS V2.0")
    new = entry(2, "02000000")
    way = answer(old, [old, new]).way
    assert way and way.gbcs == ("GBCS Version 2.0", "GBCS Version 3.2")
    assert way.smets_chts == ("SMETS V2.0", "SMETS V4.2")


def test_the_way_says_that_the_latest_image_is_a_fragment() -> None:
    old = entry(1, "01000000", image_descriptor="Complete Image")
    new = entry(2, "02000000", image_descriptor="Fragment 2 of 2 of version 2.0.0")
    way = answer(old, [old, new]).way
    assert way and way.image == "fragment"


@pytest.mark.parametrize(
    ("descriptor", "kind"),
    [
        ("", "not-stated"),
        ("Complete Image", "whole"),
        ("Complete image, single band", "whole"),
        ("whole image", "whole"),
        ("Full Image, 2.4 GHz Only", "whole"),
        ("Fragment 1 of 1 of version 2.1.0", "whole"),
        ("Fragment 1 of 2 of version 2.10.0", "fragment"),
        ("fragment  2 OF 2", "fragment"),
        ("Fragment 1 of 12", "fragment"),
        ("Fragment of 02.10.00.00", "fragment"),
        ("Complete Image; Fragment 1 of 2", "fragment"),
        ("Zigbee-only", "partial"),
        ("Application-only", "partial"),
        ("Application", "partial"),
        ("Single Band", "not-stated"),
        ("Firmware", "not-stated"),
        ("fragment 99999999999999999999 of 99999999999999999999", "fragment"),
    ],
)
def test_the_descriptor_says_what_the_image_holds(descriptor: str, kind: str) -> None:
    assert image_kind(descriptor) == kind


# By the strings of the inventory

STRINGS = ("7F01", "00050203", "01000000")


def shared_identifiers() -> Answers:
    number = count(1)
    types = (GAS, HUB, SINGLE, TWIN, POLYPHASE)
    return Answers(repository([entry(next(number), device_type=each) for each in types]))


@pytest.mark.parametrize(
    ("inventory_type", "types"),
    [
        (None, [GAS, HUB, SINGLE, TWIN, POLYPHASE]),
        ("CHF", [HUB]),
        ("GPF", [HUB]),
        ("gpf", [HUB]),
        ("ESME", [SINGLE, TWIN, POLYPHASE]),
        ("SAPC", [SINGLE]),
        ("GSME", [GAS]),
    ],
)
def test_the_type_of_the_inventory_chooses_among_the_types_of_the_list(
    inventory_type: str | None, types: list[str]
) -> None:
    found = shared_identifiers().of_device(*STRINGS, inventory_type)
    assert sorted(each.firmware.line.type for each in found if each.firmware) == sorted(types)
    assert {each.answer for each in found} == {"latest"}


@pytest.mark.parametrize("inventory_type", ["IHD", "ihd", "Type 2"])
def test_an_in_home_display_is_never_listed(inventory_type: str) -> None:
    (said,) = shared_identifiers().of_device(*STRINGS, inventory_type)
    assert (said.answer, said.listing, said.latest) == ("never-listed", "never-listed", None)


def test_a_type_that_never_has_the_model_does_not_know_it() -> None:
    (said,) = shared_identifiers().of_device(*STRINGS, "PPMID")
    assert said.answer == "unknown-model"


@pytest.mark.parametrize(
    ("strings", "word", "whom"),
    [
        (("7F01", "00050203", "01000001"), "unknown-firmware", ("example-meters", "other-meters")),
        (("7F01", "00050204", "01000000"), "unknown-model", ("example-meters", "other-meters")),
        (("7F03", "00050203", "01000000"), "unknown-manufacturer", ("sample-displays",)),
        (("7F0F", "00050203", "01000000"), "unknown-manufacturer", ()),
    ],
)
def test_what_is_not_listed_is_unknown_and_never_up_to_date(
    strings: tuple[str, str, str], word: str, whom: tuple[str, ...]
) -> None:
    makers = [
        maker("sample-displays", "7F03"),
        maker("other-meters", "7F01"),
        maker("example-meters", "7F01", "7F02"),
    ]
    (said,) = Answers(repository([entry(1)], makers=makers)).of_device(*strings)
    assert (said.answer, said.listing, said.newer) == (word, word, "unclear")
    assert (said.firmware, said.latest, said.way) == (None, None, None)
    assert (said.recorded, said.withdrawn, said.whom) == (False, False, whom)


def test_both_generations_of_a_device_are_answered() -> None:
    first, second = entry(1, gbcs_version="GBCS Version 0.0"), entry(2)
    answers = Answers(repository([first, second]))
    found = answers.of_device(*STRINGS)
    assert {id(each) for each in found} == {
        id(answers.of_entry(first)),
        id(answers.of_entry(second)),
    }


# Whom to call


def call(records: Iterable[Record], makers: Mapping[str, str]) -> tuple[str, ...]:
    old, new = entry(1, "01000000"), entry(2, "02000000")
    known = [maker(slug, identifier) for slug, identifier in makers.items()]
    return Answers(repository([old, new], records, known)).of_entry(old).whom


def test_whom_to_call_is_the_records_manufacturer() -> None:
    makers = {"example-meters": "7F01", "other-meters": "7F01"}
    for number, version in ((1, "01000000"), (2, "02000000")):
        assert call([record(entry(number, version))], makers) == ("example-meters",)


def test_whom_to_call_without_records_is_everyone_with_the_identifier() -> None:
    assert call([], {"other-meters": "7F01", "example-meters": "7F01"}) == (
        "example-meters",
        "other-meters",
    )
    assert call([], {}) == ()


@pytest.mark.parametrize(("recorded", "firmware"), [(True, 1), (False, 2)])
def test_recorded_speaks_of_this_firmware_not_of_the_latest(recorded: bool, firmware: int) -> None:
    old, new = entry(1, "01000000"), entry(2, "02000000")
    said = answer((old, new)[firmware - 1], [old, new], [record(old)])
    assert said.recorded is recorded


def between(first: int, last: int, entries: list[Entry], records: Iterable[Record] = ()) -> Way:
    """The way between two entries of the one line."""
    state = repository(entries, records)
    history = Answers(state).histories[entries[0].line]
    of_number = {int(each.first_number): each for each in history.firmware}
    return way_between(history, of_number[first], of_number[last])


def test_a_way_leads_to_any_later_firmware_not_only_to_the_latest() -> None:
    one, two, three = entry(1, "01000000"), entry(2, "02000000"), entry(3, "03000000")
    said = [
        record(two, "Second.", upgrade_from=[1]),
        record(three, "Third.", upgrade_from=[2], outage_alert_on_activation="expected"),
    ]
    way = between(1, 2, [one, two, three], said)
    assert (way.direct, versions(way.steps)) == ("stated-yes", ["02000000"])
    assert [since.notes for since in way.since] == ["Second."]
    assert way.outage_alert == "unknown"
    way = between(1, 3, [one, two, three], said)
    assert (way.direct, versions(way.steps)) == ("via", ["02000000", "03000000"])
    assert [since.notes for since in way.since] == ["Second.", "Third."]
    assert way.outage_alert == "expected"


def test_a_way_across_an_unclear_order_promises_nothing() -> None:
    one, two = entry(1, "02000000"), entry(2, "01000000")
    way = between(1, 2, [one, two])
    assert (way.direct, way.steps) == ("not-stated", ())
    way = between(1, 2, [one, two], [record(two, upgrade_from=[])])
    assert (way.direct, way.steps) == ("stated-no", ())


def test_the_way_to_the_latest_is_the_one_that_the_answer_has(tmp_path: Path) -> None:
    write(tmp_path, build())
    lay_schema(tmp_path)
    answers = Answers(read_repository(tmp_path))
    ways = 0
    for history in answers.histories.values():
        for firmware in history.firmware:
            given = answers.of_entry(firmware.entry).way
            if given:
                assert way_between(history, firmware, given.target) == given
                ways += 1
    assert ways > 20
