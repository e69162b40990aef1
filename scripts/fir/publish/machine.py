"""Everything that is published for machines, as the site and `fir export` both write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from fir.publish import api, feeds
from fir.publish.downloads import download_files
from fir.publish.edition import Edition
from fir.publish.schemas import schema_files
from fir.publish.writing import Part, in_parts

FOLDERS = ("api", "data", "feeds", "schema")
"""Where all of it stands, below the site's address."""
File = tuple[str, bytes]
OfModels = Callable[[Sequence[str]], Iterator[File]]


def machine_parts(edition: Edition) -> list[Part]:
    """Files in parts to be called in any order."""
    wide, of_models = machine_files(edition)
    return [*wide, *(partial(of_models, some) for some in in_parts(edition.models))]


def machine_files(edition: Edition) -> tuple[list[Part], OfModels]:
    """What is about all, in parts, the downloads in the first; and what is about some models."""
    source, news = api.Source(edition), feeds.Source(edition)
    wide: list[Part] = [partial(_wide, source), partial(feeds.wide_feeds, news)]
    return wide, partial(_models, source, news)


def _wide(source: api.Source) -> Iterator[File]:
    yield from download_files(source.edition)
    yield from schema_files(source.edition.repository.shapes)
    yield from api.api_lists(source)


def _models(source: api.Source, news: feeds.Source, models: Sequence[str]) -> Iterator[File]:
    for model in models:
        yield from api.model_files(source, model)
        yield feeds.of_model(news, model)
