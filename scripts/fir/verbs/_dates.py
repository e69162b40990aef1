"""A day, as an argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fir.wording import tick

if TYPE_CHECKING:
    from datetime import date


def date_of(text: str) -> date:
    from argparse import ArgumentTypeError
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{tick(text)} is no date like 2026-11-22") from error
