"""An answer in words: one word, its sentences, and what it rests on.

Pure; what `fir find` and the pages say about an answer stands here. `fir find` prints one line; a
page has the rest of the answer around its sentences, and makes links of the firmware they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from fir.answers import Answer, Firmware, History, Way
from fir.diagnostics import either
from fir.model import Change, Snapshot, Withdrawal

WORDS = {
    "withdrawn": "Withdrawn",
    "removed": "Removed",
    "no-longer-listed": "No longer listed",
    "newer-exists": "Newer exists",
    "unclear": "Unclear",
    "latest": "Latest",
    "unknown-firmware": "Not on the CPL",
    "unknown-model": "Not on the CPL",
    "unknown-manufacturer": "Not on the CPL",
    "never-listed": "Never listed",
}
UNKNOWN = {
    "unknown-firmware": "The CPL lists this Device Model, but not with this firmware.",
    "unknown-model": "The CPL knows the manufacturer identifier, but not this Device Model.",
    "unknown-manufacturer": "The CPL lists no device with this manufacturer identifier.",
    "never-listed": "The CPL lists no Type 2 Devices, such as an IHD, and so no firmware of them.",
}
_NOTHING_NEWER = "Nothing newer is listed for this exact device"
MEANINGS = {
    "latest": f"{_NOTHING_NEWER}.",
    "newer-exists": "At least one newer firmware is listed. We show the way there.",
    "unclear": "Number and version disagree. Only the manufacturer can say.",
    "withdrawn": "The manufacturer has taken this firmware back.",
    "removed": "No longer a Current entry on the CPL.",
    "no-longer-listed": "The CPL had it once and has dropped its number.",
    "no-record": "Listed, but nobody has supplied its notes yet.",
    "unknown-firmware": "We know no entry with these values.",
}
"""What each answer means, whatever the device."""
_BASIS = {
    "upgrade_from": "The manufacturer's statement of what may be installed over what.",
    "replaced_by": "The manufacturer's statement of what replaces a withdrawn firmware.",
    "released_on": "The release dates that the manufacturer gives.",
    "order": "First CPL number and firmware version, which both rise, and GBCS, which does not "
    "fall; the manufacturer states nothing.",
}
_RULE = (
    "A firmware is called newer only where the manufacturer says so, or where first CPL number "
    "and version both rise and GBCS does not fall."
)
NO_END = "Statements and listings contradict each other: nobody can say what comes last."
NOTHING_ON_OFFER = "All firmware listed for this exact device is Removed from the CPL or withdrawn."
NO_ORDER = "Nobody states which comes after which."
ONLY_THE_MANUFACTURER = "Only the manufacturer can say which is the latest."
LAG = "The inventory may lag the meter: read the version from the device before you act."
IMAGES = {
    "fragment": "The latest comes in fragments, each with an entry of its own: install them all.",
    "partial": "The latest is an image of one part of the device only.",
}
"""What must be known of the latest where it is not one whole image."""
OWN_IMAGES = {
    "fragment": (
        "This entry lists one fragment of an image.",
        "Each fragment has an entry of its own: none does without the others.",
    ),
    "partial": (
        "This entry lists an image of one part of the device only.",
        "It does not hold the firmware of the whole device.",
    ),
}
"""The same of an entry itself: what it is, and what that means."""
NO_NOTES = "No record yet: nobody has supplied notes."
OUTAGE = {"expected": "Expected", "not-expected": "Not expected", "unknown": "Not stated"}
DIRECT = {
    "stated-yes": ("Yes", "the manufacturer states it"),
    "stated-no": ("No", "the manufacturer says from what, and it is not this"),
    "not-stated": ("Not stated", "ask before you install"),
}
"""Whether the latest can be installed directly, and who says so."""
_COUNTS = "no one two three four five six seven eight nine".split()
_STEPS_IN_WORDS = 3


class Sentence(NamedTuple):
    """Words of ours with a `{}` for each piece: a firmware to be named, a CPL number, a text."""

    words: str
    pieces: tuple[Firmware | CplNumber | str, ...] = ()


class CplNumber(NamedTuple):
    number: str


def in_words(number: int) -> str:
    """Numbers below ten as words."""
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"


def sentence(answer: Answer, snapshot: Snapshot) -> str:
    """What the answer means, in one or two sentences."""
    if answer.firmware is None:
        return UNKNOWN[answer.answer]
    if answer.answer == "latest":
        return f"{_NOTHING_NEWER} in CPL {snapshot.version}."
    if answer.answer == "withdrawn":
        return f"{_withdrawn(answer.firmware)} {_other(answer)}"
    if answer.answer == "removed":
        return f"The CPL lists this firmware as Removed. {_other(answer)}"
    if answer.answer == "no-longer-listed":
        last = answer.firmware.entry.last_listed_version
        return f"The CPL last listed this firmware in version {last}. {_other(answer)}"
    return _other(answer)


def rests_on(answer: Answer) -> str:
    """Why the answer may be believed, or what it lacks; empty where there is nothing to compare."""
    if answer.firmware is None:
        return ""
    if answer.basis:
        return _BASIS[answer.basis]
    if answer.newer == "none" and not answer.recorded:
        return "The CPL alone: no record says what the manufacturer knows of this firmware."
    return _RULE


def firmware_name(firmware: Firmware) -> str:
    """`01070300 (CPL 000042)`."""
    return f"{firmware.version} (CPL {firmware.entry.cpl_number})"


def installing(way: Way) -> str:
    """Whether the target can be installed directly, as the manufacturers state it."""
    if way.direct == "stated-yes":
        return "yes, stated"
    if way.direct == "via":
        first = ", then ".join(map(firmware_name, way.steps))
        return f"no, in {len(way.steps)} steps: {first}"
    if way.direct == "stated-no":
        return "no: the manufacturer states a list, and no way from this firmware is on it"
    return "not stated: ask before you install"


def disagreement(history: History, this: Firmware, other: Firmware) -> str:
    """Why nobody can say which of two firmwares is newer, as what is said of the other."""
    if history.compare(this, other).basis != "order":
        return "is stated to come both before this firmware and after it"
    later = other.first_number > this.first_number
    higher = other.number > this.number
    when, number = "later" if later else "earlier", "higher" if higher else "lower"
    if later != higher:
        return f"was listed {when} but has a {number} version"
    gbcs = "lower" if other.gbcs < this.gbcs else "higher"
    return f"was listed {when} with a {number} version, but a {gbcs} GBCS version"


def withdrawal_of(firmware: Firmware) -> Withdrawal | None:
    """The statement behind `withdrawn`, of the record shown or else of another entry."""
    if not firmware.withdrawn:
        return None
    records = [firmware.record, *firmware.records.values()]
    return next((each.withdrawn for each in records if each and each.withdrawn), None)


def _withdrawn(firmware: Firmware) -> str:
    withdrawal = withdrawal_of(firmware)
    if withdrawal is None:
        return "The manufacturer has withdrawn this firmware."
    reason = withdrawal.reason.rstrip(".")
    instead = f" Install CPL {withdrawal.replaced_by} instead." if withdrawal.replaced_by else ""
    return f"The manufacturer withdrew this firmware on {withdrawal.on}: {reason}.{instead}"


def _other(answer: Answer) -> str:
    """What else is listed for this exact device, and how it stands to this firmware."""
    if answer.newer == "exists":
        count = len(answer.newer_firmware)
        newer = f"{count} newer firmware versions are" if count > 1 else "One newer firmware is"
        if answer.latest in answer.newer_firmware and answer.latest:
            last = f"; the latest is {firmware_name(answer.latest)}"
        else:
            names = ", ".join(map(firmware_name, answer.newer_firmware))
            last = f", {names}; which one is the latest of all is not clear"
        return f"{newer} listed for this exact device{last}."
    if answer.newer == "unclear":
        others = either(map(firmware_name, answer.unclear_firmware))
        return f"Nobody states whether {others} comes before this firmware or after it."
    return MEANINGS["latest"]


# What a page says: the firmware it names are links, and what they are is told beside.


def page_sentences(
    answer: Answer,
    history: History,
    snapshot: Snapshot,
    removed: Change | None,
    day: Callable[[str], str],
) -> Iterator[Sentence]:
    """What the answer means for its firmware; `day` writes a day for people."""
    this = answer.firmware
    assert this is not None  # a page is of something that the CPL knows
    if answer.answer == "withdrawn":
        withdrawal = withdrawal_of(this)
        if withdrawal:
            yield Sentence("The manufacturer withdrew this firmware on {}.", (day(withdrawal.on),))
        else:
            yield Sentence("The manufacturer withdrew this firmware.")
    elif answer.answer == "removed":
        if removed:
            since = removed.version, day(removed.issued_on)
            yield Sentence("The CPL has this firmware as Removed since CPL {}, {}.", since)
        else:
            yield Sentence("The CPL has this firmware as Removed.")
    elif answer.answer == "no-longer-listed":
        last = this.entry.last_listed_version
        yield Sentence("The CPL has not listed this firmware since version {}.", (last,))
    yield from _others(answer, this, history, snapshot)


def _others(
    answer: Answer, this: Firmware, history: History, snapshot: Snapshot
) -> Iterator[Sentence]:
    """What else is listed for this exact device, and how it stands to this firmware."""
    if answer.newer == "exists":
        yield Sentence(_listed(len(answer.newer_firmware), "newer"))
        if answer.way is None:
            yield Sentence(ONLY_THE_MANUFACTURER)
            return
        yield Sentence("The latest is {}.", (answer.way.target,))
        if answer.way.direct == "stated-yes":
            yield Sentence("It may be installed directly.")
        elif answer.way.direct == "via":
            steps = answer.way.steps[:-1]
            yield Sentence(f"Go through {', then '.join('{}' for _ in steps)} first.", steps)
    elif answer.newer == "unclear":
        others = answer.unclear_firmware
        if len(others) > 1:
            yield Sentence(_listed(len(others), "other"))
            yield Sentence(NO_ORDER)
        else:
            why = disagreement(history, this, others[0])
            yield Sentence(f"Another firmware, {{}}, {why}.", others)
    else:
        yield nothing_newer(snapshot)


def nothing_newer(snapshot: Snapshot) -> Sentence:
    return Sentence(f"{_NOTHING_NEWER} in CPL {{}}.", (snapshot.version,))


def _listed(number: int, which: str) -> str:
    verb = "firmware is" if number == 1 else "firmwares are"
    return f"{in_words(number).capitalize()} {which} {verb} listed for this exact device."


def page_basis(answer: Answer, this: Firmware) -> Iterator[Sentence]:
    """What the answer rests on, and what must be known before one acts on it."""
    way = answer.way
    stated = _stated(this, way.steps) if way and answer.basis == "upgrade_from" else None
    basis = rests_on(answer)
    if stated:
        yield stated
    elif basis:
        yield Sentence(basis)
    if way and way.image in IMAGES:
        yield Sentence(IMAGES[way.image])
    if answer.newer == "exists":
        yield Sentence(LAG)


def _stated(this: Firmware, steps: tuple[Firmware, ...]) -> Sentence | None:
    """Which statements lead to the latest; none where there are none, or too many to read."""
    if not 1 <= len(steps) <= _STEPS_IN_WORDS:
        return None
    told: list[str] = []
    numbers: list[CplNumber] = []
    for before, after in pairwise((this, *steps)):
        stated = before.numbers & (after.sources or frozenset())
        shown = before.entry.cpl_number
        over = shown if shown in stated else min(stated)
        told.append("{} over {}" if told else "{} may be installed over {}")
        numbers += [CplNumber(after.entry.cpl_number), CplNumber(over)]
    *first, last = told
    listed = f"{', '.join(first)}, and {last}" if first else last
    return Sentence(f"The manufacturer’s statement: {listed}.", tuple(numbers))


def several_ends(number: int, named: int) -> str:
    """Of a line without one latest; a `{}` for each end that is named: its track and firmware."""
    ends = ["track {} at {}"] * min(number, named)
    more = [f"and {in_words(number - named)} more"] if number > named else []
    listed = ", ".join([*ends, *more])
    return f"This device has firmware on {in_words(number)} tracks: {listed}. {NO_ORDER}"


def several_lines(number: int) -> str:
    return (
        f"{in_words(number).capitalize()} lines of firmware share these identifiers, and no "
        "firmware of one is compared with another’s. Each has its own answer: know which one "
        "yours is."
    )
