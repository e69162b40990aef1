"""What the columns of the CSV files hold, for programs: the schema's own words and bounds."""

from __future__ import annotations

from typing import Any

from fir.cpl.sheet import COLUMNS
from fir.model import Shapes
from fir.site.downloads.cpl_table import cpl_header

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


def _field(name: str, told: Field, required: bool) -> Field:
    """A field of a Frictionless table; identifiers are text, and only days are anything else."""
    bounds = {bound: told[bound] for bound in ("maxLength", "enum") if bound in told}
    is_day = name.endswith("_on")
    return {
        "name": name,
        "type": "date" if is_day else "string",
        "title": told["title"],
        "description": told["description"],
        "constraints": {**({"required": True} if required else {}), **bounds},
    }
