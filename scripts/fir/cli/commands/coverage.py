"""`fir coverage`: which CPL entries lack a record."""

from __future__ import annotations

from argparse import ArgumentParser

from fir.answers.coverage import coverage
from fir.cli.arguments import add_format
from fir.cli.commands import DONE, Options, Outcome
from fir.cli.repository import register_of
from fir.report.coverage import coverage_json, coverage_text
from fir.report.json import as_json

DOES = "say which CPL entries have a record and which still lack one"
EXAMPLE = "fir coverage --format json"


def arguments(parser: ArgumentParser) -> None:
    add_format(parser, ("text", "json"))


def run(options: Options) -> Outcome:
    repository, _, err = register_of(options)
    found = coverage(repository)
    if options.format == "json":
        return Outcome(DONE, as_json(coverage_json(found, repository)), err)
    return Outcome(DONE, coverage_text(found, repository), err)
