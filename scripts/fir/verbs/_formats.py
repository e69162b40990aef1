"""The argument `--format`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fir.wording import either, tick

if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_format(parser: ArgumentParser, formats: Sequence[str]) -> None:
    """`--format`, of which the first is what is meant without it."""
    from argparse import ArgumentTypeError

    def known(text: str) -> str:
        if text not in formats:
            raise ArgumentTypeError(f"{tick(text)} is not {either(formats)}")
        return text

    words = f"{either(formats)} (default: {formats[0]})"
    parser.add_argument("--format", type=known, default=formats[0], metavar="FORMAT", help=words)
