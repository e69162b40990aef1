"""What each command does: options in, what to print and an exit code out.

What only one command needs is imported when that command runs: `fir check` runs on every save.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from fir.model import Finding, Repository, Snapshot
from fir.read.records import NotARepository, read_repository
from fir.report import Report, many
from fir.wording import nearest, tick

if TYPE_CHECKING:
    from datetime import date

DONE, FOUND, COULD_NOT_RUN = 0, 1, 2


Options = Any
"""What `arguments.parse` makes of the command line: an attribute for each argument."""


class Outcome(NamedTuple):
    code: int
    out: str = ""
    err: str = ""


class CouldNotRun(Exception):
    """The command cannot do its work; the sentence says why."""


def run(verb: str, options: Options) -> Outcome:
    """Runs one command."""
    try:
        return _VERBS[verb](options)
    except (CouldNotRun, NotARepository) as error:
        return could_not_run(str(error))


def could_not_run(sentence: str) -> Outcome:
    return Outcome(COULD_NOT_RUN, err=f"fir: {sentence}\n")


def _check(options: Options) -> Outcome:
    from fir.check import judge

    for name in options.only:
        _known_check(name)
    wanted = _wanted_paths(options)
    said = _mend(options, wanted) if options.fix else ""
    repository = _repository(options)
    findings = [finding for finding in judge(repository, options.only) if wanted(finding.path)]
    report = Report(tuple(findings), repository.files)
    renderer = importlib.import_module(f"fir.report.{options.format}")
    colour = {"colour": True} if options.format == "text" and _colour() else {}
    failing = ("error", "warning") if options.strict else ("error",)
    code = FOUND if any(report.counts[level] for level in failing) else DONE
    return Outcome(code, renderer.render(report, **colour), f"{said}{report.summary()}\n")


def _mend(options: Options, wanted: Callable[[str], bool]) -> str:
    """Mends what is certain, and says what it did."""
    from pathlib import Path

    from fir.contribute.atomic import recover, write_all
    from fir.contribute.fmt import rewritten
    from fir.contribute.mend import mended, moved
    from fir.report.diff import diff

    root = Path(_root(options))
    recover(root)
    changed, _ = rewritten(root, _repository(options).shapes, wanted, mended)
    if changed:
        write_all(root, {each.path: each.after for each in changed})
    moves = moved(root, _repository(options), wanted)
    if moves:
        write_all(root, moves)
    said = "".join(diff(*each) for each in changed)
    said += "".join(f"{'deleted' if moves[path] is None else 'added'} {path}\n" for path in moves)
    done = len(changed) + sum(content is not None for content in moves.values())
    return f"{said}{many(done, 'file')} mended\n"


def _wanted_paths(options: Options) -> Callable[[str], bool]:
    """Whether a path from the root is one of those the command is narrowed to."""
    root = os.path.realpath(_root(options))
    wanted = [_wanted(path, root) for path in options.paths]

    def is_wanted(path: str) -> bool:
        place = os.path.normcase(f"{root}/{path}")
        return not wanted or any(_within(place, each) for each in wanted)

    return is_wanted


def _wanted(path: str, root: str) -> str:
    """The file or folder meant, given from here or else from the root.

    A path that is mistyped must not look like one in which nothing was found.
    """
    places = [_real(path), _real(os.path.join(root, path))]
    there = [place for place in places if os.path.lexists(place)]
    inside = [place for place in there if _within(place, _real(root))]
    if inside:
        return inside[0]
    if there:
        raise CouldNotRun(f"{tick(path)} is not in the repository {root}")
    raise CouldNotRun(f"there is no {tick(path)}, neither here nor in {root}")


def _real(path: str) -> str:
    """An absolute path, with no link in the folders that lead to it."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.normcase(os.path.join(os.path.realpath(folder), name))


def _within(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _explain(options: Options) -> Outcome:
    from textwrap import fill

    from fir.check import STAGES, checks

    if options.id is None:
        lines = []
        for stage, title in STAGES.items():
            of_stage = [check for check in checks().values() if check.stage == stage]
            lines += [title, *(f"  {each.id:24} {each.level:8} {each.title}" for each in of_stage)]
        return Outcome(DONE, "".join(f"{line}\n" for line in lines))
    check = checks()[_known_check(options.id.strip("[]").lower().replace("_", "-"))]
    waivable = "may be waived" if check.waivable else "cannot be waived"
    parts = (f"{check.title}.", f"Why: {check.why}", f"Mend: {check.mend}")
    manual = [f"{check.id} ({check.level}, {waivable})", *(fill(part, 88) for part in parts)]
    return Outcome(DONE, "\n\n".join(manual) + "\n")


def _known_check(name: str) -> str:
    from fir.check import checks

    if name not in checks():
        guess = nearest(name, checks())
        meant = f"did you mean {tick(guess)}?" if guess else "`fir explain` lists them"
        raise CouldNotRun(f"there is no check {tick(name)}; {meant}")
    return name


def _find(options: Options) -> Outcome:
    from fir.answer import Answers
    from fir.find import find
    from fir.find.as_json import found_json
    from fir.find.query import QueryRefused
    from fir.find.text import render
    from fir.report.json import as_json

    repository, snapshot, err = _register(options)
    query = " ".join(options.query)
    try:
        found = find(query, repository, Answers(repository))
    except QueryRefused as error:
        raise CouldNotRun(str(error)) from error
    if options.format == "json":
        out = as_json(found_json(query, found, repository, snapshot))
    else:
        out = render(found, repository, snapshot)
    return Outcome(DONE if found.hits else FOUND, out, err)


def _coverage(options: Options) -> Outcome:
    from fir.coverage import coverage, coverage_json, coverage_text
    from fir.report.json import as_json

    repository, _, err = _register(options)
    found = coverage(repository)
    if options.format == "json":
        return Outcome(DONE, as_json(coverage_json(found, repository)), err)
    return Outcome(DONE, coverage_text(found, repository), err)


def _fmt(options: Options) -> Outcome:
    from pathlib import Path

    from fir.contribute.atomic import recover, write_all
    from fir.contribute.fmt import canonical, rewritten
    from fir.report.diff import diff
    from fir.report.text import render

    root = Path(_root(options))
    if not options.check:
        recover(root)
    repository, wanted = _repository(options), _wanted_paths(options)
    changed, refusals = rewritten(root, repository.shapes, wanted, canonical)
    if changed and not options.check:
        write_all(root, {each.path: each.after for each in changed})
    refused = tuple(Finding(*each[1:], each.check, "error") for each in refusals)
    out = "".join(diff(*each) for each in changed) + render(Report(refused, repository.files))
    did = "would be written" if options.check else "written"
    err = f"{many(len(changed), 'file')} {did} in canonical form"
    if refused:
        err += f", {many(len({each.path for each in refused}), 'file')} left alone"
    code = FOUND if refused or (changed and options.check) else DONE
    return Outcome(code, out, f"{err}\n")


def _new(options: Options) -> Outcome:
    from pathlib import Path

    from fir.contribute.atomic import recover, write_all
    from fir.contribute.new import NewRefused, Wanted, new_records
    from fir.contribute.notes import NotesRefused, read_notes
    from fir.report import made

    root = Path(_root(options))
    recover(root)
    repository, _, _ = _register(options)
    try:
        notes = read_notes(options.notes_from) if options.notes_from else ""
        wanted = Wanted(options.numbers, options.manufacturer, options.source, notes)
        new = new_records(root, repository, wanted)
    except (NotesRefused, NewRefused) as error:
        said = f"refused: {many(len(error.reasons), 'reason')}; nothing is written\n"
        return Outcome(FOUND, made.refused(error.reasons), said)
    write_all(root, new.files)
    return Outcome(FOUND if new.blank else DONE, *made.render(new, options.source))


def _correct(options: Options) -> Outcome:
    from pathlib import Path

    from fir.contribute.atomic import recover, write_all
    from fir.contribute.correct import Correction, NotCorrected, corrected
    from fir.contribute.notes import NotesRefused, read_notes
    from fir.report import made

    root = Path(_root(options))
    if not options.dry_run:
        recover(root)
    repository, _, _ = _register(options)
    on = (options.on or _today()).isoformat()
    try:
        notes = read_notes(options.notes_from)
        wanted = Correction(options.numbers, notes, on, options.what)
        found = corrected(root, repository, wanted)
    except (NotesRefused, NotCorrected) as error:
        said = f"refused: {many(len(error.reasons), 'reason')}; nothing is written\n"
        return Outcome(FOUND, made.refused(error.reasons), said)
    if not options.dry_run:
        write_all(root, {each.path: each.after for each in found.files})
    return Outcome(DONE, *made.render_corrected(found, dry_run=options.dry_run))


def _add(options: Options) -> Outcome:
    from pathlib import Path

    from fir.contribute.atomic import recover, write_all
    from fir.contribute.contacts import Orders
    from fir.contribute.receive import receive
    from fir.contribute.recognise import submissions
    from fir.report import received

    root, today = Path(_root(options)), _today()
    recover(root)
    repository, _, _ = _register(options)
    sent = [each for file in options.files for each in submissions(file, repository.shapes)]
    orders = Orders(options.take_contact, options.contact_for or "")
    found = receive(root, repository, sent, orders)
    out, err = received.render(found, options.format, root, today)
    if found.files:
        write_all(root, found.files)
    left = any(each.status == "refused" or each.undecided for each in found.results)
    return Outcome(FOUND if left else DONE, out, err)


def _cpl_import(options: Options) -> Outcome:
    from pathlib import Path

    from fir.contribute.atomic import recover
    from fir.contribute.cpl_import import ImportRefused, import_cpl, write
    from fir.report import cpl_update

    root = Path(_root(options))
    if not options.dry_run:
        recover(root)
    try:
        imported = import_cpl(
            root,
            options.file,
            today=_today(),
            repair=options.repair,
            allow_lost=options.allow_lost,
            replace_demo=options.replace_demo,
        )
    except ImportRefused as error:
        said = f"refused: {many(error.count, 'reason')}; nothing is written\n"
        return Outcome(FOUND, cpl_update.refused(error.reasons, options.format), said)
    if not options.dry_run:
        write(root, imported)
    return Outcome(DONE, cpl_update.render(imported, options.format, dry_run=options.dry_run))


def _export(options: Options) -> Outcome:
    from pathlib import Path

    from fir.check import awaiting_correction, judge
    from fir.publish.commits import read_commits
    from fir.publish.edition import Edition
    from fir.publish.export import ForeignFolder, export, refuse_foreign
    from fir.report.text import render

    repository = _repository(options)
    try:
        refuse_foreign(options.folder)
        findings = judge(repository)
        report = Report(tuple(findings), repository.files)
        if repository.snapshot is None or report.counts["error"]:
            said = f"a repository with errors is not published: {report.summary()}\n"
            return Outcome(FOUND, render(report), said)
        commits, awaiting = read_commits(Path(_root(options))), awaiting_correction(repository)
        edition = Edition(
            repository, repository.snapshot, commits, tuple(findings), awaiting=awaiting
        )
        done = export(edition, options.folder)
    except ForeignFolder as error:
        raise CouldNotRun(str(error)) from error
    made = f"from CPL {repository.snapshot.version}, commit {edition.commit or 'none'}"
    written = f"{many(done.files, 'file')}, {done.size:,} bytes, {made}{edition.changed}\n"
    return Outcome(DONE, written)


_VERBS: dict[str, Callable[[Options], Outcome]] = {
    "check": _check,
    "explain": _explain,
    "find": _find,
    "coverage": _coverage,
    "fmt": _fmt,
    "new": _new,
    "correct": _correct,
    "add": _add,
    "cpl import": _cpl_import,
    "export": _export,
}


def _root(options: Options) -> str:
    """The folder given, or the nearest one upwards that holds `records` and `schema`."""
    if hasattr(options, "root"):
        return str(options.root)
    here = folder = os.getcwd()
    while True:
        if all(os.path.isdir(os.path.join(folder, name)) for name in ("records", "schema")):
            return folder
        if folder == os.path.dirname(folder):
            break
        folder = os.path.dirname(folder)
    raise CouldNotRun(f"{here} is not in a repository of firmware records; give one with --root")


def _repository(options: Options) -> Repository:
    return read_repository(
        _root(options),
        rules=getattr(options, "rules", None),
        own_cpl=getattr(options, "own_cpl", False),
        today=getattr(options, "today", None),
    )


def _register(options: Options) -> tuple[Repository, Snapshot, str]:
    """What can be read of the repository, and a warning where that is not all of it."""
    repository = _repository(options)
    if repository.snapshot is None:
        raise CouldNotRun("the CPL snapshot cannot be relied on; `fir check` says why")
    broken = {refusal.path for refusal in repository.refusals}
    broken |= {document.path for document in repository.misshapen}
    broken |= {misplaced.record.path for misplaced in repository.misplaced}
    left_out = f"left out: {many(len(broken), 'file')} with errors; `fir check` says which\n"
    return repository, repository.snapshot, left_out if broken else ""


def _today() -> date:
    """The day to write down: of the commit that is being built, where the build says so."""
    from datetime import UTC, date, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise CouldNotRun(f"SOURCE_DATE_EPOCH is {tick(epoch)}, no number of seconds") from error
