"""What a submission may hold, as the page that makes one judges it: the schemas as one table.

A field is told as a schema tells it, what it refers to followed, with the words that messages are
made of; equal fields are told once. `docs/assets/submit/rules.js` says with it what `fir check`
says, and a test lets both judge the same cases.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from fir.editing.notation import ALSO
from fir.links import AMBIGUOUS, INTERNAL
from fir.model import Shapes
from fir.schemas.explain import KINDS, wanted
from fir.site.browser_data.find_index import compact
from fir.site.edition import Edition, once_an_edition
from fir.strict_yaml.characters import IGNORABLE, MAX_BYTES, MOST_MARKS, Keys, misleads
from fir.submissions.from_form import FIELDS, HEADERS, HEADERS_WITHIN, HOUSE
from fir.submissions.match_manufacturer import LEGAL_FORMS, RESERVED

JUDGED = ("submission", "record", "pending", "manufacturer")
_AS_IN_THE_SCHEMA = (
    "type", "enum", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems",
    "minProperties", "required", "anyOf",
)  # fmt: skip
# Where characters without a shape stand that have a name, and the accents of Latin letters: to look
# at every character would take as long as to make ten pages.
_BLOCKS = (
    range(0xAD, 0xAE), range(0x300, 0x370), range(0x600, 0x61D), range(0x6DD, 0x710),
    range(0x890, 0x8E3), range(0x115F, 0x1161), range(0x17B4, 0x1810), range(0x200B, 0x2070),
    range(0x3164, 0x3165), range(0xFE00, 0x10000), range(0xE0000, 0xE0080),
)  # fmt: skip


def rules(shapes: Shapes) -> dict[str, Any]:
    """`fields`, each by its place; of each kind, the `root` and what it is `called`."""
    table = _Table(shapes)
    roots = {kind: table.place(kind, ()) for kind in JUDGED}
    return {
        "fields": table.fields,
        "roots": roots,
        "called": {kind: KINDS[kind] for kind in JUDGED},
        "most_bytes": MAX_BYTES,
        "characters": {"marks": MOST_MARKS, "ignorable": IGNORABLE, "names": _names()},
        "links": {"ambiguous": "".join(sorted(AMBIGUOUS)), "internal": sorted(INTERNAL)},
    }


class _Table:
    """Collects fields: one that is told already keeps its place."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._places: dict[str, int] = {}
        self.fields: list[dict[str, Any]] = []

    def place(self, kind: str, keys: Keys) -> int:
        schema = self._shapes.field(kind, keys)
        field = {name: schema[name] for name in _AS_IN_THE_SCHEMA if name in schema}
        field["wanted"] = wanted(schema)
        field["example"] = _example(schema)
        if "properties" in schema:
            named = (name for name, inner in schema["properties"].items() if inner is not False)
            field["properties"] = {name: self.place(kind, (*keys, name)) for name in named}
        if "items" in schema:
            field["items"] = self.place(kind, (*keys, 0))
        told = repr(field)
        if told not in self._places:
            self._places[told] = len(self.fields)
            self.fields.append(field)
        return self._places[told]


def _example(schema: dict[str, Any]) -> Any:
    """The first example, where it fits on a line."""
    first = next(iter(schema.get("examples", ())), None)
    flat = isinstance(first, list) and all(isinstance(item, str) for item in first)
    return first if flat or isinstance(first, str) else None


def _names() -> dict[str, str]:
    """What characters are called that cannot be seen, or that join another, by their code."""
    named = (chr(code) for codes in _BLOCKS for code in codes)
    return {
        f"{ord(each):04X}": unicodedata.name(each).lower()
        for each in named
        if (misleads(each) or unicodedata.combining(each)) and unicodedata.name(each, "") != ""
    }


# What the page that makes submissions must know beside the list of entries: one file.


@once_an_edition
def submit_data(edition: Edition) -> bytes:
    """`submit/data.json`: the rules, the form that can be dropped, the Panel's policy, releases."""
    return compact(
        {
            "rules": rules(edition.repository.shapes),
            "form": _form(),
            "countries": ALSO,
            "company": {
                "legal_forms": sorted(LEGAL_FORMS),
                "reserved": RESERVED.pattern,
                "taken": sorted(edition.repository.slugs),
            },
            "policy": _policy(edition),
            "releases": _releases(edition),
        }
    )


def _form() -> dict[str, Any]:
    """How the code administrator's form is known, and where each of its values goes."""
    return {
        "headers": HEADERS,
        "within": HEADERS_WITHIN,
        "house": HOUSE.pattern,
        "fields": [[*labels, ".".join(map(str, keys))] for labels, keys in FIELDS.items()],
    }


def _policy(edition: Edition) -> dict[str, Any]:
    policy = edition.repository.policy
    return {
        "types": {name: each.records for name, each in policy.device_types.items()},
        "pending": policy.pending,
        "repository_url": policy.repository_url,
        "panel": {"name": policy.panel_name, "email": policy.panel_email},
        "site": edition.site_url,
    }


def _releases(edition: Edition) -> list[list[str]]:
    """The numbers of each release that has several entries."""
    releases = edition.releases.values()
    return [[entry.cpl_number for entry in each] for each in releases if len(each) > 1]
