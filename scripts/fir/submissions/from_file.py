"""Our own submission file, YAML or JSON: what the site's form gives and an editor can write."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from fir.strict_yaml.characters import MAX_BYTES, Keys
from fir.strict_yaml.reader import MAX_DEPTH, parse, places
from fir.submissions.submission import Remark, Submission

# Fields of an email's head, of which one says that it is that.
_EMAIL = re.compile(
    rb"(?:[A-Za-z-]{1,60}:.{0,990}\n(?:[ \t].{0,990}\n){0,50}){0,100}?mime-version:", re.I
)
# A thousand entries with their devices.
MOST_BYTES = 16 * MAX_BYTES


def from_file(source: str, data: bytes) -> Submission:
    """The submission in the bytes of a file, or a submission that holds nothing but its faults.

    Line ends, and the mark that some editors put first, are what a mail or an editor on the way
    made of them; they say nothing.
    """
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    if data.lstrip().startswith(b"{"):
        return _from_json(source, data)
    if _EMAIL.match(data):
        return _unreadable(
            source, "the file is an email", "save what is attached to it, and add that"
        )
    value, faults = parse(data, MOST_BYTES)
    if not faults and not isinstance(value, dict):
        return _unreadable(source, "the file holds no fields of a submission", _AS_DESCRIBED)
    if faults:
        remarks = (
            Remark(f"{source}:{each.line}:{each.column}", "error", each.check, *each[3:5])
            for each in faults
        )
        return Submission(source, None, {}, {(): source}, troubles=tuple(remarks))
    if "device" in value and "entries" not in value:
        fix = "put it where its kind of file belongs in `records`, and run `fir check`"
        return _unreadable(source, "the file is a record itself, not a submission", fix)
    known = places(data, MOST_BYTES)
    where = {
        keys: f"{source}:{place.value.line}:{place.value.column}" for keys, place in known.items()
    }
    return Submission(source, None, value, where)


_AS_DESCRIBED = "write it as `schema/submission.schema.json` describes, or use a form or a table"


class _Doubled(Exception):
    """A field is given twice."""


def _from_json(source: str, data: bytes) -> Submission:
    try:
        if len(data) > MOST_BYTES:
            message = f"the file is larger than {MOST_BYTES:,} bytes"
            return _unreadable(source, message, "send several files")
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        return _unreadable(source, "the file is not UTF-8 text", "save it as UTF-8")
    except _Doubled as doubled:
        return _unreadable(source, f"`{doubled}` is given twice", "remove one of the two")
    except json.JSONDecodeError as error:
        message = "the file is not JSON: something is missing or out of place here"
        place = f"{source}:{error.lineno}:{error.colno}"
        return _unreadable(source, message, "download the submission again", place)
    except (RecursionError, ValueError):  # a number of five thousand digits is a ValueError
        return _unreadable(source, "the file is not a submission", _AS_DESCRIBED)
    if _depth(value) > MAX_DEPTH:
        return _unreadable(source, "the file is not a submission", _AS_DESCRIBED)
    numbers = tuple(
        Remark(
            f"{source}, `{_dotted(keys)}`",
            "error",
            "unquoted-value",
            f"`{_dotted(keys)}` is {_named(each)}, not text",
            "put the value in double quotes",
        )
        for keys, each in _leaves((), value)
        if not isinstance(each, str)
    )
    where = {keys: f"{source}, `{_dotted(keys)}`" for keys, _ in _leaves((), value)}
    return Submission(source, None, value, {**where, (): source}, troubles=numbers)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Doubled(name[:60])
        found[name] = value
    return found


def _depth(value: Any) -> int:
    """How deep values are nested, looked at level by level."""
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth


def _leaves(keys: Keys, value: Any) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves((*keys, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves((*keys, index), inner)
    else:
        yield keys, value


def _named(value: Any) -> str:
    if value is None:
        return "nothing (null)"
    return "true or false" if isinstance(value, bool) else "a number"


def _dotted(keys: Keys) -> str:
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in keys)


def _unreadable(source: str, message: str, fix: str, place: str = "") -> Submission:
    remark = Remark(place or source, "error", "", message, fix)
    return Submission(source, None, {}, {(): source}, troubles=(remark,))
