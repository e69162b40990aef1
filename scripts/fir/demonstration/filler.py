"""As many invented manufacturers and listings as a benchmark asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import count, islice
from textwrap import fill
from typing import Any

from fir.demonstration.listing import PPMID, Draw, Listing, Product, Release, listing

# Below the 1,000 files that GitHub lists of a folder, and near what a large maker has.
_MOST_OF_ONE_MAKER = 400
_FIRST_IDENTIFIER = 0x7F20
_FIRST_DAY = date(2016, 11, 15)
_LAST_DAY = date(2026, 11, 10)


@cache
def _phrases() -> dict[str, Any]:
    file = resources.files(__package__) / "phrases.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def invent(
    draw: Draw, entries: int, coverage: float
) -> tuple[dict[str, dict[str, Any]], list[Listing]]:
    """Manufacturers by slug, and exactly as many listings as asked for."""
    makers = -(-entries // _MOST_OF_ONE_MAKER)
    manufacturers = {}
    listings: list[Listing] = []
    for maker in range(makers):
        slug, manufacturer = _manufacturer(draw, maker)
        manufacturers[slug] = manufacturer
        share = entries // makers + (maker < entries % makers)
        listings.extend(islice(_listings(draw, maker, slug, coverage), share))
    return manufacturers, listings


def _manufacturer(draw: Draw, maker: int) -> tuple[str, dict[str, Any]]:
    words = _phrases()
    round_, number = divmod(maker, len(words["stems"]))
    stem = words["stems"][number]
    tail = words["tails"][(3 * number + round_) % len(words["tails"])]
    slug = f"{stem}-{tail}".lower()
    address = {
        "lines": [f"{draw.number(1, 90, 'house', slug)} {draw.pick(words['streets'], slug)}"],
        "locality": draw.pick(words["towns"], slug),
        "postal_code": f"QZ{draw.number(1, 99, 'area', slug)} {draw.number(1, 9, 'post', slug)}ZZ",
        "country": "GB",
    }
    return slug, {
        "name": f"{stem} {tail} Ltd",
        "manufacturer_identifiers": [f"{_FIRST_IDENTIFIER + maker:04X}"],
        "contact": {
            "email": f"firmware@{slug}.example",
            "telephone": f"+441632960{800 + maker % 200:03}",
            "address": address,
            "confirmed_on": f"2026-0{draw.number(1, 9, 'confirmed', slug)}-15",
        },
    }


def _listings(draw: Draw, maker: int, slug: str, coverage: float) -> Iterator[Listing]:
    """Without end: product after product, each with its hardware versions and releases."""
    words = _phrases()
    types = [name for name, kind in words["types"].items() for _ in range(kind["share"])]
    for model in count(1):
        name = (slug, model)
        device_type = draw.pick(types, "type", *name)
        code = f"{slug[0].upper()}{slug[1].upper()}-{model:02}"
        word = words["types"][device_type]["word"]
        maker_name = slug.replace("-", " ").title()
        product = Product(
            company=slug,
            name=code,
            type=device_type,
            label=f"{maker_name} {code} {word}",
            identifier=f"{_FIRST_IDENTIFIER + maker:04X}",
            model=f"{model:04X}",
            family=f"{slug} {code}",
            creator=maker_name,
            descriptor="Complete image",
            hashed=device_type != PPMID,
        )
        hardware = [f"{n:02}00" for n in range(1, draw.number(2, 7, "hardware", *name))]
        yield from _releases(draw, product, hardware, coverage)


def _releases(
    draw: Draw, product: Product, hardware: list[str], coverage: float
) -> Iterator[Listing]:
    day = _FIRST_DAY + timedelta(days=draw.number(0, 3000, "first", product.family))
    earlier: list[str] = []
    for step in range(draw.number(2, 8, "releases", product.family)):
        day += timedelta(days=draw.number(60, 420, "day", product.family, step))
        day -= timedelta(days=(day.weekday() - 1) % 7)  # the list is issued on Tuesdays
        if day > _LAST_DAY and step:
            return
        firmware = f"{1 + step // 3:02X}{step % 3:02X}{step:02X}{product.model[2:]}"
        image = f"{product.family} {firmware}"
        listed_on = min(day, _LAST_DAY)
        release = Release(
            firmware=firmware,
            listed_on=listed_on.isoformat(),
            versions=_versions(product.type, listed_on.year),
            image=image,
            descriptor=product.descriptor,
        )
        story = _story(draw, product, image, listed_on, earlier)
        for version in hardware:
            recorded = draw.happens(coverage, "record", image, version)
            yield listing(draw, product, version, release, story if recorded else None)
        earlier.append(firmware)


def _versions(device_type: str, year: int) -> str:
    by_year: dict[str, str] = _phrases()["types"][device_type]["versions"]
    return by_year[max(since for since in by_year if int(since) <= year)]


def _story(
    draw: Draw, product: Product, image: str, listed_on: date, earlier: list[str]
) -> dict[str, Any]:
    url = f"https://{product.company}.example/notes/{product.name.lower()}/{listed_on:%Y-%m}"
    story: dict[str, Any] = {"notes": _notes(draw, image, url)}
    if draw.happens(0.7, "released", image):
        before = draw.number(10, 50, "before", image)
        story["released"] = (listed_on - timedelta(days=before)).isoformat()
    if draw.happens(0.8, "upgrade", image):
        story["upgrade_from"] = earlier[-draw.number(1, 3, "steps", image) :]
    if draw.happens(0.5, "outage", image):
        story["outage"] = draw.pick(("expected", "not-expected", "unknown"), "which", image)
    return story


def _notes(draw: Draw, image: str, url: str) -> str:
    words = _phrases()

    def phrase(kind: str, *name: object) -> str:
        text: str = draw.pick(words[kind], kind, image, *name)
        return text

    # Five steps apart, so that no thing is corrected twice in one text.
    first = draw.number(0, 100, "thing", image)
    items = [
        f"Corrects a fault: {words['thing'][(first + 5 * n) % len(words['thing'])]} "
        f"{phrase('fault', n)} {phrase('circumstance', n)}. {phrase('effect', n)}"
        for n in range(draw.number(3, 6, "corrections", image))
    ]
    additions = range(draw.number(0, 3, "features", image))
    items += dict.fromkeys(f"Adds {phrase('feature', n)}." for n in additions)
    listed = "\n".join(
        fill(item, 90, initial_indent="- ", subsequent_indent="  ") for item in items
    )
    ending = fill(phrase("closing"), 90)
    return f"{fill(phrase('opening'), 90)}\n\n{listed}\n\n{ending}\nFull notes: {url}\n"
