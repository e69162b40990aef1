"""An answer in words: one word, one sentence, and what it rests on.

Pure; `fir find` prints these sentences and the pages may show the same ones.
"""

from __future__ import annotations

from fir.answers import Answer, Firmware, History, Way
from fir.diagnostics import either
from fir.model import Snapshot, Withdrawal

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
