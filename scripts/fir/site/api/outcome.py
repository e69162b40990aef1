"""The shapes of an answer, in full and in short."""

from __future__ import annotations

from typing import get_args

from fir.answers.answer import Direct, Newer
from fir.answers.firmware import ImageKind
from fir.answers.order import Basis
from fir.answers.sentences import WORDS
from fir.model import SMETS1, SMETS2, Shapes
from fir.site.api.register import WITHDRAWAL, entry
from fir.site.api.shape import NUMBER, Schema, flag, many, maybe, of, shape, text, told

_LISTINGS = (
    "current", "removed", "no-longer-listed",
    "unknown-firmware", "unknown-model", "unknown-manufacturer", "never-listed",
)  # fmt: skip


ANSWER = {
    "answer": text("The answer in one word.", WORDS),
    "listing": text("How the CPL lists this firmware.", _LISTINGS),
    "newer": text("Whether newer firmware is listed for this device.", get_args(Newer)),
    "withdrawn": flag("Whether the manufacturer has taken the firmware back."),
    "recorded": flag("Whether any of its entries has a firmware record."),
    "firmware": maybe(of("Firmware")),
    "candidates": shape(
        {"newer": many(of("FirmwareBrief")), "unclear": many(of("FirmwareBrief"))},
        "The firmware that is newer, and that of which nobody can say.",
    ),
    "latest": maybe(of("FirmwareBrief")),
    "basis": maybe(text("What the order rests on.", get_args(Basis))),
    "way": maybe(of("Way")),
    "whom": many(of("Whom"), "Whom to call."),
}
OUTCOME = {
    **{name: ANSWER[name] for name in ("answer", "listing", "newer", "withdrawn", "recorded")},
    "latest": maybe(text("The entry of the newest firmware on offer, where that is clear.")),
    "basis": ANSWER["basis"],
    "to": maybe(text("The entry to go to: the latest, where it is newer than this.")),
    "direct": maybe(text("Whether that can be installed directly.", get_args(Direct))),
    "outage_alert": maybe(
        text("Whether it may raise power outage alerts.", ("expected", "not-expected", "unknown"))
    ),
    "image": maybe(text("What the image to install is.", get_args(ImageKind))),
}


def answers(shapes: Shapes) -> dict[str, Schema]:
    row = {**entry(shapes), **OUTCOME}
    return {
        "Answer": shape(ANSWER, "Is this the latest, what changed, how to get there, whom to call"),
        "EntryRow": shape(row, "An entry with its answer in short"),
        "Firmware": shape(_firmware(shapes), "The firmware asked about, and its record's words"),
        "FirmwareBrief": shape(_brief(shapes), "A firmware of the same line"),
        "Line": shape(_line(shapes), "The firmware of a Device Model within one generation"),
        "Way": shape(_way(), "From this firmware to the latest"),
        "Whom": shape(_whom(), "A manufacturer and its most specific contact"),
    }


def _brief(shapes: Shapes) -> dict[str, Schema]:
    words = told(shapes, "entry", ("firmware_version", "smets_chts_version", "gbcs_version"))
    return {
        "firmware_version": words["firmware_version"],
        "cpl_number": text("The entry that speaks for this firmware."),
        "cpl_numbers": many(NUMBER, "Every entry that lists it."),
        "smets_chts_version": words["smets_chts_version"],
        "gbcs_version": words["gbcs_version"],
    }


def _firmware(shapes: Shapes) -> dict[str, Schema]:
    named = ("product_name", "released_on", "release_notes", "release_notes_url")
    words = told(shapes, "record", named)
    return {
        **_brief(shapes),
        "device_type": told(shapes, "entry", ["device_type"])["device_type"],
        "device_model": text("The Device Model, such as 7F01-0005-0203."),
        "generation": text("Firmware is compared within one only.", (SMETS1, SMETS2)),
        **{name: maybe(text(words[name]["description"])) for name in named},
        "upgrade_from": maybe(many(NUMBER, "What it may be installed directly over.")),
        "withdrawal": maybe(shape(WITHDRAWAL)),
    }


def _line(shapes: Shapes) -> dict[str, Schema]:
    firmware = _firmware(shapes)
    stated = {name: firmware[name] for name in ("released_on", "upgrade_from")}
    return {
        "device_type": firmware["device_type"],
        "generation": firmware["generation"],
        "latest": ANSWER["latest"],
        "firmware": many(
            shape({**_brief(shapes), **OUTCOME, **stated}), "By the first CPL number of each."
        ),
    }


def _way() -> dict[str, Schema]:
    since = {
        "firmware_version": text(),
        "cpl_number": NUMBER,
        "release_notes": maybe(text("Null where nobody has supplied them.")),
        "repeats": maybe(text("The version on the way that has the very same notes.")),
    }
    change = shape({"before": text(), "after": text()})
    return {
        "to": NUMBER,
        "direct": text("Whether it can be installed directly.", get_args(Direct)),
        "steps": many(of("FirmwareBrief"), "What to install, in order; empty if nobody says."),
        "since": many(shape(since), "What comes on the way, oldest first."),
        "gbcs_version": change,
        "smets_chts_version": change,
        "outage_alert": text(
            "Whether power outage alerts are to be expected.",
            ("expected", "not-expected", "unknown"),
        ),
        "outage_notes": many(text()),
        "image": text("What the image is.", get_args(ImageKind)),
    }


def _whom() -> dict[str, Schema]:
    names = ("name", "website", "succeeded_by", "email", "telephone")
    return {
        "slug": text("The manufacturer's permanent short name."),
        **{name: maybe(text()) for name in names},
        "business_address": maybe(text("On one line.")),
        "confirmed_on": maybe(text("The day the contact was last confirmed.")),
    }
