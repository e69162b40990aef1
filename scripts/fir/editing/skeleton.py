"""A firmware record filled in from its CPL entry, in canonical form, up to its release notes."""

from __future__ import annotations

from fir.model import Entry
from fir.strict_yaml.writer import STEP, to_yaml

SCHEMA = "../../../schema/firmware-record.schema.json"


def record_path(entry: Entry, slug: str) -> str:
    """Where the record of an entry belongs, if it is this manufacturer's."""
    return f"records/firmware/{slug}/{entry.cpl_number}.yaml"


def skeleton(entry: Entry, slug: str) -> str:
    """The text to which only the release notes must be added, each line indented as it ends."""
    filled_in = to_yaml(
        {
            "cpl_number": entry.cpl_number,
            "manufacturer": slug,
            "device": entry.device._asdict(),
        },
        SCHEMA,
    )
    return f"{filled_in}release_notes: |\n{STEP}"
