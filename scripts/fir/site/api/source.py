"""What all files of the API are made from, worked out once for each edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fir.answers.as_json import entry_json
from fir.site.as_json import edition_json, json_text, outcome_json
from fir.site.edition import Edition
from fir.site.well_known import site_address

PLACE = "api/v1/"


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
        return f"{self._head},{joined(parts)[1:]}\n".encode()

    def page(self, url: str) -> str:
        """Where people read the same, as JSON."""
        return json_text(f"{self.address}{url}")


def joined(parts: Mapping[str, str]) -> str:
    """An object whose values are JSON already; its names are ours and need no escape."""
    told = ",".join([f'"{name}":{text}' for name, text in parts.items()])
    return f"{{{told}}}"


def listed(texts: Iterable[str]) -> str:
    """A list of values that are JSON already."""
    return f"[{','.join(texts)}]"
