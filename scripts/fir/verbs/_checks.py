"""The name of a check, as a command was given it."""

from __future__ import annotations

from fir.verbs import CouldNotRun
from fir.wording import nearest, tick


def known_check(name: str) -> str:
    from fir.check import checks

    if name not in checks():
        guess = nearest(name, checks())
        meant = f"did you mean {tick(guess)}?" if guess else "`fir explain` lists them"
        raise CouldNotRun(f"there is no check {tick(name)}; {meant}")
    return name
