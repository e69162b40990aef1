"""A published CPL becomes the next snapshot, and the repository stays as sound as it was.

Everything an import changes is one atomic write: the snapshot, the records whose number has come,
and a dated waiver for each finding that the new CPL, and nobody's pull request, has caused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from fir.answers.coverage import required
from fir.checks import checks, judge
from fir.cpl.promotion import Promotion, Waiting, promote, text_of
from fir.cpl.read import CplIssue, read_cpl
from fir.cpl.update import Merged, merge, refusals
from fir.demonstration import build
from fir.diagnostics import Diagnostic, Refused, problem, refusal, tick, visible
from fir.model import SNAPSHOT, WAIVERS, Change, Entry, Repository, Snapshot, Waiver
from fir.repository.read import read_repository
from fir.repository.snapshot import CHANGES, ENTRIES
from fir.schemas.explain import explain
from fir.strict_yaml.writer import to_yaml

WAIVED_FOR = timedelta(days=30)


class Imported(NamedTuple):
    """What an import found and did, or would do; `files` is what to write, None to delete."""

    issue: CplIssue
    merged: Merged
    promotions: tuple[Promotion, ...]
    waiting: tuple[Waiting, ...]
    proposed: tuple[Waiver, ...]
    dropped: tuple[Waiver, ...]
    without_record: tuple[str, ...]
    files: Mapping[str, bytes | None]


def import_cpl(
    root: Path,
    file: Path,
    *,
    today: date,
    repair: bool = False,
    allow_lost: bool = False,
    replace_demo: bool = False,
) -> Imported:
    """Works out an import; `files` is what a transaction has to write. Raises Refused."""
    issue = read_cpl(file, repair=repair)
    repository = read_repository(root)
    _refuse_what_cannot_be_built_on(repository, root)
    demonstration = _demonstration(repository, root, replace_demo)
    if demonstration:
        repository = _emptied(repository)
    found = [
        *_mistakes(repository, issue),
        *refusals(repository.entries, repository.snapshot, issue, allow_lost=allow_lost),
    ]
    if found:
        raise Refused(found)
    merged = merge(repository.entries, repository.snapshot, issue)
    promotions, waiting = promote(repository, merged.entries, merged.added)
    promotions, waiting = _without_clashes(root, promotions, waiting)
    snapshot = _snapshot(issue, merged, file, today)
    after = _after(repository, snapshot, merged, issue, promotions)
    after, proposed, dropped = waived(repository, after, today)
    files: dict[str, bytes | None] = dict.fromkeys(demonstration)
    if _anything_new(repository, snapshot, merged, promotions):
        files |= {
            ENTRIES: _csv(Entry._fields, (merged.entries[n] for n in sorted(merged.entries))),
            CHANGES: _csv(Change._fields, after.changes),
            SNAPSHOT: _snapshot_yaml(snapshot),
        }
        for promotion in promotions:
            pending = (root / promotion.record.path).read_bytes()
            files |= {promotion.path: text_of(promotion, pending), promotion.record.path: None}
        if proposed or dropped or demonstration:
            files[WAIVERS] = _waivers_yaml(after.waivers)
    return Imported(
        issue=issue,
        merged=merged,
        promotions=tuple(promotions),
        waiting=tuple(waiting),
        proposed=tuple(proposed),
        dropped=tuple(dropped),
        without_record=_without_record(after, merged.added),
        files=files,
    )


def _refuse_what_cannot_be_built_on(repository: Repository, root: Path) -> None:
    """A damaged snapshot cannot be compared with, and a link must not be written through."""
    reasons = [
        each
        for each in repository.refusals
        if each.check == "unsafe-file"
        or each.path == WAIVERS
        or (each.check == "damaged-snapshot" and (root / ENTRIES).exists())
    ]
    reasons += [
        problem(document.path, "the waivers cannot be read", "run `fir check` and mend them first")
        for document in repository.misshapen
        if document.path == WAIVERS
    ]
    if reasons:
        raise Refused(reasons)


def _mistakes(repository: Repository, issue: CplIssue) -> Iterator[Diagnostic]:
    """What no entry of a snapshot can hold, in the schema's words."""
    for number, entry in issue.entries.items():
        value = entry._asdict()
        if not repository.shapes.fits("entry", value):
            for mistake in explain(repository.shapes, "entry", value):
                cure = "have the CPL corrected, or widen the schema"
                yield problem(f"entry {number}", mistake.message, cure)


def _demonstration(repository: Repository, root: Path, replace_demo: bool) -> list[str]:
    """The demonstration's files to remove, once it is sure that nothing else is among them."""
    snapshot = repository.snapshot
    is_demo = snapshot is not None and snapshot.demonstration
    if is_demo and not replace_demo:
        message = "the snapshot is demonstration data; real entries must not be mixed with it"
        cure = "run again with `--replace-demo`, which removes the demonstration"
        raise refusal(SNAPSHOT, message, cure)
    if not replace_demo:
        return []
    if not is_demo:
        message = "the snapshot is no demonstration, so there is none to replace"
        raise refusal(SNAPSHOT, message, "run again without `--replace-demo`")
    made = build()
    there = {
        path.relative_to(root).as_posix(): path
        for path in (root / "records").rglob("*")
        if path.is_file()
    }
    foreign = [name for name, path in there.items() if made.get(name) != path.read_bytes()]
    if foreign:
        raise Refused(
            problem(
                visible(name),
                "the file is edited or was not made by the demonstration",
                "move it out of `records/`, or delete it, and run again",
            )
            for name in sorted(foreign)
        )
    return sorted(there)


def _emptied(repository: Repository) -> Repository:
    return repository._replace(
        snapshot=None,
        entries={},
        changes=(),
        records=(),
        pending=(),
        manufacturers={},
        slugs=frozenset(),
        waivers=(),
    )


def _without_clashes(
    root: Path, promotions: list[Promotion], waiting: list[Waiting]
) -> tuple[list[Promotion], list[Waiting]]:
    """A file that is already there, however broken, is never overwritten by a promotion."""
    clashing = [each for each in promotions if (root / each.path).exists()]
    waiting = waiting + [
        Waiting(each.record.path, f"`{each.path}` is already there: mend or delete one of the two")
        for each in clashing
    ]
    return [each for each in promotions if each not in clashing], sorted(waiting)


def _snapshot(issue: CplIssue, merged: Merged, file: Path, today: date) -> Snapshot:
    return Snapshot(
        version=issue.version,
        issued_on=issue.issued_on,
        source=" ".join(visible(file.name).split())[:200] or "unnamed",
        sha256=issue.sha256,
        entries=str(len(merged.entries)),
        imported_on=today.isoformat(),
        demonstration=False,
    )


def _after(
    repository: Repository,
    snapshot: Snapshot,
    merged: Merged,
    issue: CplIssue,
    promotions: Iterable[Promotion],
) -> Repository:
    """The repository as it will be; the first snapshot has nothing to have changed from."""
    promoted = {each.record.path: each for each in promotions}
    new = [
        each.record._replace(path=each.path, cpl_number=each.entry.cpl_number)
        for each in promoted.values()
    ]
    changes = merged.changes(issue) if repository.snapshot else []
    return repository._replace(
        snapshot=snapshot,
        entries=merged.entries,
        changes=(*repository.changes, *changes),
        records=(*repository.records, *new),
        pending=tuple(each for each in repository.pending if each.path not in promoted),
    )


def waived(
    before: Repository, after: Repository, today: date
) -> tuple[Repository, list[Waiver], list[Waiver]]:
    """The repository with a dated waiver for each error the import causes, and none it ends."""
    needless = set(_needless(after)) - set(_needless(before))
    dropped = [waiver for waiver in after.waivers if waiver in needless]
    still_needed = tuple(waiver for waiver in after.waivers if waiver not in needless)
    known = {(finding.check, finding.path) for finding in _errors(before)}
    causes = _causes(before, after)
    proposed = []
    caused = _errors(after._replace(waivers=still_needed))
    for check, path in dict.fromkeys((finding.check, finding.path) for finding in caused):
        if (check, path) not in known and checks()[check].waivable:
            proposed.append(_proposal(check, path, after, causes, today))
    return after._replace(waivers=(*still_needed, *proposed)), proposed, dropped


def _errors(repository: Repository) -> list[Diagnostic]:
    return [finding for finding in judge(repository) if finding.level == "error"]


def _needless(repository: Repository) -> list[Waiver]:
    lines = {finding.line for finding in judge(repository, ["needless-waiver"])}
    return [
        waiver
        for index, waiver in enumerate(repository.waivers)
        if repository.at(WAIVERS, index, "check")[1] in lines
    ]


def _causes(before: Repository, after: Repository) -> dict[str, str]:
    """What the import changed in each entry, in words for a waiver's reason."""
    by_number: dict[str, list[str]] = {}
    for change in after.changes[len(before.changes) :]:
        words = f"{change.field} from {tick(change.before)} to {tick(change.after)}"
        by_number.setdefault(change.cpl_number, []).append(words)
    return {number: "; ".join(words) for number, words in by_number.items()}


def _proposal(
    check: str, path: str, after: Repository, causes: Mapping[str, str], today: date
) -> Waiver:
    assert after.snapshot is not None
    number = path.rpartition("/")[2].removesuffix(".yaml")
    what = causes.get(number, "entries of this device")
    return Waiver(
        check=check,
        path=path,
        reason=f"CPL {after.snapshot.version} changed {what}"[:500].rstrip(),
        approved_by=f"proposed by the import of CPL {after.snapshot.version}",
        until=(today + WAIVED_FOR).isoformat(),
    )


def _anything_new(
    repository: Repository, snapshot: Snapshot, merged: Merged, promotions: list[Promotion]
) -> bool:
    """Importing the same rows twice writes nothing at all."""
    old = repository.snapshot
    same_issue = old is not None and (old.version, old.issued_on) == (
        snapshot.version,
        snapshot.issued_on,
    )
    return not (same_issue and merged.entries == repository.entries and not promotions)


def _without_record(after: Repository, added: Iterable[str]) -> tuple[str, ...]:
    """The added entries that the Panel's policy asks a record for and nobody has supplied."""
    entries = (after.entries[number] for number in added if number not in after.by_number)
    return tuple(entry.cpl_number for entry in entries if required(entry, after))


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _snapshot_yaml(snapshot: Snapshot) -> bytes:
    value = {**snapshot._asdict(), "demonstration": str(snapshot.demonstration).lower()}
    return to_yaml(value, "../../schema/snapshot.schema.json").encode("utf-8")


def _waivers_yaml(waivers: Iterable[Waiver]) -> bytes:
    value = [waiver._asdict() for waiver in waivers]
    return to_yaml(value, "../schema/waivers.schema.json").encode("utf-8")
