"""`fir cpl import`: a published CPL becomes the snapshot."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

from fir.cli.arguments import add_format
from fir.cli.commands import DONE, FOUND, Options, Outcome
from fir.cli.repository import root_of, today, writer_of
from fir.cpl.importing import import_cpl
from fir.diagnostics import Refused
from fir.report import cpl_update
from fir.report.edits import refusal

GROUP = "take in a new issue of the Central Products List"
DOES = "make a published CPL, workbook or CSV, the snapshot, and say what changed"
EXAMPLE = "fir cpl import --dry-run central-products-list.xlsx"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="workbook or 13-column CSV")
    for name, words in (
        ("--dry-run", "say what would change and write nothing"),
        ("--repair", "mend a CSV where only one reading is possible, and list what was mended"),
        ("--allow-lost", "keep entries that vanished from the list, as no longer listed"),
        ("--replace-demo", "remove the demonstration data first"),
    ):
        parser.add_argument(name, action="store_true", help=words)
    add_format(parser, ("text", "json", "markdown"))


def run(options: Options) -> Outcome:
    root = Path(root_of(options))
    with nullcontext() if options.dry_run else writer_of(options) as transaction:
        try:
            imported = import_cpl(
                root,
                options.file,
                today=today(),
                repair=options.repair,
                allow_lost=options.allow_lost,
                replace_demo=options.replace_demo,
            )
        except Refused as refused:
            said = refusal(refused.count, more=bool(transaction and transaction.completed))
            told = cpl_update.refused(refused.diagnostics, options.format)
            return Outcome(FOUND, told, f"{said}\n")
        if transaction:
            transaction.write(imported.files)
    return Outcome(DONE, cpl_update.render(imported, options.format, dry_run=options.dry_run))
