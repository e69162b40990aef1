"""The stories told by hand, in `manufacturers/`: one TOML file for each invented company."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from typing import Any, NamedTuple

from fir.demonstration.listing import Draw, Listing, Product, Release, Story, listing

_STORY = (
    "notes",
    "released",
    "url",
    "upgrade_from",
    "outage",
    "outage_note",
    "withdrawn",
    "corrections",
)


class Amendment(NamedTuple):
    """What a later issue did to entries: gave them new values, or corrected their first ones.

    Empty `firmware` or `hardware` means all. `lost` entries left the list without a word.
    """

    on: str
    products: tuple[str, ...]
    firmware: tuple[str, ...]
    hardware: tuple[str, ...]
    set: Mapping[str, str]
    first: Mapping[str, str]
    lost: bool


class Catalogue(NamedTuple):
    manufacturers: dict[str, dict[str, Any]]
    listings: list[Listing]
    amendments: list[Amendment]
    pending: list[Listing]


def read(draw: Draw) -> Catalogue:
    catalogue = Catalogue({}, [], [], [])
    folder = resources.files(__package__) / "manufacturers"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        _add(catalogue, draw, file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"))
    return catalogue


def _add(catalogue: Catalogue, draw: Draw, slug: str, text: str) -> None:
    content = _dates_as_text(tomllib.loads(text))
    if "manufacturer" in content:
        catalogue.manufacturers[slug] = content["manufacturer"]
    company = slug if "manufacturer" in content else ""
    products = {}
    shared: dict[str, Story] = {}
    for item in content["product"]:
        products[item["name"]] = product = _product(company, item)
        for release in item["release"]:
            catalogue.listings.extend(_listings(draw, product, item["hardware"], release, shared))
    catalogue.amendments.extend(_amendment(draw, item) for item in content.get("amendment", ()))
    for item in content.get("pending", ()):
        product = products[item["product"]]
        catalogue.pending.extend(
            _listings(draw, product, item["hardware"], {"listed": "", **item}, {})
        )


def _product(company: str, item: Mapping[str, Any]) -> Product:
    return Product(
        company=company,
        name=item["name"],
        type=item["type"],
        label=item["label"],
        identifier=item["identifier"],
        model=item["model"],
        family=item.get("family", item["name"]),
        creator=item.get("creator", ""),
        descriptor=item.get("descriptor", ""),
        hashed=item.get("hashed", True),
        named=item.get("named", True),
    )


def _listings(
    draw: Draw,
    product: Product,
    every_hardware: list[str],
    item: Mapping[str, Any],
    shared: dict[str, Story],
) -> Iterator[Listing]:
    """One listing for each hardware version; entries that share an image share what is said."""
    release = Release(
        firmware=item["firmware"],
        listed_on=item["listed"],
        versions=item["versions"],
        image=item.get("image", f"{product.family} {item['firmware']}"),
        descriptor=item.get("descriptor", product.descriptor),
        labelled=not item.get("unlabelled", False),
    )
    own = {key: item[key] for key in _STORY if key in item}
    story = {**shared.get(release.image, {}), **own}
    if "notes" in own:
        shared[release.image] = story
    gap = item.get("gap", not product.company)
    for hardware in item.get("hardware", every_hardware):
        silent = gap is True or (gap and hardware in gap)
        listed = listing(draw, product, hardware, release, None if silent else story)
        yield listed._replace(entry=listed.entry._replace(**item.get("fields", {})))


def _amendment(draw: Draw, item: Mapping[str, Any]) -> Amendment:
    first = dict(item.get("first", {}))
    if "image_hash" in first:
        first["image_hash"] = draw.hash(first["image_hash"])
    return Amendment(
        on=item["on"],
        products=tuple(item["products"]),
        firmware=tuple(item.get("firmware", ())),
        hardware=tuple(item.get("hardware", ())),
        set=item.get("set", {}),
        first=first,
        lost=item.get("lost", False),
    )


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
