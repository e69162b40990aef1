"""`fir fmt`: the canonical form of every file."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

from fir.cli.commands import DONE, FOUND, Options, Outcome
from fir.cli.repository import repository_of, root_of, wanted_paths, writer_of
from fir.editing.fmt import canonical, rewritten
from fir.report import Report, many
from fir.report.text import diff, render

DOES = "write files in canonical form, values unchanged, and show what changes"
EXAMPLE = "fir fmt --check"


def arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="write these only")
    add("--check", action="store_true", help="show what would change, write nothing")


def run(options: Options) -> Outcome:
    root = Path(root_of(options))
    with nullcontext() if options.check else writer_of(options) as transaction:
        repository, wanted = repository_of(options), wanted_paths(options)
        changed, refusals = rewritten(root, repository.shapes, wanted, canonical)
        if transaction:
            transaction.write({each.path: each.after for each in changed})
    out = "".join(diff(*each) for each in changed) + render(
        Report(tuple(refusals), repository.files)
    )
    did = "would be written" if options.check else "written"
    err = f"{many(len(changed), 'file')} {did} in canonical form"
    if refusals:
        err += f", {many(len({each.path for each in refusals}), 'file')} left alone"
    code = FOUND if refusals or (changed and options.check) else DONE
    return Outcome(code, out, f"{err}\n")
