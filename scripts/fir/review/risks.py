"""Why a change deserves a second look: found in the change alone, by rules that need no judgement.

`ABOUT` says what each risk means. It does not say that anything is wrong: often it is right, and
then a reviewer who knows says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fir.checks import judge
from fir.diagnostics import Diagnostic
from fir.model import Manufacturer, Record, Repository
from fir.repository.read import open_bytes
from fir.review.changes import Changed, slug_of

# Whether a page of the documentation is prose: words for people, of which nothing runs. A page
# may hold HTML, and what stands in one is published with the rights of the site's own scripts.

# Elements and attributes that do something, and the setting that gives a page another template.
_RUNS = re.compile(
    r"<\s*(?:script|iframe|object|embed|meta|base|form|style|link|svg)\b"
    r"|\bon[a-z]+\s*=|javascript:|^\W*template\W*:",
    re.IGNORECASE | re.MULTILINE,
)


def is_prose(root: str, path: str) -> bool:
    """Of a page as it will be; one that goes is. A link never is, nor what is no text."""
    try:
        return not _RUNS.search(open_bytes(f"{root}/{path}").decode("utf-8"))
    except FileNotFoundError:
        return True
    except (OSError, UnicodeDecodeError):
        return False


ABOUT = {
    "mixed": "the files must not be changed together",
    "write-orders": "whoever runs an older `fir` on it has files written that nobody reviewed",
    "contact-change": "a published contact changes: whoever it names will be told of every fault",
    "manufacturer-changed": "who the manufacturer is, or who may speak for it, changes",
    "identifier-claimed": "a manufacturer claims an identifier that another one states",
    "foreign-device": "the record is of a device whose identifier another manufacturer states",
    "manufacturer-deleted": "the contact of its records goes",
    "other-manufacturer": "the submitter's account belongs to another manufacturer",
    "unlisted-submitter": "the submitter is not among the manufacturer's accounts",
    "notes-changed": "published notes change, and no entry under `corrections` says how",
    "corrections-rewritten": "what was said of earlier corrections changes",
    "withdrawal": "a firmware is withdrawn, or its withdrawal changes",
    "device-changed": "the device of a published record changes",
    "number-changed": "the CPL number of a published record changes",
    "manufacturer-of-record": "a published record goes to another manufacturer",
    "record-deleted": "the CPL still lists the entry, and its record goes",
    "unreadable": "the file cannot be read, so nobody can say what it does",
    "waiver-added": "a finding of the checks is excused",
    "edited-by-hand": "the CPL snapshot holds what no import writes",
    "entries-lost": "entries are no longer on the list that was imported",
    "decides-the-checks": "the file is part of what judges, builds or publishes the records",
}
# Everything but prose, tests and measurements decides what is checked or what is published.
_HARMLESS = ("tests/", "bench/", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
_CONTACT = ("contact.", "contact_by_device_type.", "website")
_IDENTITY = ("name", "manufacturer_identifiers", "succeeded_by", "github", "also_known_as")


class Risk(NamedTuple):
    """One reason, and where: `subject` is a CPL number, a short name or a path."""

    risk: str
    subject: str
    path: str | None = None

    @property
    def message(self) -> str:
        return ABOUT[self.risk]


def of_changes(changes: Iterable[Changed], base: Repository, head: Repository) -> Iterator[Risk]:
    """The reasons that lie in what happens to records and manufacturers."""
    for each in changes:
        record = each.record
        subject = record.cpl_number if record and record.cpl_number else each.path
        for risk in _reasons(each, base, head):
            yield Risk(risk, each.slug if each.kind == "manufacturer" else subject, each.path)


def _reasons(each: Changed, base: Repository, head: Repository) -> Iterator[str]:
    if each.fate == "unreadable":
        yield "unreadable"
    elif isinstance(each.noun, Manufacturer):
        yield from _of_manufacturer(each)
        if _claimed(each, base):
            yield "identifier-claimed"
    elif isinstance(each.after, Record):
        yield from _of_record(each, each.after)
        if each.fate != "changed" and _is_foreign(each.after, base, head):
            yield "foreign-device"
    elif each.before is not None and each.was_published and _still_listed(each.before, head, base):
        yield "record-deleted"


def _of_manufacturer(each: Changed) -> Iterator[str]:
    if each.before is None:
        return
    if each.after is None:
        yield "manufacturer-deleted"
        return
    if is_contact_change(each):
        yield "contact-change"
    if any(field in _IDENTITY for field in each.stated):
        yield "manufacturer-changed"


def _claimed(each: Changed, base: Repository) -> bool:
    """Whether it states an identifier anew that is another one's already."""
    if not isinstance(each.after, Manufacturer):
        return False
    before = each.before.manufacturer_identifiers if isinstance(each.before, Manufacturer) else ()
    claimed = set(each.after.manufacturer_identifiers) - set(before)
    return any(
        claimed.intersection(other.manufacturer_identifiers)
        for slug, other in base.manufacturers.items()
        if slug != each.slug
    )


def _is_foreign(record: Record, base: Repository, head: Repository) -> bool:
    manufacturer = head.manufacturers.get(record.manufacturer)
    identifier = record.device.manufacturer_identifier
    if manufacturer is None or identifier in manufacturer.manufacturer_identifiers:
        return False
    return any(
        identifier in other.manufacturer_identifiers for other in base.manufacturers.values()
    )


def is_contact_change(each: Changed) -> bool:
    """Whether a contact that readers use changes; that it was confirmed anew changes nothing."""
    return (
        isinstance(each.before, Manufacturer)
        and isinstance(each.after, Manufacturer)
        and any(
            field.startswith(_CONTACT) and not field.endswith(".confirmed_on")
            for field in each.stated
        )
    )


def _of_record(each: Changed, after: Record) -> Iterator[str]:
    if any(field.startswith("withdrawn.") for field in each.stated):
        yield "withdrawal"
    before = each.before
    if not isinstance(before, Record) or not before.cpl_number:
        return
    if before.device != after.device:
        yield "device-changed"
    if before.cpl_number != after.cpl_number:
        yield "number-changed"
    if before.manufacturer != after.manufacturer:
        yield "manufacturer-of-record"
    unchanged = after.corrections[: len(before.corrections)] == before.corrections
    if not unchanged:
        yield "corrections-rewritten"
    if before.release_notes != after.release_notes and not (
        unchanged and len(after.corrections) > len(before.corrections)
    ):
        yield "notes-changed"


def _still_listed(record: Record | Manufacturer, head: Repository, base: Repository) -> bool:
    number = record.cpl_number if isinstance(record, Record) else ""
    entry = head.entries.get(number) or base.entries.get(number)
    return entry is not None and entry.listing != "no-longer-listed"


def of_tooling(paths: Iterable[str], root: str) -> Iterator[Risk]:
    """`root` holds the files as they will be."""
    for path in paths:
        if not (path.startswith(_HARMLESS) or _is_of_the_pages(path, root)):
            yield Risk("decides-the-checks", path, path)


def _is_of_the_pages(path: str, root: str) -> bool:
    if not path.startswith("docs/"):
        return False
    return path.endswith(".png") or (path.endswith(".md") and is_prose(root, path))


# What the checks say of a proposal: what is new, and what they say already.


def new_and_known(
    base: Repository, head: Repository, found: Iterable[Diagnostic]
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """What is found in `head`, apart; of two that are alike, the base may have had one."""
    known = Counter(_identity(finding, base) for finding in judge(base))
    new: list[Diagnostic] = []
    old: list[Diagnostic] = []
    for finding in found:
        known[_identity(finding, head)] -= 1
        (new if known[_identity(finding, head)] < 0 else old).append(finding)
    return tuple(new), tuple(old)


def _identity(finding: Diagnostic, state: Repository) -> tuple[str, str, str]:
    """What makes a finding the same one in both states: its line moves, and so does the CPL."""
    version = state.snapshot.version if state.snapshot else ""
    return finding.path, finding.check, finding.message.replace(f"version {version})", "")


# Whether the account that proposes a change may speak for the manufacturers it touches. The
# accounts are those of the base: a pull request cannot name itself. A team's members are not
# known here, so that a person has to look.


def of_submitter(author: str, changes: Iterable[Changed], base: Repository) -> Iterator[Risk]:
    """The manufacturers whose files an account touches that is not theirs."""
    elsewhere = _speaks_for_another(author, base)
    for slug, path in _touched(changes).items():
        manufacturer = base.manufacturers.get(slug)
        accounts = _accounts(manufacturer, base)
        if not manufacturer or author.lower() in accounts:
            continue
        if elsewhere:
            yield Risk("other-manufacturer", slug, path)
        elif accounts and not any(account.startswith("@") for account in accounts):
            yield Risk("unlisted-submitter", slug, path)


def undecided(author: str, changes: Iterable[Changed], base: Repository) -> list[tuple[str, str]]:
    """The manufacturers for which only a person can say it, each with its teams, if it has any."""
    found: list[tuple[str, str]] = []
    if _speaks_for_another(author, base):
        return found
    for slug in _touched(changes):
        manufacturer = base.manufacturers.get(slug)
        accounts = _accounts(manufacturer, base)
        teams = sorted(account for account in accounts if account.startswith("@"))
        if manufacturer and author.lower() not in accounts and (teams or not accounts):
            found.append((slug, ", ".join(teams)))
    return found


def _touched(changes: Iterable[Changed]) -> dict[str, str]:
    """Each manufacturer that a change touches, where it goes and where it comes from."""
    paths = [path for each in changes for path in (each.path, each.source) if path]
    return {slug_of(path): path for path in sorted(paths, reverse=True)}


def _accounts(manufacturer: Manufacturer | None, base: Repository) -> set[str]:
    """Those of the manufacturer, and of whoever took it over."""
    found: set[str] = set()
    seen: set[str] = set()
    while manufacturer and manufacturer.slug not in seen:
        seen.add(manufacturer.slug)
        found |= {account.lower() for account in manufacturer.github}
        manufacturer = base.manufacturers.get(manufacturer.succeeded_by or "")
    return found


def _speaks_for_another(author: str, base: Repository) -> bool:
    accounts = (account for each in base.manufacturers.values() for account in each.github)
    return author.lower() in {account.lower() for account in accounts}
