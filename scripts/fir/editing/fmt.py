"""The canonical form of a file under `records/`: one way to write each value, none of them changed.

Fields stand in the order of the schema, every text in double quotes, several lines as a literal
block, a comment on a line of its own above the field it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic, Refused
from fir.model import Shapes
from fir.repository.read import most_bytes, open_bytes
from fir.repository.tree import scan
from fir.schemas import SCHEMA_OF
from fir.strict_yaml.characters import Keys, refused
from fir.strict_yaml.comments import Comment, comments
from fir.strict_yaml.reader import parse, places
from fir.strict_yaml.writer import to_yaml

FORMATTED = ("record", "pending", "manufacturer", "waivers")
_NO_FIELDS = refused("schema", 1, 1, "the file holds no fields", "fill it in, or delete it")


class Rewritten(NamedTuple):
    """A file with what it holds and what it is to hold."""

    path: str
    before: bytes
    after: bytes


Form = Callable[[Shapes, str, str, bytes], bytes]
"""What makes the new bytes of a file of its schemas, kind, path and bytes; raises Refused."""


def rewritten(
    root: Path, shapes: Shapes, wanted: Callable[[str], bool], form: Form
) -> tuple[list[Rewritten], list[Diagnostic]]:
    """The files wanted that `form` changes, and why others are not taken; nothing is written."""
    found, refusals = scan(root)
    refusals = [each for each in refusals if wanted(each.path)]
    changed = []
    for item in found:
        if item.kind not in FORMATTED or not wanted(item.path):
            continue
        try:
            before = open_bytes(root / item.path, most_bytes(item.path))
            after = form(shapes, item.kind, item.path, before)
        except Refused as reason:
            refusals += reason.diagnostics
            continue
        if after != before:
            changed.append(Rewritten(item.path, before, after))
    return changed, sorted(refusals, key=lambda each: each[:3])


def canonical(shapes: Shapes, kind: str, path: str, data: bytes) -> bytes:
    """The file in canonical form; raises Refused where it cannot be read."""
    value, kept = read(path, data)
    return with_value(shapes, kind, path, value, kept)


def read(path: str, data: bytes, *, as_text: bool = False) -> tuple[Any, list[Comment]]:
    """The value of a file and its comments; raises Refused."""
    most = most_bytes(path)
    value, faults = parse(data, most, as_text=as_text)
    if not isinstance(value, dict | list):
        faults = faults or [_NO_FIELDS]
    if faults:
        raise Refused(each._replace(path=path) for each in faults)
    if b"#" not in data:
        return value, []
    return value, comments(data.decode("utf-8"), places(data, most, as_text=as_text))


def with_value(
    shapes: Shapes, kind: str, path: str, value: Any, kept: Iterable[Comment] = ()
) -> bytes:
    """A file with this value in canonical form, and each comment where its field now stands."""
    schema = f"{'../' * path.count('/')}schema/{SCHEMA_OF[kind]}.schema.json"
    value = _ordered(shapes, kind, value, ())
    data = to_yaml(value, schema).encode("utf-8")
    kept = list(kept)
    if kept:
        data = _commented(data, kept, most_bytes(path))
    written, faults = parse(data, most_bytes(path))
    if faults or written != value:
        # Grown beyond the largest file there may be: nothing else makes this writer fail.
        raise Refused(each._replace(path=path) for each in faults or [_NO_FIELDS])
    return data


def _ordered(shapes: Shapes, kind: str, value: Any, keys: Keys) -> Any:
    """The value with its fields in the order of the schema; unknown ones last, as they came."""
    if isinstance(value, list):
        return [_ordered(shapes, kind, item, (*keys, index)) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    known = list(shapes.field(kind, keys).get("properties", {}))
    names = sorted(value, key=lambda name: known.index(name) if name in known else len(known))
    return {name: _ordered(shapes, kind, value[name], (*keys, name)) for name in names}


def _commented(data: bytes, kept: list[Comment], most: int) -> bytes:
    known = places(data, most)
    lines = data.decode("utf-8").split("\n")[:-1]
    above: dict[int, list[str]] = {}
    for comment in kept:
        if comment.keys is None:
            line = len(lines) + 1
        elif not comment.keys:
            line = 2  # below the modeline
        else:
            line = known[comment.keys].key.line
        stands = lines[line - 1] if line <= len(lines) else ""
        indent = stands[: len(stands) - len(stands.lstrip())]
        above.setdefault(line, []).append(f"{indent}{comment.text}")
    whole: list[str] = []
    for line, text in enumerate(lines, 1):
        whole += [*above.get(line, ()), text]
    return "\n".join([*whole, *above.get(len(lines) + 1, ()), ""]).encode("utf-8")
