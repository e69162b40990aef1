"""The commands: each is a module of this package, found by its file name.

`cpl_import.py` is `fir cpl import`. A command says what `--help` shows of it (`DOES`, `EXAMPLE`,
and `GROUP` where it is one of several), names its arguments (`arguments`), and runs (`run`):
options in, what to print and an exit code out. Only the command that is asked for is loaded:
`fir check` runs on every save.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, NamedTuple

from fir.model import NotARepository
from fir.repository.git import GitFailed

DONE, FOUND, COULD_NOT_RUN = 0, 1, 2


Options = Any
"""What `arguments.parse` makes of the command line: an attribute for each argument."""


class Outcome(NamedTuple):
    code: int
    out: str = ""
    err: str = ""


class CouldNotRun(Exception):
    """The command cannot do its work; the sentence says why."""


def names() -> list[str]:
    """Every command as it is typed, such as `cpl import`, by name."""
    return sorted(file.stem.replace("_", " ") for file in Path(__file__).parent.glob("[!_]*.py"))


def module_of(verb: str) -> Any:
    """The module of one command."""
    return importlib.import_module(f"{__name__}.{verb.replace(' ', '_')}")


def run(verb: str, options: Options) -> Outcome:
    """Runs one command."""
    try:
        outcome: Outcome = module_of(verb).run(options)
        return outcome
    except (CouldNotRun, NotARepository, GitFailed) as error:
        return Outcome(COULD_NOT_RUN, err=f"fir: {error}\n")
