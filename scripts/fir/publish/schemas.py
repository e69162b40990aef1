"""The schemas, published at their `$id`: the address of the site and a path."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fir.model import Shapes

_PLACE = "schema/v1/"


def site_address(shapes: Shapes) -> str:
    """The address below which everything is published, with a slash at its end."""
    return str(shapes.schemas["joined"]["$id"]).partition(_PLACE)[0]


def schema_files(shapes: Shapes) -> Iterator[tuple[str, bytes]]:
    address = site_address(shapes)
    for schema in shapes.schemas.values():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        yield str(schema["$id"]).removeprefix(address), f"{text}\n".encode()
