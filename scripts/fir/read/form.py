"""Many files in canonical form are read as one table, by a pattern that their schema makes.

`fir fmt` writes the fields in the order of the schema, each in one way, so that one pattern takes
a whole file. What it takes has every field that it must have and no other; the values of a field
are then judged together. What it does not take is left to `canonical` and `yaml_text`, which find
all faults; the three must agree on every file, and a property test says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fir.fitting import Compiler
from fir.keywords import Fit
from fir.strict_yaml.characters import MAX_BYTES

Keys = tuple[str, ...]

_MODELINE = r"(?:# yaml-language-server:[ -~]*\n)?"
_QUOTED = r'"[^"\\\n]*"'
_LIST = rf"\[(?:{_QUOTED}(?:, {_QUOTED})*)?\]"
# Never gives back a line that it took, which would be slow. What trails a block, blanks or an empty
# line, depends on who reads it: with such an end it is not taken.
_BLOCK = r"\|\n  [^ \n][^\n]*+(?:\n++  [^\n]++)*+(?<! )"
# A field of which no file in this form has one.
_NEVER = "(?!)"
_PRINTABLE = bytes([10, *range(32, 127)])


class _Leaf(NamedTuple):
    """A field that holds text, or a list of texts: how its value is read and judged."""

    keys: Keys
    value: Callable[[str], Any]
    fit: Fit


class Table(NamedTuple):
    """Which of the files it holds, by their numbers, and a column for each field."""

    taken: list[int]
    columns: dict[Keys, list[Any]]


class Form:
    """The canonical form of one kind of file. Raises Unknown where its schema asks for more."""

    def __init__(self, compiler: Compiler, schema: Any) -> None:
        self._compiler = compiler
        self._leaves: list[_Leaf] = []
        self._pattern = re.compile(_MODELINE + self._mapping(schema, schema, ()))

    def _mapping(self, schema: Any, file: Any, above: Keys) -> str:
        fields = self._compiler.fields(schema, file)
        pattern = ""
        for name, field in fields.schemas.items():
            wanted = self._field(*self._compiler.followed(field, fields.file), (*above, name))
            pattern += wanted if name in fields.required else f"(?:{wanted})?"
        return pattern

    def _field(self, field: Any, file: Any, keys: Keys) -> str:
        """The pattern of a field, with a group for each text or list."""
        kind = self._compiler.kind(field, file)
        # A name such as `on`, which some readers take for true, is written in quotes.
        name = f'{"  " * len(keys[1:])}(?:{keys[-1]}|"{keys[-1]}"):'
        if kind == "object":
            return f"{name}\n{self._mapping(field, file, keys)}"
        fit = self._compiler.fit(field, file)
        if kind == "string":
            self._leaves.append(_Leaf(keys, _text, fit))
            return f"{name} ({_QUOTED if keys[1:] else f'{_QUOTED}|{_BLOCK}'})\n"
        if self._compiler.kind(field.get("items", {}), file) == "string":
            self._leaves.append(_Leaf(keys, _texts, fit))
            return f"{name} ({_LIST})\n"
        return _NEVER

    def read(self, files: Sequence[bytes | None]) -> Table:
        """The files that have this form, or none of them where a value of theirs does not fit."""
        rows = [self._row(data) for data in files]
        found = [row for row in rows if row is not None]
        columns = {}
        for leaf, column in zip(self._leaves, zip(*found, strict=True), strict=bool(found)):
            values = {raw: leaf.value(raw) for raw in set(column) if raw is not None}
            if not leaf.fit(values.values()):
                return Table([], {})
            columns[leaf.keys] = list(map(values.get, column))
        return Table([number for number, row in enumerate(rows) if row is not None], columns)

    def _row(self, data: bytes | None) -> tuple[str | None, ...] | None:
        if data is None or len(data) > MAX_BYTES or data.translate(None, _PRINTABLE):
            return None
        match = self._pattern.fullmatch(data.decode("ascii"))
        return match.groups() if match else None


def _text(raw: str) -> str:
    return raw[1:-1] if raw[0] == '"' else raw[4:].replace("\n  ", "\n") + "\n"


def _texts(raw: str) -> list[str]:
    return raw[2:-2].split('", "') if len(raw) > 2 else []
