"""`fir check`: judges every record."""

from __future__ import annotations

import importlib
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from fir.checks import judge
from fir.cli.arguments import add_format, date_of, known_check
from fir.cli.commands import DONE, FOUND, Options, Outcome
from fir.cli.repository import repository_of, root_of, wanted_paths, writer_of
from fir.editing.fmt import rewritten
from fir.editing.mend import mended, moved
from fir.report import Report, many
from fir.report.text import diff

DOES = "judge every record, and say what is wrong and how to mend it"
EXAMPLE = "fir check --strict records/firmware/example-meters"


def arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="judge all, but report on these only")
    add_format(parser, ("text", "github", "json", "markdown"))
    add("--strict", action="store_true", help="let warnings fail as well")
    add("--only", action="append", default=[], metavar="ID", help="run this check; may be repeated")
    add("--today", type=date_of, metavar="DATE", help="judge dates as of this day, like 2026-11-22")
    add("--fix", action="store_true", help="mend first what has one certain cure, and show it")


def run(options: Options) -> Outcome:
    for name in options.only:
        known_check(name)
    wanted = wanted_paths(options)
    said = _mend(options, wanted) if options.fix else ""
    repository = repository_of(options)
    findings = [finding for finding in judge(repository, options.only) if wanted(finding.path)]
    report = Report(tuple(findings), repository.files)
    renderer = importlib.import_module(f"fir.report.{options.format}")
    colour = {"colour": True} if options.format == "text" and _colour() else {}
    failing = ("error", "warning") if options.strict else ("error",)
    code = FOUND if any(report.counts[level] for level in failing) else DONE
    return Outcome(code, renderer.render(report, **colour), f"{said}{report.summary()}\n")


def _mend(options: Options, wanted: Callable[[str], bool]) -> str:
    """Mends what is certain, and says what it did."""
    root = Path(root_of(options))
    with writer_of(options) as transaction:
        changed, _ = rewritten(root, repository_of(options).shapes, wanted, mended)
        transaction.write({each.path: each.after for each in changed})
        moves = moved(root, repository_of(options), wanted)
        transaction.write(moves)
    said = "".join(diff(*each) for each in changed)
    said += "".join(f"{'deleted' if moves[path] is None else 'added'} {path}\n" for path in moves)
    done = len(changed) + sum(content is not None for content in moves.values())
    return f"{said}{many(done, 'file')} mended\n"


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
