"""What machines read first: every page there is, each as old as the commit it is made from."""

from __future__ import annotations

from collections.abc import Iterable

from fir.publish.markup import esc


def sitemap(site_url: str, urls: Iterable[str], day: str) -> bytes:
    changed = f"<lastmod>{esc(day)}</lastmod>" if day else ""
    told = "".join(
        f"<url><loc>{esc(site_url + url)}</loc>{changed}</url>\n" for url in sorted(urls)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{told}</urlset>\n'
    ).encode()


def robots(site_url: str) -> bytes:
    """`robots.txt`: everything may be read, and the sitemap says what there is."""
    return f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n".encode()
