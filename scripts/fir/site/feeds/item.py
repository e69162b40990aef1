"""One item of a feed: what happened to an entry, its record or a manufacturer's contact.

An item keeps its id for ever. What changes what it tells, a correction or a withdrawal, gives it a
new `updated`, by which a feed reader knows to show it again. All days come from the data and from
the history of the files, never from the build.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import escape as esc

# Characters that no XML document may hold, however they are written.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Item(NamedTuple):
    name: str
    """What its id ends with, such as `record/000042`."""
    kind: str
    title: str
    updated: str
    url: str
    """Of its page, below the site's address."""
    content: str


class Site(NamedTuple):
    """What makes names and links of items whole."""

    address: str
    host: str

    def tag(self, name: str) -> str:
        """An id that stays the same for ever (RFC 4151)."""
        return f"tag:{self.host},2026:{name}"


def item_xml(site: Site, item: Item) -> str:
    return (
        f"<entry><id>{xml(site.tag(item.name))}</id><title>{xml(item.title)}</title>"
        f"<updated>{xml(item.updated)}</updated>"
        f'<link rel="alternate" type="text/html" href="{xml(site.address + item.url)}"/>'
        f'<category term="{xml(item.kind)}"/>'
        f'<content type="text">{xml(item.content)}</content></entry>\n'
    )


def xml(text: str) -> str:
    """Text as XML; a reader gets back every character that XML can hold."""
    return _NO_XML.sub("\ufffd", esc(text)).replace("\r", "&#13;")


def moment(day: str) -> str:
    """A day, or a moment that git tells, as Atom wants it."""
    return day if "T" in day else f"{day}T00:00:00Z"
