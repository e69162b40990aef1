"""The command line's words: the commands there are, and the options that may stand anywhere.

What belongs to one command alone is said by its module in `fir.cli.commands`.
"""

from __future__ import annotations

import argparse
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from fir.checks import checks
from fir.cli import commands as verbs
from fir.cli.commands import CouldNotRun
from fir.diagnostics import either, nearest, tick, visible


def parse(arguments: Sequence[str]) -> Namespace:
    """What is asked for. Raises SystemExit, with a sentence where that cannot be understood."""
    return _parser(_verbs(arguments)).parse_args(arguments)


def _verbs(arguments: Sequence[str]) -> list[str]:
    """The commands that can be meant: those of the first word that is no option, else all."""
    known = verbs.names()
    if list(arguments) == ["--version"]:
        return []
    words = iter(arguments)
    for word in words:
        if word in ("--root", "--rules"):
            next(words, None)
        elif word in ("--help", "-h"):
            return known
        elif not word.startswith("-"):
            return [name for name in known if name.split()[0] == word] or known
    return known


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


def _parser(wanted: Sequence[str]) -> _Parser:
    """The parser of these commands: each is a module to load."""
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
    groups: dict[str, _Commands[_Parser]] = {}
    for verb in wanted:
        *group, name = verb.split()
        if group and group[0] not in groups:
            groups[group[0]] = _group(commands, group[0], verbs.module_of(verb).GROUP)
        _add(groups[group[0]] if group else commands, name, verb)
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


def _group(commands: _Commands[_Parser], name: str, does: str) -> _Commands[_Parser]:
    """The commands of two words whose first is `name`."""
    parser = commands.add_parser(name, parents=[_everywhere()], help=does, allow_abbrev=False)
    of_group = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(verb=None, help=parser.format_help)
    return of_group


def _add(commands: _Commands[_Parser], name: str, verb: str) -> None:
    module = verbs.module_of(verb)
    parser = commands.add_parser(
        name,
        parents=[_everywhere()],
        help=module.DOES,
        description=f"{module.DOES[:1].upper()}{module.DOES[1:]}.",
        epilog=f"Example: {module.EXAMPLE}",
        allow_abbrev=False,
    )
    module.arguments(parser)
    parser.set_defaults(verb=verb)


# The name of a check, as a command was given it.


def known_check(name: str) -> str:
    if name not in checks():
        guess = nearest(name, checks())
        meant = f"did you mean {tick(guess)}?" if guess else "`fir explain` lists them"
        raise CouldNotRun(f"there is no check {tick(name)}; {meant}")
    return name


# A day, as an argument.


def date_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{tick(text)} is no date like 2026-11-22") from error


# The argument `--format`.


def add_format(parser: ArgumentParser, formats: Sequence[str]) -> None:
    """`--format`, of which the first is what is meant without it."""

    def known(text: str) -> str:
        if text not in formats:
            raise ArgumentTypeError(f"{tick(text)} is not {either(formats)}")
        return text

    words = f"{either(formats)} (default: {formats[0]})"
    parser.add_argument("--format", type=known, default=formats[0], metavar="FORMAT", help=words)
