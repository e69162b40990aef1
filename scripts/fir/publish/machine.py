"""Everything that is published for machines, as the site and `fir export` both write it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from fir.publish import api, feeds
from fir.publish.downloads import download_files
from fir.publish.edition import Edition
from fir.publish.schemas import schema_files
from fir.publish.writing import Part

FOLDERS = ("api", "data", "feeds", "schema")
"""Where all of it stands, below the site's address."""
File = tuple[str, bytes]
_PART = 25


def machine_parts(edition: Edition) -> list[Part]:
    """Files in parts to be called in any order; the first is the one that needs the downloads."""
    source, news = api.Source(edition), feeds.Source(edition)
    models = sorted(edition.models)
    parts: list[Part] = [partial(_wide, source), partial(feeds.wide_feeds, news)]
    for start in range(0, len(models), _PART):
        parts.append(partial(_models, source, news, models[start : start + _PART]))
    return parts


def _wide(source: api.Source) -> Iterator[File]:
    yield from download_files(source.edition)
    yield from schema_files(source.edition.repository.shapes)
    yield from api.api_lists(source)


def _models(source: api.Source, news: feeds.Source, models: Sequence[str]) -> Iterator[File]:
    for model in models:
        yield from api.model_files(source, model)
        yield feeds.of_model(news, model)
