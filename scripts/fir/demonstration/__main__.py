"""Writes the demonstration data into a folder: `python -m fir.demonstration DIR`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from fir.demonstration import build, write
from fir.repository.state import NotWritten


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m fir.demonstration", description=__doc__)
    add = parser.add_argument
    add("directory", type=Path, metavar="DIR", help="the root of a repository")
    add("--entries", type=int, default=120, metavar="N", help="how many CPL entries (120)")
    add("--seed", type=int, default=1, metavar="S", help="another seed, other data (1)")
    add("--coverage", type=float, default=0.8, help="share of entries past 120 with a record (0.8)")
    chosen = parser.parse_args(arguments)
    try:
        files = build(chosen.seed, chosen.entries, chosen.coverage)
    except ValueError as error:
        parser.error(str(error))
    different = _different(chosen.directory, files)
    if different:
        print(f"{different[0]} is there already and differs; nothing written", file=sys.stderr)
        return 1
    try:
        write(chosen.directory, files)
    except NotWritten as error:
        parser.error(str(error))
    print(f"{len(files):,} files written", file=sys.stderr)
    return 0


def _different(root: Path, files: Mapping[str, bytes]) -> list[str]:
    return [
        path
        for path, content in files.items()
        if (root / path).is_file() and (root / path).read_bytes() != content
    ]


if __name__ == "__main__":
    raise SystemExit(main())
