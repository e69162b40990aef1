"""Where machines read what a page says, and how to be told when it changes."""

from __future__ import annotations

from fir.publish.feeds import Feed
from fir.publish.markup import Section, esc


def machines(feed: Feed, what: str, file: str, root: str) -> str:
    """Links to a feed, named by what it is of, and to a file of the API."""
    return (
        f'<a href="{root}{esc(feed.path)}">Atom feed of {what}</a> · '
        f'<a href="{root}api/v1/{esc(file)}">JSON</a>'
    )


def follow(feed: Feed, what: str, file: str, root: str) -> Section:
    body = f"<p>{machines(feed, what, file, root)}</p>"
    return Section("follow", "Follow", "New firmware and changes, told to a feed reader", body)
