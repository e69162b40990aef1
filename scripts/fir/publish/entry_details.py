"""The parts of an entry's page that repeat what the CPL has: device, certificates, image."""

from __future__ import annotations

from collections.abc import Iterator

from fir.publish.certificate import expiry
from fir.publish.markup import Section, by_bytes, copy, esc, identifier, line, terms
from fir.publish.shown import ROOT, Shown, version
from fir.publish.sign import to_cpl, to_model

_SMETS = "Smart Metering Equipment Technical Specifications: what the device can do"
_CHTS = "Communications Hub Technical Specifications: what the hub can do"
_GBCS = "Great Britain Companion Specification: the messages it understands"
_HASH_LEAD = "SHA-256 of the manufacturer image, before the supplier signs it"
_HASH_NOTE = (
    "The hash of the file you receive will differ: the supplier’s signature is added after this "
    "hash is taken."
)


def details(page: Shown) -> Iterator[Section]:
    """Those that have something to say."""
    yield _device(page)
    certificates = _certificates(page)
    if certificates:
        yield certificates
    yield _image(page)


def plate(page: Shown) -> str:
    """The five parts of the identifier, as on a type plate."""
    device = page.entry.device
    cells = (
        ("id", "Manufacturer", device.manufacturer_identifier),
        ("id", "Model", device.model_identifier),
        ("hw", "Hardware version", device.hardware_version),
        ("id", "Revision", device.hardware_revision),
        ("fw", "Firmware version", by_bytes(device.firmware_version)),
    )
    told = "".join(
        f'<div class="{kind}"><dt>{label}</dt><dd>{value}</dd></div>'
        for kind, label, value in cells
    )
    button = copy(" ".join(device.inventory_strings), "the identifiers")
    return f'<div class="plate"><dl>{told}</dl><div class="acts">{button}</div></div>'


def _device(page: Shown) -> Section:
    entry, device = page.entry, page.entry.device
    strings = " &ensp;".join(map(identifier, device.inventory_strings))
    button = copy(" ".join(device.inventory_strings), "the three strings")
    chts = entry.smets_chts_version.startswith("CHTS")
    same = (each for each in page.this.entries if each.cpl_number != entry.cpl_number)
    rows = (
        ("Type", esc(entry.device_type)),
        ("Device Model", to_model(device.device_model, ROOT)),
        ("As the inventory shows it", line(strings, button)),
        (
            "CHTS version" if chts else "SMETS version",
            _explained(entry.smets_chts_version, _CHTS if chts else _SMETS),
        ),
        ("GBCS version", _explained(entry.gbcs_version, _GBCS)),
        ("Listed as", f"<bdi>{esc(entry.label)}</bdi>" if entry.label else ""),
        ("Listed again as", ", ".join(to_cpl(each.cpl_number, ROOT) for each in same)),
    )
    lead = f"Values from CPL {esc(page.edition.snapshot.version)}"
    return Section("device", "Device", lead, terms(rows))


def _explained(text: str, what: str) -> str:
    return f"{version(text)}<small>{what}</small>"


def _image(page: Shown) -> Section:
    entry = page.entry
    creator = f"<bdi>{esc(entry.image_creator)}</bdi>" if entry.image_creator else ""
    descriptor = f"<bdi>{esc(entry.image_descriptor)}</bdi>" if entry.image_descriptor else ""
    rows = terms((("Creator", creator), ("Descriptor", descriptor)))
    value = entry.image_hash
    if not value:
        return Section("image", "Image and hash", "", f"<p>The CPL gives no hash.</p>{rows}")
    eights = "".join(f"<span>{value[start : start + 8]}</span>" for start in range(0, 64, 8))
    button = copy(value, "the hash")
    told = f'<div class="hashrow"><div class="hash">{eights}</div>{button}</div>'
    body = f'{told}{rows}<p class="after">{_HASH_NOTE}</p>'
    return Section("image", "Image and hash", _HASH_LEAD, body)


def _certificates(page: Shown) -> Section | None:
    entry = page.entry
    if not (entry.cpa_certificate or entry.dlms_certificate or entry.zse_certificate):
        return None
    told = "".join(
        (
            _card(
                "CPA",
                "Commercial Product Assurance: security",
                entry.cpa_certificate,
                (esc(entry.cpa_security_characteristics), *expiry(page.edition, entry)),
            ),
            _card(
                "DLMS",
                "Device Language Message Specification: the meter’s data",
                entry.dlms_certificate,
                (esc(entry.dlms_version),),
            ),
            _card(
                "ZSE",
                "ZigBee Smart Energy: the home network",
                entry.zse_certificate,
                (esc(entry.zse_version),),
            ),
        )
    )
    return Section("cert", "Certificates", "", f'<dl class="cards">{told}</dl>')


def _card(short: str, long: str, name: str, facts: tuple[str, ...]) -> str:
    told = "none on the CPL"
    if name:
        told = identifier(name) + "".join(f"<small>{fact}</small>" for fact in facts if fact)
    return f"<div><dt><b>{short}</b> {long}</dt><dd>{told}</dd></div>"
