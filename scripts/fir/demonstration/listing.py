"""What enters the list: one firmware of one Device Model, with the certificates its type needs.

What looks like chance is none: each choice is the digest of the seed and a name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from fir.model import Entry

T = TypeVar("T")

PPMID = "Pre-Payment Interface Device"
HUB = "Communications Hub"


class Draw(NamedTuple):
    """One seed. Equal names give equal choices, so no choice shifts when another is added."""

    seed: int

    def hash(self, *name: object) -> str:
        """64 hex digits, upper case, as the CPL prints an image hash."""
        text = "/".join(map(str, (self.seed, *name)))
        return hashlib.sha256(text.encode("utf-8")).hexdigest().upper()

    def number(self, start: int, stop: int, *name: object) -> int:
        """A whole number from `start` up to, not including, `stop`."""
        return start + int(self.hash(*name)[:12], 16) % (stop - start)

    def pick(self, options: Sequence[T], *name: object) -> T:
        return options[self.number(0, len(options), *name)]

    def happens(self, share: float, *name: object) -> bool:
        """True for `share` of all names: never for 0, always for 1."""
        return self.number(0, 10_000, *name) < share * 10_000


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
