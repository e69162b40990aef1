"""Merge: what a matched entry changes in the register, and what becomes of a contact beside it.

What is there stays. A submission adds to it, and changes its notes only with a correction. A
contact that is not the one on file is neither dropped nor written unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic, Refused, tick
from fir.editing.fmt import with_value
from fir.editing.notation import tidy
from fir.editing.proposal import kind_of, path_conflict
from fir.model import Shapes
from fir.repository.read import expected_path, record_of
from fir.strict_yaml.characters import Keys
from fir.strict_yaml.reader import parse
from fir.submissions.match_entry import Match, pending_of
from fir.submissions.match_manufacturer import (
    ContactOrders,
    Manufacturers,
    contact_on_file,
    path_of,
)
from fir.submissions.submission import KIND, VERSIONS, ReadAs, Submission, SubmittedEntry

Value = Mapping[str, Any]
NEW = ("written", "pending")


class Change(NamedTuple):
    """What a submission, or one entry of it, does to the register; a step returns a new one."""

    submission: Submission
    row: int | None
    read_as: tuple[ReadAs, ...]
    findings: tuple[Diagnostic, ...] = ()
    at: int = 0
    """Which entry of the submission it is."""
    status: str = ""
    """`written`, `pending`, `unchanged` or `refused`; empty until it is merged."""
    path: str = ""
    """The file that it is about; empty where that is not known."""
    value: Value = MappingProxyType({})
    """What the record is to hold."""
    replaces: str = ""
    """A file whose place it takes."""
    repeats: bool = False
    """Whether an earlier change of the same run says the same."""

    @property
    def stands(self) -> bool:
        """Whether it is about a file, and not refused."""
        return bool(self.path) and self.status != "refused"

    @property
    def is_new(self) -> bool:
        """Whether its record is to be written."""
        return self.status in NEW

    @property
    def manufacturer(self) -> str:
        return str(self.value["manufacturer"])

    @property
    def is_contact(self) -> bool:
        """Whether it is about the manufacturer's file alone."""
        return self.path == path_of(self.manufacturer)

    def refused(self, *reasons: Diagnostic) -> Change:
        """The same, refused: of what was said before, the warnings and notes stay."""
        kept = (each for each in self.findings if each.level != "error")
        return self._replace(status="refused", findings=(*reasons, *kept))


def merge(
    change: Change, match: Match, manufacturers: Manufacturers, earlier: Mapping[str, Change]
) -> Change:
    """The change with its file and its status, or refused.

    `earlier` are those of the same run that are to be written, by path.
    """
    repository, root = manufacturers.repository, manufacturers.root
    submitted = SubmittedEntry(change.submission, change.at)
    value = _record_value(submitted, match, repository.shapes)
    path = expected_path(record_of("", value))
    there = repository.by_number.get(match.entry.cpl_number) if match.entry else None
    there = there or pending_of(match, repository)
    if there and there.manufacturer != value["manufacturer"]:
        message = f"there is a record of another manufacturer already: {there.path}"
        fix = "name that manufacturer, or have the other record corrected first"
        return change.refused(submitted.error(message, fix, check="duplicate-record"))
    if there and not there.cpl_number and not match.entry:
        path = there.path
    change = change._replace(path=path, value=value)
    try:
        with_value(repository.shapes, kind_of(path), path, value)
    except Refused as refused:
        first = refused.first
        return change.refused(submitted.error(first.message, first.fix, check=first.check))
    if there is None or there.path != path:
        conflict = path_conflict(root, path, submitted.place())
        if conflict:
            return change.refused(conflict)
    if there:
        claimed = earlier.get(path)
        old = claimed.value if claimed else parse((root / there.path).read_bytes())[0]
        return _added(change, old, there.path, repository.shapes)
    if path in earlier:
        return _repeated(change, earlier[path])
    return change._replace(status="written" if match.entry else "pending")


def _record_value(submitted: SubmittedEntry, match: Match, shapes: Shapes) -> dict[str, Any]:
    """The record of a submitted entry, its fields in any order."""
    sent, own = submitted.submission.value, submitted.value
    kind = "record" if match.entry else "pending"
    value: dict[str, Any] = {
        name: own.get(name, sent.get(name))
        for name in shapes.field(kind, ())["properties"]
        if name in own or name in sent
    }
    if match.entry:
        value = {"cpl_number": match.entry.cpl_number, **value}
    return {**value, "device": match.device._asdict()}


def _added(change: Change, old: Value, path: str, shapes: Shapes) -> Change:
    """A change of a record that is there: what it holds stays, and only more is added."""
    waits = "cpl_number" not in change.value
    if not waits:
        old = {name: each for name, each in old.items() if name not in VERSIONS}
        old = {"cpl_number": change.value["cpl_number"], **old}
    both = _merged(old, change.value)
    if both.conflicts:
        return change.refused(*_conflicts(change, path, both.conflicts, shapes))
    replaces = path if path != change.path else ""
    changed = replaces or both.value != old
    status = ("pending" if waits else "written") if changed else "unchanged"
    return change._replace(value=both.value, replaces=replaces, status=status)


def _repeated(change: Change, first: Change) -> Change:
    """Another entry of the same run for the same file."""
    both = _merged(first.value, change.value)
    if not both.conflicts and both.value == first.value:
        return change._replace(status="unchanged", repeats=True)
    where = first.submission.place("entries", first.at) or first.submission.source
    message = f"{where} is for the same entry and says something else"
    fix = "keep the one that is right, and send it again"
    submitted = SubmittedEntry(change.submission, change.at)
    return change.refused(submitted.error(message, fix, check="duplicate-record"))


class _Merged(NamedTuple):
    value: dict[str, Any]
    """The record with what the submission adds."""
    conflicts: tuple[str, ...]
    """The fields of which the two say different things."""


def _merged(old: Value, new: Value) -> _Merged:
    """Adds what the record does not say; changes its notes only with a correction that says how.

    Corrections add up: whoever sends one need not know of those before it.
    """
    value = dict(old)
    conflicts = []
    known = old.get("corrections", [])
    corrected = [each for each in new.get("corrections", ()) if each not in known]
    for name, sent in new.items():
        if name == "corrections":
            value[name] = [*known, *corrected]
        elif name not in old or (corrected and name == "release_notes"):
            value[name] = sent
        elif not _same(old[name], sent):
            conflicts.append(name)
    return _Merged(value, tuple(conflicts))


def _same(old: Any, new: Any) -> bool:
    return old == new or (isinstance(old, str) and isinstance(new, str) and tidy(old) == tidy(new))


def _conflicts(
    change: Change, path: str, names: tuple[str, ...], shapes: Shapes
) -> Iterator[Diagnostic]:
    for name in names:
        message = f"{tick(name)} is another one here than in the record that is there: {path}"
        if name == "release_notes":
            fix = "if the notes are to change, say in `corrections` on which day and how"
        else:
            fix = "correct it here, or edit the record"
        keys = keys_sent((name,), change.at, shapes)
        yield change.submission.error(message, fix, *keys)


def keys_sent(keys: Keys, at: int, shapes: Shapes) -> Keys:
    """The way to a record's field in the submission that it comes from."""
    of_all = shapes.field(KIND, ())["properties"]
    return keys if keys and keys[0] in of_all else ("entries", at, *keys)


class MergedContact(NamedTuple):
    """The manufacturers with the contact of a submission where that was ordered, else a warning."""

    manufacturers: Manufacturers
    warnings: tuple[Diagnostic, ...] = ()


def merge_contact(
    submission: Submission, device_type: str, manufacturers: Manufacturers, orders: ContactOrders
) -> MergedContact:
    sent = submission.value
    value = manufacturers.value(sent["manufacturer"])
    found = list(_differences(sent, value, device_type))
    if submission.is_contact_alone:
        found += _confirmation(sent, value, device_type)
    if not found:
        return MergedContact(manufacturers)
    if orders.takes(device_type):
        return _taken(submission, device_type, manufacturers, orders)
    return MergedContact(manufacturers, (_differs(submission, device_type, found),))


def _taken(
    submission: Submission, device_type: str, manufacturers: Manufacturers, orders: ContactOrders
) -> MergedContact:
    sent, slug = submission.value, submission.value["manufacturer"]
    for_type = device_type != "" and device_type == orders.for_type
    changed = _with_contact(manufacturers.value(slug), sent, device_type, for_type=for_type)
    key = slug, device_type if "contact_by_device_type" in changed else ""
    stated = {name: sent.get(name) for name in ("contact", "website")}
    first, source = manufacturers.contacts_from.get(key, (stated, submission.source))
    if first != stated:
        message = f"another contact of {tick(slug)} was taken from {source} already"
        fix = "settle which one holds, and send that one alone with `--take-contact`"
        return MergedContact(manufacturers, (_warning(submission, message, fix, "contact"),))
    planned = {**manufacturers.planned, slug: changed}
    contacts_from = {**manufacturers.contacts_from, key: (first, source)}
    return MergedContact(replace(manufacturers, planned=planned, contacts_from=contacts_from))


def _with_contact(
    manufacturer: Value, sent: Value, device_type: str, *, for_type: bool
) -> dict[str, Any]:
    """The manufacturer with the contact of a submission: for one type of device, or in the place
    of the one that is published for it now."""
    changed = dict(manufacturer)
    by_type = dict(manufacturer.get("contact_by_device_type", {}))
    if "contact" in sent:
        if for_type or device_type in by_type:
            changed["contact_by_device_type"] = {**by_type, device_type: sent["contact"]}
        else:
            changed["contact"] = sent["contact"]
    if "website" in sent and not for_type:
        changed["website"] = sent["website"]
    return changed


class _Difference(NamedTuple):
    """A field in which the two differ, as the way to it in a submission, and both values."""

    keys: tuple[str, ...]
    sent: str
    on_file: str


def _differences(sent: Value, manufacturer: Value, device_type: str) -> Iterator[_Difference]:
    """Where the contact and website of a submission are others than those on file.

    A day of confirmation alone is no difference, nor is anything the submission does not say.
    """
    theirs = _flat(sent.get("contact", {}), ("contact",))
    ours = _flat(contact_on_file(manufacturer, device_type), ("contact",))
    for keys in dict.fromkeys((*theirs, *ours)) if theirs else ():
        if theirs.get(keys, "") != ours.get(keys, ""):
            yield _Difference(keys, theirs.get(keys, ""), ours.get(keys, ""))
    website = sent.get("website", "")
    if website and website != manufacturer.get("website", ""):
        yield _Difference(("website",), website, manufacturer.get("website", ""))


def _confirmation(sent: Value, manufacturer: Value, device_type: str) -> Iterator[_Difference]:
    """A later day on which the contact was confirmed, which is all that some send in."""
    day = sent.get("contact", {}).get("confirmed_on", "")
    known = contact_on_file(manufacturer, device_type).get("confirmed_on", "")
    if day > known:
        yield _Difference(("contact", "confirmed_on"), day, known)


def _flat(contact: Value, keys: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for name, value in contact.items():
        if isinstance(value, Mapping):
            found |= _flat(value, (*keys, name))
        elif name != "confirmed_on":
            found[*keys, name] = value if isinstance(value, str) else "; ".join(value)
    return found


def _differs(submission: Submission, device_type: str, found: list[_Difference]) -> Diagnostic:
    """Every difference with both values, in one sentence."""
    parts = []
    for each in found:
        field = ".".join(each.keys).removeprefix("contact.").removeprefix("address.")
        sent = tick(each.sent) if each.sent else "not given"
        parts.append(f"{field} {sent}, there {tick(each.on_file) if each.on_file else 'none'}")
    slug = tick(submission.value["manufacturer"])
    message = f"the contact is not the one on file for {slug}: {'; '.join(parts)}"
    fix = "if it is right, run again with `--take-contact`"
    if device_type:
        fix += f', or for this type alone with `--contact-for "{device_type}"`'
    return _warning(submission, message, f"{fix}; else leave it", *found[0].keys)


def _warning(submission: Submission, message: str, fix: str, *keys: str) -> Diagnostic:
    error = submission.error(message, fix, *keys, check="contact-differs")
    return error._replace(level="warning")
