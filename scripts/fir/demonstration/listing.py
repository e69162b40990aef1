"""What enters the list: one firmware of one Device Model, with the certificates its type needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fir.demonstration.draw import Draw
from fir.model import Entry

PPMID = "Pre-Payment Interface Device"
HUB = "Communications Hub"


class Product(NamedTuple):
    """What all firmware of one product has in common; products of a `family` share images."""

    company: str
    name: str
    type: str
    label: str
    identifier: str
    model: str
    family: str
    creator: str
    descriptor: str = ""
    hashed: bool = True
    named: bool = True


class Release(NamedTuple):
    """One firmware as it was listed; `versions` is SMETS or CHTS over GBCS, like `4.2/3.2`.

    `listed_on` is empty for one that waits for its number.
    """

    firmware: str
    listed_on: str
    versions: str
    image: str
    descriptor: str = ""
    labelled: bool = True


Story = Mapping[str, Any]


class Listing(NamedTuple):
    """An entry before it has a number, and what its manufacturer says: None where it is silent."""

    product: Product
    release: Release
    entry: Entry
    story: Story | None


def listing(
    draw: Draw, product: Product, hardware: str, release: Release, story: Story | None
) -> Listing:
    fields = {
        **dict.fromkeys(Entry._fields, ""),
        "status": "Current",
        "device_type": product.type,
        "manufacturer_identifier": product.identifier,
        "model_identifier": product.model,
        "hardware_version": hardware[:2],
        "hardware_revision": hardware[2:],
        "firmware_version": release.firmware,
        **_versions(product.type, release.versions),
        **_certificates(draw, product, release),
    }
    if product.hashed:
        fields["image_creator"] = product.creator
        fields["image_hash"] = draw.hash(release.image)
        fields["image_descriptor"] = release.descriptor
    return Listing(product, release, Entry(**fields), story)


def _versions(device_type: str, versions: str) -> dict[str, str]:
    smets, gbcs = versions.split("/")
    family = "CHTS" if device_type == HUB and gbcs != "0.0" else "SMETS"
    return {"smets_chts_version": f"{family} V{smets}", "gbcs_version": f"GBCS Version {gbcs}"}


def _certificates(draw: Draw, product: Product, release: Release) -> dict[str, str]:
    """As the code administrator's own form asks: none for SMETS1, DLMS for electricity only."""
    listed = release.listed_on
    if not listed or release.versions.endswith("/0.0"):
        return {}
    year = int(listed[:4])
    name = (product.family, release.versions)
    fields = {
        "cpa_security_characteristics": "Not Relevant",
        "zse_certificate": f"ZIG{listed[2:4]}{draw.number(100, 366, 'zig', *name)}"
        f"ZSE9{draw.number(1000, 9999, 'zse', *name)}-24",
        "zse_version": f"ZigBee Smart Energy Standard {'1.2b' if year < 2019 else '1.4'}",
    }
    if product.type != PPMID:
        fields |= {
            "cpa_certificate": f"[E] CPA-{product.identifier}-{listed[2:4]}{listed[5:7]}",
            "cpa_security_characteristics": "Security Characteristics version "
            + ("1.2" if year < 2021 else "1.3"),
            "cpa_expiry": f"{year + 6}-{listed[5:7]}-01",
        }
    if product.type.endswith("Electricity Metering Equipment"):
        fields["dlms_certificate"] = str(draw.number(7000, 9999, "dlms", *name))
        fields["dlms_version"] = "CTT 3.1" if year < 2022 else "CTT 4.1"
    return fields
