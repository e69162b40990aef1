"""Coverage as two charts, by device type and by manufacturer, each with its figures beside it."""

from __future__ import annotations

from collections import Counter

from fir.coverage import Counts
from fir.model import TypePolicy
from fir.publish.bars import bar
from fir.publish.contact import company
from fir.publish.edition import Edition
from fir.publish.markup import day, esc, identifier, table

_ORDER = ("required", "optional", "not_accepted")
_HEADS = ("#Entries", "#With a record", "#Required, missing", '<span class="vh">Share</span>')


def by_type(edition: Edition) -> str:
    found = edition.coverage
    due = Counter(each.entry.device_type for each in found.missing if each.required)
    policies = edition.repository.policy.device_types
    longest = max((counts["entries"] for counts in found.by_type.values()), default=0)

    def asked(name: str) -> int:
        return _ORDER.index(policies[name].records) if name in policies else len(_ORDER)

    told = "".join(
        f'<tr><th scope="row">{esc(name)}</th>'
        f'<td data-l="">{_asked(policies.get(name))}</td>'
        f"{_figures(counts, due[name], longest)}</tr>"
        for name, counts in sorted(
            found.by_type.items(), key=lambda item: (asked(item[0]), -item[1]["entries"], item[0])
        )
    )
    all_of = _figures(found.counts, sum(due.values()), 0)
    total = f'<tr class="all"><th scope="row">All</th><td data-l=""></td>{all_of}</tr>'
    return table(("Device type", "A record is", *_HEADS), told + total, "charted")


def _figures(counts: Counts, due: int, longest: int) -> str:
    drawn = bar(counts["covered"], due, counts["entries"], longest) if longest else ""
    return (
        f'<td class="n" data-l="Entries">{counts["entries"]:,}</td>'
        f'<td class="n" data-l="With a record">{counts["covered"]:,}</td>'
        f'<td class="n" data-l="Missing"><b>{due:,}</b></td><td class="bars">{drawn}</td>'
    )


def _asked(policy: TypePolicy | None) -> str:
    if policy is None:
        return "Not decided"
    told = policy.records.replace("_", " ").capitalize()
    if policy.records == "required" and policy.required_from:
        told += f" <small>listed since {day(policy.required_from)}</small>"
    return told


def by_maker(edition: Edition) -> str:
    found = edition.coverage
    due = Counter(each.entry.manufacturer_identifier for each in found.missing if each.required)
    longest = max((counts["entries"] for counts in found.by_manufacturer.values()), default=0)
    told = "".join(
        f'<tr><th scope="row">{identifier(name)}</th>'
        f'<td data-l="">{_companies(edition, name)}</td>{_figures(counts, due[name], longest)}</tr>'
        for name, counts in sorted(
            found.by_manufacturer.items(), key=lambda item: (-due[item[0]], item[0])
        )
    )
    return table(("Identifier", "Company", *_HEADS), told, "charted")


def _companies(edition: Edition, maker: str) -> str:
    """The CPL names no companies: those whose files state the identifier."""
    told = " or ".join(company(each, "../") for each in edition.users.get(maker, ()))
    return told or '<a href="../manufacturers/">No contact yet</a>'
