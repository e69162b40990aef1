"""`fir summary`: what merging a proposal changes, for its reviewer."""

from __future__ import annotations

from argparse import ArgumentParser

from fir.cli.arguments import add_format
from fir.cli.commands import DONE, FOUND, CouldNotRun, Options, Outcome
from fir.cli.repository import root_of
from fir.report.json import as_json
from fir.review.as_json import review_json
from fir.review.review import Review
from fir.review.states import Asked, NoSuchRef, two_states
from fir.review.summary import render

DOES = "say what merging this changes, for a reviewer; exit code 1 where it must be split"
EXAMPLE = "fir summary --base main --author example-meters-firmware"


def arguments(parser: ArgumentParser) -> None:
    words = "what to compare with: a git ref, from where this branch left it, or a folder"
    parser.add_argument("--base", required=True, metavar="REF_OR_DIR", help=words)
    words = "the account that proposes it, compared with those of the manufacturers"
    parser.add_argument("--author", default="", metavar="LOGIN", help=words)
    add_format(parser, ("markdown", "json"))


def run(options: Options) -> Outcome:
    rules, own_cpl = getattr(options, "rules", None), getattr(options, "own_cpl", False)
    asked = Asked(root_of(options), options.base, rules and str(rules), own_cpl)
    try:
        with two_states(asked) as states:
            review = Review(states, options.author)
            if options.format == "json":
                out = as_json(review_json(review, options.base))
            else:
                out = render(review, options.base)
            return Outcome(FOUND if review.refused else DONE, out)
    except NoSuchRef as error:
        raise CouldNotRun(str(error)) from error
