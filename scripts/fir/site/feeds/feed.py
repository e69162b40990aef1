"""A feed: which there are, how a page names them, and the file itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import escape as esc

from fir.site.as_json import NAME
from fir.site.edition import Edition
from fir.site.feeds.item import Site, moment, xml

MOST_ITEMS = 200
TEMPLATES = ("feeds/all.xml", "feeds/manufacturers/{slug}.xml", "feeds/models/{id}.xml")


class Feed(NamedTuple):
    path: str
    title: str
    url: str
    """Of the page it belongs to, below the site's address."""


ALL = Feed(TEMPLATES[0], NAME, "")


def manufacturer_feed(slug: str, name: str) -> Feed:
    path = TEMPLATES[1].format(slug=slug)
    return Feed(path, f"{name}: {NAME}", f"manufacturers/{slug}/")


def model_feed(device_model: str) -> Feed:
    path = TEMPLATES[2].format(id=device_model)
    return Feed(path, f"{device_model}: {NAME}", f"models/{device_model}/")


def discovery(feeds: Iterable[Feed], root: str) -> str:
    """What a page's head says of its feeds; `root` leads to the site's address.

    A second word stands in `rel` because the theme's script takes a lone `alternate` for another
    language of the site, and looks for a sitemap beside it.
    """
    return "".join(
        f'<link rel="alternate feed" type="application/atom+xml" title="{esc(feed.title)}" '
        f'href="{esc(root + feed.path)}">'
        for feed in feeds
    )


class Told(NamedTuple):
    """An item as XML, with what its order depends on."""

    updated: str
    name: str
    text: str


def feed_xml(edition: Edition, site: Site, feed: Feed, items: Iterable[Told]) -> bytes:
    """The newest items, as many as a feed may hold."""
    newest = sorted(items, key=lambda item: item.name)
    newest = sorted(newest, key=lambda item: item.updated, reverse=True)[:MOST_ITEMS]
    updated = newest[0].updated if newest else moment(edition.snapshot.issued_on)
    commit = f", commit {edition.commit}" if edition.commit else ""
    invented = (
        " Demonstration data: all of it is invented." if edition.snapshot.demonstration else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n'
        f"<id>{xml(site.tag(feed.path.removesuffix('.xml')))}</id><title>{xml(feed.title)}</title>\n"
        f"<subtitle>CPL {xml(edition.snapshot.version)}, issued {edition.issued}{commit}."
        f"{invented}</subtitle>\n<updated>{xml(updated)}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href="{xml(site.address + feed.path)}"/>'
        f'<link rel="alternate" type="text/html" href="{xml(site.address + feed.url)}"/>\n'
        f"<author><name>{NAME}</name></author>\n"
        f"{''.join(item.text for item in newest)}</feed>\n"
    ).encode()
