"""What may head a column of a table: our names, and those of the list and of its form.

A sheet that somebody keeps already was filled from the Central Products List and from the code
administrator's form, and is headed as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

from fir.columns import Column, by_header, columns, folded
from fir.model import Shapes
from fir.new_entry_form import FIELDS
from fir.read.cpl_columns import COLUMNS, CONCATENATED, VERSION

LINES = ("contact", "address", "lines")
# The groups of the form whose attributes can stand alone: `name` or `number` says too little.
_TOLD_ALONE = ("manufacturer contact fir", "fir release notes")
_ALSO = {
    "cpl_entry_number": "cpl_number",
    "manufacturer_name": "manufacturer",
    "postcode": "postal_code",
    "fir_release_notes": "release_notes",
}


def by_table_header(shapes: Shapes) -> dict[str, Column]:
    """Each column by all that may head it, folded; house number and street are one of their own."""
    ours = columns(shapes)
    by_name = {column.name: column for column in ours}
    by_keys = {column.keys: column for column in ours}
    known = {folded(each.header): by_name.get(each.field) for each in COLUMNS}
    known |= {header: by_name[name] for header, name in _ALSO.items()}
    for (group, attribute), keys in FIELDS.items():
        column = by_keys.get(keys)
        if keys[:-1] == LINES:
            name = folded(attribute)
            whole = by_keys[LINES]
            column = whole._replace(name=name, title=attribute, keys=keys, is_list=False)
        known[folded(f"{group} {attribute}")] = column
        if group in _TOLD_ALONE:
            known[folded(attribute)] = column
    return {**{each: column for each, column in known.items() if column}, **by_header(shapes)}


def of_the_list_alone(known: Mapping[str, Column]) -> set[str]:
    """The headings of the list, folded, that no column of ours answers to."""
    headers = (*(column.header for column in COLUMNS), VERSION, CONCATENATED)
    return {folded(header) for header in headers} - known.keys()
