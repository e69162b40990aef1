"""The columns of the Central Products List: what each is headed, and what its cells may say.

The limits on length, the device types and the patterns are those of `cpl-entry.schema.json`; they
are repeated here because a fault must name its cell, and a test keeps the two alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fir.read.cell_rules import (
    Damage,
    Rule,
    Value,
    free,
    hexadecimal,
    iso_day,
    one_of,
    shaped,
    words,
)
from fir.read.sheet import Cell
from fir.wording import tick

VERSION = "Version"
CONCATENATED = "Device_Model.model_identifier_concatenated_with_hardware_version"
DEVICE_TYPES = (
    "Communications Hub",
    "Gas Smart Meter",
    "HAN Connected Auxiliary Load Control Switch",
    "Polyphase Electricity Metering Equipment",
    "Pre-Payment Interface Device",
    "Single Element Electricity Metering Equipment",
    "Twin Element Electricity Metering Equipment",
)
_ISSUE = re.compile(
    r"Version ([0-9]{1,3}\.[0-9]{1,3}) Issued on ([0-9]{2}[-/][0-9]{2}[-/][0-9]{4})", re.IGNORECASE
)


def entry_number(cell: Cell) -> Value:
    number = hexadecimal(6, "0123456789")(cell)
    if number in (0, "000000"):
        raise Damage("`000000` is not the number of an entry")
    return number


def issue(cell: Cell) -> tuple[str, str]:
    """Version and ISO date of a label such as `Version 2.051 Issued on 21-09-2022`."""
    said = words(cell)
    found = _ISSUE.fullmatch(said)
    if not found:
        raise Damage(f"{tick(said)} is not of the form `Version 2.051 Issued on 21-09-2022`")
    return found[1], iso_day(found[2])


class Column(NamedTuple):
    field: str
    """The field of the entry it fills."""
    header: str
    """Group and attribute of the full sheet, joined by a dot: the CSV's own header."""
    rule: Rule
    required: bool = False
    on_csv: bool = False


def _key(field: str, header: str, rule: Rule) -> Column:
    return Column(field, header, rule, required=True, on_csv=True)


COLUMNS = (
    _key("cpl_number", "Entry.number", entry_number),
    _key("status", "Entry.status", one_of("Current", "Removed")),
    _key("device_type", "Device_Type.name", one_of(*DEVICE_TYPES)),
    _key("manufacturer_identifier", "Device_Model.manufacturer_identifier", hexadecimal(4)),
    _key("model_identifier", "Device_Model.model_identifier", hexadecimal(4)),
    _key("hardware_version", "Device_Model.hardware_version.version", hexadecimal(2)),
    _key("hardware_revision", "Device_Model.hardware_version.revision", hexadecimal(2)),
    _key("firmware_version", "Device_Model.firmware_version", hexadecimal(8)),
    _key(
        "smets_chts_version",
        "SMETS_CHTS Version.Version_number_and_effective_date",
        shaped(r"(SMETS|CHTS) V[0-9]{1,2}\.[0-9]{1,3}", "SMETS V4.2"),
    ),
    _key(
        "gbcs_version",
        "GBCS Version.version_number",
        shaped(r"GBCS Version [0-9]{1,2}\.[0-9]{1,3}", "GBCS Version 3.2"),
    ),
    Column("cpa_certificate", "CPA_Certificate.identification_number", free(40)),
    Column(
        "cpa_security_characteristics",
        "CPA_Certificate.security_characteristics_version",
        free(60),
    ),
    Column("cpa_expiry", "CPA_Certificate.expiry_date", iso_day),
    Column("dlms_certificate", "DLMS_Certificate.identification_number", free(20, numbers=True)),
    Column("dlms_version", "DLMS_Certificate.DLMS_version", free(20)),
    Column("zse_certificate", "ZSE_Certificate.identification_number", free(40)),
    Column("zse_version", "ZSE_Certificate.ZSE_version", free(60)),
    Column("image_creator", "Manufacturer_Image.creator", free(100)),
    Column("image_hash", "Manufacturer_Image.hash", hexadecimal(64), on_csv=True),
    Column("image_descriptor", "Manufacturer_Image.descriptor", free(200)),
)
