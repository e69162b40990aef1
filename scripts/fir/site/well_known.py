"""What machines read first: every page there is, each as old as the commit it is made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from fir.model import Shapes
from fir.site.edition import Edition
from fir.site.rendering import render


def sitemap(site_url: str, urls: Iterable[str], day: str) -> bytes:
    places = [site_url + url for url in sorted(urls)]
    return render("sitemap.xml", urls=places, day=day).encode()


def robots(site_url: str) -> bytes:
    """`robots.txt`: everything may be read, and the sitemap says what there is."""
    return f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n".encode()


# The schemas, published at their `$id`: the address of the site and a path.

_PLACE = "schema/v1/"


def site_address(shapes: Shapes) -> str:
    """The address below which everything is published, with a slash at its end."""
    return str(shapes.schemas["joined"]["$id"]).partition(_PLACE)[0]


def schema_files(shapes: Shapes) -> Iterator[tuple[str, bytes]]:
    address = site_address(shapes)
    for schema in shapes.schemas.values():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        yield str(schema["$id"]).removeprefix(address), f"{text}\n".encode()


# `security.txt` (RFC 9116): where a fault of this site is reported, and until when that holds.

SECURITY_TXT = ".well-known/security.txt"
# Each edition renews it, and the standard wants it shorter than a year. The day of the edition is
# the commit's: two builds of one commit must not differ.
_HOLDS = timedelta(days=360)


def security_txt(edition: Edition) -> bytes:
    """The repository's private reports first, where there is a repository; else the Panel."""
    policy = edition.repository.policy
    day = date.fromisoformat(edition.commits.day or edition.snapshot.issued_on)
    fields = [
        ("Contact", f"mailto:{policy.panel_email}"),
        ("Expires", f"{day + _HOLDS}T00:00:00Z"),
        ("Preferred-Languages", "en"),
        ("Canonical", f"{edition.site_url}{SECURITY_TXT}"),
    ]
    if policy.repository_url:
        fields.insert(0, ("Contact", f"{policy.repository_url}/security/advisories/new"))
        fields.append(("Policy", edition.source("SECURITY.md", "blob")))
    return "".join(f"{name}: {value}\n" for name, value in fields).encode()
