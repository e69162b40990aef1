"""Whether the account that proposes a change may speak for the manufacturers it touches.

The accounts are those of the base: a pull request cannot name itself. A team's members are not
known here, so that a person has to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fir.model import Manufacturer, Repository
from fir.review.changes import Changed, slug_of
from fir.review.risks import Risk


def of_submitter(author: str, changes: Iterable[Changed], base: Repository) -> Iterator[Risk]:
    """The manufacturers whose files an account touches that is not theirs."""
    elsewhere = _speaks_for_another(author, base)
    for slug, path in _touched(changes).items():
        manufacturer = base.manufacturers.get(slug)
        accounts = _accounts(manufacturer, base)
        if not manufacturer or author.lower() in accounts:
            continue
        if elsewhere:
            yield Risk("other-manufacturer", slug, path)
        elif accounts and not any(account.startswith("@") for account in accounts):
            yield Risk("unlisted-submitter", slug, path)


def undecided(author: str, changes: Iterable[Changed], base: Repository) -> list[tuple[str, str]]:
    """The manufacturers for which only a person can say it, each with its teams, if it has any."""
    found: list[tuple[str, str]] = []
    if _speaks_for_another(author, base):
        return found
    for slug in _touched(changes):
        manufacturer = base.manufacturers.get(slug)
        accounts = _accounts(manufacturer, base)
        teams = sorted(account for account in accounts if account.startswith("@"))
        if manufacturer and author.lower() not in accounts and (teams or not accounts):
            found.append((slug, ", ".join(teams)))
    return found


def _touched(changes: Iterable[Changed]) -> dict[str, str]:
    """Each manufacturer that a change touches, where it goes and where it comes from."""
    paths = [path for each in changes for path in (each.path, each.source) if path]
    return {slug_of(path): path for path in sorted(paths, reverse=True)}


def _accounts(manufacturer: Manufacturer | None, base: Repository) -> set[str]:
    """Those of the manufacturer, and of whoever took it over."""
    found: set[str] = set()
    seen: set[str] = set()
    while manufacturer and manufacturer.slug not in seen:
        seen.add(manufacturer.slug)
        found |= {account.lower() for account in manufacturer.github}
        manufacturer = base.manufacturers.get(manufacturer.succeeded_by or "")
    return found


def _speaks_for_another(author: str, base: Repository) -> bool:
    accounts = (account for each in base.manufacturers.values() for account in each.github)
    return author.lower() in {account.lower() for account in accounts}
