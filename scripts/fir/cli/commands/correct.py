"""`fir correct`: published notes change, and every record says what was corrected."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

from fir.cli.arguments import date_of
from fir.cli.commands import DONE, FOUND, Options, Outcome
from fir.cli.repository import register_of, root_of, today, writer_of
from fir.diagnostics import Refused
from fir.editing.correct import Correction, corrected
from fir.editing.notation import read_notes
from fir.report import edits as made

DOES = "correct published notes in every record of a release, and say in each what was corrected"
EXAMPLE = 'fir correct 000042 --notes-from notes.txt --what "Named the right hub firmware."'


def arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("numbers", nargs="+", metavar="NUMBER", help="the CPL number of a record")
    words = "the corrected notes, all of them, from a text file or from standard input (-)"
    add("--notes-from", type=Path, required=True, metavar="FILE", help=words)
    add("--what", required=True, metavar="TEXT", help="what was corrected, in one line")
    words = "the day of the correction, like 2026-11-22 (default: today)"
    add("--on", type=date_of, metavar="DATE", help=words)
    add("--dry-run", action="store_true", help="show what would change and write nothing")


def run(options: Options) -> Outcome:
    root = Path(root_of(options))
    on = (options.on or today()).isoformat()
    try:
        # Before anybody is kept from writing: notes may be typed in, and that takes its time.
        notes = read_notes(options.notes_from)
    except Refused as refused:
        return Outcome(FOUND, *made.refused(refused.diagnostics))
    wanted = Correction(options.numbers, notes, on, options.what)
    with nullcontext() if options.dry_run else writer_of(options) as transaction:
        repository, _, _ = register_of(options)
        try:
            found = corrected(root, repository, wanted)
        except Refused as refused:
            more = bool(transaction and transaction.completed)
            return Outcome(FOUND, *made.refused(refused.diagnostics, more=more))
        if transaction:
            transaction.write({each.path: each.after for each in found.files})
    return Outcome(DONE, *made.render_corrected(found, dry_run=options.dry_run))
