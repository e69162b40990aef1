"""The tracks of a line: drawn as the answer has it, never beyond it, the same each time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import entry, record, repository

from fir.answers import Answers, History
from fir.cpl.read import read_cpl
from fir.model import Entry, Record, Repository
from fir.site.timeline.drawing import gutters
from fir.site.timeline.tracks import LANES, Tracks, tracks


def history(entries: Iterable[Entry], records: Iterable[Record] = ()) -> History:
    """The one line that the entries are of."""
    (only,) = Answers(repository(entries, records)).histories.values()
    return only


def listed(*versions: str) -> list[Entry]:
    """Entries from 000001 on, with versions of two digits."""
    return [entry(number, f"{each}000000") for number, each in enumerate(versions, 1)]


def sketch(found: Tracks) -> str:
    """Each row from left to right: stops by letter or `o`, `x` where gone, lines as `|` or `:`.

    `\\` and `/` are bends into the row's stop from below and from above.
    """
    rows = []
    for row, stop in enumerate(found.stops):
        cells = [" "] * (LANES + 1)
        for link in found.links:
            if link.newer < row < link.older:
                cells[link.lane] = "|" if link.stated else ":"
            elif link.newer <= row <= link.older and stop.lane != link.lane:
                cells[link.lane] = "\\" if row == link.newer else "/"
        mark = stop.letter if stop.end else "o" if stop.firmware.offered else "x"
        cells[LANES if stop.lane is None else stop.lane] = mark
        rows.append(f"{stop.firmware.version[:2]} {''.join(cells)}".rstrip())
    return "\n".join(rows)


def lines(found: Tracks) -> set[tuple[str, str, bool]]:
    """From newer to older, and whether the manufacturer states it."""
    versions = [stop.firmware.version[:2] for stop in found.stops]
    return {(versions[link.newer], versions[link.older], link.stated) for link in found.links}


def test_what_rises_is_one_track() -> None:
    found = tracks(history(listed("01", "02", "03")))
    assert sketch(found) == "03 A\n02 o\n01 o"
    assert lines(found) == {("03", "02", False), ("02", "01", False)}


def test_what_is_stated_is_drawn_solid_and_the_rest_is_not() -> None:
    entries = listed("01", "02", "03")
    found = tracks(history(entries, [record(entries[2], upgrade_from=[2])]))
    assert lines(found) == {("03", "02", True), ("02", "01", False)}
    assert [stop.after for stop in found.stops] == [(1, True), (2, False), None]


def test_parallel_tracks_part_where_the_answer_parts_them() -> None:
    found = tracks(history(listed("10", "30", "40", "20", "25")))
    assert sketch(found) == "25  A\n20  o\n40 B:\n30 o:\n10 o/"
    assert [stop.letter for stop in found.ends] == ["A", "B"]


def test_a_track_that_something_newer_follows_joins_it() -> None:
    found = tracks(history(listed("10", "30", "20", "40")))
    assert sketch(found) == "40 A\\\n20 o:\n30 :o\n10 o/"
    assert ("40", "30", False) in lines(found)


def test_two_that_nobody_orders_stand_side_by_side() -> None:
    found = tracks(history(listed("20", "10")))
    assert sketch(found) == "10  A\n20 B"
    assert not found.links


def test_removed_firmware_keeps_its_place_and_is_no_end() -> None:
    entries = listed("01", "02", "03")
    entries[2] = entries[2]._replace(status="Removed")
    assert sketch(tracks(history(entries))) == "03 x\n02 A\n01 o"


def test_nothing_on_offer_has_no_end() -> None:
    entries = [each._replace(status="Removed") for each in listed("01", "02")]
    found = tracks(history(entries))
    assert (sketch(found), found.ends) == ("02 x\n01 x", ())


def test_a_replacement_follows_what_is_withdrawn() -> None:
    entries = listed("01", "03", "02")
    found = tracks(history(entries, [record(entries[1], replaced_by=3)]))
    assert sketch(found) == "02 A\n03 x\n01 o"
    assert ("02", "03", True) in lines(found)


def test_firmware_listed_again_is_one_stop() -> None:
    entries = [*listed("01", "02"), entry(3, "01000000", gbcs_version="GBCS Version 4.0")]
    found = tracks(history(entries))
    assert [len(stop.firmware.entries) for stop in found.stops] == [1, 2]


def test_smets1_and_smets2_have_tracks_of_their_own() -> None:
    older = entry(1, "01000000", gbcs_version="GBCS Version 0.0")
    found = Answers(repository([older, entry(2, "02000000")])).histories.values()
    assert [sketch(tracks(each)) for each in found] == ["01 A", "02 A"]


def test_the_order_stated_wins_over_the_order_listed() -> None:
    entries = listed("03", "01", "02")
    dates = ("2016-03-01", "2016-01-01", "2016-02-01")
    stated = [record(each, released_on=on) for each, on in zip(entries, dates, strict=True)]
    assert sketch(tracks(history(entries, stated))) == "03 A\n02 o\n01 o"


def test_a_statement_passes_over_what_it_does_not_name() -> None:
    entries = listed("01", "02", "03")
    found = tracks(history(entries, [record(entries[2], upgrade_from=[1])]))
    assert sketch(found) == "03 A\\\n02 |o\n01 o/"
    assert lines(found) == {("03", "01", True), ("03", "02", False), ("02", "01", False)}


def test_tracks_beyond_the_room_there_is_are_marks_without_lines() -> None:
    entries = [each._replace(gbcs_version="") for each in listed("01", "02", "03", "04", "05")]
    found = tracks(history(entries))
    assert sketch(found) == "05     A\n04    B\n03   C\n02  D\n01 E"
    assert len(gutters(found)) == 5


VERSIONS = st.lists(
    st.integers(0, 0xFFFFFFFF).map("{:08X}".format), min_size=1, max_size=9, unique=True
)


@given(VERSIONS, st.data())
def test_no_line_says_more_than_the_answer(versions: list[str], data: st.DataObject) -> None:
    entries = [
        entry(
            number,
            version,
            status=data.draw(st.sampled_from(("Current", "Current", "Removed"))),
            gbcs_version=data.draw(st.sampled_from(("GBCS Version 3.2", "GBCS Version 4.0", ""))),
        )
        for number, version in enumerate(versions, 1)
    ]
    numbers = st.lists(st.integers(1, len(entries)), max_size=2)
    records = [
        record(each, upgrade_from=[n for n in data.draw(numbers) if n != int(each.cpl_number)])
        for each in entries
        if data.draw(st.booleans())
    ]
    sound(history(entries, records))


def sound(line: History) -> None:
    found = tracks(line)
    assert {stop.firmware for stop in found.stops} == set(line.firmware)
    for link in found.links:
        newer, older = found.stops[link.newer].firmware, found.stops[link.older].firmware
        assert line.newer(older, newer)
        for stop in found.stops[link.newer + 1 : link.older]:
            assert stop.lane != link.lane, "a line runs through a stop that it does not serve"
    if line.latest and not any(
        line.newer(line.latest, each) for each in line.firmware if each.offered
    ):
        assert [stop.firmware for stop in found.ends] == [line.latest]


def test_the_order_in_which_entries_are_read_does_not_matter() -> None:
    entries = listed("10", "30", "40", "20", "25")
    assert sketch(tracks(history(entries[::-1]))) == sketch(tracks(history(entries)))


@pytest.fixture(scope="module")
def real(real_cpl: Path) -> Repository:
    return repository(read_cpl(real_cpl).entries.values())


def test_every_line_of_the_real_list_can_be_drawn(real: Repository) -> None:
    histories = Answers(real).histories.values()
    for line in histories:
        sound(line)
        assert all(stop.lane is not None for stop in tracks(line).stops)
    assert len(histories) == 165
