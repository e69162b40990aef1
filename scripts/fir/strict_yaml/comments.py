"""The comments of a YAML file, and which field each of them speaks of.

The event stream that `reader` reads leaves comments out; here the tokens are read for what
stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from fir.strict_yaml.characters import Keys, Places

_MODELINE = re.compile(r"# *yaml-language-server:")
_COMMENT = re.compile(r"#[^\n]*")
_AFTER_BAR = re.compile(r"[|>][-+0-9]*[ ]+(#[^\n]*)")


class NotYaml(ValueError):
    """The text is not YAML; `reader.parse` says why not."""


class Comment(NamedTuple):
    """A comment with its `#`; `keys` is the field it stands before, None at the file's end."""

    text: str
    keys: Keys | None


def comments(text: str, places: Mapping[Keys, Places]) -> list[Comment]:
    """Every comment but the editors' modeline, in order. Raises NotYaml.

    A comment at the end of a line speaks of that line's field, one above all fields of the file.
    """
    if "#" not in _without_modeline(text):
        return []
    starts = sorted((place.key, -len(keys), keys) for keys, place in places.items() if keys)
    found = []
    try:
        between = list(_between_tokens(text))
    except yaml.YAMLError as error:
        raise NotYaml from error
    for offset, said in between:
        if _MODELINE.match(said):
            continue
        line, before = text.count("\n", 0, offset) + 1, text[:offset].rpartition("\n")[2]
        at = (line, len(before) + 1)
        later = [keys for place, _, keys in starts if place > at]
        earlier = [keys for place, _, keys in starts if place < at]
        if not earlier:
            found.append(Comment(said, ()))
        elif before.strip():
            found.append(Comment(said, earlier[-1]))
        else:
            found.append(Comment(said, later[0] if later else None))
    return found


def _without_modeline(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if _MODELINE.match(first) else text


def _between_tokens(text: str) -> Iterator[tuple[int, str]]:
    """Where each comment begins, and what it says."""
    end = 0
    for token in yaml.scan(text, Loader=yaml.BaseLoader):
        start = token.start_mark.index
        yield from _in_gap(text, end, start)
        written = text[start : token.end_mark.index]
        if isinstance(token, yaml.ScalarToken) and (bar := _AFTER_BAR.match(written)):
            yield start + bar.start(1), bar[1].rstrip()
        end = max(end, token.end_mark.index)
    yield from _in_gap(text, end, len(text))


def _in_gap(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in _COMMENT.finditer(text, start, end):
        yield found.start(), found[0].rstrip()
