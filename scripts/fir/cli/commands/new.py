"""`fir new`: records filled in from their CPL entries."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from fir.cli.commands import DONE, FOUND, Options, Outcome
from fir.cli.repository import register_of, root_of, writer_of
from fir.diagnostics import Refused
from fir.editing.new import Wanted, new_records
from fir.editing.notation import read_notes
from fir.report import edits as made

DOES = "write records filled in from their CPL entries, all or none of them"
EXAMPLE = "fir new 000120 000121 --manufacturer example-meters --notes-from notes.txt"


def arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("numbers", nargs="+", metavar="NUMBER", help="the CPL number of an entry")
    words = "the short name, as its file under records/manufacturers is called"
    add("--manufacturer", required=True, metavar="SLUG", help=words)
    words = "copy what the record of this entry says and holds for the new ones too"
    add("--from", dest="source", metavar="NUMBER", help=words)
    words = "take the release notes from a text file, or from standard input (-)"
    add("--notes-from", type=Path, metavar="FILE", help=words)


def run(options: Options) -> Outcome:
    root = Path(root_of(options))
    try:
        # Before anybody is kept from writing: notes may be typed in, and that takes its time.
        notes = read_notes(options.notes_from) if options.notes_from else ""
    except Refused as refused:
        return Outcome(FOUND, *made.refused(refused.diagnostics))
    wanted = Wanted(options.numbers, options.manufacturer, options.source, notes)
    with writer_of(options) as transaction:
        repository, _, _ = register_of(options)
        try:
            new = new_records(root, repository, wanted)
        except Refused as refused:
            more = bool(transaction.completed)
            return Outcome(FOUND, *made.refused(refused.diagnostics, more=more))
        transaction.write(new.files)
    return Outcome(FOUND if new.blank else DONE, *made.render(new, options.source))
