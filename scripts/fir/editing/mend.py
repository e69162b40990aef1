"""What `fir check --fix` mends: the slips whose cure is certain, and no value that must be guessed.

Line ends, byte order marks, missing quotes, colons, capitals and blanks in a notation, the order
of the fields; the name of a file whose content is its entry's; a pending record whose one entry
has come.
"""

from __future__ import annotations

import codecs
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fir.checks import judge
from fir.cpl.promotion import promote, text_of
from fir.editing.fmt import read, with_value
from fir.editing.notation import renoted
from fir.model import Repository, Shapes
from fir.strict_yaml.characters import Keys
from fir.strict_yaml.reader import parse

Files = dict[str, bytes | None]


def mended(shapes: Shapes, kind: str, path: str, data: bytes) -> bytes:
    """The file with its slips mended, in canonical form; raises Refused where others remain."""
    value, kept = read(path, _plain(data), as_text=True)
    return with_value(shapes, kind, path, _renoted(shapes, kind, value, ()), kept)


def _plain(data: bytes) -> bytes:
    """The same text in UTF-8 without a mark, its lines ended by line feeds alone."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            return data
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _renoted(shapes: Shapes, kind: str, value: Any, keys: Keys) -> Any:
    if isinstance(value, dict):
        return {name: _renoted(shapes, kind, each, (*keys, name)) for name, each in value.items()}
    if isinstance(value, list):
        return [_renoted(shapes, kind, each, (*keys, at)) for at, each in enumerate(value)]
    field = shapes.field(kind, keys)
    return (renoted(field, value) or value) if "pattern" in field or "enum" in field else value


def moved(root: Path, repository: Repository, wanted: Callable[[str], bool]) -> Files:
    """The files that are sound and stand in the wrong place, as what to write and to delete."""
    files: Files = {}

    def move(path: str, target: str, content: bytes) -> None:
        if target not in files and not (root / target).exists():
            files.update({target: content, path: None})

    for finding in judge(repository, ["wrong-path"]):
        words = shlex.split(finding.fix.rpartition("&& ")[2])
        if words[:2] == ["git", "mv"] and wanted(finding.path):
            content = (root / finding.path).read_bytes()
            if _is_its_entry(repository, content):
                move(finding.path, words[3], content)
    waiting = {each.path for each in judge(repository, ["already-listed"]) if wanted(each.path)}
    for promotion in promote(repository, repository.entries, ())[0]:
        path = promotion.record.path
        if path in waiting:
            move(path, promotion.path, text_of(promotion, (root / path).read_bytes()))
    return files


def _is_its_entry(repository: Repository, content: bytes) -> bool:
    """Whether a record says what the entry of the number it states says: then its name is wrong."""
    value = parse(content)[0]
    entry = repository.entries.get(value.get("cpl_number", ""))
    waits = "cpl_number" not in value
    return waits or (entry is not None and entry.device._asdict() == value["device"])
