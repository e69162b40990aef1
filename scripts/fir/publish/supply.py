"""How a missing record is supplied: on the page that makes one, else by a letter to the Panel."""

from __future__ import annotations

from urllib.parse import quote

from fir.model import Entry
from fir.publish.edition import Edition

_FIELDS = (
    "Type",
    "Manufacturer identifier",
    "Model identifier",
    "Hardware version",
    "Hardware revision",
    "Firmware version",
)
_CONTACT = ("Company:", "Email address:", "Telephone number:", "Business address:")


def add_record(entry: Entry, root: str) -> str:
    """A link to where the record of an entry is made, named for those who only hear it."""
    hidden = f'<span class="vh"> for CPL {entry.cpl_number}</span>'
    return f'<a href="{where_to_supply(entry, root)}">Add this record{hidden}</a>'


def where_to_supply(entry: Entry, root: str) -> str:
    """The page that makes a record, at this entry; `root` is the way to the site's start."""
    return f"{root}submit/?cpl={entry.cpl_number}"


def letter(edition: Edition, entry: Entry) -> str:
    """An email to the Panel that names the entry and its device, to be completed by hand."""
    policy, makers = edition.repository.policy, edition.makers(entry)
    subject = quote(f"Record of CPL entry {entry.cpl_number}")
    values = zip(_FIELDS, entry.device, strict=True)
    body = "\r\n".join(
        (
            f"CPL number: {entry.cpl_number}",
            *(f"{field}: {value}" for field, value in values),
            "Release notes:",
            *(() if makers else _CONTACT),
            "",
        )
    )
    return f"mailto:{policy.panel_email}?subject={subject}&body={quote(body)}"
