"""What waits: records for their CPL number, and records that a waiver lets wait for correction."""

from __future__ import annotations

from collections.abc import Iterator

from fir.model import Record, Waiver
from fir.publish.contact import company
from fir.publish.edition import Edition
from fir.publish.markup import Section, by_bytes, day, esc, in_code, table
from fir.publish.sign import short_type, to_cpl


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
