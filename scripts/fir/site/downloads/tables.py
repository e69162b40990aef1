"""`cpl.csv`, in the columns of the code administrator's own CSV, and what all columns hold."""

from __future__ import annotations

import csv
import io
from typing import Any

from fir.cpl.sheet import COLUMNS, CONCATENATED, VERSION
from fir.model import Entry, Shapes
from fir.site.edition import Edition

_SHARED = [column for column in COLUMNS if column.on_csv]
_BEFORE_CONCATENATED = "hardware_revision"


def cpl_header() -> list[str]:
    header = [VERSION]
    for column in _SHARED:
        header.append(column.header)
        if column.field == _BEFORE_CONCATENATED:
            header.append(CONCATENATED)
    return header


def cpl_csv(edition: Edition) -> bytes:
    """The entries that are on the list, CR LF between rows; a number that vanished is not on it."""
    year, month, day = edition.snapshot.issued_on.split("-")
    issue = f"Version {edition.snapshot.version} Issued on {day}-{month}-{year}"
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(cpl_header())
    for _, entry in sorted(edition.repository.entries.items()):
        if entry.listing != "no-longer-listed":
            writer.writerow((issue, *_values(entry)))
    return text.getvalue().encode("utf-8")


def _values(entry: Entry) -> list[str]:
    values = []
    for column in _SHARED:
        values.append(getattr(entry, column.field))
        if column.field == _BEFORE_CONCATENATED:
            values.append(entry.device.inventory_strings[1])
    return values


# What the columns of the CSV files hold, for programs: the schema's own words and bounds.

Field = dict[str, Any]
_OF_HEADER = {column.header: column.field for column in COLUMNS}
_OURS = {
    "Version": "The issue of the Central Products List, such as Version 2.051 Issued on "
    "21-09-2022; the same in every row.",
    "Device_Model.model_identifier_concatenated_with_hardware_version": "Model identifier, "
    "hardware version and hardware revision in one: eight hexadecimal digits.",
}


def fir_fields(shapes: Shapes) -> tuple[Field, ...]:
    schema = shapes.schemas["joined"]
    return tuple(
        _field(column, shapes.field("joined", [column]), column in schema["required"])
        for column in schema["properties"]
    )


def cpl_fields(shapes: Shapes) -> tuple[Field, ...]:
    return tuple(
        {"name": header, "type": "string", "description": _OURS[header]}
        if header in _OURS
        else _field(header, shapes.field("entry", [_OF_HEADER[header]]), required=False)
        for header in cpl_header()
    )


def _field(name: str, field: Field, required: bool) -> Field:
    """A field of a Frictionless table; identifiers are text, and only days are anything else."""
    bounds = {bound: field[bound] for bound in ("maxLength", "enum") if bound in field}
    is_day = name.endswith("_on")
    return {
        "name": name,
        "type": "date" if is_day else "string",
        "title": field["title"],
        "description": field["description"],
        "constraints": {**({"required": True} if required else {}), **bounds},
    }
