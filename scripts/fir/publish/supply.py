"""How a missing record can be supplied: a form of the repository filled in, else a letter."""

from __future__ import annotations

from urllib.parse import quote

from fir.model import Entry
from fir.publish.edition import Edition
from fir.publish.markup import esc
from fir.skeleton import record_path, skeleton

_FIELDS = (
    "Type",
    "Manufacturer identifier",
    "Model identifier",
    "Hardware version",
    "Hardware revision",
    "Firmware version",
)
_CONTACT = ("Company:", "Email address:", "Telephone number:", "Business address:")


def add_record(edition: Edition, entry: Entry) -> str:
    """A link to where the record of an entry can be written, named for those who only hear it."""
    hidden = f'<span class="vh"> for CPL {entry.cpl_number}</span>'
    return f'<a href="{esc(where_to_supply(edition, entry))}">Add this record{hidden}</a>'


def where_to_supply(edition: Edition, entry: Entry) -> str:
    """A new file of the repository, where it is known whose it is; else a letter to the Panel."""
    policy, makers = edition.repository.policy, edition.makers(entry)
    if policy.repository_url and len(makers) == 1:
        slug = makers[0].slug
        path, text = record_path(entry, slug), skeleton(entry, slug)
        return (
            f"{policy.repository_url}/new/main?filename={quote(path, safe='')}"
            f"&value={quote(text, safe='')}"
        )
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
