"""One entry with all that its page is about, and how versions and firmware are written there."""

from __future__ import annotations

from typing import NamedTuple

from fir.answer import Answer, Firmware, History, image_kind
from fir.model import Entry, Record
from fir.publish.edition import Edition
from fir.publish.markup import by_bytes, day, esc
from fir.publish.remembered import once_an_edition
from fir.publish.sign import to_entry

ROOT = "../../"
_INCOMPLETE = {"fragment": "one fragment of an image", "partial": "image of one part only"}
_COUNTS = "no one two three four five six seven eight nine".split()


class Shown(NamedTuple):
    edition: Edition
    entry: Entry
    answer: Answer
    this: Firmware
    history: History
    record: Record | None


def show(edition: Edition, entry: Entry) -> Shown:
    answer = edition.answer_of[entry.cpl_number]
    assert answer.firmware is not None  # an entry's firmware is always known
    history = edition.answers.histories[entry.line]
    return Shown(edition, entry, answer, answer.firmware, history, edition.record_of(entry))


def named(page: Shown, firmware: Firmware) -> str:
    """A firmware version; it leads to its entry unless it is this one."""
    this = firmware is page.this
    return by_bytes(firmware.version) if this else to_entry(firmware.entry, ROOT)


@once_an_edition
def field_title(edition: Edition, field: str) -> str:
    """What a column of `entries.csv` is called, as the schema has it."""
    return esc(str(edition.repository.shapes.field("entry", [field]).get("title", field)))


def count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"


def version(text: str) -> str:
    """`SMETS V4.2` as `4.2`."""
    return esc(text.split()[-1].removeprefix("V")) if text else "not known"


def listed_on(firmware: Firmware) -> str:
    """The day of its first listing, which a later entry of the same firmware does not move."""
    return day(firmware.entries[0].first_issued_on) or "day not known"


def incomplete(entry: Entry) -> str:
    """What the entry's image is where it is not the whole of one."""
    return _INCOMPLETE.get(image_kind(entry.image_descriptor), "")


def clash(page: Shown, other: Firmware) -> str:
    """Why nobody can say which of two firmwares is newer."""
    if page.history.compare(page.this, other).basis != "order":
        return "is stated to come both before this firmware and after it"
    later = other.first_number > page.this.first_number
    higher = other.number > page.this.number
    when, number = "later" if later else "earlier", "higher" if higher else "lower"
    if later != higher:
        return f"was listed {when} but has a {number} version"
    gbcs = "lower" if other.gbcs < page.this.gbcs else "higher"
    return f"was listed {when} with a {number} version, but a {gbcs} GBCS version"
