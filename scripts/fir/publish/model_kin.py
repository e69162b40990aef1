"""What a Device Model shares with others: its model on other hardware, and its images elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fir.answer import History
from fir.model import Line
from fir.publish.edition import Edition
from fir.publish.latest import latest
from fir.publish.markup import Section, by_bytes, table
from fir.publish.remembered import once_an_edition
from fir.publish.shown import ROOT
from fir.publish.sign import short_type, to_model

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


def kin(edition: Edition, model: str, lines: Lines) -> Iterator[Section]:
    """Those that have something to say."""
    index = _index(edition)
    shared = _shared(index, lines)
    siblings = [each for each in index.siblings[lines[0].line[1:3]] if each != model]
    if siblings:
        histories = [history for each in siblings for history in edition.models[each]]
        body = _table(edition, histories, shared)
        yield Section("siblings", "Sibling hardware", "Same model, other hardware version", body)
    listed = {history.line for each in siblings for history in edition.models[each]}
    others = [line for line in sorted(shared) if line not in listed]
    if others:
        body = _table(edition, [edition.answers.histories[line] for line in others], shared)
        yield Section("images", "Same image elsewhere", "Other models and device types", body)


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


def _table(edition: Edition, histories: list[History], shared: Mapping[Line, list[str]]) -> str:
    told = "".join(
        f'<tr><th scope="row">{_name(history)}</th>'
        f'<td data-l="">{short_type(history.line.type)}</td>'
        f'<td data-l="Shares the image of">{_versions(shared.get(history.line, []))}</td>'
        f'<td data-l="Latest">{latest(history, ROOT)}</td></tr>'
        for history in histories
    )
    return table(("Device Model", "Type", "Shares the image of", "Latest"), told, "kin")


def _name(history: History) -> str:
    generation = "<small>SMETS1</small>" if history.line.generation == "SMETS1" else ""
    return f"{to_model(history.firmware[0].entry.device.device_model, ROOT)}{generation}"


def _versions(versions: list[str]) -> str:
    return ", ".join(map(by_bytes, versions)) or "none"
