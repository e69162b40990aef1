"""`fir explain`: what a check means."""

from __future__ import annotations

from argparse import ArgumentParser
from textwrap import fill

from fir.checks import STAGES, checks
from fir.cli.arguments import known_check
from fir.cli.commands import DONE, Options, Outcome

DOES = "say what a check means and how to mend what it finds"
EXAMPLE = "fir explain cpl-mismatch"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="the check (default: list them all)")


def run(options: Options) -> Outcome:
    if options.id is None:
        lines = []
        for stage, title in STAGES.items():
            of_stage = [check for check in checks().values() if check.stage == stage]
            lines += [title, *(f"  {each.id:24} {each.level:8} {each.title}" for each in of_stage)]
        return Outcome(DONE, "".join(f"{line}\n" for line in lines))
    check = checks()[known_check(options.id.strip("[]").lower().replace("_", "-"))]
    waivable = "may be waived" if check.waivable else "cannot be waived"
    parts = (f"{check.title}.", f"Why: {check.why}", f"Mend: {check.mend}")
    manual = [f"{check.id} ({check.level}, {waivable})", *(fill(part, 88) for part in parts)]
    return Outcome(DONE, "\n\n".join(manual) + "\n")
