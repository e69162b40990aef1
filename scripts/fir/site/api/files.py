"""The files of the API: those that list, and those about one Device Model.

The answer is put into words once for each firmware, and stands in the files of all its entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fir.answers import Answer, Firmware, History
from fir.answers.as_json import Json, answer_json, brief_json, entry_json
from fir.model import Change, Entry
from fir.site.as_json import (
    change_json,
    edition_json,
    json_text,
    manufacturer_json,
    outcome_json,
    record_json,
)
from fir.site.edition import Edition, release
from fir.site.well_known import site_address

PLACE = "api/v1/"
File = tuple[str, bytes]


@dataclass(frozen=True, eq=False)
class Source:
    edition: Edition

    @cached_property
    def address(self) -> str:
        return site_address(self.edition.repository.shapes)

    @cached_property
    def rows(self) -> Mapping[str, str]:
        """Each entry with its answer in short, as JSON: what the lists hold."""
        return {
            number: json_text({**entry_json(entry), **outcome_json(self.edition.answer_of[number])})
            for number, entry in sorted(self.edition.repository.entries.items())
        }

    @cached_property
    def _head(self) -> str:
        return json_text(edition_json(self.edition)).removesuffix("}")

    def document(self, parts: Mapping[str, str]) -> bytes:
        """A file: what it is made from, then its parts, each a name and a value as JSON.

        Values come as text, so that what stands in several files is put into words once.
        """
        return f"{self._head},{json_object(parts)[1:]}\n".encode()

    def page(self, url: str) -> str:
        """Where people read the same, as JSON."""
        return json_text(f"{self.address}{url}")


def json_object(parts: Mapping[str, str]) -> str:
    """An object whose values are JSON already; its names are ours and need no escape."""
    fields = ",".join([f'"{name}":{text}' for name, text in parts.items()])
    return f"{{{fields}}}"


def json_list(texts: Iterable[str]) -> str:
    """A list of values that are JSON already."""
    return f"[{','.join(texts)}]"


# What lists: all entries, all manufacturers and each of them, all entries of an image.

_HASH = re.compile("[0-9A-F]{64}")


def list_files(source: Source) -> Iterator[File]:
    yield f"{PLACE}entries.json", source.document({"entries": json_list(source.rows.values())})
    yield from _manufacturers(source)
    yield from _images(source)


def _manufacturers(source: Source) -> Iterator[File]:
    entries: dict[str, list[str]] = {}
    for number, entry in sorted(source.edition.repository.entries.items()):
        for manufacturer in source.edition.makers(entry):
            entries.setdefault(manufacturer.slug, []).append(number)
    found = []
    for slug, manufacturer in sorted(source.edition.repository.manufacturers.items()):
        numbers = entries.get(slug, [])
        about = json_text({**manufacturer_json(manufacturer), "entry_count": len(numbers)})
        found.append(about)
        parts = {
            "page": source.page(f"manufacturers/{slug}/"),
            "manufacturer": about,
            "entries": json_list(source.rows[number] for number in numbers),
        }
        yield f"{PLACE}manufacturers/{slug}.json", source.document(parts)
    yield f"{PLACE}manufacturers.json", source.document({"manufacturers": json_list(found)})


def _images(source: Source) -> Iterator[File]:
    """By hash, the entries that have it, and those whose hash the CPL has since corrected."""
    entries = source.edition.repository.entries
    images: dict[str, dict[str, Change | None]] = {}
    for change in source.edition.repository.changes:
        if change.field == "image_hash" and _HASH.fullmatch(change.before):
            images.setdefault(change.before, {})[change.cpl_number] = change
    for number, entry in entries.items():
        if entry.image_hash:
            images.setdefault(entry.image_hash, {})[number] = None
    for image_hash, found in sorted(images.items()):
        listed = [
            f'{{"entry":{source.rows[number]},"former":{json_text(_former(change))}}}'
            for number, change in sorted(found.items())
        ]
        parts = {"image_hash": json_text(image_hash), "entries": json_list(listed)}
        yield f"{PLACE}images/{image_hash}.json", source.document(parts)


def _former(change: Change | None) -> dict[str, str | None] | None:
    """Null where the entry has this hash now; else the issue that gave it another."""
    if change is None:
        return None
    return {
        "version": change.version,
        "issued_on": change.issued_on,
        "image_hash": change.after or None,
    }


# What is about one Device Model: itself, its entries, and the answer for each inventory string.

AnswerFields = Mapping[str, str]
"""Of one answer, each as JSON."""


def model_files(source: Source, model: str) -> Iterator[File]:
    histories = source.edition.models[model]
    answers = {
        firmware: _answer_fields(source, firmware)
        for history in histories
        for firmware in history.firmware
    }
    yield f"{PLACE}models/{model}.json", _model(source, model)
    for firmware, answer in answers.items():
        for entry in firmware.entries:
            yield f"{PLACE}entries/{entry.cpl_number}.json", _entry(source, entry, answer)
    for strings in dict.fromkeys(each.entry.device.inventory_strings for each in answers):
        yield f"{PLACE}devices/{'/'.join(strings)}.json", _device(source, strings, answers)


def _answer_fields(source: Source, firmware: Firmware) -> AnswerFields:
    answer = answer_json(_answer(source, firmware), source.edition.repository)
    return {name: json_text(value) for name, value in answer.items()}


def _answer(source: Source, firmware: Firmware) -> Answer:
    return source.edition.answer_of[firmware.entry.cpl_number]


def _entry(source: Source, entry: Entry, answer: AnswerFields) -> bytes:
    edition = source.edition
    number = entry.cpl_number
    changes = edition.repository.changes_of.get(number, ())
    shared = [each.cpl_number for each in edition.releases[release(entry)]]
    return source.document(
        {
            "page": source.page(f"cpl/{number}/"),
            "entry": json_text(entry_json(entry)),
            "record": json_text(record_json(edition, edition.record_of(entry))),
            "manufacturers": json_text([maker.slug for maker in edition.makers(entry)]),
            "same_release": json_text(shared),
            "changes": json_text([change_json(change) for change in changes]),
            **answer,
        }
    )


def _device(
    source: Source, strings: tuple[str, str, str], known: Mapping[Firmware, AnswerFields]
) -> bytes:
    """The answer; where types or generations differ, `answers`, and the fields of one are null."""
    answers = [
        known[answer.firmware]
        for answer in source.edition.answers.of_device(*strings)
        if answer.firmware
    ]
    one = len(answers) == 1
    names = ("manufacturer_identifier", "model", "firmware_version")
    return source.document(
        {
            "device": json_text(dict(zip(names, strings, strict=True))),
            **(answers[0] if one else dict.fromkeys(answers[0], "null")),
            "answers": "null" if one else json_list([json_object(each) for each in answers]),
        }
    )


def _model(source: Source, model: str) -> bytes:
    histories = source.edition.models[model]
    entries = [
        entry
        for history in histories
        for firmware in history.firmware
        for entry in firmware.entries
    ]
    makers = {maker.slug: None for entry in entries for maker in source.edition.makers(entry)}
    manufacturer, strings, _ = entries[0].device.inventory_strings
    return source.document(
        {
            "page": source.page(f"models/{model}/"),
            "device_model": json_text(model),
            "manufacturer_identifier": json_text(manufacturer),
            "model": json_text(strings),
            "manufacturers": json_text(list(makers)),
            "lines": json_text([_line(source, history) for history in histories]),
        }
    )


def _line(source: Source, history: History) -> Json:
    return {
        "device_type": history.line.type,
        "generation": history.line.generation,
        "latest": brief_json(history.latest),
        "firmware": [
            {
                **(brief_json(each) or {}),
                **outcome_json(_answer(source, each)),
                "released_on": each.released_on,
                "upgrade_from": None if each.sources is None else sorted(each.sources),
            }
            for each in history.firmware
        ],
    }
