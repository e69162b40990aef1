"""`fir export`: every download, the API and the feeds, as the site has them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from fir.checks import awaiting_correction, judge
from fir.cli.commands import DONE, FOUND, CouldNotRun, Options, Outcome
from fir.cli.repository import repository_of, root_of
from fir.report import Report, many
from fir.report.text import render
from fir.site.commits import read_commits
from fir.site.edition import Edition
from fir.site.files import ForeignFolder, export, refuse_foreign

DOES = "write the downloads, the API, the feeds and the schemas, as the site publishes them"
EXAMPLE = "fir export ../fir-files"


def arguments(parser: ArgumentParser) -> None:
    words = "a new or empty folder, or an earlier export"
    parser.add_argument("folder", type=Path, metavar="DIR", help=words)


def run(options: Options) -> Outcome:
    repository = repository_of(options)
    try:
        refuse_foreign(options.folder)
        findings = judge(repository)
        report = Report(tuple(findings), repository.files)
        if repository.snapshot is None or report.counts["error"]:
            said = f"a repository with errors is not published: {report.summary()}\n"
            return Outcome(FOUND, render(report), said)
        commits, awaiting = read_commits(Path(root_of(options))), awaiting_correction(repository)
        edition = Edition(
            repository, repository.snapshot, commits, tuple(findings), awaiting=awaiting
        )
        done = export(edition, options.folder)
    except ForeignFolder as error:
        raise CouldNotRun(str(error)) from error
    made = f"from CPL {repository.snapshot.version}, commit {edition.commit or 'none'}"
    written = f"{many(done.files, 'file')}, {done.size:,} bytes, {made}{edition.changed}\n"
    return Outcome(DONE, written)
