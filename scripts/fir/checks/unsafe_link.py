"""A link that readers should not be sent to.

Why: links are published on a site that people trust. A link must lead where it seems to lead, for
everybody, without a password, and over a connection that nobody can change on its way.
Mend: give the plain address of a public page, beginning with `https://`.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.links import unsafety
from fir.model import Repository

STAGE = "publish"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record in (*repository.records, *repository.pending):
        if record.release_notes_url is not None:
            yield from _judged(
                repository, record.path, "release_notes_url", record.release_notes_url
            )
    for manufacturer in repository.manufacturers.values():
        if manufacturer.website is not None:
            yield from _judged(repository, manufacturer.path, "website", manufacturer.website)


def _judged(repository: Repository, path: str, field: str, link: str) -> Iterator[Diagnostic]:
    unsafe = unsafety(link)
    if unsafe:
        message = f"{field} is {tick(link)}, {unsafe.message}"
        yield Diagnostic(*repository.at(path, field), message, unsafe.fix)
