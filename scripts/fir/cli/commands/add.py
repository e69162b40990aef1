"""`fir add`: submissions of any kind become records."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from fir.cli.arguments import add_format
from fir.cli.commands import DONE, FOUND, Options, Outcome
from fir.cli.repository import register_of, root_of, today, writer_of
from fir.cpl.sheet import DEVICE_TYPES
from fir.diagnostics import either, nearest, tick
from fir.report import submissions as received
from fir.submissions.from_file import from_file
from fir.submissions.match_manufacturer import ContactOrders
from fir.submissions.receive import receive

DOES = "receive submissions of any kind: write the good ones, and say what is wrong with others"
EXAMPLE = "fir add new-entry-form.xlsm more-entries.csv"


def arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    words = "a submission file, a CPL New Entry form, a table or the text of an issue"
    add("files", nargs="+", type=Path, metavar="FILE", help=words)
    add_format(parser, ("text", "json"))
    words = "write a contact that differs into the manufacturer's file"
    add("--take-contact", action="store_true", help=words)
    words = "write it for this device type alone"
    add("--contact-for", type=_device_type, metavar="TYPE", help=words)


def _device_type(text: str) -> str:
    known = {name.lower(): name for name in DEVICE_TYPES}
    if text.lower() not in known:
        guess = nearest(text, known)
        meant = (
            f"did you mean {tick(known[guess])}?" if guess else f"there is {either(DEVICE_TYPES)}"
        )
        raise ArgumentTypeError(f"{tick(text)} is no device type; {meant}")
    return known[text.lower()]


def run(options: Options) -> Outcome:
    root, day = Path(root_of(options)), today()
    orders = ContactOrders(options.take_contact, options.contact_for or "")
    with writer_of(options) as transaction:
        repository, _, _ = register_of(options)
        sent = [each for file in options.files for each in from_file(file, repository.shapes)]
        found = receive(root, repository, sent, orders)
        out, err = received.render(found, options.format, root, day)
        transaction.write(found.files)
    left = any(each.status == "refused" or each.undecided for each in found.verdicts)
    return Outcome(FOUND if left else DONE, out, err)
