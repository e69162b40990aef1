"""The files about one Device Model: itself, its entries, and the answer for each inventory string.

The answer is put into words once for each firmware, and stands in the files of all its entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fir.answers import Answer, Firmware, History
from fir.answers.as_json import Json, answer_json, brief_json, entry_json
from fir.model import Entry
from fir.site.api.source import PLACE, Source, joined, listed
from fir.site.as_json import change_json, json_text, outcome_json, record_json
from fir.site.edition import release

File = tuple[str, bytes]
Told = Mapping[str, str]
"""An answer's fields, each as JSON."""


def model_files(source: Source, model: str) -> Iterator[File]:
    histories = source.edition.models[model]
    told = {
        firmware: _told(source, firmware) for history in histories for firmware in history.firmware
    }
    yield f"{PLACE}models/{model}.json", _model(source, model)
    for firmware, answer in told.items():
        for entry in firmware.entries:
            yield f"{PLACE}entries/{entry.cpl_number}.json", _entry(source, entry, answer)
    for strings in dict.fromkeys(each.entry.device.inventory_strings for each in told):
        yield f"{PLACE}devices/{'/'.join(strings)}.json", _device(source, strings, told)


def _told(source: Source, firmware: Firmware) -> Told:
    answer = answer_json(_answer(source, firmware), source.edition.repository)
    return {name: json_text(value) for name, value in answer.items()}


def _answer(source: Source, firmware: Firmware) -> Answer:
    return source.edition.answer_of[firmware.entry.cpl_number]


def _entry(source: Source, entry: Entry, answer: Told) -> bytes:
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


def _device(source: Source, strings: tuple[str, str, str], told: Mapping[Firmware, Told]) -> bytes:
    """The answer; where types or generations differ, `answers`, and the fields of one are null."""
    answers = [
        told[answer.firmware]
        for answer in source.edition.answers.of_device(*strings)
        if answer.firmware
    ]
    one = len(answers) == 1
    names = ("manufacturer_identifier", "model", "firmware_version")
    return source.document(
        {
            "device": json_text(dict(zip(names, strings, strict=True))),
            **(answers[0] if one else dict.fromkeys(answers[0], "null")),
            "answers": "null" if one else listed([joined(each) for each in answers]),
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
