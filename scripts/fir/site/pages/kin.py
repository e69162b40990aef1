"""What a Device Model shares with others: its model on other hardware, its images elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import History
from fir.model import Line
from fir.site.components import ROOT
from fir.site.edition import Edition, once_an_edition
from fir.site.entry_rows import latest_firmware
from fir.site.pages import Part
from fir.site.wording import short_type

Lines = tuple[History, ...]


class _Index(NamedTuple):
    images: Mapping[str, tuple[Line, ...]]
    """The lines that have each image, by its hash."""
    siblings: Mapping[tuple[str, str], tuple[str, ...]]
    """The Device Models of each manufacturer and model identifier."""


@once_an_edition
def _index(edition: Edition) -> _Index:
    images: dict[str, dict[Line, None]] = {}
    siblings: dict[tuple[str, str], list[str]] = {}
    for model, lines in edition.models.items():
        siblings.setdefault(lines[0].line[1:3], []).append(model)
        for history in lines:
            for image in _images(history):
                images.setdefault(image, {})[history.line] = None
    return _Index(
        {image: tuple(lines) for image, lines in images.items()},
        {pair: tuple(models) for pair, models in siblings.items()},
    )


def _images(history: History) -> dict[str, str]:
    """The firmware version of each image; what has no hash shares nothing that is known."""
    return {
        entry.image_hash: firmware.version
        for firmware in history.firmware
        for entry in firmware.entries
        if entry.image_hash
    }


class Kin(NamedTuple):
    """A line of another Device Model."""

    model: str
    smets1: bool
    type: str
    versions: list[str]
    """Of the firmware whose image it shares."""
    latest: Markup


def kin(edition: Edition, model: str, lines: Lines) -> Iterator[Part]:
    """Those that have something to say."""
    index = _index(edition)
    shared = _shared(index, lines)
    siblings = [each for each in index.siblings[lines[0].line[1:3]] if each != model]
    if siblings:
        histories = [history for each in siblings for history in edition.models[each]]
        rows = [_row(each, shared) for each in histories]
        yield Part("siblings", "Sibling hardware", "Same model, other hardware version", rows)
    listed = {history.line for each in siblings for history in edition.models[each]}
    others = [line for line in sorted(shared) if line not in listed]
    if others:
        rows = [_row(edition.answers.histories[line], shared) for line in others]
        yield Part("images", "Same image elsewhere", "Other models and device types", rows)


def _shared(index: _Index, lines: Lines) -> dict[Line, list[str]]:
    """The versions of this model whose image another line has too."""
    shared: dict[Line, list[str]] = {}
    for history in lines:
        for image, version in _images(history).items():
            for line in index.images[image]:
                versions = shared.setdefault(line, [])
                if line != history.line and version not in versions:
                    versions.append(version)
    return {line: versions for line, versions in shared.items() if versions}


def _row(history: History, shared: Mapping[Line, list[str]]) -> Kin:
    return Kin(
        history.firmware[0].entry.device.device_model,
        history.line.generation == "SMETS1",
        short_type(history.line.type),
        shared.get(history.line, []),
        latest_firmware(history, ROOT),
    )
