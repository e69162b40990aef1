"""`fir find`: looks firmware up, with its answer."""

from __future__ import annotations

from argparse import ArgumentParser

from fir.answers import Answers
from fir.answers.as_json import found_json
from fir.answers.as_text import render
from fir.answers.lookup import find
from fir.answers.query import QueryRefused
from fir.cli.arguments import add_format
from fir.cli.commands import DONE, FOUND, CouldNotRun, Options, Outcome
from fir.cli.repository import register_of
from fir.report.json import as_json

DOES = "say whether a firmware is the latest, and whom to call"
EXAMPLE = "fir find 7F01 00050203 01070300"


def arguments(parser: ArgumentParser) -> None:
    words = "CPL number, inventory strings, image hash, names, or several of these"
    parser.add_argument("query", nargs="+", metavar="QUERY", help=words)
    add_format(parser, ("text", "json"))


def run(options: Options) -> Outcome:
    repository, snapshot, err = register_of(options)
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
