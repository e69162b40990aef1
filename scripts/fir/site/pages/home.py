"""What stands on the home page below its box: examples, counts, the newest entries, the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from urllib.parse import urlencode

from fir.answers.sentences import WORDS
from fir.model import Entry, Record, Waiver
from fir.site.browser_data.find_index import index_version
from fir.site.components import Section, by_bytes, icon, in_code
from fir.site.components import answer_badge as of_answer
from fir.site.components import cpl_link as to_cpl
from fir.site.components import entry_table as rows
from fir.site.components import manufacturer_link as company
from fir.site.edition import Edition
from fir.site.entry_view import SHAPES
from fir.site.html import badge as small
from fir.site.html import day, esc, numbers, table
from fir.site.shell import Page
from fir.site.wording import NO_RECORD, short_type

_NEWEST = 8
_BEGINNING = 8
_MEANINGS = {
    "latest": "Nothing newer is listed for this exact device.",
    "newer-exists": "At least one newer firmware is listed. We show the way there.",
    "unclear": "Number and version disagree. Only the manufacturer can say.",
    "withdrawn": "The manufacturer has taken this firmware back.",
    "removed": "No longer a Current entry on the CPL.",
    "no-longer-listed": "The CPL had it once and has dropped its number.",
}
_DOORS = (
    (
        "portfolio/",
        "I have gained meters",
        "Drop a file of them and get the answer for each. Nothing leaves your browser.",
    ),
    (
        "coverage/",
        "I make devices",
        "See which entries still lack a record, and how to supply it.",
    ),
    (
        "data/",
        "I want the data",
        "Every record with its contact as one CSV file, for your own use.",
    ),
)


def home_page(edition: Edition) -> Page:
    parts = (_examples, _counts, _tally, _lists, _doors)
    return Page(url="", shell="", content="".join(part(edition) for part in parts))


def _examples(edition: Edition) -> str:
    """What the box takes, each shown by something that this edition holds."""
    told = "".join(
        f'<div><dt>{label}</dt><dd><a href="{esc(_find(q=query))}">{esc(shown)}</a></dd></div>'
        for label, query, shown in _asked(edition)
    )
    return f'<dl class="takes" data-index="{index_version(edition)}">{told}</dl>'


def _find(**filters: str) -> str:
    return f"find/?{urlencode(filters)}" if filters else "find/"


def _asked(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Label, query and its short form: the newest entry that says most, by each of its names."""
    by_device = edition.repository.by_device
    known = [
        entry
        for _, entry in sorted(edition.repository.entries.items(), reverse=True)
        if len(by_device[entry.device]) == 1
    ]
    if not known:
        return
    entry = max(known, key=lambda each: _says(edition, each))
    strings = " ".join(entry.device.inventory_strings)
    yield "Central Products List number", entry.cpl_number, entry.cpl_number
    yield "Inventory strings, any order", strings, strings
    if entry.image_hash:
        beginning = entry.image_hash[:_BEGINNING]
        yield "Image hash, or its beginning", beginning, f"{beginning}…"
    for maker in edition.makers(entry)[:1]:
        yield "Product or company", maker.name, maker.name


def _says(edition: Edition, entry: Entry) -> tuple[bool, ...]:
    answer = edition.answer_of[entry.cpl_number].answer
    return answer == "newer-exists", edition.record_of(entry) is not None, bool(entry.image_hash)


def _counts(edition: Edition) -> str:
    found = edition.coverage
    entries, covered = found.counts["entries"], found.counts["covered"]
    share = f"{100 * covered // entries} %" if entries else ""
    missing = sum(each.required for each in found.missing)
    return numbers(
        (
            ("Entries on the CPL", f"{entries:,}", f'<a href="{_find()}">see all</a>'),
            ("With a firmware record", f"{covered:,}", share),
            (
                "Required, still missing",
                f"{missing:,}",
                f'of {found.counts["required"]:,}, <a href="coverage/">see which</a>',
            ),
            ("Waiting for a CPL number", f"{len(edition.repository.pending):,}", ""),
        )
    )


def _tally(edition: Edition) -> str:
    """How many entries have each answer, and how many no record; each leads to them."""
    found = Counter(answer.answer for answer in edition.answer_of.values())
    cells: list[tuple[str, int, str]] = [
        (of_answer(answer), found[answer], _find(answer=answer))
        for answer in SHAPES
        if found[answer] or answer != "no-longer-listed"
    ]
    lacking = sum(edition.record_of(each) is None for each in edition.repository.entries.values())
    cells.append((small("norec", NO_RECORD), lacking, _find(record="none")))
    told = "".join(
        f'<div><dt>{sign}</dt><dd><a href="{esc(url)}">{count:,}</a></dd></div>'
        for sign, count, url in cells
    )
    return f'<section><h2 class="vh">Entries by answer</h2><dl class="tally">{told}</dl></section>'


def _lists(edition: Edition) -> str:
    entries = edition.repository.entries
    newest = [entries[number] for number in nlargest(_NEWEST, entries)]
    marks: list[tuple[str, str]] = [(of_answer(each), said) for each, said in _MEANINGS.items()]
    marks.append((small("norec", NO_RECORD), "Listed, but nobody has supplied its notes yet."))
    marks.append((small("off", WORDS["unknown-firmware"]), "We know no entry with these values."))
    legend = "".join(f"<li>{sign}<span>{meaning}</span></li>" for sign, meaning in marks)
    return (
        '<div class="two"><section><div class="hd"><h2>Newest on the CPL</h2>'
        '<a href="releases/">All releases</a></div>'
        f"{rows(edition, newest, '', company=True)}</section>"
        '<section><div class="hd"><h2>What the answers mean</h2>'
        '<a href="about/#answers">How they are worked out</a></div>'
        f'<ul class="legend">{legend}</ul></section></div>'
    )


def _doors(edition: Edition) -> str:
    told = "".join(
        f'<a href="{url}"><b>{title}{icon("chev")}</b>{text}</a>' for url, title, text in _DOORS
    )
    return f'<nav class="doors" aria-label="Start here">{told}</nav>'


# What waits: records for their CPL number, and records that a waiver lets wait for correction.


def pending(edition: Edition) -> Iterator[Section]:
    found = sorted(edition.repository.pending, key=lambda record: record.path)
    lead = "<p>Submitted ahead of the list; each is published once the list gives its number.</p>"
    body = "<p>No record is waiting.</p>"
    if found:
        told = "".join(_pending(edition, record) for record in found)
        body = table(("Firmware", "Device", "Manufacturer", "File"), told, "waiting")
    yield Section("pending", "Waiting for a CPL number", lead, body)


def _pending(edition: Edition, record: Record) -> str:
    device = record.device
    name = ", ".join(filter(None, (record.product_name, short_type(device.type))))
    maker = edition.repository.manufacturers.get(record.manufacturer)
    return (
        f'<tr><th scope="row">{by_bytes(device.firmware_version)}</th>'
        f'<td data-l=""><bdi>{esc(name)}</bdi><small>{device.device_model}</small></td>'
        f'<td data-l="">{company(maker, "../") if maker else esc(record.manufacturer)}</td>'
        f'<td data-l="">{_file(edition, record.path)}</td></tr>'
    )


def corrections(edition: Edition) -> Iterator[Section]:
    """The waivers in force; nothing where there are none."""
    waivers = edition.repository.waivers
    if waivers:
        told = "".join(_waiver(edition, waiver) for waiver in waivers)
        body = table(("Record", "What is wrong", "Waived", "Until"), told, "waivers")
        lead = "<p>Mistakes that may stand until a day. Pages show what the CPL has.</p>"
        yield Section("corrections", "Records awaiting correction", lead, body)


def _waiver(edition: Edition, waiver: Waiver) -> str:
    record = next((r for r in edition.repository.records if r.path == waiver.path), None)
    named = to_cpl(record.cpl_number, "../") if record else ""
    wrong = edition.awaiting.get(waiver.path, ()) if waiver.check == "cpl-mismatch" else ()
    told = "".join(f"<p>{in_code(each[:1].upper() + each[1:])}.</p>" for each in wrong)
    return (
        f'<tr><th scope="row">{named}<small>{_file(edition, waiver.path)}</small></th>'
        f'<td data-l=""><a href="../checks/{esc(waiver.check)}/"><code>{esc(waiver.check)}</code>'
        f'</a>{told}</td><td data-l="Waived">{in_code(waiver.reason)}'
        f"<small>{esc(waiver.approved_by)}</small></td>"
        f'<td data-l="Until">{day(waiver.until)}</td></tr>'
    )


def _file(edition: Edition, path: str) -> str:
    url = edition.source(path, "blob")
    name = f'<code class="path">{esc(path)}</code>'
    return f'<a href="{esc(url)}">{name}</a>' if url else name
