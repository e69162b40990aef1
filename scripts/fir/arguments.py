"""The arguments of each command: what they are called, and what `--help` says of them."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from fir.wording import either, nearest, tick, visible

FORMATS = ("text", "github", "json", "markdown")


def parse(arguments: Sequence[str]) -> Namespace:
    """What is asked for. Raises SystemExit, with a sentence where that cannot be understood."""
    return _parser(arguments[:1]).parse_args(arguments)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one sentence, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        choice = re.search(r"COMMAND: invalid choice: '(.*)' \(choose from (.*)\)", message)
        if choice:
            known = re.findall(r"[a-z]+", choice[2])
            guess = nearest(choice[1], known)
            meant = f"did you mean {tick(guess)}?" if guess else f"there is {either(known)}"
            raise SystemExit(f"there is no command {tick(choice[1])}; {meant}")
        raise SystemExit(f"{visible(message)}; `{self.prog} --help` explains")


_Commands = argparse._SubParsersAction


def _parser(first: Sequence[str]) -> _Parser:
    """The parser of all commands, or of the one that the first argument names: that is sooner."""
    parser = _Parser(
        prog="fir",
        description="The Firmware Information Repository: check its records and look them up.",
        epilog="Exit codes: 0 nothing wrong, 1 something found, 2 could not run. "
        "`fir COMMAND --help` explains a command.",
        parents=[_everywhere()],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version of fir")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    named = [name for name in _COMMANDS if name in first]
    for name in named or _COMMANDS:
        _COMMANDS[name](commands)
    parser.set_defaults(verb=None, help=parser.format_help)
    return parser


def _everywhere() -> _Parser:
    """The options that may stand before or after the command."""
    parser = _Parser(add_help=False)
    add = partial(parser.add_argument, default=argparse.SUPPRESS)
    add(
        "--root",
        type=Path,
        metavar="DIR",
        help="the repository to work on (default: the one around this folder)",
    )
    add(
        "--rules",
        type=Path,
        metavar="DIR",
        help="take schema, policy, CPL snapshot and waivers from another checkout",
    )
    add(
        "--own-cpl",
        action="store_true",
        help="with --rules: take CPL snapshot and waivers from --root all the same",
    )
    return parser


def _command(
    commands: _Commands[_Parser], name: str, verb: str, does: str, example: str
) -> _Parser:
    parser = commands.add_parser(
        name,
        parents=[_everywhere()],
        help=does,
        description=f"{does[:1].upper()}{does[1:]}.",
        epilog=f"Example: {example}",
        allow_abbrev=False,
    )
    parser.set_defaults(verb=verb)
    return parser


def _add_check(commands: _Commands[_Parser]) -> None:
    check = _command(
        commands,
        "check",
        "check",
        "judge every record, and say what is wrong and how to mend it",
        "fir check --strict records/firmware/example-meters",
    )
    check.add_argument(
        "paths", nargs="*", metavar="PATH", help="judge all, but report on these only"
    )
    _add_format(check, FORMATS)
    check.add_argument("--strict", action="store_true", help="let warnings fail as well")
    check.add_argument(
        "--only", action="append", default=[], metavar="ID", help="run this check; may be repeated"
    )
    check.add_argument(
        "--today", type=_date, metavar="DATE", help="judge dates as of this day, like 2026-11-22"
    )
    check.add_argument(
        "--fix", action="store_true", help="mend first what has one certain cure, and show it"
    )


def _add_explain(commands: _Commands[_Parser]) -> None:
    explain = _command(
        commands,
        "explain",
        "explain",
        "say what a check means and how to mend what it finds",
        "fir explain cpl-mismatch",
    )
    explain.add_argument("id", nargs="?", metavar="ID", help="the check (default: list them all)")


def _add_find(commands: _Commands[_Parser]) -> None:
    find = _command(
        commands,
        "find",
        "find",
        "say whether a firmware is the latest, and whom to call",
        "fir find 7F01 00050203 01070300",
    )
    find.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help="CPL number, inventory strings, image hash, names, or several of these",
    )
    _add_format(find, ("text", "json"))


def _add_coverage(commands: _Commands[_Parser]) -> None:
    coverage = _command(
        commands,
        "coverage",
        "coverage",
        "say which CPL entries have a record and which still lack one",
        "fir coverage --format json",
    )
    _add_format(coverage, ("text", "json"))


def _add_fmt(commands: _Commands[_Parser]) -> None:
    fmt = _command(
        commands,
        "fmt",
        "fmt",
        "write files in canonical form, values unchanged, and show what changes",
        "fir fmt --check",
    )
    fmt.add_argument("paths", nargs="*", metavar="PATH", help="write these only")
    fmt.add_argument("--check", action="store_true", help="show what would change, write nothing")


def _add_new(commands: _Commands[_Parser]) -> None:
    new = _command(
        commands,
        "new",
        "new",
        "write records filled in from their CPL entries, all or none of them",
        "fir new 000120 000121 --manufacturer example-meters --notes-from notes.txt",
    )
    new.add_argument("numbers", nargs="+", metavar="NUMBER", help="the CPL number of an entry")
    new.add_argument(
        "--manufacturer",
        required=True,
        metavar="SLUG",
        help="the short name, as its file under records/manufacturers is called",
    )
    new.add_argument(
        "--from",
        dest="source",
        metavar="NUMBER",
        help="copy what the record of this entry says and holds for the new ones too",
    )
    new.add_argument(
        "--notes-from",
        type=Path,
        metavar="FILE",
        help="take the release notes from a text file, or from standard input (-)",
    )


def _add_correct(commands: _Commands[_Parser]) -> None:
    correct = _command(
        commands,
        "correct",
        "correct",
        "correct published notes in every record of a release, and say in each what was corrected",
        'fir correct 000042 --notes-from notes.txt --what "Named the right hub firmware."',
    )
    correct.add_argument("numbers", nargs="+", metavar="NUMBER", help="the CPL number of a record")
    correct.add_argument(
        "--notes-from",
        type=Path,
        required=True,
        metavar="FILE",
        help="the corrected notes, all of them, from a text file or from standard input (-)",
    )
    correct.add_argument(
        "--what", required=True, metavar="TEXT", help="what was corrected, in one line"
    )
    correct.add_argument(
        "--on",
        type=_date,
        metavar="DATE",
        help="the day of the correction, like 2026-11-22 (default: today)",
    )
    correct.add_argument(
        "--dry-run", action="store_true", help="show what would change and write nothing"
    )


def _add_add(commands: _Commands[_Parser]) -> None:
    add = _command(
        commands,
        "add",
        "add",
        "receive submissions of any kind: write the good ones, and say what is wrong with others",
        "fir add new-entry-form.xlsm more-entries.csv",
    )
    add.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a submission file, a CPL New Entry form, a table or the text of an issue",
    )
    _add_format(add, ("text", "json"))
    add.add_argument(
        "--take-contact",
        action="store_true",
        help="write a contact that differs into the manufacturer's file",
    )
    add.add_argument(
        "--contact-for",
        type=_device_type,
        metavar="TYPE",
        help="write it for this device type alone",
    )


def _add_cpl(commands: _Commands[_Parser]) -> None:
    cpl = commands.add_parser(
        "cpl",
        parents=[_everywhere()],
        help="take in a new issue of the Central Products List",
        allow_abbrev=False,
    )
    verbs = cpl.add_subparsers(title="commands", metavar="COMMAND")
    cpl_import = _command(
        verbs,
        "import",
        "cpl import",
        "make a published CPL, workbook or CSV, the snapshot, and say what changed",
        "fir cpl import --dry-run central-products-list.xlsx",
    )
    cpl.set_defaults(verb=None, help=cpl.format_help)
    cpl_import.add_argument("file", type=Path, metavar="FILE", help="workbook or 13-column CSV")
    for name, words in (
        ("--dry-run", "say what would change and write nothing"),
        ("--repair", "mend a CSV where only one reading is possible, and list what was mended"),
        ("--allow-lost", "keep entries that vanished from the list, as no longer listed"),
        ("--replace-demo", "remove the demonstration data first"),
    ):
        cpl_import.add_argument(name, action="store_true", help=words)
    _add_format(cpl_import, ("text", "json", "markdown"))


def _add_export(commands: _Commands[_Parser]) -> None:
    export = _command(
        commands,
        "export",
        "export",
        "write the downloads, the API, the feeds and the schemas, as the site publishes them",
        "fir export ../fir-files",
    )
    export.add_argument(
        "folder", type=Path, metavar="DIR", help="a new or empty folder, or an earlier export"
    )


def _add_format(parser: _Parser, formats: Sequence[str]) -> None:
    def known(text: str) -> str:
        if text not in formats:
            raise argparse.ArgumentTypeError(f"{tick(text)} is not {either(formats)}")
        return text

    words = f"{either(formats)} (default: {formats[0]})"
    parser.add_argument("--format", type=known, default=formats[0], metavar="FORMAT", help=words)


_COMMANDS: dict[str, Callable[[_Commands[_Parser]], None]] = {
    "check": _add_check,
    "explain": _add_explain,
    "find": _add_find,
    "coverage": _add_coverage,
    "fmt": _add_fmt,
    "new": _add_new,
    "correct": _add_correct,
    "add": _add_add,
    "cpl": _add_cpl,
    "export": _add_export,
}


def _device_type(text: str) -> str:
    from fir.read.cpl_columns import DEVICE_TYPES

    known = {name.lower(): name for name in DEVICE_TYPES}
    if text.lower() not in known:
        guess = nearest(text, known)
        meant = (
            f"did you mean {tick(known[guess])}?" if guess else f"there is {either(DEVICE_TYPES)}"
        )
        raise argparse.ArgumentTypeError(f"{tick(text)} is no device type; {meant}")
    return known[text.lower()]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{tick(text)} is no date like 2026-11-22") from error
