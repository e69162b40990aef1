"""Files of meters for the portfolio's tests, sound and damaged, and the page to read them."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from around import ROOT

from fir.model import Entry
from fir.site.browser_data.portfolio import portfolio_answers
from fir.site.edition import Edition

HEADING = ("DeviceId", "DeviceType", "DeviceManufacturer", "DeviceModel", "DeviceFirmwareVersion")
TYPES = {
    "Communications Hub": "CHF",
    "Gas Smart Meter": "GSME",
    "HAN Connected Auxiliary Load Control Switch": "HCALCS",
    "Pre-Payment Interface Device": "PPMID",
}
PAGE = """<!doctype html><html lang="en"><title>portfolio</title>
<link rel="icon" href="data:,"><script type="module" src="../assets/portfolio/page.js"></script>
<div id="portfolio" data-answers="0"></div>"""
Strings = tuple[str, str, str]


class Row(NamedTuple):
    """A row as a file has it, the device it stands for, and what was done to it."""

    cells: tuple[str, ...]
    strings: Strings
    damage: str = ""


def published(edition: Edition, folder: Path) -> Path:
    """The scripts and answers as on the site, below a page that holds nothing else."""
    shutil.copytree(ROOT / "docs/assets", folder / "assets")
    (folder / "portfolio").mkdir()
    (folder / "portfolio/answers.json").write_bytes(portfolio_answers(edition))
    (folder / "portfolio/index.html").write_text(PAGE, encoding="utf-8")
    return folder


def of_entry(entry: Entry, name: str) -> Row:
    """The row that the inventory has for a device of this entry."""
    strings = entry.device.inventory_strings
    kind = TYPES.get(entry.device_type, "ESME")
    return Row((name, kind, *strings), strings)


def text_of(rows: Iterable[Row], separator: str = ",", *, quotes: bool = False) -> str:
    told = io.StringIO()
    writer = csv.writer(
        told, delimiter=separator, quoting=csv.QUOTE_ALL if quotes else csv.QUOTE_MINIMAL
    )
    writer.writerow(HEADING)
    writer.writerows(row.cells for row in rows)
    return told.getvalue()


def _bytes(version: str) -> list[int]:
    return list(bytes.fromhex(version))


def _parted(digits: str) -> str:
    return ":".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def _in_bcd(version: str) -> str:
    return "".join(f"{value:02d}" for value in _bytes(version) if value < 100)


DAMAGES: dict[str, Callable[[Strings], Strings]] = {
    "colons": lambda it: (_parted(it[0]), it[1], _parted(it[2])),
    "lower case": lambda it: (it[0].lower(), it[1].lower(), it[2].lower()),
    "blanks": lambda it: (f" {it[0]}", f"{it[1]}\u00a0", f"{it[2][:4]} {it[2][4:]} "),
    "0x": lambda it: (f"0x{it[0]}", it[1], f"0x{it[2]}"),
    "quotes": lambda it: (f'="{it[0]}"', f"'{it[1]}", it[2]),
    "lost zeros": lambda it: (it[0], it[1].lstrip("0") or "0", it[2].lstrip("0") or "0"),
    "NaN": lambda it: (it[0], "NaN", it[2]),
    "swapped": lambda it: (it[0], it[2], it[1]),
    "decimal": lambda it: (it[0], it[1], str(int(it[2], 16))),
    "BCD": lambda it: (it[0], it[1], _in_bcd(it[2])),
    "power": lambda it: (it[0], "1.02E+07", it[2]),
    "nothing": lambda it: ("", it[1], it[2]),
}  # fmt: skip
"""What happens to identifiers on their way through spreadsheets and hands."""


def drawn(edition: Edition, count: int, share: float = 0.05) -> list[Row]:
    """Rows of devices that are listed, a share of them damaged in each way in turn."""
    dice = random.Random(4)
    entries = list(edition.repository.entries.values())
    ways = list(DAMAGES)
    rows = []
    for place in range(count):
        row = of_entry(dice.choice(entries), f"00-{place:08d}")
        if dice.random() < share:
            way = ways[len(rows) % len(ways)]
            damaged = DAMAGES[way](row.strings)
            if damaged != row.strings:
                row = Row((*row.cells[:2], *damaged), row.strings, way)
        rows.append(row)
    return rows
