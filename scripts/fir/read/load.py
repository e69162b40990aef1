"""The bytes of a YAML file become values, or the reasons why not, and places for what is wrong.

The YAML parser is loaded for the first file that needs it: that takes as long as to read five
hundred records.
"""

from __future__ import annotations

from typing import Any

from fir.read import canonical
from fir.strict_yaml.characters import MAX_BYTES, Fault, Keys, Places


def load(data: bytes, most: int = MAX_BYTES) -> tuple[Any, list[Fault]]:
    """The nested text values of a file (dict, list, str; None if empty), and its faults."""
    known = canonical.read(data, most)
    if known is not None:
        return known[0], []
    from fir.strict_yaml.reader import parse

    return parse(data, most)


def places(data: bytes, most: int = MAX_BYTES) -> dict[Keys, Places]:
    """Where each key and value of a file stands; nothing of a file that has faults."""
    known = canonical.read(data, most)
    if known is not None:
        return known[1]
    from fir.strict_yaml import reader as yaml_text

    return yaml_text.places(data, most)
