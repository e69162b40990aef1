"""`/coverage/`: what has a record and what is due, as a chart with its figures, and every gap."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fir.answers.coverage import Counts, Missing
from fir.model import Device, Entry, TypePolicy
from fir.report import many
from fir.site.components import ROOT, Section, by_bytes, icon, identifier
from fir.site.components import add_record_link as add_record
from fir.site.components import cpl_badge as plate
from fir.site.components import manufacturer_link as company
from fir.site.components import manufacturer_names as whose
from fir.site.edition import Edition
from fir.site.entry_view import product_name as product
from fir.site.html import crumbs, day, esc, numbers, section, table
from fir.site.pages.home import corrections, pending
from fir.site.shell import Page

# Bars of a chart: what is there solid, what is due hatched, what nobody asks for an outline. They
# repeat figures that stand beside them in their table, so a screen reader passes them over.


def bar(there: int, due: int, of: int, longest: int) -> str:
    """`there` and `due` out of `of`; as wide as `of` is beside the longest bar of the chart."""
    widths = [_percent(part, longest) for part in (of, there, due)]
    solid = f'<rect class="ok" width="{widths[1]}" height="100%"/>' if there else ""
    hatch = (
        f'<rect fill="url(#s-hatch)" x="{widths[1]}" width="{widths[2]}" height="100%"/>'
        if due
        else ""
    )
    return (
        '<svg class="chart" aria-hidden="true">'
        f'<rect class="of" width="{widths[0]}" height="100%"/>{solid}{hatch}</svg>'
    )


def key() -> str:
    """What the parts of a bar mean."""
    parts = (
        ('<rect class="ok" width="100%" height="100%"/>', "with a record"),
        ('<rect fill="url(#s-hatch)" width="100%" height="100%"/>', "required, missing"),
        ('<rect class="of" width="100%" height="100%"/>', "not required, none"),
    )
    told = "".join(
        f'<li><svg class="chart" aria-hidden="true">{drawing}</svg>{word}</li>'
        for drawing, word in parts
    )
    return f'<ul class="chart-key">{told}</ul>'


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


# Coverage as two charts, by device type and by manufacturer, each with its figures beside it.

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


# Entries without a record, by manufacturer identifier, each with the way to supply it. The same
# list is published as a table, for whoever asks the submitters.

SHOWN = 12
"""How many gaps of a manufacturer are told on the page of all; more have a page of their own."""

_COLUMNS = (
    "record",
    "cpl_number",
    "status",
    *Device._fields[1:],
    "device_type",
    "label",
    "first_version",
    "first_issued_on",
)


def grouped(missing: Iterable[Missing]) -> dict[str, list[Entry]]:
    """Those of one manufacturer identifier together, the longest list first."""
    found: dict[str, list[Entry]] = {}
    for each in missing:
        found.setdefault(each.entry.manufacturer_identifier, []).append(each.entry)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def group(edition: Edition, entries: Sequence[Entry], *, open_: bool, more: str) -> str:
    """One manufacturer's gaps, folded; `more` is where the rest of a long list stands."""
    maker = entries[0].manufacturer_identifier
    name = whose(edition, entries[0]) or "no contact yet"
    number = many(len(entries), "entry")
    rest = len(entries) - SHOWN
    all_of = f'<p class="after"><a href="{more}">All {len(entries):,}</a></p>' if rest > 0 else ""
    return (
        f'<details class="group gap"{" open" if open_ else ""}>'
        f"<summary>{icon('chev')}<b>{identifier(maker)}</b><span>{name}</span><span>{number}</span></summary>"
        f"{gap_rows(edition, entries[:SHOWN], '../')}{all_of}</details>"
    )


def gap_rows(edition: Edition, entries: Iterable[Entry], root: str) -> str:
    rows = "".join(_row(edition, entry, root) for entry in entries)
    return table(("Firmware", "Device", "Listed", "#Days listed", "Supply it"), rows, "gaps")


def _row(edition: Edition, entry: Entry, root: str) -> str:
    number = entry.cpl_number
    return (
        f'<tr><th scope="row" class="id"><a href="{root}cpl/{number}/">'
        f"{by_bytes(entry.firmware_version)}</a>{plate(number)}</th>"
        f'<td data-l=""><bdi>{esc(product(edition, entry))}</bdi>'
        f"<small>{entry.device.device_model}</small></td>"
        f'<td data-l="Listed">{day(entry.first_issued_on) or "day not known"}</td>'
        f'<td class="n" data-l="Days listed">{_days(edition, entry)}</td>'
        f"<td>{add_record(entry, root)}</td></tr>"
    )


def _days(edition: Edition, entry: Entry) -> str:
    """From its first listing to the issue of this CPL: no clock decides what a page says."""
    if not entry.first_issued_on:
        return "–"
    listed = date.fromisoformat(entry.first_issued_on)
    return f"{(date.fromisoformat(edition.snapshot.issued_on) - listed).days:,}"


def missing_csv(missing: Iterable[Missing]) -> bytes:
    """Every gap, required ones first; every value quoted, so that no zero is lost."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry, required in missing:
        asked = "required" if required else "optional"
        writer.writerow([asked, *(getattr(entry, column) for column in _COLUMNS[1:])])
    return text.getvalue().encode("utf-8")


_OPEN = 40
"""Up to so many gaps, every list of them stands open."""
_DUE = "Due from whoever submitted the entry (Section F2.17). Days are counted to this CPL."
_WELCOME = "No record is due for these entries; one is welcome."


def coverage_pages(edition: Edition) -> Iterator[Page]:
    """The whole, then a page for each manufacturer identifier with more gaps than it shows."""
    yield Page(url="coverage/", shell="coverage/", content=_whole(edition))
    missing: dict[str, list[Missing]] = {}
    for each in edition.coverage.missing:
        missing.setdefault(each.entry.manufacturer_identifier, []).append(each)
    for maker, theirs in missing.items():
        if any(len(part) > SHOWN for part in _parts(theirs)):
            yield _of_maker(edition, maker, theirs)


def _parts(missing: Sequence[Missing]) -> tuple[list[Missing], list[Missing]]:
    """The required ones, and the others."""
    return [each for each in missing if each.required], [m for m in missing if not m.required]


def _whole(edition: Edition) -> str:
    required, others = _parts(edition.coverage.missing)
    due = _gaps(edition, required) or "<p>Every required record is here.</p>"
    parts = [
        Section("types", "By device type", key(), by_type(edition)),
        Section("makers", "By manufacturer", key(), by_maker(edition)),
        Section("required", "Required and missing", _due(edition), due),
        Section("others", "Not required, no record", _said(_WELCOME), _gaps(edition, others)),
        *corrections(edition),
        *pending(edition),
    ]
    return _headline(edition) + "".join(_wide(part) for part in parts if part.body)


def _wide(part: Section) -> str:
    """A section over the whole width, its lead opposite its heading."""
    return (
        f'<section class="sec full wide" id="{part.id}"><header><h2>{part.title}</h2>'
        f"{part.lead}</header><div>{part.body}</div></section>"
    )


def _due(edition: Edition) -> str:
    everything = many(len(edition.coverage.missing), "entry")
    list_ = f'<a href="missing.csv" download>All {everything} without a record as CSV</a>'
    return f"<p>{_DUE} {list_}.</p>"


def _said(lead: str) -> str:
    return f"<p>{lead}</p>"


def _headline(edition: Edition) -> str:
    counts = edition.coverage.counts
    due = sum(each.required for each in edition.coverage.missing)
    share = f"{100 * counts['covered'] // counts['entries']} %" if counts["entries"] else ""
    waiting = f"{len(edition.repository.pending):,}"
    return numbers(
        (
            ("Entries on the CPL", f"{counts['entries']:,}", ""),
            ("With a record", f"{counts['covered']:,}", share),
            ("Required, missing", f"{due:,}", f"of {counts['required']:,} required"),
            ("Waiting for a number", waiting, '<a href="#pending">pending</a>'),
        )
    )


def _gaps(edition: Edition, missing: Sequence[Missing]) -> str:
    opened = len(edition.coverage.missing) <= _OPEN
    return "".join(
        group(edition, entries, open_=opened, more=f"{maker}/")
        for maker, entries in grouped(missing).items()
    )


def _of_maker(edition: Edition, maker: str, missing: Sequence[Missing]) -> Page:
    required, others = (
        gap_rows(edition, [each.entry for each in part], ROOT) if part else ""
        for part in _parts(missing)
    )
    parts = [
        part
        for part in (
            Section("required", "Required and missing", _DUE, required),
            Section("others", "Not required, no record", _WELCOME, others),
        )
        if part.body
    ]
    name = whose(edition, missing[0].entry)
    title = f"Missing records of {maker}"
    under = f"{many(len(missing), 'entry')} without a record{f', {name}' if name else ''}."
    content = "".join(
        (
            crumbs(f'<a href="{ROOT}coverage/">Coverage</a>', identifier(maker)),
            f'<h1 id="content">{title}</h1><p class="under">{under}</p>',
            *map(section, parts),
        )
    )
    return Page(
        url=f"coverage/{maker}/",
        shell="coverage/_shell/",
        title=title,
        description=f"Entries of manufacturer identifier {maker} on the Central Products List "
        "that have no firmware record yet.",
        content=content,
        contents=tuple((part.id, part.title) for part in parts),
    )
