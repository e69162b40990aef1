"""The command line: arguments in, one call, an exit code out; the only module that prints.

0 done and nothing wrong, 1 findings (or nothing found, or input refused), 2 could not run,
130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from fir.cli import commands as verbs
from fir.cli.arguments import parse
from fir.cli.commands import Options
from fir.diagnostics import tick, visible

DONE, COULD_NOT_RUN, INTERRUPTED = 0, 2, 130


def entry_point() -> None:
    """What the installed command `fir` calls."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; a traceback is never shown."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code, out, err = DONE, "", ""
    try:
        try:
            code, out, err = _outcome(parse(arguments))
        except SystemExit as stop:  # after `--help`, or with what is wrong with the arguments
            if isinstance(stop.code, str):
                return _could_not_run(stop.code)
        print(out, end="", flush=True)
        print(err, end="", file=sys.stderr, flush=True)
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        _discard(sys.stdout)
        _discard(sys.stderr)
        return code
    except OSError as error:
        _discard(sys.stdout)
        about = f"{visible(str(error.filename))}: " if error.filename else ""
        return _could_not_run(f"{about}{error.strerror or error}")
    except ModuleNotFoundError as error:
        return _could_not_run(f"{tick(error.name)} is not installed here; run `make setup` first")
    except Exception as error:
        return _could_not_run(f"a fault of fir itself, please report it: {_fault(error)}")


def _open_what_is_closed() -> None:
    """Streams that were closed (`fir check >&-`) lead nowhere, as whoever closed them wanted.

    Python has None for them, and the next file that is opened would take their place.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _outcome(options: Options) -> tuple[int, str, str]:
    if options.version:
        return DONE, f"fir {_version()}\n", ""
    if options.verb is None:
        return COULD_NOT_RUN, "", options.help()
    return verbs.run(options.verb, options)


def _version() -> str:
    # Takes longer to load than a hundred records to judge, and only `--version` asks.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("fir")
    except PackageNotFoundError:
        return "(not installed)"


def _could_not_run(sentence: str) -> int:
    with contextlib.suppress(OSError):
        print(f"fir: {sentence}", file=sys.stderr, flush=True)
    return COULD_NOT_RUN


def _discard(stream: TextIO) -> None:
    """Sends what is left in a stream nowhere, so that Python does not trip over it at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fault(error: Exception) -> str:
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    place = f" ({Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno})" if last else ""
    return f"{type(error).__name__}: {visible(' '.join(str(error).split()))}{place}"
